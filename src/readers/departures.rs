//! What departures leave behind: the suppressed hash, and the line in the journal.

use subscribers::address::Address;
use subscribers::departure::Departure;

use crate::app::App;
use crate::store::journal::{Entry, Event};
use crate::store::{StoreError, Tx, subscribers as list, suppressions};

/// Appends to the journal. A departure that cannot be written is an error: it must not be answered. A reader's
/// return that cannot be written is only logged: after a restore they would be asked again, which does no harm.
pub(super) async fn write(app: &App, entries: Vec<Entry>) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let left = entries.iter().any(|entry| entry.event != Event::Returned);
    match app.journal.append(entries).await {
        Err(error) if !left => {
            tracing::error!(%error, "the journal does not know yet who came back");
            Ok(())
        }
        done => done,
    }
}

/// A line for the journal about a reader, read in the transaction that changes them; `None` once erased.
pub(super) async fn entry(
    app: &App,
    tx: &mut Tx,
    subscriber: i64,
    event: Event,
) -> Result<Option<Entry>, StoreError> {
    let now = app.clock.now_millis();
    let standing = super::standing(tx, subscriber, now).await?;
    let key = standing.and_then(|standing| standing.address_key);
    Ok(key.map(|key| app.entry(now, event, subscriber, &key)))
}

/// Suppresses an address that is not on the list, such as that of a person who left by mail. If it is on the
/// list, take the reader off with [`super::change`] or [`super::erase`] instead.
///
/// # Errors
/// If the store refuses, or the journal cannot be written: the address is suppressed then.
pub async fn keep_off(
    app: &App,
    address: &Address,
    departure: Departure,
) -> Result<(), StoreError> {
    let now = app.clock.now_millis();
    let entry = app.entry(now, Event::Left(departure), 0, address.key().as_str());
    let mut tx = app.store.begin().await?;
    suppressions::add(&mut tx, &entry.hash, departure, now).await?;
    tx.commit().await?;
    write(app, vec![entry]).await
}

/// What a reader's move changes: the old address is suppressed, and the new one no longer is, since its owner
/// has confirmed it. Returns the lines for the journal, to be written after the commit; `None` if the new
/// address may never be mailed.
pub(super) async fn moved(
    app: &App,
    tx: &mut Tx,
    subscriber: i64,
    (old, new): (&Address, &Address),
    now: i64,
) -> Result<Option<Vec<Entry>>, StoreError> {
    if old.key() == new.key() {
        return Ok(Some(Vec::new()));
    }
    let entry =
        |event, address: &Address| app.entry(now, event, subscriber, address.key().as_str());
    let consent = list::consent(tx, subscriber).await?;
    // What is never mailed again is not merely moved from.
    let reason = consent.and_then(Departure::of);
    let reason = reason
        .filter(|reason| !reason.may_return())
        .unwrap_or(Departure::Moved);
    let left = entry(Event::Left(reason), old);
    let mut came = entry(Event::Returned, new);
    let reasons = suppressions::reasons(tx, &[&came.hash]).await?;
    if reasons.values().any(|reason| !reason.may_return()) {
        return Ok(None);
    }
    suppressions::add(tx, &left.hash, reason, now).await?;
    suppressions::clear(tx, &came.hash).await?;
    // One who had left stays away at the new address as well.
    if let Some(departure) = consent.and_then(Departure::of) {
        came.event = Event::Left(departure);
    }
    Ok(Some(vec![left, came]))
}
