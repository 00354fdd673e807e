//! The newsletter's logo.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;

use super::error::{AppError, AppResult};
use crate::app::App;

/// The logo, under the path of any kind of picture: the path in an old mail still shows it after the kind has changed.
pub(super) async fn logo(State(app): State<App>) -> AppResult {
    let Some(logo) = &app.config.newsletter.logo else {
        return Err(AppError::NOT_FOUND);
    };
    let headers = [
        (header::CONTENT_TYPE, logo.kind.media_type()),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // An SVG that is opened by itself is a document, and its scripts would run as ours.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
        ),
    ];
    Ok((headers, logo.bytes.to_vec()).into_response())
}
