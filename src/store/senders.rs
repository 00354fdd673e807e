//! Processes that send. What a sender has claimed is its own while its lease lasts. Leases run by the
//! store's clock, so that machines whose clocks differ agree on who is gone.

use std::time::Duration;

use super::counters::{self, Counter};
use super::dialect::{Pair, by_the_stores_clock};
use super::row::Columns as _;
use super::{Store, StoreError, Tx, millis};

const REGISTER: Pair = by_the_stores_clock!(
    "INSERT INTO senders (id, lease_until) SELECT $1, $2 +",
    "AS lease_until"
);
const RENEW: Pair = by_the_stores_clock!("UPDATE senders SET lease_until = $2 +", "WHERE id = $1");
const EXPIRE: Pair = by_the_stores_clock!("DELETE FROM senders WHERE lease_until <", "");

const ALIVE: Pair = by_the_stores_clock!("SELECT COUNT(*) FROM senders WHERE lease_until >=", "");

/// Registers a new sender and returns its number.
pub async fn register(tx: &mut Tx, lease: Duration) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Sender, 1).await?;
    sqlx::query(tx.dialect.of(REGISTER))
        .bind(id)
        .bind(millis(lease))
        .execute(&mut *tx.inner)
        .await?;
    Ok(id)
}

/// Lets a sender's lease run from now on.
///
/// # Errors
/// [`StoreError::LostLease`] if the sender was taken for dead meanwhile.
pub async fn renew(tx: &mut Tx, id: i64, lease: Duration) -> Result<(), StoreError> {
    let done = sqlx::query(tx.dialect.of(RENEW))
        .bind(id)
        .bind(millis(lease))
        .execute(&mut *tx.inner)
        .await?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(StoreError::LostLease {
            wanted: 1,
            missing: 1,
        }),
    }
}

/// Strikes off senders whose lease ran out.
pub async fn expire(tx: &mut Tx) -> Result<u64, StoreError> {
    let done = sqlx::query(tx.dialect.of(EXPIRE))
        .execute(&mut *tx.inner)
        .await?;
    Ok(done.rows_affected())
}

/// True if the lease of any sender lasts, by the store's clock.
pub async fn is_any_alive(store: &Store) -> Result<bool, StoreError> {
    let alive = sqlx::query(store.dialect.of(ALIVE))
        .fetch_one(&store.pool)
        .await?;
    Ok(alive.number(0)? > 0)
}

/// Strikes off every sender but this one: for a store that only one process may send from, once
/// that process holds the lock.
pub async fn expire_others(tx: &mut Tx, id: i64) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM senders WHERE id <> $1")
        .bind(id)
        .execute(&mut *tx.inner)
        .await?;
    Ok(done.rows_affected())
}

/// Strikes a sender off that stops.
pub async fn leave(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM senders WHERE id = $1")
        .bind(id)
        .execute(&mut *tx.inner)
        .await?;
    Ok(())
}
