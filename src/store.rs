//! Every SQL statement, one file per table. Only this module sees sqlx.
//!
//! SQLite is the embedded default; PostgreSQL lets several machines send to one list. Both run the
//! same SQL, in the portable subset: `BIGINT` (Unix milliseconds UTC, 0/1 for booleans) and `TEXT`.
//! `store/dialect.rs` holds the few real differences.
//!
//! Reads take a [`Store`]; writes take a [`Tx`], so the caller decides what commits together.
//!
//! # The order in which rows are locked
//!
//! On PostgreSQL, two transactions that lock the same rows in opposite order deadlock, and the
//! server aborts one of them. So every transaction locks rows in this order:
//!
//! 1. `subscribers`, by number if there are several. Lock what you read before you change it, with
//!    [`subscribers::hold`], `consent`, `known` or `standings`.
//! 2. `editions`: [`editions::hold`], `pause`, `resume`, `cancel`. Then `compactions`.
//! 3. `deliveries`.
//! 4. The rows of one reader: `consent_changes`, `outbox`, `undos`, `requests`, `moves`, `votes`.
//! 5. `vote_counts`, by key.
//! 6. `counters`: handing out a number locks its row until the transaction ends. You can insert new
//!    rows at any time, since nothing else waits for them. Nor does anything wait for the rows of
//!    `delivery_counts`: each connection has its own.
//!
//! Marks and outcomes ([`deliveries::commit`]) lock only rows of `deliveries` and commit by
//! themselves, and so do the rows of `domain_throttles` saved with them. On SQLite, a transaction
//! takes the write lock when it begins.

pub mod approvals;
pub mod archive;
mod checkpoints;
mod chunk;
mod connections;
pub mod consent_changes;
pub mod corrections;
pub mod counters;
pub mod deliveries;
mod delivery_counts;
mod delivery_state;
mod dialect;
pub mod digests;
mod direct;
pub mod domain_throttles;
pub mod editions;
mod encryption;
mod error;
#[cfg(test)]
mod explain;
pub mod imports;
pub mod journal;
pub mod limits;
pub mod listmonk;
pub mod meta;
mod migrate;
pub mod nodes;
pub mod outbox;
#[cfg(test)]
mod plans;
mod random;
pub mod requests;
pub mod revisions;
mod row;
pub mod senders;
pub mod slots;
mod statement;
pub mod subscribers;
pub mod suppressions;
pub mod undos;
pub mod votes;

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::spawn_blocking;

use checkpoints::Checkpoints;
use connections::{Connections, Lent};
use dialect::Dialect;
use direct::{Direct, DirectTx};
pub use error::StoreError;

use crate::own_runtime::OwnRuntime;
use crate::private_file;

/// How long opening a connection may take, and how long SQLite waits for another process's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections for statements that commit by themselves.
const CONNECTIONS: u32 = 6;

/// Connections for transactions on PostgreSQL. SQLite has one writer.
const TRANSACTIONS: u32 = 4;

/// Connections on PostgreSQL for groups of those who leave and of those who vote.
const GROUPS: u32 = 2;

/// The connections to one of the two engines. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    /// For statements that commit by themselves.
    pool: AnyPool,
    transactions: Connections,
    dialect: Dialect,
    writer: Option<Writer>,
    groups: Option<Groups>,
    file: Option<PathBuf>,
}

/// SQLite has one writer at a time. Queueing here is fair and wakes the next writer at once;
/// SQLite's own busy handler sleeps and retries. Sending and [`Store::write`] share a connection of their own, because a
/// commit on one connection makes the other drop its page cache.
#[derive(Clone)]
struct Writer {
    turn: Arc<Mutex<()>>,
    direct: Direct,
    checkpoints: Checkpoints,
}

/// Where [`Store::write`] runs on PostgreSQL. A busy tokio runtime looks for what has arrived only once in 61 tasks: after
/// an edition, a group would wait for its turn after each answer of the server (docs/decisions/0021).
#[derive(Clone)]
struct Groups {
    runtime: OwnRuntime,
    /// Opened there: a connection belongs to the runtime that opened it.
    transactions: Connections,
}

impl Writer {
    async fn turn(&self) -> Turn {
        Turn {
            _guard: Arc::clone(&self.turn).lock_owned().await,
            checkpoints: self.checkpoints.clone(),
        }
    }
}

/// The work of a transaction, for [`Store::write`].
pub type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 't>>;

/// A write transaction; rolled back unless [`Tx::commit`] is called.
pub struct Tx {
    begun: Begun,
    dialect: Dialect,
    turn: Option<Turn>,
}

/// The right to write to the SQLite file.
struct Turn {
    _guard: OwnedMutexGuard<()>,
    checkpoints: Checkpoints,
}

enum Begun {
    Pooled(Lent),
    Direct(DirectTx),
}

impl Tx {
    /// # Errors
    /// If the database does not confirm the commit. Treat the work as not done.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.begun {
            Begun::Pooled(mut lent) => {
                lent.execute("COMMIT").await?;
                lent.give_back();
            }
            Begun::Direct(tx) => tx.commit()?,
        }
        if let Some(turn) = &self.turn {
            turn.checkpoints.committed();
        }
        Ok(())
    }
}

impl Store {
    /// Opens the store at `url`, creating a SQLite file if there is none, and applies migrations. A
    /// relative SQLite path is relative to `dir`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], with the URL (without its password), if it cannot be opened.
    pub async fn open(url: &str, dir: &Path) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let place = Place::parse(url, dir)?;
        let store = place.connect().await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// Opens the store only to read, and changes nothing; `None` if there is none at `url`.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and [`StoreError::Older`] if its tables are to be upgraded first.
    pub async fn open_existing(url: &str, dir: &Path) -> Result<Option<Self>, StoreError> {
        sqlx::any::install_default_drivers();
        let place = Place::parse(url, dir)?;
        if place.file.as_ref().is_some_and(|file| !file.exists()) {
            return Ok(None);
        }
        let store = place.connect().await?;
        let is_there = migrate::is_up_to_date(&store).await?;
        Ok(is_there.then_some(store))
    }

    /// True if the store answers now.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// Checks that no newer release has changed the tables since the store was opened.
    ///
    /// # Errors
    /// [`StoreError::Newer`] if one has, or if the store refuses.
    pub async fn check_version(&self) -> Result<(), StoreError> {
        migrate::known_version(self).await.map(drop)
    }

    /// Reads the whole database and returns what is damaged; empty on PostgreSQL, which checks its pages as it reads
    /// them.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn damage(&self) -> Result<Vec<String>, StoreError> {
        match self.dialect {
            Dialect::Postgres => Ok(Vec::new()),
            Dialect::Sqlite => {
                let sql = "PRAGMA quick_check(5)";
                let mut lines: Vec<String> = self.all(sql, &[], |row| row.text(0)).await?;
                lines.retain(|line| line != "ok");
                Ok(lines)
            }
        }
    }

    /// Begins a write transaction. On SQLite it takes the write lock at once: a transaction that
    /// reads first and writes later would fail instead of waiting.
    ///
    /// # Errors
    /// If no connection or lock is free in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let turn = match &self.writer {
            Some(writer) => Some(writer.turn().await),
            None => None,
        };
        let lent = self.transactions.begin(self.dialect.begin()).await?;
        Ok(Tx {
            begun: Begun::Pooled(lent),
            dialect: self.dialect,
            turn,
        })
    }

    /// As [`begin`](Self::begin), but on SQLite the statements run on the thread that polls them. It waits for the disk
    /// there, and up to `patience` for another process's lock.
    async fn begin_here(&self, patience: Duration) -> Result<Tx, StoreError> {
        let Some(writer) = &self.writer else {
            return self.begin().await;
        };
        let turn = writer.turn().await;
        Ok(Tx {
            begun: Begun::Direct(writer.direct.begin(patience)?),
            dialect: self.dialect,
            turn: Some(turn),
        })
    }

    /// Runs `work` in a write transaction, and commits it. All of it runs on one other thread: on SQLite on one that may
    /// block, which costs much less than to hand over each statement, on PostgreSQL on one that has nothing else to do.
    /// `work` may wait for nothing but its statements.
    ///
    /// # Errors
    /// If `work` fails or the commit is not confirmed. Treat the work as not done.
    pub async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'t> FnOnce(&'t mut Tx) -> Work<'t, T> + Send + 'static,
    {
        let mut store = self.clone();
        if let Some(groups) = &self.groups {
            store.transactions = groups.transactions.clone();
        }
        let whole = async move {
            let mut tx = store.begin_here(PATIENCE).await?;
            let done = work(&mut tx).await?;
            tx.commit().await?;
            Ok(done)
        };
        let done = match &self.groups {
            Some(groups) => groups.runtime.spawn(whole),
            None => {
                let runtime = Handle::current();
                spawn_blocking(move || runtime.block_on(whole))
            }
        };
        done.await.map_err(|_| StoreError::Closed)?
    }

    /// The SQLite file, for locks and backups beside it; `None` on PostgreSQL.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Closes every connection after the work in progress. The last connection to close moves
    /// SQLite's write-ahead log into the file.
    pub async fn close(&self) {
        if let Some(groups) = &self.groups {
            groups.transactions.close().await;
        }
        self.transactions.close().await;
        self.pool.close().await;
        if let Some(writer) = self.writer.clone() {
            let turn = writer.turn().await;
            writer.direct.close();
            drop(turn);
            let closed = spawn_blocking(move || writer.checkpoints.close()).await;
            debug_assert!(closed.is_ok(), "closing does not panic");
        }
    }
}

struct Place {
    url: String,
    shown: String,
    dialect: Dialect,
    file: Option<PathBuf>,
}

impl Place {
    fn parse(url: &str, dir: &Path) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let file = dir.join(path);
            return Ok(Self {
                url: format!("sqlite:{}?mode=rwc", escape_path(&file)),
                shown: file.display().to_string(),
                dialect: Dialect::Sqlite,
                file: Some(file),
            });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self {
                url: encryption::secured(url),
                shown: without_password(url),
                dialect: Dialect::Postgres,
                file: None,
            });
        }
        Err(StoreError::Url(without_password(url)))
    }

    async fn connect(self) -> Result<Store, StoreError> {
        let unreachable = |cause: sqlx::Error| encryption::explained(&self.shown, cause);
        if let Some(folder) = self.file.as_deref().and_then(Path::parent) {
            std::fs::create_dir_all(folder).map_err(|cause| unreachable(cause.into()))?;
        }
        if let Some(file) = &self.file {
            // SQLite would create it with the umask's mode. Its log and index get the mode of the
            // database.
            private_file::open(file).map_err(|cause| unreachable(cause.into()))?;
        }
        let options = AnyConnectOptions::from_str(&self.url).map_err(unreachable)?;
        let dialect = self.dialect;
        try_once(&options, dialect).await.map_err(unreachable)?;
        let writer = self.file.as_deref().map(|file| {
            let turn = Arc::default();
            let checkpoints = Checkpoints::start(file, Arc::clone(&turn));
            Writer {
                direct: Direct::new(file),
                turn,
                checkpoints,
            }
        });
        let groups = match dialect {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(Groups {
                runtime: OwnRuntime::start("groups").map_err(|cause| unreachable(cause.into()))?,
                transactions: Connections::of(pool(GROUPS, dialect, options.clone())),
            }),
        };
        let transactions = match dialect {
            Dialect::Sqlite => 1,
            Dialect::Postgres => TRANSACTIONS,
        };
        Ok(Store {
            pool: pool(CONNECTIONS, dialect, options.clone()),
            groups,
            transactions: Connections::of(pool(transactions, dialect, options)),
            dialect,
            writer,
            file: self.file,
        })
    }
}

fn pool(connections: u32, dialect: Dialect, options: AnyConnectOptions) -> AnyPool {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(dialect == Dialect::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for pragma in dialect.on_connect() {
                    connection.execute(*pragma).await?;
                }
                Ok(())
            })
        })
        .connect_lazy_with(options)
}

/// Opens one connection, runs a query, and closes it. The pool would take a refusal for a server
/// that is still starting, retry until the timeout, and then report only the timeout.
async fn try_once(options: &AnyConnectOptions, dialect: Dialect) -> Result<(), sqlx::Error> {
    let attempt = async {
        let mut connection = AnyConnection::connect_with(options).await?;
        connection.execute(dialect.first_question()).await?;
        connection.close().await
    };
    let late = |_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()));
    tokio::time::timeout(PATIENCE, attempt)
        .await
        .unwrap_or_else(late)
}

/// Escapes the characters that have a meaning in a `sqlite:` URL.
fn escape_path(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25");
    path.replace('?', "%3F").replace('#', "%23")
}

fn without_password(url: &str) -> String {
    url::Url::parse(url).map_or_else(
        |_| url.split(':').next().unwrap_or_default().to_owned(),
        |mut parsed| {
            if parsed.password().is_some() {
                // Cannot fail: a URL that has a password can have another one.
                let _ = parsed.set_password(Some("***"));
            }
            if parsed.query_pairs().any(|(name, _)| name == "password") {
                parsed.set_query(Some("***"));
            }
            parsed.to_string()
        },
    )
}

fn millis(lease: Duration) -> i64 {
    i64::try_from(lease.as_millis()).unwrap_or(i64::MAX)
}

/// Rows of one column, for a set statement.
fn column<T: serde::Serialize>(values: impl IntoIterator<Item = T>) -> Result<String, StoreError> {
    json(values.into_iter().map(|value| [value]))
}

fn json<T: serde::Serialize>(rows: impl IntoIterator<Item = T>) -> Result<String, StoreError> {
    let rows = Vec::from_iter(rows);
    serde_json::to_string(&rows).map_err(|cause| StoreError::Query(Box::new(cause)))
}
