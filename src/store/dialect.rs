//! The few differences between SQLite and PostgreSQL, side by side.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement whose SQL differs between the engines.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// A statement that needs the database's own clock, as Unix milliseconds UTC. What several machines
/// compare must not depend on how well their clocks agree.
macro_rules! by_the_stores_clock {
    ($before:literal, $after:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                $before,
                " CAST(unixepoch('subsec') * 1000 AS BIGINT) ",
                $after
            ),
            postgres: concat!(
                $before,
                " CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) ",
                $after
            ),
        }
    };
}
pub(super) use by_the_stores_clock;

/// A set statement. Its first parameter is one JSON array, because sqlx's Any driver binds no
/// arrays; the database unpacks it into rows with one column, `value`. `value ->> 0` reads a field
/// of a row on both engines. In binary (`jsonb`) it is parsed once, and not again for every field.
macro_rules! set_statement {
    ($before:literal, $($after:tt)+) => {
        $crate::store::dialect::Pair {
            sqlite: concat!($before, " jsonb_each($1) ", $($after)+),
            postgres: concat!($before, " jsonb_array_elements(CAST($1 AS jsonb)) ", $($after)+),
        }
    };
}
pub(super) use set_statement;

/// A set statement on deliveries of the owner `$3`. The `+` and the `COALESCE` keep both engines
/// off the index of owners: with it they would read every row of the owner for each commit, SQLite
/// even for each row.
macro_rules! owned_set_statement {
    ($before:literal, $after:literal, $end:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                $before,
                " jsonb_each($1) ",
                $after,
                " AND +deliveries.owner = $3 ",
                $end
            ),
            postgres: concat!(
                $before,
                " jsonb_array_elements(CAST($1 AS jsonb)) ",
                $after,
                " AND COALESCE(deliveries.owner, -1) = $3 ",
                $end
            ),
        }
    };
}
pub(super) use owned_set_statement;

/// The condition of the deliveries that a sender holds or that are in doubt: few, with an index of
/// their own. It is a range because PostgreSQL, without statistics, takes nearly every row for one
/// whose owner `IS NOT NULL`, and walks the table. To ask about one edition, add
/// `COALESCE(edition, 0) = $1`: a plain comparison leads both engines to the primary key, by which
/// they walk the edition.
macro_rules! held {
    () => {
        "owner BETWEEN 1 AND 9223372036854775807"
    };
}
pub(super) use held;

/// Changes the first `$1` of the deliveries that a condition finds. On PostgreSQL it passes over
/// rows that another transaction is changing right now, so that neither waits for the other; their
/// own transaction, or the next look, does the work.
macro_rules! chunk_statement {
    ($set:literal, $($which:tt)+) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                "UPDATE deliveries SET ",
                $set,
                " WHERE (edition, subscriber) IN (SELECT edition, subscriber FROM deliveries WHERE ",
                $($which)+,
                " LIMIT $1)"
            ),
            postgres: concat!(
                "WITH chosen AS MATERIALIZED (SELECT edition, subscriber FROM deliveries WHERE ",
                $($which)+,
                " LIMIT $1 FOR UPDATE SKIP LOCKED) UPDATE deliveries SET ",
                $set,
                " FROM chosen WHERE deliveries.edition = chosen.edition \
                   AND deliveries.subscriber = chosen.subscriber"
            ),
        }
    };
}
pub(super) use chunk_statement;

impl From<&'static str> for Pair {
    fn from(sql: &'static str) -> Self {
        Self {
            sqlite: sql,
            postgres: sql,
        }
    }
}

impl Dialect {
    pub(super) fn of(self, pair: Pair) -> &'static str {
        match self {
            Self::Sqlite => pair.sqlite,
            Self::Postgres => pair.postgres,
        }
    }

    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// A statement that needs the database itself: SQLite does not open its file for less.
    pub(super) fn first_question(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA schema_version",
            Self::Postgres => "SELECT 1",
        }
    }

    /// The settings of every new connection.
    pub(super) fn on_connect(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 10000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                // 4 MiB of page cache for each connection, and a checkpoint every 8 MiB of log.
                "PRAGMA cache_size = -4096",
                "PRAGMA wal_autocheckpoint = 2048",
                // Cuts a log that an import has grown back to that size.
                "PRAGMA journal_size_limit = 33554432",
            ],
            Self::Postgres => &[
                "SET client_min_messages = warning",
                // As on an SSD: the planner then looks deliveries up by key even without
                // statistics.
                "SET random_page_cost = 1.1",
                // See migrations/0016_delivery_counts.sql.
                "SET verdict.counts_deliveries = 'on'",
            ],
        }
    }

    pub(super) fn migration(self, sql: &str) -> String {
        match self {
            Self::Sqlite => sql
                .replace(") /*WITHOUT ROWID*/;", ") WITHOUT ROWID;")
                .replace(" BYTEA ", " BLOB "),
            Self::Postgres => sql.replace("/*POSTGRES", "").replace("POSTGRES*/", ""),
        }
    }
}
