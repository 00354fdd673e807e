//! Sends whatever edition has deliveries due, for as long as the process lives.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Failed;
use crate::app::App;
use crate::backoff::Backoff;
use crate::delivery::{self, Progress, RunResult, SendError};
use crate::store::editions::{self, Edition};

/// How often to look for editions that another process froze.
const LOOK: Duration = Duration::from_secs(5);
/// How long to leave a relay or a store alone that failed.
const RETRY: Backoff = Backoff::new(Duration::from_secs(10), Duration::from_secs(300));

pub(super) async fn run(
    app: App,
    frozen: Arc<Notify>,
    stop: CancellationToken,
) -> Result<(), Failed> {
    let mut backoff = RETRY;
    while !stop.is_cancelled() {
        let wait = match send_all(&app, &stop).await {
            Ok(()) | Err(SendError::Busy(_)) => {
                backoff.reset();
                LOOK
            }
            Err(error) => {
                let wait = backoff.next_wait();
                tracing::error!(%error, retry_in = ?wait, "sending stopped");
                wait
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = frozen.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
    Ok(())
}

/// Sends what is due of every open edition, and names what is in doubt of those that are halted.
async fn send_all(app: &App, stop: &CancellationToken) -> Result<(), SendError> {
    for edition in editions::halted_and_held(&app.store).await? {
        delivery::take_over(app, &edition).await?;
    }
    let mut failed = Ok(());
    for edition in editions::sending(&app.store).await? {
        match send_each(app, &edition, stop).await {
            // What the others meet is the same.
            Err(
                error @ (SendError::Relay { .. } | SendError::Busy(_) | SendError::Lock { .. }),
            ) => {
                return Err(error);
            }
            done => failed = failed.and(done),
        }
    }
    failed
}

async fn send_each(
    app: &App,
    edition: &Edition,
    stop: &CancellationToken,
) -> Result<(), SendError> {
    while send_one(app, edition, stop).await? {}
    Ok(())
}

/// True if more of the edition is due at once, such as what a broken connection left.
async fn send_one(
    app: &App,
    edition: &Edition,
    stop: &CancellationToken,
) -> Result<bool, SendError> {
    let now = app.clock.now_millis();
    if !delivery::is_due(app, edition, now).await? {
        return Ok(false);
    }
    let progress = Arc::new(Progress::default());
    let ended = delivery::send(app, edition, Arc::clone(&progress), stop.clone()).await?;
    tracing::info!(
        edition = edition.slug,
        outcomes = progress.total(),
        ?ended,
        "sent what was due"
    );
    let more = matches!(ended, RunResult::Waiting(due) if due <= app.clock.now_millis());
    // A run that came to nothing is not repeated at once.
    Ok(more && progress.total() > 0)
}
