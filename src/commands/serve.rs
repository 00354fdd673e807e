//! `verdict serve`: schedule, sender and web in one process.

mod scheduler;
mod sender;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Outcome, open};
use crate::engine::Engine;
use crate::{signal, web};

pub(super) async fn run(dir: &Path) -> Outcome {
    let engine = open(dir).await?;
    let listen = engine.config.web.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        format!("cannot listen on {listen}: {error} (`web.listen` in verdict.toml)")
    })?;
    let address = listener.local_addr()?;
    let stop = signal::stop_token();
    tracing::info!(%address, base_url = engine.config.web.base_url, "serving");
    let frozen = Arc::new(Notify::new());
    let mut tasks = JoinSet::new();
    tasks.spawn(scheduler::run(
        engine.clone(),
        Arc::clone(&frozen),
        stop.clone(),
    ));
    tasks.spawn(sender::run(engine.clone(), frozen, stop.clone()));
    tasks.spawn(serve_web(engine.clone(), listener, stop.clone()));
    let mut outcome: Result<(), Failed> = Ok(());
    while let Some(ended) = tasks.join_next().await {
        // One of them ending ends all: an operator would rather see a restart than half a press.
        stop.cancel();
        outcome = outcome.and(ended.unwrap_or_else(|panicked| Err(panicked.into())));
    }
    engine.store.close().await;
    outcome?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

async fn serve_web(
    engine: Engine,
    listener: TcpListener,
    stop: CancellationToken,
) -> Result<(), Failed> {
    Ok(web::serve(listener, web::routes(engine), stop).await?)
}
