//! Reports from the ledger: reads only.

use std::collections::BTreeMap;

use super::compact::{InBlock, in_blocks};
use super::{Counts, State};
use crate::store::delivery_counts::{self, Counted};
use crate::store::dialect::{Pair, listed_statement};
use crate::store::editions::{EditionKind, EditionState};
use crate::store::row::Row;
use crate::store::{Store, StoreError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    pub slug: String,
    pub state: State,
    pub attempts: i64,
    /// Unix milliseconds UTC. Once compacted, when it was accepted.
    pub due_at: i64,
    /// When it last changed, Unix milliseconds UTC.
    pub at: Option<i64>,
    /// Once compacted, `None`.
    pub reply: Option<String>,
    /// Which text of the edition it was last tried with: 0 is the first.
    pub revision: i64,
}

impl From<InBlock> for HistoryEntry {
    fn from(InBlock { slug, delivery, .. }: InBlock) -> Self {
        Self {
            slug,
            state: State::Accepted,
            attempts: delivery.attempts,
            due_at: delivery.at,
            at: Some(delivery.at),
            reply: None,
            revision: 0,
        }
    }
}

/// When the next delivery of an edition is due, Unix milliseconds UTC; `None` if none waits.
pub async fn next_due(store: &Store, edition: i64) -> Result<Option<i64>, StoreError> {
    let sql = listed_statement!("SELECT ", first_queued, ", ", first_deferred);
    store
        .one(sql, &[&edition], |row| {
            let due = [row.number_or_null(0)?, row.number_or_null(1)?];
            Ok(due.into_iter().flatten().min())
        })
        .await
}

/// How many deliveries of an edition are in each state. The cost is what senders hold or is in
/// doubt, not the edition's size.
pub async fn counts(store: &Store, edition: i64) -> Result<Counts, StoreError> {
    let mut counts = counts_of(store, &[edition]).await?;
    Ok(counts.remove(&edition).unwrap_or_default())
}

/// As [`counts`], for several editions; one without deliveries is not in the map.
pub async fn counts_of(
    store: &Store,
    editions: &[i64],
) -> Result<BTreeMap<i64, Counts>, StoreError> {
    let found = delivery_counts::of(store, editions).await?;
    let counts = found.into_iter().map(|(id, counted)| (id, counted.counts));
    Ok(counts.collect())
}

const HELD: &str = "SELECT COUNT(*) FROM held_deliveries \
     WHERE state IN ('claimed', 'in_flight') AND COALESCE(edition, 0) = $1";

/// True if a sender, even a dead one, holds a delivery of an edition. The cost is what is held or
/// in doubt in all editions, not the size of this one.
pub async fn is_held(store: &Store, edition: i64) -> Result<bool, StoreError> {
    store
        .one(HELD, &[&edition], |row| Ok(row.number(0)? > 0))
        .await
}

/// When a delivery was first due, Unix milliseconds UTC, if its edition goes out in readers' local
/// time.
pub async fn first_due(
    store: &Store,
    edition: i64,
    subscriber: i64,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT first_due_at FROM deliveries WHERE edition = $1 AND subscriber = $2";
    let as_row = store
        .first(sql, &[&edition, &subscriber], |row| row.number_or_null(0))
        .await?;
    if let Some(first_due) = as_row {
        return Ok(first_due);
    }
    let found = in_blocks(store, subscriber, edition..=edition).await?;
    Ok(found.iter().find_map(|found| found.delivery.first_due_at))
}

/// True if a subscriber gets, or got, this edition of an issue or a newer one. A refused delivery may be resent.
pub async fn gets_since(store: &Store, subscriber: i64, edition: i64) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM deliveries d JOIN editions e ON e.id = d.edition \
        WHERE d.subscriber = $1 AND d.edition >= $2 AND d.state <> 'skipped' AND e.kind = 'issue' LIMIT 1";
    if store.exists(sql, &[&subscriber, &edition]).await? {
        return Ok(true);
    }
    let found = in_blocks(store, subscriber, edition..=i64::MAX).await?;
    Ok(found.iter().any(|found| found.kind == EditionKind::Issue))
}

/// Queued deliveries that are not due yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    pub count: i64,
    /// Unix milliseconds UTC.
    pub first: i64,
    /// Unix milliseconds UTC.
    pub last: i64,
}

const QUEUE_ENDS: Pair = listed_statement!(
    "SELECT ",
    first_queued,
    ", (SELECT due_at FROM deliveries WHERE edition = $1 AND ",
    queued,
    " AND due_at > $2 ORDER BY due_at LIMIT 1), \
     (SELECT due_at FROM deliveries WHERE edition = $1 AND ",
    queued,
    " AND due_at > $2 ORDER BY due_at DESC LIMIT 1)"
);

const DUE: Pair = listed_statement!(
    "SELECT COUNT(*) FROM deliveries \
     WHERE edition = $1 AND ",
    queued,
    " AND due_at <= $2"
);

/// The queued deliveries of an edition that are due after `now`; `None` if there are none. The cost
/// is what is due now: little while a sender keeps up.
pub async fn later(store: &Store, edition: i64, now: i64) -> Result<Option<Later>, StoreError> {
    let read = |row: &Row<'_>| {
        let later = row.number_or_null(1)?.zip(row.number_or_null(2)?);
        Ok(row.number_or_null(0)?.zip(later))
    };
    let ends = store.one(QUEUE_ENDS, &[&edition, &now], read).await?;
    let Some((next, (first, last))) = ends else {
        return Ok(None);
    };
    let due = match next <= now {
        true => {
            store
                .one(DUE, &[&edition, &now], |row| row.number(0))
                .await?
        }
        false => 0,
    };
    // A sender may have claimed some meanwhile.
    let count = (counts(store, edition).await?.queued - due).max(1);
    Ok(Some(Later { count, first, last }))
}

const ON_THE_WIRE: &str = "SELECT COUNT(*) FROM held_deliveries \
     WHERE state = 'in_flight' AND COALESCE(edition, 0) = $1";

pub async fn on_the_wire(store: &Store, edition: i64) -> Result<i64, StoreError> {
    store
        .one(ON_THE_WIRE, &[&edition], |row| row.number(0))
        .await
}

/// What an edition still has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub slug: String,
    pub state: EditionState,
    pub queued: i64,
    /// When the first queued delivery is or was due, Unix milliseconds UTC.
    pub due_at: Option<i64>,
    pub deferred: i64,
    pub in_doubt: i64,
}

/// The editions that are sending, paused or have a delivery in doubt, the oldest first.
pub async fn backlog(store: &Store) -> Result<Vec<Backlog>, StoreError> {
    let sql = listed_statement!(
        "SELECT e.id, e.slug, e.state, \
           (SELECT due_at FROM deliveries WHERE edition = e.id AND ",
        queued,
        " ORDER BY due_at LIMIT 1) \
        FROM (SELECT id, slug, state FROM editions WHERE state IN ('sending', 'paused') \
              UNION SELECT id, slug, state FROM editions WHERE id IN \
                  (SELECT edition FROM held_deliveries WHERE state = 'unknown')) e ORDER BY e.id"
    );
    let read = |row: &Row<'_>| {
        let state = row.word(2, "the edition's state")?;
        Ok((row.number(0)?, row.text(1)?, state, row.number_or_null(3)?))
    };
    let editions: Vec<_> = store.all(sql, &[], read).await?;
    let ids: Vec<i64> = editions.iter().map(|(id, ..)| *id).collect();
    let counted = delivery_counts::of(store, &ids).await?;
    let backlog = editions.into_iter().map(|(id, slug, state, due_at)| {
        let Counted { counts, in_doubt } = counted.get(&id).copied().unwrap_or_default();
        Backlog {
            slug,
            state,
            queued: counts.queued,
            due_at,
            deferred: counts.deferred,
            in_doubt,
        }
    });
    Ok(backlog.collect())
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub subscriber: i64,
    /// The address, or the number of an erased reader.
    pub reader: String,
    /// Since when, Unix milliseconds UTC.
    pub at: Option<i64>,
    /// The reply to the last attempt, or why there is none.
    pub reply: Option<String>,
}

/// The addresses in doubt, in the list's order, or numbers for erased readers.
pub async fn in_doubt(store: &Store, edition: i64) -> Result<Vec<String>, StoreError> {
    let doubts = doubts(store, edition).await?;
    Ok(doubts.into_iter().map(|doubt| doubt.reader).collect())
}

const DOUBTS: &str = "SELECT s.id, s.address, d.at, d.reply FROM held_deliveries d \
     JOIN subscribers s ON s.id = d.subscriber \
     WHERE d.state = 'unknown' AND COALESCE(d.edition, 0) = $1 ORDER BY s.id";

/// The address of a subscriber, or what stands for it once erased.
pub(super) fn name(subscriber: i64, address: Option<String>) -> String {
    address.unwrap_or_else(|| format!("erased reader {subscriber}"))
}

/// The deliveries in doubt, in the list's order.
pub async fn doubts(store: &Store, edition: i64) -> Result<Vec<Doubt>, StoreError> {
    store
        .all(DOUBTS, &[&edition], |row| {
            let subscriber = row.number(0)?;
            Ok(Doubt {
                subscriber,
                reader: name(subscriber, row.text_or_null(1)?),
                at: row.number_or_null(2)?,
                reply: row.text_or_null(3)?,
            })
        })
        .await
}

/// Every delivery to one subscriber, the latest edition first.
pub async fn history(store: &Store, subscriber: i64) -> Result<Vec<HistoryEntry>, StoreError> {
    let sql = "SELECT e.slug, d.state, d.attempts, d.due_at, d.at, d.reply, COALESCE(d.revision, 0), e.id \
        FROM deliveries d JOIN editions e ON e.id = d.edition WHERE d.subscriber = $1";
    let read = |row: &Row<'_>| {
        let entry = HistoryEntry {
            slug: row.text(0)?,
            state: row.word(1, "the delivery's state")?,
            attempts: row.number(2)?,
            due_at: row.number(3)?,
            at: row.number_or_null(4)?,
            reply: row.text_or_null(5)?,
            revision: row.number(6)?,
        };
        Ok((row.number(7)?, entry))
    };
    let mut history: BTreeMap<i64, HistoryEntry> = store.all(sql, &[&subscriber], read).await?;
    for found in in_blocks(store, subscriber, 0..=i64::MAX).await? {
        // It may have been moved meanwhile.
        history.entry(found.edition).or_insert_with(|| found.into());
    }
    Ok(history.into_values().rev().collect())
}
