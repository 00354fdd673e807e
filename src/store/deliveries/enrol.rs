//! A row for every confirmed subscriber who wants every issue, and mail at that time.

use crate::store::dialect::{Pair, set_statement};
use crate::store::{self, Store, StoreError, Tx};

/// When readers are due, each in their own time zone; Unix milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTimes {
    /// By the name of the zone.
    pub zones: Vec<(&'static str, i64)>,
    /// Where the reader's zone is not known, or not among them.
    pub elsewhere: i64,
}

const ENROL: &str = "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
     SELECT $1, id, 'queued', $2, 0 FROM subscribers \
     WHERE consent = 'confirmed' AND frequency IS NULL \
       AND (paused_until IS NULL OR paused_until <= $2) ORDER BY id";

/// Typed as the column is, so that SQLite makes an index of it: else it reads all of it again for each
/// reader.
const ENROL_BY_ZONE: Pair = set_statement!(
    "WITH due AS MATERIALIZED \
        (SELECT CAST(r.value ->> 0 AS TEXT) AS zone, CAST(r.value ->> 1 AS BIGINT) AS at FROM",
    "AS r) \
     INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, first_due_at) \
     SELECT $2, s.id, 'queued', COALESCE(due.at, $3), 0, COALESCE(due.at, $3) \
     FROM subscribers s LEFT JOIN due ON due.zone = s.time_zone \
     WHERE s.consent = 'confirmed' AND s.frequency IS NULL \
       AND (s.paused_until IS NULL OR s.paused_until <= COALESCE(due.at, $3)) ORDER BY s.id"
);

/// Gives every confirmed subscriber who wants every issue, and mail now, a row in state `queued`, due at
/// one time; returns how many.
pub async fn enrol(tx: &mut Tx, edition: i64, due_at: i64) -> Result<u64, StoreError> {
    tx.run(ENROL, &[&edition, &due_at]).await
}

/// Gives every confirmed subscriber a row in state `queued`, due at the time of their zone; returns how
/// many.
pub async fn enrol_by_zone(tx: &mut Tx, edition: i64, due: &DueTimes) -> Result<u64, StoreError> {
    tx.run(
        ENROL_BY_ZONE,
        &[&store::json(&due.zones)?, &edition, &due.elsewhere],
    )
    .await
}

/// Gives every confirmed subscriber who wants the digest, and mail now, a row in state `queued`, due at
/// one time; returns how many.
pub async fn enrol_digest(tx: &mut Tx, edition: i64, due_at: i64) -> Result<u64, StoreError> {
    let sql = "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
        SELECT $1, id, 'queued', $2, 0 FROM subscribers \
        WHERE consent = 'confirmed' AND frequency = 'digest' \
          AND (paused_until IS NULL OR paused_until <= $2) ORDER BY id";
    tx.run(sql, &[&edition, &due_at]).await
}

/// True if anybody on the list wants the digest.
pub async fn is_digest_wanted(store: &Store) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 FROM subscribers WHERE frequency = 'digest' AND consent = 'confirmed' LIMIT 1";
    store.exists(sql, &[]).await
}
