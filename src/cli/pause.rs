//! `verdict pause`, `resume` and `cancel`.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use tokio::time::Instant;

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
    delivery::take_over(&app, &edition).await?;
    let left = wait_for_the_wire(&app, &edition).await?;
    print_summary(&app, slug).await?;
    left.print(slug, "pause")?;
    Ok(ExitCode::SUCCESS)
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
    delivery::take_over(&app, &edition).await?;
    let left = wait_for_the_wire(&app, &edition).await?;
    let waiting = skip_what_waits(&app, &edition).await?;
    print_summary(&app, slug).await?;
    left.print(slug, "cancel")?;
    if waiting > 0 {
        output::line(format_args!(
            "Not skipped yet: {waiting}, in use by another transaction. `verdict serve` skips them, or \
             `verdict cancel {slug}` again."
        ))?;
    }
    Ok(ExitCode::SUCCESS)
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

/// What may still go out of a halted edition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// Mails that await the relay's reply.
    on_the_wire: i64,
    /// False if a sender may have begun a mail before the halt that we don't know about yet.
    saw_every_mark: bool,
}

impl Left {
    /// Prints what the summary cannot know yet. `order` is the command.
    fn print(self, slug: &str, order: &str) -> io::Result<()> {
        if self.on_the_wire > 0 {
            output::line(format_args!(
                "Still on the wire: {}. They end with their outcome, or in doubt if their sender is gone; \
                 `verdict status {slug}` shows it.",
                self.on_the_wire
            ))?;
        }
        if !self.saw_every_mark {
            output::line(format_args!(
                "A mail of it may still go out: another transaction kept the ledger in use for {} seconds. \
                 `verdict status {slug}` shows the mails that went out; `verdict {order} {slug}` looks again.",
                PATIENCE.as_secs()
            ))?;
        }
        Ok(())
    }
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

/// Skips what waits in a cancelled edition, also what was on the wire and was deferred, and returns how much is left
/// after [`PATIENCE`]. On PostgreSQL, a sender may be skipping the same deliveries: then the summary would be too early.
async fn skip_what_waits(app: &App, edition: &Edition) -> Result<i64, StoreError> {
    let begun = Instant::now();
    loop {
        delivery::skip_cancelled(app, edition).await?;
        let waiting = deliveries::counts(&app.store, edition.id).await?.waiting();
        if waiting == 0 || begun.elapsed() >= PATIENCE {
            return Ok(waiting);
        }
        tokio::time::sleep(LOOK).await;
    }
}
