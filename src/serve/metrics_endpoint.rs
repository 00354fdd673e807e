//! Serves `/metrics`, `/healthz` and `/readyz` on a listener of their own: readers' pages are public, and a machine
//! that only sends has no pages.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Failed, TaskResult};
use crate::app::App;
use crate::store::StoreError;
use crate::store::deliveries::{self, Backlog};
use crate::web::{self, Limits};

/// How long to reuse what was read from the store, so that several scrapers cost no more than one.
const FRESH: Duration = Duration::from_secs(1);

/// Most connections at a time: scrapers and probes are few.
const CONNECTIONS: u32 = 64;

/// What was last read from the store, and when.
#[derive(Default)]
struct Read(Option<(Instant, Vec<Backlog>)>);

#[derive(Clone)]
struct Shared {
    app: App,
    read: Arc<Mutex<Read>>,
}

pub(super) async fn serve(app: App, listener: TcpListener, stop: CancellationToken) -> TaskResult {
    let health = web::health(app.clone());
    let shared = Shared {
        app,
        read: Arc::default(),
    };
    let routes = Router::new()
        .route("/metrics", get(metrics))
        .with_state(shared)
        .merge(health);
    let limits = Limits {
        connections: CONNECTIONS,
        loopback: CONNECTIONS / 4,
        reserve: CONNECTIONS / 4,
        ..Limits::default()
    };
    Ok(web::serve_within(listener, routes, limits, stop).await?)
}

/// Fails without the store, although the process's own counters don't need it: a failing scrape raises an alarm,
/// numbers that stand still do not.
async fn metrics(State(shared): State<Shared>) -> Response {
    match text(&shared).await {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "cannot read the metrics");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn text(shared: &Shared) -> Result<String, Failed> {
    let app = &shared.app;
    let mut read = shared.read.lock().await;
    let backlog = read.backlog(app).await?;
    Ok(app.metrics.text(backlog, app.clock.now())?)
}

impl Read {
    async fn backlog(&mut self, app: &App) -> Result<&[Backlog], StoreError> {
        let stale = self.0.as_ref().is_none_or(|(at, _)| at.elapsed() > FRESH);
        if stale {
            self.0 = Some((Instant::now(), deliveries::backlog(&app.store).await?));
        }
        Ok(self.0.as_ref().map_or(&[], |(_, backlog)| backlog))
    }
}
