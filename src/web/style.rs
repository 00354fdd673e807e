//! The style sheet and the script of all pages.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use crate::app::App;

pub(super) async fn style(State(app): State<App>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        // Its address changes when the style sheet does.
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, templates::page::style_css(&app.newsletter()))
}

pub(super) async fn script() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, templates::page::SCRIPT_JS)
}
