//! `AppError`, the error of all handlers, and the pages that show it.

use std::error::Error;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use templates::comparison::Newsletter;
use templates::pages::error;

use super::random;
use crate::app::App;
use crate::store::StoreError;

type Page = fn(&Newsletter) -> Markup;

/// Any error converts into it, so that `?` is enough.
pub(super) enum AppError {
    /// An error on our side.
    Failed(Box<dyn Error + Send + Sync>),
    /// There is no such page, or the link is invalid; the page explains.
    NotFound(Page),
    /// The request was wrong; the page explains.
    Refused(StatusCode, Page),
}

/// A handler's result.
pub(super) type AppResult<T = Response> = Result<T, AppError>;

impl AppError {
    pub(super) const NOT_FOUND: Self = Self::NotFound(error::not_found);
}

impl<E: Error + Send + Sync + 'static> From<E> for AppError {
    fn from(cause: E) -> Self {
        Self::Failed(Box::new(cause))
    }
}

/// What [`show`] renders, since only it knows the newsletter.
#[derive(Clone)]
enum Shown {
    Incident(String),
    Page(Page),
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (mut response, shown) = match self {
            Self::Refused(status, page) => (status.into_response(), Shown::Page(page)),
            Self::NotFound(page) => (StatusCode::NOT_FOUND.into_response(), Shown::Page(page)),
            Self::Failed(cause) => {
                let id = incident();
                tracing::error!(incident = id, %cause, "a page could not be made");
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                if is_transient(&*cause) {
                    // Tells mail programs and proxies to try again.
                    let later = [(header::RETRY_AFTER, RETRY_AFTER)];
                    response = (StatusCode::SERVICE_UNAVAILABLE, later).into_response();
                }
                (response, Shown::Incident(id))
            }
        };
        response.extensions_mut().insert(shown);
        response
    }
}

/// Seconds, if the store is unavailable.
const RETRY_AFTER: &str = "30";

/// An ID for the page and the log, so that a reader can report the error to the operator.
fn incident() -> String {
    data_encoding::BASE32_NOPAD.encode(&random::bytes::<5>())
}

/// True if the request may succeed later: the store or the disk is unavailable, full or locked.
fn is_transient(cause: &(dyn Error + 'static)) -> bool {
    let shared = || cause.downcast_ref::<Arc<StoreError>>().map(Arc::as_ref);
    let store = cause.downcast_ref::<StoreError>().or_else(shared);
    store.is_some_and(|error| error.is_transient() || matches!(error, StoreError::Journal(_)))
}

/// Renders the page of an [`AppError`].
pub(super) fn show(app: &App, mut response: Response) -> Response {
    let Some(shown) = response.extensions_mut().remove::<Shown>() else {
        return response;
    };
    let newsletter = app.newsletter();
    let page = match shown {
        Shown::Page(page) => page(&newsletter),
        Shown::Incident(id) => error::error(&newsletter, &id),
    };
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, html);
    *response.body_mut() = page.into_string().into();
    response
}

pub(super) async fn not_found() -> AppError {
    AppError::NOT_FOUND
}

pub(super) async fn method_not_allowed() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}
