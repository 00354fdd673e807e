//! How slowly receiving domains are written to, from one run to the next. A domain that is not throttled
//! has no row.

use rusqlite::{Transaction, params};
use serde::Serialize;

use super::dialect::{Pair, set_statement};
use super::direct::prepare;
use super::row::Columns as _;
use super::{Store, StoreError};

/// The longest rest of a domain, in milliseconds: an hour and a quarter.
pub const LONGEST_REST: i64 = 75 * 60 * 1000;
/// How far ahead a turn that was stored is believed, in milliseconds: four hours.
pub const FARTHEST_TURN: i64 = 4 * 60 * 60 * 1000;
/// What is stored this long after a domain was last written to says nothing any more, in milliseconds: eight
/// hours.
const STALE: i64 = 8 * 60 * 60 * 1000;

/// How slowly one relay writes to one group of domains. Times are Unix milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Throttle {
    /// The relay's host and port.
    pub relay: String,
    /// The group: a domain in lower-case A-labels, which may stand for all domains of a provider.
    pub domain_group: String,
    /// How often the group asked to slow down, less what it was trusted again since; 0 is full speed.
    pub level: i64,
    /// How many mails it accepted in a row.
    pub accepted: i64,
    /// When it first asked to slow down, of the requests that still have an effect.
    pub slow_since: i64,
    /// Nothing is written to it before this.
    pub ready_at: i64,
    /// The turn of the next delivery that is put back.
    pub next_turn: i64,
}

const LOAD: &str = "SELECT domain_group, level, accepted, slow_since, ready_at, next_turn \
     FROM domain_throttles WHERE relay = $1";

/// Another sender may have heard the domain ask for a longer rest: its row stays, unless `$2` says that a
/// clock was ahead when it was written.
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

/// A row that another sender is saving is left for the next time.
const PURGE: Pair = Pair {
    sqlite: "DELETE FROM domain_throttles WHERE next_turn <= $1 \
         AND (ready_at <= $2 OR level = 0 AND ready_at <= $1)",
    postgres: "DELETE FROM domain_throttles WHERE (relay, domain_group) IN \
         (SELECT relay, domain_group FROM domain_throttles WHERE next_turn <= $1 \
            AND (ready_at <= $2 OR level = 0 AND ready_at <= $1) FOR UPDATE SKIP LOCKED)",
};

/// What is known of the domains of a relay. A time that only a clock that was ahead can have stored is
/// cut to [`LONGEST_REST`] and [`FARTHEST_TURN`] from now.
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

/// Saves what has changed, and forgets what is over: what says full speed with no turn to come, and what is
/// stale. The throttles are in the order of their groups, so that two senders do not wait for each other.
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

/// As [`save`], on SQLite.
pub(super) fn save_directly(
    tx: &Transaction<'_>,
    throttles: &[Throttle],
    now: i64,
) -> Result<(), StoreError> {
    prepare(tx, SAVE.sqlite)?.execute(params![super::json(throttles)?, now + LONGEST_REST])?;
    prepare(tx, PURGE.sqlite)?.execute([now, now - STALE])?;
    Ok(())
}
