//! The ledger writer: one task that makes marks and outcomes durable.
//!
//! Natural group commit: while one commit is on its way to the disk, requests queue up; the next
//! commit takes them all. There is no timer. While the store is away the group waits for it, and with
//! it everyone who wants to write.

use std::collections::HashSet;
use std::sync::Arc;

use subscribers::consent::{Change, Consent, Way, apply};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::patience::Patience;
use super::{Run, SendError};
use crate::engine::Engine;
use crate::store::consent_changes::Cause;
use crate::store::deliveries::{self, Marked, Outcome};
use crate::store::editions::{self, EditionState};
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
    /// What the relay has against the message or the sender. It pauses the edition.
    pub(super) objection: Option<String>,
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
    /// The edition was paused or cancelled.
    Halted,
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
    /// Starts the writer. It ends when every handle is gone, or with the store's first error that
    /// does not pass.
    pub(super) fn start(run: Arc<Run>, owner: i64) -> (Self, JoinHandle<Result<(), SendError>>) {
        let (requests, queue) = mpsc::channel(GROUP);
        let writer = tokio::spawn(write(run, owner, queue));
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
    run: Arc<Run>,
    owner: i64,
    mut queue: mpsc::Receiver<Request>,
) -> Result<(), SendError> {
    let mut requests = Vec::with_capacity(GROUP);
    while queue.recv_many(&mut requests, GROUP).await > 0 {
        let group = Group::of(requests.drain(..));
        let committed = commit(&run, owner, &group).await?;
        group.answer(&committed.permissions);
        committed.lost?;
    }
    Ok(())
}

/// Makes a group durable, however long the store is away. Whether a commit came through that was not
/// confirmed, nobody knows: the same work is done again, and what is missing then was done before.
async fn commit(run: &Run, owner: i64, group: &Group) -> Result<Committed, StoreError> {
    let mut patience = Patience::new();
    let mut again = false;
    loop {
        match try_commit(&run.engine, owner, group, again).await {
            Ok(committed) => return Ok(committed),
            Err(error) => patience.bear(run, error).await?,
        }
        again = true;
    }
}

/// What is made durable in one commit.
#[derive(Default)]
struct Group {
    marks: Vec<Mark>,
    attempts: Vec<Attempt>,
}

/// What came of a commit.
struct Committed {
    permissions: Permissions,
    /// An error if outcomes were recorded of deliveries that this sender no longer holds. The others
    /// are recorded.
    lost: Result<(), StoreError>,
}

/// Whether the marked deliveries may be written.
#[derive(Default)]
struct Permissions {
    marked: Marked,
    /// Of those which are neither marked nor skipped: true if their edition is not being sent.
    halted: bool,
}

impl Group {
    fn of(requests: impl Iterator<Item = Request>) -> Self {
        let mut group = Self::default();
        for request in requests {
            match request {
                Request::Mark(mark) => group.marks.push(mark),
                Request::Record(attempt) => group.attempts.push(attempt),
            }
        }
        group
    }

    fn answer(self, permissions: &Permissions) {
        for mark in self.marks {
            // A task that no longer waits has nothing to write.
            let _ = mark.answer.send(permissions.of(mark.delivery));
        }
    }
}

impl Permissions {
    fn of(&self, delivery: (i64, i64)) -> Permission {
        let is_in = |set: &HashSet<_>| set.contains(&delivery);
        if is_in(&self.marked.in_flight) {
            Permission::Write
        } else if is_in(&self.marked.skipped) {
            Permission::Skip
        } else if self.halted {
            Permission::Halted
        } else {
            Permission::Lost
        }
    }
}

/// Outcomes come first: an objection among them keeps the marks from being made.
async fn try_commit(
    engine: &Engine,
    owner: i64,
    group: &Group,
    again: bool,
) -> Result<Committed, StoreError> {
    let now = engine.clock.now_millis();
    let mut tx = engine.store.begin().await?;
    let lost = match record(&mut tx, owner, &group.attempts, now).await {
        Err(StoreError::LostLease { .. }) if again => Ok(()),
        Err(lost @ StoreError::LostLease { .. }) => Err(lost),
        recorded => recorded.map(Ok)?,
    };
    let permissions = mark(&mut tx, owner, &group.marks, again, now).await?;
    tx.commit().await?;
    Ok(Committed { permissions, lost })
}

async fn mark(
    tx: &mut Tx,
    owner: i64,
    marks: &[Mark],
    again: bool,
    now: i64,
) -> Result<Permissions, StoreError> {
    let Some(first) = marks.first() else {
        return Ok(Permissions::default());
    };
    let deliveries: Vec<_> = marks.iter().map(|mark| mark.delivery).collect();
    let marked = deliveries::mark_in_flight(tx, owner, &deliveries, again, now).await?;
    let all = marked.in_flight.len() + marked.skipped.len() == marks.len();
    let (edition, _) = first.delivery;
    let halted = !all && editions::state(tx, edition).await? != EditionState::Sending;
    Ok(Permissions { marked, halted })
}

async fn record(tx: &mut Tx, owner: i64, attempts: &[Attempt], now: i64) -> Result<(), StoreError> {
    if attempts.is_empty() {
        return Ok(());
    }
    let outcomes: Vec<&Outcome> = attempts.iter().map(|attempt| &attempt.outcome).collect();
    // Of what is recorded nothing is undone because something is missing.
    let recorded = deliveries::record(tx, owner, &outcomes, now).await;
    if !matches!(recorded, Ok(()) | Err(StoreError::LostLease { .. })) {
        return recorded;
    }
    for attempt in attempts {
        if attempt.dead_mailbox {
            bounce(tx, &attempt.outcome, now).await?;
        }
        if let Some(objection) = &attempt.objection {
            editions::pause(tx, attempt.outcome.edition, Some(objection)).await?;
        }
    }
    recorded
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
