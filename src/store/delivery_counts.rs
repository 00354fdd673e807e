//! How many deliveries of each edition are in each state, kept by the transactions that change
//! them: to count two million rows takes PostgreSQL a second.
//!
//! One row counts what was `enrolled`. The others count deliveries that no sender holds, by state,
//! except `queued`: that is what remains. What a sender holds or is in doubt (few rows, with an
//! index of their own) is counted when it is asked for, so claims and marks change no count.
//!
//! On PostgreSQL each connection adds to rows of its own, so that no transaction waits for
//! another's; the sum counts.

use std::collections::BTreeMap;

use super::delivery_state::{Counts, State};
use super::dialect::{Pair, set_statement};
use super::row::Row;
use super::{Store, StoreError, Tx};

const ADD_MERGED: &str = "INSERT INTO delivery_counts (edition, counted, writer, count) \
     VALUES ($1, $2, 0, $3) ON CONFLICT (edition, counted, writer) \
     DO UPDATE SET count = delivery_counts.count + excluded.count";

const ADD: Pair = Pair {
    sqlite: ADD_MERGED,
    postgres: "INSERT INTO delivery_counts (edition, counted, writer, count) \
         VALUES ($1, $2, pg_backend_pid(), $3) ON CONFLICT (edition, counted, writer) \
         DO UPDATE SET count = delivery_counts.count + excluded.count",
};

const ENROLLED: &str = "enrolled";

/// Changes of counts, for the transaction that changes the deliveries.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<(i64, &'static str), i64>);

impl Changes {
    /// Notes that `count` deliveries of an edition got this state, or lost it if `count` is
    /// negative. They are held by no sender in it.
    pub(super) fn add(&mut self, edition: i64, state: State, count: i64) {
        if matches!(
            state,
            State::Accepted | State::Deferred | State::Refused | State::Skipped | State::Unknown
        ) {
            *self.0.entry((edition, state.into_str())).or_default() += count;
        }
    }

    /// Notes the outcome of one delivery. What a sender reports as `unknown` is in doubt: the
    /// sender still holds it.
    pub(super) fn end(&mut self, edition: i64, outcome: State) {
        if outcome != State::Unknown {
            self.add(edition, outcome, 1);
        }
    }

    pub(super) async fn keep(self, tx: &mut Tx) -> Result<(), StoreError> {
        for ((edition, counted), count) in self.0 {
            if count != 0 {
                tx.run(ADD, &[&edition, &counted, &count]).await?;
            }
        }
        Ok(())
    }
}

/// Counts deliveries that got a state in which no sender holds them.
pub(super) async fn add(
    tx: &mut Tx,
    edition: i64,
    state: State,
    count: u64,
) -> Result<(), StoreError> {
    let mut changes = Changes::default();
    changes.add(edition, state, signed(count));
    changes.keep(tx).await
}

/// Counts deliveries that went from one state to another, and that no sender holds now.
pub(super) async fn moved(
    tx: &mut Tx,
    edition: i64,
    from: State,
    to: State,
    count: u64,
) -> Result<(), StoreError> {
    let mut changes = Changes::default();
    changes.add(edition, from, -signed(count));
    changes.add(edition, to, signed(count));
    changes.keep(tx).await
}

pub(super) async fn enrolled(tx: &mut Tx, edition: i64, count: u64) -> Result<(), StoreError> {
    let changes = [((edition, ENROLLED), signed(count))];
    Changes(changes.into()).keep(tx).await
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A common table expression that adds to the counts, in a PostgreSQL statement. The rows of the query `changes` have an
/// edition, a state, and how many more deliveries are in it; states without a count do no harm.
pub(super) fn counting(changes: &str) -> String {
    format!(
        "counted AS (INSERT INTO delivery_counts AS c (edition, counted, writer, count) \
            SELECT edition, state, pg_backend_pid(), SUM(change) FROM ({changes}) AS changes \
            WHERE state IN ('accepted', 'deferred', 'refused', 'skipped') GROUP BY edition, state \
            ON CONFLICT (edition, counted, writer) DO UPDATE SET count = c.count + excluded.count)"
    )
}

/// Merges the rows of an edition that changes no more.
pub(super) async fn merge(tx: &mut Tx, edition: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM delivery_counts WHERE edition = $1 AND writer <> 0 \
        RETURNING counted, count";
    let rows: Vec<(String, i64)> = tx
        .all(sql, &[&edition], |row| Ok((row.text(0)?, row.number(1)?)))
        .await?;
    let mut sums = BTreeMap::<_, i64>::new();
    for (counted, count) in rows {
        *sums.entry(counted).or_default() += count;
    }
    for (counted, count) in sums {
        tx.run(ADD_MERGED, &[&edition, &counted, &count]).await?;
    }
    Ok(())
}

/// One statement, so that both parts see the same moment.
const COUNTS: Pair = set_statement!(
    "WITH wanted AS MATERIALIZED (SELECT CAST(r.value ->> 0 AS BIGINT) AS id FROM",
    "AS r) \
         SELECT edition, counted, CAST(SUM(count) AS BIGINT), CAST(0 AS BIGINT) FROM delivery_counts \
         WHERE edition IN (SELECT id FROM wanted) GROUP BY edition, counted \
         UNION ALL SELECT edition, state, COUNT(*), CAST(1 AS BIGINT) FROM held_deliveries \
         WHERE COALESCE(edition, 0) IN (SELECT id FROM wanted) GROUP BY edition, state"
);

/// The deliveries of an edition by state, and how many of the `unknown` ones are in doubt.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) counts: Counts,
    pub(super) in_doubt: i64,
}

/// The counts of these editions. The cost is what senders hold or is in doubt, not their size.
pub(super) async fn of(
    store: &Store,
    editions: &[i64],
) -> Result<BTreeMap<i64, Counted>, StoreError> {
    let read = |row: &Row<'_>| Ok((row.number(0)?, row.text(1)?, row.number(2)?, row.number(3)?));
    let wanted = super::column(editions)?;
    let rows: Vec<_> = store.all(COUNTS, &[&wanted], read).await?;
    let mut found = BTreeMap::<_, Counted>::new();
    for (edition, counted, count, is_held) in rows {
        let Counted { counts, in_doubt } = found.entry(edition).or_default();
        if counted == ENROLLED {
            counts.queued += count;
            continue;
        }
        let state = counted.parse().map_err(|_| StoreError::Unreadable {
            what: "the delivery's state",
            found: counted,
        })?;
        *counts.slot(state) += count;
        counts.queued -= count;
        if is_held == 1 && state == State::Unknown {
            *in_doubt = count;
        }
    }
    Ok(found)
}
