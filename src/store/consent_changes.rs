//! The history of consent: when it changed, by what source, after which edition, and why.

use std::collections::BTreeMap;
use std::ops::Range;

use subscribers::consent::{Consent, ConsentSource};

use super::dialect::{Pair, set_statement};
use super::row::Row;
use super::statement::Value;
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

/// The reason of a change by which a reader undoes having left.
pub const TAKEN_BACK: &str = "taken back";

/// The rows have their place in the list, the subscriber and the reason.
pub(super) const RECORD: Pair = set_statement!(
    "INSERT INTO consent_changes (id, at, subscriber, consent, source, edition, reason, form, import) \
     SELECT $2 + CAST(r.value ->> 0 AS BIGINT), $3, CAST(r.value ->> 1 AS BIGINT), $4, $5, $6, r.value ->> 2, $7, $8 FROM",
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
    // Most change in the same way, so that their rows need little JSON.
    let mut alike = BTreeMap::<_, Vec<_>>::new();
    for (at, (subscriber, consent, cause)) in changes.iter().enumerate() {
        let (to, by) = (consent.into_str(), cause.source.into_str());
        let same = (to, by, cause.edition, cause.form, cause.import);
        let rows = alike.entry(same).or_default();
        rows.push((at, subscriber, cause.reason));
    }
    for ((to, by, edition, form, import), rows) in alike {
        let rows = super::json(&rows)?;
        let values: [&dyn Value; 8] = [&rows, &first, &now, &to, &by, &edition, &form, &import];
        tx.run(RECORD, &values).await?;
    }
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

/// A change of consent that an edition led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedTo {
    pub subscriber: i64,
    /// Unix milliseconds UTC.
    pub at: i64,
    pub consent: Consent,
    pub source: ConsentSource,
    pub reason: Option<String>,
    /// True if the reader then [took it back](TAKEN_BACK).
    pub is_taken_back: bool,
}

const LED_TO: &str = "SELECT c.subscriber, c.at, c.consent, c.source, c.reason, \
       COALESCE((SELECT CASE WHEN n.reason = $2 THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END \
                 FROM consent_changes n WHERE n.subscriber = c.subscriber AND n.at >= c.at \
                   AND (n.at, n.id) > (c.at, c.id) ORDER BY n.at, n.id LIMIT 1), 0) \
     FROM consent_changes c WHERE c.edition = $1 ORDER BY c.at, c.id";

/// The changes of consent that an edition led to, the oldest first. The cost is their number.
pub async fn led_to_by(store: &Store, edition: i64) -> Result<Vec<LedTo>, StoreError> {
    store
        .all(LED_TO, &[&edition, &TAKEN_BACK], |row| {
            Ok(LedTo {
                subscriber: row.number(0)?,
                at: row.number(1)?,
                consent: row.word(2, "the consent")?,
                source: row.word(3, "the consent source")?,
                reason: row.text_or_null(4)?,
                is_taken_back: row.number(5)? == 1,
            })
        })
        .await
}

/// Readers who were confirmed at one end of a stretch of time and not at the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// At the end: [`Consent::Confirmed`] if they were not at the beginning.
    pub consent: Consent,
    /// What changed it last.
    pub source: ConsentSource,
    /// The name of the form, if it came from one.
    pub form: Option<String>,
    pub readers: i64,
}

/// How far the times of changes may be from the order of their numbers, in milliseconds: machines' clocks differ, and a
/// transaction takes its time.
const DISORDER: i64 = 3_600_000;

const AT_OR_AFTER: &str = "SELECT id, at FROM consent_changes WHERE id >= $1 ORDER BY id LIMIT 1";

/// A number that no change later than `at` (Unix milliseconds UTC) is below. Changes are numbered in the order of time,
/// so some twenty rows tell it; an index of the time would cost each import a tenth.
async fn number_at(store: &Store, at: i64) -> Result<i64, StoreError> {
    let last = "SELECT COALESCE(MAX(id), 0) FROM consent_changes";
    let (mut low, mut high) = (0, store.one(last, &[], |row| row.number(0)).await? + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let values: [&dyn Value; 1] = [&middle];
        let read = |row: &Row<'_>| Ok((row.number(0)?, row.number(1)?));
        match store.first(AT_OR_AFTER, &values, read).await? {
            Some((id, then)) if then <= at - DISORDER => low = id + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// Subqueries with a limit: PostgreSQL would join `NOT EXISTS` with the whole table before its first `ANALYZE`.
const MOVED: &str = "SELECT consent, source, form, COUNT(*) FROM \
       (SELECT c.consent, c.source, c.form, \
           COALESCE((SELECT b.consent FROM consent_changes b WHERE b.subscriber = c.subscriber AND b.at <= $1 \
                     ORDER BY b.at DESC, b.id DESC LIMIT 1), '') AS before \
        FROM consent_changes c WHERE c.id >= $3 AND c.id < $4 AND c.at > $1 AND c.at <= $2 \
          AND c.id = (SELECT l.id FROM consent_changes l WHERE l.subscriber = c.subscriber AND l.at <= $2 \
                      ORDER BY l.at DESC, l.id DESC LIMIT 1)) AS changed \
     WHERE (before = 'confirmed') <> (consent = 'confirmed') \
     GROUP BY consent, source, form ORDER BY COUNT(*) DESC, consent, source, form";

/// Who became confirmed, or ceased to be, after `from` and up to `until` (Unix milliseconds UTC). A reader who did both
/// counts as neither. The cost is the number of changes in that time.
pub async fn moved(store: &Store, from: i64, until: i64) -> Result<Vec<Moved>, StoreError> {
    let first = number_at(store, from).await?;
    let end = number_at(store, until.saturating_add(2 * DISORDER)).await?;
    let values: [&dyn Value; 4] = [&from, &until, &first, &end];
    store
        .all(MOVED, &values, |row| {
            Ok(Moved {
                consent: row.word(0, "the consent")?,
                source: row.word(1, "the consent source")?,
                form: row.text_or_null(2)?,
                readers: row.number(3)?,
            })
        })
        .await
}
