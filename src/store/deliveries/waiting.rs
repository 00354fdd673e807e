//! Skips what waits for readers who may not be mailed any more, or want no such mail, and queues it
//! again if they take that back.

use std::sync::LazyLock;

use super::State;
use crate::store::delivery_counts::{Changes, counting, moved};
use crate::store::dialect::{Dialect, Pair, listed_statement, set_statement};
use crate::store::editions::EditionKind;
use crate::store::statement::Value;
use crate::store::{self, Store, StoreError, Tx};

/// The states that wait. What leaves `deferred` is counted, so it takes a statement of its own.
const WAITING: [(State, State); 2] = [
    (State::Queued, State::Claimed),
    (State::Deferred, State::Deferred),
];

/// SQLite's. Uses the primary key: few editions are open at a time.
const SKIP_WAITING: &str = "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 \
     WHERE (edition, subscriber) IN (SELECT e.id, CAST(r.value AS BIGINT) \
          FROM jsonb_each($1) AS r, editions e WHERE e.state IN ('sending', 'paused')) \
       AND state IN ($4, $5) RETURNING edition";

/// Deferred deliveries are rare, and looking for each reader's costs more than this.
const ANY_DEFERRED: Pair = listed_statement!(
    "SELECT 1 FROM editions e WHERE e.state IN ('sending', 'paused') \
       AND EXISTS (SELECT 1 FROM deliveries d WHERE d.edition = e.id AND d.",
    deferred,
    ") LIMIT 1"
);

/// Common table expressions that skip, and count, what waits for the subscribers `$1`; the time is `$2`, the reason
/// `$3`. PostgreSQL passes over a row that a sender is marking or claiming right now, since senders lock several rows at
/// a time too; the mark checks the consent anyway.
pub(in crate::store) static SKIPPING: LazyLock<String> = LazyLock::new(|| {
    let asked = "SELECT e.id AS edition, CAST(r.value AS BIGINT) AS subscriber \
         FROM jsonb_array_elements(CAST($1 AS jsonb)) AS r, editions e \
         WHERE e.state IN ('sending', 'paused')";
    let waiting = "SELECT d.edition, d.subscriber, d.state FROM asked JOIN deliveries d \
           ON d.edition = asked.edition AND d.subscriber = asked.subscriber \
         WHERE d.state IN ('queued', 'claimed', 'deferred') FOR UPDATE OF d SKIP LOCKED";
    let skipped = "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 FROM waiting \
         WHERE deliveries.edition = waiting.edition AND deliveries.subscriber = waiting.subscriber \
         RETURNING deliveries.edition, waiting.state AS before";
    let counting = counting(
        "SELECT edition, 'skipped' AS state, 1 AS change FROM skipped \
         UNION ALL SELECT edition, before, -1 FROM skipped",
    );
    format!(
        "asked AS MATERIALIZED ({asked}), waiting AS MATERIALIZED ({waiting}), skipped AS ({skipped}), {counting}"
    )
});

static SKIP_ALL_WAITING: LazyLock<String> =
    LazyLock::new(|| format!("WITH {} SELECT COUNT(*) FROM skipped", *SKIPPING));

const SKIP_OF: &str = "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $2, reply = $3 \
     WHERE subscriber = $1 AND state IN ($4, $5) \
       AND edition IN (SELECT id FROM editions WHERE kind = $6) RETURNING edition";

/// Skips what waits for these subscribers, who may not be mailed any more; `why` is their consent
/// now. What is on the wire still gets its outcome. Returns how many.
pub async fn skip_waiting(
    tx: &mut Tx,
    subscribers: &[i64],
    why: &str,
    now: i64,
) -> Result<u64, StoreError> {
    if subscribers.is_empty() {
        return Ok(0);
    }
    let subscribers = store::json(subscribers)?;
    if tx.dialect == Dialect::Postgres {
        let values: [&dyn Value; 3] = [&subscribers, &now, &why];
        let skipped = tx
            .one(SKIP_ALL_WAITING.as_str(), &values, |row| row.number(0))
            .await?;
        return Ok(u64::try_from(skipped).unwrap_or_default());
    }
    let mut changes = Changes::default();
    let mut skipped = 0;
    for (state, or) in WAITING {
        if state == State::Deferred && !tx.exists(ANY_DEFERRED, &[]).await? {
            continue;
        }
        let (state_key, or) = (state.into_str(), or.into_str());
        let values: [&dyn Value; 5] = [&subscribers, &now, &why, &state_key, &or];
        skipped += skip(tx, SKIP_WAITING, &values, state, &mut changes).await?;
    }
    changes.keep(tx).await?;
    Ok(skipped)
}

/// Skips the deliveries waiting for a subscriber who wants no mail of these kinds now. What is on
/// the wire still gets its outcome.
pub async fn skip_of(
    tx: &mut Tx,
    subscriber: i64,
    kinds: &[EditionKind],
    why: &str,
    now: i64,
) -> Result<(), StoreError> {
    let mut changes = Changes::default();
    for kind in kinds {
        for (state, or) in WAITING {
            let (state_key, or, kind) = (state.into_str(), or.into_str(), kind.into_str());
            let values: [&dyn Value; 6] = [&subscriber, &now, &why, &state_key, &or, &kind];
            skip(tx, SKIP_OF, &values, state, &mut changes).await?;
        }
    }
    changes.keep(tx).await
}

/// Runs a statement that skips deliveries and returns their editions; `before` is the state that
/// they had, if it is counted.
async fn skip(
    tx: &mut Tx,
    statement: impl Into<Pair>,
    values: &[&dyn Value],
    before: State,
    changes: &mut Changes,
) -> Result<u64, StoreError> {
    let editions: Vec<i64> = tx.all(statement, values, |row| row.number(0)).await?;
    for edition in &editions {
        changes.add(*edition, before, -1);
        changes.add(*edition, State::Skipped, 1);
    }
    Ok(editions.len() as u64)
}

const UNWANTED_DEFERRED: Pair = listed_statement!(
    "SELECT d.subscriber \
     FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.edition = $1 AND d.",
    deferred,
    " \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $2 \
            OR COALESCE(s.frequency, 'every') <> $3)"
);

/// The subscribers whose deliveries are deferred, and who have since left, paused or chosen other
/// mail than `kind`: they were on the wire then, so they were not skipped. The cost is what is
/// deferred of the edition.
pub async fn unwanted_deferred(
    store: &Store,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<Vec<i64>, StoreError> {
    let values: [&dyn Value; 3] = [&edition, &now, &kind.frequency().into_str()];
    store
        .all(UNWANTED_DEFERRED, &values, |row| row.number(0))
        .await
}

const SKIP_DEFERRED: Pair = set_statement!(
    "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $3, \
        reply = CASE WHEN s.consent <> 'confirmed' THEN s.consent \
                     WHEN COALESCE(s.paused_until, 0) > $3 THEN 'paused' \
                     ELSE COALESCE(s.frequency, 'every') END FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = COALESCE($2, CAST(r.value ->> 0 AS BIGINT)) \
       AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.state = 'deferred' AND s.id = deliveries.subscriber \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $3 \
            OR COALESCE(s.frequency, 'every') <> $4)"
);

/// Skips those of these deferred deliveries that are still [unwanted](unwanted_deferred); returns
/// how many.
pub async fn skip_deferred(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    if subscribers.is_empty() {
        return Ok(0);
    }
    let subscribers = store::column(subscribers)?;
    let values: [&dyn Value; 4] = [&subscribers, &edition, &now, &kind.frequency().into_str()];
    let skipped = tx.run(SKIP_DEFERRED, &values).await?;
    moved(tx, edition, State::Deferred, State::Skipped, skipped).await?;
    Ok(skipped)
}

const SKIPPED_EDITIONS: Pair = Pair {
    sqlite: "SELECT id FROM editions WHERE state IN ('sending', 'paused') AND EXISTS \
           (SELECT 1 FROM deliveries d WHERE d.edition = editions.id \
              AND d.subscriber = $1 AND d.state = 'skipped' AND d.at >= $2) ORDER BY id",
    postgres: "SELECT id FROM editions WHERE state IN ('sending', 'paused') AND EXISTS \
           (SELECT 1 FROM deliveries d WHERE d.edition = editions.id \
              AND d.subscriber = $1 AND d.state = 'skipped' AND d.at >= $2) ORDER BY id FOR UPDATE",
};

const REQUEUE_SKIPPED: &str = "UPDATE deliveries SET state = 'queued', reply = NULL, \
        at = CASE WHEN attempts = 0 THEN NULL ELSE $4 END, \
        due_at = CASE WHEN first_due_at > $4 THEN first_due_at ELSE $4 END \
     WHERE edition = $3 AND subscriber = $1 AND state = 'skipped' AND at >= $2 \
       AND reply IN ('paused', 'digest', 'every', 'unsubscribed')";

/// Undoes what leaving, or a choice, did to a subscriber's mail at `since` or later: what it
/// skipped is queued again if the edition is being sent or paused, due now or at the reader's local
/// time. Returns how many. The mark checks again whether the reader wants the mail.
pub async fn requeue_skipped(
    tx: &mut Tx,
    subscriber: i64,
    since: i64,
    now: i64,
) -> Result<u64, StoreError> {
    // Lock the editions first: one that finished meanwhile would leave the queued mail behind.
    let editions: Vec<i64> = tx
        .all(SKIPPED_EDITIONS, &[&subscriber, &since], |row| {
            row.number(0)
        })
        .await?;
    let mut queued = 0;
    for edition in editions {
        let values: [&dyn Value; 4] = [&subscriber, &since, &edition, &now];
        let again = tx.run(REQUEUE_SKIPPED, &values).await?;
        moved(tx, edition, State::Skipped, State::Queued, again).await?;
        queued += again;
    }
    Ok(queued)
}
