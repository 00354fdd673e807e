//! Forms as they are posted, in either encoding.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout_at;

use super::error::AppError;
use super::server::Deadline;

const MULTIPART: &[u8] = b"multipart/form-data";

/// Media types are known in any case (RFC 9110 §8.3.1).
fn is_multipart(kind: &[u8]) -> bool {
    let begin = kind.get(..MULTIPART.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(MULTIPART))
}

/// A broken or truncated body is the client's fault.
fn refuse(error: MultipartError) -> Response {
    if error.status().is_server_error() {
        return (StatusCode::BAD_REQUEST, "the form is cut short\n").into_response();
    }
    error.into_response()
}

/// The fields of a form. A request without a body has none.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` or `multipart/form-data`.
    ///
    /// # Errors
    /// The answer to a body that is too large, too slow or broken.
    pub(super) async fn read(request: Request) -> Result<Self, AppError> {
        let deadline = request.extensions().get().copied();
        let read = Self::read_patiently(request);
        let read = match deadline {
            None => read.await,
            Some(Deadline(at)) => match timeout_at(at, read).await {
                Ok(read) => read,
                Err(_) => {
                    let late = (StatusCode::REQUEST_TIMEOUT, "the form took too long\n");
                    Err(late.into_response())
                }
            },
        };
        read.map_err(|refused| AppError::Refused(Box::new(refused)))
    }

    async fn read_patiently(request: Request) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let multipart = kind.is_some_and(|kind| is_multipart(kind.as_bytes()));
        if multipart {
            return Self::read_multipart(request).await;
        }
        let body = String::from_request(request, &())
            .await
            .map_err(|refused| refused.into_response())?;
        let fields = url::form_urlencoded::parse(body.as_bytes());
        Ok(Self(fields.into_owned().collect()))
    }

    async fn read_multipart(request: Request) -> Result<Self, Response> {
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|refused| refused.into_response())?;
        let mut fields = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(refuse)? {
            let name = part.name().unwrap_or_default().to_owned();
            fields.push((name, part.text().await.map_err(refuse)?));
        }
        Ok(Self(fields))
    }

    /// The first value of a field, without white space around it; empty if it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }
}
