//! The ledger: one row for each subscriber of each edition.
//!
//! `queued → claimed → in_flight → accepted | refused | deferred | unknown | skipped`. The rows a
//! sender holds carry its number in `owner`; a row in doubt keeps it. Of old editions, the accepted
//! deliveries may be in blocks instead (`compact.rs`).
//!
//! A statement that changes a state also changes the counts (`store/delivery_counts.rs`), and none
//! walks an edition: the test in `store/plans.rs` asks both engines about each of them.

mod abandoned;
mod block;
mod compact;
mod enrol;
mod exceptions;
mod group;
mod operator;
mod report;
mod texts;
mod waiting;

use std::collections::HashSet;

use serde::Serialize;
use subscribers::address::Address;

use super::delivery_counts::{self, Changes};
use super::dialect::{Dialect, Pair, chunk_statement, set_statement};
use super::row::Row;
use super::statement::Value;
use super::{StoreError, Tx};

pub use super::chunk::{Chunk, ROWS};
pub use super::delivery_state::{Counts, State};
pub use abandoned::{Recovered, give_back, recover, resend_abandoned};
pub(in crate::store) use compact::accepted_since;
pub use compact::{Compacted, Part, PartSize, begin_compaction, compact_part, compacted};
pub use enrol::{
    DueTimes, enrol, enrol_by_zone, enrol_digest, expected, expected_by_zone, is_digest_wanted,
};
pub use exceptions::{Refusals, refusals, skips};
pub use group::{Committed, Group, await_marks, claim_due, commit};
pub use operator::{
    Again, leave_unknown, resend, resend_unknown, resend_unknown_of, resend_unknown_since,
    resendable, skip_cancelled,
};
pub use report::{
    Backlog, Doubt, HistoryEntry, Later, backlog, counts, counts_of, doubts, first_due, gets_since,
    history, in_doubt, is_held, later, next_due, on_the_wire,
};
pub use texts::{Served, enrol_correction, have_text, revision_of, served_before};
pub(in crate::store) use waiting::SKIPPING;
pub use waiting::{requeue_skipped, skip_deferred, skip_of, skip_waiting, unwanted_deferred};

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
    /// The revision that the mail was last tried with, if the reader may have it already: they get that one again.
    /// `None` stands for the edition's current one.
    pub revision: Option<i64>,
}

impl Claim {
    /// What the columns `repeated` and `revision` mean.
    fn repeats((repeated, revision): (Option<i64>, Option<i64>)) -> (bool, Option<i64>) {
        let is_repeated = repeated.is_some();
        (is_repeated, is_repeated.then(|| revision.unwrap_or(0)))
    }
}

/// The mail to write next, with the address and the name as they were claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub subscriber: i64,
    /// `None` once the reader is erased.
    pub address: Option<Address>,
    pub name: Option<String>,
}

impl Mark {
    /// As [`MARK`] takes it. Each row has the edition: if PostgreSQL knew that there is only one, it might read that
    /// edition instead of looking the rows up.
    fn row(&self, edition: i64) -> (i64, i64, &str, Option<&str>) {
        (
            edition,
            self.subscriber,
            self.address.as_ref().map_or("", Address::as_given),
            self.name.as_deref(),
        )
    }
}

impl From<&Claim> for Mark {
    fn from(claim: &Claim) -> Self {
        Self {
            subscriber: claim.subscriber,
            address: claim.address.clone(),
            name: claim.name.clone(),
        }
    }
}

/// The result of a batch of marks: subscribers. The delivery of one in none of the sets is no longer the sender's, or
/// its edition is not being sent.
#[derive(Debug, Default)]
pub struct Marked {
    /// Write to these now.
    pub in_flight: HashSet<i64>,
    /// Do not write to these: they left, or want no such mail now.
    pub skipped: HashSet<i64>,
    /// Back in the queue: they have another address or name now.
    pub returned: HashSet<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub edition: i64,
    pub subscriber: i64,
    pub state: State,
    pub due_at: Option<i64>,
    /// The relay's reply, or why there is none. `None` keeps the reply before.
    pub reply: Option<String>,
    /// 1 if the delivery is resent because it is in doubt, which happens once.
    pub repeated: Option<i64>,
}

impl Outcome {
    /// As [`RECORD`] takes it.
    fn row(&self) -> impl Serialize {
        let reply = self.reply.as_deref();
        (
            self.edition,
            self.subscriber,
            self.state.into_str(),
            self.due_at,
            reply,
            self.repeated,
        )
    }
}

/// Claims the first `$4` of an edition's due deliveries. On PostgreSQL, returns what [`READERS`] does.
const CLAIM: Pair = Pair {
    sqlite: "UPDATE deliveries SET state = 'claimed', owner = $1 \
         WHERE edition = $2 AND subscriber IN \
           (SELECT subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4) \
         RETURNING subscriber, attempts, first_due_at, repeated, revision",
    // By their place in the table: the planner knows that it need not walk the table for them, however many it expects.
    // A row that another transaction has just moved has a new place, which this statement does not see; the next claim
    // does.
    postgres: "WITH due AS MATERIALIZED \
           (SELECT ctid AS place, edition, subscriber, due_at FROM deliveries \
            WHERE edition = $2 AND listed = 'open' AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4 FOR UPDATE SKIP LOCKED), \
         claimed AS (INSERT INTO claimed_ranges AS c \
              (edition, sender, from_due_at, to_due_at, to_subscriber) \
            SELECT edition, CAST($1 AS BIGINT), (SELECT MIN(due_at) FROM due), due_at, subscriber \
            FROM due ORDER BY due_at DESC, subscriber DESC LIMIT 1 \
            ON CONFLICT (edition, sender) DO UPDATE SET \
              from_due_at = LEAST(c.from_due_at, excluded.from_due_at), \
              to_due_at = GREATEST(c.to_due_at, excluded.to_due_at), \
              to_subscriber = CASE \
                WHEN (c.to_due_at, c.to_subscriber) > (excluded.to_due_at, excluded.to_subscriber) \
                THEN c.to_subscriber ELSE excluded.to_subscriber END) \
         UPDATE deliveries SET state = 'claimed', owner = $1 FROM subscribers s \
         WHERE deliveries.ctid = ANY(ARRAY(SELECT place FROM due)) AND s.id = deliveries.subscriber \
         RETURNING s.id, attempts, s.address, s.address_key, s.name, first_due_at, s.address_tag, repeated, revision",
};

/// The readers of claimed deliveries, on SQLite, where `RETURNING` has the columns of one table only.
const READERS: &str = "SELECT s.id, r.value ->> 1, s.address, s.address_key, s.name, r.value ->> 2, s.address_tag, \
        r.value ->> 3, r.value ->> 4 \
     FROM jsonb_each($1) AS r JOIN subscribers s ON s.id = r.value ->> 0";

/// The deliveries are those of the owner `$3`; the `+` keeps SQLite off the index of owners, with
/// which it would read every row of the owner for each one. `$4` is a state that may be marked beside
/// `claimed`, `$5` the [frequency](super::subscribers::Frequency) that the edition is for. The address
/// and the name are those the sender has: nothing may be written to a reader who has others now. `$6` is
/// the edition of all rows, which is checked once, and `$7` the newest revision that the sender has: if
/// there is a newer one, it must not write what it has.
const MARK: Pair = set_statement!(
    "UPDATE deliveries SET state = 'in_flight', at = $2, attempts = attempts + 1, \
        revision = CASE WHEN repeated IS NULL THEN NULLIF(CAST($7 AS BIGINT), 0) ELSE revision END FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4) \
       AND +deliveries.owner = $3 \
       AND EXISTS (SELECT 1 FROM editions WHERE id = $6 AND state = 'sending') \
       AND NOT EXISTS (SELECT 1 FROM edition_mails WHERE edition = $6 AND revision > $7) \
       AND s.id = deliveries.subscriber AND s.consent = 'confirmed' \
       AND COALESCE(s.frequency, 'every') = $5 AND COALESCE(s.paused_until, 0) <= $2 \
       AND COALESCE(s.address, '') = (r.value ->> 2) \
       AND COALESCE(s.name, '') = COALESCE(r.value ->> 3, '') \
     RETURNING deliveries.subscriber"
);

/// Parameters as in [`MARK`], up to `$5`. The reason is the consent, or else the reader's choice.
const SKIP: Pair = set_statement!(
    "UPDATE deliveries SET state = 'skipped', at = $2, owner = NULL, \
        reply = CASE WHEN s.consent <> 'confirmed' THEN s.consent \
                     WHEN COALESCE(s.paused_until, 0) > $2 THEN 'paused' \
                     ELSE COALESCE(s.frequency, 'every') END FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $4) \
       AND +deliveries.owner = $3 \
       AND s.id = deliveries.subscriber \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $2 \
            OR COALESCE(s.frequency, 'every') <> $5) \
     RETURNING deliveries.subscriber"
);

/// Returns what was neither marked nor skipped and is still the owner's, if the edition `$4` is being
/// sent and has no newer revision than `$5`: the reader has another address or name. It is as due as
/// before, so the next claim takes it.
const RETURN: Pair = set_statement!(
    "UPDATE deliveries SET state = 'queued', owner = NULL FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', $2) \
       AND +deliveries.owner = $3 \
       AND EXISTS (SELECT 1 FROM editions WHERE id = $4 AND state = 'sending') \
       AND NOT EXISTS (SELECT 1 FROM edition_mails WHERE edition = $4 AND revision > $5) \
     RETURNING deliveries.subscriber"
);

/// An outcome may still arrive for a row that became `unknown` when its sender seemed dead: the
/// reply settles the doubt.
const RECORD: Pair = set_statement!(
    "UPDATE deliveries SET state = r.value ->> 2, at = $2, \
        reply = COALESCE(r.value ->> 4, reply), \
        due_at = COALESCE(CAST(r.value ->> 3 AS BIGINT), due_at), \
        repeated = COALESCE(CAST(r.value ->> 5 AS BIGINT), repeated), \
        owner = CASE WHEN (r.value ->> 2) = 'unknown' THEN owner ELSE NULL END FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state IN ('claimed', 'in_flight', 'unknown') \
       AND +deliveries.owner = $3 \
     RETURNING deliveries.edition, deliveries.state"
);

const REQUEUE_DUE: Pair = chunk_statement!(
    "state = 'queued'",
    "edition = $2 AND ",
    deferred,
    " AND due_at <= $3 ORDER BY due_at"
);

/// Claims up to `limit` due deliveries of an edition for `owner`.
pub async fn claim(
    tx: &mut Tx,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    let values: [&dyn Value; 4] = [&owner, &edition, &now, &limit];
    let with_reader = |row: &Row<'_>| {
        let repeats = (row.number_or_null(7)?, row.number_or_null(8)?);
        let (is_repeated, revision) = Claim::repeats(repeats);
        Ok(Claim {
            edition,
            subscriber: row.number(0)?,
            attempts: row.number(1)?,
            address: row.address(2)?,
            name: row.text_or_null(4)?,
            first_due_at: row.number_or_null(5)?,
            address_tag: row.number(6)?,
            is_repeated,
            revision,
        })
    };
    if tx.dialect == Dialect::Postgres {
        return tx.all(CLAIM, &values, with_reader).await;
    }
    let claimed = |row: &Row<'_>| {
        let (first_due, repeated) = (row.number_or_null(2)?, row.number_or_null(3)?);
        let revision = row.number_or_null(4)?;
        Ok((
            row.number(0)?,
            row.number(1)?,
            first_due,
            repeated,
            revision,
        ))
    };
    let rows: Vec<_> = tx.all(CLAIM, &values, claimed).await?;
    tx.all(READERS, &[&super::json(&rows)?], with_reader).await
}

/// # Errors
/// [`StoreError::LostLease`] if `owner` no longer holds one of them.
pub async fn record(
    tx: &mut Tx,
    owner: i64,
    outcomes: &[Outcome],
    now: i64,
) -> Result<(), StoreError> {
    match record_held(tx, owner, outcomes, now).await? {
        0 => Ok(()),
        missing => Err(StoreError::LostLease {
            wanted: outcomes.len(),
            missing,
        }),
    }
}

/// Records the outcomes of those that `owner` holds; returns how many it does not.
async fn record_held(
    tx: &mut Tx,
    owner: i64,
    outcomes: &[Outcome],
    now: i64,
) -> Result<usize, StoreError> {
    if outcomes.is_empty() {
        return Ok(0);
    }
    let values: [&dyn Value; 3] = [
        &super::json(outcomes.iter().map(Outcome::row))?,
        &now,
        &owner,
    ];
    let read = |row: &Row<'_>| Ok((row.number(0)?, row.word(1, "the delivery's state")?));
    let ended: Vec<_> = tx.all(RECORD, &values, read).await?;
    let recorded = ended.len();
    let mut changes = Changes::default();
    for (edition, outcome) in ended {
        changes.end(edition, outcome);
    }
    changes.keep(tx).await?;
    Ok(outcomes.len().saturating_sub(recorded))
}

/// Queues up to `limit` deferred deliveries that are due again, the longest due first; returns how
/// many.
pub async fn requeue_due(
    tx: &mut Tx,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<u64, StoreError> {
    let queued = tx.run(REQUEUE_DUE, &[&limit, &edition, &now]).await?;
    delivery_counts::moved(tx, edition, State::Deferred, State::Queued, queued).await?;
    Ok(queued)
}

/// Deletes the relays' replies about one subscriber: they quote addresses.
pub(in crate::store) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    let sql = "UPDATE deliveries SET reply = NULL \
         WHERE edition IN (SELECT id FROM editions) AND subscriber = $1 AND reply IS NOT NULL";
    tx.run(sql, &[&subscriber]).await?;
    Ok(())
}
