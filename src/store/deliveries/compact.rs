//! Moves the accepted deliveries of old editions into blocks, and finds them there.
//!
//! A part moves some hundred of them in one transaction, so every statement between two parts finds a
//! delivery as a row or in a block: read rows first, because nothing returns from a block. The counts
//! stay as they are. Everything but "accepted" stays a row.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;

use super::block::{self, Accepted, Block};
use crate::store::dialect::{Pair, listed_statement};
use crate::store::editions::{self, EditionKind};
use crate::store::row::Row;
use crate::store::statement::Value;
use crate::store::{Store, StoreError, Tx};

/// The condition of a delivery that a block can keep. One that was resent in doubt, or got a corrected text, has more
/// to tell.
macro_rules! compactable {
    () => {
        "state = 'accepted' AND owner IS NULL AND repeated IS NULL AND revision IS NULL AND at IS NOT NULL"
    };
}

const BEGIN: Pair = listed_statement!(
    "INSERT INTO compactions (edition, at, reached) \
     SELECT id, $2, 0 FROM editions WHERE id = $1 AND state IN ('finished', 'cancelled') \
       AND ",
    none_waits,
    " AND NOT EXISTS (SELECT 1 FROM held_deliveries WHERE COALESCE(edition, 0) = $1) \
     ON CONFLICT (edition) DO NOTHING"
);

/// Begins to compact an edition: from the commit on, nothing of it is sent again. False if it is
/// being sent or paused, or if a delivery of it waits, is held by a sender or is in doubt.
///
/// # Errors
/// If the store refuses or has no such edition.
pub async fn begin_compaction(tx: &mut Tx, edition: i64, now: i64) -> Result<bool, StoreError> {
    editions::lock(tx, edition).await?;
    tx.run(BEGIN, &[&edition, &now]).await?;
    editions::is_compacted(tx, edition).await
}

/// Up to which subscriber an edition is compacted. The lock keeps two processes from doing the same
/// part.
const REACHED: Pair = Pair {
    sqlite: "SELECT reached FROM compactions WHERE edition = $1",
    postgres: "SELECT reached FROM compactions WHERE edition = $1 FOR UPDATE",
};

const NEXT: &str = concat!(
    "SELECT subscriber, attempts, first_due_at, CASE WHEN ",
    compactable!(),
    " THEN at END FROM deliveries WHERE edition = $1 AND subscriber > $2 ORDER BY subscriber LIMIT $3"
);

const REMOVE: &str = concat!(
    "DELETE FROM deliveries WHERE edition = $1 AND subscriber BETWEEN $2 AND $3 AND ",
    compactable!()
);

/// How many rows the next part reads. The fewer the more editions are rows: the index by subscriber
/// then has each row of a part on another page.
#[derive(Clone, Copy, Debug)]
pub struct PartSize(usize);

impl PartSize {
    const LEAST: usize = 50;
    /// The most rows that it can be, and those of the first part.
    pub const MOST: usize = 500;
    /// How long the statements of a part may take.
    const LIMIT: Duration = Duration::from_millis(4);

    fn adapt(&mut self, took: Duration) {
        if took > Self::LIMIT {
            self.0 = (self.0 / 2).max(Self::LEAST);
        } else if took < Self::LIMIT / 2 {
            self.0 = (self.0 * 2).min(Self::MOST);
        }
    }
}

impl Default for PartSize {
    fn default() -> Self {
        Self(Self::MOST)
    }
}

/// What one transaction of a compaction did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many deliveries it moved into a block.
    pub moved: i64,
    /// True if none remains to be moved.
    pub is_last: bool,
}

/// Moves the next accepted deliveries of an edition into a block, after
/// [`begin_compaction`]. Several processes may do so at once, each in its turn.
///
/// # Errors
/// If the store refuses. Nothing is moved then.
pub async fn compact_part(
    tx: &mut Tx,
    edition: i64,
    size: &mut PartSize,
) -> Result<Part, StoreError> {
    let begun = Instant::now();
    let reached = tx
        .first(REACHED, &[&edition], |row| row.number_or_null(0))
        .await?;
    let Some(reached) = reached.flatten() else {
        return Ok(Part {
            moved: 0,
            is_last: true,
        });
    };
    let limit = i64::try_from(size.0).unwrap_or(i64::MAX);
    let read = |row: &Row<'_>| {
        let (subscriber, attempts) = (row.number(0)?, row.number(1)?);
        let (first_due_at, at) = (row.number_or_null(2)?, row.number_or_null(3)?);
        let accepted = at.map(|at| Accepted {
            subscriber,
            at,
            attempts,
            first_due_at,
        });
        Ok((subscriber, accepted))
    };
    let rows: Vec<_> = tx.all(NEXT, &[&edition, &reached, &limit], read).await?;
    let are_all = rows.len() < size.0;
    let mut block = Block::default();
    let mut last = reached;
    let mut rows = rows.into_iter();
    while !block.is_full()
        && let Some((subscriber, accepted)) = rows.next()
    {
        last = subscriber;
        if let Some(accepted) = accepted {
            block.push(accepted);
        }
    }
    let is_last = are_all && rows.len() == 0;
    put(tx, edition, &block, last).await?;
    let sql = "UPDATE compactions SET reached = $2 WHERE edition = $1";
    tx.run(sql, &[&edition, &(!is_last).then_some(last)])
        .await?;
    size.adapt(begun.elapsed());
    Ok(Part {
        moved: block.count,
        is_last,
    })
}

/// Replaces the rows by the block that holds them; `last` is the last subscriber that may be in it.
async fn put(tx: &mut Tx, edition: i64, block: &Block, last: i64) -> Result<(), StoreError> {
    if block.count == 0 {
        return Ok(());
    }
    let sql = "INSERT INTO delivery_blocks (edition, first_subscriber, count, content) \
        VALUES ($1, $2, $3, $4)";
    let first = block.first_subscriber;
    let values: [&dyn Value; 4] = [&edition, &first, &block.count, &block.content];
    tx.run(sql, &values).await?;
    let removed = tx.run(REMOVE, &[&edition, &first, &last]).await?;
    if i64::try_from(removed) == Ok(block.count) {
        return Ok(());
    }
    let count = block.count;
    let changed = format!("{removed} of {count} deliveries were as they had been read");
    Err(StoreError::Query(changed.into()))
}

/// What the blocks of an edition hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compacted {
    pub deliveries: i64,
    pub bytes: i64,
}

/// The cost is the number of the edition's blocks.
pub async fn compacted(store: &Store, edition: i64) -> Result<Compacted, StoreError> {
    let sql = "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT), \
           CAST(COALESCE(SUM(LENGTH(content)), 0) AS BIGINT) \
        FROM delivery_blocks WHERE edition = $1";
    let read = |row: &Row<'_>| {
        Ok(Compacted {
            deliveries: row.number(0)?,
            bytes: row.number(1)?,
        })
    };
    store.one(sql, &[&edition], read).await
}

/// A delivery that is in a block.
pub(super) struct InBlock {
    pub(super) edition: i64,
    pub(super) slug: String,
    pub(super) kind: EditionKind,
    pub(super) delivery: Accepted,
}

/// The deliveries in blocks to one subscriber, of the editions in a range of numbers. The cost is one
/// block for each compacted edition among them.
pub(super) async fn in_blocks(
    store: &Store,
    subscriber: i64,
    editions: std::ops::RangeInclusive<i64>,
) -> Result<Vec<InBlock>, StoreError> {
    let sql = "SELECT e.id, e.slug, e.kind, \
           (SELECT b.content FROM delivery_blocks b \
            WHERE b.edition = c.edition AND b.first_subscriber <= $1 \
            ORDER BY b.first_subscriber DESC LIMIT 1) \
        FROM compactions c JOIN editions e ON e.id = c.edition WHERE c.edition BETWEEN $2 AND $3";
    let values: [&dyn Value; 3] = [&subscriber, editions.start(), editions.end()];
    let read = |row: &Row<'_>| {
        let (edition, slug) = (row.number(0)?, row.text(1)?);
        let kind = row.word(2, "the edition's kind")?;
        let block = block::deliveries(&row.bytes_or_null(3)?.unwrap_or_default())?;
        let is_theirs = |delivery: &Accepted| delivery.subscriber == subscriber;
        let delivery = block.into_iter().find(is_theirs);
        Ok(delivery.map(|delivery| InBlock {
            edition,
            slug,
            kind,
            delivery,
        }))
    };
    let found: Vec<Option<InBlock>> = store.all(sql, &values, read).await?;
    Ok(found.into_iter().flatten().collect())
}

const BLOCKS_AMONG: &str = "SELECT content FROM delivery_blocks \
     WHERE edition = $1 AND first_subscriber <= $3 AND first_subscriber >= COALESCE( \
        (SELECT MAX(first_subscriber) FROM delivery_blocks \
         WHERE edition = $1 AND first_subscriber <= $2), $2)";

/// Those of these subscribers who have a delivery in a block that was accepted after their time (Unix
/// milliseconds UTC). The cost is the blocks from the first subscriber to the last, of the editions
/// that were compacted after the first time.
pub(in crate::store) async fn accepted_since(
    tx: &mut Tx,
    times: &BTreeMap<i64, i64>,
) -> Result<HashSet<i64>, StoreError> {
    let mut found = HashSet::new();
    let (Some((first, _)), Some((last, _))) = (times.first_key_value(), times.last_key_value())
    else {
        return Ok(found);
    };
    let since = times.values().min();
    let sql = "SELECT edition FROM compactions WHERE at > $1 ORDER BY edition";
    let editions: Vec<i64> = tx.all(sql, &[&since], |row| row.number(0)).await?;
    for edition in editions {
        let values: [&dyn Value; 3] = [&edition, first, last];
        let read = |row: &Row<'_>| block::deliveries(&row.bytes_or_null(0)?.unwrap_or_default());
        let blocks: Vec<_> = tx.all(BLOCKS_AMONG, &values, read).await?;
        let accepted = blocks.into_iter().flatten();
        let since =
            accepted.filter(|one| times.get(&one.subscriber).is_some_and(|at| one.at > *at));
        found.extend(since.map(|one| one.subscriber));
    }
    Ok(found)
}
