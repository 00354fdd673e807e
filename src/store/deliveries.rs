//! The ledger: one row for each subscriber of each edition.
//!
//! `queued → claimed → in_flight → accepted | refused | deferred | unknown | skipped`. The rows
//! that a sender holds carry its number in `owner`; a row in doubt keeps it.

use std::collections::HashSet;
use std::str::FromStr;

use serde::Serialize;

use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for a sender.
    Queued,
    /// A sender holds it; nothing has been written yet.
    Claimed,
    /// Its content may have begun to go out.
    InFlight,
    /// The relay took it.
    Accepted,
    /// The relay refused it for now; it is tried again.
    Deferred,
    /// The relay refused it for good, or the time to retry ran out.
    Refused,
    /// The relay may have taken it: no reply came.
    Unknown,
    /// Not sent, because the reader may not be written to any more.
    Skipped,
}

impl State {
    /// Every state, in the order in which a summary lists them.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Claimed,
        Self::InFlight,
        Self::Accepted,
        Self::Deferred,
        Self::Refused,
        Self::Unknown,
        Self::Skipped,
    ];

    /// The word in the table.
    pub fn key(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Claimed => "claimed",
            Self::InFlight => "in_flight",
            Self::Accepted => "accepted",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
        }
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.key() == word).ok_or(())
    }
}

/// How many deliveries of an edition stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "one field a state, named like it")]
pub struct Counts {
    pub queued: i64,
    pub claimed: i64,
    pub in_flight: i64,
    pub accepted: i64,
    pub deferred: i64,
    pub refused: i64,
    pub unknown: i64,
    pub skipped: i64,
}

impl Counts {
    /// How many stand in one state.
    pub fn of(&self, state: State) -> i64 {
        match state {
            State::Queued => self.queued,
            State::Claimed => self.claimed,
            State::InFlight => self.in_flight,
            State::Accepted => self.accepted,
            State::Deferred => self.deferred,
            State::Refused => self.refused,
            State::Unknown => self.unknown,
            State::Skipped => self.skipped,
        }
    }

    fn slot(&mut self, state: State) -> &mut i64 {
        match state {
            State::Queued => &mut self.queued,
            State::Claimed => &mut self.claimed,
            State::InFlight => &mut self.in_flight,
            State::Accepted => &mut self.accepted,
            State::Deferred => &mut self.deferred,
            State::Refused => &mut self.refused,
            State::Unknown => &mut self.unknown,
            State::Skipped => &mut self.skipped,
        }
    }

    /// Everyone enrolled.
    pub fn total(&self) -> i64 {
        State::ALL.into_iter().map(|state| self.of(state)).sum()
    }

    /// Those in a sender's hands.
    pub fn held(&self) -> i64 {
        self.claimed + self.in_flight
    }

    /// Those that still wait for an outcome.
    pub fn open(&self) -> i64 {
        self.queued + self.claimed + self.in_flight + self.deferred
    }
}

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
    /// What the relay said, or why there is no reply.
    pub reply: Option<String>,
}

fn state_key<S: serde::Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.key())
}

/// One line of a reader's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The edition's slug.
    pub slug: String,
    /// Where the delivery stands.
    pub state: State,
    /// How often it was tried.
    pub attempts: i64,
    /// When it last changed, Unix milliseconds UTC.
    pub at: Option<i64>,
    /// What the relay said.
    pub reply: Option<String>,
}

const CLAIM: Pair = Pair {
    sqlite: "UPDATE deliveries SET state = 'claimed', owner = $1 \
         WHERE edition = $2 AND subscriber IN \
           (SELECT subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4) \
         RETURNING subscriber, attempts",
    postgres: "UPDATE deliveries SET state = 'claimed', owner = $1 \
         WHERE edition = $2 AND subscriber IN \
           (SELECT subscriber FROM deliveries \
            WHERE edition = $2 AND state = 'queued' AND due_at <= $3 \
            ORDER BY due_at, subscriber LIMIT $4 FOR UPDATE SKIP LOCKED) \
         RETURNING subscriber, attempts",
};

const READERS: Pair = set_statement!(
    "SELECT s.id, CAST(r.value ->> 1 AS BIGINT), s.address, s.name FROM",
    "AS r JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)"
);

const MARK: Pair = set_statement!(
    "UPDATE deliveries SET state = 'in_flight', at = $2, attempts = attempts + 1 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state = 'claimed' AND deliveries.owner = $3 \
       AND s.id = deliveries.subscriber AND s.consent = 'confirmed' \
     RETURNING deliveries.edition, deliveries.subscriber"
);

const SKIP: Pair = set_statement!(
    "UPDATE deliveries SET state = 'skipped', at = $2, owner = NULL, reply = s.consent FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 1 AS BIGINT) \
       AND deliveries.state = 'claimed' AND deliveries.owner = $3 \
       AND s.id = deliveries.subscriber AND s.consent <> 'confirmed' \
     RETURNING deliveries.edition, deliveries.subscriber"
);

/// An outcome may still arrive for a row that was taken for `unknown` when its sender was thought
/// dead: the reply settles the doubt.
const RECORD: Pair = set_statement!(
    "UPDATE deliveries SET state = r.value ->> 'state', at = $2, reply = r.value ->> 'reply', \
        due_at = COALESCE(CAST(r.value ->> 'due_at' AS BIGINT), due_at), \
        owner = CASE WHEN (r.value ->> 'state') = 'unknown' THEN owner ELSE NULL END FROM",
    "AS r \
     WHERE deliveries.edition = CAST(r.value ->> 'edition' AS BIGINT) \
       AND deliveries.subscriber = CAST(r.value ->> 'subscriber' AS BIGINT) \
       AND deliveries.state IN ('claimed', 'in_flight', 'unknown') AND deliveries.owner = $3"
);

/// Gives every confirmed subscriber a row in state `queued`; returns how many.
///
/// # Errors
/// If the store refuses.
pub async fn enrol(tx: &mut Tx, edition: i64, due_at: i64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
         SELECT $1, id, 'queued', $2, 0 FROM subscribers WHERE consent = 'confirmed' ORDER BY id",
    )
    .bind(edition)
    .bind(due_at)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

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
        .map(|row| Ok([row.number(0)?, row.number(1)?]))
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
            })
        })
        .collect()
}

/// Marks claimed deliveries `in_flight`, and those whose reader left meanwhile `skipped`. What is
/// in neither set of the answer is no longer held by `owner` and must not be written.
///
/// # Errors
/// If the store refuses.
pub async fn mark_in_flight(
    tx: &mut Tx,
    owner: i64,
    marks: &[(i64, i64)],
    now: i64,
) -> Result<Marked, StoreError> {
    let rows = super::json(marks)?;
    let in_flight = pairs_of(tx, MARK, &rows, now, owner).await?;
    let skipped = if in_flight.len() == marks.len() {
        HashSet::new()
    } else {
        pairs_of(tx, SKIP, &rows, now, owner).await?
    };
    Ok(Marked { in_flight, skipped })
}

async fn pairs_of(
    tx: &mut Tx,
    statement: Pair,
    rows: &str,
    now: i64,
    owner: i64,
) -> Result<HashSet<(i64, i64)>, StoreError> {
    let found = sqlx::query(tx.dialect.of(statement))
        .bind(rows)
        .bind(now)
        .bind(owner)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    found.iter().map(|row| Ok((row.number(0)?, row.number(1)?))).collect()
}

/// Records outcomes.
///
/// # Errors
/// [`StoreError::LostLease`] if `owner` no longer holds one of them.
pub async fn record(
    tx: &mut Tx,
    owner: i64,
    outcomes: &[&Outcome],
    now: i64,
) -> Result<(), StoreError> {
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

/// Puts everything in doubt of an edition back into the queue (`on_doubt = "resend"`).
///
/// # Errors
/// If the store refuses.
pub async fn resend_unknown(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE deliveries SET state = 'queued', owner = NULL, due_at = $2 \
         WHERE edition = $1 AND owner IS NOT NULL AND state = 'unknown'",
    )
    .bind(edition)
    .bind(now)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// Puts deferred deliveries whose time has come back into the queue.
///
/// # Errors
/// If the store refuses.
pub async fn requeue_due(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE deliveries SET state = 'queued' \
         WHERE edition = $1 AND state = 'deferred' AND due_at <= $2",
    )
    .bind(edition)
    .bind(now)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// When the next delivery of an edition is due, Unix milliseconds UTC; `None` if none waits.
///
/// # Errors
/// If the store refuses.
pub async fn next_due(store: &Store, edition: i64) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT MIN(due_at) FROM deliveries WHERE edition = $1 AND state = 'queued'), \
                (SELECT MIN(due_at) FROM deliveries WHERE edition = $1 AND state = 'deferred')",
    )
    .bind(edition)
    .fetch_one(&store.pool)
    .await
    .map_err(StoreError::query)?;
    Ok([row.number_or_null(0)?, row.number_or_null(1)?].into_iter().flatten().min())
}

/// How many deliveries of an edition stand where.
///
/// # Errors
/// If the store refuses.
pub async fn counts(store: &Store, edition: i64) -> Result<Counts, StoreError> {
    let rows =
        sqlx::query("SELECT state, COUNT(*) FROM deliveries WHERE edition = $1 GROUP BY state")
            .bind(edition)
            .fetch_all(&store.pool)
            .await
            .map_err(StoreError::query)?;
    let mut counts = Counts::default();
    for row in &rows {
        *counts.slot(row.word(0, "the delivery's state")?) = row.number(1)?;
    }
    Ok(counts)
}

/// The addresses in doubt, in the list's order. An erased reader is shown by number.
///
/// # Errors
/// If the store refuses.
pub async fn in_doubt(store: &Store, edition: i64) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(
        "SELECT s.id, s.address FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
         WHERE d.owner IS NOT NULL AND d.state = 'unknown' AND d.edition = $1 ORDER BY s.id",
    )
    .bind(edition)
    .fetch_all(&store.pool)
    .await
    .map_err(StoreError::query)?;
    rows.iter()
        .map(|row| {
            let id = row.number(0)?;
            Ok(row.text_or_null(1)?.unwrap_or_else(|| format!("erased reader {id}")))
        })
        .collect()
}

/// Every delivery to one subscriber, the latest edition first.
///
/// # Errors
/// If the store refuses.
pub async fn history(store: &Store, subscriber: i64) -> Result<Vec<HistoryEntry>, StoreError> {
    let rows = sqlx::query(
        "SELECT e.slug, d.state, d.attempts, d.at, d.reply \
         FROM deliveries d JOIN editions e ON e.id = d.edition \
         WHERE d.subscriber = $1 ORDER BY e.id DESC",
    )
    .bind(subscriber)
    .fetch_all(&store.pool)
    .await
    .map_err(StoreError::query)?;
    rows.iter()
        .map(|row| {
            Ok(HistoryEntry {
                slug: row.text(0)?,
                state: row.word(1, "the delivery's state")?,
                attempts: row.number(2)?,
                at: row.number_or_null(3)?,
                reply: row.text_or_null(4)?,
            })
        })
        .collect()
}
