//! Compacts editions when they are old enough.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::TaskResult;
use crate::app::App;
use crate::delivery::{self, CompactError};
use crate::store::{StoreError, deliveries, editions};

const LOOK: Duration = Duration::from_secs(3600);

/// Compacts editions that ended `age` ago or earlier, until `stop` is cancelled. What that cuts short, the next
/// process goes on with.
pub(super) async fn run(app: App, age: TimeDelta, stop: CancellationToken) -> TaskResult {
    while !stop.is_cancelled() {
        if let Some(Err(error)) = stop.run_until_cancelled(compact_all(&app, age)).await {
            tracing::error!(%error, "cannot compact");
        }
        stop.run_until_cancelled(sleep(LOOK)).await;
    }
    Ok(())
}

async fn compact_all(app: &App, age: TimeDelta) -> Result<(), StoreError> {
    let before = app.clock.now_millis() - age.num_milliseconds();
    for edition in editions::not_compacted(&app.store, before).await? {
        let slug = &edition.slug;
        match delivery::compact(app, &edition, |_| {}).await {
            Ok(_) => {
                let found = deliveries::compacted(&app.store, edition.id).await?;
                let (deliveries, bytes) = (found.deliveries, found.bytes);
                tracing::info!(edition = slug, deliveries, bytes, "compacted");
            }
            Err(CompactError::Store(error)) => return Err(error),
            Err(reason) => tracing::info!(edition = slug, %reason, "not compacted yet"),
        }
    }
    Ok(())
}
