//! Leaving in groups: while one commit is on its way to the disk, those who leave meanwhile queue up, and the next
//! commit takes them all. After an edition many leave at once, by one click each. While one group is being written
//! to the journal, the next one is committed to the store.

use std::collections::HashMap;
use std::sync::Arc;

use subscribers::consent::{Change, Consent, ConsentSource, apply};
use subscribers::departure::Departure;
use templates::pages::unsubscribe::REASON_MAX;
use tokio::sync::{mpsc, oneshot};

use super::departures;
use crate::app::App;
use crate::group_commit::gather;
use crate::store::consent_changes::Cause;
use crate::store::journal::{Entry, Event};
use crate::store::subscribers::{self as list, Standing};
use crate::store::{StoreError, deliveries, outbox, undos};

/// Most who leave in one commit.
const MOST: usize = 1024;

/// A reader who leaves.
#[derive(Clone, Debug)]
pub struct Leave {
    /// The subscriber's number.
    pub subscriber: i64,
    /// The tag of the address that the link was mailed to; `None` where no link is used. A link that
    /// was mailed to a former address takes nobody off.
    pub address_tag: Option<i64>,
    /// The edition whose mail led to it.
    pub edition: Option<i64>,
    /// By which way.
    pub source: ConsentSource,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// True if it can be taken back on the page that says it is done.
    pub with_undo: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// True if the reader was on the list until now.
    pub was_on_the_list: bool,
    /// The number by which it can be taken back, if the reader was on the list and an undo was asked for.
    pub undo: Option<i64>,
}

type Answer = Result<Left, Arc<StoreError>>;

/// What an undo of a leave says that it was before.
pub(super) const ON_THE_LIST: &str = "confirmed";

/// A handle to the task that takes readers off the list. It ends when every handle is gone.
#[derive(Clone)]
pub struct Leaving {
    queue: mpsc::Sender<(Leave, oneshot::Sender<Answer>)>,
}

impl Leaving {
    /// Starts the task.
    pub fn start(app: App) -> Self {
        let (queue, waiting) = mpsc::channel(MOST);
        tokio::spawn(take_off(app, waiting));
        Self { queue }
    }

    /// Takes a reader off the list. It is in force, and in the journal, when this returns.
    ///
    /// # Errors
    /// If the store refuses, or the journal cannot be written: the reader has left then.
    pub async fn leave(&self, leave: Leave) -> Answer {
        let (answer, left) = oneshot::channel();
        let gone = || Arc::new(StoreError::Closed);
        let queued = self.queue.send((leave, answer)).await;
        queued.map_err(|_| gone())?;
        left.await.map_err(|_| gone())?
    }
}

/// Where a reader's answer goes.
type Asking = oneshot::Sender<Answer>;

async fn take_off(app: App, mut waiting: mpsc::Receiver<(Leave, Asking)>) {
    let (committed, groups) = mpsc::channel(1);
    tokio::spawn(write_and_answer(app.clone(), groups));
    let mut group = Vec::with_capacity(MOST);
    while waiting.recv_many(&mut group, MOST).await > 0 {
        gather(&mut waiting, &mut group, MOST).await;
        let (leaves, asking): (Vec<Leave>, Vec<Asking>) = group.drain(..).unzip();
        match commit(&app, &leaves).await {
            // If nothing takes the group, the answers are dropped, which is an error to those who wait.
            Ok(gone) => drop(committed.send((gone, asking)).await),
            Err(error) => {
                let error = Arc::new(error);
                for answer in asking {
                    // A reader who hung up has nobody to tell.
                    let _ = answer.send(Err(Arc::clone(&error)));
                }
            }
        }
    }
}

/// Writes each group to the journal, and answers then.
async fn write_and_answer(app: App, mut groups: mpsc::Receiver<(Gone, Vec<Asking>)>) {
    while let Some((gone, asking)) = groups.recv().await {
        let written = departures::write(&app, gone.entries).await;
        let written = written.map_err(Arc::new);
        for (left, answer) in gone.left.into_iter().zip(asking) {
            // A reader who hung up has left all the same.
            let _ = answer.send(written.clone().map(|()| left));
        }
    }
}

/// Takes readers off the list in one transaction. It is effective when this returns: a delivery that is not
/// on the wire yet is skipped. Doing it twice changes nothing, but that it ends what could be taken back
/// before; a number that is on no list is no error.
///
/// # Errors
/// If the store refuses: nobody is taken off then. If the journal cannot be written: they are.
pub async fn unsubscribe_all(app: &App, leaves: &[Leave]) -> Result<Vec<Left>, StoreError> {
    let gone = commit(app, leaves).await?;
    departures::write(app, gone.entries).await?;
    Ok(gone.left)
}

/// A group that has left, as far as the store goes.
struct Gone {
    /// What became of each.
    left: Vec<Left>,
    /// What the journal is to say.
    entries: Vec<Entry>,
}

async fn commit(app: &App, leaves: &[Leave]) -> Result<Gone, StoreError> {
    let ids: Vec<i64> = leaves.iter().map(|leave| leave.subscriber).collect();
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await?;
    let before = list::standings(&mut tx, &ids, now).await?;
    let mut left = vec![Left::default(); leaves.len()];
    let mut leaving: Vec<usize> = Vec::new();
    let mut times: HashMap<i64, u32> = HashMap::new();
    for (at, leave) in leaves.iter().enumerate() {
        let Some(standing) = before.get(&leave.subscriber) else {
            continue;
        };
        // A link that was mailed to another address.
        if leave
            .address_tag
            .is_some_and(|tag| tag != standing.address_tag)
        {
            continue;
        }
        let time = times.entry(leave.subscriber).or_default();
        *time += 1;
        let to = apply(standing.consent, Change::Leave);
        if *time == 1 && to == Ok(Consent::Unsubscribed) && to != Ok(standing.consent) {
            leaving.push(at);
            left[at].was_on_the_list = standing.consent.may_receive();
        }
    }
    let entries = entries(app, &before, times.keys(), now);
    // No link or undo from before brings a reader back, also not one who leaves again.
    let open: Vec<i64> = times
        .keys()
        .copied()
        .filter(|id| before.get(id).is_some_and(|standing| standing.has_links))
        .collect();
    if leaving.is_empty() && open.is_empty() {
        return Ok(Gone { left, entries });
    }
    outbox::end_links(&mut tx, &open, now).await?;
    undos::end(&mut tx, &open).await?;
    let reasons: Vec<Option<String>> = leaving
        .iter()
        .map(|at| leaves[*at].reason.as_deref().map(kept))
        .collect();
    let to = Consent::Unsubscribed;
    let changes: Vec<_> = leaving
        .iter()
        .zip(&reasons)
        .map(|(at, reason)| {
            let leave = &leaves[*at];
            let cause = Cause {
                edition: leave.edition,
                reason: reason.as_deref(),
                ..Cause::by(leave.source)
            };
            (leave.subscriber, to, cause)
        })
        .collect();
    if !changes.is_empty() {
        list::set_consent(&mut tx, &changes, now).await?;
        let gone: Vec<i64> = changes.iter().map(|(subscriber, ..)| *subscriber).collect();
        deliveries::skip_waiting(&mut tx, &gone, to.into_str(), now).await?;
    }
    for at in leaving {
        let leave = &leaves[at];
        // A second request at the same moment is leaving again, so there is nothing to take back: anybody may
        // have the link.
        let alone = times.get(&leave.subscriber) == Some(&1);
        if leave.with_undo && left[at].was_on_the_list && alone {
            left[at].undo = Some(undos::insert(&mut tx, leave.subscriber, ON_THE_LIST, now).await?);
        }
    }
    tx.commit().await?;
    Ok(Gone { left, entries })
}

/// What the journal is to say of each: that they left now, or, as it was, when they left before. A crash may have
/// kept that from being written.
fn entries<'a>(
    app: &App,
    before: &HashMap<i64, Standing>,
    leaving: impl Iterator<Item = &'a i64>,
    now: i64,
) -> Vec<Entry> {
    let entry = |id: &i64| {
        let standing = before.get(id)?;
        let key = standing.address_key.as_deref()?;
        let to = apply(standing.consent, Change::Leave).ok()?;
        let at = if to == standing.consent {
            standing.changed_at
        } else {
            now
        };
        let departure = Departure::of(to)?;
        Some(app.entry(at, Event::Left(departure), *id, key))
    };
    leaving.filter_map(entry).collect()
}

/// What is kept of a reason: one line. PostgreSQL takes no NUL in a text.
fn kept(reason: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    reason.chars().map(printable).take(REASON_MAX).collect()
}
