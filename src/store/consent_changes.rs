//! The history of consent: when it changed, by what source, after which edition, and why.

use std::ops::Range;

use subscribers::consent::{Consent, ConsentSource};

use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx, imports};
use crate::store::counters::{self, Counter};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentChange {
    /// Unix milliseconds UTC.
    pub at: i64,
    pub consent: Consent,
    pub source: ConsentSource,
    /// The slug of the edition whose mail led to it.
    pub edition: Option<String>,
    pub reason: Option<String>,
    /// The name of the form, if it came from one.
    pub form: Option<String>,
}

/// Why a consent changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause<'a> {
    pub source: ConsentSource,
    /// The edition whose mail led to it.
    pub edition: Option<i64>,
    pub reason: Option<&'a str>,
    /// The name of the form, if it came from one.
    pub form: Option<&'a str>,
    /// The import that did it.
    pub import: Option<i64>,
}

impl Cause<'_> {
    /// A change without an edition or a reason.
    pub fn by(source: ConsentSource) -> Self {
        Self {
            source,
            edition: None,
            reason: None,
            form: None,
            import: None,
        }
    }
}

const RECORD: Pair = set_statement!(
    "INSERT INTO consent_changes (id, at, subscriber, consent, source, edition, reason, form, import) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), $3, CAST(r.value ->> 1 AS BIGINT), r.value ->> 2, r.value ->> 3, \
        CAST(r.value ->> 4 AS BIGINT), r.value ->> 5, r.value ->> 6, CAST(r.value ->> 7 AS BIGINT) FROM",
    "AS r WHERE true"
);

const RECORD_NEW: &str = "\
    INSERT INTO consent_changes (id, at, subscriber, consent, source, edition, reason, form, import) \
    SELECT $1 + id - $2, $3, id, consent, $4, $5, $6, $7, $8 \
    FROM subscribers WHERE id >= $2 AND id < $9 ORDER BY id";

/// Records why these subscribers, with consecutive numbers, joined the list. Their rows hold the
/// consent already: sending it again would add a tenth to the time of an import.
pub(super) async fn record_new(
    tx: &mut Tx,
    new: Range<i64>,
    cause: Cause<'_>,
    now: i64,
) -> Result<(), StoreError> {
    let count = new.end - new.start;
    let first = counters::reserve(tx, Counter::ConsentChange, count).await?;
    tx.run(
        RECORD_NEW,
        &[
            &first,
            &new.start,
            &now,
            &cause.source.into_str(),
            &cause.edition,
            &cause.reason,
            &cause.form,
            &cause.import,
            &new.end,
        ],
    )
    .await?;
    imports::extend(tx, cause.import, first..first + count).await
}

/// Records the new consent of each of these subscribers, and why. Changes made by an import all
/// belong to the same one.
pub async fn record(
    tx: &mut Tx,
    changes: &[(i64, Consent, Cause<'_>)],
    now: i64,
) -> Result<(), StoreError> {
    let count = i64::try_from(changes.len()).unwrap_or(i64::MAX);
    let first = counters::reserve(tx, Counter::ConsentChange, count).await?;
    let rows: Vec<_> = changes
        .iter()
        .enumerate()
        .map(|(at, (subscriber, consent, cause))| {
            (
                at,
                subscriber,
                consent.into_str(),
                cause.source.into_str(),
                cause.edition,
                cause.reason,
                cause.form,
                cause.import,
            )
        })
        .collect();
    tx.run(RECORD, &[&super::json(&rows)?, &first, &now])
        .await?;
    let import = changes.iter().find_map(|(_, _, cause)| cause.import);
    imports::extend(tx, import, first..first + count).await
}

/// Deletes the reasons that a subscriber, or a relay, gave.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    let sql = "UPDATE consent_changes SET reason = NULL WHERE subscriber = $1";
    tx.run(sql, &[&subscriber]).await?;
    Ok(())
}

/// Every change of a subscriber's consent, the oldest first.
pub async fn of(store: &Store, subscriber: i64) -> Result<Vec<ConsentChange>, StoreError> {
    let sql = "SELECT c.at, c.consent, c.source, e.slug, \
           COALESCE(c.reason, (SELECT i.source FROM imports i WHERE i.id = c.import)), c.form \
        FROM consent_changes c \
        LEFT JOIN editions e ON e.id = c.edition WHERE c.subscriber = $1 ORDER BY c.at, c.id";
    store
        .all(sql, &[&subscriber], |row| {
            Ok(ConsentChange {
                at: row.number(0)?,
                consent: row.word(1, "the consent")?,
                source: row.word(2, "the consent source")?,
                edition: row.text_or_null(3)?,
                reason: row.text_or_null(4)?,
                form: row.text_or_null(5)?,
            })
        })
        .await
}
