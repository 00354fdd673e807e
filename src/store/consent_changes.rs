//! The history of consent: when it changed, by which way, which edition led to it, and why.

use subscribers::consent::{Consent, Way};

use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::store::counters::{self, Counter};

/// One change, as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentChange {
    /// When, Unix milliseconds UTC.
    pub at: i64,
    /// What the consent became.
    pub consent: Consent,
    /// By which way.
    pub way: Way,
    /// The slug of the edition whose mail led to it.
    pub edition: Option<String>,
    /// The reason, where one was given.
    pub reason: Option<String>,
    /// Which form it was, where it came by one.
    pub form: Option<String>,
}

/// Why a consent changes: who did it, from where.
#[derive(Clone, Copy, Debug)]
pub struct Cause<'a> {
    /// By which way.
    pub way: Way,
    /// The number of the edition whose mail led to it.
    pub edition: Option<i64>,
    /// The reason, where one was given.
    pub reason: Option<&'a str>,
    /// Which form it was, where it came by one.
    pub form: Option<&'a str>,
}

impl Cause<'_> {
    /// A change that no mail led to and nobody gave a reason for.
    pub fn by(way: Way) -> Self {
        Self {
            way,
            edition: None,
            reason: None,
            form: None,
        }
    }
}

const RECORD: Pair = set_statement!(
    "INSERT INTO consent_changes (id, subscriber, at, consent, way, edition, reason, form) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), CAST(r.value ->> 1 AS BIGINT), $3, $4, $5, $6, $7, $8 FROM",
    "AS r WHERE true"
);

/// Records the same change for each of `subscribers`.
///
/// # Errors
/// If the store refuses.
pub async fn record(
    tx: &mut Tx,
    subscribers: &[i64],
    consent: Consent,
    cause: Cause<'_>,
    now: i64,
) -> Result<(), StoreError> {
    let count = i64::try_from(subscribers.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::ConsentChange, count).await?;
    let rows: Vec<(usize, i64)> = subscribers.iter().copied().enumerate().collect();
    sqlx::query(tx.dialect.of(RECORD))
        .bind(super::json(&rows)?)
        .bind(first)
        .bind(now)
        .bind(consent.key())
        .bind(cause.way.key())
        .bind(cause.edition)
        .bind(cause.reason)
        .bind(cause.form)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

const RECORD_EACH: Pair = set_statement!(
    "INSERT INTO consent_changes (id, subscriber, at, consent, way, edition, reason, form) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), CAST(r.value ->> 1 AS BIGINT), $3, $4, \
        r.value ->> 2, CAST(r.value ->> 3 AS BIGINT), r.value ->> 4, r.value ->> 5 FROM",
    "AS r WHERE true"
);

/// Records a change for each of these subscribers, each with a cause of its own.
///
/// # Errors
/// If the store refuses.
pub async fn record_each(
    tx: &mut Tx,
    changes: &[(i64, Cause<'_>)],
    consent: Consent,
    now: i64,
) -> Result<(), StoreError> {
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::ConsentChange, count).await?;
    let rows: Vec<_> = changes
        .iter()
        .enumerate()
        .map(|(at, (subscriber, cause))| {
            (
                at,
                subscriber,
                cause.way.key(),
                cause.edition,
                cause.reason,
                cause.form,
            )
        })
        .collect();
    sqlx::query(tx.dialect.of(RECORD_EACH))
        .bind(super::json(&rows)?)
        .bind(first)
        .bind(now)
        .bind(consent.key())
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// Forgets the reasons that one subscriber, or a relay, gave.
///
/// # Errors
/// If the store refuses.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE consent_changes SET reason = NULL WHERE subscriber = $1")
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// Everything that happened to one subscriber's consent, oldest first.
///
/// # Errors
/// If the store refuses.
pub async fn of(store: &Store, subscriber: i64) -> Result<Vec<ConsentChange>, StoreError> {
    let rows = sqlx::query(
        "SELECT c.at, c.consent, c.way, e.slug, \
            COALESCE(c.reason, (SELECT i.source FROM imports i WHERE i.id = c.import)), c.form \
         FROM consent_changes c \
         LEFT JOIN editions e ON e.id = c.edition WHERE c.subscriber = $1 ORDER BY c.at, c.id",
    )
    .bind(subscriber)
    .fetch_all(&store.pool)
    .await
    .map_err(StoreError::query)?;
    rows.iter()
        .map(|row| {
            Ok(ConsentChange {
                at: row.number(0)?,
                consent: row.word(1, "the consent")?,
                way: row.word(2, "the way")?,
                edition: row.text_or_null(3)?,
                reason: row.text_or_null(4)?,
                form: row.text_or_null(5)?,
            })
        })
        .collect()
}
