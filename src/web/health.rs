//! For whoever watches the process: alive, and able to work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::engine::Engine;

/// The process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers too.
pub(super) async fn readyz(State(engine): State<Engine>) -> (StatusCode, &'static str) {
    if engine.store.is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the store does not answer\n",
        )
    }
}
