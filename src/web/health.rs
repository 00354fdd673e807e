//! For whoever watches the process: alive, and able to work.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::engine::Engine;
use crate::store::meta;

/// How long a result is reused: each probe writes to the store.
const GOOD_FOR: Duration = Duration::from_secs(5);
/// How long a write may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the store took a write when it was last tried.
#[derive(Clone, Default)]
pub(super) struct Probed(Arc<Mutex<Option<(Instant, bool)>>>);

impl Probed {
    /// Tries a write, unless one was tried a moment ago. Requests that come meanwhile wait for the same result.
    async fn takes_writes(&self, engine: &Engine) -> bool {
        let mut last = self.0.lock().await;
        if let Some((_, result)) = last.filter(|(at, _)| at.elapsed() < GOOD_FOR) {
            return result;
        }
        let probed = timeout(PATIENCE, meta::probe(&engine.store)).await;
        let result = match probed {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the store takes no writes");
                false
            }
            Err(_) => false,
        };
        *last = Some((Instant::now(), result));
        result
    }
}

/// The process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers too, and takes writes.
pub(super) async fn readyz(
    State(engine): State<Engine>,
    State(probed): State<Probed>,
) -> (StatusCode, &'static str) {
    let not_ready = |why| (StatusCode::SERVICE_UNAVAILABLE, why);
    if !engine.store.is_ready().await {
        return not_ready("the store does not answer\n");
    }
    if !probed.takes_writes(&engine).await {
        return not_ready("the store takes no writes\n");
    }
    (StatusCode::OK, "ready\n")
}
