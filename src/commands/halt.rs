//! `verdict pause`, `resume` and `cancel`: whether an edition goes out.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use super::status::{edition_of, print_summary};
use super::{Outcome, open};
use crate::engine::Engine;
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, deliveries};

/// How long to wait for the mails on the wire, and how often to look.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(50);

/// From the commit on, no sender on any machine begins another mail of the edition.
pub(super) async fn pause(dir: &Path, slug: &str) -> Outcome {
    let engine = open(dir).await?;
    let edition = edition_of(&engine, slug).await?;
    let mut tx = engine.store.begin().await?;
    let paused = editions::pause(&mut tx, edition.id, None).await?;
    tx.commit().await?;
    if !paused && edition.state != EditionState::Paused {
        return Err(nothing_to(&edition, "pause").into());
    }
    let said = format!("Paused `{slug}`: `verdict resume {slug}` goes on with it.");
    finish(&engine, &edition, &said).await
}

pub(super) async fn resume(dir: &Path, slug: &str) -> Outcome {
    let engine = open(dir).await?;
    let edition = edition_of(&engine, slug).await?;
    if edition.state != EditionState::Paused {
        return Err(nothing_to(&edition, "resume").into());
    }
    let mut tx = engine.store.begin().await?;
    editions::resume(&mut tx, edition.id, engine.clock.now_millis()).await?;
    tx.commit().await?;
    writeln!(
        io::stdout(),
        "Resumed `{slug}`: `verdict serve` goes on with it, or `verdict send {slug}` does."
    )?;
    print_summary(&engine, slug).await?;
    Ok(ExitCode::SUCCESS)
}

/// What waits is skipped in the transaction that cancels.
pub(super) async fn cancel(dir: &Path, slug: &str) -> Outcome {
    let engine = open(dir).await?;
    let edition = edition_of(&engine, slug).await?;
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let cancelled = editions::cancel(&mut tx, edition.id, now).await?;
    deliveries::skip_cancelled(&mut tx, edition.id, now).await?;
    tx.commit().await?;
    if !cancelled && edition.state != EditionState::Cancelled {
        return Err(nothing_to(&edition, "cancel").into());
    }
    let said = format!("Cancelled `{slug}`: nobody else gets it.");
    finish(&engine, &edition, &said).await
}

fn nothing_to(edition: &Edition, what: &str) -> String {
    let (slug, state) = (&edition.slug, edition.state.key());
    format!("there is nothing to {what}: `{slug}` is {state}")
}

/// Waits until the mails on the wire have their outcome, so that the summary is the last word.
async fn finish(engine: &Engine, edition: &Edition, said: &str) -> Outcome {
    let on_the_wire = wait_for_the_wire(engine, edition).await?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{said}")?;
    print_summary(engine, &edition.slug).await?;
    if on_the_wire > 0 {
        writeln!(
            stdout,
            "On the wire still: {on_the_wire}. They end with their outcome, or in doubt if their \
             sender is gone."
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn wait_for_the_wire(engine: &Engine, edition: &Edition) -> Result<i64, StoreError> {
    let looks = PATIENCE.as_millis() / LOOK.as_millis();
    for _ in 0..looks {
        if deliveries::on_the_wire(&engine.store, edition.id).await? == 0 {
            return Ok(0);
        }
        tokio::time::sleep(LOOK).await;
    }
    deliveries::on_the_wire(&engine.store, edition.id).await
}
