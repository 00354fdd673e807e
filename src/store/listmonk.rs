//! Reads the tables of a listmonk database in PostgreSQL, to import its people.

use std::error::Error;
use std::fmt;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use url::Url;

use super::{PATIENCE, encryption};

/// PostgreSQL's default port.
const PORT: u16 = 5432;

/// Prevents writes, and reads everything as of one instant.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The first missing table.
const MISSING: &str = "SELECT name FROM (VALUES (1, 'subscribers'), (2, 'subscriber_lists'), (3, 'lists')) \
                       AS wanted (place, name) WHERE to_regclass(name) IS NULL ORDER BY place LIMIT 1";

/// Each subscriber as listmonk's API returns them, from columns that all releases have.
const SUBSCRIBERS: &str = "SELECT json_build_object( \
         'id', s.id, 'uuid', s.uuid, 'email', s.email, 'name', s.name, 'status', s.status, \
         'created_at', s.created_at, 'updated_at', s.updated_at, \
         'lists', COALESCE((SELECT json_agg(json_build_object( \
                 'id', l.id, 'uuid', l.uuid, 'name', l.name, 'type', l.type, 'optin', l.optin, \
                 'subscription_status', sl.status, 'subscription_created_at', sl.created_at) ORDER BY l.id) \
             FROM subscriber_lists sl JOIN lists l ON l.id = sl.list_id WHERE sl.subscriber_id = s.id), '[]'::json) \
     )::text FROM subscribers s ORDER BY s.id";

/// A listmonk database. Its `Debug` omits the user and the password.
#[derive(Clone)]
pub struct Listmonk {
    options: PgConnectOptions,
    shown: String,
}

/// Why a listmonk database cannot be read. The text never contains a password.
#[derive(Debug, thiserror::Error)]
pub enum ListmonkError {
    /// The address cannot be read. The message does not repeat it: the password may be anywhere in
    /// it.
    #[error(
        "the address of the database cannot be read: write postgres://USER:PASSWORD@HOST/DATABASE, with `@`, `/`, `#`, \
         `?` and `%` in the password as %40, %2F, %23, %3F and %25"
    )]
    Address,
    /// The database cannot be reached, or refuses.
    #[error("cannot read {place}: {cause}")]
    Refused {
        /// Without user and password.
        place: String,
        cause: Box<dyn Error + Send + Sync>,
    },
    /// The connection cannot be encrypted as it must be.
    #[error(
        "cannot read {place}: {cause}\n  The connection to a database on another machine is encrypted, and its \
         certificate checked, unless its address says otherwise.\n  Append `?sslrootcert=FILE` for a certificate \
         authority of your own, or `?sslmode=require` to accept any certificate, or `?sslmode=disable` for no encryption."
    )]
    NotEncrypted {
        /// Without user and password.
        place: String,
        cause: Box<dyn Error + Send + Sync>,
    },
    /// It is some other database.
    #[error("{place} is not a listmonk database: it has no table `{table}`")]
    NoTable {
        /// Without user and password.
        place: String,
        table: String,
    },
}

impl Listmonk {
    /// The database at `postgres://USER:PASSWORD@HOST/DATABASE`. On another host it must show a
    /// certificate, as for the store.
    ///
    /// # Errors
    /// [`ListmonkError::Address`] if the address cannot be read.
    pub fn at(address: &str) -> Result<Self, ListmonkError> {
        let url = Url::parse(address).map_err(|_| ListmonkError::Address)?;
        // If the password contains a character that ends the host part, the rest of it and the `@`
        // come after that part.
        let behind = [Some(url.path()), url.query(), url.fragment()];
        let is_cut = behind.iter().flatten().any(|part| part.contains('@'));
        let scheme = url.scheme();
        if is_cut || url.fragment().is_some() || !["postgres", "postgresql"].contains(&scheme) {
            return Err(ListmonkError::Address);
        }
        let options = encryption::secured(address).parse();
        let options: PgConnectOptions = options.map_err(|_| ListmonkError::Address)?;
        let port = match options.get_port() {
            PORT => String::new(),
            port => format!(":{port}"),
        };
        let database = options.get_database().unwrap_or_default();
        let shown = format!("postgres://{}{port}/{database}", options.get_host());
        Ok(Self { options, shown })
    }

    /// Without user and password.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Passes the JSON of each subscriber, as listmonk's API returns it, to `take` until that
    /// returns false. Rows are streamed, however many there are.
    ///
    /// # Errors
    /// If the database cannot be reached, refuses, or is not listmonk's.
    pub async fn each(&self, take: &mut dyn FnMut(&str) -> bool) -> Result<(), ListmonkError> {
        let late = |_| Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()));
        let connection = tokio::time::timeout(PATIENCE, self.options.connect()).await;
        let connection = connection.unwrap_or_else(late);
        let mut connection = connection.map_err(|cause| self.unreachable(cause))?;
        self.subscribers(&mut connection, take).await?;
        // Nothing was written, so it does not matter how the connection ends.
        let _ = connection.close().await;
        Ok(())
    }

    async fn subscribers(
        &self,
        connection: &mut PgConnection,
        take: &mut dyn FnMut(&str) -> bool,
    ) -> Result<(), ListmonkError> {
        let refused = |cause| self.refused(cause);
        let begin = sqlx::raw_sql(BEGIN).execute(&mut *connection);
        begin.await.map_err(refused)?;
        // A connection pooler in front of the server may not keep prepared statements.
        let missing = sqlx::query_scalar(MISSING).persistent(false);
        let missing = missing.fetch_optional(&mut *connection).await;
        if let Some(table) = missing.map_err(refused)? {
            let place = self.shown.clone();
            return Err(ListmonkError::NoTable { place, table });
        }
        let mut rows = sqlx::query(SUBSCRIBERS)
            .persistent(false)
            .fetch(&mut *connection);
        while let Some(row) = rows.try_next().await.map_err(refused)? {
            if !take(row.try_get(0).map_err(refused)?) {
                break;
            }
        }
        Ok(())
    }

    fn unreachable(&self, cause: sqlx::Error) -> ListmonkError {
        if !encryption::is_failure_of(&cause) {
            return self.refused(cause);
        }
        ListmonkError::NotEncrypted {
            place: self.shown.clone(),
            cause: Box::new(cause),
        }
    }

    fn refused(&self, cause: sqlx::Error) -> ListmonkError {
        let place = self.shown.clone();
        // The server's message, without the position in its own source.
        let cause: Box<dyn Error + Send + Sync> = match cause {
            sqlx::Error::Database(refusal) => refusal.message().into(),
            cause => Box::new(cause),
        };
        ListmonkError::Refused { place, cause }
    }
}

impl fmt::Debug for Listmonk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listmonk").field(&self.shown).finish()
    }
}
