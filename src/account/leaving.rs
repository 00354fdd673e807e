//! Leaving in groups: while one commit is on its way to the disk, those who leave meanwhile queue up, and the next
//! commit takes them all. After an edition many leave at once, by one click each.

use std::collections::HashSet;
use std::sync::Arc;

use subscribers::consent::{Change, Consent, Way, apply};
use templates::pages::unsubscribe::REASON_MAX;
use tokio::sync::{mpsc, oneshot};

use crate::engine::Engine;
use crate::store::consent_changes::Cause;
use crate::store::{StoreError, notices, subscribers as list};

/// Most who leave in one commit.
const MOST: usize = 1024;

/// Somebody who leaves.
#[derive(Clone, Debug)]
pub struct Leave {
    /// The subscriber's number.
    pub subscriber: i64,
    /// The edition whose mail led to it.
    pub edition: Option<i64>,
    /// By which way.
    pub way: Way,
    /// Why, where a reason was given.
    pub reason: Option<String>,
}

/// What became of it: true if the reader was on the list until now.
type Left = Result<bool, Arc<StoreError>>;

/// A handle to the task that takes readers off the list. It ends when every handle is gone.
#[derive(Clone)]
pub struct Leaving {
    queue: mpsc::Sender<(Leave, oneshot::Sender<Left>)>,
}

impl Leaving {
    /// Starts the task.
    pub fn start(engine: Engine) -> Self {
        let (queue, waiting) = mpsc::channel(MOST);
        tokio::spawn(take_off(engine, waiting));
        Self { queue }
    }

    /// Takes a reader off the list. It is in force when this returns.
    ///
    /// # Errors
    /// If the store refuses.
    pub async fn leave(&self, leave: Leave) -> Left {
        let (answer, left) = oneshot::channel();
        let gone = || Arc::new(StoreError::Closed);
        let queued = self.queue.send((leave, answer)).await;
        queued.map_err(|_| gone())?;
        left.await.map_err(|_| gone())?
    }
}

async fn take_off(engine: Engine, mut waiting: mpsc::Receiver<(Leave, oneshot::Sender<Left>)>) {
    let mut group = Vec::with_capacity(MOST);
    while waiting.recv_many(&mut group, MOST).await > 0 {
        gather(&mut waiting, &mut group).await;
        let (leaves, answers): (Vec<Leave>, Vec<_>) = group.drain(..).unzip();
        let left = unsubscribe_all(&engine, &leaves).await.map_err(Arc::new);
        for (at, answer) in answers.into_iter().enumerate() {
            let one = left.as_ref().map(|left| left[at]).map_err(Arc::clone);
            // Whoever hung up meanwhile has left all the same.
            let _ = answer.send(one);
        }
    }
}

/// Lets whoever can go on go on first, as long as that brings more. This waits for nothing.
async fn gather<T>(waiting: &mut mpsc::Receiver<T>, group: &mut Vec<T>) {
    loop {
        tokio::task::yield_now().await;
        let before = group.len();
        while group.len() < MOST
            && let Ok(one) = waiting.try_recv()
        {
            group.push(one);
        }
        if group.len() == before {
            return;
        }
    }
}

/// Takes readers off the list in one transaction; for each, whether they were on it until now. It is effective when
/// this returns: a delivery that is not on the wire yet is skipped. Doing it twice changes nothing; a number that is
/// on no list is no error.
///
/// # Errors
/// If the store refuses; nobody is taken off then.
pub async fn unsubscribe_all(engine: &Engine, leaves: &[Leave]) -> Result<Vec<bool>, StoreError> {
    let ids: Vec<i64> = leaves.iter().map(|leave| leave.subscriber).collect();
    let mut tx = engine.store.begin().await?;
    let before = list::standings(&mut tx, &ids).await?;
    let mut first = HashSet::new();
    let leaving: Vec<&Leave> = leaves
        .iter()
        .filter(|leave| first.insert(leave.subscriber))
        .filter(|leave| {
            let from = before
                .get(&leave.subscriber)
                .map(|standing| standing.consent);
            from.is_some_and(|from| apply(from, Change::Leave) == Ok(Consent::Unsubscribed))
                && from != Some(Consent::Unsubscribed)
        })
        .collect();
    if !leaving.is_empty() {
        let now = engine.clock.now_millis();
        let reasons: Vec<Option<String>> = leaving
            .iter()
            .map(|leave| leave.reason.as_deref().map(kept))
            .collect();
        let changes: Vec<(i64, Cause<'_>)> = leaving
            .iter()
            .zip(&reasons)
            .map(|(leave, reason)| {
                let cause = Cause {
                    edition: leave.edition,
                    reason: reason.as_deref(),
                    ..Cause::by(leave.way)
                };
                (leave.subscriber, cause)
            })
            .collect();
        list::set_consent_each(&mut tx, &changes, Consent::Unsubscribed, now).await?;
        // No link from before brings a reader back.
        let with_links = |id: &i64| before.get(id).is_some_and(|standing| standing.has_notices);
        let gone = changes.iter().map(|(subscriber, _)| *subscriber);
        let gone: Vec<i64> = gone.filter(with_links).collect();
        if !gone.is_empty() {
            notices::end_all_of_each(&mut tx, &gone).await?;
        }
        tx.commit().await?;
    }
    let mut counted = HashSet::new();
    Ok(leaves
        .iter()
        .map(|leave| {
            let was = before.get(&leave.subscriber);
            was.is_some_and(|was| was.consent.may_receive()) && counted.insert(leave.subscriber)
        })
        .collect())
}

/// What is kept of a reason: one line. PostgreSQL takes no NUL in a text.
fn kept(reason: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    reason.chars().map(printable).take(REASON_MAX).collect()
}
