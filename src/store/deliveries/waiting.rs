//! Skips what waits for readers who may not be mailed any more.

use crate::store::dialect::Pair;
use crate::store::{self, StoreError, Tx};

/// Uses the primary key: few editions are open at a time. On PostgreSQL it passes over a row that a
/// sender is marking or claiming right now, since senders lock several rows at a time too; the mark
/// checks the consent anyway.
const SKIP_WAITING: Pair = Pair {
    sqlite: "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 \
         WHERE (edition, subscriber) IN (SELECT e.id, CAST(r.value ->> 0 AS BIGINT) \
              FROM jsonb_each($1) AS r, editions e WHERE e.state IN ('sending', 'paused')) \
           AND state IN ('queued', 'claimed', 'deferred')",
    postgres: "WITH waiting AS MATERIALIZED \
           (SELECT d.edition, d.subscriber FROM json_array_elements(CAST($1 AS json)) AS r, editions e, \
                deliveries d \
            WHERE e.state IN ('sending', 'paused') AND d.edition = e.id \
              AND d.subscriber = CAST(r.value ->> 0 AS BIGINT) \
              AND d.state IN ('queued', 'claimed', 'deferred') FOR UPDATE OF d SKIP LOCKED) \
         UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 FROM waiting \
         WHERE deliveries.edition = waiting.edition AND deliveries.subscriber = waiting.subscriber",
};

/// Skips what waits for these subscribers, who may not be mailed any more; `why` is their consent
/// now. What is on the wire still gets its outcome.
pub async fn skip_waiting(
    tx: &mut Tx,
    subscribers: &[i64],
    why: &str,
    now: i64,
) -> Result<u64, StoreError> {
    if subscribers.is_empty() {
        return Ok(0);
    }
    tx.run(SKIP_WAITING, &[&store::column(subscribers)?, &now, &why])
        .await
}

const SKIP_DEFERRED: &str = "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, \
        reply = (SELECT CASE WHEN s.consent <> 'confirmed' THEN s.consent \
                             WHEN COALESCE(s.paused_until, 0) > $2 THEN 'paused' \
                             ELSE COALESCE(s.frequency, 'every') END \
                 FROM subscribers s WHERE s.id = deliveries.subscriber) \
     WHERE edition = $1 AND state = 'deferred' AND EXISTS \
        (SELECT 1 FROM subscribers s WHERE s.id = deliveries.subscriber \
           AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $2 \
                OR COALESCE(s.frequency, 'every') <> \
                   (SELECT CASE kind WHEN 'digest' THEN 'digest' ELSE 'every' END FROM editions WHERE id = $1)))";

/// Skips deferred deliveries to readers who have since left, paused or chosen other mail: they were
/// on the wire then, so they were not skipped. The cost is what is deferred of the edition.
pub async fn skip_deferred(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    tx.run(SKIP_DEFERRED, &[&edition, &now]).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sqlx::Row as _;

    use super::*;
    use crate::store::Store;

    /// A reader who leaves costs their own deliveries, however many an edition has.
    #[tokio::test]
    async fn skipping_what_waits_walks_no_edition() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open("sqlite:list.db", dir.path()).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let plan = sqlx::query(sqlx::AssertSqlSafe(format!(
            "EXPLAIN QUERY PLAN {}",
            SKIP_WAITING.sqlite
        )))
        .bind("[[1]]")
        .bind(0)
        .bind("unsubscribed")
        .fetch_all(&mut *tx.inner)
        .await
        .unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get(3).unwrap()).collect();
        let search = "SEARCH deliveries USING PRIMARY KEY (edition=? AND subscriber=?)";
        assert!(plan.iter().any(|step| step == search), "{plan:?}");
    }
}
