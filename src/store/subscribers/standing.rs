//! Reads many subscribers at once, for those who leave at the same time.

// Thousands may leave within a second, and this map hashes numbers faster than the standard library's.
use hashbrown::HashMap;
use subscribers::address::AddressKey;
use subscribers::consent::Consent;

use crate::store::dialect::Pair;
use crate::store::{self, StoreError, Tx};

/// One row with all of them: sqlx hands over row by row, which costs more than the query itself.
const STANDINGS: Pair = Pair {
    sqlite: "SELECT json_group_array(json_array(s.id, s.consent, s.address_key, s.changed_at, s.address_tag)) \
         FROM jsonb_each($1) AS r JOIN subscribers s ON s.id = CAST(r.value AS BIGINT)",
    postgres: "SELECT CAST(COALESCE(json_agg(json_build_array(id, consent, address_key, changed_at, address_tag)), '[]') AS TEXT) \
         FROM (SELECT s.id, s.consent, s.address_key, s.changed_at, s.address_tag \
               FROM jsonb_array_elements(CAST($1 AS jsonb)) AS r \
               JOIN subscribers s ON s.id = CAST(r.value AS BIGINT) ORDER BY s.id FOR UPDATE OF s) AS held",
};

/// A locked subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub consent: Consent,
    /// `None` once erased.
    pub address_key: Option<AddressKey>,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
    /// See [`Subscriber`](super::Subscriber).
    pub address_tag: i64,
}

/// Those of `ids` that exist, locked until the transaction ends.
pub async fn standings(tx: &mut Tx, ids: &[i64]) -> Result<HashMap<i64, Standing>, StoreError> {
    let rows = store::json(ids)?;
    let found = tx.one(STANDINGS, &[&rows], |row| row.text(0)).await?;
    let unreadable = |found: &str| StoreError::Unreadable {
        what: "the consent",
        found: found.to_owned(),
    };
    let rows: Vec<(i64, String, Option<String>, i64, i64)> =
        serde_json::from_str(&found).map_err(|_| unreadable(&found))?;
    rows.into_iter()
        .map(|(id, word, address_key, changed_at, address_tag)| {
            let standing = Standing {
                consent: word.parse().map_err(|_| unreadable(&word))?,
                address_key: address_key.map(AddressKey::stored),
                changed_at,
                address_tag,
            };
            Ok((id, standing))
        })
        .collect()
}
