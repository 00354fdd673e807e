//! Error pages: an outer message and an incident's number for the reader, the cause for the log.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ring::rand::{SecureRandom as _, SystemRandom};
use templates::pages::error;

use crate::app::App;
use crate::store::StoreError;

/// A page that could not be made.
pub(super) struct Incident {
    app: App,
    id: String,
    passes: bool,
}

/// When to come back if the store cannot be used now, in seconds.
const LATER: &str = "30";

impl Incident {
    /// Logs the cause under a new number.
    pub(super) fn new(app: &App, cause: &(dyn std::error::Error + 'static)) -> Self {
        let mut bytes = [0; 5];
        // Without random numbers all incidents are called alike, which is no harm.
        let _ = SystemRandom::new().fill(&mut bytes);
        let id = data_encoding::BASE32_NOPAD.encode(&bytes);
        tracing::error!(incident = id, %cause, "a page could not be made");
        Self {
            app: app.clone(),
            id,
            passes: passes(cause),
        }
    }
}

impl IntoResponse for Incident {
    fn into_response(self) -> Response {
        let message = "Something went wrong on our side. Please try again in a minute.";
        let page = error::error(&self.app.newsletter(), message, &self.id);
        if self.passes {
            // Mail programs and proxies know that they may try again.
            let later = [(header::RETRY_AFTER, LATER)];
            return (StatusCode::SERVICE_UNAVAILABLE, later, page).into_response();
        }
        (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
    }
}

/// True if the same request may succeed later: the store or the disk is away, full or locked.
fn passes(cause: &(dyn std::error::Error + 'static)) -> bool {
    let store = cause.downcast_ref::<StoreError>();
    store.is_some_and(|error| error.is_transient() || matches!(error, StoreError::Journal(_)))
}

pub(super) async fn not_found(State(app): State<App>) -> Response {
    (StatusCode::NOT_FOUND, error::not_found(&app.newsletter())).into_response()
}

pub(super) async fn method_not_allowed() -> (StatusCode, &'static str) {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "this address does not take that method\n",
    )
}
