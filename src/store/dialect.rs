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
/// of a row on both engines, and `CAST(value AS BIGINT)` a row that is only a number. In binary
/// (`jsonb`) it is parsed once, and not again for every field.
///
/// If all rows are of one edition `$2`, write `deliveries.edition = COALESCE($2, …)` with a field of
/// the row: for a plain `$2`, SQLite walks the edition and looks each delivery up in the array.
macro_rules! set_statement {
    ($before:literal, $($after:tt),+) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                $before,
                " jsonb_each($1) ",
                $($crate::store::dialect::listed!(sqlite $after)),+
            ),
            postgres: concat!(
                $before,
                " jsonb_array_elements(CAST($1 AS jsonb)) ",
                $($crate::store::dialect::listed!(postgres $after)),+
            ),
        }
    };
}
pub(super) use set_statement;

/// A statement on the rows whose number, by default that of the subscriber, is in the JSON array `$1`. PostgreSQL would
/// rather read a small table as a whole than look up a set of unknown size, also once the table is no longer small.
macro_rules! of_ids {
    ($before:expr) => {
        $crate::store::dialect::of_ids!($before, "subscriber")
    };
    ($before:expr, $column:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                $before,
                " ",
                $column,
                " IN (SELECT CAST(r.value AS BIGINT) FROM jsonb_each($1) AS r)"
            ),
            postgres: concat!(
                $before,
                " ",
                $column,
                " = ANY(ARRAY(SELECT CAST(r.value AS BIGINT) \
                     FROM jsonb_array_elements(CAST($1 AS jsonb)) AS r))"
            ),
        }
    };
}
pub(super) use of_ids;

/// Part of a statement: SQL, or the name of a condition for which `deliveries` has a partial index
/// (migrations/0018_open_deliveries.sql).
macro_rules! listed {
    (sqlite queued) => {
        "state = 'queued'"
    };
    (postgres queued) => {
        "listed = 'open' AND state = 'queued'"
    };
    (sqlite deferred) => {
        "state = 'deferred'"
    };
    (postgres deferred) => {
        "listed = 'deferred'"
    };
    (sqlite refused) => {
        "state = 'refused'"
    };
    (postgres refused) => {
        "listed = 'refused'"
    };
    (sqlite in_doubt) => {
        "state = 'unknown' AND COALESCE(owner, 0) > 0"
    };
    (postgres in_doubt) => {
        "listed = 'unknown'"
    };
    // When the first of the edition `$1` is due, or NULL. Not `MIN(due_at)`: without statistics, PostgreSQL
    // expects few, and reads them all.
    ($dialect:ident first_queued) => {
        concat!(
            "(SELECT due_at FROM deliveries WHERE edition = $1 AND ",
            $crate::store::dialect::listed!($dialect queued),
            " ORDER BY due_at LIMIT 1)"
        )
    };
    ($dialect:ident first_deferred) => {
        concat!(
            "(SELECT due_at FROM deliveries WHERE edition = $1 AND ",
            $crate::store::dialect::listed!($dialect deferred),
            " ORDER BY due_at LIMIT 1)"
        )
    };
    // It looks for the first, and not whether one exists: PostgreSQL would expect many, and walk the table
    // until it meets one.
    ($dialect:ident none_waits) => {
        concat!(
            $crate::store::dialect::listed!($dialect first_queued),
            " IS NULL AND ",
            $crate::store::dialect::listed!($dialect first_deferred),
            " IS NULL"
        )
    };
    ($dialect:ident $sql:literal) => {
        $sql
    };
}
pub(super) use listed;

/// A statement in parts, some of which may be names of conditions ([`listed`]).
macro_rules! listed_statement {
    ($($part:tt),+) => {
        $crate::store::dialect::Pair {
            sqlite: concat!($($crate::store::dialect::listed!(sqlite $part)),+),
            postgres: concat!($($crate::store::dialect::listed!(postgres $part)),+),
        }
    };
}
pub(super) use listed_statement;

/// Changes the first `$1` of the deliveries that a condition finds. On PostgreSQL it passes over
/// rows that another transaction is changing right now, so that neither waits for the other; their
/// own transaction, or the next look, does the work.
macro_rules! chunk_statement {
    ($set:literal, $($which:tt),+) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                "UPDATE deliveries SET ",
                $set,
                " WHERE (edition, subscriber) IN (SELECT edition, subscriber FROM deliveries WHERE ",
                $($crate::store::dialect::listed!(sqlite $which)),+,
                " LIMIT $1)"
            ),
            postgres: concat!(
                "WITH chosen AS MATERIALIZED (SELECT edition, subscriber FROM deliveries WHERE ",
                $($crate::store::dialect::listed!(postgres $which)),+,
                " LIMIT $1 FOR UPDATE SKIP LOCKED) UPDATE deliveries SET ",
                $set,
                " FROM chosen WHERE deliveries.edition = chosen.edition \
                   AND deliveries.subscriber = chosen.subscriber"
            ),
        }
    };
}
pub(super) use chunk_statement;

/// Deletes the first `$1` rows that a condition finds, by the table's primary key. On PostgreSQL it passes over rows
/// that are locked, as [`chunk_statement`] does.
macro_rules! purge_statement {
    ($table:literal, $key:literal, $which:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                "DELETE FROM ",
                $table,
                " WHERE (",
                $key,
                ") IN (SELECT ",
                $key,
                " FROM ",
                $table,
                " WHERE ",
                $which,
                " LIMIT $1)"
            ),
            postgres: concat!(
                "DELETE FROM ",
                $table,
                " WHERE ctid = ANY(ARRAY(SELECT ctid FROM ",
                $table,
                " WHERE ",
                $which,
                " LIMIT $1 FOR UPDATE SKIP LOCKED))"
            ),
        }
    };
}
pub(super) use purge_statement;

/// As [`chunk_statement`], of the `held_deliveries`: those that a sender holds or that are in doubt.
/// To ask about one edition, write `COALESCE(edition, 0) = $2`: a plain comparison leads SQLite to the
/// primary key, by which it walks the edition.
macro_rules! held_chunk_statement {
    ($set:literal, $which:literal) => {
        $crate::store::dialect::Pair {
            sqlite: concat!(
                "UPDATE deliveries SET ",
                $set,
                " WHERE (edition, subscriber) IN (SELECT edition, subscriber FROM held_deliveries WHERE ",
                $which,
                " LIMIT $1)"
            ),
            // The second look locks the row, and finds it only if it is still as the first one saw it.
            postgres: concat!(
                "WITH chosen AS MATERIALIZED (SELECT d.edition, d.subscriber \
                   FROM (SELECT * FROM held_deliveries WHERE ",
                $which,
                ") AS h CROSS JOIN LATERAL (SELECT edition, subscriber FROM deliveries \
                     WHERE edition = h.edition AND subscriber = h.subscriber \
                       AND state = h.state AND owner = h.owner FOR UPDATE SKIP LOCKED) AS d \
                   LIMIT $1) UPDATE deliveries SET ",
                $set,
                " FROM chosen WHERE deliveries.edition = chosen.edition \
                   AND deliveries.subscriber = chosen.subscriber"
            ),
        }
    };
}
pub(super) use held_chunk_statement;

/// A PostgreSQL statement as part of another one: `$1` becomes the first of `values`, and so on.
pub(super) fn part(sql: &str, values: &[&str]) -> String {
    let mut pieces = sql.split('$');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let after = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &piece[..piece.len() - after.len()];
        let place = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let value = place.and_then(|place| values.get(place).copied());
        debug_assert!(value.is_some(), "no value for ${number} in {sql}");
        whole.push_str(value.unwrap_or_default());
        whole.push_str(after);
    }
    whole
}

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
                // 4 MiB of page cache for each connection. A commit copies the log only at 64 MiB: see
                // checkpoints.rs.
                "PRAGMA cache_size = -4096",
                "PRAGMA wal_autocheckpoint = 16384",
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
                .replace(" BYTEA ", " BLOB ")
                .replace("/*SQLITE", "")
                .replace("SQLITE*/", ""),
            Self::Postgres => sql.replace("/*POSTGRES", "").replace("POSTGRES*/", ""),
        }
    }
}
