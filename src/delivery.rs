//! Sends an edition: claim → compose → conversation → outcome.
//!
//! One task claims batches, one task for each SMTP connection writes them, and one task, the ledger
//! writer, makes marks and outcomes durable: whatever has queued up, in one commit. A content byte
//! goes out only after its delivery's `in_flight` mark is durable, and only if the reader may still
//! be mailed at that moment.

mod attempt;
mod circuit_breaker;
mod claims;
mod commit_delay;
mod compaction;
mod distrust;
mod domain_throttle;
mod ledger;
mod outgoing;
pub mod personalise;
mod progress;
mod providers;
mod rate_limiter;
mod registration;
mod sample;
mod signing;
mod takeover;
mod test_mail;
mod thread;
mod worker;

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use subscribers::address::Address;
use templates::alert;
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span};

use crate::app::App;
use crate::backoff::Backoff;
use crate::clock::instant;
use crate::config::Relay;
use crate::smtp::Failure;
use crate::store::deliveries::{self, Claim, State};
use crate::store::domain_throttles;
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, Tx, revisions};

use circuit_breaker::CircuitBreaker;
pub use claims::SHORT_REST;
pub use compaction::{CompactError, compact};
use domain_throttle::DomainThrottle;
use ledger::Ledger;
pub use progress::Progress;
use registration::Registration;
pub use registration::is_any_sender_alive;
pub use sample::{SampleMail, SampleReader, sample_key, sample_mail};
use signing::{Signing, Text};
pub use takeover::{await_others, skip_cancelled, take_over};
use takeover::{give_back, recover, settle};
pub use test_mail::{TestError, Tested, send_test};
use worker::Worker;

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("the relay {relay} cannot be used ({failure}); what was not sent stays queued")]
    Relay { relay: String, failure: Failure },
    #[error("another verdict process is sending from {0}")]
    Busy(String),
    #[error("cannot lock {path}: {cause}")]
    Lock { path: String, cause: std::io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("cannot start a thread to send on: {0}")]
    Thread(String),
    #[error("a sending task ended unexpectedly: {0}")]
    Task(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunResult {
    Finished,
    /// The next open delivery is due at this time (Unix milliseconds UTC).
    Waiting(i64),
    /// Other senders hold the open deliveries.
    Held,
    /// It was asked to stop. What was not sent stays queued.
    Stopped,
    /// Someone paused the edition. What was not sent stays queued.
    Paused,
    /// The relay objects to the edition or its sender, so this run paused it. What was not sent
    /// stays queued.
    Objected,
    /// The edition was cancelled. What was not sent is skipped.
    Cancelled,
}

/// How soon to retry a store that is unavailable.
const STORE_RETRY: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(5));

/// What the tasks of a run share.
struct Run {
    app: App,
    edition: Edition,
    /// The edition's span. Tasks that are woken for every mail enter it only to log.
    span: Span,
    /// The edition's texts, by revision.
    texts: Vec<Arc<Text>>,
    /// The size of the newest mail to a reader without a name and with a short address.
    least_octets: u64,
    /// `None` if mails are not signed here.
    signing: Option<Signing>,
    relay: Relay,
    bounce: Address,
    rate_limiter: rate_limiter::RateLimiter,
    domain_throttle: DomainThrottle,
    circuit_breaker: Arc<CircuitBreaker>,
    progress: Arc<Progress>,
    /// Start nothing new.
    stop: CancellationToken,
    /// Drop what is on the wire: the time to drain is over.
    abandon: CancellationToken,
    /// Nothing is left to claim.
    all_claimed: CancellationToken,
    /// This run paused the edition.
    objected: AtomicBool,
    /// The relay took a mail, or may have, and did not answer.
    unanswered: AtomicBool,
}

impl Run {
    fn count(&self, state: State) {
        self.progress.count(state);
        self.app.metrics.count(state);
    }

    /// The date of the mail: its due time if it goes out in readers' local time.
    fn date_of(&self, claim: &Claim) -> DateTime<FixedOffset> {
        let due = claim.first_due_at.unwrap_or(self.edition.created_at);
        personalise::date(due, self.app.config.schedule.time_zone)
    }

    /// The newest revision when the run began.
    fn revision(&self) -> i64 {
        i64::try_from(self.texts.len()).unwrap_or(i64::MAX) - 1
    }

    /// The text that a claim's reader gets.
    fn text_for(&self, claim: &Claim) -> &Arc<Text> {
        let newest = self.texts.len() - 1;
        let wanted = claim.revision.map(usize::try_from);
        let number = wanted.map_or(newest, |number| number.unwrap_or(newest));
        &self.texts[number.min(newest)]
    }

    /// Pauses the edition if trying the relay again would fail in the same way or leave more
    /// readers in doubt. Returns true if this run has paused it.
    async fn pause_if_hopeless(&self, failure: &Failure) -> Result<bool, StoreError> {
        if self.objected.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let leaves_doubts = self.unanswered.load(Ordering::Relaxed);
        let came_to_nothing = self.progress.of(State::Accepted) == 0;
        let recurs = failure.will_recur() || leaves_doubts && came_to_nothing;
        if !recurs {
            return Ok(false);
        }
        pause(&self.app, &self.edition, &failure.to_string()).await?;
        self.objected.store(true, Ordering::Relaxed);
        Ok(true)
    }

    /// Waits after a transient failure of the store, longer each time. Repeating the work must have
    /// no further effect.
    ///
    /// # Errors
    /// The failure itself, if it is not transient or the time to drain is over.
    async fn wait_for_store(
        &self,
        backoff: &mut Backoff,
        error: StoreError,
    ) -> Result<(), StoreError> {
        if !error.is_transient() {
            return Err(error);
        }
        let wait = backoff.next_wait();
        self.app.metrics.store_waits.inc();
        self.span.in_scope(|| {
            tracing::warn!(%error, retry_in = ?wait, "sending waits for the store");
        });
        let slept = self.abandon.run_until_cancelled(tokio::time::sleep(wait));
        slept.await.ok_or(error)
    }

    fn relay_failed(&self, failure: Failure) -> SendError {
        SendError::Relay {
            relay: self.relay.to_string(),
            failure,
        }
    }
}

/// Sends what is due of an edition, until nothing is due, `stop` is cancelled or the relay fails.
/// What was not sent stays queued in every case. If the edition is paused and resumed meanwhile,
/// maybe with a corrected text, it goes on.
///
/// # Errors
/// [`SendError`]. The ledger is right then too.
pub async fn send(
    app: &App,
    edition: &Edition,
    progress: Arc<Progress>,
    stop: CancellationToken,
) -> Result<RunResult, SendError> {
    let (app, edition) = (app.clone(), edition.clone());
    let shared = app.store.file().is_none();
    // At the level `error`, so that no filter that lets a line pass drops the edition from it.
    let span = tracing::error_span!("edition", edition = edition.slug);
    let run = async move { run_again(&app, edition, progress, stop).await }.instrument(span);
    if shared {
        // Connections to PostgreSQL belong to the runtime that opened them.
        return run.await;
    }
    thread::alone(run).await?
}

async fn run_again(
    app: &App,
    mut edition: Edition,
    progress: Arc<Progress>,
    stop: CancellationToken,
) -> Result<RunResult, SendError> {
    loop {
        let ended = run(app, &edition, Arc::clone(&progress), stop.clone()).await?;
        if ended != RunResult::Stopped || stop.is_cancelled() {
            return Ok(ended);
        }
        // A mark was refused, yet the edition is being sent.
        match editions::get(&app.store, edition.id).await? {
            Some(now) => edition = now,
            None => return Ok(ended),
        }
    }
}

async fn run(
    app: &App,
    edition: &Edition,
    progress: Arc<Progress>,
    stop: CancellationToken,
) -> Result<RunResult, SendError> {
    if let Some(halted) = halted(edition.state) {
        take_over(app, edition).await?;
        return Ok(halted);
    }
    // If the database was restored meanwhile, it may lack recent departures.
    let replayed = app.replay().await?;
    for warning in replayed.warnings().lines() {
        tracing::warn!("{warning}");
    }
    let frozen = revisions::mails(&app.store, edition.id).await?;
    let signer = app.config.dkim.as_ref().map(|dkim| &dkim.signer);
    let parse = |frozen: &String| Text::parse(frozen, app.locale(), signer).map(Arc::new);
    let texts: Vec<Arc<Text>> = match frozen.iter().map(parse).collect() {
        Ok(texts) => texts,
        Err(broken) => {
            pause(app, edition, &broken.to_string()).await?;
            return Ok(RunResult::Objected);
        }
    };
    let date = personalise::date(edition.created_at, app.config.schedule.time_zone);
    // There is at least one.
    let newest = &texts[texts.len() - 1];
    let least = personalise::least(&app.key, &newest.mail, edition.id, date);
    let least_octets = least.map_or(0, |values| newest.octets(&values)) as u64;
    let signing = signer.map(|signer| Signing::start(signer, app.clock.clone()));
    let signing = signing.transpose()?;
    let registration = Registration::register(app).await?;
    tracing::debug!(sender = registration.id(), "sending");
    recover(app, edition).await?;
    let config = &app.config.smtp;
    let run = Arc::new(Run {
        app: app.clone(),
        edition: edition.clone(),
        span: Span::current(),
        least_octets,
        signing,
        texts,
        relay: config.relay.clone(),
        bounce: config.bounce_address.clone(),
        rate_limiter: rate_limiter::RateLimiter::new(config.rate_per_second),
        domain_throttle: throttled_domains(app).await?,
        circuit_breaker: Arc::new(CircuitBreaker::new(Arc::clone(&app.metrics))),
        progress,
        stop: stop.child_token(),
        abandon: CancellationToken::new(),
        all_claimed: CancellationToken::new(),
        objected: AtomicBool::new(false),
        unanswered: AtomicBool::new(false),
    });
    let result = drive(&run, &registration).await;
    // If the store failed, these fail too; the first error is the useful one.
    let given_back = give_back(app, registration.id()).await;
    let left = registration.leave().await;
    let ended = match result {
        Err(SendError::Relay { failure, .. }) if run.pause_if_hopeless(&failure).await? => {
            RunResult::Stopped
        }
        result => result?,
    };
    given_back?;
    left?;
    match settle(app, edition, ended).await? {
        RunResult::Paused if run.objected.load(Ordering::Relaxed) => Ok(RunResult::Objected),
        ended => Ok(ended),
    }
}

/// The throttles that the previous run left, shown in the metrics too.
async fn throttled_domains(app: &App) -> Result<DomainThrottle, StoreError> {
    let (smtp, now) = (&app.config.smtp, app.clock.now());
    let relay = smtp.relay.to_string();
    let throttles = domain_throttles::load(&app.store, &relay, now.timestamp_millis()).await?;
    for throttle in throttles.iter().filter(|throttle| throttle.level > 0) {
        let until = instant(throttle.ready_at);
        app.metrics.domain_rests(&throttle.domain_group, until);
    }
    Ok(DomainThrottle::new(
        relay,
        smtp.rate_per_domain,
        &throttles,
        now,
    ))
}

/// Pauses an edition that cannot be sent, and tells the editors why, unless it was paused before.
async fn pause(app: &App, edition: &Edition, reason: &str) -> Result<(), StoreError> {
    let mut tx = app.store.begin().await?;
    if editions::pause(&mut tx, edition.id, Some(reason)).await? {
        alert_pause(app, &mut tx, edition, reason).await?;
    }
    tx.commit().await
}

async fn alert_pause(
    app: &App,
    tx: &mut Tx,
    edition: &Edition,
    reason: &str,
) -> Result<(), StoreError> {
    app.alert(
        tx,
        &alert::edition_paused(app.locale(), &edition.slug, reason),
    )
    .await
}

/// The result of a run whose edition may not be sent.
fn halted(state: EditionState) -> Option<RunResult> {
    match state {
        EditionState::Paused => Some(RunResult::Paused),
        EditionState::Cancelled => Some(RunResult::Cancelled),
        EditionState::Sending | EditionState::Finished => None,
    }
}

/// Claims and hands out until nothing is due; then waits for the tasks to end.
async fn drive(run: &Arc<Run>, registration: &Registration) -> Result<RunResult, SendError> {
    // Before claiming anything: if the relay is down, no delivery uses up a try.
    let first = tokio::select! {
        opened = worker::open(run) => opened.map_err(|failure| run.relay_failed(failure))?,
        () = run.stop.cancelled() => return Ok(RunResult::Stopped),
    };
    let (ledger, writer) = Ledger::start(Arc::clone(run), registration.id());
    let (claims, queue) = mpsc::channel(claims::room(run));
    let queue = Arc::new(Mutex::new(queue));
    let mut workers = JoinSet::new();
    let mut first = Some(first);
    for _ in 0..run.app.config.smtp.connections {
        let worker = Worker::new(
            Arc::clone(run),
            ledger.clone(),
            Arc::clone(&queue),
            first.take(),
        );
        workers.spawn(worker.work());
    }
    drop((ledger, queue));
    let lost = OnceLock::new();
    let worked = tokio::select! {
        worked = work(run, registration.id(), claims, workers, writer) => worked,
        never = attend(run, registration, &lost) => match never {},
    };
    worked?;
    if let Some(lost) = lost.into_inner() {
        return Err(SendError::Store(lost));
    }
    Ok(if run.stop.is_cancelled() {
        RunResult::Stopped
    } else {
        RunResult::Finished
    })
}

/// Renews the lease, takes over from senders that die meanwhile, and limits how long a stopped run
/// may drain. Losing the lease stops the run: what is on the wire is finished, and its outcome may
/// still settle what others now doubt.
async fn attend(run: &Run, registration: &Registration, lost: &OnceLock<StoreError>) -> Infallible {
    let keep = async {
        // Nothing else sets it.
        let _ = lost.set(registration.keep().await);
        run.stop.cancel();
    };
    let drain = async {
        run.stop.cancelled().await;
        let limit = run.app.config.smtp.drain.to_std().unwrap_or_default();
        tokio::time::sleep(limit).await;
        run.abandon.cancel();
    };
    tokio::join!(keep, drain, takeover::watch(&run.app));
    std::future::pending().await
}

/// Claims while something is due, then waits for the workers, then for the ledger. Returns the
/// first error.
async fn work(
    run: &Run,
    owner: i64,
    claims: mpsc::Sender<Claim>,
    mut workers: JoinSet<Result<(), SendError>>,
    writer: JoinHandle<Result<(), SendError>>,
) -> Result<(), SendError> {
    let mut outcome = claims::claim_all(run, owner, claims)
        .await
        .map_err(SendError::from);
    run.all_claimed.cancel();
    if outcome.is_err() {
        run.stop.cancel();
    }
    while let Some(joined) = workers.join_next().await {
        outcome = outcome.and(ended(joined));
    }
    outcome.and(ended(writer.await))
}

fn ended(task: Result<Result<(), SendError>, JoinError>) -> Result<(), SendError> {
    task.unwrap_or_else(|error| Err(SendError::Task(error.to_string())))
}

/// True if an edition needs a run now: a delivery is due, a stopped sender may have left one, or
/// the edition can be finished.
pub async fn is_due(app: &App, edition: &Edition, now: i64) -> Result<bool, StoreError> {
    Ok(match deliveries::next_due(&app.store, edition.id).await? {
        Some(due) => due <= now || deliveries::is_held(&app.store, edition.id).await?,
        None => true,
    })
}
