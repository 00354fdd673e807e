//! `verdict serve`: schedule, sender and web in one process.

mod scheduler;
mod sender;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::Notify;
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
    tracing::info!(%address, base_url = engine.config.web.base_url, "serving");
    let stop = signal::stop_token();
    let frozen = Arc::new(Notify::new());
    let tasks = [
        tokio::spawn(scheduler::run(
            engine.clone(),
            Arc::clone(&frozen),
            stop.clone(),
        )),
        tokio::spawn(sender::run(engine.clone(), frozen, stop.clone())),
        tokio::spawn(serve_web(engine.clone(), listener, stop.clone())),
    ];
    for task in tasks {
        let ended = task.await;
        // One of them ending ends all: an operator would rather see a restart than half a press.
        stop.cancel();
        ended??;
    }
    engine.store.close().await;
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
