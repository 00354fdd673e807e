//! Processes that send. What a sender has claimed is its own while its lease lasts.

use super::counters::{self, Counter};
use super::{StoreError, Tx};

/// Registers a new sender and returns its number.
///
/// # Errors
/// If the store refuses.
pub async fn enlist(tx: &mut Tx, lease_until: i64) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Sender, 1).await?;
    sqlx::query("INSERT INTO senders (id, lease_until) VALUES ($1, $2)")
        .bind(id)
        .bind(lease_until)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(id)
}

/// Extends a lease.
///
/// # Errors
/// [`StoreError::LostLease`] if the sender was taken for dead meanwhile.
pub async fn renew(tx: &mut Tx, id: i64, lease_until: i64) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE senders SET lease_until = $2 WHERE id = $1")
        .bind(id)
        .bind(lease_until)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    match done.rows_affected() {
        1 => Ok(()),
        _ => Err(StoreError::LostLease {
            wanted: 1,
            missing: 1,
        }),
    }
}

/// Strikes off senders whose lease ran out before `now`.
///
/// # Errors
/// If the store refuses.
pub async fn bury(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM senders WHERE lease_until < $1")
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// Strikes off every sender but this one: for a store that only one process may send from, once
/// that process holds the lock.
///
/// # Errors
/// If the store refuses.
pub async fn bury_others(tx: &mut Tx, id: i64) -> Result<u64, StoreError> {
    let done = sqlx::query("DELETE FROM senders WHERE id <> $1")
        .bind(id)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(done.rows_affected())
}

/// Strikes a sender off that stops.
///
/// # Errors
/// If the store refuses.
pub async fn leave(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM senders WHERE id = $1")
        .bind(id)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}
