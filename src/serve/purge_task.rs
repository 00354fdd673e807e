//! Deletes what is over, for as long as the process lives.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::TaskResult;
use crate::app::App;
use crate::purge::purge;

const LOOK: Duration = Duration::from_secs(600);

/// Purges until `stop` is cancelled. What that cuts short, the next process deletes.
pub(super) async fn run(app: App, stop: CancellationToken) -> TaskResult {
    while !stop.is_cancelled() {
        if let Some(Err(error)) = stop.run_until_cancelled(purge(&app)).await {
            tracing::error!(%error, "cannot delete what is over");
        }
        stop.run_until_cancelled(sleep(LOOK)).await;
    }
    Ok(())
}
