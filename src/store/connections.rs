//! Connections for transactions: the one that was used last goes out first.
//!
//! sqlx's pool hands out the connection that has been idle longest, and asks PostgreSQL before and after whether it is
//! alive. A task that commits many times a second would use them all in turn, each with a server process that has its
//! own caches, and pay two more round trips for each commit (docs/decisions/0021).

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Executor as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::{PATIENCE, StoreError};

/// How long a connection is kept without use.
const IDLE: Duration = Duration::from_secs(60);

/// With the time of their last use.
type Kept = Vec<(PoolConnection<Any>, Instant)>;

/// The connections of a pool that nothing else uses: it opens and closes them.
#[derive(Clone)]
pub(super) struct Connections {
    pool: AnyPool,
    kept: Arc<Mutex<Kept>>,
    /// One for each connection that the pool may open. With a permit, there is always a kept connection or room for a
    /// new one.
    permits: Arc<Semaphore>,
}

impl Connections {
    pub(super) fn of(pool: AnyPool) -> Self {
        let most = pool.options().get_max_connections() as usize;
        Self {
            pool,
            kept: Arc::default(),
            permits: Arc::new(Semaphore::new(most)),
        }
    }

    /// A connection, which may be dead: `begin` finds out, other statements fail.
    pub(super) async fn get(&self) -> Result<Lent, StoreError> {
        let permit = self.permit().await?;
        match self.take() {
            Some(connection) => Ok(self.lend(connection, permit)),
            None => self.open(permit).await,
        }
    }

    /// A connection on which `begin` has begun a transaction.
    pub(super) async fn begin(&self, begin: &'static str) -> Result<Lent, StoreError> {
        let mut permit = self.permit().await?;
        if let Some(connection) = self.take() {
            let mut lent = self.lend(connection, permit);
            let begun = timeout(PATIENCE, lent.execute(begin)).await;
            if matches!(begun, Ok(Ok(_))) {
                return Ok(lent);
            }
            // The server may have restarted since.
            self.discard();
            permit = lent.permit;
        }
        let mut lent = self.open(permit).await?;
        lent.execute(begin).await?;
        Ok(lent)
    }

    /// Closes the kept connections: after an error they may be as dead as the one in use.
    pub(super) fn discard(&self) {
        self.lock().clear();
    }

    /// Closes every connection after the work in progress.
    pub(super) async fn close(&self) {
        let closed = self.pool.close();
        self.discard();
        closed.await;
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        match timeout(PATIENCE, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(sqlx::Error::PoolTimedOut.into()),
        }
    }

    async fn open(&self, permit: OwnedSemaphorePermit) -> Result<Lent, StoreError> {
        let mut connection = self.pool.acquire().await?;
        connection.close_on_drop();
        Ok(self.lend(connection, permit))
    }

    fn lend(&self, connection: PoolConnection<Any>, permit: OwnedSemaphorePermit) -> Lent {
        Lent {
            connection,
            of: self.clone(),
            permit,
        }
    }

    fn take(&self) -> Option<PoolConnection<Any>> {
        let mut kept = self.lock();
        kept.retain(|(_, used)| used.elapsed() < IDLE);
        kept.pop().map(|(connection, _)| connection)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan. Unless it is [given back](Self::give_back), it is closed, which rolls its transaction back: also
/// if the future that uses it is dropped.
pub(super) struct Lent {
    connection: PoolConnection<Any>,
    of: Connections,
    permit: OwnedSemaphorePermit,
}

impl Lent {
    /// For another to use. It has no open transaction.
    pub(super) fn give_back(self) {
        let mut kept = self.of.lock();
        if !self.of.pool.is_closed() {
            kept.push((self.connection, Instant::now()));
        }
        drop(kept);
        drop(self.permit);
    }
}

impl Deref for Lent {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use sqlx::Row as _;

    use super::*;
    use crate::store::dialect::Dialect;

    fn connections(most: u32) -> Connections {
        sqlx::any::install_default_drivers();
        let url = std::env::var("VERDICT_TEST_POSTGRES_URL")
            .expect("VERDICT_TEST_POSTGRES_URL names the tests' PostgreSQL: run ./tests/run");
        let options = url.parse().unwrap();
        Connections::of(crate::store::pool(most, Dialect::Postgres, options))
    }

    /// The number of the connection's server process.
    async fn process(lent: &mut Lent) -> i64 {
        let sql = "SELECT CAST(pg_backend_pid() AS BIGINT)";
        let row = lent.fetch_one(sql).await.unwrap();
        row.get(0)
    }

    async fn commit(mut lent: Lent) -> i64 {
        let process = process(&mut lent).await;
        lent.execute("COMMIT").await.unwrap();
        lent.give_back();
        process
    }

    #[tokio::test]
    async fn the_connection_that_was_used_last_goes_out_first() {
        let connections = connections(4);
        let first = connections.begin("BEGIN").await.unwrap();
        let second = connections.begin("BEGIN").await.unwrap();
        commit(first).await;
        let last = commit(second).await;
        for _ in 0..3 {
            let next = connections.begin("BEGIN").await.unwrap();
            assert_eq!(commit(next).await, last);
        }
        connections.close().await;
    }

    #[tokio::test]
    async fn a_connection_with_an_open_transaction_is_closed() {
        let connections = connections(1);
        let mut lent = connections.begin("BEGIN").await.unwrap();
        let before = process(&mut lent).await;
        drop(lent);
        let next = connections.begin("BEGIN").await.unwrap();
        assert_ne!(commit(next).await, before);
        connections.close().await;
    }

    #[tokio::test]
    async fn a_connection_that_the_server_has_closed_is_replaced() {
        let connections = connections(4);
        let mut lent = connections.get().await.unwrap();
        let closed = process(&mut lent).await;
        let mut other = connections.get().await.unwrap();
        let close = format!("SELECT pg_terminate_backend({closed})");
        lent.give_back();
        other.execute(sqlx::AssertSqlSafe(close)).await.unwrap();
        let next = connections.begin("BEGIN").await.unwrap();
        assert_ne!(commit(next).await, closed);
        drop(other);
        connections.close().await;
    }
}
