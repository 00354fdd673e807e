//! Resends what dead senders had in flight, if doubts are resent.

use crate::store::{StoreError, Tx};

/// Queues what senders that are no longer registered had in flight, of every edition that is being
/// sent (`on_doubt = "resend"`), except what was resent before; returns how many. `now` is in Unix
/// milliseconds UTC.
pub async fn resend_abandoned(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    let sql = "UPDATE deliveries SET state = 'queued', owner = NULL, at = $1, repeated = 1, \
           reply = 'the sender stopped before the relay replied' \
        WHERE owner IS NOT NULL AND state = 'in_flight' AND repeated IS NULL \
          AND owner NOT IN (SELECT id FROM senders) \
          AND EXISTS (SELECT 1 FROM editions e \
                      WHERE e.id = deliveries.edition AND e.state = 'sending')";
    tx.run(sql, &[&now]).await
}
