//! SQLite without a thread in between, for the statements that run for every mail.
//!
//! sqlx gives each connection a thread, and every statement goes there and back: for a mail, that
//! is most of the processor time (docs/decisions/0005). This connection runs a whole transaction in
//! one go, with the same SQL.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{CachedStatement, Connection, OpenFlags, Transaction, TransactionBehavior};

use super::StoreError;
use super::checkpoints::Checkpoints;
use super::dialect::Dialect;

/// How long a transaction waits for another process's lock: no longer than an operator waits for a
/// signal to take effect. The sender retries.
const PATIENCE: Duration = Duration::from_secs(1);

/// A connection that opens on first use.
#[derive(Clone)]
pub(super) struct Direct {
    file: Arc<Path>,
    connection: Arc<Mutex<Option<Connection>>>,
    checkpoints: Checkpoints,
}

impl Direct {
    pub(super) fn new(file: &Path, checkpoints: Checkpoints) -> Self {
        Self {
            file: file.into(),
            connection: Arc::default(),
            checkpoints,
        }
    }

    /// Closes the connection; the next use opens it again.
    pub(super) fn close(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        // A panic leaves nothing half-done here: the transaction was rolled back.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` in a transaction and commits, on the caller's thread: handing it to another
    /// thread and back takes as long as the commit. A failure closes the connection, so that the
    /// next use finds a file that was replaced meanwhile.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.lock();
        let done = run(&self.file, &mut connection, work);
        match done {
            Ok(_) => self.checkpoints.committed(),
            Err(_) => *connection = None,
        }
        done
    }
}

fn run<T>(
    file: &Path,
    connection: &mut Option<Connection>,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let connection = match connection {
        Some(connection) => connection,
        None => connection.insert(open(file)?),
    };
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&tx)?;
    tx.commit()?;
    Ok(done)
}

/// Prepares a statement, or takes it from the cache, with `?1` for `$1`: to SQLite, `$1` is a name,
/// and it numbers names in the order in which they occur.
pub(super) fn prepare<'tx>(
    tx: &'tx Transaction<'_>,
    statement: &str,
) -> Result<CachedStatement<'tx>, StoreError> {
    let statement = statement.replace('$', "?");
    #[cfg(test)]
    super::explain::explain_directly(tx, &statement)?;
    Ok(tx.prepare_cached(&statement)?)
}

/// The store has created the file, with its tables.
fn open(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(PATIENCE)?;
    for pragma in Dialect::Sqlite.on_connect() {
        connection.execute_batch(pragma)?;
    }
    Ok(connection)
}
