//! Addresses that must not be mailed, as keyed hashes, each with the reason.
//!
//! No import and no editor brings one back: only its owner can, by a double opt-in of that very
//! address. One that complained or is blocked never comes back.

use std::collections::HashMap;

use subscribers::departure::Departure;

use super::dialect::set_statement;
use super::{StoreError, Tx};

const REASONS: super::dialect::Pair = set_statement!(
    "SELECT s.hash, s.reason FROM",
    "AS r JOIN suppressions s ON s.hash = (r.value ->> 0)"
);

/// Suppresses an address; true if that changed anything. Of two reasons the stricter one stays.
pub async fn add(tx: &mut Tx, hash: &str, reason: Departure, now: i64) -> Result<bool, StoreError> {
    let sql = "INSERT INTO suppressions (hash, at, reason) VALUES ($1, $2, $3) \
        ON CONFLICT (hash) DO UPDATE SET at = excluded.at, reason = excluded.reason \
        WHERE $4 > CASE suppressions.reason WHEN 'bounced' THEN 0 WHEN 'unsubscribed' THEN 1 \
                      WHEN 'moved' THEN 2 WHEN 'erased' THEN 3 WHEN 'blocked' THEN 4 ELSE 5 END";
    tx.changes(sql, &[&hash, &now, &reason.into_str(), &rank(reason)])
        .await
}

/// The rank of the reason in [`add`]'s statement.
fn rank(reason: Departure) -> i64 {
    match reason {
        Departure::Bounced => 0,
        Departure::Unsubscribed => 1,
        Departure::Moved => 2,
        Departure::Erased => 3,
        Departure::Blocked => 4,
        Departure::Complained => 5,
    }
}

/// Lifts the suppression of an address whose owner opted in again; true if there was one. A
/// complaint or a block stays.
pub async fn clear(tx: &mut Tx, hash: &str) -> Result<bool, StoreError> {
    let sql =
        "DELETE FROM suppressions WHERE hash = $1 AND reason NOT IN ('blocked', 'complained')";
    tx.changes(sql, &[&hash]).await
}

/// True if nothing is suppressed: an import then need not look.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(!tx.exists("SELECT 1 FROM suppressions LIMIT 1", &[]).await?)
}

/// Those of `hashes` that are suppressed, and why.
pub async fn reasons(
    tx: &mut Tx,
    hashes: &[impl AsRef<str>],
) -> Result<HashMap<String, Departure>, StoreError> {
    let hashes = super::column(hashes.iter().map(AsRef::as_ref))?;
    tx.all(REASONS, &[&hashes], |row| {
        Ok((row.text(0)?, row.word(1, "the reason")?))
    })
    .await
}
