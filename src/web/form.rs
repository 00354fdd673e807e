//! `Fields`: the fields of a posted form, in either encoding.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use templates::pages::form as page;
use tokio::time::timeout_at;

use super::error::{AppError, AppResult};
use super::server::Deadline;

const URL_ENCODED: &[u8] = b"application/x-www-form-urlencoded";
const MULTIPART: &[u8] = b"multipart/form-data";

/// True if the body has a media type that forms are sent with, unless their author chose `text/plain`.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    is_of(headers, URL_ENCODED) || is_of(headers, MULTIPART)
}

/// Media types are case-insensitive (RFC 9110 §8.3.1).
fn is_of(headers: &HeaderMap, wanted: &[u8]) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.as_bytes().get(..wanted.len()));
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case(wanted))
}

/// A broken or truncated body is the client's fault.
fn status(error: &MultipartError) -> StatusCode {
    match error.status() {
        status if status.is_server_error() => StatusCode::BAD_REQUEST,
        status => status,
    }
}

/// A request without a body has no fields.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` or `multipart/form-data`. Refuses a body that is too large, too slow
    /// or broken.
    pub(super) async fn read(request: Request) -> AppResult<Self> {
        let deadline = request.extensions().get().copied();
        let read = Self::read_without_deadline(request);
        let read = match deadline {
            None => read.await,
            Some(Deadline(at)) => match timeout_at(at, read).await {
                Ok(read) => read,
                Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
            },
        };
        read.map_err(|status| AppError::Refused(status, page::not_read))
    }

    async fn read_without_deadline(request: Request) -> Result<Self, StatusCode> {
        if is_of(request.headers(), MULTIPART) {
            // In a box, because it needs much more room than the other encoding.
            return Box::pin(Self::read_multipart(request)).await;
        }
        let body = String::from_request(request, &())
            .await
            .map_err(|refused| refused.status())?;
        let fields = url::form_urlencoded::parse(body.as_bytes());
        Ok(Self(fields.into_owned().collect()))
    }

    async fn read_multipart(request: Request) -> Result<Self, StatusCode> {
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|refused| refused.status())?;
        let mut fields = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(|error| status(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            fields.push((name, part.text().await.map_err(|error| status(&error))?));
        }
        Ok(Self(fields))
    }

    /// The first value of a field, trimmed; empty if the field is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}
