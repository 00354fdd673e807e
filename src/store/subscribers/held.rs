//! Rows of the list that a transaction reads and then changes. They are locked until it ends, on
//! PostgreSQL by `FOR UPDATE`, so that what was read still holds; on SQLite the transaction has the
//! write lock. Several rows are locked in the order of their numbers.

use std::collections::HashMap;

use subscribers::address::{Address, AddressKey};
use subscribers::consent::Consent;

use crate::store::dialect::Pair;
use crate::store::{self, StoreError, Tx};

const KNOWN: Pair = Pair {
    sqlite: "SELECT s.address_key, s.id, s.consent FROM jsonb_each($1) AS r \
         JOIN subscribers s ON s.address_key = (r.value ->> 0)",
    postgres: "SELECT s.address_key, s.id, s.consent \
         FROM json_array_elements(CAST($1 AS json)) AS r \
         JOIN subscribers s ON s.address_key = (r.value ->> 0) ORDER BY s.id FOR UPDATE OF s",
};

/// The numbers and consents of those with these addresses who are on the list, locked until the
/// transaction ends.
pub async fn known(
    tx: &mut Tx,
    keys: &[&AddressKey],
) -> Result<HashMap<AddressKey, (i64, Consent)>, StoreError> {
    let keys: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
    tx.all(KNOWN, &[&store::column(&keys)?], |row| {
        let key = AddressKey::stored(row.text(0)?);
        Ok((key, (row.number(1)?, row.word(2, "the consent")?)))
    })
    .await
}

const HOLD: Pair = Pair {
    sqlite: "SELECT s.id, s.consent, s.address, s.address_key, s.changed_at FROM jsonb_each($1) AS r \
         JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)",
    postgres: "SELECT s.id, s.consent, s.address, s.address_key, s.changed_at \
         FROM json_array_elements(CAST($1 AS json)) AS r \
         JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT) ORDER BY s.id FOR UPDATE OF s",
};

/// A locked subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub consent: Consent,
    /// `None` once erased.
    pub address: Option<Address>,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
}

/// Those of `ids` that exist, locked until the transaction ends.
pub async fn hold(tx: &mut Tx, ids: &[i64]) -> Result<HashMap<i64, Held>, StoreError> {
    tx.all(HOLD, &[&store::column(ids)?], |row| {
        let held = Held {
            consent: row.word(1, "the consent")?,
            address: row.address(2)?,
            changed_at: row.number(4)?,
        };
        Ok((row.number(0)?, held))
    })
    .await
}

/// The consent of one subscriber, locked until the transaction ends; `None` if they do not exist.
pub async fn consent(tx: &mut Tx, id: i64) -> Result<Option<Consent>, StoreError> {
    Ok(hold(tx, &[id]).await?.get(&id).map(|held| held.consent))
}
