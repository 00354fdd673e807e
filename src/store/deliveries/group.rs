//! The statements that run for every mail, a group of mails at a time: claims, marks and outcomes.
//! Changed domain throttles are saved with them.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::{Row, ToSql, Transaction, params};
use sqlx::any::AnyRow;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};
use subscribers::address::Address;

use super::{
    CLAIM, Claim, MARK, Mark, Marked, Outcome, READERS, RECORD, REQUEUE_DUE, RETURN, SKIP, State,
};
use crate::store::delivery_counts::{Changes, counting};
use crate::store::dialect::Pair;
use crate::store::direct::prepare;
use crate::store::domain_throttles::{self, Throttle};
use crate::store::editions::EditionKind;
use crate::store::row::Columns as _;
use crate::store::statement::Value;
use crate::store::{self, Store, StoreError};

/// Outcomes and marks that become durable together, in this order.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub owner: i64,
    pub outcomes: Vec<Outcome>,
    /// The mails to write next, all of editions of one kind.
    pub marks: Vec<Mark>,
    /// The newest revision that the sender has of their edition. If there is a newer one, nothing is marked.
    pub revision: i64,
    /// The domain throttles that have changed, in the order of their groups.
    pub throttles: Vec<Throttle>,
    /// What the editions are made of: not every reader wants every kind.
    pub kind: EditionKind,
    /// True if the same group may have been committed before.
    pub again: bool,
}

#[derive(Debug, Default)]
pub struct Committed {
    pub marked: Marked,
    /// How many outcomes belong to deliveries that the sender no longer holds. The others are
    /// recorded.
    pub missing: usize,
}

/// Makes groups durable. On PostgreSQL it keeps its connection between them: the pool asks the server
/// whether a connection is alive, which would be another round trip for each commit.
pub struct Committer {
    store: Store,
    connection: Option<PoolConnection<Any>>,
}

impl Committer {
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            connection: None,
        }
    }

    /// Makes a group durable. On SQLite the thread waits for the disk, and up to a second for another
    /// process's lock.
    ///
    /// # Errors
    /// If the store refuses. Nothing of the group was done then, unless the error is
    /// [transient](StoreError::is_transient).
    pub async fn commit(&mut self, group: &Group, now: i64) -> Result<Committed, StoreError> {
        if let Some((direct, _turn)) = self.store.direct().await {
            return direct.write(|tx| commit_directly(tx, group, now));
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.store.pool.acquire().await?,
        };
        let committed = together(&self.store, &mut connection, group, now).await?;
        // After an error, the next group gets another one.
        self.connection = Some(connection);
        Ok(committed)
    }
}

/// Makes one group durable, as [`Committer::commit`] does.
pub async fn commit(store: &Store, group: &Group, now: i64) -> Result<Committed, StoreError> {
    Committer::new(store).commit(group, now).await
}

/// Outcomes and marks in one statement that commits by itself, since each round trip to a server
/// counts. `-1`, which is no edition, marks the row with the number of recorded outcomes.
static TOGETHER: LazyLock<String> = LazyLock::new(|| {
    let mark = MARK.postgres.replace("$1", "$7");
    format!(
        "WITH recorded AS ({}), marked AS ({mark}), counted AS ({}) \
         SELECT CAST(-1 AS BIGINT), COUNT(*) FROM recorded \
         UNION ALL SELECT edition, subscriber FROM marked",
        RECORD.postgres,
        counting!("recorded")
    )
});

static SKIP_ALONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "WITH skipped AS ({}, state), counted AS ({}) \
         SELECT edition, subscriber FROM skipped",
        SKIP.postgres,
        counting!("skipped")
    )
});

async fn together(
    store: &Store,
    connection: &mut AnyConnection,
    group: &Group,
    now: i64,
) -> Result<Committed, StoreError> {
    let (also, wanted) = group.looks_for();
    let (outcomes, marks) = (store::json(&group.outcomes)?, rows_of(group.marks.iter())?);
    let values: [&dyn Value; 7] = [
        &outcomes,
        &now,
        &group.owner,
        &also,
        &wanted,
        &group.revision,
        &marks,
    ];
    let rows: Vec<_> = store
        .all_on(connection, TOGETHER.as_str(), &values, delivery)
        .await?;
    let mut committed = Committed::default();
    for row in rows {
        match row {
            (-1, recorded) => {
                let recorded = usize::try_from(recorded).unwrap_or(usize::MAX);
                committed.missing = group.outcomes.len().saturating_sub(recorded);
            }
            delivery => {
                committed.marked.in_flight.insert(delivery);
            }
        }
    }
    let marked = &mut committed.marked;
    if marked.in_flight.len() < group.marks.len() {
        // What was marked is not checked again: a reader who leaves between the two statements
        // still gets the mail.
        let rows = rows_of(group.not_in(marked))?;
        let values: [&dyn Value; 5] = [&rows, &now, &group.owner, &also, &wanted];
        marked.skipped = store.all(SKIP_ALONE.as_str(), &values, delivery).await?;
    }
    if marked.in_flight.len() + marked.skipped.len() < group.marks.len() {
        let rows = rows_of(group.not_in(marked))?;
        let values: [&dyn Value; 4] = [&rows, &also, &group.owner, &group.revision];
        marked.returned = store.all(RETURN.postgres, &values, delivery).await?;
    }
    if !group.throttles.is_empty() {
        domain_throttles::save(store, &group.throttles, now).await?;
    }
    Ok(committed)
}

fn delivery(row: &AnyRow) -> Result<(i64, i64), StoreError> {
    Ok((row.number(0)?, row.number(1)?))
}

impl Group {
    /// The state that may be marked beside `claimed`, and the frequency that readers must have
    /// chosen.
    fn looks_for(&self) -> (&'static str, &'static str) {
        let state = State::markable(self.again);
        (state.into_str(), self.kind.frequency().into_str())
    }

    fn not_in<'a>(&'a self, marked: &'a Marked) -> impl Iterator<Item = &'a Mark> {
        self.marks.iter().filter(|mark| {
            let delivery = mark.delivery();
            !marked.in_flight.contains(&delivery) && !marked.skipped.contains(&delivery)
        })
    }
}

fn rows_of<'a>(marks: impl Iterator<Item = &'a Mark>) -> Result<String, StoreError> {
    let rows: Vec<_> = marks.map(Mark::row).collect();
    store::json(&rows)
}

/// A statement locks the table before it takes its snapshot. So once this lock is granted, every
/// mark that may have missed that its edition was paused or cancelled has ended.
const AWAIT_MARKS: Pair = Pair {
    sqlite: "SELECT 1", // The transaction's beginning waited for the writers.
    postgres: "LOCK TABLE deliveries IN SHARE ROW EXCLUSIVE MODE",
};

const LOCK_TIMEOUT: Pair = Pair {
    sqlite: "SELECT $1",
    postgres: "SELECT set_config('lock_timeout', $1, true)",
};

/// PostgreSQL's code for `lock_not_available`.
const NOT_GRANTED: &str = "55P03";

/// Waits until every mark that began before is visible. Later marks queue behind this lock, so it
/// gives up after `limit`: false means that another transaction keeps the ledger in use, and a mark
/// may still appear. On SQLite it waits as long as any write does.
pub async fn await_marks(store: &Store, limit: Duration) -> Result<bool, StoreError> {
    let mut tx = store.begin().await?;
    tx.run(LOCK_TIMEOUT, &[&limit.as_millis().to_string()])
        .await?;
    let locked = sqlx::query(tx.dialect.of(AWAIT_MARKS)).execute(&mut *tx.inner);
    match locked.await {
        Ok(_) => tx.commit().await.map(|()| true),
        Err(sqlx::Error::Database(refusal)) if refusal.code().as_deref() == Some(NOT_GRANTED) => {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// Claims up to `limit` due deliveries of an edition for `owner`, including deferred ones that are
/// due again.
pub async fn claim_due(
    store: &Store,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    if let Some((direct, _turn)) = store.direct().await {
        return direct.write(|tx| claim_directly(tx, owner, edition, now, limit));
    }
    let mut tx = store.begin().await?;
    super::requeue_due(&mut tx, edition, now, limit).await?;
    let claims = super::claim(&mut tx, owner, edition, now, limit).await?;
    tx.commit().await?;
    Ok(claims)
}

fn commit_directly(tx: &Transaction<'_>, group: &Group, now: i64) -> Result<Committed, StoreError> {
    let mut missing = 0;
    let mut changes = Changes::default();
    if !group.outcomes.is_empty() {
        let rows = store::json(&group.outcomes)?;
        let mut record = prepare(tx, RECORD.sqlite)?;
        let ended = record.query_map(params![rows, now, group.owner], |row| {
            Ok((row.get(0)?, row.get_ref(1)?.as_str()?.parse().ok()))
        })?;
        missing = group.outcomes.len();
        for one in ended {
            let (edition, outcome): (i64, Option<State>) = one?;
            missing = missing.saturating_sub(1);
            if let Some(outcome) = outcome {
                changes.end(edition, outcome);
            }
        }
    }
    if !group.throttles.is_empty() {
        domain_throttles::save_directly(tx, &group.throttles, now)?;
    }
    let mut marked = Marked::default();
    if !group.marks.is_empty() {
        let rows = rows_of(group.marks.iter())?;
        let (also, wanted) = group.looks_for();
        let looking = params![rows, now, group.owner, also, wanted];
        let marking = params![rows, now, group.owner, also, wanted, group.revision];
        marked.in_flight = deliveries(tx, MARK.sqlite, marking)?;
        if marked.in_flight.len() < group.marks.len() {
            marked.skipped = deliveries(tx, SKIP.sqlite, looking)?;
            for (edition, _) in &marked.skipped {
                changes.end(*edition, State::Skipped);
            }
        }
        if marked.in_flight.len() + marked.skipped.len() < group.marks.len() {
            let rows = rows_of(group.not_in(&marked))?;
            marked.returned = deliveries(
                tx,
                RETURN.sqlite,
                params![rows, also, group.owner, group.revision],
            )?;
        }
    }
    changes.keep_directly(tx)?;
    Ok(Committed { marked, missing })
}

/// The edition and subscriber of each row that a statement changed.
fn deliveries(
    tx: &Transaction<'_>,
    statement: &str,
    parameters: &[&dyn ToSql],
) -> Result<HashSet<(i64, i64)>, StoreError> {
    let mut statement = prepare(tx, statement)?;
    let changed = statement.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(changed.collect::<Result<_, _>>()?)
}

/// Subscriber, attempts, first due time, repeated, revision.
type Claimed = (i64, i64, Option<i64>, Option<i64>, Option<i64>);

fn claim_directly(
    tx: &Transaction<'_>,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    let queued = prepare(tx, REQUEUE_DUE.sqlite)?.execute(params![limit, edition, now])?;
    if queued > 0 {
        let mut changes = Changes::default();
        changes.add(
            edition,
            State::Deferred,
            -i64::try_from(queued).unwrap_or(i64::MAX),
        );
        changes.keep_directly(tx)?;
    }
    let mut claimed = prepare(tx, CLAIM.sqlite)?;
    let rows = claimed
        .query_map(params![owner, edition, now, limit], |row| {
            let (first_due, repeated, revision) = (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok((row.get(0)?, row.get(1)?, first_due, repeated, revision))
        })?
        .collect::<Result<Vec<Claimed>, _>>()?;
    let mut readers = prepare(tx, READERS.sqlite)?;
    let claim = |row: &Row<'_>| {
        let address = row.get::<_, Option<String>>(2)?.zip(row.get(3)?);
        let (is_repeated, revision) = Claim::repeats((row.get(7)?, row.get(8)?));
        Ok(Claim {
            edition,
            subscriber: row.get(0)?,
            attempts: row.get(1)?,
            address: address.map(|(as_given, key)| Address::stored(as_given, key)),
            name: row.get(4)?,
            first_due_at: row.get(5)?,
            address_tag: row.get(6)?,
            is_repeated,
            revision,
        })
    };
    let claims = readers.query_map([store::json(&rows)?], claim)?;
    Ok(claims.collect::<Result<_, _>>()?)
}
