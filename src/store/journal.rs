//! Journals of departures: the file, and how much of it this database contains.

mod entry;
mod file;

use std::collections::HashMap;

use subscribers::address::AddressKey;
use subscribers::consent::Consent;

use super::dialect::Pair;
use super::row::Row;
use super::{Store, StoreError, Tx};

pub use entry::{Entry, Event};
pub use file::{Head, History, Journal, JournalError, Tail};

/// Up to which byte this database contains a journal; 0 if unknown.
pub async fn replayed(store: &Store, id: &str) -> Result<u64, StoreError> {
    let sql = "SELECT replayed FROM journals WHERE id = $1";
    let replayed = store.first(sql, &[&id], |row| row.number(0)).await?;
    Ok(u64::try_from(replayed.unwrap_or_default()).unwrap_or_default())
}

/// Records up to which byte this database contains a journal. Another transaction that does so at
/// the same time waits for this one to end.
pub async fn set_replayed(tx: &mut Tx, id: &str, replayed: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO journals (id, replayed) VALUES ($1, $2) \
        ON CONFLICT (id) DO UPDATE SET replayed = excluded.replayed";
    tx.run(sql, &[&id, &i64::try_from(replayed).unwrap_or(i64::MAX)])
        .await?;
    Ok(())
}

/// What a replay checks of a subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub id: i64,
    /// `None` once erased.
    pub address_key: Option<AddressKey>,
    pub consent: Consent,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
}

/// On PostgreSQL this locks the rows until the transaction ends.
const READERS: Pair = Pair {
    sqlite: "SELECT s.id, s.address_key, s.consent, s.changed_at FROM jsonb_each($1) AS r \
         JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)",
    postgres: "SELECT s.id, s.address_key, s.consent, s.changed_at FROM subscribers s WHERE s.id IN \
           (SELECT CAST(r.value ->> 0 AS BIGINT) FROM json_array_elements(CAST($1 AS json)) AS r) \
         ORDER BY s.id FOR UPDATE",
};

/// Those of `ids` who exist, locked for a change in this transaction.
pub async fn readers(tx: &mut Tx, ids: &[i64]) -> Result<HashMap<i64, Reader>, StoreError> {
    tx.all(READERS, &[&super::column(ids)?], |row| {
        read(row).map(|reader| (reader.id, reader))
    })
    .await
}

/// The next `limit` subscribers with an address after the number `after`, in order.
pub async fn page(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Reader>, StoreError> {
    let sql = "SELECT id, address_key, consent, changed_at FROM subscribers \
        WHERE id > $1 AND address_key IS NOT NULL ORDER BY id LIMIT $2";
    tx.all(sql, &[&after, &limit], read).await
}

fn read(row: &Row<'_>) -> Result<Reader, StoreError> {
    Ok(Reader {
        id: row.number(0)?,
        address_key: row.text_or_null(1)?.map(AddressKey::stored),
        consent: row.word(2, "the consent")?,
        changed_at: row.number(3)?,
    })
}

/// True if the reader has opted in after `since` themselves: an import or an editor does not count.
pub async fn has_opted_in_since(tx: &mut Tx, id: i64, since: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM consent_changes \
        WHERE subscriber = $1 AND at > $2 AND consent = 'confirmed' \
        AND source NOT IN ('import', 'editor') LIMIT 1";
    tx.exists(sql, &[&id, &since]).await
}
