//! An HTTP client like a mail program or a link scanner: no redirects, no cookies.

use axum::body::{self, Body, Bytes};
use axum::http::header::{CONNECTION, CONTENT_TYPE};
use axum::http::{HeaderMap, Request};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

use crate::child::LIMIT;

/// A complete answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
    /// The body as text.
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header, by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

pub(crate) async fn get(url: &str) -> Answer {
    request("GET", url, &[], "").await
}

pub(crate) async fn head(url: &str) -> Answer {
    request("HEAD", url, &[], "").await
}

/// A form, URL-encoded.
pub(crate) async fn post(url: &str, form: &str) -> Answer {
    post_as("application/x-www-form-urlencoded", url, form).await
}

/// A form as `multipart/form-data`.
pub(crate) async fn post_multipart(url: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = String::new();
    for (name, value) in fields {
        form += &format!(
            "--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    form += "--frontier--\r\n";
    post_as("multipart/form-data; boundary=frontier", url, &form).await
}

/// A form of a media type.
pub(crate) async fn post_as(media_type: &str, url: &str, form: &str) -> Answer {
    request("POST", url, &[(CONTENT_TYPE.as_str(), media_type)], form).await
}

/// One request on its own connection.
pub(crate) async fn request(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let request = Request::builder().method(method).uri(url);
    let request = headers
        .iter()
        .fold(request, |request, (name, value)| {
            request.header(*name, *value)
        })
        .header(CONNECTION, "close")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let client = Client::builder(TokioExecutor::new()).build_http();
    let answer = async {
        let (parts, body) = client.request(request).await.unwrap().into_parts();
        let bytes = body::to_bytes(Body::new(body), usize::MAX).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    };
    timeout(LIMIT, answer).await.expect("the server answers")
}
