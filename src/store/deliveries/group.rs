//! The statements that run for every mail, a group of mails at a time: claims, marks and outcomes.
//! Changed domain throttles are saved with them.

use std::sync::LazyLock;
use std::time::Duration;

use sqlx::AnyConnection;

use super::{Claim, MARK, Mark, Marked, Outcome, RECORD, RETURN, SKIP, State};
use crate::store::delivery_counts::{self, counting};
use crate::store::dialect::Dialect;
use crate::store::domain_throttles::{self, Throttle};
use crate::store::editions::EditionKind;
use crate::store::row::Row;
use crate::store::statement::Value;
use crate::store::{self, Store, StoreError, Tx};

/// How long a sender waits for another process's lock on SQLite: no longer than an operator waits for a signal to take
/// effect. It retries.
const PATIENCE: Duration = Duration::from_secs(1);

/// Outcomes and marks that become durable together, in this order.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub owner: i64,
    pub outcomes: Vec<Outcome>,
    /// The mails to write next.
    pub marks: Vec<Mark>,
    /// Their edition.
    pub edition: i64,
    /// What it is made of: not every reader wants every kind.
    pub kind: EditionKind,
    /// The newest revision that the sender has of it. If there is a newer one, nothing is marked.
    pub revision: i64,
    /// The domain throttles that have changed, in the order of their groups.
    pub throttles: Vec<Throttle>,
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

/// Makes a group durable. On SQLite the thread waits for the disk, and up to a second for another
/// process's lock.
///
/// # Errors
/// If the store refuses. Nothing of the group was done then, unless the error is
/// [transient](StoreError::is_transient).
pub async fn commit(store: &Store, group: &Group, now: i64) -> Result<Committed, StoreError> {
    if store.dialect == Dialect::Sqlite {
        let mut tx = store.begin_here(PATIENCE).await?;
        let committed = in_turn(&mut tx, group, now).await?;
        tx.commit().await?;
        return Ok(committed);
    }
    let mut lent = store.transactions.get().await?;
    match together(store, &mut lent, group, now).await {
        Ok(committed) => {
            lent.give_back();
            Ok(committed)
        }
        Err(error) => {
            store.transactions.discard();
            Err(error)
        }
    }
}

/// Outcomes and marks in one statement that commits by itself, since each round trip to a server
/// counts. The row without a subscriber has the number of recorded outcomes.
static TOGETHER: LazyLock<String> = LazyLock::new(|| {
    let mark = MARK.postgres.replace("$1", "$8");
    format!(
        "WITH recorded AS ({}), marked AS ({mark}), {} \
         SELECT CAST(NULL AS BIGINT), COUNT(*) FROM recorded \
         UNION ALL SELECT subscriber, NULL FROM marked",
        RECORD.postgres,
        counting("SELECT edition, state, 1 AS change FROM recorded")
    )
});

static SKIP_ALONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "WITH skipped AS ({}, edition, state), {} \
         SELECT subscriber FROM skipped",
        SKIP.postgres,
        counting("SELECT edition, state, 1 AS change FROM skipped")
    )
});

/// A statement after the other, of which SQLite runs some only if they are needed.
async fn in_turn(tx: &mut Tx, group: &Group, now: i64) -> Result<Committed, StoreError> {
    let missing = super::record_held(tx, group.owner, &group.outcomes, now).await?;
    if !group.throttles.is_empty() {
        domain_throttles::save_in(tx, &group.throttles, now).await?;
    }
    let mut marked = Marked::default();
    if !group.marks.is_empty() {
        let rows = group.rows(&group.marks)?;
        let (also, wanted) = group.looks_for();
        let owner = &group.owner;
        let (edition, revision) = (&group.edition, &group.revision);
        let marking: [&dyn Value; 7] = [&rows, &now, owner, &also, &wanted, edition, revision];
        marked.in_flight = tx.all(MARK, &marking, subscriber).await?;
        if marked.in_flight.len() < group.marks.len() {
            marked.skipped = tx.all(SKIP, &marking[..5], subscriber).await?;
            let skipped = marked.skipped.len() as u64;
            delivery_counts::add(tx, group.edition, State::Skipped, skipped).await?;
        }
        if marked.in_flight.len() + marked.skipped.len() < group.marks.len() {
            let rows = group.rows(group.not_in(&marked))?;
            let values: [&dyn Value; 5] = [&rows, &also, owner, edition, revision];
            marked.returned = tx.all(RETURN, &values, subscriber).await?;
        }
    }
    Ok(Committed { marked, missing })
}

async fn together(
    store: &Store,
    connection: &mut AnyConnection,
    group: &Group,
    now: i64,
) -> Result<Committed, StoreError> {
    let (also, wanted) = group.looks_for();
    let outcomes = store::json(group.outcomes.iter().map(Outcome::row))?;
    let marks = group.rows(&group.marks)?;
    let (owner, edition, revision) = (&group.owner, &group.edition, &group.revision);
    let values: [&dyn Value; 8] = [
        &outcomes, &now, owner, &also, &wanted, edition, revision, &marks,
    ];
    let read = |row: &Row<'_>| Ok((row.number_or_null(0)?, row.number_or_null(1)?));
    let rows: Vec<_> = store
        .all_on(connection, TOGETHER.as_str(), &values, read)
        .await?;
    let mut committed = Committed::default();
    for row in rows {
        match row {
            (Some(subscriber), _) => {
                committed.marked.in_flight.insert(subscriber);
            }
            (None, recorded) => {
                let recorded = usize::try_from(recorded.unwrap_or(0)).unwrap_or(usize::MAX);
                committed.missing = group.outcomes.len().saturating_sub(recorded);
            }
        }
    }
    let marked = &mut committed.marked;
    if marked.in_flight.len() < group.marks.len() {
        // What was marked is not checked again: a reader who leaves between the two statements
        // still gets the mail.
        let rows = group.rows(group.not_in(marked))?;
        let values: [&dyn Value; 5] = [&rows, &now, owner, &also, &wanted];
        marked.skipped = store.all(SKIP_ALONE.as_str(), &values, subscriber).await?;
    }
    if marked.in_flight.len() + marked.skipped.len() < group.marks.len() {
        let rows = group.rows(group.not_in(marked))?;
        let values: [&dyn Value; 5] = [&rows, &also, owner, edition, revision];
        marked.returned = store.all(RETURN.postgres, &values, subscriber).await?;
    }
    if !group.throttles.is_empty() {
        domain_throttles::save(store, &group.throttles, now).await?;
    }
    Ok(committed)
}

fn subscriber(row: &Row<'_>) -> Result<i64, StoreError> {
    row.number(0)
}

impl Group {
    /// The state that may be marked beside `claimed`, and the frequency that readers must have
    /// chosen.
    fn looks_for(&self) -> (&'static str, &'static str) {
        let state = State::markable(self.again);
        (state.into_str(), self.kind.frequency().into_str())
    }

    fn rows<'a>(&self, marks: impl IntoIterator<Item = &'a Mark>) -> Result<String, StoreError> {
        store::json(marks.into_iter().map(|mark| mark.row(self.edition)))
    }

    fn not_in<'a>(&'a self, marked: &'a Marked) -> impl Iterator<Item = &'a Mark> {
        self.marks.iter().filter(|mark| {
            let subscriber = &mark.subscriber;
            !marked.in_flight.contains(subscriber) && !marked.skipped.contains(subscriber)
        })
    }
}

/// A statement locks the table before it takes its snapshot. So once this lock is granted, every
/// mark that may have missed that its edition was paused or cancelled has ended.
const AWAIT_MARKS: &str = "LOCK TABLE deliveries IN SHARE ROW EXCLUSIVE MODE";

const LOCK_TIMEOUT: &str = "SELECT set_config('lock_timeout', $1, true)";

/// PostgreSQL's code for `lock_not_available`.
const NOT_GRANTED: &str = "55P03";

/// Waits until every mark that began before is visible. Later marks queue behind this lock, so it
/// gives up after `limit`: false means that another transaction keeps the ledger in use, and a mark
/// may still appear. On SQLite it waits as long as any write does.
pub async fn await_marks(store: &Store, limit: Duration) -> Result<bool, StoreError> {
    if store.dialect == Dialect::Sqlite {
        // The transaction's beginning waits for the writers.
        return store.begin().await?.commit().await.map(|()| true);
    }
    let mut tx = store.pool.begin().await?;
    let limit = limit.as_millis().to_string();
    sqlx::query(LOCK_TIMEOUT)
        .bind(limit)
        .execute(&mut *tx)
        .await?;
    match sqlx::query(AWAIT_MARKS).execute(&mut *tx).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(true)
        }
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
    let mut tx = store.begin_here(PATIENCE).await?;
    super::requeue_due(&mut tx, edition, now, limit).await?;
    let claims = super::claim(&mut tx, owner, edition, now, limit).await?;
    tx.commit().await?;
    Ok(claims)
}
