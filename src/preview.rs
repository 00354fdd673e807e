//! `verdict preview`: an issue as its mail and its page will look, reloaded whenever the file is saved.
//!
//! It listens on this machine only and answers only requests that name this machine, so that no web site can read an
//! unpublished issue (`guard`). What an issue makes is shown in sandboxed frames that run no script and load nothing
//! (`frames`). Readers are made up (`choices`), and their links open nothing. If there is a database, it tells what was
//! sent.

mod choices;
mod copy;
mod events;
mod files;
mod frames;
mod guard;
mod list;
mod page;
mod picture;
mod setup;
mod shell;
mod workspace;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::issue;
use crate::web::{self, Limits};
use guard::Hosts;
use workspace::Workspace;

pub use workspace::{OpenError, Options};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(250);

/// How often the database is read.
const REMEMBER: Duration = Duration::from_secs(30);

/// How long the first page waits for the database.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long a request in progress may take when the preview ends.
const DRAIN: Duration = Duration::from_secs(1);

/// How long an event stream stays open.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// A preview that is ready to be served.
pub struct Preview {
    workspace: Workspace,
}

impl Preview {
    /// # Errors
    /// If the issue file or the folder is not there, or the system provides no random numbers.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        Workspace::open(options).map(|workspace| Self { workspace })
    }

    /// The file that it shows; `None` if it shows the instance's folder.
    pub fn file(&self) -> Option<&PathBuf> {
        self.workspace.only()
    }

    /// The path of its first page.
    pub fn path(&self) -> String {
        match self.file() {
            Some(file) => issue_path(&issue::stem(file)),
            None => "/".to_owned(),
        }
    }

    /// Serves on a loopback address until `stop` is cancelled, which ends event streams at once.
    ///
    /// # Errors
    /// If the listener keeps failing.
    pub async fn serve(self, listener: TcpListener, stop: CancellationToken) -> io::Result<()> {
        let hosts = Hosts::of(listener.local_addr()?);
        let limits = Limits {
            drain: DRAIN,
            life: LIFE,
            ..Limits::default()
        };
        let first = timeout(PATIENCE, self.workspace.remember());
        // Later is soon enough.
        let _ = stop.run_until_cancelled(first).await;
        let watching = tokio::spawn(watch(self.workspace.clone(), stop.clone()));
        let remembering = tokio::spawn(remember(self.workspace.clone(), stop.clone()));
        let router = routes(self.workspace, stop.clone(), hosts);
        let served = web::serve_within(listener, router, limits, stop.clone()).await;
        stop.cancel();
        watching.await.map_err(io::Error::other)?;
        remembering.await.map_err(io::Error::other)?;
        served
    }
}

/// Looks at the files until `stop` is cancelled.
async fn watch(workspace: Workspace, stop: CancellationToken) {
    while stop.run_until_cancelled(sleep(LOOK)).await.is_some() {
        let workspace = workspace.clone();
        let looked = tokio::task::spawn_blocking(move || workspace.look()).await;
        if let Err(error) = looked {
            tracing::error!(%error, "cannot look at the files");
        }
    }
}

/// Reads the database until `stop` is cancelled.
async fn remember(workspace: Workspace, stop: CancellationToken) {
    let reading = async {
        loop {
            workspace.remember().await;
            sleep(REMEMBER).await;
        }
    };
    stop.run_until_cancelled(reading).await;
}

#[derive(Clone)]
struct Handlers {
    workspace: Workspace,
    stop: CancellationToken,
}

impl FromRef<Handlers> for Workspace {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.workspace.clone()
    }
}

impl FromRef<Handlers> for CancellationToken {
    fn from_ref(handlers: &Handlers) -> Self {
        handlers.stop.clone()
    }
}

fn routes(workspace: Workspace, stop: CancellationToken, hosts: Hosts) -> Router {
    Router::new()
        .route("/", get(list::show))
        .route("/events", get(events::of_folder))
        .route("/issues/{name}", get(page::show))
        .route("/issues/{name}/mail", get(frames::mail))
        .route("/issues/{name}/page", get(frames::page))
        .route("/issues/{name}/events", get(events::of_issue))
        .route("/preview.css", get(shell::style))
        .route("/preview.js", get(shell::script))
        .fallback(|| async { Failure::NotFound })
        .with_state(Handlers { workspace, stop })
        .layer(middleware::from_fn_with_state(
            Arc::new(hosts),
            guard::guard,
        ))
}

/// Why a page cannot be shown.
enum Failure {
    /// There is no such page or issue file.
    NotFound,
    Failed(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "There is no such issue file.\n").into_response()
            }
            Self::Failed(why) => {
                let why = format!("This cannot be shown: {why}\n");
                (StatusCode::INTERNAL_SERVER_ERROR, why).into_response()
            }
        }
    }
}

/// The path of an issue's page, by the file's name without `.toml`.
fn issue_path(name: &str) -> String {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    format!("/issues/{}", utf8_percent_encode(name, ESCAPED))
}
