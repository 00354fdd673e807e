//! Sends all editions that have deliveries due, for as long as the process lives.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::TaskResult;
use crate::app::App;
use crate::backoff::Backoff;
use crate::delivery::{self, Progress, RunResult, SendError};
use crate::store::editions::{self, Edition};

/// How often to look for editions that another process has frozen.
const LOOK: Duration = Duration::from_secs(5);
/// How long to wait after the relay or the store fails.
const RETRY: Backoff = Backoff::new(Duration::from_secs(10), Duration::from_secs(300));

pub(super) async fn run(app: App, frozen: Arc<Notify>, stop: CancellationToken) -> TaskResult {
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

/// Sends what is due of every open edition, marks mails of halted editions whose sender died as in doubt, and ends
/// what a `cancel` that was killed began.
async fn send_all(app: &App, stop: &CancellationToken) -> Result<(), SendError> {
    for edition in editions::halted_and_open(&app.store).await? {
        delivery::take_over(app, &edition).await?;
    }
    let mut failed = Ok(());
    for edition in editions::sending(&app.store).await? {
        match send_each(app, &edition, stop).await {
            // Other editions would fail in the same way.
            done @ Err(SendError::Relay { .. } | SendError::Busy(_) | SendError::Lock { .. }) => {
                return done;
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

/// True if more of the edition is due at once, for example after a broken connection.
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
    // Don't repeat a run without outcomes at once.
    Ok(more && progress.total() > 0)
}
