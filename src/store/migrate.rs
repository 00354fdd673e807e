//! Upgrades the tables from those of any release.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::dialect::{Dialect, Pair, by_the_stores_clock};
use super::row::Row;
use super::{Store, StoreError, archive, corrections};

struct Step {
    version: i64,
    name: &'static str,
    sql: &'static str,
    /// True if it moves or renames what a process of an earlier release uses, or needs what such a
    /// process does not do: the step is not taken while one is running.
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
    Step::moving(
        13,
        "tool pages",
        include_str!("migrations/0013_tool_pages.sql"),
    ),
    Step::adding(
        14,
        "former addresses",
        include_str!("migrations/0014_former_addresses.sql"),
    ),
    // An earlier release records votes and changes deliveries without counting them.
    Step::moving(
        15,
        "vote counts",
        include_str!("migrations/0015_vote_counts.sql"),
    ),
    Step::moving(
        16,
        "delivery counts",
        include_str!("migrations/0016_delivery_counts.sql"),
    ),
    // An earlier release finds no delivery in a block, and could send such an edition again.
    Step::moving(
        17,
        "compaction",
        include_str!("migrations/0017_compaction.sql"),
    ),
    // An earlier release claims without saying how far in the queue.
    Step::moving(
        18,
        "open deliveries",
        include_str!("migrations/0018_open_deliveries.sql"),
    ),
    Step::adding(
        19,
        "approvals",
        include_str!("migrations/0019_approvals.sql"),
    ),
    Step::adding(20, "reports", include_str!("migrations/0020_reports.sql")),
    // An earlier release would go on sending the first text.
    Step::moving(
        21,
        "revisions",
        include_str!("migrations/0021_revisions.sql"),
    ),
    Step::adding(
        22,
        "pending since",
        include_str!("migrations/0022_pending_since.sql"),
    ),
];

/// Before this version, editions may be missing from the archive's index, tools may share a page, and corrections may
/// be in English words. SQL alone cannot fix that: the words are in JSON, and the engines fold only ASCII.
const INDEXED: i64 = 14;

/// The last version in which nodes do not register.
const BEFORE_NODES: i64 = 5;

/// How long another process's statement may take before the file counts as in use.
const PATIENCE: Duration = Duration::from_secs(1);

const IS_NEW: Pair = Pair {
    sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
    postgres: "SELECT COUNT(to_regclass('_sqlx_migrations'))",
};
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
const SENDERS: Pair = by_the_stores_clock!("SELECT id FROM senders WHERE lease_until >=", "");
const NODES: Pair = by_the_stores_clock!("SELECT what FROM nodes WHERE lease_until >=", "");

/// Takes every step that remains.
///
/// # Errors
/// [`StoreError::Newer`] if a newer release has upgraded the tables, [`StoreError::InUse`] if a
/// step moves something while another process is running, [`StoreError::Migration`] if a step
/// fails. In each case nothing is changed.
pub(super) async fn run(store: &Store) -> Result<(), StoreError> {
    if let Some(file) = &store.file
        && is_shared(file)?
    {
        return Err(in_use(&["another process has its file open".to_owned()]));
    }
    let version = known_version(store).await?;
    if needs_move(version) {
        let others = others(store, version).await?;
        if !others.is_empty() {
            return Err(in_use(&others));
        }
    }
    if (1..INDEXED).contains(&version) {
        // A process that dies in between leaves the tables at a version at which the next one
        // indexes again.
        apply(store, INDEXED - 1).await?;
        archive::index_all(store).await?;
        archive::name_pages(store).await?;
        corrections::store_data(store).await?;
    }
    apply(store, newest()).await
}

/// The version of the tables that this release uses.
fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.version)
}

/// The version of the tables; 0 if there are none.
///
/// # Errors
/// [`StoreError::Newer`] if a newer release has upgraded the tables.
pub(super) async fn known_version(store: &Store) -> Result<i64, StoreError> {
    if store.one(IS_NEW, &[], |row| row.number(0)).await? == 0 {
        return Ok(0);
    }
    let version = store.one(VERSION, &[], |row| row.number(0)).await?;
    let newest = newest();
    if version > newest {
        return Err(StoreError::Newer { version, newest });
    }
    Ok(version)
}

/// False if there are no tables.
///
/// # Errors
/// If they are those of another release.
pub(super) async fn is_up_to_date(store: &Store) -> Result<bool, StoreError> {
    match known_version(store).await? {
        0 => Ok(false),
        version if version == newest() => Ok(true),
        _ => Err(StoreError::Older),
    }
}

/// True if a step that remains moves something.
fn needs_move(version: i64) -> bool {
    let mut steps = STEPS.iter().filter(|step| step.version > version);
    version > 0 && steps.any(|step| step.moves)
}

/// The running processes, as far as they have registered.
async fn others(store: &Store, version: i64) -> Result<Vec<String>, StoreError> {
    let sender = |row: &Row<'_>| Ok(format!("sender {} is sending", row.number(0)?));
    let mut others: Vec<String> = store.all(SENDERS, &[], sender).await?;
    if version > BEFORE_NODES {
        let nodes: Vec<_> = store.all(NODES, &[], |row| row.text(0)).await?;
        others.extend(nodes);
    }
    Ok(others)
}

fn in_use(others: &[String]) -> StoreError {
    StoreError::InUse {
        others: others.join(", "),
    }
}

/// True if a step must move something in a SQLite file that another process has open. Only a
/// connection that has the file to itself can leave WAL mode (<https://www.sqlite.org/wal.html>);
/// the store's own connections enter it again.
fn is_shared(file: &Path) -> Result<bool, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let number = |statement| connection.query_row(statement, [], |row| row.get::<_, i64>(0));
    if number(IS_NEW.sqlite)? == 0 || !needs_move(number(VERSION)?) {
        return Ok(false);
    }
    let mode: Result<String, _> =
        connection.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0));
    Ok(!mode.is_ok_and(|mode| mode == "delete"))
}

/// Takes the steps that remain up to a version; another process may have taken more.
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
        // sqlx takes no lock here, so one of two processes that open a new file at once would fail.
        // The write lock makes it wait, and it then finds the tables complete.
        Dialect::Sqlite => {
            let mut tx = store.pool.begin_with(store.dialect.begin()).await?;
            migrator.run_direct(None, &mut *tx, false).await?;
            Ok(tx.commit().await?)
        }
        Dialect::Postgres => migrator.run(&store.pool).await.map_err(Into::into),
    }
}
