//! The slots of the schedule, each decided once.
//!
//! A slot is decided by the database's clock, which several machines agree on. What a clock that was ahead
//! has decided is taken back once the clock is right: see [`take_back`].

use sqlx::any::AnyRow;

use super::dialect::{Pair, by_the_stores_clock};
use super::row::Columns as _;
use super::statement::Value;
use super::{Store, StoreError, Tx};

/// What was decided about a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The issue with this slug was frozen for it.
    Sent(String),
    /// It came too late to be sent (`max_delay`). Of several such slots in a row, the first and the last have
    /// a row and stand for those between them.
    Missed,
    /// No issue was ready.
    Empty,
    /// A clock that was ahead decided that nothing is sent: it is decided again when its time comes.
    Void,
    /// A clock that was ahead froze the issue with this slug for it. It counts as sent when its time comes.
    Ahead(String),
}

impl Decision {
    fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Sent(slug) => ("sent", Some(slug)),
            Self::Missed => ("missed", None),
            Self::Empty => ("empty", None),
            Self::Void => ("void", None),
            Self::Ahead(slug) => ("ahead", Some(slug)),
        }
    }

    fn of(word: &str, slug: Option<String>) -> Option<Self> {
        match (word, slug) {
            ("sent", Some(slug)) => Some(Self::Sent(slug)),
            ("missed", None) => Some(Self::Missed),
            ("empty", None) => Some(Self::Empty),
            ("void", None) => Some(Self::Void),
            ("ahead", Some(slug)) => Some(Self::Ahead(slug)),
            _ => None,
        }
    }
}

/// A slot that has a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedSlot {
    /// When it is due, Unix milliseconds UTC.
    pub slot_at: i64,
    /// When it was decided, Unix milliseconds UTC.
    pub decided_at: i64,
    /// What was decided.
    pub decision: Decision,
}

const NOW: Pair = by_the_stores_clock!("SELECT", "");

/// What the database's clock shows, Unix milliseconds UTC: on SQLite that is this machine's clock.
pub async fn now(store: &Store) -> Result<i64, StoreError> {
    store.one(NOW, &[], |row| row.number(0)).await
}

/// Records a decision; false if the slot was decided before, by this node or another one. A void decision
/// is replaced.
pub async fn decide(
    tx: &mut Tx,
    slot_at: i64,
    decision: &Decision,
    now: i64,
) -> Result<bool, StoreError> {
    let (word, slug) = decision.columns();
    let sql = "INSERT INTO slots (slot_at, decided_at, decision, slug) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (slot_at) DO UPDATE SET decided_at = excluded.decided_at, \
           decision = excluded.decision, slug = excluded.slug WHERE slots.decision = 'void'";
    tx.changes(sql, &[&slot_at, &now, &word, &slug]).await
}

/// The latest decided slot up to `until`, Unix milliseconds UTC: where a schedule goes on after a rest.
pub async fn latest(store: &Store, until: i64) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT MAX(slot_at) FROM slots WHERE slot_at <= $1 AND decision NOT IN ('void', 'ahead')";
    store.one(sql, &[&until], |row| row.number_or_null(0)).await
}

/// Which decisions a clock that was ahead has made: those about a slot after `until`, and those made after
/// `decided_until` about a slot after `from`, for an older one is too late to be decided again. Unix
/// milliseconds UTC.
#[derive(Clone, Copy, Debug)]
pub struct Ahead {
    /// Slots up to here are left as they are.
    pub from: i64,
    /// The latest slot that can have been decided by now; not before `from`.
    pub until: i64,
    /// The latest that a decision can have been made.
    pub decided_until: i64,
}

/// True if [`take_back`] has something to do.
pub async fn is_any_ahead(store: &Store, ahead: Ahead) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM slots WHERE slot_at > $1 AND decision IN ('missed', 'empty', 'sent') \
        AND (slot_at > $2 OR (decided_at > $3 AND decision <> 'sent')) LIMIT 1";
    store
        .exists(sql, &[&ahead.from, &ahead.until, &ahead.decided_until])
        .await
}

/// Takes back what a clock that was ahead has decided: that nothing is sent becomes [`Decision::Void`], and
/// an issue that was frozen for a slot to come [`Decision::Ahead`]. Returns the first and the last void slot,
/// if there is any.
pub async fn take_back(tx: &mut Tx, ahead: Ahead) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "UPDATE slots SET decision = 'ahead' WHERE slot_at > $1 AND decision = 'sent'";
    tx.run(sql, &[&ahead.until]).await?;
    let values: [&dyn Value; 3] = [&ahead.from, &ahead.until, &ahead.decided_until];
    let sql = "SELECT MIN(slot_at), MAX(slot_at) FROM slots \
        WHERE slot_at > $1 AND decision IN ('missed', 'empty') \
          AND (slot_at > $2 OR decided_at > $3)";
    let void = tx
        .one(sql, &values, |row| {
            Ok(row.number_or_null(0)?.zip(row.number_or_null(1)?))
        })
        .await?;
    let sql = "UPDATE slots SET decision = 'void' \
        WHERE slot_at > $1 AND decision IN ('missed', 'empty') \
          AND (slot_at > $2 OR decided_at > $3)";
    let voided = tx.run(sql, &values).await?;
    // Another node may have taken them back in between.
    Ok(void.filter(|_| voided > 0))
}

/// Counts a slot as sent whose issue went out before its time; false if it did not.
pub async fn reach(tx: &mut Tx, slot_at: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE slots SET decision = 'sent' WHERE slot_at = $1 AND decision = 'ahead'";
    tx.changes(sql, &[&slot_at]).await
}

/// The first slot from `from` on whose issue went out before its time.
pub async fn first_ahead(store: &Store, from: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT MIN(slot_at) FROM slots WHERE slot_at >= $1 AND decision = 'ahead'";
    store.one(sql, &[&from], |row| row.number_or_null(0)).await
}

/// The rows of slots after `after`, the earliest first: at most `limit` of them.
pub async fn after(store: &Store, after: i64, limit: i64) -> Result<Vec<DecidedSlot>, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots WHERE slot_at > $1 \
        ORDER BY slot_at LIMIT $2";
    store.all(sql, &[&after, &limit], read).await
}

/// The rows of slots up to `until`, the latest first: at most `limit` of them.
pub async fn up_to(store: &Store, until: i64, limit: i64) -> Result<Vec<DecidedSlot>, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots WHERE slot_at <= $1 \
        ORDER BY slot_at DESC LIMIT $2";
    store.all(sql, &[&until, &limit], read).await
}

/// True if a slot was missed: by its own row, or between the first and the last of several.
pub async fn is_missed(store: &Store, slot_at: i64) -> Result<bool, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots \
        WHERE slot_at >= $1 AND decision NOT IN ('void', 'ahead') ORDER BY slot_at LIMIT 1";
    let row = store.first(sql, &[&slot_at], read).await?;
    Ok(row.is_some_and(|row| row.decision == Decision::Missed))
}

/// Makes `opened_at` the instant to start from, if no slot was ever decided: a new newsletter owes nobody
/// the slots before its first start.
pub async fn open_at(tx: &mut Tx, opened_at: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES ('schedule_opened_at', $1) \
        ON CONFLICT (name) DO NOTHING";
    tx.run(sql, &[&opened_at.to_string()]).await?;
    Ok(())
}

/// Replaces an instant to start from that lies after `latest`: a clock that was ahead remembered it. Unix
/// milliseconds UTC; true if there was one.
pub async fn reopen_at(tx: &mut Tx, opened_at: i64, latest: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE meta SET value = $1 \
        WHERE name = 'schedule_opened_at' AND CAST(value AS BIGINT) > $2";
    tx.changes(sql, &[&opened_at.to_string(), &latest]).await
}

/// When the schedule was first started, Unix milliseconds UTC.
pub async fn opened_at(store: &Store) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = 'schedule_opened_at'";
    store
        .first(sql, &[], |row| row.word(0, "the schedule's start"))
        .await
}

fn read(row: &AnyRow) -> Result<DecidedSlot, StoreError> {
    let word = row.text(2)?;
    Ok(DecidedSlot {
        slot_at: row.number(0)?,
        decided_at: row.number(1)?,
        decision: Decision::of(&word, row.text_or_null(3)?).ok_or(StoreError::Unreadable {
            what: "the slot's decision",
            found: word,
        })?,
    })
}
