//! What an operator decides about deliveries: resend, leave or skip them.

use crate::store::dialect::{Pair, set_statement};
use crate::store::editions::EditionKind;
use crate::store::{self, StoreError, Tx};

const RESEND_UNKNOWN: &str = "UPDATE deliveries SET state = 'queued', owner = NULL, due_at = $2, repeated = 1 \
     WHERE edition = $1 AND owner IS NOT NULL AND state = 'unknown' AND repeated IS NULL";

const RESEND_UNKNOWN_SINCE: &str = "UPDATE deliveries \
     SET state = 'queued', owner = NULL, due_at = $2, repeated = 1 \
     WHERE edition = $1 AND owner IS NOT NULL AND state = 'unknown' AND repeated IS NULL AND first_due_at >= $3";

const RESEND_REFUSED: &str = "UPDATE deliveries SET state = 'queued', due_at = $2 \
     WHERE edition = $1 AND state = 'refused' \
       AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = deliveries.subscriber \
                     AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $2 \
                     AND COALESCE(s.frequency, 'every') = $3)";

const HASTEN_DEFERRED: &str = "UPDATE deliveries SET state = 'queued', due_at = $2 \
     WHERE edition = $1 AND state = 'deferred' \
       AND EXISTS (SELECT 1 FROM subscribers s WHERE s.id = deliveries.subscriber \
                     AND s.consent = 'confirmed' AND COALESCE(s.paused_until, 0) <= $2 \
                     AND COALESCE(s.frequency, 'every') = $3)";

const RESEND_UNKNOWN_OF: Pair = set_statement!(
    "UPDATE deliveries SET state = 'queued', owner = NULL, due_at = $3, repeated = 1 FROM",
    "AS r, subscribers s \
     WHERE deliveries.edition = $2 AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.owner IS NOT NULL AND deliveries.state = 'unknown' \
       AND s.id = deliveries.subscriber \
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
     WHERE deliveries.edition = $2 AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.owner IS NOT NULL AND deliveries.state = 'unknown' \
       AND s.id = deliveries.subscriber \
       AND (s.consent <> 'confirmed' OR COALESCE(s.paused_until, 0) > $3 \
            OR COALESCE(s.frequency, 'every') <> $4)"
);

/// The delivery stays `unknown`. Without an owner it is no longer in doubt, and no late reply
/// changes it.
const LEAVE_UNKNOWN: Pair = set_statement!(
    "UPDATE deliveries SET owner = NULL, at = $3 FROM",
    "AS r \
     WHERE deliveries.edition = $2 AND deliveries.subscriber = CAST(r.value ->> 0 AS BIGINT) \
       AND deliveries.owner IS NOT NULL AND deliveries.state = 'unknown'"
);

const SKIP_QUEUED: &str = "UPDATE deliveries \
     SET state = 'skipped', owner = NULL, at = $2, reply = 'cancelled' \
     WHERE edition = $1 AND state = 'queued' \
       AND EXISTS (SELECT 1 FROM editions WHERE id = $1 AND state = 'cancelled')";
const SKIP_DEFERRED: &str = "UPDATE deliveries \
     SET state = 'skipped', owner = NULL, at = $2, reply = 'cancelled' \
     WHERE edition = $1 AND state = 'deferred' \
       AND EXISTS (SELECT 1 FROM editions WHERE id = $1 AND state = 'cancelled')";
const SKIP_CLAIMED: &str = "UPDATE deliveries \
     SET state = 'skipped', owner = NULL, at = $2, reply = 'cancelled' \
     WHERE edition = $1 AND owner IS NOT NULL AND state = 'claimed' \
       AND EXISTS (SELECT 1 FROM editions WHERE id = $1 AND state = 'cancelled')";

/// Queues what is in doubt of an edition (`on_doubt = "resend"`), except what was resent before.
pub async fn resend_unknown(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    of_edition(tx, RESEND_UNKNOWN, edition, now).await
}

/// Queues what is in doubt of an edition and was first due at `since` or later, except what was
/// resent before; returns how many.
pub async fn resend_unknown_since(
    tx: &mut Tx,
    edition: i64,
    since: i64,
    now: i64,
) -> Result<u64, StoreError> {
    tx.run(RESEND_UNKNOWN_SINCE, &[&edition, &now, &since])
        .await
}

/// Queues those of these deliveries that are in doubt; returns how many. If the reader left, or
/// wants no such mail now, the delivery is skipped instead, which ends its doubt too.
pub async fn resend_unknown_of(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    let rows = store::column(subscribers)?;
    let mut done = [0; 2];
    for (done, statement) in done.iter_mut().zip([RESEND_UNKNOWN_OF, SKIP_UNKNOWN_OF]) {
        *done = tx
            .run(
                statement,
                &[&rows, &edition, &now, &kind.frequency().into_str()],
            )
            .await?;
    }
    let [queued, _] = done;
    Ok(queued)
}

/// Ends the doubt about these deliveries without resending them; returns how many were in doubt.
/// They stay `unknown`.
pub async fn leave_unknown(
    tx: &mut Tx,
    edition: i64,
    subscribers: &[i64],
    now: i64,
) -> Result<u64, StoreError> {
    tx.run(
        LEAVE_UNKNOWN,
        &[&store::column(subscribers)?, &edition, &now],
    )
    .await
}

async fn of_edition(
    tx: &mut Tx,
    statement: &'static str,
    edition: i64,
    now: i64,
) -> Result<u64, StoreError> {
    tx.run(statement, &[&edition, &now]).await
}

async fn of_edition_and_kind(
    tx: &mut Tx,
    statement: &'static str,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<u64, StoreError> {
    tx.run(statement, &[&edition, &now, &kind.frequency().into_str()])
        .await
}

/// Queues refused deliveries whose readers may still be mailed and want this kind of edition now;
/// returns how many.
pub async fn resend_refused(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<u64, StoreError> {
    of_edition_and_kind(tx, RESEND_REFUSED, edition, kind, now).await
}

/// Makes deferred deliveries due at once if their readers may still be mailed and want this kind of
/// edition now; returns how many. The others stay deferred, and are skipped when they are due.
pub async fn hasten_deferred(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<u64, StoreError> {
    of_edition_and_kind(tx, HASTEN_DEFERRED, edition, kind, now).await
}

/// Skips everything that waits in a cancelled edition; returns how many. What is in flight still
/// gets its outcome; if that is another try, call this again.
pub async fn skip_cancelled(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    let mut skipped = 0;
    // One statement for each state: with a list of states, SQLite walks the whole edition.
    for statement in [SKIP_QUEUED, SKIP_DEFERRED, SKIP_CLAIMED] {
        skipped += of_edition(tx, statement, edition, now).await?;
    }
    Ok(skipped)
}
