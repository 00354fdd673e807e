//! `Clock`: the current time, passed in as a value.
//!
//! Nothing else asks the machine for the time (`clippy.toml` enforces it), so a test gives the app a
//! [`Clock::fixed`] and moves it instead of sleeping.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// The longest uninterrupted sleep. Timers follow the monotonic clock, which stops while a laptop is
/// suspended and ignores changes of the wall clock, so the wall clock is read again this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// A source of the current time. Clones of a fixed clock show the same time.
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

    /// A clock that shows `instant` until [`set`](Self::set) or [`advance`](Self::advance) moves it.
    #[must_use]
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Source::Fixed(Arc::new(watch::Sender::new(instant))))
    }

    /// True for the machine's clock, which can be wrong.
    #[must_use]
    pub fn is_system(&self) -> bool {
        matches!(self.0, Source::System)
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => system_now(),
            Source::Fixed(hand) => *hand.borrow(),
        }
    }

    /// Unix milliseconds UTC, as the store keeps times.
    #[must_use]
    pub fn now_millis(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// Moves a fixed clock to `instant`, forward or back, and wakes sleepers. Does nothing to the system clock.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Source::Fixed(hand) = &self.0 {
            hand.send_replace(instant);
        }
    }

    /// Moves a fixed clock by `step`, unless that leaves chrono's range.
    pub fn advance(&self, step: TimeDelta) {
        if let Source::Fixed(hand) = &self.0 {
            hand.send_modify(|now| *now = now.checked_add_signed(step).unwrap_or(*now));
        }
    }

    /// Returns when the clock shows `instant` or later. Safe to drop at any point.
    pub async fn sleep_until(&self, instant: DateTime<Utc>) {
        match &self.0 {
            Source::System => loop {
                // `to_std` fails on a negative remainder: the instant has passed.
                let left = (instant - system_now()).to_std().unwrap_or_default();
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LONGEST_SLEEP)).await;
            },
            Source::Fixed(hand) => {
                // Fails only when the sender is gone, and `self` holds it.
                let _ = hand.subscribe().wait_for(|now| *now >= instant).await;
            }
        }
    }
}

/// The instant of a time that the store keeps (Unix milliseconds UTC); 1970 if chrono can't express it.
pub(crate) fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
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
