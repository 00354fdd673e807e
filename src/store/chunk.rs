//! Changes a few rows to a transaction, so that nothing else that writes waits for long (docs/decisions/0020).

use tokio::time::Instant;

use super::dialect::Pair;
use super::statement::Value;
use super::{Store, StoreError, Tx};

/// How many rows one transaction changes at most, in about 1 ms on SQLite and 3 ms on PostgreSQL.
pub const ROWS: usize = 250;

/// What one transaction may still change. Each row is right by itself, so a process that dies
/// between two transactions leaves work for the next one, and no harm.
#[derive(Debug)]
pub struct Chunk {
    room: usize,
    begun: Instant,
}

impl Chunk {
    /// Call this when the transaction has begun.
    pub fn begin() -> Self {
        Self {
            room: ROWS,
            begun: Instant::now(),
        }
    }

    /// False if the transaction may have left work to the next one.
    pub fn has_room(&self) -> bool {
        self.room > 0
    }

    /// Takes as many items off a list as there is room for.
    pub fn part_of<T>(&mut self, list: &mut Vec<T>) -> Vec<T> {
        let part = list.split_off(list.len().saturating_sub(self.room));
        self.room -= part.len();
        part
    }

    /// Commits, and returns true if there was room left, so that nothing remains to do. Otherwise it [gives
    /// way](Self::give_way) to others first.
    ///
    /// # Errors
    /// If the store refuses; nothing is done then.
    pub async fn commit(self, tx: Tx) -> Result<bool, StoreError> {
        tx.commit().await?;
        let is_last = self.has_room();
        if !is_last {
            self.give_way().await;
        }
        Ok(is_last)
    }

    /// Waits as long as the transaction took. Another process that waits for SQLite's lock only
    /// looks now and then; without a pause it would find the lock taken every time.
    pub async fn give_way(self) {
        tokio::time::sleep(self.begun.elapsed()).await;
    }

    /// Runs a statement that changes at most `$1` rows; `values` are its parameters from `$2` on. Returns how many rows
    /// it changed.
    pub(super) async fn run(
        &mut self,
        tx: &mut Tx,
        statement: Pair,
        values: &[&dyn Value],
    ) -> Result<u64, StoreError> {
        if !self.has_room() {
            return Ok(0);
        }
        let room = i64::try_from(self.room).unwrap_or(i64::MAX);
        let values: Vec<&dyn Value> = std::iter::once(&room as &dyn Value)
            .chain(values.iter().copied())
            .collect();
        let changed = tx.run(statement, &values).await?;
        self.room -= usize::try_from(changed).unwrap_or(self.room).min(self.room);
        Ok(changed)
    }
}

impl Store {
    /// Runs a statement that changes at most `$1` rows until it finds no more, each time in a transaction of its own;
    /// `values` are its parameters from `$2` on. Returns how many rows it changed.
    pub(super) async fn run_in_chunks(
        &self,
        statement: Pair,
        values: &[&dyn Value],
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        loop {
            let mut tx = self.begin().await?;
            let mut chunk = Chunk::begin();
            changed += chunk.run(&mut tx, statement, values).await?;
            if chunk.commit(tx).await? {
                return Ok(changed);
            }
        }
    }
}
