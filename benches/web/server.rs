//! The server: Verdict as `serve --only web` runs it, and the bare route beside it, in their own process.

use std::fmt::Write as _;
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator as _;
use subscribers::consent::Consent;
use subscribers::token::{self, Purpose};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tower_service::Service as _;
use verdict::store::{subscribers as list, votes};
use verdict::{app, edition, web};

use crate::data::{self, EDITIONS, READERS, VOTED_EDITIONS};
use crate::options::Options;
use crate::press::{self, LARGE, SLUG};
use crate::process;
use crate::route::Route;
use crate::schema::{POSTGRES_URL, Schema};

/// The tool that is voted on.
const TOOL: &str = "large";

/// In a mixed order, the distance in the list from one reader who votes or leaves to the next. Shares no factor with
/// [`READERS`].
const STRIDE: usize = 177_787;

/// The list's store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum App {
    Sqlite,
    Postgres,
}

/// What to serve.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Place {
    dir: PathBuf,
    /// `None`: SQLite files.
    stores: Option<[String; 2]>,
    is_mixed: bool,
}

/// The server's addresses.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct At {
    /// Ports: of the instance, of the one with [votes](data::vote), and of the bare routes.
    pub(crate) site: u16,
    pub(crate) voted: u16,
    pub(crate) bare: u16,
    /// Files with one link a line, one for each reader.
    pub(crate) votes: PathBuf,
    pub(crate) unsubscribes: PathBuf,
}

/// The counts in the store.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Changed {
    pub(crate) votes: usize,
    pub(crate) left: usize,
}

/// A server that runs until this is dropped.
pub(crate) struct Server {
    child: Child,
    /// Each line on it is a question; closing it ends the server.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    pub(crate) at: At,
    /// Dropped after the server has exited.
    _schemas: Option<[Schema; 2]>,
}

impl Server {
    /// Starts this program again, as the server.
    pub(crate) fn start(dir: &Path, options: &Options) -> Self {
        let make =
            |which| Schema::make(which).unwrap_or_else(|| panic!("{POSTGRES_URL} names no server"));
        let schemas = (options.store == App::Postgres).then(|| ["site", "voted"].map(make));
        let urls = |schemas: &[Schema; 2]| schemas.each_ref().map(|schema| schema.url.clone());
        let job = crate::Child::Serve(Place {
            dir: dir.to_owned(),
            stores: schemas.as_ref().map(urls),
            is_mixed: options.is_mixed,
        });
        let mut child = process::start(process::SENDING, &job);
        let questions = child.stdin.take();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        Self {
            at: answer(&mut answers),
            child,
            questions,
            answers,
            _schemas: schemas,
        }
    }

    /// The server's processor time so far.
    pub(crate) fn spent(&mut self) -> Duration {
        self.ask(Question::Spent)
    }

    pub(crate) fn changed(&mut self) -> Changed {
        self.ask(Question::Changed)
    }

    fn ask<A: serde::de::DeserializeOwned>(&mut self, question: Question) -> A {
        let questions = self.questions.as_mut().unwrap();
        let question = serde_json::to_string(&question).unwrap();
        writeln!(questions, "{question}").unwrap();
        answer(&mut self.answers)
    }
}

fn answer<A: serde::de::DeserializeOwned>(answers: &mut impl io::BufRead) -> A {
    let mut line = String::new();
    answers.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Question {
    Spent,
    Changed,
}

/// The server itself. It prints its addresses, then answers questions until the input ends.
pub(crate) fn serve(place: &Place) {
    let runtime = Runtime::new().unwrap();
    let (app, voted, at) = runtime.block_on(prepare(place));
    say(&at);
    for line in io::stdin().lines() {
        match serde_json::from_str(&line.unwrap()).unwrap() {
            Question::Spent => say(&process::ticks()),
            Question::Changed => say(&runtime.block_on(changed(&app))),
        }
    }
    for app in [app, voted] {
        runtime.block_on(app.store.close());
    }
}

fn say(answer: &impl Serialize) {
    println!("{}", serde_json::to_string(answer).unwrap());
}

async fn prepare(place: &Place) -> (app::App, app::App, At) {
    let [app, voted] = [0, 1].map(async |which| {
        let dir = place.dir.join(["site", "voted"][which]);
        let app = press::Place {
            dir: &dir,
            store: place.stores.as_ref().map(|urls| urls[which].clone()),
            port: 25,
            connections: 1,
        };
        app.open(LARGE).await
    });
    let (app, voted) = (app.await, voted.await);
    data::fill(&app, READERS, EDITIONS).await;
    data::fill(&voted, 1, VOTED_EDITIONS).await;
    data::vote(&voted).await;
    let edition = edition::open(&app, SLUG).await.unwrap().edition;
    let (mut votes, mut unsubscribes) = (String::new(), String::new());
    let stride = if place.is_mixed { STRIDE } else { 1 };
    for number in 0..READERS {
        let reader = (number * stride % READERS + 1) as i64;
        let reader = list::get(&app.store, reader).await.unwrap();
        let reader = reader.unwrap();
        let link = |purpose| token::sign(&app.key, reader.token(purpose, edition.id));
        let _ = writeln!(votes, "/v/{}/{TOOL}/ship", link(Purpose::Vote));
        let _ = writeln!(unsubscribes, "/u/{}", link(Purpose::Unsubscribe));
    }
    let site = web::routes(app.clone());
    let at = At {
        bare: start(bare(site.clone()).await).await,
        site: start(site).await,
        voted: start(web::routes(voted.clone())).await,
        votes: place.dir.join("votes"),
        unsubscribes: place.dir.join("unsubscribes"),
    };
    std::fs::write(&at.votes, votes).unwrap();
    std::fs::write(&at.unsubscribes, unsubscribes).unwrap();
    (app, voted, at)
}

/// The [twins](Route::twin): each answers what the site's route does.
async fn bare(mut site: Router) -> Router {
    let left = || async { "You’re unsubscribed.\n" };
    let mut bare = Router::new();
    for route in Route::iter().filter(|route| route.has_twin()) {
        let handler = match route.paths() {
            Some(paths) => {
                let page = page(&mut site, route, &paths[0]).await;
                get(move || std::future::ready(page.clone()))
            }
            None => post(left),
        };
        bare = bare.route(&format!("/{}", route.name()), handler);
    }
    bare
}

async fn page(site: &mut Router, route: Route, path: &str) -> (HeaderMap, Bytes) {
    let mut request = Request::get(path);
    for (name, value) in route.headers() {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let answer = site.as_service::<Body>().call(request).await.unwrap();
    assert!(answer.status().is_success(), "{path}: {answer:?}");
    let (head, body) = answer.into_parts();
    (head.headers, to_bytes(body, usize::MAX).await.unwrap())
}

/// Serves on a free port.
async fn start(router: Router) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(web::serve(listener, router, CancellationToken::new()));
    port
}

async fn changed(app: &app::App) -> Changed {
    let votes = votes::tally(&app.store, SLUG).await.unwrap();
    let readers = list::count(&app.store).await.unwrap();
    Changed {
        votes: votes.get(TOOL).map_or(0, |tally| tally.ship as usize),
        left: readers
            .get(&Consent::Unsubscribed)
            .map_or(0, |count| *count as usize),
    }
}
