//! The slots of the schedule, each decided once.
//!
//! The database's clock decides a slot, because several machines agree on it. If that clock was
//! ahead, its decisions are taken back once it is right: see [`take_back`].

use super::dialect::{Pair, by_the_stores_clock, purge_statement};
use super::row::Row;
use super::statement::Value;
use super::{Store, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The issue with this slug was frozen for it.
    Sent(String),
    /// It was too late to send (`max_delay`). If several slots in a row were missed, only the first
    /// and the last have a row, and stand for those between them.
    Missed,
    Empty,
    /// A clock that was ahead decided to send nothing. The slot is decided again when it comes due.
    Void,
    /// A clock that was ahead froze the issue with this slug for it. It counts as sent when it
    /// comes due.
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedSlot {
    /// Unix milliseconds UTC.
    pub slot_at: i64,
    /// Unix milliseconds UTC.
    pub decided_at: i64,
    pub decision: Decision,
}

const NOW: Pair = by_the_stores_clock!("SELECT", "");

/// The time of the database's clock, Unix milliseconds UTC. On SQLite, that is this machine's
/// clock.
pub async fn now(store: &Store) -> Result<i64, StoreError> {
    store.one(NOW, &[], |row| row.number(0)).await
}

/// Notes that a slot was looked at so many hours ahead; false if any node did so before.
pub async fn remind(tx: &mut Tx, slot_at: i64, hours: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO slot_reminders (slot_at, hours, at) VALUES ($1, $2, $3) \
        ON CONFLICT (slot_at, hours) DO NOTHING";
    tx.changes(sql, &[&slot_at, &hours, &now]).await
}

const PURGE_REMINDERS: Pair = purge_statement!("slot_reminders", "slot_at, hours", "slot_at < $2");

/// Deletes what was noted of slots before `before`, Unix milliseconds UTC.
pub async fn purge_reminders(store: &Store, before: i64) -> Result<u64, StoreError> {
    store.run_in_chunks(PURGE_REMINDERS, &[&before]).await
}

/// Records a decision; false if any node decided the slot before. A void decision is replaced.
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

/// The latest decided slot up to `until`, Unix milliseconds UTC: a schedule continues from there.
pub async fn latest(store: &Store, until: i64) -> Result<Option<i64>, StoreError> {
    let sql =
        "SELECT MAX(slot_at) FROM slots WHERE slot_at <= $1 AND decision NOT IN ('void', 'ahead')";
    store.one(sql, &[&until], |row| row.number_or_null(0)).await
}

/// Which decisions a clock that was ahead has made: those about a slot after `until`, and those
/// made after `decided_until` about a slot after `from`, since an older slot is too late to decide
/// again. Unix milliseconds UTC.
#[derive(Clone, Copy, Debug)]
pub struct Ahead {
    /// Slots up to this stay as they are.
    pub from: i64,
    /// The latest slot that can be decided by now; not before `from`.
    pub until: i64,
    /// The latest time at which a decision can have been made.
    pub decided_until: i64,
}

/// True if there is anything to [take back](take_back).
pub async fn is_any_ahead(store: &Store, ahead: Ahead) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM slots WHERE slot_at > $1 AND decision IN ('missed', 'empty', 'sent') \
        AND (slot_at > $2 OR (decided_at > $3 AND decision <> 'sent')) LIMIT 1";
    store
        .exists(sql, &[&ahead.from, &ahead.until, &ahead.decided_until])
        .await
}

/// Takes back what a clock that was ahead decided: a decision to send nothing becomes
/// [`Decision::Void`], an issue frozen for a future slot [`Decision::Ahead`]. Returns the first and
/// the last void slot.
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

/// Counts a slot as sent whose issue went out early; false if it did not.
pub async fn reach(tx: &mut Tx, slot_at: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE slots SET decision = 'sent' WHERE slot_at = $1 AND decision = 'ahead'";
    tx.changes(sql, &[&slot_at]).await
}

/// The first slot from `from` on whose issue went out early.
pub async fn first_ahead(store: &Store, from: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT MIN(slot_at) FROM slots WHERE slot_at >= $1 AND decision = 'ahead'";
    store.one(sql, &[&from], |row| row.number_or_null(0)).await
}

/// At most `limit` rows of slots after `after`, the earliest first.
pub async fn after(store: &Store, after: i64, limit: i64) -> Result<Vec<DecidedSlot>, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots WHERE slot_at > $1 \
        ORDER BY slot_at LIMIT $2";
    store.all(sql, &[&after, &limit], read).await
}

/// At most `limit` rows of slots up to `until`, the latest first.
pub async fn up_to(store: &Store, until: i64, limit: i64) -> Result<Vec<DecidedSlot>, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots WHERE slot_at <= $1 \
        ORDER BY slot_at DESC LIMIT $2";
    store.all(sql, &[&until, &limit], read).await
}

/// True if a slot was missed: by its own row, or as one between the first and the last of several.
pub async fn is_missed(store: &Store, slot_at: i64) -> Result<bool, StoreError> {
    let sql = "SELECT slot_at, decided_at, decision, slug FROM slots \
        WHERE slot_at >= $1 AND decision NOT IN ('void', 'ahead') ORDER BY slot_at LIMIT 1";
    let row = store.first(sql, &[&slot_at], read).await?;
    Ok(row.is_some_and(|row| row.decision == Decision::Missed))
}

/// Starts the schedule at `opened_at`, unless it has started: a new newsletter owes nobody the
/// slots before its first start.
pub async fn open_at(tx: &mut Tx, opened_at: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES ('schedule_opened_at', $1) \
        ON CONFLICT (name) DO NOTHING";
    tx.run(sql, &[&opened_at.to_string()]).await?;
    Ok(())
}

/// Replaces a start after `latest`, which a clock that was ahead stored; true if there was one.
/// Unix milliseconds UTC.
pub async fn reopen_at(tx: &mut Tx, opened_at: i64, latest: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE meta SET value = $1 \
        WHERE name = 'schedule_opened_at' AND CAST(value AS BIGINT) > $2";
    tx.changes(sql, &[&opened_at.to_string(), &latest]).await
}

/// When the schedule first started, Unix milliseconds UTC.
pub async fn opened_at(store: &Store) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = 'schedule_opened_at'";
    store
        .first(sql, &[], |row| row.word(0, "the schedule's start"))
        .await
}

fn read(row: &Row<'_>) -> Result<DecidedSlot, StoreError> {
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
