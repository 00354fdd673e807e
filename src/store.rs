//! Every SQL statement in the project, one file per table. Nothing outside this module sees sqlx.
//!
//! SQLite is the embedded default; PostgreSQL is for several sender machines on one list. One SQL
//! text serves both, in the portable subset: `BIGINT` (Unix milliseconds UTC, 0/1 for booleans)
//! and `TEXT`. The few real differences are in `store/dialect.rs`.
//!
//! Reads take a [`Store`]; writes take a [`Tx`], so that a caller decides what commits together.
//!
//! # The order in which rows are taken
//!
//! On PostgreSQL two transactions that take the same rows in opposite order wait for each other, and one
//! of them is aborted. So every transaction takes them in this order:
//!
//! 1. `subscribers`, several of them by number. What is read to be changed is held first:
//!    [`subscribers::hold`], `consent`, `known` and `standings` do that.
//! 2. `editions`: [`editions::hold`], `pause`, `resume`, `cancel`.
//! 3. `deliveries`.
//! 4. What belongs to one reader: `consent_changes`, `outbox`, `undos`, `requests`, `moves`, `votes`.
//! 5. `counters`: a number that is handed out locks its row until the transaction ends. Rows that are
//!    new may be added at any time: nobody else waits for them.
//!
//! Marks and outcomes ([`deliveries::commit`]) take rows of `deliveries` alone and commit by themselves, and
//! so do the rows of `domain_throttles` that go with them.
//! On SQLite a transaction has the write lock from its beginning.

pub mod archive;
pub mod consent_changes;
pub mod corrections;
pub mod counters;
pub mod deliveries;
mod dialect;
pub mod digests;
mod direct;
pub mod domain_throttles;
pub mod editions;
mod encryption;
mod error;
pub mod imports;
pub mod journal;
pub mod limits;
pub mod listmonk;
pub mod meta;
mod migrate;
pub mod nodes;
pub mod outbox;
mod random;
pub mod requests;
mod row;
pub mod senders;
pub mod slots;
mod statement;
pub mod subscribers;
pub mod suppressions;
pub mod undos;
pub mod votes;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Executor as _, Transaction};
use tokio::sync::{Mutex, OwnedMutexGuard};

use dialect::Dialect;
use direct::Direct;
pub use error::StoreError;

use crate::private_file;

/// How long a connection may take, and how long SQLite waits for another process's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many connections a process opens at most.
const CONNECTIONS: u32 = 8;

/// The store: a pool of connections to one of the two engines. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    dialect: Dialect,
    writer: Option<Writer>,
    file: Option<PathBuf>,
}

/// SQLite has one writer at a time. Queueing for it here is fair and wakes at once; SQLite's own busy
/// handler sleeps and retries. All writes go through one connection, and those of the sender through
/// another one: what one of them commits makes the other forget every page it has read.
#[derive(Clone)]
struct Writer {
    turn: Arc<Mutex<()>>,
    pool: AnyPool,
    direct: Direct,
}

/// A write transaction; rolled back unless [`Tx::commit`] is called.
pub struct Tx {
    inner: Transaction<'static, Any>,
    dialect: Dialect,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Tx {
    /// Makes everything durable.
    ///
    /// # Errors
    /// If the database does not confirm the commit. The caller must treat the work as not done.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }
}

impl Store {
    /// Opens the store at `url`, making a SQLite file if there is none, and applies migrations.
    /// A relative SQLite path is taken from `dir`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] with the address (without its password) if it cannot be opened.
    pub async fn open(url: &str, dir: &Path) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let place = Place::parse(url, dir)?;
        let store = place.connect().await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// True if a statement can be answered now.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// Makes sure that no newer release has changed the tables since the store was opened.
    ///
    /// # Errors
    /// [`StoreError::Newer`] if one has; or if the store refuses.
    pub async fn check_version(&self) -> Result<(), StoreError> {
        let (version, newest) = (migrate::version(self).await?, migrate::newest());
        if version > newest {
            return Err(StoreError::Newer { version, newest });
        }
        Ok(())
    }

    /// Begins a write transaction. On SQLite it takes the write lock at once: a transaction that
    /// read first and wrote later would fail instead of waiting.
    ///
    /// # Errors
    /// If no connection or lock can be had in time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let (turn, pool) = match &self.writer {
            Some(writer) => (
                Some(Arc::clone(&writer.turn).lock_owned().await),
                &writer.pool,
            ),
            None => (None, &self.pool),
        };
        let inner = pool.begin_with(self.dialect.begin()).await?;
        Ok(Tx {
            inner,
            dialect: self.dialect,
            _turn: turn,
        })
    }

    /// The sender's own connection, and its turn to write; `None` on PostgreSQL.
    async fn direct(&self) -> Option<(&Direct, OwnedMutexGuard<()>)> {
        let writer = self.writer.as_ref()?;
        Some((&writer.direct, Arc::clone(&writer.turn).lock_owned().await))
    }

    /// The SQLite file, for locks and backups beside it; `None` on PostgreSQL.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Closes every connection, after the work in progress. The last one to a SQLite file takes its log
    /// over.
    pub async fn close(&self) {
        self.pool.close().await;
        if let Some(writer) = &self.writer {
            writer.direct.close();
            writer.pool.close().await;
        }
    }
}

/// Where the store is, before it is opened.
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
            // SQLite would make it as the umask says. Its log and its index get the mode of the database.
            private_file::open(file).map_err(|cause| unreachable(cause.into()))?;
        }
        let options = AnyConnectOptions::from_str(&self.url).map_err(unreachable)?;
        let dialect = self.dialect;
        try_once(&options, dialect).await.map_err(unreachable)?;
        let writer = self.file.as_deref().map(|file| Writer {
            turn: Arc::default(),
            pool: pool(1, dialect, options.clone()),
            direct: Direct::new(file),
        });
        Ok(Store {
            pool: pool(CONNECTIONS, dialect, options),
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
        // A file does not hang up.
        .test_before_acquire(dialect == Dialect::Postgres)
        // SQLite ends a transaction by itself whose write fails, as on a full disk. sqlx then fails to
        // roll it back, counts it for ever, and begins no other on that connection.
        .before_acquire(|connection, _| {
            let is_free = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_free) })
        })
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

/// Opens one connection, asks something, and closes it. The pool would take a refusal for a server
/// that is starting, try again until its patience ends, and then only say that it timed out.
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

/// A path as it may stand in a `sqlite:` URL, in which `?`, `#` and `%` have a meaning.
fn escape_path(path: &Path) -> String {
    let mut escaped = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '?' => escaped.push_str("%3F"),
            '#' => escaped.push_str("%23"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The address without its password, for messages.
fn without_password(url: &str) -> String {
    url::Url::parse(url).map_or_else(
        |_| url.split(':').next().unwrap_or_default().to_owned(),
        |mut parsed| {
            if parsed.password().is_some() {
                // A URL that had a password can be given another one.
                let _ = parsed.set_password(Some("***"));
            }
            if parsed.query_pairs().any(|(name, _)| name == "password") {
                parsed.set_query(Some("***"));
            }
            parsed.to_string()
        },
    )
}

/// A lease as the store counts it.
fn millis(lease: Duration) -> i64 {
    i64::try_from(lease.as_millis()).unwrap_or(i64::MAX)
}

/// Rows of one column for a set statement.
fn column<T: serde::Serialize>(values: impl IntoIterator<Item = T>) -> Result<String, StoreError> {
    json(&Vec::from_iter(values.into_iter().map(|value| [value])))
}

/// Rows for a set statement.
fn json<T: serde::Serialize>(rows: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|cause| StoreError::Query(Box::new(cause)))
}
