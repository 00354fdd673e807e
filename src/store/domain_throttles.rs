//! How slowly to send to receiving domains, kept between runs. A domain that is not throttled has
//! no row.

use serde::Serialize;

use super::dialect::{Pair, set_statement};
use super::{Store, StoreError, Tx};

/// The longest pause of a domain, in milliseconds: an hour and a quarter.
pub const LONGEST_REST: i64 = 75 * 60 * 1000;
/// How far ahead a stored turn may be, in milliseconds: four hours.
pub const FARTHEST_TURN: i64 = 4 * 60 * 60 * 1000;
/// A row expires this long after the last mail to the domain, in milliseconds: eight hours.
const STALE: i64 = 8 * 60 * 60 * 1000;

/// How slowly one relay sends to one group of domains. Times are Unix milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Throttle {
    /// Host and port.
    pub relay: String,
    /// A domain in lower-case A-labels, which may stand for all domains of a provider.
    pub domain_group: String,
    /// How often the group asked to slow down, minus the times it regained trust; 0 is full speed.
    pub level: i64,
    /// How many mails it accepted in a row.
    pub accepted: i64,
    /// When the first request that still has an effect came.
    pub slow_since: i64,
    /// Do not send before this.
    pub ready_at: i64,
    /// The turn of the next delivery that is put back.
    pub next_turn: i64,
}

const LOAD: &str = "SELECT domain_group, level, accepted, slow_since, ready_at, next_turn \
     FROM domain_throttles WHERE relay = $1";

/// Another sender's row stays if the domain asked that one for a longer pause, unless the row is
/// later than `$2`: then a clock was ahead when it was written.
const SAVE: Pair = set_statement!(
    "INSERT INTO domain_throttles \
        (relay, domain_group, level, accepted, slow_since, ready_at, next_turn) \
     SELECT r.value ->> 'relay', r.value ->> 'domain_group', CAST(r.value ->> 'level' AS BIGINT), \
        CAST(r.value ->> 'accepted' AS BIGINT), CAST(r.value ->> 'slow_since' AS BIGINT), \
        CAST(r.value ->> 'ready_at' AS BIGINT), CAST(r.value ->> 'next_turn' AS BIGINT) FROM",
    "AS r WHERE true \
     ON CONFLICT (relay, domain_group) DO UPDATE SET level = excluded.level, \
        accepted = excluded.accepted, slow_since = excluded.slow_since, \
        ready_at = excluded.ready_at, next_turn = excluded.next_turn \
     WHERE domain_throttles.ready_at <= excluded.ready_at OR domain_throttles.ready_at > $2"
);

/// On PostgreSQL, a row that another sender is saving stays until the next purge.
const PURGE: Pair = Pair {
    sqlite: "DELETE FROM domain_throttles WHERE next_turn <= $1 \
         AND (ready_at <= $2 OR level = 0 AND ready_at <= $1)",
    postgres: "DELETE FROM domain_throttles WHERE (relay, domain_group) IN \
         (SELECT relay, domain_group FROM domain_throttles WHERE next_turn <= $1 \
            AND (ready_at <= $2 OR level = 0 AND ready_at <= $1) FOR UPDATE SKIP LOCKED)",
};

/// The throttles of a relay. Times that only a clock that was ahead can have stored are cut to
/// [`LONGEST_REST`] and [`FARTHEST_TURN`] from now.
pub async fn load(store: &Store, relay: &str, now: i64) -> Result<Vec<Throttle>, StoreError> {
    store
        .all(LOAD, &[&relay], |row| {
            Ok(Throttle {
                relay: relay.to_owned(),
                domain_group: row.text(0)?,
                level: row.number(1)?,
                accepted: row.number(2)?,
                slow_since: row.number(3)?.min(now),
                ready_at: row.number(4)?.min(now + LONGEST_REST),
                next_turn: row.number(5)?.min(now + FARTHEST_TURN),
            })
        })
        .await
}

/// Saves what has changed, and deletes rows that are stale or at full speed with no turn to come.
/// The throttles are in the order of their groups, so that two senders do not deadlock.
pub(super) async fn save(
    store: &Store,
    throttles: &[Throttle],
    now: i64,
) -> Result<(), StoreError> {
    store
        .run(SAVE, &[&super::json(throttles)?, &(now + LONGEST_REST)])
        .await?;
    store.run(PURGE, &[&now, &(now - STALE)]).await?;
    Ok(())
}

/// As [`save`], in the transaction.
pub(super) async fn save_in(
    tx: &mut Tx,
    throttles: &[Throttle],
    now: i64,
) -> Result<(), StoreError> {
    tx.run(SAVE, &[&super::json(throttles)?, &(now + LONGEST_REST)])
        .await?;
    tx.run(PURGE, &[&now, &(now - STALE)]).await?;
    Ok(())
}
