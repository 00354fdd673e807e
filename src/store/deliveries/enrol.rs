//! Enrols the readers of an edition: a delivery row for each.

use crate::store::delivery_counts;
use crate::store::dialect::{Pair, set_statement};
use crate::store::statement::Value;
use crate::store::{self, Store, StoreError, Tx};

/// When readers are due in each time zone, Unix milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueTimes {
    /// By IANA name.
    pub zones: Vec<(&'static str, i64)>,
    /// For readers whose zone is unknown or not in `zones`.
    pub elsewhere: i64,
}

/// Those who get an issue at the time of this parameter.
macro_rules! readers_at {
    ($time:literal) => {
        concat!(
            "FROM subscribers WHERE consent = 'confirmed' AND frequency IS NULL \
               AND (paused_until IS NULL OR paused_until <= ",
            $time,
            ")"
        )
    };
}

const ENROL: &str = concat!(
    "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
     SELECT $1, id, 'queued', $2, 0 ",
    readers_at!("$2"),
    " ORDER BY id"
);

/// A statement on those of some readers who get an issue at the time of their zone: `$1` has the times of the zones,
/// `$2` that of readers elsewhere. The cast gives `zone` the column's type, so that SQLite builds an index for it;
/// otherwise it reads all of `due` again for each reader.
macro_rules! by_zone_statement {
    ($before:literal, $readers:literal, $after:literal) => {
        set_statement!(
            "WITH due AS MATERIALIZED \
                (SELECT CAST(r.value ->> 0 AS TEXT) AS zone, CAST(r.value ->> 1 AS BIGINT) AS at FROM",
            "AS r) ",
            $before,
            " FROM ",
            $readers,
            " AS s LEFT JOIN due ON due.zone = s.time_zone \
             WHERE s.consent = 'confirmed' AND s.frequency IS NULL \
               AND (s.paused_until IS NULL OR s.paused_until <= COALESCE(due.at, $2)) ",
            $after
        )
    };
}

const ENROL_BY_ZONE: Pair = by_zone_statement!(
    "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts, first_due_at) \
     SELECT $3, s.id, 'queued', COALESCE(due.at, $2), 0, COALESCE(due.at, $2)",
    "subscribers",
    "ORDER BY s.id"
);

/// Counts alike readers before it joins them: SQLite makes no index for `due` here, and took 60 s instead of 1 s for a
/// million readers.
const EXPECTED_BY_ZONE: Pair = by_zone_statement!(
    "SELECT due.zone, CAST(SUM(s.readers) AS BIGINT) AS readers",
    "(SELECT time_zone, consent, frequency, paused_until, COUNT(*) AS readers FROM subscribers \
        GROUP BY time_zone, consent, frequency, paused_until)",
    "GROUP BY due.zone ORDER BY CAST(SUM(s.readers) AS BIGINT) DESC, due.zone"
);

/// Queues a delivery, due at `due_at`, for every confirmed subscriber who wants every issue and has
/// not paused; returns how many.
pub async fn enrol(tx: &mut Tx, edition: i64, due_at: i64) -> Result<u64, StoreError> {
    let enrolled = tx.run(ENROL, &[&edition, &due_at]).await?;
    delivery_counts::enrolled(tx, edition, enrolled).await?;
    Ok(enrolled)
}

/// Queues a delivery for every confirmed subscriber, due at the time of their zone; returns how
/// many.
pub async fn enrol_by_zone(tx: &mut Tx, edition: i64, due: &DueTimes) -> Result<u64, StoreError> {
    let zones = store::json(&due.zones)?;
    let values: [&dyn Value; 3] = [&zones, &due.elsewhere, &edition];
    let enrolled = tx.run(ENROL_BY_ZONE, &values).await?;
    delivery_counts::enrolled(tx, edition, enrolled).await?;
    Ok(enrolled)
}

/// Queues a delivery, due at `due_at`, for every confirmed subscriber who wants the digest and has
/// not paused; returns how many.
pub async fn enrol_digest(tx: &mut Tx, edition: i64, due_at: i64) -> Result<u64, StoreError> {
    let sql = "INSERT INTO deliveries (edition, subscriber, state, due_at, attempts) \
        SELECT $1, id, 'queued', $2, 0 FROM subscribers \
        WHERE consent = 'confirmed' AND frequency = 'digest' \
          AND (paused_until IS NULL OR paused_until <= $2) ORDER BY id";
    let enrolled = tx.run(sql, &[&edition, &due_at]).await?;
    delivery_counts::enrolled(tx, edition, enrolled).await?;
    Ok(enrolled)
}

/// How many deliveries [`enrol`] would queue now. It reads the whole list.
pub async fn expected(store: &Store, now: i64) -> Result<i64, StoreError> {
    let sql = concat!("SELECT COUNT(*) ", readers_at!("$1"));
    store.one(sql, &[&now], |row| row.number(0)).await
}

/// How many deliveries [`enrol_by_zone`] would queue, by zone, the most first; `None` stands for readers elsewhere. It
/// reads the whole list.
pub async fn expected_by_zone(
    store: &Store,
    due: &DueTimes,
) -> Result<Vec<(Option<String>, i64)>, StoreError> {
    let zones = store::json(&due.zones)?;
    store
        .all(EXPECTED_BY_ZONE, &[&zones, &due.elsewhere], |row| {
            Ok((row.text_or_null(0)?, row.number(1)?))
        })
        .await
}

/// True if any confirmed subscriber wants the digest.
pub async fn is_digest_wanted(store: &Store) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 FROM subscribers WHERE frequency = 'digest' AND consent = 'confirmed' LIMIT 1";
    store.exists(sql, &[]).await
}
