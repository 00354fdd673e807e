//! The span of a request, so that its log lines can be found by one number.

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

fn number() -> u32 {
    let mut bytes = [0; 4];
    // Without random numbers all requests are called alike, and are answered nevertheless.
    let _ = SystemRandom::new().fill(&mut bytes);
    u32::from_ne_bytes(bytes)
}
