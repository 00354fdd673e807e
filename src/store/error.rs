//! What can go wrong in the store.

use std::error::Error;

/// An error of the store. Its text is for the operator; it never holds a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the store is of no known kind.
    #[error("`{0}` is not a store: use `sqlite:PATH` or `postgres://USER@HOST/DATABASE`")]
    Url(String),
    /// The store cannot be opened.
    #[error("cannot open the store at {place}: {cause}")]
    Unreachable {
        /// The file or the address without its password.
        place: String,
        /// What the engine said.
        cause: Box<dyn Error + Send + Sync>,
    },
    /// The tables cannot be brought up to date.
    #[error("cannot bring the store's tables up to date: {0}")]
    Migration(Box<dyn Error + Send + Sync>),
    /// A statement failed.
    #[error("the store refused a statement: {0}")]
    Query(Box<dyn Error + Send + Sync>),
    /// A row holds what this version cannot read.
    #[error("the store holds {what} `{found}`, which this version does not know")]
    Unreadable {
        /// The column's meaning.
        what: &'static str,
        /// What it holds.
        found: String,
    },
    /// This process no longer holds what it tried to write: its lease ran out.
    #[error(
        "{missing} of {wanted} deliveries are no longer held by this sender: its lease ran out"
    )]
    LostLease {
        /// How many were to be written.
        wanted: usize,
        /// How many were no longer ours.
        missing: usize,
    },
    /// A subscriber's number that nobody has.
    #[error("{missing} of the subscribers to be changed do not exist")]
    NoSubscriber {
        /// How many.
        missing: usize,
    },
    /// The list's links were signed with another key.
    #[error(
        "this machine's secret key is not the one that the list's links are signed with \
         (here {here}, list {list}): copy `secret.key` from the first machine, or set VERDICT_SECRET"
    )]
    ForeignKey {
        /// The fingerprint of the key here.
        here: String,
        /// The fingerprint kept in the store.
        list: String,
    },
}

impl StoreError {
    pub(super) fn query(cause: sqlx::Error) -> Self {
        Self::Query(Box::new(cause))
    }

    pub(super) fn migration(cause: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Box::new(cause))
    }

    pub(super) fn unreachable(place: &str, cause: sqlx::Error) -> Self {
        Self::Unreachable {
            place: place.to_owned(),
            cause: Box::new(cause),
        }
    }
}
