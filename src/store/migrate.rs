//! Bringing the tables up to date, from those of any release on.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::dialect::{Dialect, Pair, by_the_stores_clock};
use super::row::Columns as _;
use super::{Store, StoreError, archive};

/// A step from one version of the tables to the next.
struct Step {
    version: i64,
    name: &'static str,
    sql: &'static str,
    /// True if it moves or renames what a process of an earlier release works with: it is not taken while
    /// one is running.
    moves: bool,
}

impl Step {
    const fn adding(version: i64, name: &'static str, sql: &'static str) -> Self {
        Self {
            version,
            name,
            sql,
            moves: false,
        }
    }

    const fn moving(version: i64, name: &'static str, sql: &'static str) -> Self {
        Self {
            moves: true,
            ..Self::adding(version, name, sql)
        }
    }
}

/// The steps, in order, for both engines.
const STEPS: &[Step] = &[
    Step::adding(
        1,
        "foundation",
        include_str!("migrations/0001_foundation.sql"),
    ),
    Step::adding(2, "halting", include_str!("migrations/0002_halting.sql")),
    Step::adding(3, "readers", include_str!("migrations/0003_readers.sql")),
    Step::adding(4, "reading", include_str!("migrations/0004_reading.sql")),
    Step::adding(
        5,
        "local time",
        include_str!("migrations/0005_local_time.sql"),
    ),
    Step::moving(6, "outbox", include_str!("migrations/0006_outbox.sql")),
    Step::adding(
        7,
        "departures",
        include_str!("migrations/0007_departures.sql"),
    ),
    Step::adding(8, "slots", include_str!("migrations/0008_slots.sql")),
    Step::adding(9, "imports", include_str!("migrations/0009_imports.sql")),
    Step::adding(10, "repeats", include_str!("migrations/0010_repeats.sql")),
    Step::adding(
        11,
        "domain throttles",
        include_str!("migrations/0011_domain_throttles.sql"),
    ),
    Step::moving(12, "names", include_str!("migrations/0012_names.sql")),
];

/// The version before which editions may stand outside the archive's index. SQL alone cannot fill it: the words are
/// in JSON, and the engines' own folding ends with ASCII.
const INDEXED: i64 = 12;

/// The version of the tables before nodes registered themselves.
const BEFORE_NODES: i64 = 5;

/// How long another process's statement may take to end before the file counts as in use.
const PATIENCE: Duration = Duration::from_secs(1);

const IS_NEW: Pair = Pair {
    sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
    postgres: "SELECT COUNT(to_regclass('_sqlx_migrations'))",
};
const SENDERS: Pair = by_the_stores_clock!("SELECT id FROM senders WHERE lease_until >=", "");
const NODES: Pair = by_the_stores_clock!("SELECT what FROM nodes WHERE lease_until >=", "");

/// Takes every step that is left.
///
/// # Errors
/// [`StoreError::Newer`] if a newer release has been here, [`StoreError::InUse`] if a step moves something
/// and another process is running, [`StoreError::Migration`] if a step fails. Nothing is changed then.
pub(super) async fn run(store: &Store) -> Result<(), StoreError> {
    if let Some(file) = &store.file
        && is_shared(file)?
    {
        return Err(in_use(&["another process has its file open".to_owned()]));
    }
    let version = version(store).await?;
    let newest = newest();
    if version > newest {
        return Err(StoreError::Newer { version, newest });
    }
    if is_moved_by_the_rest(version) {
        let others = others(store, version).await?;
        if !others.is_empty() {
            return Err(in_use(&others));
        }
    }
    if (1..INDEXED).contains(&version) {
        // A process that dies in between leaves the tables at a version at which the next one indexes again.
        apply(store, INDEXED - 1).await?;
        archive::index_all(store).await?;
    }
    apply(store, newest).await
}

/// The version of the tables that this release works with.
pub(super) fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.version)
}

/// The version of the tables; 0 if there are none.
pub(super) async fn version(store: &Store) -> Result<i64, StoreError> {
    let number = async |statement| {
        sqlx::query(statement)
            .fetch_one(&store.pool)
            .await?
            .number(0)
    };
    if number(store.dialect.of(IS_NEW)).await? == 0 {
        return Ok(0);
    }
    number("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").await
}

fn is_moved_by_the_rest(version: i64) -> bool {
    let mut rest = STEPS.iter().filter(|step| step.version > version);
    version > 0 && rest.any(|step| step.moves)
}

/// The processes that are running, as far as they have registered.
async fn others(store: &Store, version: i64) -> Result<Vec<String>, StoreError> {
    let rows = async |statement| {
        sqlx::query(store.dialect.of(statement))
            .fetch_all(&store.pool)
            .await
    };
    let mut others = Vec::new();
    for row in rows(SENDERS).await? {
        others.push(format!("sender {} is sending", row.number(0)?));
    }
    if version > BEFORE_NODES {
        for row in rows(NODES).await? {
            others.push(row.text(0)?);
        }
    }
    Ok(others)
}

fn in_use(others: &[String]) -> StoreError {
    StoreError::InUse {
        others: others.join(", "),
    }
}

/// True if something is to be moved in a SQLite file that another process has open. Only a connection that
/// has the file for itself can take it out of WAL mode (<https://www.sqlite.org/wal.html>); the store's own
/// connections put it back.
fn is_shared(file: &Path) -> Result<bool, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let number = |statement| connection.query_row(statement, [], |row| row.get::<_, i64>(0));
    if number(IS_NEW.sqlite)? == 0
        || !is_moved_by_the_rest(number(
            "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations",
        )?)
    {
        return Ok(false);
    }
    let left = connection
        .query_row("PRAGMA journal_mode = DELETE", [], |row| {
            row.get::<_, String>(0)
        })
        .optional();
    Ok(!matches!(left, Ok(Some(mode)) if mode == "delete"))
}

/// Takes the steps up to a version that are left; another process may have taken more.
async fn apply(store: &Store, to: i64) -> Result<(), StoreError> {
    let migrations = STEPS.iter().filter(|step| step.version <= to).map(|step| {
        Migration::new(
            step.version,
            step.name.into(),
            MigrationType::Simple,
            AssertSqlSafe(store.dialect.migration(step.sql)).into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.set_ignore_missing(true);
    match store.dialect {
        // sqlx takes no lock here, so of two processes that come to a new file at once one would fail. The
        // write lock makes it wait, and it finds the tables made.
        Dialect::Sqlite => {
            let mut tx = store.begin().await?;
            let applied = migrator.run_direct(None, &mut *tx.inner, false).await;
            applied?;
            tx.commit().await
        }
        Dialect::Postgres => migrator.run(&store.pool).await.map_err(Into::into),
    }
}
