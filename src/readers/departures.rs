//! What departures leave behind: a hash on the suppression list, and an entry in the journal.

use std::collections::HashMap;

use subscribers::address::{Address, AddressKey};
use subscribers::departure::Departure;

use crate::app::App;
use crate::store::journal::{Entry, Event};
use crate::store::{StoreError, Tx, subscribers as list, suppressions};

/// Which of these addresses are suppressed, and why.
pub(super) async fn suppressed<'a>(
    app: &App,
    tx: &mut Tx,
    keys: &[&'a AddressKey],
) -> Result<HashMap<&'a AddressKey, Departure>, StoreError> {
    if suppressions::is_empty(tx).await? {
        return Ok(HashMap::new());
    }
    let hashes: Vec<String> = keys.iter().map(|key| app.hash_of(key)).collect();
    let reasons = suppressions::reasons(tx, &hashes).await?;
    let keys = keys.iter().zip(&hashes);
    Ok(keys
        .filter_map(|(key, hash)| Some((*key, *reasons.get(hash)?)))
        .collect())
}

/// Appends to the journal, beginning at once, and returns when the entries are on the disk. It is an error if a departure
/// cannot be written: the page must not confirm it. If a return cannot be written, it is only logged: after a restore
/// the reader would be asked again, which does no harm.
pub(super) fn write(
    app: &App,
    entries: Vec<Entry>,
) -> impl Future<Output = Result<(), StoreError>> + Send + use<> {
    let left = entries.iter().any(|entry| entry.event != Event::Returned);
    let appending = (!entries.is_empty()).then(|| app.journal.append(entries));
    async move {
        let Some(appending) = appending else {
            return Ok(());
        };
        match appending.await {
            Err(error) if !left => {
                tracing::error!(%error, "the journal does not record that a reader came back");
                Ok(())
            }
            done => done,
        }
    }
}

/// An entry for the journal about a reader, read in the transaction that changes them; `None` once erased.
pub(super) async fn entry(
    app: &App,
    tx: &mut Tx,
    subscriber: i64,
    event: Event,
) -> Result<Option<Entry>, StoreError> {
    let now = app.clock.now_millis();
    let standing = super::standing(tx, subscriber).await?;
    let key = standing.and_then(|standing| standing.address_key);
    Ok(key.map(|key| app.entry(now, event, subscriber, &key)))
}

/// Suppresses an address that is not on the list, for example because its owner left by mail. For a reader on the
/// list, use [`super::change`] or [`super::erase`].
///
/// # Errors
/// If the store fails. If the journal cannot be written, the address is suppressed anyway.
pub async fn keep_off(
    app: &App,
    address: &Address,
    departure: Departure,
) -> Result<(), StoreError> {
    let now = app.clock.now_millis();
    let entry = app.entry(now, Event::Left(departure), 0, address.key());
    let mut tx = app.store.begin().await?;
    suppressions::add(&mut tx, &entry.hash, departure, now).await?;
    tx.commit().await?;
    write(app, vec![entry]).await
}

/// Suppresses the old address of a reader who moves, and no longer the new one, because its owner has confirmed it.
/// Returns the entries for the journal, to write after the commit; `None` if the new address must never be mailed.
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
    let entry = |event, address: &Address| app.entry(now, event, subscriber, address.key());
    let departure = list::consent(tx, subscriber).await?.and_then(Departure::of);
    // An address that must never be mailed again keeps that reason.
    let for_good = departure.filter(|reason| !reason.may_return());
    let reason = for_good.unwrap_or(Departure::Moved);
    let left = entry(Event::Left(reason), old);
    // A reader who had left stays away at the new address too.
    let came = entry(departure.map_or(Event::Returned, Event::Left), new);
    let reasons = suppressions::reasons(tx, &[&came.hash]).await?;
    if reasons.values().any(|reason| !reason.may_return()) {
        return Ok(None);
    }
    suppressions::add(tx, &left.hash, reason, now).await?;
    suppressions::clear(tx, &came.hash).await?;
    Ok(Some(vec![left, came]))
}
