//! Notices when editors change issues that were sent.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::TaskResult;
use crate::app::App;
use crate::edition;

/// How often to look. The page shows only the date, so a minute is enough.
const LOOK: Duration = Duration::from_secs(60);

pub(super) async fn run(app: App, stop: CancellationToken) -> TaskResult {
    while !stop.is_cancelled() {
        match edition::note_corrections(&app).await {
            Ok(0) => {}
            Ok(new) => tracing::info!(new, "issues were changed after they were sent"),
            Err(error) => tracing::error!(%error, "cannot look for corrections"),
        }
        stop.run_until_cancelled(sleep(LOOK)).await;
    }
    Ok(())
}
