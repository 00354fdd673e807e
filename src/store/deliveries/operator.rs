//! What an operator decides of deliveries that have an outcome, or that are not to have one.

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

/// Of the same, whoever is to get no mail: the doubt is over as well.
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

/// It stays `unknown`; without an owner it is no longer in doubt, and no late reply changes it.
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

/// Puts what is in doubt of an edition back into the queue (`on_doubt = "resend"`), but for what was sent again
/// before.
pub async fn resend_unknown(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    of_edition(tx, RESEND_UNKNOWN, edition, now).await
}

/// Puts what is in doubt of an edition and was first due at `since` or later back into the queue, but for what was
/// sent again before; returns how many.
pub async fn resend_unknown_since(
    tx: &mut Tx,
    edition: i64,
    since: i64,
    now: i64,
) -> Result<u64, StoreError> {
    tx.run(RESEND_UNKNOWN_SINCE, &[&edition, &now, &since])
        .await
}

/// Puts these deliveries, as far as they are in doubt, back into the queue; returns how many. Those whose
/// readers left, or want no such mail now, are skipped instead: their doubt is over too.
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

/// Ends the doubt about these deliveries without sending them again; returns how many were in
/// doubt. They stay `unknown`.
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

/// Puts refused deliveries back into the queue whose readers may still be mailed and want this kind of
/// edition now; returns how many.
pub async fn resend_refused(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<u64, StoreError> {
    of_edition_and_kind(tx, RESEND_REFUSED, edition, kind, now).await
}

/// Makes deferred deliveries due at once whose readers may still be mailed and want this kind of edition
/// now; returns how many. The others stay deferred, and are skipped when their time comes.
pub async fn hasten_deferred(
    tx: &mut Tx,
    edition: i64,
    kind: EditionKind,
    now: i64,
) -> Result<u64, StoreError> {
    of_edition_and_kind(tx, HASTEN_DEFERRED, edition, kind, now).await
}

/// Skips whatever waits of a cancelled edition; returns how many. What is in flight gets its outcome;
/// if that is another try, this is to be called again.
pub async fn skip_cancelled(tx: &mut Tx, edition: i64, now: i64) -> Result<u64, StoreError> {
    let mut skipped = 0;
    // A statement a state: with a list of them SQLite walks the whole edition.
    for statement in [SKIP_QUEUED, SKIP_DEFERRED, SKIP_CLAIMED] {
        skipped += of_edition(tx, statement, edition, now).await?;
    }
    Ok(skipped)
}
