//! The former addresses of readers, as keyed hashes, each under the number of changes before it.

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Remembers that a reader's address of this generation is a former one.
///
/// # Errors
/// If the store refuses.
pub async fn insert(
    tx: &mut Tx,
    subscriber: i64,
    generation: i64,
    hash: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO moves (subscriber, generation, hash, at) VALUES ($1, $2, $3, $4)")
        .bind(subscriber)
        .bind(generation)
        .bind(hash)
        .bind(now)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}

/// The hash of a reader's former address; `None` if no address of that generation was left.
///
/// # Errors
/// If the store refuses.
pub async fn former(
    store: &Store,
    subscriber: i64,
    generation: i64,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT hash FROM moves WHERE subscriber = $1 AND generation = $2")
        .bind(subscriber)
        .bind(generation)
        .fetch_optional(&store.pool)
        .await
        .map_err(StoreError::query)?;
    row.map(|row| row.text(0)).transpose()
}

/// Forgets the former addresses of a reader.
///
/// # Errors
/// If the store refuses.
pub(super) async fn forget(tx: &mut Tx, subscriber: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM moves WHERE subscriber = $1")
        .bind(subscriber)
        .execute(&mut *tx.inner)
        .await
        .map_err(StoreError::query)?;
    Ok(())
}
