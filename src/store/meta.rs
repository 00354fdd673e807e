//! Facts about the list as a whole.

use super::{Store, StoreError, Tx};

/// Stores the fingerprint of the key that signs the list's links, the first time; later checks that
/// it is the same.
///
/// # Errors
/// [`StoreError::ForeignKey`] if the list was signed with another key.
pub async fn pin_key(tx: &mut Tx, fingerprint: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (name, value) VALUES ('key_fingerprint', $1) \
        ON CONFLICT (name) DO NOTHING";
    tx.run(sql, &[&fingerprint]).await?;
    let pinned = "SELECT value FROM meta WHERE name = 'key_fingerprint'";
    let list = tx.one(pinned, &[], |row| row.text(0)).await?;
    if list == fingerprint {
        return Ok(());
    }
    Err(StoreError::ForeignKey {
        here: fingerprint.to_owned(),
        list,
    })
}

/// How much [`probe`] writes: more than any page does for one reader, so that the probe fails first
/// when the disk fills up.
const PROBE: usize = 16 * 1024;

/// Checks that the store accepts a write, by rewriting and committing a row that holds nothing
/// else.
///
/// # Errors
/// If it does not.
pub async fn probe(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let sql = "INSERT INTO meta (name, value) VALUES ('probe', $1) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, &[&"-".repeat(PROBE)]).await?;
    tx.commit().await
}
