//! The ledger writer: one task that makes marks and outcomes durable.
//!
//! Natural group commit: while one commit is on its way to the disk, requests queue up; the next
//! commit takes them all. There is no timer.

use std::collections::HashSet;

use subscribers::consent::{Change, Consent, Way, apply};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::SendError;
use crate::engine::Engine;
use crate::store::consent_changes::Cause;
use crate::store::deliveries::{self, Marked, Outcome};
use crate::store::{StoreError, Tx, subscribers as list};

/// Most requests in one commit: enough to make the commit's cost vanish, few enough to keep the
/// statements short.
const GROUP: usize = 1024;

/// What the writer is asked to make durable.
enum Request {
    Mark(Mark),
    Record(Attempt),
}

struct Mark {
    delivery: (i64, i64),
    answer: oneshot::Sender<Permission>,
}

/// The end of one attempt.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) outcome: Outcome,
    /// True if the relay said that the mailbox does not exist.
    pub(super) dead_mailbox: bool,
}

/// Whether a delivery may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    /// The mark is durable: write.
    Write,
    /// The reader left meanwhile.
    Skip,
    /// Another sender has it now.
    Lost,
}

/// A handle to the writer.
#[derive(Clone)]
pub(super) struct Ledger {
    requests: mpsc::Sender<Request>,
}

/// The writer is gone, because the store failed it; its own result says how.
#[derive(Debug)]
pub(super) struct Closed;

impl Ledger {
    /// Starts the writer. It ends when every handle is gone, or with the store's first error.
    pub(super) fn start(engine: Engine, owner: i64) -> (Self, JoinHandle<Result<(), SendError>>) {
        let (requests, queue) = mpsc::channel(GROUP);
        let writer = tokio::spawn(write(engine, owner, queue));
        (Self { requests }, writer)
    }

    /// Marks a delivery `in_flight`; returns when the mark is durable.
    pub(super) async fn mark(&self, delivery: (i64, i64)) -> Result<Permission, Closed> {
        let (answer, permission) = oneshot::channel();
        let mark = Request::Mark(Mark { delivery, answer });
        self.requests.send(mark).await.map_err(|_| Closed)?;
        permission.await.map_err(|_| Closed)
    }

    /// Records an outcome, without waiting for it to be durable.
    pub(super) async fn record(&self, attempt: Attempt) -> Result<(), Closed> {
        self.requests
            .send(Request::Record(attempt))
            .await
            .map_err(|_| Closed)
    }
}

async fn write(
    engine: Engine,
    owner: i64,
    mut queue: mpsc::Receiver<Request>,
) -> Result<(), SendError> {
    let mut group = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut group, GROUP).await > 0 {
        let (mut marks, mut attempts) = (Vec::new(), Vec::new());
        for request in group.drain(..) {
            match request {
                Request::Mark(mark) => marks.push(mark),
                Request::Record(attempt) => attempts.push(attempt),
            }
        }
        commit(&engine, owner, marks, attempts).await?;
    }
    Ok(())
}

/// Makes a group durable, then answers the marks.
async fn commit(
    engine: &Engine,
    owner: i64,
    marks: Vec<Mark>,
    attempts: Vec<Attempt>,
) -> Result<(), StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    record(&mut tx, owner, &attempts, now).await?;
    let marked = if marks.is_empty() {
        Marked::default()
    } else {
        let deliveries: Vec<_> = marks.iter().map(|mark| mark.delivery).collect();
        deliveries::mark_in_flight(&mut tx, owner, &deliveries, now).await?
    };
    tx.commit().await?;
    for mark in marks {
        // A task that no longer waits has nothing to write.
        let _ = mark.answer.send(permission(&marked, mark.delivery));
    }
    Ok(())
}

fn permission(marked: &Marked, delivery: (i64, i64)) -> Permission {
    let is_in = |set: &HashSet<_>| set.contains(&delivery);
    if is_in(&marked.in_flight) {
        Permission::Write
    } else if is_in(&marked.skipped) {
        Permission::Skip
    } else {
        Permission::Lost
    }
}

async fn record(tx: &mut Tx, owner: i64, attempts: &[Attempt], now: i64) -> Result<(), StoreError> {
    if attempts.is_empty() {
        return Ok(());
    }
    let outcomes: Vec<&Outcome> = attempts.iter().map(|attempt| &attempt.outcome).collect();
    deliveries::record(tx, owner, &outcomes, now).await?;
    for attempt in attempts.iter().filter(|attempt| attempt.dead_mailbox) {
        bounce(tx, &attempt.outcome, now).await?;
    }
    Ok(())
}

/// A mailbox that does not exist is not written to again.
async fn bounce(tx: &mut Tx, outcome: &Outcome, now: i64) -> Result<(), StoreError> {
    let Some(from) = list::consent(tx, outcome.subscriber).await? else {
        return Ok(());
    };
    if apply(from, Change::Bounce) != Ok(Consent::Bounced) || from == Consent::Bounced {
        return Ok(());
    }
    let cause = Cause {
        way: Way::Bounce,
        edition: Some(outcome.edition),
        reason: outcome.reply.as_deref(),
    };
    list::set_consent(tx, &[outcome.subscriber], Consent::Bounced, cause, now).await
}
