//! `verdict serve`: schedule, sender and web in one long-running process.

mod compaction;
mod corrections;
mod delivery_task;
mod digest;
mod metrics_endpoint;
mod node;
pub(crate) mod outbox_task;
mod preflight;
mod purge_task;
mod scheduler;

use std::net::SocketAddr;
use std::sync::Arc;

use clap::ValueEnum;
use strum::{IntoStaticStr, VariantArray};
use templates::pages::error;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::web::{self, Limits};
pub(crate) use node::Node;

/// A part of `verdict serve`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Part {
    /// The pages
    Web,
    /// Deciding what goes out in each slot
    Schedule,
    /// Sending what is due
    Send,
}

/// Runs the parts in `only`, or all if it is empty, until `stop` is cancelled. If one part can't start or ends, all
/// end with its error.
pub async fn run(app: App, only: &[Part], stop: CancellationToken) -> Result<(), Failed> {
    // Fail now if the journal isn't writable: opt-outs would fail later.
    app.journal.prepare().await?;
    let does = |part| only.is_empty() || only.contains(&part);
    let parts = Part::VARIANTS.iter().copied();
    let parts: Vec<Part> = parts.filter(|part| does(*part)).collect();
    // A machine that decides slots freezes mails, even if another one sends them.
    match app.config.may_mail() {
        Err(error) if does(Part::Send) || does(Part::Schedule) => return Err(error.into()),
        Err(error) => tracing::warn!("{error}"),
        Ok(()) => {}
    }
    let listener = match does(Part::Web) {
        true => Some(listen(app.config.web.listen, "web.listen").await?),
        false => None,
    };
    if let Some(listener) = &listener {
        let (address, base_url) = (listener.local_addr()?, &app.config.web.base_url);
        tracing::info!(%address, base_url, "serving");
    }
    let metrics = match app.config.metrics.listen {
        Some(address) => Some(listen(address, "metrics.listen").await?),
        None => None,
    };
    if let Some(listener) = &metrics {
        tracing::info!(address = %listener.local_addr()?, "serving metrics");
    }
    let frozen = Arc::new(Notify::new());
    let node = Node::register(&app, "verdict serve", &parts).await?;
    let mut tasks = JoinSet::new();
    tasks.spawn(node.clone().keep(stop.clone()));
    if does(Part::Schedule) {
        tasks.spawn(scheduler::run(
            app.clone(),
            Arc::clone(&frozen),
            stop.clone(),
        ));
        tasks.spawn(corrections::run(app.clone(), stop.clone()));
        tasks.spawn(digest::run(app.clone(), Arc::clone(&frozen), stop.clone()));
    }
    if does(Part::Send) {
        tasks.spawn(delivery_task::run(app.clone(), frozen, stop.clone()));
        tasks.spawn(outbox_task::run(app.clone(), node.id, stop.clone()));
        tasks.spawn(purge_task::run(app.clone(), stop.clone()));
        if let Some(age) = app.config.store.compact_after {
            tasks.spawn(compaction::run(app.clone(), age, stop.clone()));
        }
    }
    if let Some(listener) = listener {
        tasks.spawn(serve_web(app.clone(), listener, stop.clone()));
    }
    if let Some(listener) = metrics {
        tasks.spawn(metrics_endpoint::serve(app.clone(), listener, stop.clone()));
    }
    let mut outcome: TaskResult = Ok(());
    while let Some(ended) = tasks.join_next().await {
        // End all tasks with the first one: operators prefer a restart to half a press.
        stop.cancel();
        outcome = outcome.and(ended.unwrap_or_else(|panicked| Err(panicked.into())));
    }
    if let Err(error) = node.leave().await {
        tracing::warn!(%error, "cannot unregister this node; its lease expires within a minute");
    }
    app.store.close().await;
    outcome?;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(address: SocketAddr, key: &str) -> Result<TcpListener, Failed> {
    TcpListener::bind(address).await.map_err(|error| {
        format!("cannot listen on {address}: {error} (`{key}` in verdict.toml)").into()
    })
}

/// What went wrong, for the operator.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

type TaskResult = Result<(), Failed>;

/// Waits until `stop` is cancelled, and then for the time that mails on the wire may take.
async fn drained(app: &App, stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(app.config.smtp.drain.to_std().unwrap_or_default()).await;
}

async fn serve_web(app: App, listener: TcpListener, stop: CancellationToken) -> TaskResult {
    let limits = Limits {
        busy: error::busy(app.locale()),
        proxies: app.config.web.proxies.clone(),
        ..Limits::default()
    };
    Ok(web::serve_within(listener, web::routes(app), limits, stop).await?)
}
