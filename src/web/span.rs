//! A log span per request, so that you can find its log lines by one number.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::random;

/// Middleware: answers within a span. The span has the route's pattern, not the path or the query, which contain
/// tokens.
pub(super) async fn enter(request: Request, next: Next) -> Response {
    let (method, route) = (request.method(), request.extensions().get::<MatchedPath>());
    // At level `error`, so that any line that passes the filter has its span.
    let span = tracing::error_span!(
        "request",
        request = number(),
        method = method.as_str(),
        route = route.map(MatchedPath::as_str)
    );
    next.run(request).instrument(span).await
}

/// Counts up from a random number, so that two runs of `serve` rarely share numbers.
fn number() -> u32 {
    static LAST: LazyLock<AtomicU32> =
        LazyLock::new(|| AtomicU32::new(u32::from_ne_bytes(random::bytes())));
    LAST.fetch_add(1, Ordering::Relaxed)
}
