//! What an operator decides about deliveries: resend, leave or skip them.

use super::{Chunk, State};
use crate::store::delivery_counts::{self, moved};
use crate::store::dialect::{
    Pair, chunk_statement, held_chunk_statement, listed_statement, set_statement,
};
use crate::store::editions::EditionKind;
use crate::store::statement::Value;
use crate::store::{self, Store, StoreError, Tx};

const RESEND_UNKNOWN: Pair = held_chunk_statement!(
    "state = 'queued', owner = NULL, due_at = $3, repeated = 1",
    "COALESCE(edition, 0) = $2 AND state = 'unknown' AND repeated IS NULL"
);

const RESEND_UNKNOWN_SINCE: Pair = held_chunk_statement!(
    "state = 'queued', owner = NULL, due_at = $3, repeated = 1",
    "COALESCE(edition, 0) = $2 AND state = 'unknown' AND repeated IS NULL AND first_due_at >= $4"
);

const REFUSED: Pair = listed_statement!(
    "SELECT d.subscriber FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.edition = $1 AND d.",
    refused,
    " \
       AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $2 \
       AND COALESCE(s.frequency, 'every') = $3"
);

const DEFERRED: Pair = listed_statement!(
    "SELECT d.subscriber FROM deliveries d JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.edition = $1 AND d.",
    deferred,
    " \
       AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $2 \
       AND COALESCE(s.frequency, 'every') = $3"
);

/// `$5` is the state that the deliveries have.
const RESEND: Pair = set_statement!(
    "UPDATE deliveries SET state = 'queued', due_at = $3 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = COALESCE($2, CAST(r.value ->> 0 AS BIGINT)) \
       AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.state = $5 AND s.id = deliveries.subscriber \
       AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $3 \
       AND COALESCE(s.frequency, 'every') = $4"
);

const RESEND_UNKNOWN_OF: Pair = set_statement!(
    "UPDATE deliveries SET state = 'queued', owner = NULL, due_at = $3, repeated = 1 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = COALESCE($2, CAST(r.value ->> 0 AS BIGINT)) \
       AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND ",
    in_doubt,
    " AND s.id = deliveries.subscriber \
       AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $3 \
       AND COALESCE(s.frequency, 'every') = $4"
);

/// Ends the doubt about readers who are to get no mail.
const SKIP_UNKNOWN_OF: Pair = set_statement!(
    "UPDATE deliveries SET state = 'skipped', owner = NULL, at = $3, \
        reply = CASE WHEN s.consent <> 'confirmed' THEN s.consent \
                     WHEN COALESCE(s.paused_until, 0) > $3 THEN 'paused' \
                     ELSE COALESCE(s.frequency, 'every') END FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = COALESCE($2, CAST(r.value ->> 0 AS BIGINT)) \
       AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND ",
    in_doubt,
    " AND s.id = deliveries.subscriber \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $3 \
            OR COALESCE(s.frequency, 'every') <> $4)"
);

/// The delivery stays `unknown`. Without an owner it is no longer in doubt, and no late reply
/// changes it.
const LEAVE_UNKNOWN: Pair = set_statement!(
    "UPDATE deliveries SET owner = NULL, at = $3 FROM",
    "AS r \
     WHERE deliveries.edition = COALESCE($2, CAST(r.value ->> 0 AS BIGINT)) \
       AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND ",
    in_doubt
);

const SKIP_QUEUED: Pair = chunk_statement!(
    "state = 'skipped', owner = NULL, at = $3, reply = 'cancelled'",
    "edition = $2 AND ",
    queued,
    " \
     AND EXISTS (SELECT 1 FROM editions WHERE id = $2 AND state = 'cancelled') ORDER BY due_at"
);

const SKIP_DEFERRED: Pair = chunk_statement!(
    "state = 'skipped', owner = NULL, at = $3, reply = 'cancelled'",
    "edition = $2 AND ",
    deferred,
    " \
     AND EXISTS (SELECT 1 FROM editions WHERE id = $2 AND state = 'cancelled') ORDER BY due_at"
);

const SKIP_CLAIMED: Pair = held_chunk_statement!(
    "state = 'skipped', owner = NULL, at = $3, reply = 'cancelled'",
    "COALESCE(edition, 0) = $2 AND state = 'claimed' \
     AND EXISTS (SELECT 1 FROM editions WHERE id = $2 AND state = 'cancelled')"
);

/// Queues what is in doubt of an edition (`on_doubt = "resend"`), except what was resent before;
/// returns how many.
pub async fn resend_unknown(
    tx: &mut Tx,
    edition: i64,
    now: i64,
    chunk: &mut Chunk,
) -> Result<u64, StoreError> {
    chunk.run(tx, RESEND_UNKNOWN, &[&edition, &now]).await
}

/// Queues what is in doubt of an edition and was first due at `since` or later, except what was
/// resent before; returns how many.
pub async fn resend_unknown_since(
    tx: &mut Tx,
    edition: i64,
    since: i64,
    now: i64,
    chunk: &mut Chunk,
) -> Result<u64, StoreError> {
    chunk
        .run(tx, RESEND_UNKNOWN_SINCE, &[&edition, &now, &since])
        .await
}

/// Queues those of these deliveries that are in doubt; returns how many. If the reader left, or
/// wants no such mail now, the delivery is skipped instead, which ends its doubt too. Pass at most
/// [`ROWS`](super::ROWS) at a time.
pub async fn resend_unknown_of(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    let rows = store::column(subscribers)?;
    let values: [&dyn Value; 4] = [&rows, &edition, &now, &kind.frequency().into_str()];
    let queued = tx.run(RESEND_UNKNOWN_OF, &values).await?;
    let skipped = tx.run(SKIP_UNKNOWN_OF, &values).await?;
    delivery_counts::add(tx, edition, State::Skipped, skipped).await?;
    Ok(queued)
}

/// Ends the doubt about these deliveries without resending them; returns how many were in doubt.
/// They stay `unknown`. Pass at most [`ROWS`](super::ROWS) at a time.
pub async fn leave_unknown(
    tx: &mut Tx,
    edition: i64,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    let rows = store::column(subscribers)?;
    let left = tx.run(LEAVE_UNKNOWN, &[&rows, &edition, &now]).await?;
    delivery_counts::add(tx, edition, State::Unknown, left).await?;
    Ok(left)
}

/// What the operator may send again of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    Refused,
    /// Those that are not due yet as well.
    Deferred,
}

impl Again {
    fn state(self) -> State {
        match self {
            Self::Refused => State::Refused,
            Self::Deferred => State::Deferred,
        }
    }
}

/// The subscribers who can get an edition [again]: they may be mailed and want this kind of edition
/// now.
///
/// [again]: Again
pub async fn resendable(
    store: &Store,
    edition: i64,
    kind: EditionKind,
    again: Again,
    now: i64,
) -> Result<Vec<i64>, StoreError> {
    let statement = match again {
        Again::Refused => REFUSED,
        Again::Deferred => DEFERRED,
    };
    let values: [&dyn Value; 3] = [&edition, &now, &kind.frequency().into_str()];
    store.all(statement, &values, |row| row.number(0)).await
}

/// Queues those of these deliveries that are still [`resendable`], due at once; returns how many.
/// Deferred ones of other readers stay deferred, and are skipped when they are due. Pass at most
/// [`ROWS`](super::ROWS) at a time.
pub async fn resend(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    again: Again,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    let (rows, state) = (store::column(subscribers)?, again.state());
    let (kind, key) = (kind.frequency().into_str(), state.into_str());
    let queued = tx
        .run(RESEND, &[&rows, &edition, &now, &kind, &key])
        .await?;
    moved(tx, edition, state, State::Queued, queued).await?;
    Ok(queued)
}

/// Skips what waits in a cancelled edition; returns how many. What is in flight still gets its
/// outcome; if that is another try, call this again.
pub async fn skip_cancelled(
    tx: &mut Tx,
    edition: i64,
    now: i64,
    chunk: &mut Chunk,
) -> Result<u64, StoreError> {
    let mut skipped = 0;
    // One statement for each state: with a list of states, SQLite walks the whole edition.
    for (statement, state) in [
        (SKIP_QUEUED, State::Queued),
        (SKIP_DEFERRED, State::Deferred),
        (SKIP_CLAIMED, State::Claimed),
    ] {
        let count = chunk.run(tx, statement, &[&edition, &now]).await?;
        moved(tx, edition, state, State::Skipped, count).await?;
        skipped += count;
    }
    Ok(skipped)
}
