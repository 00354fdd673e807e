//! Claim → compose → conversation → outcome.
//!
//! One task claims batches, one task an SMTP connection writes them, and one task, the ledger
//! writer, makes marks and outcomes durable: whatever has queued up, in one commit. A content byte
//! goes out only after its delivery's `in_flight` mark is durable, and only if the reader may still
//! be written to at that moment.

mod attempt;
mod enlist;
mod ledger;
mod pace;
pub mod personal;
mod progress;
mod retry;
mod worker;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use subscribers::address::Address;
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::config::{OnDoubt, Relay};
use crate::engine::Engine;
use crate::render::{BrokenMail, Mail};
use crate::smtp::Failure;
use crate::store::deliveries::{self, Claim, Recovered};
use crate::store::editions::{self, Edition};
use crate::store::{Store, StoreError, senders};

use enlist::Enlisted;
use ledger::Ledger;
pub use progress::Progress;
use worker::Worker;

/// How many deliveries a process claims at once, for each connection.
const CLAIMS_PER_CONNECTION: usize = 32;

/// Why sending stopped.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The relay cannot be used. What was not sent stays queued.
    #[error("the relay {relay} cannot be used ({failure}); what was not sent stays queued")]
    Relay {
        /// Its address.
        relay: String,
        /// What it said.
        failure: Failure,
    },
    /// Another process sends from this store.
    #[error("another verdict process is sending from {0}")]
    Busy(String),
    /// The lock beside the store cannot be had.
    #[error("cannot lock {path}: {cause}")]
    Lock {
        /// The lock file.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The frozen mail is of another version.
    #[error(transparent)]
    Mail(#[from] BrokenMail),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A task ended unexpectedly.
    #[error("a sending task ended unexpectedly: {0}")]
    Task(String),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every delivery has its outcome.
    Finished,
    /// The rest is due later, the first of it at this time (Unix milliseconds UTC).
    Waiting(i64),
    /// The rest is in the hands of other senders.
    Held,
    /// It was told to stop. What was not sent stays queued.
    Stopped,
}

/// Everything that the tasks of one run share.
struct Run {
    engine: Engine,
    edition: Edition,
    mail: Mail,
    relay: Relay,
    bounce: Address,
    pace: pace::Pace,
    progress: Arc<Progress>,
    /// How many conversations are open now.
    open: AtomicUsize,
    stop: CancellationToken,
}

impl Run {
    fn relay_failed(&self, failure: Failure) -> SendError {
        SendError::Relay {
            relay: self.relay.to_string(),
            failure,
        }
    }
}

/// Sends what is due of an edition, until nothing is due, `stop` is cancelled or the relay fails.
/// What was not sent stays queued in every case.
///
/// # Errors
/// [`SendError`]; the ledger is right then too.
pub async fn send(
    engine: &Engine,
    edition: &Edition,
    progress: Arc<Progress>,
    stop: CancellationToken,
) -> Result<Ended, SendError> {
    let enlisted = Enlisted::enlist(engine).await?;
    let recovered = recover(engine, edition).await?;
    if recovered != Recovered::default() {
        tracing::warn!(
            requeued = recovered.requeued,
            unknown = recovered.unknown,
            "took over what a stopped sender left"
        );
    }
    let mail = Mail::parse(&editions::mail(&engine.store, edition.id).await?)?;
    let config = &engine.config.smtp;
    let run = Arc::new(Run {
        engine: engine.clone(),
        edition: edition.clone(),
        mail,
        relay: config.relay.clone(),
        bounce: config.bounce_address.clone(),
        pace: pace::Pace::new(config.rate_per_second),
        progress,
        open: AtomicUsize::new(0),
        stop: stop.child_token(),
    });
    let result = drive(&run, &enlisted).await;
    // After a failure of the store these fail as well; the first error is the one that tells.
    let given_back = give_back(&engine.store, enlisted.id()).await;
    let left = enlisted.leave().await;
    let ended = result?;
    given_back?;
    left?;
    settle(engine, edition, ended).await
}

/// Claims and hands out until nothing is due; then waits for the tasks to end.
async fn drive(run: &Arc<Run>, enlisted: &Enlisted) -> Result<Ended, SendError> {
    // Before anything is claimed: a relay that is down costs nobody a try.
    let first = worker::open(run)
        .await
        .map_err(|failure| run.relay_failed(failure))?;
    let connections = run.engine.config.smtp.connections;
    let (ledger, writer) = Ledger::start(run.engine.clone(), enlisted.id());
    let (claims, queue) = mpsc::channel(connections * CLAIMS_PER_CONNECTION);
    let queue = Arc::new(Mutex::new(queue));
    let mut workers = JoinSet::new();
    let mut first = Some(first);
    for _ in 0..connections {
        let worker = Worker::new(
            Arc::clone(run),
            ledger.clone(),
            Arc::clone(&queue),
            first.take(),
        );
        workers.spawn(worker.work());
    }
    drop((ledger, queue));
    let work = work(run, enlisted.id(), claims, workers, writer);
    tokio::pin!(work);
    let worked = tokio::select! {
        worked = &mut work => worked,
        lost = enlisted.keep() => {
            // What is on the wire is finished; its outcome may still settle what others now doubt.
            run.stop.cancel();
            work.await.and(Err(lost.into()))
        }
    };
    worked?;
    Ok(if run.stop.is_cancelled() {
        Ended::Stopped
    } else {
        Ended::Finished
    })
}

/// Claims while something is due, then waits for the workers, then for the ledger; the first error
/// counts.
async fn work(
    run: &Run,
    owner: i64,
    claims: mpsc::Sender<Claim>,
    mut workers: JoinSet<Result<(), SendError>>,
    writer: JoinHandle<Result<(), SendError>>,
) -> Result<(), SendError> {
    let mut outcome = claim_all(run, owner, &claims).await;
    if outcome.is_err() {
        run.stop.cancel();
    }
    drop(claims);
    while let Some(joined) = workers.join_next().await {
        outcome = outcome.and(ended(joined));
    }
    outcome.and(ended(writer.await))
}

fn ended(task: Result<Result<(), SendError>, JoinError>) -> Result<(), SendError> {
    task.unwrap_or_else(|error| Err(SendError::Task(error.to_string())))
}

/// Claims batch after batch while something is due and somebody takes it.
async fn claim_all(run: &Run, owner: i64, claims: &mpsc::Sender<Claim>) -> Result<(), SendError> {
    let limit = run.engine.config.smtp.connections * CLAIMS_PER_CONNECTION;
    loop {
        if run.stop.is_cancelled() {
            return Ok(());
        }
        let batch = claim(run, owner, limit).await?;
        if batch.is_empty() {
            return Ok(());
        }
        for claim in batch {
            tokio::select! {
                sent = claims.send(claim) => if sent.is_err() { return Ok(()) },
                () = run.stop.cancelled() => return Ok(()),
            }
        }
    }
}

async fn claim(run: &Run, owner: i64, limit: usize) -> Result<Vec<Claim>, StoreError> {
    let now = run.engine.clock.now_millis();
    let mut tx = run.engine.store.begin().await?;
    deliveries::requeue_due(&mut tx, run.edition.id, now).await?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let batch = deliveries::claim(&mut tx, owner, run.edition.id, now, limit).await?;
    tx.commit().await?;
    Ok(batch)
}

async fn recover(engine: &Engine, edition: &Edition) -> Result<Recovered, StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let recovered = deliveries::recover(&mut tx, now).await?;
    if engine.config.smtp.on_doubt == OnDoubt::Resend {
        deliveries::resend_unknown(&mut tx, edition.id, now).await?;
    }
    tx.commit().await?;
    Ok(recovered)
}

/// True if there is something to do for an edition now: a delivery that is due, or one that a
/// stopped sender may have left, or the edition's end.
///
/// # Errors
/// If the store refuses.
pub async fn is_due(engine: &Engine, edition: &Edition, now: i64) -> Result<bool, StoreError> {
    Ok(
        match deliveries::next_due(&engine.store, edition.id).await? {
            Some(due) => {
                due <= now || deliveries::counts(&engine.store, edition.id).await?.held() > 0
            }
            None => true,
        },
    )
}

async fn give_back(store: &Store, owner: i64) -> Result<u64, StoreError> {
    let mut tx = store.begin().await?;
    let count = deliveries::give_back(&mut tx, owner).await?;
    tx.commit().await?;
    Ok(count)
}

/// Marks the edition finished if nothing of it is open, else says what it waits for. A sender that was
/// killed may still have had a statement on its way when this run took over what it held, so that is
/// looked at once more.
async fn settle(engine: &Engine, edition: &Edition, ended: Ended) -> Result<Ended, SendError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    senders::bury(&mut tx, now).await?;
    deliveries::recover(&mut tx, now).await?;
    editions::finish(&mut tx, edition.id, now).await?;
    tx.commit().await?;
    if ended == Ended::Stopped {
        return Ok(ended);
    }
    if let Some(due) = deliveries::next_due(&engine.store, edition.id).await? {
        return Ok(Ended::Waiting(due));
    }
    let held = deliveries::counts(&engine.store, edition.id).await?.held();
    Ok(if held > 0 {
        Ended::Held
    } else {
        Ended::Finished
    })
}
