//! Addresses that may never be mailed again, as keyed hashes.

use std::collections::HashSet;

use super::dialect::set_statement;
use super::row::Columns as _;
use super::{StoreError, Tx};

const AMONG: super::dialect::Pair = set_statement!(
    "SELECT s.hash FROM",
    "AS r JOIN suppressions s ON s.hash = (r.value ->> 0)"
);

/// Suppresses an address for good; doing it twice changes nothing.
///
/// # Errors
/// If the store refuses.
pub async fn add(tx: &mut Tx, hash: &str, reason: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO suppressions (hash, at, reason) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
    )
    .bind(hash)
    .bind(now)
    .bind(reason)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(())
}

/// True if no address is suppressed this way: an import need not look then.
///
/// # Errors
/// If the store refuses.
pub async fn is_empty(tx: &mut Tx) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 FROM suppressions LIMIT 1")
        .fetch_optional(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(row.is_none())
}

/// Which of `hashes` are suppressed.
///
/// # Errors
/// If the store refuses.
pub async fn among(tx: &mut Tx, hashes: &[String]) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<[&str; 1]> = hashes.iter().map(|hash| [hash.as_str()]).collect();
    let found = sqlx::query(tx.dialect.of(AMONG))
        .bind(super::json(&rows)?)
        .fetch_all(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    found.iter().map(|row| row.text(0)).collect()
}
