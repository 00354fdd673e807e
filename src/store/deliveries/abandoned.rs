//! Takes over what senders that are no longer registered hold.

use super::Chunk;
use crate::store::dialect::{Pair, held_chunk_statement};
use crate::store::{StoreError, Tx};

const RESEND_ABANDONED: Pair = held_chunk_statement!(
    "state = 'queued', owner = NULL, at = $2, repeated = 1, \
     reply = 'the sender stopped before the relay replied'",
    "state = 'in_flight' AND repeated IS NULL \
     AND owner NOT IN (SELECT id FROM senders) \
     AND EXISTS (SELECT 1 FROM editions e \
                 WHERE e.id = COALESCE(edition, 0) AND e.state = 'sending')"
);

const REQUEUE_ABANDONED: Pair = held_chunk_statement!(
    "state = 'queued', owner = NULL",
    "state = 'claimed' AND owner NOT IN (SELECT id FROM senders)"
);

const DOUBT_ABANDONED: Pair = held_chunk_statement!(
    "state = 'unknown', at = $2, reply = 'the sender stopped before the relay replied'",
    "state = 'in_flight' AND owner NOT IN (SELECT id FROM senders)"
);

const GIVE_BACK: Pair = held_chunk_statement!(
    "state = 'queued', owner = NULL",
    "owner = $2 AND state = 'claimed'"
);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Claims returned to the queue: none of them had been written.
    pub requeued: u64,
    /// Deliveries in doubt: their content may have gone out.
    pub unknown: u64,
}

/// Queues what senders that are no longer registered had in flight, of every edition that is being
/// sent (`on_doubt = "resend"`), except what was resent before; returns how many. `now` is in Unix
/// milliseconds UTC.
pub async fn resend_abandoned(tx: &mut Tx, now: i64, chunk: &mut Chunk) -> Result<u64, StoreError> {
    chunk.run(tx, RESEND_ABANDONED, &[&now]).await
}

/// Takes over from senders that are no longer registered: claims return to the queue, and what was
/// in flight becomes `unknown`.
pub async fn recover(tx: &mut Tx, now: i64, chunk: &mut Chunk) -> Result<Recovered, StoreError> {
    Ok(Recovered {
        requeued: chunk.run(tx, REQUEUE_ABANDONED, &[]).await?,
        unknown: chunk.run(tx, DOUBT_ABANDONED, &[&now]).await?,
    })
}

/// Returns to the queue what a sender claimed and did not write; returns how many.
pub async fn give_back(tx: &mut Tx, owner: i64, chunk: &mut Chunk) -> Result<u64, StoreError> {
    chunk.run(tx, GIVE_BACK, &[&owner]).await
}
