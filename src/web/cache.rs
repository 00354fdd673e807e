//! Entity tags for public pages, which browsers may keep and which are compressed. Pages behind a link in a mail are
//! neither kept nor compressed: a secret can be guessed from the length of a compressed page.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ring::digest::{SHA256, digest};

/// Bytes; larger than any page.
const MOST: usize = 8 * 1024 * 1024;

/// Middleware: adds an entity tag, and answers 304 if the client has that version (RFC 9110 §13.1.2). The tag is
/// weak because the same page may be compressed or not.
pub(super) async fn tagged(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = data_encoding::BASE64URL_NOPAD.encode(&digest(&SHA256, &body).as_ref()[..12]);
    let tag = format!("W/\"{hash}\"");
    let matches = known.is_some_and(|known| has(&known, &tag));
    keep(&mut head.headers, &tag);
    if matches {
        head.status = StatusCode::NOT_MODIFIED;
        head.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(head, Body::empty());
    }
    Response::from_parts(head, Body::from(body))
}

fn has(known: &HeaderValue, tag: &str) -> bool {
    let mut known = known.to_str().unwrap_or_default().split(',');
    known.any(|one| ["*", tag].contains(&one.trim()))
}

/// Makes browsers ask whether a page has changed: votes come in at any time.
fn keep(headers: &mut HeaderMap, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    let ask = HeaderValue::from_static("public, max-age=0, must-revalidate");
    headers.entry(header::CACHE_CONTROL).or_insert(ask);
}
