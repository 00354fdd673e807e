//! Copies SQLite's log into the file beside the writers, on a thread of its own.
//!
//! On its own, SQLite does this inside the commit that fills the log, so every writer waits for it
//! (docs/decisions/0026). It still does if this thread falls behind.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// How many pages the log has when it is copied: 16 MiB.
const LOG: i64 = 4096;
/// So few pages are copied while writers wait, because the log can only begin anew when it is copied to its end.
const LEFT: i64 = 256;
/// How often to copy what was written meanwhile before writers have to wait.
const PASSES: usize = 4;
/// The least time between two looks at the log.
const BETWEEN: Duration = Duration::from_millis(20);

/// A handle to the thread. It ends when every handle is gone, or one is [closed](Self::close).
#[derive(Clone)]
pub(super) struct Checkpoints(Arc<Ends>);

struct Ends {
    commits: Mutex<Option<SyncSender<()>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Checkpoints {
    /// `turn` is the right to write to `file`.
    pub(super) fn start(file: &Path, turn: Arc<tokio::sync::Mutex<()>>) -> Self {
        let (commits, committed) = sync_channel(1);
        let file = file.to_owned();
        let thread = thread::Builder::new().name("checkpoints".to_owned());
        let thread = thread.spawn(move || run(&file, &turn, &committed));
        // Without a thread, SQLite copies the log by itself.
        Self(Arc::new(Ends {
            commits: Mutex::new(Some(commits)),
            thread: Mutex::new(thread.ok()),
        }))
    }

    /// Call it after each commit. Does not wait.
    pub(super) fn committed(&self) {
        if let Some(commits) = &*lock(&self.0.commits) {
            // If the channel is full, the thread is about to look; if it is closed, there is none.
            let _ = commits.try_send(());
        }
    }

    /// Closes the thread's connection. Blocks for as long as it takes to copy the log.
    pub(super) fn close(&self) {
        lock(&self.0.commits).take();
        if let Some(thread) = lock(&self.0.thread).take() {
            let _ = thread.join();
        }
    }
}

fn lock<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(file: &Path, turn: &tokio::sync::Mutex<()>, committed: &Receiver<()>) {
    let mut connection = None;
    while committed.recv().is_ok() {
        if let Err(error) = look(file, turn, &mut connection) {
            tracing::debug!(%error, "cannot copy the log");
            connection = None;
        }
        thread::sleep(BETWEEN);
    }
}

fn look(
    file: &Path,
    turn: &tokio::sync::Mutex<()>,
    connection: &mut Option<Connection>,
) -> Result<(), rusqlite::Error> {
    let connection = match connection {
        Some(connection) => connection,
        None => {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            connection.insert(Connection::open_with_flags(file, flags)?)
        }
    };
    if left(connection, "NOOP")? < LOG {
        return Ok(());
    }
    for _ in 0..PASSES {
        if left(connection, "PASSIVE")? <= LEFT {
            break;
        }
    }
    let _turn = turn.blocking_lock();
    left(connection, "PASSIVE")?;
    Ok(())
}

/// Checkpoints in one of SQLite's modes (<https://www.sqlite.org/c3ref/wal_checkpoint_v2.html>), and returns how many
/// pages of the log are not copied yet.
fn left(connection: &Connection, mode: &str) -> Result<i64, rusqlite::Error> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    connection.query_row(&sql, [], |row| {
        let [log, copied]: [i64; 2] = [row.get(1)?, row.get(2)?];
        Ok(log - copied)
    })
}
