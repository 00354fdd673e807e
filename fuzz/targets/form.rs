//! An HTTP request: a request line, headers, an empty line and a body. No request may cause a server error or put its
//! own markup into a response.
//!
//! `{stamp}` is replaced by the stamp of a real form, `{unsubscribe}` by the token of a reader's unsubscribe link.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use chrono::{DateTime, TimeDelta, Utc};
use subscribers::address::Address;
use subscribers::consent::ConsentSource;
use subscribers::token::{self, Purpose, Token, stamp};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower_service::Service as _;
use verdict::app::App;
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::readers::{self, Joiner};
use verdict::store::subscribers::{self as list, Frequency, Subscriber};
use verdict::web;

/// The start of an element that no template has.
const FOREIGN: &str = "<fuzz";

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static SITE: LazyLock<Site> = LazyLock::new(|| RUNTIME.block_on(Site::open()));

struct Site {
    app: App,
    routes: Router,
    reader: Subscriber,
    stamps: AtomicU64,
    _folder: TempDir,
}

pub(crate) fn run(data: &[u8]) {
    let Some(request) = request(data) else {
        return;
    };
    let mut routes = SITE.routes.clone();
    RUNTIME.block_on(async {
        let answer = routes.call(request).await.expect("an answer");
        assert!(!answer.status().is_server_error(), "{answer:?}");
        let body = to_bytes(answer.into_body(), 1 << 24).await.expect("a page");
        let page = String::from_utf8_lossy(&body).to_lowercase();
        assert!(!page.contains(FOREIGN), "{page}");
    });
}

impl Site {
    async fn open() -> Self {
        let folder = TempDir::new().expect("a folder");
        let variables = |name: &str| match name {
            "VERDICT_JOIN_PER_ADDRESS" => Some("100".to_owned()),
            "VERDICT_JOIN_PER_NETWORK" => Some("1000000".to_owned()),
            "VERDICT_WEB_PROXIES" => Some("0.0.0.0".to_owned()),
            _ => None,
        };
        let file = Config::template().as_bytes();
        let config = Config::parse("verdict.toml".as_ref(), file, variables);
        let config = config.expect("a configuration");
        let start: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().expect("an instant");
        let app = App::with_config(folder.path(), config, Clock::fixed(start)).await;
        let app = app.expect("an instance");
        let address = Address::parse("ada@example.com").expect("an address");
        let joiner = Joiner {
            address: address.clone(),
            name: None,
            time_zone: None,
            frequency: Frequency::Every,
            paused_until: None,
        };
        readers::add(&app, &[joiner], true, ConsentSource::Editor)
            .await
            .expect("a reader");
        let reader = list::find(&app.store, address.key()).await;
        Self {
            routes: web::routes(app.clone()),
            reader: reader.expect("a list").expect("a reader"),
            app,
            stamps: AtomicU64::new(0),
            _folder: folder,
        }
    }

    /// The stamp of a form from a minute ago.
    fn stamp(&self) -> String {
        let number = self.stamps.fetch_add(1, Ordering::Relaxed).to_le_bytes();
        let at = self.app.clock.now() - TimeDelta::minutes(1);
        stamp::sign(&self.app.key, at.timestamp_millis(), number)
    }

    fn unsubscribe(&self) -> String {
        let token = Token {
            address_tag: self.reader.address_tag,
            ..Token::new(Purpose::Unsubscribe, self.reader.id, 0)
        };
        token::sign(&self.app.key, token)
    }
}

fn request(data: &[u8]) -> Option<Request> {
    let text = String::from_utf8_lossy(data);
    let text = text
        .replace("{stamp}", &SITE.stamp())
        .replace("{unsubscribe}", &SITE.unsubscribe());
    let (head, body) = text.split_once("\n\n")?;
    let mut lines = head.split('\n');
    let (method, path) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(path);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        request = request.header(name, value);
    }
    request.body(Body::from(body.to_owned())).ok()
}
