//! The ledger: one row for each subscriber of each edition.
//!
//! `queued → claimed → in_flight → accepted | refused | deferred | unknown | skipped`. The rows
//! that a sender holds carry its number in `owner`; a row in doubt keeps it.

mod abandoned;
mod enrol;
mod group;
mod operator;
mod report;
mod state;

use std::collections::HashSet;

use serde::Serialize;

use super::dialect::{Pair, owned_set_statement, set_statement};
use super::row::Columns as _;
use super::{StoreError, Tx};

pub use abandoned::resend_abandoned;
pub use enrol::{DueTimes, enrol, enrol_by_zone, enrol_digest, is_digest_wanted};
pub use group::{Committed, Group, await_marks, claim_due, commit};
pub use operator::{
    hasten_deferred, leave_unknown, resend_refused, resend_unknown, resend_unknown_of,
    resend_unknown_since, skip_cancelled,
};
pub use report::{
    Backlog, Doubt, HistoryEntry, Later, backlog, counts, doubts, first_due, history, in_doubt,
    is_held, later, next_due, on_the_wire,
};
pub use state::{Counts, State};

/// A delivery in a sender's hands, with what it takes to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The edition's number.
    pub edition: i64,
    /// The subscriber's number.
    pub subscriber: i64,
    /// How often it was tried before.
    pub attempts: i64,
    /// The reader's address; empty once erased.
    pub address: String,
    /// The reader's name, where one is known.
    pub name: Option<String>,
    /// How often the reader's address has changed.
    pub generation: i64,
    /// When it was first due, Unix milliseconds UTC, if the edition goes out in readers' own time.
    pub first_due_at: Option<i64>,
}

/// What became of a batch of marks.
#[derive(Debug, Default)]
pub struct Marked {
    /// May be written now.
    pub in_flight: HashSet<(i64, i64)>,
    /// Must not be written: the reader left meanwhile.
    pub skipped: HashSet<(i64, i64)>,
}

/// The end of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The edition's number.
    pub edition: i64,
    /// The subscriber's number.
    pub subscriber: i64,
    /// Where the delivery stands now.
    #[serde(serialize_with = "state_key")]
    pub state: State,
    /// When to try again, for `deferred` and `queued`.
    pub due_at: Option<i64>,
    /// What the relay said, or why there is no reply. `None` leaves what was said before.
    pub reply: Option<String>,
}

fn state_key<S: serde::Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.key())
}

const CLAIM: Pair = Pair {
    sqlite: "UPDATE deliveries SET state = 'claimed', owner = $1 \
         WHERE edition = $2 AND subscriber IN \
           (SELECT subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4) \
         RETURNING subscriber, attempts, first_due_at",
    // The rows to take are found once, apart: the planner runs an `IN (SELECT … LIMIT)` again for
    // every row of an edition that it has no statistics of, and the limit then limits nothing.
    postgres: "WITH due AS MATERIALIZED \
           (SELECT edition, subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4 FOR UPDATE SKIP LOCKED) \
         UPDATE deliveries SET state = 'claimed', owner = $1 FROM due \
         WHERE deliveries.edition = due.edition AND deliveries.subscriber = due.subscriber \
         RETURNING deliveries.subscriber, attempts, first_due_at",
};

const READERS: Pair = set_statement!(
    "SELECT s.id, CAST(r.value ->> 1 AS BIGINT), s.address, s.name, CAST(r.value ->> 2 AS BIGINT), s.address_changes FROM",
    "AS r JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)"
);

/// `$4` is a state that may be marked beside `claimed`.
const MARK: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = 'in_flight', at = $2, attempts = attempts + 1 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4)",
    "AND deliveries.edition IN (SELECT id FROM editions WHERE state = 'sending') \
       AND s.id = deliveries.subscriber AND s.consent = 'confirmed' \
     RETURNING deliveries.edition, deliveries.subscriber"
);

const SKIP: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = 'skipped', at = $2, owner = NULL, reply = s.consent FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4)",
    "AND s.id = deliveries.subscriber AND s.consent <> 'confirmed' \
     RETURNING deliveries.edition, deliveries.subscriber"
);

/// An outcome may still arrive for a row that was taken for `unknown` when its sender was thought
/// dead: the reply settles the doubt.
const RECORD: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = r.value ->> 'state', at = $2, \
        reply = COALESCE(r.value ->> 'reply', reply), \
        due_at = COALESCE(CAST(r.value ->> 'due_at' AS BIGINT), due_at), \
        owner = CASE WHEN (r.value ->> 'state') = 'unknown' THEN owner ELSE NULL END FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 'edition' AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 'subscriber' AS BIGINT) \
       AND deliveries.state IN ('claimed', 'in_flight', 'unknown')",
    ""
);

const REQUEUE_DUE: &str = "UPDATE deliveries SET state = 'queued' \
     WHERE edition = $1 AND state = 'deferred' AND due_at <= $2";

/// Puts up to `limit` due deliveries of an edition into the hands of `owner`.
///
/// # Errors
/// If the store refuses.
pub async fn claim(
    tx: &mut Tx,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    let claimed = sqlx::query(tx.dialect.of(CLAIM))
        .bind(owner)
        .bind(edition)
        .bind(now)
        .bind(limit)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    let rows = claimed
        .iter()
        .map(|row| Ok((row.number(0)?, row.number(1)?, row.number_or_null(2)?)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    let readers = sqlx::query(tx.dialect.of(READERS))
        .bind(super::json(&rows)?)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    readers
        .iter()
        .map(|row| {
            Ok(Claim {
                edition,
                subscriber: row.number(0)?,
                attempts: row.number(1)?,
                address: row.text_or_null(2)?.unwrap_or_default(),
                name: row.text_or_null(3)?,
                first_due_at: row.number_or_null(4)?,
                generation: row.number(5)?,
            })
        })
        .collect()
}

/// Records outcomes.
///
/// # Errors
/// [`StoreError::LostLease`] if `owner` no longer holds one of them.
pub async fn record(
    tx: &mut Tx,
    owner: i64,
    outcomes: &[Outcome],
    now: i64,
) -> Result<(), StoreError> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let done = sqlx::query(tx.dialect.of(RECORD))
        .bind(super::json(outcomes)?)
        .bind(now)
        .bind(owner)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    let recorded = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
    if recorded == outcomes.len() {
        return Ok(());
    }
    Err(StoreError::LostLease {
        wanted: outcomes.len(),
        missing: outcomes.len().saturating_sub(recorded),
    })
}

/// Gives back what a sender claimed and did not write.
///
/// # Errors
/// If the store refuses.
pub async fn give_back(tx: &mut Tx, owner: i64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE deliveries SET state = 'queued', owner = NULL WHERE owner = $1 AND state = 'claimed'",
    )
    .bind(owner)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// What dead senders left behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Claims that went back to the queue: nothing of them had been written.
    pub requeued: u64,
    /// Deliveries in doubt: their content may have gone out.
    pub unknown: u64,
}

/// Takes over what senders hold that are no longer registered: claims go back to the queue, and
/// what was in flight is `unknown`.
///
/// # Errors
/// If the store refuses.
pub async fn recover(tx: &mut Tx, now: i64) -> Result<Recovered, StoreError> {
    let requeued = sqlx::query(
        "UPDATE deliveries SET state = 'queued', owner = NULL \
         WHERE owner IS NOT NULL AND state = 'claimed' AND owner NOT IN (SELECT id FROM senders)",
    )
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?
    .rows_affected();
    let unknown = sqlx::query(
        "UPDATE deliveries SET state = 'unknown', at = $1, \
            reply = 'the sender stopped before the relay replied' \
         WHERE owner IS NOT NULL AND state = 'in_flight' AND owner NOT IN (SELECT id FROM senders)",
    )
    .bind(now)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?
    .rows_affected();
    Ok(Recovered { requeued, unknown })
}

/// Puts deferred deliveries whose time has come back into the queue.
///
/// # Errors
/// If the store refuses.
pub async fn requeue_due(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query(REQUEUE_DUE)
        .bind(edition)
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// Skips what waits for one subscriber, who wants no mail now. What is on the wire gets its outcome.
///
/// # Errors
/// If the store refuses.
pub async fn skip_of(tx: &mut Tx, subscriber: i64, why: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 \
         WHERE subscriber = $1 AND state IN ('queued', 'claimed', 'deferred')",
    )
    .bind(subscriber)
    .bind(now)
    .bind(why)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(())
}

/// Forgets what relays said of one subscriber: replies quote addresses.
///
/// # Errors
/// If the store refuses.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE deliveries SET reply = NULL WHERE subscriber = $1 AND reply IS NOT NULL")
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}
