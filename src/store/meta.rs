//! Facts about the list as a whole.

use super::row::Columns as _;
use super::{Store, StoreError, Tx};

/// Remembers the fingerprint of the key that signs the list's links, the first time; afterwards
/// makes sure that it is the same.
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

/// How much [`probe`] writes: more than any page does for one reader, so that it fails first on a disk that fills up.
const PROBE: usize = 16 * 1024;

/// Makes sure that the store takes a write: a row that holds nothing else is written anew, and committed.
///
/// # Errors
/// Why it does not.
pub async fn probe(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.begin().await?;
    let sql = "INSERT INTO meta (name, value) VALUES ('probe', $1) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, &[&"-".repeat(PROBE)]).await?;
    tx.commit().await
}
