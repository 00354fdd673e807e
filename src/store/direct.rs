//! SQLite without a thread in between, for transactions that run often.
//!
//! sqlx gives each connection a thread, and every statement and every row goes there and back: for a mail or a vote,
//! that is most of the processor time (docs/decisions/0005). Here a transaction runs on the caller's thread, with the
//! same SQL.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{CachedStatement, Connection, OpenFlags, params_from_iter};

use super::StoreError;
use super::dialect::{Dialect, Pair};
use super::row::Row;
use super::statement::Value;

/// How many statements stay prepared: more than all that run here.
const PREPARED: usize = 64;

/// A connection that opens on first use, for one transaction at a time: the one that has the turn to write.
#[derive(Clone)]
pub(super) struct Direct {
    file: Arc<Path>,
    connection: Arc<Mutex<Option<Connection>>>,
}

impl Direct {
    pub(super) fn new(file: &Path) -> Self {
        Self {
            file: file.into(),
            connection: Arc::default(),
        }
    }

    /// Closes the connection; the next use opens it again.
    pub(super) fn close(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a transaction. Blocks for at most `patience` if another process holds the lock.
    pub(super) fn begin(&self, patience: Duration) -> Result<DirectTx, StoreError> {
        let kept = self.lock().take();
        let connection = match kept {
            Some(connection) => connection,
            None => open(&self.file)?,
        };
        connection.busy_timeout(patience)?;
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(DirectTx {
            connection,
            of: self.clone(),
        })
    }
}

/// A transaction on the [direct](Direct) connection, on the caller's thread: handing it to another thread and back
/// takes as long as the commit. Unless it is committed, it closes the connection, which rolls it back, so that the next
/// use finds a file that was replaced meanwhile.
pub(super) struct DirectTx {
    connection: Connection,
    of: Direct,
}

impl DirectTx {
    pub(super) fn commit(self) -> Result<(), StoreError> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        *self.of.lock() = Some(self.connection);
        Ok(())
    }

    /// Prepares a statement, or takes it from the cache, with `?1` for `$1`: to SQLite, `$1` is a name,
    /// and it numbers names in the order in which they occur.
    fn prepare(&self, sql: Pair) -> Result<CachedStatement<'_>, StoreError> {
        let sql = sql.sqlite.replace('$', "?");
        #[cfg(test)]
        super::explain::explain_directly(&self.connection, &sql)?;
        Ok(self.connection.prepare_cached(&sql)?)
    }

    /// As [`Tx::run`](super::Tx), and so are the others.
    pub(super) fn run(&self, sql: Pair, values: &[&dyn Value]) -> Result<u64, StoreError> {
        let changed = self.prepare(sql)?.execute(bound(values))?;
        Ok(changed as u64)
    }

    pub(super) fn all<T, C: FromIterator<T>>(
        &self,
        sql: Pair,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<C, StoreError> {
        let mut statement = self.prepare(sql)?;
        let rows = statement.query_and_then(bound(values), |row| read(&Row::Direct(row)))?;
        rows.collect()
    }

    pub(super) fn first<T>(
        &self,
        sql: Pair,
        values: &[&dyn Value],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query_and_then(bound(values), |row| read(&Row::Direct(row)))?;
        rows.next().transpose()
    }
}

fn bound<'v>(values: &'v [&dyn Value]) -> impl rusqlite::Params + 'v {
    params_from_iter(values.iter().map(|value| value.to_sql()))
}

/// The store has created the file, with its tables.
fn open(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    for pragma in Dialect::Sqlite.on_connect() {
        connection.execute_batch(pragma)?;
    }
    Ok(connection)
}
