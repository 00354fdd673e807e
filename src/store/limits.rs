//! Rate limits and one-time uses, counted across all nodes and restarts.

use super::dialect::{Pair, purge_statement};
use super::{Store, StoreError, Tx};

#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    pub name: &'a str,
    /// A keyed hash of who or what is counted.
    pub subject: &'a str,
    /// The length of a period in milliseconds. A period begins at a multiple of its length.
    pub stretch: i64,
}

/// Counts one more; returns the count of this period.
pub async fn count(tx: &mut Tx, counted: Counted<'_>, now: i64) -> Result<i64, StoreError> {
    let since = now - now.rem_euclid(counted.stretch);
    let sql = "INSERT INTO limits (name, subject, since, until, count) VALUES ($1, $2, $3, $4, 1) \
        ON CONFLICT (name, subject, since) DO UPDATE SET count = limits.count + 1 RETURNING count";
    tx.one(
        sql,
        &[
            &counted.name,
            &counted.subject,
            &since,
            &(since + counted.stretch),
        ],
        |row| row.number(0),
    )
    .await
}

/// Marks something as used until a time; false if it was used before. If two nodes use it at once,
/// one waits for the other.
pub async fn spend(tx: &mut Tx, name: &str, subject: &str, until: i64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO limits (name, subject, since, until, count) VALUES ($1, $2, 0, $3, 1) \
        ON CONFLICT (name, subject, since) DO NOTHING";
    tx.changes(sql, &[&name, &subject, &until]).await
}

/// True if it was [used](spend).
pub async fn is_spent(tx: &mut Tx, name: &str, subject: &str) -> Result<bool, StoreError> {
    let sql = "SELECT count FROM limits WHERE name = $1 AND subject = $2 AND since = 0";
    tx.exists(sql, &[&name, &subject]).await
}

pub async fn give_back(tx: &mut Tx, name: &str, subject: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM limits WHERE name = $1 AND subject = $2 AND since = 0";
    tx.run(sql, &[&name, &subject]).await?;
    Ok(())
}

const PURGE: Pair = purge_statement!("limits", "name, subject, since", "until <= $2");

/// Deletes the periods that are over; returns how many.
pub async fn purge(store: &Store, now: i64) -> Result<u64, StoreError> {
    store.run_in_chunks(PURGE, &[&now]).await
}
