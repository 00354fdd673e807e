//! The global rate.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

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

    /// Waits for this message's turn. Turns are evenly spaced; unused time is not saved up.
    pub(super) async fn turn(&self) {
        let Some(step) = self.step else { return };
        let turn = {
            let mut next = self.next.lock().await;
            let now = Instant::now();
            let turn = next.unwrap_or(now).max(now);
            *next = Some(turn + step);
            turn
        };
        sleep_until(turn).await;
    }
}
