//! The list: who subscribed, and whether they may be written to.

use std::collections::HashMap;

use serde::Serialize;
use subscribers::consent::{Consent, Way};

use super::consent_changes::{self, Cause};
use super::counters::{self, Counter};
use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx, deliveries};

/// A subscriber as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// The number, from 1.
    pub id: i64,
    /// The address as given; `None` once erased.
    pub address: Option<String>,
    /// The name, where one is known.
    pub name: Option<String>,
    /// An IANA time zone, where one is known.
    pub time_zone: Option<String>,
    /// Whether they may be written to.
    pub consent: Consent,
    /// When they came onto the list, Unix milliseconds UTC.
    pub created_at: i64,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
}

/// Someone to put on the list.
#[derive(Clone, Debug, Serialize)]
pub struct NewSubscriber {
    /// The address as given.
    pub address: String,
    /// The canonical key of the address: two spellings of one address share it.
    pub address_key: String,
    /// The name, where one is known.
    pub name: Option<String>,
    /// An IANA time zone, where one is known.
    pub time_zone: Option<String>,
}

const COLUMNS_OF_ONE: &str = "SELECT id, address, name, time_zone, consent, created_at, changed_at \
     FROM subscribers WHERE address_key = $1";

const KNOWN: Pair = set_statement!(
    "SELECT s.address_key, s.id, s.consent FROM",
    "AS r JOIN subscribers s ON s.address_key = (r.value ->> 0)"
);

const INSERT: Pair = set_statement!(
    "INSERT INTO subscribers (id, address, address_key, name, time_zone, consent, created_at, changed_at) \
     SELECT CAST(r.value ->> 0 AS BIGINT), r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, $2, $3, $3 FROM",
    "AS r WHERE true"
);

const SET_CONSENT: Pair = set_statement!(
    "UPDATE subscribers SET consent = $2, changed_at = $3 \
     WHERE id IN (SELECT CAST(r.value ->> 0 AS BIGINT) FROM",
    "AS r)"
);

/// The numbers and consents of those of `address_keys` that are on the list.
///
/// # Errors
/// If the store refuses.
pub async fn known(
    tx: &mut Tx,
    address_keys: &[&str],
) -> Result<HashMap<String, (i64, Consent)>, StoreError> {
    let rows: Vec<[&str; 1]> = address_keys.iter().map(|key| [*key]).collect();
    let found = sqlx::query(tx.dialect.of(KNOWN))
        .bind(super::json(&rows)?)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    found
        .iter()
        .map(|row| Ok((row.text(0)?, (row.number(1)?, row.word(2, "the consent")?))))
        .collect()
}

/// Puts new subscribers on the list and records by which way they came. None of them may be on it.
///
/// # Errors
/// If the store refuses, also if one of them is on the list already.
pub async fn insert(
    tx: &mut Tx,
    new: &[NewSubscriber],
    consent: Consent,
    way: Way,
    now: i64,
) -> Result<Vec<i64>, StoreError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::Subscriber, count).await?;
    let ids: Vec<i64> = (first..first + count).collect();
    let rows: Vec<_> = ids
        .iter()
        .zip(new)
        .map(|(id, new)| {
            (
                id,
                &new.address,
                &new.address_key,
                &new.name,
                &new.time_zone,
            )
        })
        .collect();
    sqlx::query(tx.dialect.of(INSERT))
        .bind(super::json(&rows)?)
        .bind(consent.key())
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    consent_changes::record(tx, &ids, consent, Cause::by(way), now).await?;
    Ok(ids)
}

/// Sets the consent of each of `ids` and records the change.
///
/// # Errors
/// [`StoreError::NoSubscriber`] if one of them does not exist.
pub async fn set_consent(
    tx: &mut Tx,
    ids: &[i64],
    consent: Consent,
    cause: Cause<'_>,
    now: i64,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<[i64; 1]> = ids.iter().map(|id| [*id]).collect();
    let done = sqlx::query(tx.dialect.of(SET_CONSENT))
        .bind(super::json(&rows)?)
        .bind(consent.key())
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    let changed = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
    if changed != ids.len() {
        let missing = ids.len().saturating_sub(changed);
        return Err(StoreError::NoSubscriber { missing });
    }
    consent_changes::record(tx, ids, consent, cause, now).await
}

/// The consent of one subscriber, read inside the transaction that will change it.
///
/// # Errors
/// If the store refuses.
pub async fn consent(tx: &mut Tx, id: i64) -> Result<Option<Consent>, StoreError> {
    let row = sqlx::query("SELECT consent FROM subscribers WHERE id = $1")
        .bind(id)
        .fetch_optional(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    row.map(|row| row.word(0, "the consent")).transpose()
}

/// Forgets everything about a subscriber but the number, the states of deliveries and consent, and
/// their times. What the reader or a relay wrote goes too.
///
/// # Errors
/// If the store refuses.
pub async fn erase(tx: &mut Tx, id: i64, cause: Cause<'_>, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE subscribers SET address = NULL, address_key = NULL, name = NULL, time_zone = NULL \
         WHERE id = $1",
    )
    .bind(id)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    deliveries::forget(tx, id).await?;
    consent_changes::forget(tx, id).await?;
    set_consent(tx, &[id], Consent::Erased, cause, now).await
}

/// Replaces the name and the time zone of a subscriber.
///
/// # Errors
/// If the store refuses.
pub async fn describe(
    tx: &mut Tx,
    id: i64,
    name: Option<&str>,
    time_zone: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE subscribers SET name = $2, time_zone = $3 WHERE id = $1")
        .bind(id)
        .bind(name)
        .bind(time_zone)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// The subscriber with this canonical address.
///
/// # Errors
/// If the store refuses.
pub async fn find(store: &Store, address_key: &str) -> Result<Option<Subscriber>, StoreError> {
    let row = sqlx::query(COLUMNS_OF_ONE)
        .bind(address_key)
        .fetch_optional(&store.pool)
        .await
        .map_err(StoreError::query)?;
    row.as_ref().map(read).transpose()
}

/// The subscriber with this number.
///
/// # Errors
/// If the store refuses.
pub async fn get(store: &Store, id: i64) -> Result<Option<Subscriber>, StoreError> {
    let row = sqlx::query(
        "SELECT id, address, name, time_zone, consent, created_at, changed_at \
         FROM subscribers WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(&store.pool)
    .await
    .map_err(StoreError::query)?;
    row.as_ref().map(read).transpose()
}

/// The next `limit` subscribers after the number `after`, in order: a page of the whole list,
/// erased ones left out.
///
/// # Errors
/// If the store refuses.
pub async fn page(
    store: &Store,
    consent: Option<Consent>,
    after: i64,
    limit: i64,
) -> Result<Vec<Subscriber>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, address, name, time_zone, consent, created_at, changed_at FROM subscribers \
         WHERE id > $1 AND address IS NOT NULL AND ($2 = '' OR consent = $2) ORDER BY id LIMIT $3",
    )
    .bind(after)
    .bind(consent.map_or("", Consent::key))
    .bind(limit)
    .fetch_all(&store.pool)
    .await
    .map_err(StoreError::query)?;
    rows.iter().map(read).collect()
}

/// How many subscribers there are of each consent, erased ones left out.
///
/// # Errors
/// If the store refuses.
pub async fn count(store: &Store) -> Result<HashMap<Consent, i64>, StoreError> {
    let rows = sqlx::query(
        "SELECT consent, COUNT(*) FROM subscribers WHERE address IS NOT NULL GROUP BY consent",
    )
    .fetch_all(&store.pool)
    .await
    .map_err(StoreError::query)?;
    rows.iter()
        .map(|row| Ok((row.word(0, "the consent")?, row.number(1)?)))
        .collect()
}

fn read(row: &sqlx::any::AnyRow) -> Result<Subscriber, StoreError> {
    Ok(Subscriber {
        id: row.number(0)?,
        address: row.text_or_null(1)?,
        name: row.text_or_null(2)?,
        time_zone: row.text_or_null(3)?,
        consent: row.word(4, "the consent")?,
        created_at: row.number(5)?,
        changed_at: row.number(6)?,
    })
}
