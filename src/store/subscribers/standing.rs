//! Reads many subscribers at once, for those who leave at the same time.

// Thousands may leave within a second, and this map hashes numbers faster than the standard library's.
use hashbrown::HashMap;
use subscribers::address::AddressKey;
use subscribers::consent::Consent;

use crate::store::dialect::{Dialect, Pair};
use crate::store::{self, StoreError, Tx};

/// A statement of its own: the next one must begin after the wait for the locks.
const HOLD: &str = "SELECT COUNT(*) FROM \
    (SELECT s.id FROM json_array_elements(CAST($1 AS json)) AS r \
     JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT) ORDER BY s.id FOR UPDATE OF s) held";

/// One row with all of them: sqlx hands over row by row, which costs more than the query itself.
const STANDINGS: Pair = Pair {
    sqlite: "SELECT json_group_array(json_array(s.id, s.consent, s.address_key, s.changed_at, s.address_tag, \
            (SELECT COUNT(*) FROM outbox o WHERE o.subscriber = s.id AND o.expires_at > $2) \
            + (SELECT COUNT(*) FROM undos u WHERE u.subscriber = s.id))) FROM jsonb_each($1) AS r \
         JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)",
    postgres: "SELECT CAST(COALESCE(json_agg(json_build_array(s.id, s.consent, s.address_key, s.changed_at, s.address_tag, \
            (SELECT COUNT(*) FROM outbox o WHERE o.subscriber = s.id AND o.expires_at > $2) \
            + (SELECT COUNT(*) FROM undos u WHERE u.subscriber = s.id))), '[]') AS TEXT) \
         FROM json_array_elements(CAST($1 AS json)) AS r \
         JOIN subscribers s ON s.id = CAST(r.value ->> 0 AS BIGINT)",
};

/// A locked subscriber, with what is open for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub consent: Consent,
    /// `None` once erased.
    pub address_key: Option<AddressKey>,
    /// When the consent last changed, Unix milliseconds UTC.
    pub changed_at: i64,
    /// See [`Subscriber`](super::Subscriber).
    pub address_tag: i64,
    /// True if a link mailed to them is valid, or they can undo their last act.
    pub has_links: bool,
}

/// Those of `ids` that exist, locked until the transaction ends.
pub async fn standings(
    tx: &mut Tx,
    ids: &[i64],
    now: i64,
) -> Result<HashMap<i64, Standing>, StoreError> {
    let rows = store::column(ids)?;
    if tx.dialect == Dialect::Postgres {
        tx.one(HOLD, &[&rows], |_| Ok(())).await?;
    }
    let found = tx.one(STANDINGS, &[&rows, &now], |row| row.text(0)).await?;
    let unreadable = |found: &str| StoreError::Unreadable {
        what: "the consent",
        found: found.to_owned(),
    };
    let rows: Vec<(i64, String, Option<String>, i64, i64, i64)> =
        serde_json::from_str(&found).map_err(|_| unreadable(&found))?;
    rows.into_iter()
        .map(|(id, word, address_key, changed_at, address_tag, links)| {
            let standing = Standing {
                consent: word.parse().map_err(|_| unreadable(&word))?,
                address_key: address_key.map(AddressKey::stored),
                changed_at,
                address_tag,
                has_links: links > 0,
            };
            Ok((id, standing))
        })
        .collect()
}
