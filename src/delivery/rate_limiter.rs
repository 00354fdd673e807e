//! The global rate.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// How much lost time is made up for. The timer is up to a millisecond late, which at thousands of messages a second
/// is several turns.
const SLACK: Duration = Duration::from_millis(20);

/// A rate that all connections of a run share. Without one, there is no waiting.
pub(super) struct RateLimiter {
    step: Option<Duration>,
    next: Mutex<Option<Instant>>,
}

impl RateLimiter {
    /// At most `rate` messages a second.
    pub(super) fn new(rate: Option<f64>) -> Self {
        let step = rate
            .filter(|rate| *rate > 0.0)
            .map(|rate| Duration::from_secs_f64(1.0 / rate));
        Self {
            step,
            next: Mutex::new(None),
        }
    }

    /// Waits for this message's turn. Turns are evenly spaced; unused time is not saved up, but for [`SLACK`].
    pub(super) async fn turn(&self) {
        let Some(step) = self.step else { return };
        let turn = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            let earliest = now.checked_sub(SLACK).unwrap_or(now);
            let turn = next.unwrap_or(now).max(earliest);
            *next = Some(turn + step);
            turn
        };
        sleep_until(turn).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long this many turns of a single connection take at 4,000 a second.
    async fn turns(count: u32) -> Duration {
        let (limiter, start) = (RateLimiter::new(Some(4000.0)), Instant::now());
        for _ in 0..count {
            limiter.turn().await;
        }
        start.elapsed()
    }

    #[tokio::test]
    async fn a_high_rate_is_kept_and_reached_although_the_timer_is_late() {
        // On a busy machine, some attempts lose more time than is made up for.
        for _ in 0..10 {
            let took = turns(400).await;
            assert!(took >= Duration::from_millis(75), "{took:?}");
            if took < Duration::from_millis(200) {
                return;
            }
        }
        panic!("the rate is never reached");
    }
}
