//! The errors of the store.

use std::error::Error;

use super::journal::JournalError;
use crate::group_commit::Closed;

/// An error of the store, for the operator. It never contains a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("`{0}` is not a store: use `sqlite:PATH` or `postgres://USER@HOST/DATABASE`")]
    Url(String),
    #[error("cannot open the store at {place}: {cause}")]
    Unreachable {
        /// The file, or the URL without its password.
        place: String,
        cause: Box<dyn Error + Send + Sync>,
    },
    #[error(
        "cannot open the store at {place}: {cause}\n  The connection to a database on another machine is \
         encrypted, and its certificate checked, unless `store.url` says otherwise.\n  Append \
         `sslrootcert=FILE` to it for a certificate authority of your own, or `sslmode=require` to accept any \
         certificate, or `sslmode=disable` for no encryption."
    )]
    NotEncrypted {
        /// The URL without its password.
        place: String,
        cause: Box<dyn Error + Send + Sync>,
    },
    #[error("cannot bring the store's tables up to date: {0}")]
    Migration(Box<dyn Error + Send + Sync>),
    #[error(
        "a newer release of verdict has changed the store's tables (version {version}, this release knows \
         {newest}): run that release, or restore the backup from before the upgrade"
    )]
    Newer {
        version: i64,
        /// The newest version that this release knows.
        newest: i64,
    },
    #[error(
        "the store's tables are those of an earlier release: run any command that sends or shows mails, which \
         upgrades them"
    )]
    Older,
    /// Another process uses tables that an upgrade must move.
    #[error(
        "the store's tables must be changed for this release, and they are in use ({others}): stop every \
         other verdict process, then start again. Nothing was changed. (A process that was killed counts \
         for up to a minute.)"
    )]
    InUse { others: String },
    /// The store cannot work now but may later: it is restarting, its disk is full, or another
    /// process holds its lock.
    #[error("the store cannot be used now: {0}")]
    Unavailable(Box<dyn Error + Send + Sync>),
    #[error("the operating system provides no random numbers")]
    NoRandomness,
    #[error("the process is ending")]
    Closed,
    #[error("the store refused a statement: {0}")]
    Query(Box<dyn Error + Send + Sync>),
    /// A row holds a value that this version does not know.
    #[error("the store holds {what} `{found}`, which this version does not know")]
    Unreadable { what: &'static str, found: String },
    /// This process no longer holds what it tried to write, because its lease ran out.
    #[error(
        "{missing} of {wanted} deliveries are no longer held by this sender: its lease ran out"
    )]
    LostLease { wanted: usize, missing: usize },
    /// An edition whose accepted deliveries are in blocks.
    #[error(
        "`{slug}` is compacted: the ledger keeps a summary of it, so nothing of it can be sent again or settled"
    )]
    Compacted { slug: String },
    /// The journal of departures cannot be used. The work is done in the database.
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("{missing} of the subscribers to be changed do not exist")]
    NoSubscriber { missing: usize },
    /// The list's links are signed with another key.
    #[error(
        "this machine's secret key is not the one that the list's links are signed with \
         (here {here}, list {list}): copy `secret.key` from the first machine, or set VERDICT_SECRET"
    )]
    ForeignKey {
        /// The fingerprint of this machine's key.
        here: String,
        /// The fingerprint in the store.
        list: String,
    },
}

impl From<Closed> for StoreError {
    fn from(_: Closed) -> Self {
        Self::Closed
    }
}

impl StoreError {
    /// True if the same work may succeed later, unchanged. It may even be done already: the
    /// confirmation of a commit can get lost.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    pub(super) fn unreachable(place: &str, cause: sqlx::Error) -> Self {
        Self::Unreachable {
            place: place.to_owned(),
            cause: Box::new(cause),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(cause: sqlx::Error) -> Self {
        if passes(&cause) {
            Self::Unavailable(Box::new(cause))
        } else {
            Self::Query(Box::new(cause))
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(cause: rusqlite::Error) -> Self {
        let code = cause.sqlite_error().map(|error| error.extended_code);
        if code.is_some_and(|code| SQLITE.contains(&(code & 0xff))) {
            Self::Unavailable(Box::new(cause))
        } else {
            Self::Query(Box::new(cause))
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(cause: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Box::new(cause))
    }
}

/// The SQLite errors that are transient.
const SQLITE: [i32; 5] = [
    5,  // BUSY
    6,  // LOCKED
    10, // IOERR
    13, // FULL
    14, // CANTOPEN
];

fn passes(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        sqlx::Error::Database(refusal) => refusal.code().is_some_and(|code| code_passes(&code)),
        _ => false,
    }
}

/// PostgreSQL's codes have five characters (appendix A of its manual). SQLite's are numbers whose
/// low byte is the primary code (<https://www.sqlite.org/rescode.html>).
fn code_passes(code: &str) -> bool {
    const POSTGRES: [&str; 8] = [
        "08",    // connection exceptions
        "25006", // read-only while it fails over
        "40001", // serialization failure
        "40P01", // deadlock
        "53",    // insufficient resources
        "55P03", // lock not available
        "57P",   // shut down, restarting
        "58",    // system errors
    ];
    match code.parse::<i32>() {
        Ok(number) if code.len() < 5 => SQLITE.contains(&(number & 0xff)),
        _ => POSTGRES.iter().any(|begin| code.starts_with(begin)),
    }
}

#[cfg(test)]
mod tests {
    use super::code_passes;

    #[test]
    fn what_passes_is_told_from_what_stays() {
        for code in ["5", "13", "261", "57P01", "08006", "53100"] {
            assert!(code_passes(code), "{code}");
        }
        // A constraint, a corrupt file, a syntax error, a unique violation, a wrong password.
        for code in ["19", "2067", "11", "42601", "23505", "28P01"] {
            assert!(!code_passes(code), "{code}");
        }
    }
}
