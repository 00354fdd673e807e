//! Monthly digests, each decided once.

use super::{Store, StoreError, Tx};
use strum::IntoStaticStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum DigestDecision {
    Sent,
    /// There was nothing to report, or no reader wanted it.
    Unneeded,
    /// No slot was left in the month to send it.
    Lost,
}

/// Records a decision about the digest of `month`, such as `2026-11`; false if any node decided it
/// before. `now` is Unix milliseconds UTC.
pub async fn decide(
    tx: &mut Tx,
    month: &str,
    decision: DigestDecision,
    now: i64,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO digests (month, decided_at, decision) VALUES ($1, $2, $3) \
        ON CONFLICT (month) DO NOTHING";
    tx.changes(sql, &[&month, &now, &decision.into_str()]).await
}

/// The latest month up to `until` whose digest is decided.
pub async fn latest(store: &Store, until: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT MAX(month) FROM digests WHERE month <= $1";
    store.one(sql, &[&until], |row| row.text_or_null(0)).await
}

/// True if a digest was decided after `decided_until`, Unix milliseconds UTC, by a clock that was
/// ahead.
pub async fn is_any_ahead(store: &Store, decided_until: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM digests WHERE decided_at > $1 LIMIT 1";
    store.exists(sql, &[&decided_until]).await
}

/// Deletes decisions made after `decided_until`, Unix milliseconds UTC; returns how many. An
/// edition that was frozen stays.
pub async fn take_back(tx: &mut Tx, decided_until: i64) -> Result<u64, StoreError> {
    tx.run(
        "DELETE FROM digests WHERE decided_at > $1",
        &[&decided_until],
    )
    .await
}
