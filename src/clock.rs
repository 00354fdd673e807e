//! The time of day, as a value that is passed in.
//!
//! Nothing else in the project asks the machine for the time (`clippy.toml` sees to it), so a test
//! hands the app a [`Clock::fixed`] and moves it by hand instead of sleeping.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// The longest uninterrupted sleep. Timers follow the monotonic clock, which stands still while a
/// laptop is suspended and does not see the wall clock being set, so the wall clock is read again
/// at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Where the time comes from. Clones are cheap; clones of a fixed clock show the same time.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Fixed(Arc<watch::Sender<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's wall clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `instant` until [`set`](Self::set) or [`advance`](Self::advance)
    /// moves it.
    #[must_use]
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Source::Fixed(Arc::new(watch::Sender::new(instant))))
    }

    /// True for the machine's clock, which can be wrong; a fixed one is right by definition.
    #[must_use]
    pub fn is_system(&self) -> bool {
        matches!(self.0, Source::System)
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_now(),
            Source::Fixed(hand) => *hand.borrow(),
        }
    }

    /// The present instant in milliseconds since 1970-01-01T00:00:00Z, as the store keeps it.
    #[must_use]
    pub fn now_millis(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// Moves a fixed clock to `instant`, which may lie in its past, and wakes whoever waits for
    /// it. The system clock is not ours to set: there this does nothing.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Source::Fixed(hand) = &self.0 {
            hand.send_replace(instant);
        }
    }

    /// Moves a fixed clock on by `step`, as [`set`](Self::set) does. A step past the last instant
    /// chrono can express is not made.
    pub fn advance(&self, step: TimeDelta) {
        if let Source::Fixed(hand) = &self.0 {
            hand.send_modify(|now| *now = now.checked_add_signed(step).unwrap_or(*now));
        }
    }

    /// Returns once the clock shows `instant` or later; at once if it already does.
    ///
    /// Dropping the future is safe at any point.
    pub async fn sleep_until(&self, instant: DateTime<Utc>) {
        match &self.0 {
            Source::System => loop {
                // A remainder below zero is no `Duration`: the instant has passed.
                let left = (instant - system_now()).to_std().unwrap_or_default();
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
            },
            Source::Fixed(hand) => {
                // This only fails when the sender is gone, and `self` holds it.
                let _ = hand.subscribe().wait_for(|now| *now >= instant).await;
            }
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's clock"
)]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn clones_of_a_fixed_clock_show_the_same_time() {
        let clock = Clock::fixed(instant("2026-03-05T08:00:00Z"));
        let clone = clock.clone();
        clock.advance(TimeDelta::milliseconds(1500));
        assert_eq!(clone.now(), instant("2026-03-05T08:00:01.5Z"));
        assert_eq!(clone.now_millis(), 1_772_697_601_500);
        clone.set(instant("1970-01-01T00:00:00Z"));
        assert_eq!(clock.now_millis(), 0);
    }

    #[test]
    fn a_sleeper_wakes_when_the_fixed_clock_gets_there_and_not_before() {
        let clock = Clock::fixed(instant("2026-03-05T08:00:00Z"));
        let mut sleep = pin!(clock.sleep_until(instant("2026-03-05T09:00:00Z")));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(sleep.as_mut().poll(&mut context), Poll::Pending);
        clock.advance(TimeDelta::minutes(59));
        assert_eq!(sleep.as_mut().poll(&mut context), Poll::Pending);
        clock.advance(TimeDelta::minutes(1));
        assert_eq!(sleep.as_mut().poll(&mut context), Poll::Ready(()));
    }

    #[tokio::test]
    async fn sleeping_until_an_instant_that_has_passed_returns_at_once() {
        let past = instant("2001-01-01T00:00:00Z");
        Clock::system().sleep_until(past).await;
        Clock::fixed(past).sleep_until(past).await;
    }
}
