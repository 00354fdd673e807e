//! What a reader can take back on the page that did it.
//!
//! A reader has one undo at most: whatever the reader does next ends the one before, so that nobody takes
//! back a later act with an earlier page.

use chrono::TimeDelta;

use super::dialect::{Pair, set_statement};
use super::row::Columns as _;
use super::{Store, StoreError, Tx, random};

/// How long it can be taken back.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(1);

/// So many bits an undo's number has: six bytes of a token.
const ID_BITS: u32 = 42;

/// An undo as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// A random number.
    pub id: i64,
    /// Whose it is.
    pub subscriber: i64,
    /// What it was before.
    pub before: String,
    /// When the act was done that it takes back, Unix milliseconds UTC.
    pub created_at: i64,
}

/// Keeps an undo, instead of any other of this subscriber; returns its number.
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

/// The undo with this number, unless its time is over or a later act has ended it.
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

/// Takes an undo out, to carry it out; false if it is gone. Two who use it at the same time get it once.
pub async fn take(tx: &mut Tx, id: i64) -> Result<bool, StoreError> {
    tx.changes("DELETE FROM undos WHERE id = $1", &[&id]).await
}

const END: Pair = set_statement!(
    "DELETE FROM undos WHERE subscriber IN (SELECT CAST(r.value ->> 0 AS BIGINT) FROM",
    "AS r)"
);

/// Ends the undos of these subscribers.
pub async fn end(tx: &mut Tx, subscribers: &[i64]) -> Result<(), StoreError> {
    tx.run(END, &[&super::column(subscribers)?]).await?;
    Ok(())
}

/// Ends the undo of an act that a subscriber did before a time.
pub async fn end_from_before(tx: &mut Tx, subscriber: i64, time: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM undos WHERE subscriber = $1 AND created_at < $2";
    tx.run(sql, &[&subscriber, &time]).await?;
    Ok(())
}

/// Forgets the undos whose time is over; returns how many.
pub async fn purge(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM undos WHERE expires_at <= $1", &[&now])
        .await
}
