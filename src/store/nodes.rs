//! Running processes. A node's lease runs by the store's clock, so that machines whose clocks
//! differ agree on which nodes are gone.

use std::time::Duration;

use super::counters::{self, Counter};
use super::dialect::{Pair, by_the_stores_clock};
use super::{Store, StoreError, Tx, millis};

const REGISTER: Pair = by_the_stores_clock!(
    "INSERT INTO nodes (id, parts, what, lease_until) SELECT $1, $2, $3, $4 +",
    "AS lease_until"
);
const RENEW: Pair = by_the_stores_clock!("UPDATE nodes SET lease_until = $2 +", "WHERE id = $1");
const EXPIRE: Pair = by_the_stores_clock!("DELETE FROM nodes WHERE lease_until <", "");
const LIVE: Pair = by_the_stores_clock!(
    "SELECT id, parts, what FROM nodes WHERE lease_until >=",
    "ORDER BY id"
);

/// A running process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: i64,
    /// Any of `web`, `schedule` and `send`, separated by commas.
    pub parts: String,
    /// The command, its process id and its machine, for an operator.
    pub what: String,
}

impl Node {
    pub fn sends(&self) -> bool {
        self.parts.split(',').any(|part| part.trim() == "send")
    }
}

pub async fn register(
    tx: &mut Tx,
    parts: &str,
    what: &str,
    lease: Duration,
) -> Result<i64, StoreError> {
    let id = counters::reserve(tx, Counter::Node, 1).await?;
    register_again(tx, id, parts, what, lease).await?;
    Ok(id)
}

/// Registers a node under the number it had before its lease ran out.
pub async fn register_again(
    tx: &mut Tx,
    id: i64,
    parts: &str,
    what: &str,
    lease: Duration,
) -> Result<(), StoreError> {
    tx.run(REGISTER, &[&id, &parts, &what, &millis(lease)])
        .await?;
    Ok(())
}

/// Renews a node's lease; false if it had run out and the node was removed.
pub async fn renew(tx: &mut Tx, id: i64, lease: Duration) -> Result<bool, StoreError> {
    tx.changes(RENEW, &[&id, &millis(lease)]).await
}

/// Removes the nodes whose leases have run out; returns how many.
pub async fn expire(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run(EXPIRE, &[]).await
}

/// Removes a node that stops.
pub async fn leave(tx: &mut Tx, id: i64) -> Result<(), StoreError> {
    tx.run("DELETE FROM nodes WHERE id = $1", &[&id]).await?;
    Ok(())
}

/// The live nodes, the oldest first. A killed node is among them until its lease runs out.
pub async fn live(store: &Store) -> Result<Vec<Node>, StoreError> {
    store
        .all(LIVE, &[], |row| {
            Ok(Node {
                id: row.number(0)?,
                parts: row.text(1)?,
                what: row.text(2)?,
            })
        })
        .await
}
