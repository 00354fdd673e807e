//! The few differences between the two engines, each pair side by side.

/// Which engine the store runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// A statement that reads differently on the two engines.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// A statement that needs the database's own clock, as Unix milliseconds UTC: what several machines
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

/// A set statement: its first parameter is one JSON array, unpacked by the database into rows of
/// one column `value`, because sqlx's Any driver binds no arrays. `value ->> 0` reads a field of a
/// row on both engines. SQLite's `jsonb_each` hands each row on in binary form: `json_each` would write it as text,
/// and read that again, for every field.
macro_rules! set_statement {
    ($before:literal, $after:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!($before, " jsonb_each($1) ", $after),
            postgres: concat!($before, " json_array_elements(CAST($1 AS json)) ", $after),
        }
    };
}
pub(super) use set_statement;

/// A set statement on deliveries of the owner `$3`. As it is written neither engine takes the index of
/// owners: it would go through every row of the owner for each commit, SQLite even for each row.
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
                " json_array_elements(CAST($1 AS json)) ",
                $after,
                " AND COALESCE(deliveries.owner, -1) = $3 ",
                $end
            ),
        }
    };
}
pub(super) use owned_set_statement;

impl From<&'static str> for Pair {
    /// A statement that both engines read alike.
    fn from(sql: &'static str) -> Self {
        Self {
            sqlite: sql,
            postgres: sql,
        }
    }
}

impl Dialect {
    /// The text of a pair for this engine.
    pub(super) fn of(self, pair: Pair) -> &'static str {
        match self {
            Self::Sqlite => pair.sqlite,
            Self::Postgres => pair.postgres,
        }
    }

    /// How a write transaction begins.
    pub(super) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// A statement that only a database can answer: SQLite does not open its file for less.
    pub(super) fn first_question(self) -> &'static str {
        match self {
            Self::Sqlite => "PRAGMA schema_version",
            Self::Postgres => "SELECT 1",
        }
    }

    /// What every new connection is told.
    pub(super) fn on_connect(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 10000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                // 4 MiB of pages for each connection, and checkpoints every 32 MiB of log.
                "PRAGMA cache_size = -4096",
                "PRAGMA wal_autocheckpoint = 8192",
                // A log that an import made longer is cut back to that.
                "PRAGMA journal_size_limit = 33554432",
            ],
            Self::Postgres => &[
                "SET client_min_messages = warning",
                // As on a disk without a moving head: the ledger is looked up by key, also while there
                // are no statistics of it.
                "SET random_page_cost = 1.1",
            ],
        }
    }

    /// What the connection that writes is told before an import: each batch touches the index of addresses all
    /// over, so it gets 32 MiB of pages, and checkpoints come every 128 MiB of log, each of which writes a page once
    /// however often it changed. The index of a million addresses has 50 MiB, but a million people in memory and
    /// these pages are to stay below 300 MB.
    pub(super) fn before_import(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 32768"),
            Self::Postgres => None,
        }
    }

    /// The migration's text for this engine.
    pub(super) fn migration(self, sql: &str) -> String {
        match self {
            Self::Sqlite => sql.replace(") /*WITHOUT ROWID*/;", ") WITHOUT ROWID;"),
            Self::Postgres => sql.to_owned(),
        }
    }
}
