//! The style sheet and the script of all pages.

use axum::http::header;
use axum::response::IntoResponse;

pub(super) async fn style() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        // Its address changes when the style sheet does.
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, templates::page::STYLE_CSS)
}

pub(super) async fn script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, templates::page::SCRIPT_JS)
}
