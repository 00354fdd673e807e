//! Compacts the ledger of old editions: their accepted deliveries become blocks of a few bytes each.
//! `verdict why` and a reader's export still find them there, without the relay's reply.

use chrono::NaiveDate;

use crate::app::App;
use crate::config::COMPACT_AFTER;
use crate::store::StoreError;
use crate::store::deliveries::{self, Chunk, PartSize};
use crate::store::editions::{Edition, EditionState};

/// Why an edition is not compacted.
#[derive(Debug, thiserror::Error)]
pub enum CompactError {
    #[error("`{0}` is being sent: it can be compacted {age} days after its end", age = least_age())]
    Sending(String),
    #[error("`{0}` is paused: `verdict resume {0}` or `verdict cancel {0}` first")]
    Paused(String),
    #[error("`{slug}` can be compacted from {day} on, {age} days after its end", age = least_age())]
    TooYoung { slug: String, day: NaiveDate },
    #[error("readers of `{0}` are in doubt: `verdict settle {0}` first")]
    InDoubt(String),
    #[error("mail of `{0}` waits, or a sender holds it: `verdict cancel {0}` again first")]
    Open(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn least_age() -> i64 {
    COMPACT_AFTER.start().num_days()
}

/// Compacts an edition, some hundred deliveries to a transaction, and calls `on_part` with how many
/// each has moved. If it is killed in between, nothing is lost, and the next call goes on. Returns
/// false if there was nothing left to do.
///
/// # Errors
/// [`CompactError`]. If it is not that of the store, nothing is done.
pub async fn compact(
    app: &App,
    edition: &Edition,
    mut on_part: impl FnMut(i64),
) -> Result<bool, CompactError> {
    if edition.compacted_at.is_none() {
        begin(app, edition).await?;
    }
    let mut has_moved = edition.compacted_at.is_none();
    let mut size = PartSize::default();
    loop {
        let mut tx = app.store.begin().await?;
        let chunk = Chunk::begin();
        let part = deliveries::compact_part(&mut tx, edition.id, &mut size).await?;
        tx.commit().await?;
        on_part(part.moved);
        has_moved |= part.moved > 0;
        if part.is_last {
            return Ok(has_moved);
        }
        chunk.give_way().await;
    }
}

async fn begin(app: &App, edition: &Edition) -> Result<(), CompactError> {
    let (slug, now) = (edition.slug.clone(), app.clock.now_millis());
    let ended_at = match edition.state {
        EditionState::Sending => return Err(CompactError::Sending(slug)),
        EditionState::Paused => return Err(CompactError::Paused(slug)),
        EditionState::Finished | EditionState::Cancelled => edition.finished_at,
    };
    let from = ended_at.unwrap_or(edition.created_at) + COMPACT_AFTER.start().num_milliseconds();
    if now < from {
        // The day after begins when every hour of this one is over.
        let day = app.day(from).succ_opt().unwrap_or(NaiveDate::MAX);
        return Err(CompactError::TooYoung { slug, day });
    }
    let mut tx = app.store.begin().await?;
    let has_begun = deliveries::begin_compaction(&mut tx, edition.id, now).await?;
    tx.commit().await?;
    if has_begun {
        return Ok(());
    }
    match deliveries::doubts(&app.store, edition.id).await?.is_empty() {
        true => Err(CompactError::Open(slug)),
        false => Err(CompactError::InDoubt(slug)),
    }
}
