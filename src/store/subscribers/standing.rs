//! Reads many subscribers at once, for those who leave at the same time.

// Thousands may leave within a second, and this map hashes numbers faster than the standard library's.
use hashbrown::HashMap;
use subscribers::address::AddressKey;
use subscribers::consent::Consent;

use crate::store::dialect::{Dialect, Pair, set_statement};
use crate::store::{self, StoreError, Tx};

/// A statement of its own: the next one must begin after the wait for the locks.
const HOLD: &str = "SELECT COUNT(*) FROM \
    (SELECT s.id FROM jsonb_array_elements(CAST($1 AS jsonb)) AS r \
     JOIN subscribers s ON s.id = CAST(r.value AS BIGINT) ORDER BY s.id FOR UPDATE OF s) held";

const STANDINGS: Pair = set_statement!(
    "SELECT s.id, s.consent, s.address_key, s.changed_at, s.address_tag, \
        (SELECT COUNT(*) FROM outbox o WHERE o.subscriber = s.id AND o.expires_at > $2) \
        + (SELECT COUNT(*) FROM undos u WHERE u.subscriber = s.id) FROM",
    "AS r JOIN subscribers s ON s.id = CAST(r.value AS BIGINT)"
);

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
    let rows = store::json(ids)?;
    if tx.dialect == Dialect::Postgres {
        tx.one(HOLD, &[&rows], |_| Ok(())).await?;
    }
    tx.all(STANDINGS, &[&rows, &now], |row| {
        let standing = Standing {
            consent: row.word(1, "the consent")?,
            address_key: row.text_or_null(2)?.map(AddressKey::stored),
            changed_at: row.number(3)?,
            address_tag: row.number(4)?,
            has_links: row.number(5)? > 0,
        };
        Ok((row.number(0)?, standing))
    })
    .await
}
