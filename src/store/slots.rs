//! The slots of the schedule, each decided once.

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// What was decided about a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The issue with this slug was frozen for it.
    Sent(String),
    /// It came too late to be sent (`max_delay`).
    Missed,
    /// No issue was ready.
    Empty,
}

impl Decision {
    fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Sent(slug) => ("sent", Some(slug)),
            Self::Missed => ("missed", None),
            Self::Empty => ("empty", None),
        }
    }
}

/// Records a decision; false if the slot was decided before, by this node or another one.
///
/// # Errors
/// If the store refuses.
pub async fn decide(
    tx: &mut Tx,
    slot_at: i64,
    decision: &Decision,
    now: i64,
) -> Result<bool, StoreError> {
    let (word, slug) = decision.columns();
    let done = sqlx::query(
        "INSERT INTO slots (slot_at, decided_at, decision, slug) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (slot_at) DO NOTHING",
    )
    .bind(slot_at)
    .bind(now)
    .bind(word)
    .bind(slug)
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(done.rows_affected() == 1)
}

/// The latest decided slot, Unix milliseconds UTC: where a schedule takes up again after a rest.
///
/// # Errors
/// If the store refuses.
pub async fn latest(store: &Store) -> Result<Option<i64>, StoreError> {
    sqlx::query("SELECT MAX(slot_at) FROM slots")
        .fetch_one(&store.pool)
        .await
        .map_err(StoreError::query)?
        .number_or_null(0)
}

/// Makes `slot_at` the place to start from, if no slot was ever decided: a new newsletter owes
/// nobody the slots before its first start.
///
/// # Errors
/// If the store refuses.
pub async fn open_at(tx: &mut Tx, slot_at: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO meta (name, value) VALUES ('schedule_opened_at', $1) ON CONFLICT (name) DO NOTHING",
    )
    .bind(slot_at.to_string())
    .execute(&mut *tx.inner)
    .await
    .map_err(StoreError::query)?;
    Ok(())
}

/// When the schedule was first started, Unix milliseconds UTC.
///
/// # Errors
/// If the store refuses.
pub async fn opened_at(store: &Store) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query("SELECT value FROM meta WHERE name = 'schedule_opened_at'")
        .fetch_optional(&store.pool)
        .await
        .map_err(StoreError::query)?;
    row.map(|row| row.word(0, "the schedule's start"))
        .transpose()
}
