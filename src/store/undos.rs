//! What readers can undo on the page that did it.
//!
//! A reader has at most one undo. Each act ends the undo before it, so that an older page cannot
//! undo a later act.

use chrono::TimeDelta;

use super::dialect::{Pair, of_ids, purge_statement};
use super::{Store, StoreError, Tx, random};

/// How long an undo is valid.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(1);

/// The number of an undo has this many bits: six bytes of a token.
const ID_BITS: u32 = 42;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Random.
    pub id: i64,
    pub subscriber: i64,
    /// The state before the act.
    pub before: String,
    /// When the act was done, Unix milliseconds UTC.
    pub created_at: i64,
}

/// Stores an undo in place of any other of this subscriber; returns its number.
pub async fn insert(
    tx: &mut Tx,
    subscriber: i64,
    before: &str,
    now: i64,
) -> Result<i64, StoreError> {
    end(tx, &[subscriber]).await?;
    let id = random::number(ID_BITS)?;
    let sql = "INSERT INTO undos (id, subscriber, before, created_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5)";
    tx.run(
        sql,
        &[
            &id,
            &subscriber,
            &before,
            &now,
            &(now + GOOD_FOR.num_milliseconds()),
        ],
    )
    .await?;
    Ok(id)
}

/// The undo with this number, unless it has expired or a later act ended it.
pub async fn good(store: &Store, id: i64, now: i64) -> Result<Option<Undo>, StoreError> {
    let sql =
        "SELECT id, subscriber, before, created_at FROM undos WHERE id = $1 AND expires_at > $2";
    store
        .first(sql, &[&id, &now], |row| {
            Ok(Undo {
                id: row.number(0)?,
                subscriber: row.number(1)?,
                before: row.text(2)?,
                created_at: row.number(3)?,
            })
        })
        .await
}

/// True if a subscriber's last act can be undone.
pub async fn is_open(store: &Store, subscriber: i64, now: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM undos WHERE subscriber = $1 AND expires_at > $2";
    store.exists(sql, &[&subscriber, &now]).await
}

/// Removes an undo in order to apply it; false if it is gone. Of two who use it at once, one gets
/// it.
pub async fn take(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    tx.changes("DELETE FROM undos WHERE id = $1", &[&id]).await
}

pub(super) const END: Pair = of_ids!("DELETE FROM undos WHERE");

pub async fn end(tx: &mut Tx, subscribers: &[i64]) -> Result<(), StoreError> {
    tx.run(END, &[&super::json(subscribers)?]).await?;
    Ok(())
}

/// Ends the undo of an act that a subscriber did before `time`.
pub async fn end_from_before(tx: &mut Tx, subscriber: i64, time: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM undos WHERE subscriber = $1 AND created_at < $2";
    tx.run(sql, &[&subscriber, &time]).await?;
    Ok(())
}

const PURGE: Pair = purge_statement!("undos", "id", "expires_at <= $2");

/// Deletes expired undos; returns how many.
pub async fn purge(store: &Store, now: i64) -> Result<u64, StoreError> {
    store.run_in_chunks(PURGE, &[&now]).await
}
