//! `verdict pause`, `resume` and `cancel`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::status::{edition_of, print_summary};
use super::{CliResult, open};
use crate::app::App;
use crate::cli::output;
use crate::delivery;
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, deliveries};

/// How long to wait for mails on the wire, and how often to look.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(50);
/// How long one look at the ledger may block senders' marks, and the pause before the next look.
const LOCK: Duration = Duration::from_millis(200);
const BETWEEN_LOCKS: Duration = Duration::from_millis(500);

/// After the commit, no sender on any machine begins another mail of the edition.
pub(super) async fn pause(dir: &Path, slug: &str) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, slug).await?;
    let mut tx = app.store.begin().await?;
    editions::pause(&mut tx, edition.id, None).await?;
    let state = editions::state(&mut tx, edition.id).await?;
    tx.commit().await?;
    if state != EditionState::Paused {
        return Err(stands_so(slug, state).into());
    }
    output::line(format_args!(
        "`{slug}` is paused: no further mail of it goes out."
    ))?;
    finish(&app, &edition, "pause").await
}

pub(super) async fn resume(dir: &Path, slug: &str) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, slug).await?;
    if edition.state != EditionState::Paused {
        return Err(stands_so(slug, edition.state).into());
    }
    let mut tx = app.store.begin().await?;
    editions::resume(&mut tx, edition.id, app.clock.now_millis()).await?;
    tx.commit().await?;
    output::line(format_args!("`{slug}` is resumed."))?;
    print_summary(&app, slug).await?;
    Ok(ExitCode::SUCCESS)
}

/// After the commit, nothing of the edition goes out; then what waits is skipped. If this is killed before that is
/// done, `verdict serve` does the rest, or the same command again.
pub(super) async fn cancel(dir: &Path, slug: &str) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, slug).await?;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    editions::cancel(&mut tx, edition.id, now).await?;
    let state = editions::state(&mut tx, edition.id).await?;
    tx.commit().await?;
    if state != EditionState::Cancelled {
        return Err(stands_so(slug, state).into());
    }
    output::line(format_args!("`{slug}` is cancelled: no one else gets it."))?;
    delivery::skip_cancelled(&app, &edition).await?;
    finish(&app, &edition, "cancel").await
}

/// Why a command can't be applied to an edition in this state.
pub(super) fn stands_so(slug: &str, state: EditionState) -> String {
    match state {
        EditionState::Sending => format!("`{slug}` is not paused: it is being sent"),
        EditionState::Paused => format!("`{slug}` is paused: `verdict resume {slug}` first"),
        EditionState::Cancelled => format!("`{slug}` is cancelled: no more of it is sent"),
        EditionState::Finished => format!("`{slug}` is finished: nothing is left to send"),
    }
}

/// Waits until mails on the wire have their outcome, so that the summary is final. `order` is the command.
async fn finish(app: &App, edition: &Edition, order: &str) -> CliResult {
    delivery::take_over(app, edition).await?;
    let left = wait_for_the_wire(app, edition).await?;
    // What was on the wire when the edition was cancelled, and was deferred.
    delivery::skip_cancelled(app, edition).await?;
    print_summary(app, &edition.slug).await?;
    let slug = &edition.slug;
    if left.on_the_wire > 0 {
        output::line(format_args!(
            "Still on the wire: {}. They end with their outcome, or in doubt if their sender is gone; \
             `verdict status {slug}` shows it.",
            left.on_the_wire
        ))?;
    }
    if !left.saw_every_mark {
        output::line(format_args!(
            "A mail of it may still go out: another transaction kept the ledger in use for {} seconds. \
             `verdict status {slug}` shows the mails that went out; `verdict {order} {slug}` looks again.",
            PATIENCE.as_secs()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What may still go out of a halted edition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// Mails that await the relay's reply.
    on_the_wire: i64,
    /// False if a sender may have begun a mail before the halt that we don't know about yet.
    saw_every_mark: bool,
}

/// Waits until the mails of a halted edition have their outcome, at most [`PATIENCE`].
pub(super) async fn wait_for_the_wire(app: &App, edition: &Edition) -> Result<Left, StoreError> {
    let store = &app.store;
    let mut saw_every_mark = false;
    let ended = async {
        while !deliveries::await_marks(store, LOCK).await? {
            tokio::time::sleep(BETWEEN_LOCKS).await;
        }
        saw_every_mark = true;
        while deliveries::on_the_wire(store, edition.id).await? > 0 {
            tokio::time::sleep(LOOK).await;
        }
        Ok::<(), StoreError>(())
    };
    if let Ok(ended) = tokio::time::timeout(PATIENCE, ended).await {
        ended?;
    }
    Ok(Left {
        on_the_wire: deliveries::on_the_wire(store, edition.id).await?,
        saw_every_mark,
    })
}
