//! Hands out numbers in blocks. The row is locked until the transaction ends, so two machines never
//! get the same number.

use strum::IntoStaticStr;

use super::statement::Value;
use super::{StoreError, Tx};

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Counter {
    Subscriber,
    Edition,
    Sender,
    ConsentChange,
    Request,
    Node,
    Import,
}

/// Returns the last number.
pub(super) const RESERVE: &str =
    "UPDATE counters SET value = value + $1 WHERE name = $2 RETURNING value";

/// The last number that was handed out, or 0. Another may be handed out at any time.
pub async fn last(tx: &mut Tx, counter: Counter) -> Result<i64, StoreError> {
    let sql = "SELECT value FROM counters WHERE name = $1";
    tx.one(sql, &[&counter.into_str()], |row| row.number(0))
        .await
}

/// Reserves `count` numbers and returns the first. Numbers start at 1.
pub async fn reserve(tx: &mut Tx, counter: Counter, count: i64) -> Result<i64, StoreError> {
    let values: [&dyn Value; 2] = [&count, &counter.into_str()];
    let last = tx.one(RESERVE, &values, |row| row.number(0)).await?;
    Ok(last - count + 1)
}
