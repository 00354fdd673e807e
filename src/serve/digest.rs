//! Freezes the monthly digest when it is due.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{TaskResult, preflight};
use crate::app::App;
use crate::edition;

const LOOK: Duration = Duration::from_secs(60);

pub(super) async fn run(app: App, frozen: Arc<Notify>, stop: CancellationToken) -> TaskResult {
    while !stop.is_cancelled() {
        let may_go = |slot| preflight::may_go(app.clone(), slot);
        match edition::freeze_digest_if(&app, may_go).await {
            Ok(None) => {}
            Ok(Some((slug, readers))) => {
                tracing::info!(edition = slug, readers, "frozen and enrolled");
                frozen.notify_one();
            }
            Err(error) => tracing::error!(%error, "cannot freeze the digest"),
        }
        stop.run_until_cancelled(sleep(LOOK)).await;
    }
    Ok(())
}
