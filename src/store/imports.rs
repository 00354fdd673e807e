//! Imports of lists: who came by each, and what taking it back takes back.

use subscribers::consent::{Consent, Way};

use super::counters::{self, Counter};
use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::subscribers::{self as list, Frequency, stored};
use super::{Store, StoreError, Tx};

/// Somebody new to the list, as a file has them.
#[derive(Clone, Debug)]
pub struct Newcomer<'a> {
    /// The address as given.
    pub address: &'a str,
    /// The canonical key of the address.
    pub address_key: &'a str,
    /// The tag of the address.
    pub address_tag: i64,
    /// The name, where one is known.
    pub name: Option<&'a str>,
    /// An IANA time zone, where one is known.
    pub time_zone: Option<&'a str>,
    /// A language tag, where one is known.
    pub language: Option<&'a str>,
    /// How often they want mail.
    pub frequency: Frequency,
    /// Until when they want none, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
    /// Whether they may be written to.
    pub consent: Consent,
    /// When they came onto the list that the file is from, Unix milliseconds UTC.
    pub created_at: i64,
    /// Where this is known from: the system, the file, and what the file says of it.
    /// Nothing but the system and the file, which the import itself names, is `None`.
    pub source: Option<String>,
}

/// Begins an import; returns its number, from 1.
///
/// # Errors
/// If the store refuses.
pub async fn begin(tx: &mut Tx, source: &str, now: i64) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Import, 1).await?;
    sqlx::query("INSERT INTO imports (id, at, source) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(now)
        .bind(source)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(id)
}

const INSERT: Pair = set_statement!(
    "INSERT INTO subscribers (id, address, address_key, name, time_zone, language, frequency, paused_until, \
        address_tag, consent, created_at, changed_at) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, \
        r.value ->> 5, r.value ->> 6, CAST(r.value ->> 7 AS BIGINT), CAST(r.value ->> 8 AS BIGINT), \
        r.value ->> 9, CAST(r.value ->> 10 AS BIGINT), $3 FROM",
    "AS r WHERE true"
);

/// Puts people on the list who are not on it, and records where they came from; returns the number of the
/// first, from which they count up.
///
/// # Errors
/// If the store refuses, also if one of them is on the list already.
pub async fn insert(
    tx: &mut Tx,
    import: i64,
    new: &[Newcomer<'_>],
    now: i64,
) -> Result<i64, StoreError> {
    let count = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::Subscriber, count).await?;
    // Numbers in the order in which the people come, and rows in that of the index: each of its pages is then
    // touched once.
    let mut rows: Vec<_> = new.iter().enumerate().collect();
    rows.sort_unstable_by_key(|(_, new)| new.address_key);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(at, new)| {
            (
                at,
                new.address,
                new.address_key,
                new.name,
                new.time_zone,
                new.language,
                stored(new.frequency),
                new.paused_until,
                new.address_tag,
                new.consent.key(),
                new.created_at,
            )
        })
        .collect();
    sqlx::query(tx.dialect.of(INSERT))
        .bind(super::json(&rows)?)
        .bind(first)
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    let changes = new.iter().zip(first..);
    let changes: Vec<_> = changes
        .map(|(new, id)| (id, new.consent, new.source.as_deref()))
        .collect();
    record(tx, import, &changes, now).await?;
    Ok(first)
}

const RECORD: Pair = set_statement!(
    "INSERT INTO consent_changes (id, subscriber, at, consent, way, reason, import) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), CAST(r.value ->> 1 AS BIGINT), $3, r.value ->> 2, $4, \
        r.value ->> 3, $5 FROM",
    "AS r WHERE true"
);

/// Records what an import says of each of these subscribers, and where it is known from.
///
/// # Errors
/// If the store refuses.
pub async fn record(
    tx: &mut Tx,
    import: i64,
    changes: &[(i64, Consent, Option<&str>)],
    now: i64,
) -> Result<(), StoreError> {
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::ConsentChange, count).await?;
    let rows: Vec<_> = changes
        .iter()
        .enumerate()
        .map(|(at, (id, consent, source))| (at, id, consent.key(), source))
        .collect();
    sqlx::query(tx.dialect.of(RECORD))
        .bind(super::json(&rows)?)
        .bind(first)
        .bind(now)
        .bind(Way::Import.key())
        .bind(import)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    sqlx::query(
        "UPDATE imports SET first_change = COALESCE(first_change, $2), last_change = $3 WHERE id = $1",
    )
    .bind(import)
    .bind(first)
    .bind(first + count - 1)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(())
}

/// Moves the consent of each of these subscribers to what an import says, and records where that is known from.
///
/// # Errors
/// If the store refuses.
pub async fn set_consent(
    tx: &mut Tx,
    import: i64,
    changes: &[(i64, Consent, Option<&str>)],
    now: i64,
) -> Result<(), StoreError> {
    for consent in Consent::ALL {
        let ids = changes.iter().filter(|(_, to, _)| *to == consent);
        let ids: Vec<i64> = ids.map(|(id, _, _)| *id).collect();
        list::put_consent(tx, &ids, consent, now).await?;
    }
    record(tx, import, changes, now).await
}

/// True if there is an import of this number that was not undone.
///
/// # Errors
/// If the store refuses.
pub async fn is_in_force(store: &Store, import: i64) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM imports WHERE id = $1 AND undone_at IS NULL")
        .bind(import)
        .fetch_optional(&store.pool)
        .await
        .map_err(StoreError::query)?;
    Ok(row.is_some())
}

/// Notes that an import was undone.
///
/// # Errors
/// If the store refuses.
pub async fn end(tx: &mut Tx, import: i64, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE imports SET undone_at = $2 WHERE id = $1")
        .bind(import)
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// Somebody whom an import brought or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The number of the change.
    pub change: i64,
    /// The subscriber's number.
    pub subscriber: i64,
    /// What they were before; `None` if the import brought them.
    pub before: Option<Consent>,
    /// True if something happened to them since: a change of consent or of address, a mail, a vote, a choice.
    pub has_acted: bool,
}

/// The next `limit` people whom an import touched by changes after the number `after`, in order.
///
/// # Errors
/// If the store refuses.
pub async fn touched(
    tx: &mut Tx,
    import: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<Touched>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.id, c.subscriber, \
                (SELECT b.consent FROM consent_changes b WHERE b.subscriber = c.subscriber AND b.id < c.id \
                 ORDER BY b.id DESC LIMIT 1), \
                CASE WHEN EXISTS (SELECT 1 FROM consent_changes l WHERE l.subscriber = c.subscriber AND l.id > c.id) \
                       OR EXISTS (SELECT 1 FROM deliveries d \
                                  WHERE d.subscriber = c.subscriber AND COALESCE(d.at, d.due_at) > c.at) \
                       OR EXISTS (SELECT 1 FROM outbox o WHERE o.subscriber = c.subscriber) \
                       OR EXISTS (SELECT 1 FROM votes v WHERE v.subscriber = c.subscriber AND v.at > c.at) \
                     THEN 1 ELSE 0 END \
         FROM consent_changes c JOIN imports i ON i.id = $1 \
         WHERE c.id > $2 AND c.id BETWEEN i.first_change AND i.last_change AND c.import = $1 \
         ORDER BY c.id LIMIT $3",
    )
    .bind(import)
    .bind(after)
    .bind(limit)
    .fetch_all(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    rows.iter()
        .map(|row| {
            let before = row.text_or_null(2)?;
            let before = before.map(|word| {
                word.parse().map_err(|_| StoreError::Unreadable {
                    what: "the consent",
                    found: word,
                })
            });
            Ok(Touched {
                change: row.number(0)?,
                subscriber: row.number(1)?,
                before: before.transpose()?,
                has_acted: row.number(3)? != 0,
            })
        })
        .collect()
}
