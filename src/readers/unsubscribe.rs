//! Unsubscribing, in groups: after an edition, many readers leave at once.

use std::sync::Arc;

use hashbrown::HashMap;
use subscribers::consent::{Change, Consent, ConsentSource, apply};
use subscribers::departure::Departure;
use templates::pages::unsubscribe::REASON_MAX;

use super::departures;
use crate::app::App;
use crate::group_commit::{Commit, GroupCommit};
use crate::store::journal::{Entry, Event};
use crate::store::subscribers::{self as list, Leaver, Standing};
use crate::store::{StoreError, Tx, Work, undos};

/// Most readers who leave in one commit.
const MOST: usize = 1024;

/// A request to leave.
#[derive(Clone, Debug)]
pub struct Leave {
    pub subscriber: i64,
    /// The tag of the address that the link was mailed to; `None` without a link. A link mailed to a former address
    /// unsubscribes nobody.
    pub address_tag: Option<i64>,
    /// The edition with the link.
    pub edition: Option<i64>,
    pub source: ConsentSource,
    pub reason: Option<String>,
    /// True to offer an undo on the page that confirms it.
    pub with_undo: bool,
}

/// What became of a request to leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// True if the reader was on the list until now.
    pub was_on_the_list: bool,
    /// The number of the undo, if the reader was on the list and one was requested.
    pub undo: Option<i64>,
}

/// The state that an undo of leaving restores.
pub(super) const ON_THE_LIST: &str = "confirmed";

/// A handle to the task that unsubscribes readers. The task ends when every handle is gone.
#[derive(Clone)]
pub struct Leaving(GroupCommit<Leaves>);

impl Leaving {
    /// Call it inside a tokio runtime.
    pub fn start(app: App) -> Self {
        Self(GroupCommit::start(Leaves { app }, MOST))
    }

    /// Unsubscribes a reader. It is in force, and in the journal, when this returns.
    ///
    /// # Errors
    /// If the store fails. If the journal cannot be written, the reader has left anyway.
    pub async fn leave(&self, leave: Leave) -> Result<Left, Arc<StoreError>> {
        self.0.request(leave).await
    }
}

struct Leaves {
    app: App,
}

impl Commit for Leaves {
    type Request = Leave;
    type Answer = Left;
    type Error = StoreError;

    async fn commit(&self, group: Vec<Leave>) -> Result<Vec<Left>, StoreError> {
        unsubscribe_all(&self.app, group).await
    }
}

/// Unsubscribes readers in one transaction. It is in force when this returns: a delivery that is not on the wire yet is
/// skipped. Doing it again only ends an open undo. Unknown subscribers are ignored.
///
/// # Errors
/// If the store fails: nobody is unsubscribed, but the next [replay](App::replay) unsubscribes those whom the journal
/// has. If the journal cannot be written, they are unsubscribed anyway.
pub async fn unsubscribe_all(app: &App, leaves: Vec<Leave>) -> Result<Vec<Left>, StoreError> {
    let of = app.clone();
    let work = app
        .store
        .write(move |tx| Box::pin(async move { leave(&of, tx, &leaves).await }));
    let Gone { left, journaled } = work.await?;
    journaled.await?;
    Ok(left)
}

/// A group that has left, once its transaction commits.
struct Gone {
    left: Vec<Left>,
    /// Returns when the journal has them.
    journaled: Work<'static, ()>,
}

async fn leave(app: &App, tx: &mut Tx, leaves: &[Leave]) -> Result<Gone, StoreError> {
    let ids: Vec<i64> = leaves.iter().map(|leave| leave.subscriber).collect();
    let now = app.clock.now_millis();
    let before = list::standings(tx, &ids).await?;
    let mut left = vec![Left::default(); leaves.len()];
    let mut leaving: Vec<usize> = Vec::new();
    // Those who had left before: an older link or undo must not bring them back either.
    let mut again: Vec<i64> = Vec::new();
    let mut times: HashMap<i64, u32> = HashMap::new();
    for (at, leave) in leaves.iter().enumerate() {
        // A link mailed to another address does not count.
        let tag = leave.address_tag;
        let fits = |standing: &&Standing| tag.is_none_or(|tag| tag == standing.address_tag);
        let Some(standing) = before.get(&leave.subscriber).filter(fits) else {
            continue;
        };
        let time = times.entry(leave.subscriber).or_default();
        *time += 1;
        if *time > 1 {
            continue;
        }
        let to = apply(standing.consent, Change::Leave);
        if to == Ok(Consent::Unsubscribed) && to != Ok(standing.consent) {
            leaving.push(at);
            left[at].was_on_the_list = standing.consent.may_receive();
        } else {
            again.push(leave.subscriber);
        }
    }
    // On its way to the disk while the transaction is, which halves the wait. The readers are locked, so a replay that
    // reads these entries waits for the transaction to end.
    let journaled = departures::write(app, entries(app, &before, times.keys(), now));
    let journaled: Work<'static, ()> = Box::pin(journaled);
    let reasons = leaving
        .iter()
        .map(|at| leaves[*at].reason.as_deref().map(one_line));
    let reasons: Vec<Option<String>> = reasons.collect();
    let leavers = leaving.iter().zip(&reasons).map(|(at, reason)| {
        let leave = &leaves[*at];
        Leaver {
            subscriber: leave.subscriber,
            source: leave.source,
            edition: leave.edition,
            reason: reason.as_deref(),
        }
    });
    let leavers: Vec<_> = leavers.collect();
    list::end_ways_back(tx, &again, now).await?;
    list::leave(tx, &leavers, now).await?;
    for at in leaving {
        let leave = &leaves[at];
        // A second request at the same moment counts as leaving again, so it allows no undo: anybody may have the
        // link.
        let alone = times.get(&leave.subscriber) == Some(&1);
        if leave.with_undo && left[at].was_on_the_list && alone {
            left[at].undo = Some(undos::insert(tx, leave.subscriber, ON_THE_LIST, now).await?);
        }
    }
    Ok(Gone { left, journaled })
}

/// The entries for the journal. A reader who had left before gets an entry with that time again, in case a crash lost
/// the first one.
fn entries<'a>(
    app: &App,
    before: &HashMap<i64, Standing>,
    leaving: impl Iterator<Item = &'a i64>,
    now: i64,
) -> Vec<Entry> {
    let entry = |id: &i64| {
        let standing = before.get(id)?;
        let key = standing.address_key.as_ref()?;
        let to = apply(standing.consent, Change::Leave).ok()?;
        let is_repeated = to == standing.consent;
        let at = if is_repeated {
            standing.changed_at
        } else {
            now
        };
        let departure = Departure::of(to)?;
        Some(app.entry(at, Event::Left(departure), *id, key))
    };
    leaving.filter_map(entry).collect()
}

/// A reason on one line, at most [`REASON_MAX`] characters. PostgreSQL refuses NUL in a text.
fn one_line(reason: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    reason.chars().map(printable).take(REASON_MAX).collect()
}
