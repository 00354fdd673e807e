//! The ledger writer: a task that makes marks and outcomes durable.
//!
//! Group commit: while one commit is on its way to the disk, requests queue up, and the next commit
//! takes them all. It waits for more only while the relay replies faster than a server commits. While
//! the store is unavailable, the group waits for it, and so does everything that wants to write.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use subscribers::address::Address;
use subscribers::consent::{Change, Consent, ConsentSource, apply};
use subscribers::departure::Departure;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tracing::Instrument as _;

use super::commit_delay::{CommitDelay, Ends};
use super::distrust::{Distrust, Sign};
use super::{Run, STORE_RETRY, SendError, alert_pause};
use crate::app::App;
use crate::group_commit::gather;
use crate::store::consent_changes::Cause;
use crate::store::deliveries::{self, Committed, Group, Mark, Marked, Outcome};
use crate::store::domain_throttles::Throttle;
use crate::store::editions::{self, EditionState};
use crate::store::journal::{Entry, Event};
use crate::store::subscribers::{self as list, Held};
use crate::store::{StoreError, Tx, revisions};

/// The maximum of requests in one commit: enough to make the commit's cost negligible, few enough
/// to keep the statements short.
const MOST: usize = 1024;

enum Request {
    Mark(Asked),
    Record(LedgerEntry),
    /// Answers when everything before it is durable.
    Settle(oneshot::Sender<()>),
}

impl Ends for Request {
    fn ends(&self) -> bool {
        matches!(self, Self::Record(_))
    }
}

struct Asked {
    mark: Mark,
    answer: oneshot::Sender<Permission>,
}

#[derive(Debug)]
pub(super) struct LedgerEntry {
    pub(super) outcome: Outcome,
    /// The address, if the relay replied that the mailbox does not exist.
    pub(super) dead_mailbox: Option<Address>,
    /// What it means for the trust in the relay.
    pub(super) sign: Sign,
    /// Why it pauses the edition, given what came before. The writer fills it in.
    pub(super) pause: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    /// The mark is durable: write.
    Write,
    /// The reader left, or wants no such mail now.
    Skip,
    /// The reader has another address or name now; the delivery is queued again.
    Returned,
    /// Another sender holds it now.
    Lost,
    /// The edition was paused or cancelled, or has a newer text than this run.
    Halted,
}

#[derive(Clone)]
pub(super) struct Ledger {
    requests: mpsc::Sender<Request>,
    owner: i64,
}

/// The writer ended because the store failed; its own result has the error.
#[derive(Debug)]
pub(super) struct Closed;

impl Ledger {
    /// Starts the writer. It ends when every handle is dropped, or with the store's first error
    /// that is not transient.
    pub(super) fn start(run: Arc<Run>, owner: i64) -> (Self, JoinHandle<Result<(), SendError>>) {
        let (requests, queue) = mpsc::channel(MOST);
        let writer = tokio::spawn(write(run, owner, queue));
        (Self { requests, owner }, writer)
    }

    /// The number that deliveries are claimed under.
    pub(super) fn owner(&self) -> i64 {
        self.owner
    }

    /// Marks a delivery `in_flight`; returns once the mark is durable.
    pub(super) async fn mark(&self, mark: Mark) -> Result<Permission, Closed> {
        let (answer, permission) = oneshot::channel();
        let asked = Request::Mark(Asked { mark, answer });
        self.requests.send(asked).await.map_err(|_| Closed)?;
        permission.await.map_err(|_| Closed)
    }

    /// Returns once everything recorded before is durable.
    pub(super) async fn settled(&self) -> Result<(), Closed> {
        let (answer, settled) = oneshot::channel();
        let asked = Request::Settle(answer);
        self.requests.send(asked).await.map_err(|_| Closed)?;
        settled.await.map_err(|_| Closed)
    }

    /// Records an outcome without waiting until it is durable.
    pub(super) async fn record(&self, attempt: LedgerEntry) -> Result<(), Closed> {
        let sent = self.requests.send(Request::Record(attempt)).await;
        sent.map_err(|_| Closed)
    }
}

async fn write(
    run: Arc<Run>,
    owner: i64,
    mut queue: mpsc::Receiver<Request>,
) -> Result<(), SendError> {
    let mut distrust = Distrust::new(run.app.config.smtp.connections);
    let mut requests = Vec::with_capacity(MOST);
    let mut delay = CommitDelay::default();
    // What the distrust does not admit yet: what is in flight goes first, and its outcome is
    // awaited.
    let mut held = Vec::new();
    loop {
        let is_ready = !held.is_empty() && distrust.admits(0);
        if !is_ready && queue.recv_many(&mut requests, MOST).await == 0 {
            let throttles = run.domain_throttle.to_save_at_last(run.app.clock.now());
            return save(&run, throttles).await;
        }
        gather(&mut queue, &mut requests, MOST).await;
        if run.app.store.file().is_none() {
            let on_the_wire = distrust.on_the_wire();
            delay
                .gather(&mut queue, &mut requests, MOST, on_the_wire)
                .await;
        }
        let start = Instant::now();
        let mut work = Work::default();
        work.group.owner = owner;
        work.group.edition = run.edition.id;
        work.group.kind = run.edition.kind;
        work.group.revision = run.revision();
        work.group.throttles = run.domain_throttle.to_save(run.app.clock.now());
        let asked = work.take_outcomes(requests.drain(..), &mut distrust);
        work.take_marks(&mut held, asked, &distrust);
        let wanted = work.consequential.len() + work.group.outcomes.len();
        let (answers, settled) = (work.answers, work.settled);
        let size = wanted + answers.len();
        let mut missing = settle(&run, owner, work.consequential).await?;
        let (committed, halted) = commit(&run, work.group).await?;
        missing += committed.missing;
        let took = start.elapsed();
        delay.committed(took);
        run.app.metrics.committed(size, took);
        for answer in settled {
            // A task that has ended needs no answer.
            let _ = answer.send(());
        }
        for (subscriber, answer) in answers {
            let permission = permission(&committed.marked, halted, subscriber);
            if permission == Permission::Write {
                distrust.began(subscriber);
            }
            // A task that has ended writes nothing.
            let _ = answer.send(permission);
        }
        if missing > 0 {
            return Err(StoreError::LostLease { wanted, missing }.into());
        }
    }
}

async fn save(run: &Run, throttles: Vec<Throttle>) -> Result<(), SendError> {
    if throttles.is_empty() {
        return Ok(());
    }
    let group = Group {
        throttles,
        ..Group::default()
    };
    commit(run, group).await?;
    Ok(())
}

#[derive(Default)]
struct Work {
    /// Attempts that change more than their delivery.
    consequential: Vec<LedgerEntry>,
    /// The other outcomes, and the marks.
    group: Group,
    /// The tasks that wait for the mark of a subscriber's delivery.
    answers: Vec<(i64, oneshot::Sender<Permission>)>,
    /// The tasks that wait for all of it.
    settled: Vec<oneshot::Sender<()>>,
}

impl Work {
    /// Takes the outcomes, and passes their signs to the distrust; returns the requested marks.
    fn take_outcomes(
        &mut self,
        requests: impl Iterator<Item = Request>,
        distrust: &mut Distrust,
    ) -> Vec<Asked> {
        let mut marks = Vec::new();
        for request in requests {
            match request {
                Request::Mark(asked) => marks.push(asked),
                Request::Settle(answer) => self.settled.push(answer),
                Request::Record(mut attempt) => {
                    attempt.pause = distrust.ended(attempt.outcome.subscriber, &attempt.sign);
                    if attempt.has_consequences() {
                        self.consequential.push(attempt);
                    } else {
                        self.group.outcomes.push(attempt.outcome);
                    }
                }
            }
        }
        marks
    }

    /// Takes as many marks as the distrust admits, the longest-waiting first; holds the others.
    fn take_marks(&mut self, held: &mut Vec<Asked>, new: Vec<Asked>, distrust: &Distrust) {
        held.extend(new);
        let waiting = std::mem::take(held).into_iter();
        for Asked { mark, answer } in waiting {
            if distrust.admits(self.group.marks.len()) {
                self.answers.push((mark.subscriber, answer));
                self.group.marks.push(mark);
            } else {
                held.push(Asked { mark, answer });
            }
        }
    }
}

impl LedgerEntry {
    fn has_consequences(&self) -> bool {
        self.dead_mailbox.is_some() || self.pause.is_some()
    }
}

fn permission(marked: &Marked, halted: bool, subscriber: i64) -> Permission {
    if marked.in_flight.contains(&subscriber) {
        Permission::Write
    } else if marked.skipped.contains(&subscriber) {
        Permission::Skip
    } else if marked.returned.contains(&subscriber) {
        Permission::Returned
    } else if halted {
        Permission::Halted
    } else {
        Permission::Lost
    }
}

/// Makes a group durable, however long the store is unavailable. If not all of it was marked, also
/// returns whether its edition was halted or revised. When a commit is not confirmed, it may or may not have
/// gone through: the same work is done again, and what is missing then was done before.
async fn commit(run: &Run, mut group: Group) -> Result<(Committed, bool), StoreError> {
    let mut backoff = STORE_RETRY;
    loop {
        match try_commit(&run.app, &group).await {
            Ok(done) => return Ok(done),
            Err(error) => run.wait_for_store(&mut backoff, error).await?,
        }
        group.again = true;
    }
}

async fn try_commit(app: &App, group: &Group) -> Result<(Committed, bool), StoreError> {
    let now = app.clock.now_millis();
    let mut committed = deliveries::commit(&app.store, group, now).await?;
    if group.again {
        committed.missing = 0;
    }
    let marked = &committed.marked;
    let answered = marked.in_flight.len() + marked.skipped.len() + marked.returned.len();
    if answered == group.marks.len() {
        return Ok((committed, false));
    }
    let mut tx = app.store.begin().await?;
    let halted = editions::state(&mut tx, group.edition).await? != EditionState::Sending
        || revisions::newest(&mut tx, group.edition).await? != group.revision;
    Ok((committed, halted))
}

/// Makes attempts durable together with their consequences, before anything else is marked: a relay
/// that cannot be trusted pauses the edition. Returns how many deliveries this sender no longer
/// holds.
async fn settle(run: &Run, owner: i64, attempts: Vec<LedgerEntry>) -> Result<usize, StoreError> {
    if attempts.is_empty() {
        return Ok(0);
    }
    let (mut again, mut backoff) = (false, STORE_RETRY);
    loop {
        match try_settle(run, owner, &attempts).await {
            Ok(missing) => return Ok(if again { 0 } else { missing }),
            Err(error) => run.wait_for_store(&mut backoff, error).await?,
        }
        again = true;
    }
}

async fn try_settle(run: &Run, owner: i64, attempts: &[LedgerEntry]) -> Result<usize, StoreError> {
    let now = run.app.clock.now_millis();
    let outcomes = Vec::from_iter(attempts.iter().map(|attempt| attempt.outcome.clone()));
    let mut tx = run.app.store.begin().await?;
    // Lock rows in the order of every transaction: readers, the edition, deliveries, the rest.
    let dead = attempts.iter().filter(|one| one.dead_mailbox.is_some());
    let dead: Vec<i64> = dead.map(|one| one.outcome.subscriber).collect();
    let readers = match dead.is_empty() {
        true => HashMap::new(),
        false => list::hold(&mut tx, &dead).await?,
    };
    let (mut bounced, mut paused) = (Vec::new(), None);
    for attempt in attempts {
        if let Some(reason) = &attempt.pause
            && editions::pause(&mut tx, attempt.outcome.edition, Some(reason)).await?
        {
            paused = Some(reason);
            // Even if the commit is not confirmed: better two runs tell the editors than none.
            run.objected.store(true, Ordering::Relaxed);
        }
    }
    // What was recorded stays, even if something is missing.
    let missing = match deliveries::record(&mut tx, owner, &outcomes, now).await {
        Err(StoreError::LostLease { missing, .. }) => missing,
        recorded => recorded.map(|()| 0)?,
    };
    for attempt in attempts {
        if let Some(reader) = readers.get(&attempt.outcome.subscriber) {
            bounced.extend(bounce(&run.app, &mut tx, attempt, reader, now).await?);
        }
    }
    if let Some(reason) = paused {
        let alert = alert_pause(&run.app, &mut tx, &run.edition, reason);
        alert.instrument(run.span.clone()).await?;
    }
    tx.commit().await?;
    // Nothing waits for this, so sending continues; the next entry writes what could not be
    // written.
    if let Err(error) = run.app.journal.append(bounced).await {
        run.span.in_scope(|| {
            tracing::error!(%error, "could not write dead mailboxes to the journal yet");
        });
    }
    Ok(missing)
}

/// Marks the reader of a dead mailbox as bounced, unless they have changed the address meanwhile.
/// Returns the entry for the journal.
async fn bounce(
    app: &App,
    tx: &mut Tx,
    attempt: &LedgerEntry,
    reader: &Held,
    now: i64,
) -> Result<Option<Entry>, StoreError> {
    let outcome = &attempt.outcome;
    if attempt.dead_mailbox.is_none() || attempt.dead_mailbox != reader.address {
        return Ok(None);
    }
    let (id, from) = (outcome.subscriber, reader.consent);
    if apply(from, Change::Bounce) != Ok(Consent::Bounced) {
        return Ok(None);
    }
    let entry = |at| {
        let key = reader.address.as_ref()?.key();
        Some(app.entry(at, Event::Left(Departure::Bounced), id, key))
    };
    if from == Consent::Bounced {
        // An earlier commit may have gone through without a confirmation.
        return Ok(entry(reader.changed_at));
    }
    let cause = Cause {
        edition: Some(outcome.edition),
        reason: outcome.reply.as_deref(),
        ..Cause::by(ConsentSource::Bounce)
    };
    list::set_consent(tx, &[(id, Consent::Bounced, cause)], now).await?;
    deliveries::skip_waiting(tx, &[id], Consent::Bounced.into_str(), now).await?;
    Ok(entry(now))
}
