//! Waiting for a store that is away: restarted, its disk full, its file locked.

use std::time::Duration;

use super::Run;
use crate::store::StoreError;

/// How soon the store is asked again, at first and at most.
const WAIT: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// How long to wait before one piece of work is done again. The work must be such that doing it twice
/// is doing it once.
pub(super) struct Patience(Duration);

impl Patience {
    pub(super) fn new() -> Self {
        Self(WAIT.0)
    }

    /// Waits after a failure that passes, longer each time.
    ///
    /// # Errors
    /// The failure itself, if it does not pass, or if the time to drain is over.
    pub(super) async fn bear(&mut self, run: &Run, error: StoreError) -> Result<(), StoreError> {
        if !error.is_transient() {
            return Err(error);
        }
        run.app.metrics.store_waits.inc();
        tracing::warn!(%error, retry_in = ?self.0, "sending waits for the store");
        tokio::select! {
            () = tokio::time::sleep(self.0) => {}
            () = run.abandon.cancelled() => return Err(error),
        }
        self.0 = (self.0 * 2).min(WAIT.1);
        Ok(())
    }
}
