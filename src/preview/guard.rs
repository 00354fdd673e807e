//! Lets in only requests that a person on this machine made. A web site can make a browser send requests to this
//! machine, and with a name of its own that leads here (DNS rebinding) even read the answers.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// The policy of the preview's own pages: their style sheet, their script, and frames of their own.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     frame-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names that this server answers to, each with the port.
pub(super) struct Hosts(Vec<String>);

impl Hosts {
    pub(super) fn of(address: SocketAddr) -> Self {
        let port = address.port();
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        hosts.push(address.to_string());
        if port == 80 {
            // Browsers leave out the port of http.
            hosts.extend(names.map(str::to_owned));
        }
        Self(hosts)
    }

    fn has(&self, host: &str) -> bool {
        self.0.iter().any(|ours| ours.eq_ignore_ascii_case(host))
    }

    /// True if the request names this server, and nothing else.
    fn are_named_by(&self, request: &Request) -> bool {
        let mut named = request.headers().get_all(header::HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else {
            return false;
        };
        let authority = request.uri().authority();
        host.to_str().is_ok_and(|host| self.has(host))
            && authority.is_none_or(|authority| self.has(authority.as_str()))
    }

    /// True if a page of another origin makes the request. Programs that are no browsers send neither header.
    fn are_foreign_to(&self, headers: &HeaderMap) -> bool {
        let is_ours = |origin: &HeaderValue| {
            let origin = origin.to_str().unwrap_or_default();
            origin
                .strip_prefix("http://")
                .is_some_and(|host| self.has(host))
        };
        let is_own = |site: &HeaderValue| site == "same-origin" || site == "none";
        !headers.get_all(header::ORIGIN).iter().all(is_ours)
            || !headers.get_all(FETCH_SITE).iter().all(is_own)
    }
}

pub(super) async fn guard(
    State(hosts): State<Arc<Hosts>>,
    request: Request,
    next: Next,
) -> Response {
    let response = if !hosts.are_named_by(&request) {
        let why = "This preview answers only to this machine's own names, such as 127.0.0.1.\n";
        (StatusCode::MISDIRECTED_REQUEST, why).into_response()
    } else if hosts.are_foreign_to(request.headers()) {
        let why =
            "Another web site led you here. To open the preview, type or paste its address.\n";
        (StatusCode::FORBIDDEN, why).into_response()
    } else {
        next.run(request).await
    };
    secured(response)
}

fn secured(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        let value = HeaderValue::from_static(value);
        headers.entry(name).or_insert(value);
    }
    response
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn only_this_machines_names_with_the_port_are_ours() {
        let hosts = Hosts::of("127.0.0.1:4000".parse().unwrap());
        for ours in [
            "127.0.0.1:4000",
            "localhost:4000",
            "LocalHost:4000",
            "[::1]:4000",
        ] {
            assert!(hosts.has(ours), "{ours}");
        }
        for foreign in [
            "127.0.0.1",
            "localhost",
            "127.0.0.1:4001",
            "localhost.:4000",
            "127.0.0.1:4000.",
            "127.0.0.1:04000",
            "evil.example.net:4000",
            "127.0.0.1:4000@evil.example.net",
            "",
            "[::1]",
        ] {
            assert!(!hosts.has(foreign), "{foreign}");
        }
        assert!(Hosts::of("[::1]:80".parse().unwrap()).has("localhost"));
        assert!(Hosts::of("127.0.0.9:4000".parse().unwrap()).has("127.0.0.9:4000"));
    }

    #[test]
    fn a_request_names_one_host() {
        let hosts = Hosts::of("127.0.0.1:4000".parse().unwrap());
        let named = |uri: &str, named: &[&str]| {
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = uri.parse().unwrap();
            for host in named {
                request
                    .headers_mut()
                    .append(header::HOST, host.parse().unwrap());
            }
            hosts.are_named_by(&request)
        };
        assert!(named("/", &["localhost:4000"]));
        assert!(named("http://localhost:4000/", &["localhost:4000"]));
        assert!(!named("/", &[]));
        assert!(!named("/", &["localhost:4000", "localhost:4000"]));
        assert!(!named("http://evil.example.net/", &["localhost:4000"]));
    }
}
