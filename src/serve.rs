//! What runs for years: schedule, sender and web in one process.

mod corrections;
mod delivery_task;
mod digest;
mod metrics_endpoint;
mod node;
pub(crate) mod outbox_task;
mod scheduler;

use std::net::SocketAddr;
use std::sync::Arc;
use strum::{IntoStaticStr, VariantArray};

use clap::ValueEnum;
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

/// Runs the parts of `only`, all of them if there are none, until `stop` is cancelled.
///
/// # Errors
/// If a part cannot start or ends before that; all of them end then.
pub async fn run(app: App, only: &[Part], stop: CancellationToken) -> Result<(), Failed> {
    // An opt-out that cannot be written there is not answered.
    app.journal.prepare().await?;
    let does = |part| only.is_empty() || only.contains(&part);
    let parts: Vec<Part> = Part::VARIANTS
        .iter()
        .copied()
        .filter(|part| does(*part))
        .collect();
    // Who decides a slot freezes mails, whichever machine sends them.
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
    let numbers = match app.config.metrics.listen {
        Some(address) => Some(listen(address, "metrics.listen").await?),
        None => None,
    };
    if let Some(listener) = &numbers {
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
    }
    if does(Part::Schedule) {
        tasks.spawn(corrections::run(app.clone(), stop.clone()));
        tasks.spawn(digest::run(app.clone(), Arc::clone(&frozen), stop.clone()));
    }
    if does(Part::Send) {
        tasks.spawn(delivery_task::run(app.clone(), frozen, stop.clone()));
        tasks.spawn(outbox_task::run(app.clone(), node.id, stop.clone()));
    }
    if let Some(listener) = listener {
        tasks.spawn(serve_web(app.clone(), listener, stop.clone()));
    }
    if let Some(listener) = numbers {
        tasks.spawn(metrics_endpoint::serve(app.clone(), listener, stop.clone()));
    }
    let mut outcome: Result<(), Failed> = Ok(());
    while let Some(ended) = tasks.join_next().await {
        // One of them ending ends all: an operator would rather see a restart than half a press.
        stop.cancel();
        outcome = outcome.and(ended.unwrap_or_else(|panicked| Err(panicked.into())));
    }
    if let Err(error) = node.leave().await {
        tracing::warn!(%error, "this node could not be struck off; its lease runs out within a minute");
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

/// Returns when the time is over that the mails on the wire may take after `stop` was cancelled.
async fn drained(app: &App, stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(app.config.smtp.drain.to_std().unwrap_or_default()).await;
}

async fn serve_web(app: App, listener: TcpListener, stop: CancellationToken) -> Result<(), Failed> {
    let limits = Limits {
        proxies: app.config.web.proxies.clone(),
        ..Limits::default()
    };
    Ok(web::serve_within(listener, web::routes(app), limits, stop).await?)
}
