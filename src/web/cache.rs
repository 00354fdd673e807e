//! Public pages, kept as bytes: however many people read one, it is rendered once a second at most.
//!
//! A page of this cache is the same for everyone. It is kept plain and, once someone takes it so, compressed, with its
//! entity tag, and requests that come while it is rendered wait for that. What a link in a mail opens is neither kept
//! nor compressed: a secret can be guessed from the length of a compressed page.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant as Created};

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::Expiry;
use moka::future::Cache;
use percent_encoding::percent_decode_str;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use url::form_urlencoded::byte_serialize;

/// Bytes; larger than any page.
const MOST: usize = 8 * 1024 * 1024;

/// What an entry takes beside its bodies: headers, key and bookkeeping.
const OVERHEAD: usize = 1024;

/// Votes and new editions show within this time.
const FRESH: Duration = Duration::from_secs(1);

/// The pages that are kept. Cheap to clone.
#[derive(Clone)]
pub(super) struct Pages(Option<Cache<String, Arc<Page>>>);

impl Pages {
    /// Keeps at most so many bytes, those that are asked for most; none at all for 0.
    pub(super) fn new(most: u64) -> Self {
        let cache = || {
            Cache::builder()
                .max_capacity(most)
                .weigher(|_: &String, page: &Arc<Page>| page.weight())
                .expire_after(Lifetime)
                .build()
        };
        Self((most > 0).then(cache))
    }
}

struct Lifetime;

impl Expiry<String, Arc<Page>> for Lifetime {
    fn expire_after_create(&self, _: &String, page: &Arc<Page>, _: Created) -> Option<Duration> {
        page.lifetime
    }
}

/// Middleware for pages that change: those with votes, and lists of what was sent.
pub(super) async fn changing(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    answer(&pages, Some(FRESH), request, next).await
}

/// Middleware for what stays as it is until the next start.
pub(super) async fn fixed(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    answer(&pages, None, request, next).await
}

async fn answer(
    pages: &Pages,
    lifetime: Option<Duration>,
    request: Request,
    next: Next,
) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    let asked = Asked::read(&parts.headers);
    let key = key(&parts.uri);
    // The page of a HEAD is that of a GET.
    parts.method = Method::GET;
    let cache = pages.0.as_ref().zip(key.as_deref());
    let request = Request::from_parts(parts, Body::empty());
    let page = match cache {
        Some((cache, key)) => {
            let render = render(request, next, lifetime);
            let page = cache.try_get_with_by_ref(key, render).await;
            page.unwrap_or_else(|other| Arc::clone(&other))
        }
        None => match render(request, next, None).await {
            Ok(page) | Err(page) => page,
        },
    };
    page.respond(&asked).await
}

/// The path of a page that can be kept. Only the archive depends on the query, and its searches are not kept. Neither
/// are other spellings of a path: they would fill the cache with copies.
fn key(uri: &Uri) -> Option<String> {
    let path = uri.path();
    if path == "/issues" && uri.query().is_some() {
        return None;
    }
    let spelled = |segment: &str| -> String {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        byte_serialize(&decoded).collect()
    };
    let is_usual = || path.split('/').all(|segment| spelled(segment) == segment);
    (!path.contains('%') || is_usual()).then(|| path.to_owned())
}

/// # Errors
/// The answer, if it is no page to keep: it does not exist, is elsewhere, or cannot be rendered now.
async fn render(
    request: Request,
    next: Next,
    lifetime: Option<Duration>,
) -> Result<Arc<Page>, Arc<Page>> {
    let start = Instant::now();
    let response = next.run(request).await;
    let mut page = Page::read(response).await;
    if page.status != StatusCode::OK {
        return Err(Arc::new(page));
    }
    // What it shows may be as old as the start.
    page.lifetime = lifetime.map(|lifetime| lifetime.saturating_sub(start.elapsed()));
    Ok(Arc::new(page))
}

fn gzip(plain: &[u8]) -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 2), Compression::default());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?.into())
}

/// What a request says about the answer it takes.
struct Asked {
    /// The versions that the client has.
    known: Option<HeaderValue>,
    /// True if it takes gzip.
    packed: bool,
}

impl Asked {
    fn read(headers: &HeaderMap) -> Self {
        let codings = headers.get_all(header::ACCEPT_ENCODING).iter();
        let mut codings = codings
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        Self {
            known: headers.get(header::IF_NONE_MATCH).cloned(),
            packed: codings.any(is_gzip),
        }
    }
}

/// True for a coding such as `gzip` or `gzip;q=0.8`, but not `gzip;q=0` (RFC 9110 §12.5.3).
fn is_gzip(coding: &str) -> bool {
    let mut parts = coding.split(';').map(str::trim);
    let is_it = parts.next().is_some_and(|name| {
        ["gzip", "x-gzip"]
            .iter()
            .any(|one| name.eq_ignore_ascii_case(one))
    });
    let refused = |part: &str| {
        let weight = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="));
        weight.and_then(|weight| weight.parse().ok()) == Some(0.0)
    };
    is_it && !parts.any(refused)
}

/// An answer that can be given many times.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    extensions: Extensions,
    plain: Bytes,
    /// Made for the first client that takes it.
    packed: OnceCell<Option<Bytes>>,
    /// How long it may be kept; `None` for good.
    lifetime: Option<Duration>,
}

impl Page {
    async fn read(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let (mut status, mut headers) = (parts.status, parts.headers);
        let plain = to_bytes(body, MOST).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a page could not be read");
            status = StatusCode::INTERNAL_SERVER_ERROR;
            Bytes::new()
        });
        headers.remove(header::CONTENT_LENGTH);
        if status == StatusCode::OK {
            mark(&mut headers, &plain);
        }
        Self {
            status,
            headers,
            extensions: parts.extensions,
            plain,
            packed: OnceCell::new(),
            lifetime: None,
        }
    }

    /// Room for both bodies: a page is weighed before it is compressed.
    fn weight(&self) -> u32 {
        let bodies = if self.is_text() { 2 } else { 1 };
        u32::try_from(OVERHEAD + bodies * self.plain.len()).unwrap_or(u32::MAX)
    }

    /// `None` if the page is not compressed.
    async fn packed(&self) -> Option<&Bytes> {
        if self.status != StatusCode::OK || !self.is_text() {
            return None;
        }
        let pack = || async {
            let plain = self.plain.clone();
            spawn_blocking(move || gzip(&plain)).await.ok()?.ok()
        };
        self.packed.get_or_init(pack).await.as_ref()
    }

    fn is_text(&self) -> bool {
        let kind = self.headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        kind.starts_with("text/") || kind.contains("xml")
    }

    /// Answers 304 if the client has this version (RFC 9110 §13.1.2).
    async fn respond(&self, asked: &Asked) -> Response {
        let tag = self.headers.get(header::ETAG);
        let is_known = tag
            .zip(asked.known.as_ref())
            .is_some_and(|(tag, known)| has(known, tag));
        let packed = match asked.packed && !is_known {
            true => self.packed().await,
            false => None,
        };
        let body = match is_known {
            true => Bytes::new(),
            false => packed.unwrap_or(&self.plain).clone(),
        };
        let mut response = Body::from(body).into_response();
        *response.status_mut() = match is_known {
            true => StatusCode::NOT_MODIFIED,
            false => self.status,
        };
        *response.headers_mut() = self.headers.clone();
        *response.extensions_mut() = self.extensions.clone();
        if packed.is_some() {
            let gzip = HeaderValue::from_static("gzip");
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, gzip);
        }
        response
    }
}

/// Compares weakly (RFC 9110 §8.8.3.2): a proxy may have dropped the `W/`.
fn has(known: &HeaderValue, tag: &HeaderValue) -> bool {
    fn opaque(tag: &str) -> &str {
        tag.strip_prefix("W/").unwrap_or(tag)
    }
    let tag = opaque(tag.to_str().unwrap_or_default());
    let mut known = known.to_str().unwrap_or_default().split(',');
    known.any(|one| ["*", tag].contains(&opaque(one.trim())))
}

/// Adds an entity tag, and makes browsers ask whether a page has changed: votes come in at any time. The tag is weak
/// because the same page may be compressed or not.
fn mark(headers: &mut HeaderMap, body: &[u8]) {
    let hash = data_encoding::BASE64URL_NOPAD.encode(&digest(&SHA256, body).as_ref()[..12]);
    if let Ok(tag) = HeaderValue::try_from(format!("W/\"{hash}\"")) {
        headers.insert(header::ETAG, tag);
    }
    let ask = HeaderValue::from_static("public, max-age=0, must-revalidate");
    headers.entry(header::CACHE_CONTROL).or_insert(ask);
    let vary = HeaderValue::from_static("accept-encoding");
    headers.append(header::VARY, vary);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::routing::get;
    use axum::{Router, middleware};
    use tower_service::Service as _;

    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        for (coding, takes) in [
            ("gzip", true),
            (" GZIP;q=0.5", true),
            ("x-gzip", true),
            ("gzip; q=0", false),
            ("gzip;q=0.000", false),
            ("br", false),
            ("", false),
        ] {
            assert_eq!(is_gzip(coding), takes, "{coding:?}");
        }
    }

    #[test]
    fn a_version_is_known_by_its_tag_strong_or_weak() {
        let tag = HeaderValue::from_static("W/\"a\"");
        for (known, is_known) in [
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("W/\"ab\"", false),
            ("a", false),
        ] {
            assert_eq!(
                has(&HeaderValue::from_static(known), &tag),
                is_known,
                "{known}"
            );
        }
    }

    #[test]
    fn a_page_has_one_key() {
        for (address, kept) in [
            ("/", Some("/")),
            ("/?utm_source=news", Some("/")),
            ("/issues", Some("/issues")),
            ("/issues?page=2", None),
            ("/issues/a-vs-b?x", Some("/issues/a-vs-b")),
            ("/issues/%61-vs-b", None),
            ("/tools/%E9%80%9A", Some("/tools/%E9%80%9A")),
            ("/tools/%e9%80%9a", None),
            ("/tools/a%2Fb", Some("/tools/a%2Fb")),
        ] {
            let uri: Uri = address.parse().unwrap();
            assert_eq!(key(&uri).as_deref(), kept, "{address}");
        }
    }

    /// A site of the handlers' own making: how often a page was rendered is what it shows.
    fn site(most: u64) -> Router {
        static RENDERED: AtomicUsize = AtomicUsize::new(0);
        let page = async || {
            tokio::time::sleep(Duration::from_millis(20)).await;
            format!(
                "{}{}",
                RENDERED.fetch_add(1, Ordering::Relaxed),
                "x".repeat(2_000)
            )
        };
        let kept = Pages::new(most);
        Router::new()
            .route("/", get(page))
            .route("/issues", get(page))
            .route("/issues/{slug}", get(page))
            .route("/none", get(async || StatusCode::NOT_FOUND))
            .route_layer(middleware::from_fn_with_state(kept, changing))
    }

    async fn read(site: &Router, request: &str) -> (StatusCode, Vec<u8>) {
        let (method, path) = request.split_once(' ').unwrap();
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Body::empty()).unwrap();
        let response = site.clone().call(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), MOST).await.unwrap();
        (status, body.to_vec())
    }

    #[tokio::test]
    async fn a_thousand_readers_at_once_get_one_rendering() {
        let site = site(1 << 20);
        let readers = (0..1000).map(|_| read(&site, "GET /"));
        let pages = futures_util::future::join_all(readers).await;
        assert!(pages.iter().all(|page| *page == pages[0]));
        assert_eq!(read(&site, "GET /?utm_source=news").await, pages[0]);
        assert_eq!(read(&site, "HEAD /").await, (StatusCode::OK, vec![]));
        assert_eq!(read(&site, "GET /").await, pages[0]);
        tokio::time::sleep(FRESH).await;
        assert_ne!(read(&site, "GET /").await, pages[0]);
    }

    #[tokio::test]
    async fn searches_other_spellings_and_missing_pages_are_not_kept() {
        let site = site(1 << 20);
        for path in ["/issues?q=a", "/issues?page=2", "/issues/%61"] {
            let request = format!("GET {path}");
            assert_ne!(
                read(&site, &request).await,
                read(&site, &request).await,
                "{path}"
            );
        }
        assert_eq!(read(&site, "GET /none").await.0, StatusCode::NOT_FOUND);
        assert_eq!(
            read(&site, "POST /").await.0,
            StatusCode::METHOD_NOT_ALLOWED
        );
    }

    #[tokio::test]
    async fn the_memory_is_bounded_and_may_be_none() {
        let none = site(0);
        assert_ne!(read(&none, "GET /").await, read(&none, "GET /").await);
        let kept = Pages::new(100_000);
        let cache = kept.0.as_ref().unwrap();
        let site = Router::new()
            .route("/issues/{slug}", get(async || "x".repeat(2_000)))
            .route_layer(middleware::from_fn_with_state(kept.clone(), fixed));
        for number in 0..200 {
            read(&site, &format!("GET /issues/{number}")).await;
        }
        cache.run_pending_tasks().await;
        assert!(
            (50_000..=100_000).contains(&cache.weighted_size()),
            "{}",
            cache.weighted_size()
        );
    }
}
