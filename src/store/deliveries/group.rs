//! The statements that run for every mail, a group of mails at a time: claims; marks and outcomes.

use std::collections::HashSet;

use rusqlite::{Row, Transaction, params};

use super::{CLAIM, Claim, MARK, Marked, Outcome, READERS, RECORD, REQUEUE_DUE, SKIP, State};
use crate::store::direct::prepare;
use crate::store::{self, Store, StoreError};

/// Outcomes and marks that become durable together, in this order.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The sender's number.
    pub owner: i64,
    /// What came of attempts.
    pub outcomes: Vec<Outcome>,
    /// What is to be written next: edition and subscriber.
    pub marks: Vec<(i64, i64)>,
    /// Nobody knows whether the same group was committed before.
    pub again: bool,
}

/// What became of a group.
#[derive(Debug, Default)]
pub struct Committed {
    /// What may be written, and what must not be.
    pub marked: Marked,
    /// How many outcomes belong to deliveries that the sender no longer holds. The others are recorded.
    pub missing: usize,
}

/// Makes a group durable. On SQLite the thread waits for the disk, and up to a second for another
/// process's lock.
///
/// # Errors
/// If the store refuses; then nothing of the group was done, unless the failure
/// [passes](StoreError::is_passing).
pub async fn commit(store: &Store, group: &Group, now: i64) -> Result<Committed, StoreError> {
    if let Some((direct, _turn)) = store.direct().await {
        return direct.write(|tx| commit_directly(tx, group, now));
    }
    let mut tx = store.begin().await?;
    let missing = match super::record(&mut tx, group.owner, &group.outcomes, now).await {
        Err(StoreError::LostLease { missing, .. }) => missing,
        recorded => recorded.map(|()| 0)?,
    };
    let marked = match group.marks.as_slice() {
        [] => Marked::default(),
        marks => super::mark_in_flight(&mut tx, group.owner, marks, group.again, now).await?,
    };
    tx.commit().await?;
    Ok(Committed { marked, missing })
}

/// Puts up to `limit` due deliveries of an edition into the hands of `owner`, deferred ones whose time
/// has come among them.
///
/// # Errors
/// If the store refuses.
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
    super::requeue_due(&mut tx, edition, now).await?;
    let claims = super::claim(&mut tx, owner, edition, now, limit).await?;
    tx.commit().await?;
    Ok(claims)
}

fn commit_directly(tx: &Transaction<'_>, group: &Group, now: i64) -> Result<Committed, StoreError> {
    let mut missing = 0;
    if !group.outcomes.is_empty() {
        let rows = store::json(&group.outcomes)?;
        let recorded = prepare(tx, RECORD.sqlite)?.execute(params![rows, now, group.owner])?;
        missing = group.outcomes.len().saturating_sub(recorded);
    }
    let mut marked = Marked::default();
    if !group.marks.is_empty() {
        let rows = store::json(&group.marks)?;
        let also = State::markable(group.again).key();
        let pairs = |statement: &str| -> Result<HashSet<(i64, i64)>, StoreError> {
            let mut statement = prepare(tx, statement)?;
            let found = statement.query_map(params![rows, now, group.owner, also], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            Ok(found.collect::<Result<_, _>>()?)
        };
        marked.in_flight = pairs(MARK.sqlite)?;
        if marked.in_flight.len() < group.marks.len() {
            marked.skipped = pairs(SKIP.sqlite)?;
        }
    }
    Ok(Committed { marked, missing })
}

fn claim_directly(
    tx: &Transaction<'_>,
    owner: i64,
    edition: i64,
    now: i64,
    limit: i64,
) -> Result<Vec<Claim>, StoreError> {
    prepare(tx, REQUEUE_DUE)?.execute(params![edition, now])?;
    let mut claimed = prepare(tx, CLAIM.sqlite)?;
    let rows = claimed
        .query_map(params![owner, edition, now, limit], |row| {
            Ok([row.get(0)?, row.get(1)?])
        })?
        .collect::<Result<Vec<[i64; 2]>, _>>()?;
    let mut readers = prepare(tx, READERS.sqlite)?;
    let claim = |row: &Row<'_>| {
        Ok(Claim {
            edition,
            subscriber: row.get(0)?,
            attempts: row.get(1)?,
            address: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
            name: row.get(3)?,
        })
    };
    let claims = readers.query_map([store::json(&rows)?], claim)?;
    Ok(claims.collect::<Result<_, _>>()?)
}
