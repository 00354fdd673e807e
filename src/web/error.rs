//! The one error of all handlers, so that `?` is enough, and the pages that it is shown as.

use std::error::Error;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use ring::rand::{SecureRandom as _, SystemRandom};
use templates::comparison::Newsletter;
use templates::pages::error;

use crate::app::App;
use crate::store::StoreError;

/// Makes a page of the newsletter.
type Page = fn(&Newsletter) -> Markup;

/// Why a handler has nothing to show.
pub(super) enum AppError {
    /// Something failed on our side.
    Failed(Box<dyn Error + Send + Sync>),
    /// There is nothing at this address, or the link is not good; the page explains.
    NotFound(Page),
    /// The request was wrong, and this is the answer.
    Refused(Box<Response>),
}

impl AppError {
    pub(super) const NOT_FOUND: Self = Self::NotFound(error::not_found);
}

impl<E: Error + Send + Sync + 'static> From<E> for AppError {
    fn from(cause: E) -> Self {
        Self::Failed(Box::new(cause))
    }
}

/// What [`show`] puts into an answer, which carries the newsletter's name and colours.
#[derive(Clone)]
enum Shown {
    Incident(String),
    NotFound(Page),
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (mut response, shown) = match self {
            Self::Refused(response) => return *response,
            Self::NotFound(page) => (StatusCode::NOT_FOUND.into_response(), Shown::NotFound(page)),
            Self::Failed(cause) => {
                let id = incident();
                tracing::error!(incident = id, %cause, "a page could not be made");
                let response = match is_transient(&*cause) {
                    // Mail programs and proxies know that they may try again.
                    true => {
                        let later = [(header::RETRY_AFTER, RETRY_AFTER)];
                        (StatusCode::SERVICE_UNAVAILABLE, later).into_response()
                    }
                    false => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                };
                (response, Shown::Incident(id))
            }
        };
        response.extensions_mut().insert(shown);
        response
    }
}

/// When to come back if the store cannot be used now, in seconds.
const RETRY_AFTER: &str = "30";

/// A number under which the log has the cause, to be named in a letter to the operator.
fn incident() -> String {
    let mut bytes = [0; 5];
    // Without random numbers all incidents are called alike, which is no harm.
    let _ = SystemRandom::new().fill(&mut bytes);
    data_encoding::BASE32_NOPAD.encode(&bytes)
}

/// True if the same request may succeed later: the store or the disk is away, full or locked.
fn is_transient(cause: &(dyn Error + 'static)) -> bool {
    let shared = || cause.downcast_ref::<Arc<StoreError>>().map(Arc::as_ref);
    let store = cause.downcast_ref::<StoreError>().or_else(shared);
    store.is_some_and(|error| error.is_transient() || matches!(error, StoreError::Journal(_)))
}

/// Middleware: writes the page of an [`AppError`] into its answer.
pub(super) async fn show(State(app): State<App>, mut response: Response) -> Response {
    let Some(shown) = response.extensions_mut().remove::<Shown>() else {
        return response;
    };
    let newsletter = app.newsletter();
    let page = match shown {
        Shown::NotFound(page) => page(&newsletter),
        Shown::Incident(id) => {
            let message = "Something went wrong on our side. Please try again in a minute.";
            error::error(&newsletter, message, &id)
        }
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

pub(super) async fn method_not_allowed() -> (StatusCode, &'static str) {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "this address does not take that method\n",
    )
}
