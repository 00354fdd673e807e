//! Health checks: whether the process is alive, and whether it can work.

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
const PATIENCE: Duration = Duration::from_secs(10);

/// What the health checks work with.
#[derive(Clone)]
pub(super) struct Health {
    app: App,
    /// Whether the store took a write when it was last tried.
    probed: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Health {
    pub(super) fn new(app: App) -> Self {
        Self {
            app,
            probed: Arc::default(),
        }
    }

    /// Tries a write, unless one was tried a moment ago. Requests that come meanwhile wait for the same result.
    async fn takes_writes(&self) -> bool {
        let mut last = self.probed.lock().await;
        if let Some((_, result)) = last.filter(|(at, _)| at.elapsed() < GOOD_FOR) {
            return result;
        }
        let probed = timeout(PATIENCE, probe(&self.app)).await;
        let result = match probed {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "nothing can be written");
                false
            }
            Err(_) => false,
        };
        *last = Some((Instant::now(), result));
        result
    }
}

/// Whether the database and the journal can be written: an opt-out needs both.
async fn probe(app: &App) -> Result<(), StoreError> {
    meta::probe(&app.store).await?;
    app.journal.probe().await
}

/// `/healthz` and `/readyz`, for a listener that has no pages.
pub fn health(app: App) -> Router {
    routes().with_state(Health::new(app))
}

/// The health checks, the same on every listener.
pub(super) fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Health: FromRef<S>,
{
    Router::new()
        .route(HEALTHZ, get(healthz))
        .route(READYZ, get(readyz))
}

/// Whether a path is that of a health check.
pub(super) fn is_check(path: &str) -> bool {
    [HEALTHZ, READYZ].contains(&path)
}

/// The process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers, and the database and the journal can be written.
async fn readyz(State(health): State<Health>) -> (StatusCode, &'static str) {
    let not_ready = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if !health.app.store.is_ready().await {
        return not_ready("the store does not answer\n");
    }
    if !health.takes_writes().await {
        return not_ready("the database or the journal of departures cannot be written\n");
    }
    (StatusCode::OK, "ready\n")
}
