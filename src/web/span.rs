//! The span of a request, so that its log lines can be found by one number.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use ring::rand::{SecureRandom as _, SystemRandom};
use tracing::Instrument as _;

/// Middleware: answers within a span. It knows the route's pattern and neither the path nor the query, which hold
/// tokens.
pub(super) async fn enter(request: Request, next: Next) -> Response {
    let (method, route) = (request.method(), request.extensions().get::<MatchedPath>());
    // At the level `error`, so that no filter that lets a line pass drops the request from it.
    let span = tracing::error_span!(
        "request",
        request = number(),
        method = method.as_str(),
        route = route.map(MatchedPath::as_str)
    );
    next.run(request).instrument(span).await
}

/// Counts on from a random number, so that those of two runs of `serve` are hardly the same.
fn number() -> u32 {
    static LAST: LazyLock<AtomicU32> = LazyLock::new(|| {
        let mut bytes = [0; 4];
        // Without random numbers the count begins with 0.
        let _ = SystemRandom::new().fill(&mut bytes);
        AtomicU32::new(u32::from_ne_bytes(bytes))
    });
    LAST.fetch_add(1, Ordering::Relaxed)
}
