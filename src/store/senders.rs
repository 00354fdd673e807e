//! Processes that send. What a sender has claimed is its own while its lease lasts. Leases run by
//! the store's clock, so that machines whose clocks differ agree on which senders are gone.

use std::time::Duration;

use super::counters::{self, Counter};
use super::dialect::{Pair, by_the_stores_clock};
use super::{Store, StoreError, Tx, millis};

const REGISTER: Pair = by_the_stores_clock!(
    "INSERT INTO senders (id, lease_until) SELECT $1, $2 +",
    "AS lease_until"
);
const RENEW: Pair = by_the_stores_clock!("UPDATE senders SET lease_until = $2 +", "WHERE id = $1");
const EXPIRE: Pair = by_the_stores_clock!("DELETE FROM senders WHERE lease_until <", "");

const ALIVE: Pair = by_the_stores_clock!("SELECT 1 FROM senders WHERE lease_until >=", "LIMIT 1");

pub async fn register(tx: &mut Tx, lease: Duration) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Sender, 1).await?;
    tx.run(REGISTER, &[&id, &millis(lease)]).await?;
    Ok(id)
}

/// Renews a sender's lease.
///
/// # Errors
/// [`StoreError::LostLease`] if the lease had run out and the sender was removed.
pub async fn renew(tx: &mut Tx, id: i64, lease: Duration) -> Result<(), StoreError> {
    match tx.run(RENEW, &[&id, &millis(lease)]).await? {
        1 => Ok(()),
        _ => Err(StoreError::LostLease {
            wanted: 1,
            missing: 1,
        }),
    }
}

/// Removes the senders whose leases have run out; returns how many.
pub async fn expire(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run(EXPIRE, &[]).await
}

/// True if any sender's lease lasts, by the store's clock.
pub async fn is_any_alive(store: &Store) -> Result<bool, StoreError> {
    store.exists(ALIVE, &[]).await
}

/// Removes every other sender: only for a store that one process may send from at a time, once this
/// process holds the lock.
pub async fn expire_others(tx: &mut Tx, id: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM senders WHERE id <> $1", &[&id]).await
}

/// Removes a sender that stops.
pub async fn leave(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM senders WHERE id = $1", &[&id]).await?;
    Ok(())
}
