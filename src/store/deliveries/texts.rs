//! Which text of a revised edition readers have: reads, and the enrolment of a correction notice.

use std::collections::BTreeMap;

use super::State;
use crate::store::delivery_counts;
use crate::store::{Store, StoreError, Tx};

/// The condition of a delivery `d` whose reader has a text, may have it, or will get just that one again.
macro_rules! has_text {
    () => {
        "(d.state IN ('accepted', 'in_flight', 'unknown') \
          OR d.repeated IS NOT NULL AND d.state IN ('queued', 'claimed', 'deferred'))"
    };
}

/// How many subscribers' numbers one statement spans: no index has the revision, and no statement walks an edition.
const SPAN: i64 = 4_000;

const HAVE: &str = concat!(
    "SELECT COALESCE(d.revision, 0), COUNT(*) FROM deliveries d \
     WHERE d.edition = $1 AND d.subscriber > $2 AND d.subscriber <= $3 AND ",
    has_text!(),
    " GROUP BY COALESCE(d.revision, 0)"
);

/// How many readers have each text of an edition, or may have it, as far as rows of the ledger tell: not those in
/// blocks, who have the first. Looks at subscribers up to the number `last`. The cost is the edition's rows.
pub async fn have_text(
    store: &Store,
    edition: i64,
    last: i64,
) -> Result<BTreeMap<i64, i64>, StoreError> {
    let mut texts = BTreeMap::<_, i64>::new();
    for after in (0..last).step_by(SPAN as usize) {
        let found: Vec<(i64, i64)> = store
            .all(HAVE, &[&edition, &after, &(after + SPAN)], |row| {
                Ok((row.number(0)?, row.number(1)?))
            })
            .await?;
        for (revision, count) in found {
            *texts.entry(revision).or_default() += count;
        }
    }
    Ok(texts)
}

/// A reader who has a text, or may have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The address, or the number of an erased reader.
    pub reader: String,
    pub revision: i64,
    pub state: State,
}

const SERVED: &str = concat!(
    "SELECT d.subscriber, s.address, COALESCE(d.revision, 0), d.state \
     FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.edition = $1 AND d.subscriber > $2 AND d.subscriber <= $3 AND COALESCE(d.revision, 0) < $4 AND ",
    has_text!(),
    " ORDER BY d.subscriber"
);

/// The readers with a text before `revision`, among some thousand subscribers after this number, in the list's
/// order; and the number to go on from.
pub async fn served_before(
    store: &Store,
    edition: i64,
    revision: i64,
    after: i64,
) -> Result<(Vec<Served>, i64), StoreError> {
    let to = after + SPAN;
    let served = store
        .all(SERVED, &[&edition, &after, &to, &revision], |row| {
            let subscriber = row.number(0)?;
            Ok(Served {
                reader: super::report::name(subscriber, row.text_or_null(1)?),
                revision: row.number(2)?,
                state: row.word(3, "the delivery's state")?,
            })
        })
        .await?;
    Ok((served, to))
}

const ENROL: &str = concat!(
    "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
     SELECT $1, d.subscriber, 'queued', $2, 0 \
     FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.edition = $3 AND COALESCE(d.revision, 0) < $4 AND ",
    has_text!(),
    " AND s.consent = 'confirmed' AND s.frequency IS NULL \
       AND (s.paused_until IS NULL OR s.paused_until <= $2) ORDER BY d.subscriber"
);

/// Queues a delivery of the correction notice `edition`, due at `due_at`, for every confirmed subscriber who has a text
/// of `issue` before `revision` or may have it, and has not paused or chosen the digest since; returns how many.
pub async fn enrol_correction(
    tx: &mut Tx,
    edition: i64,
    issue: i64,
    revision: i64,
    due_at: i64,
) -> Result<u64, StoreError> {
    let enrolled = tx
        .run(ENROL, &[&edition, &due_at, &issue, &revision])
        .await?;
    delivery_counts::enrolled(tx, edition, enrolled).await?;
    Ok(enrolled)
}

/// The revision that a subscriber's mail of an edition had last; `None` if it was not tried yet, or the subscriber is
/// not in the edition.
pub async fn revision_of(
    store: &Store,
    edition: i64,
    subscriber: i64,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT COALESCE(revision, 0) FROM deliveries \
        WHERE edition = $1 AND subscriber = $2 AND attempts > 0";
    store
        .first(sql, &[&edition, &subscriber], |row| row.number(0))
        .await
}
