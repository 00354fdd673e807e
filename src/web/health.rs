//! Health checks: `/healthz` tells whether the process is alive, `/readyz` whether it can work.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::get;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::app::App;
use crate::store::{StoreError, meta};

const HEALTHZ: &str = "/healthz";
const READYZ: &str = "/readyz";

/// How long a result is reused: each probe writes to the store.
const GOOD_FOR: Duration = Duration::from_secs(5);
/// How long a write may take.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub(super) struct Health {
    app: App,
    /// When the store was last probed, and whether it took the write.
    probed: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Health {
    pub(super) fn new(app: App) -> Self {
        Self {
            app,
            probed: Arc::default(),
        }
    }

    /// Tries a write, unless the last result is recent. Requests that come meanwhile wait for the same result.
    async fn takes_writes(&self) -> bool {
        let mut last = self.probed.lock().await;
        if let Some((_, result)) = last.filter(|(at, _)| at.elapsed() < GOOD_FOR) {
            return result;
        }
        let probed = timeout(WRITE_TIMEOUT, probe(&self.app)).await;
        let result = match probed {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "cannot write to the store");
                false
            }
            Err(_) => false,
        };
        *last = Some((Instant::now(), result));
        result
    }
}

/// Writes to the database and the journal: an opt-out needs both.
async fn probe(app: &App) -> Result<(), StoreError> {
    meta::probe(&app.store).await?;
    app.journal.probe().await
}

/// The health checks, for a listener without pages.
pub fn health(app: App) -> Router {
    routes().with_state(Health::new(app))
}

pub(super) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Health: FromRef<S>,
{
    Router::new()
        .route(HEALTHZ, get(healthz))
        .route(READYZ, get(readyz))
}

/// True for the path of a health check.
pub(super) fn is_check(path: &str) -> bool {
    [HEALTHZ, READYZ].contains(&path)
}

async fn healthz() -> &'static str {
    "ok\n"
}

async fn readyz(State(health): State<Health>) -> (StatusCode, &'static str) {
    let not_ready = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if !health.app.store.is_ready().await {
        not_ready("the store does not answer\n")
    } else if !health.takes_writes().await {
        not_ready("the database or the journal of departures cannot be written\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
