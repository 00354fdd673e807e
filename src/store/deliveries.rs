//! The ledger: one row for each subscriber of each edition.
//!
//! `queued → claimed → in_flight → accepted
//! refused
//! deferred
//! unknown
//! skipped`. The rows a sender holds carry its number in `owner`; a row in doubt keeps it.

mod abandoned;
mod enrol;
mod group;
mod operator;
mod report;
mod state;
mod waiting;

use std::collections::HashSet;

use serde::Serialize;
use sqlx::any::AnyRow;
use subscribers::address::Address;

use super::dialect::{Pair, owned_set_statement, set_statement};
use super::editions::EditionKind;
use super::row::Columns as _;
use super::statement::Value;
use super::{StoreError, Tx};

pub use abandoned::resend_abandoned;
pub use enrol::{DueTimes, enrol, enrol_by_zone, enrol_digest, is_digest_wanted};
pub use group::{Committed, Group, await_marks, claim_due, commit};
pub use operator::{
    hasten_deferred, leave_unknown, resend_refused, resend_unknown, resend_unknown_of,
    resend_unknown_since, skip_cancelled,
};
pub use report::{
    Backlog, Doubt, HistoryEntry, Later, backlog, counts, doubts, first_due, gets_since, history,
    in_doubt, is_held, later, next_due, on_the_wire,
};
pub use state::{Counts, State};
pub use waiting::{skip_deferred, skip_waiting};

/// A delivery that a sender holds, with what it takes to write the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub edition: i64,
    pub subscriber: i64,
    /// How many attempts came before.
    pub attempts: i64,
    /// `None` once the reader is erased.
    pub address: Option<Address>,
    pub name: Option<String>,
    /// See [`Subscriber`](super::subscribers::Subscriber).
    pub address_tag: i64,
    /// When it was first due, Unix milliseconds UTC, if the edition goes out in readers' local
    /// time.
    pub first_due_at: Option<i64>,
    /// True if it was resent because it was in doubt.
    pub is_repeated: bool,
}

/// The mail to write next, with the address and the name as they were claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub edition: i64,
    pub subscriber: i64,
    /// `None` once the reader is erased.
    pub address: Option<Address>,
    pub name: Option<String>,
}

impl Mark {
    pub fn delivery(&self) -> (i64, i64) {
        (self.edition, self.subscriber)
    }

    fn row(&self) -> (i64, i64, &str, Option<&str>) {
        (
            self.edition,
            self.subscriber,
            self.address.as_ref().map_or("", Address::as_given),
            self.name.as_deref(),
        )
    }
}

impl From<&Claim> for Mark {
    fn from(claim: &Claim) -> Self {
        Self {
            edition: claim.edition,
            subscriber: claim.subscriber,
            address: claim.address.clone(),
            name: claim.name.clone(),
        }
    }
}

/// The result of a batch of marks. A delivery in none of the sets is no longer the sender's, or its
/// edition is not being sent.
#[derive(Debug, Default)]
pub struct Marked {
    /// Write these now.
    pub in_flight: HashSet<(i64, i64)>,
    /// Do not write these: the reader left, or wants no such mail now.
    pub skipped: HashSet<(i64, i64)>,
    /// Back in the queue: the reader has another address or name now.
    pub returned: HashSet<(i64, i64)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub edition: i64,
    pub subscriber: i64,
    #[serde(serialize_with = "state_key")]
    pub state: State,
    pub due_at: Option<i64>,
    /// The relay's reply, or why there is none. `None` keeps the reply before.
    pub reply: Option<String>,
    /// 1 if the delivery is resent because it is in doubt, which happens once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated: Option<i64>,
}

fn state_key<S: serde::Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.into_str())
}

const CLAIM: Pair = Pair {
    sqlite: "UPDATE deliveries SET state = 'claimed', owner = $1 \
         WHERE edition = $2 AND subscriber IN \
           (SELECT subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4) \
         RETURNING subscriber, attempts, first_due_at, repeated",
    // Materialized, so that the rows are found once. Without statistics of an edition the planner
    // runs an `IN (SELECT … LIMIT)` again for every row, and the limit then limits nothing.
    postgres: "WITH due AS MATERIALIZED \
           (SELECT edition, subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4 FOR UPDATE SKIP LOCKED) \
         UPDATE deliveries SET state = 'claimed', owner = $1 FROM due \
         WHERE deliveries.edition = due.edition AND deliveries.subscriber = due.subscriber \
         RETURNING deliveries.subscriber, attempts, first_due_at, repeated",
};

const READERS: Pair = set_statement!(
    "SELECT s.id, CAST(r.value ->> 1 AS BIGINT), s.address, s.address_key, s.name, \
        CAST(r.value ->> 2 AS BIGINT), s.address_tag, CAST(r.value ->> 3 AS BIGINT) FROM",
    "AS r JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)"
);

/// `$4` is a state that may be marked beside `claimed`, `$5` the
/// [frequency](super::subscribers::Frequency) that the edition is for. The address and the name are
/// those the sender has: nothing may be written to a reader who has others now.
const MARK: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = 'in_flight', at = $2, attempts = attempts + 1 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4)",
    "AND deliveries.edition IN (SELECT id FROM editions WHERE state = 'sending') \
       AND s.id = deliveries.subscriber AND s.consent = 'confirmed' \
       AND COALESCE(s.frequency, 'every') = $5 AND COALESCE(s.paused_until, 0) <= $2 \
       AND COALESCE(s.address, '') = (r.value ->> 2) \
       AND COALESCE(s.name, '') = COALESCE(r.value ->> 3, '') \
     RETURNING deliveries.edition, deliveries.subscriber"
);

/// Parameters as in [`MARK`]. The reason is the consent, or else the reader's choice.
const SKIP: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = 'skipped', at = $2, owner = NULL, \
        reply = CASE WHEN s.consent <> 'confirmed' THEN s.consent \
                     WHEN COALESCE(s.paused_until, 0) > $2 THEN 'paused' \
                     ELSE COALESCE(s.frequency, 'every') END FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4)",
    "AND s.id = deliveries.subscriber \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $2 \
            OR COALESCE(s.frequency, 'every') <> $5) \
     RETURNING deliveries.edition, deliveries.subscriber"
);

/// Returns what was neither marked nor skipped and is still the owner's, if its edition is being
/// sent: the reader has another address or name. It is as due as before, so the next claim takes
/// it.
const RETURN: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = 'queued', owner = NULL FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $2)",
    "AND deliveries.edition IN (SELECT id FROM editions WHERE state = 'sending') \
     RETURNING deliveries.edition, deliveries.subscriber"
);

/// An outcome may still arrive for a row that became `unknown` when its sender seemed dead: the
/// reply settles the doubt.
const RECORD: Pair = owned_set_statement!(
    "UPDATE deliveries SET state = r.value ->> 'state', at = $2, \
        reply = COALESCE(r.value ->> 'reply', reply), \
        due_at = COALESCE(CAST(r.value ->> 'due_at' AS BIGINT), due_at), \
        repeated = COALESCE(CAST(r.value ->> 'repeated' AS BIGINT), repeated), \
        owner = CASE WHEN (r.value ->> 'state') = 'unknown' THEN owner ELSE NULL END FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 'edition' AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 'subscriber' AS BIGINT) \
       AND deliveries.state IN ('claimed', 'in_flight', 'unknown')",
    ""
);

const REQUEUE_DUE: &str = "UPDATE deliveries SET state = 'queued' \
     WHERE edition = $1 AND state = 'deferred' AND due_at <= $2";

/// Claims up to `limit` due deliveries of an edition for `owner`.
pub async fn claim(
    tx: &mut Tx,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    let read = |row: &AnyRow| {
        let (first_due, repeated) = (row.number_or_null(2)?, row.number_or_null(3)?);
        Ok((row.number(0)?, row.number(1)?, first_due, repeated))
    };
    let values: [&dyn Value; 4] = [&owner, &edition, &now, &limit];
    let rows: Vec<_> = tx.all(CLAIM, &values, read).await?;
    tx.all(READERS, &[&super::json(&rows)?], |row| {
        Ok(Claim {
            edition,
            subscriber: row.number(0)?,
            attempts: row.number(1)?,
            address: row.address(2)?,
            name: row.text_or_null(4)?,
            first_due_at: row.number_or_null(5)?,
            address_tag: row.number(6)?,
            is_repeated: row.number_or_null(7)?.is_some(),
        })
    })
    .await
}

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
    let done = tx
        .run(RECORD, &[&super::json(outcomes)?, &now, &owner])
        .await?;
    let recorded = usize::try_from(done).unwrap_or(usize::MAX);
    if recorded == outcomes.len() {
        return Ok(());
    }
    Err(StoreError::LostLease {
        wanted: outcomes.len(),
        missing: outcomes.len().saturating_sub(recorded),
    })
}

/// Returns to the queue what a sender claimed and did not write.
pub async fn give_back(tx: &mut Tx, owner: i64) -> Result<u64, StoreError> {
    let sql = "UPDATE deliveries SET state = 'queued', owner = NULL \
        WHERE owner = $1 AND state = 'claimed'";
    tx.run(sql, &[&owner]).await
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Claims returned to the queue: none of them had been written.
    pub requeued: u64,
    /// Deliveries in doubt: their content may have gone out.
    pub unknown: u64,
}

/// Takes over from senders that are no longer registered: claims return to the queue, and what was
/// in flight becomes `unknown`.
pub async fn recover(tx: &mut Tx, now: i64) -> Result<Recovered, StoreError> {
    let sql = "UPDATE deliveries SET state = 'queued', owner = NULL \
        WHERE owner IS NOT NULL AND state = 'claimed' AND owner NOT IN (SELECT id FROM senders)";
    let requeued = tx.run(sql, &[]).await?;
    let sql = "UPDATE deliveries SET state = 'unknown', at = $1, \
           reply = 'the sender stopped before the relay replied' \
        WHERE owner IS NOT NULL AND state = 'in_flight' AND owner NOT IN (SELECT id FROM senders)";
    let unknown = tx.run(sql, &[&now]).await?;
    Ok(Recovered { requeued, unknown })
}

/// Queues the deferred deliveries that are due again.
pub async fn requeue_due(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    tx.run(REQUEUE_DUE, &[&edition, &now]).await
}

/// Skips the deliveries waiting for a subscriber who wants no mail of these kinds now. What is on
/// the wire still gets its outcome.
pub async fn skip_of(
    tx: &mut Tx,
    subscriber: i64,
    kinds: &[EditionKind],
    why: &str,
    now: i64,
) -> Result<(), StoreError> {
    for kind in kinds {
        let sql = "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 \
            WHERE subscriber = $1 AND state IN ('queued', 'claimed', 'deferred') \
              AND edition IN (SELECT id FROM editions WHERE kind = $4)";
        tx.run(sql, &[&subscriber, &now, &why, &kind.into_str()])
            .await?;
    }
    Ok(())
}

const SKIPPED_EDITIONS: Pair = Pair {
    sqlite: "SELECT id FROM editions WHERE state IN ('sending', 'paused') AND id IN \
           (SELECT edition FROM deliveries \
            WHERE subscriber = $1 AND state = 'skipped' AND at >= $2) ORDER BY id",
    postgres: "SELECT id FROM editions WHERE state IN ('sending', 'paused') AND id IN \
           (SELECT edition FROM deliveries \
            WHERE subscriber = $1 AND state = 'skipped' AND at >= $2) ORDER BY id FOR UPDATE",
};

const REQUEUE_SKIPPED: &str = "UPDATE deliveries SET state = 'queued', reply = NULL, \
        at = CASE WHEN attempts = 0 THEN NULL ELSE $4 END, \
        due_at = CASE WHEN first_due_at > $4 THEN first_due_at ELSE $4 END \
     WHERE edition = $3 AND subscriber = $1 AND state = 'skipped' AND at >= $2 \
       AND reply IN ('paused', 'digest', 'every', 'unsubscribed')";

/// Undoes what leaving, or a choice, did to a subscriber's mail at `since` or later: what it
/// skipped is queued again if the edition is being sent or paused, due now or at the reader's local
/// time. Returns how many. The mark checks again whether the reader wants the mail.
pub async fn requeue_skipped(
    tx: &mut Tx,
    subscriber: i64,
    since: i64,
    now: i64,
) -> Result<u64, StoreError> {
    // Lock the editions first: one that finished meanwhile would leave the queued mail behind.
    let editions: Vec<i64> = tx
        .all(SKIPPED_EDITIONS, &[&subscriber, &since], |row| {
            row.number(0)
        })
        .await?;
    let mut queued = 0;
    for edition in editions {
        let values: [&dyn Value; 4] = [&subscriber, &since, &edition, &now];
        queued += tx.run(REQUEUE_SKIPPED, &values).await?;
    }
    Ok(queued)
}

/// Deletes the relays' replies about one subscriber: they quote addresses.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    let sql = "UPDATE deliveries SET reply = NULL WHERE subscriber = $1 AND reply IS NOT NULL";
    tx.run(sql, &[&subscriber]).await?;
    Ok(())
}
