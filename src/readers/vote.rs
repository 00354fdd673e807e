//! Votes on the tools of a comparison. After an edition, many readers vote within minutes, so votes commit in groups.

use std::collections::HashMap;
use std::sync::Arc;

use subscribers::consent::Consent;
use subscribers::token::Token;
use templates::comparison::Verdict;

use crate::app::App;
use crate::group_commit::{Commit, GroupCommit};
use crate::store::subscribers::{self as list, Standing};
use crate::store::votes::{self, NewVote, Tallies};
use crate::store::{StoreError, Tx};

/// Most votes in one commit.
const MOST: usize = 1024;

/// A reader's vote.
#[derive(Clone, Debug)]
pub struct Vote {
    pub link: Token,
    /// The slug of the issue.
    pub issue: String,
    /// The slug of the tool.
    pub tool: String,
    pub verdict: Verdict,
}

/// What a reader sees of the votes on an issue.
#[derive(Clone, Debug)]
pub struct IssueVotes {
    /// The reader's own, by the slug of the tool.
    pub own: HashMap<String, Verdict>,
    pub tallies: Arc<Tallies>,
}

/// A handle to the task that records votes. The task ends when every handle is gone.
#[derive(Clone)]
pub struct Voting(GroupCommit<Votes>);

impl Voting {
    /// Call it inside a tokio runtime.
    pub fn start(app: App) -> Self {
        Self(GroupCommit::start(Votes { app }, MOST))
    }

    /// Records a reader's vote on a tool; a later vote replaces an earlier one. Returns the votes with this one, or
    /// `None` if the reader [may not vote](votes_on).
    ///
    /// # Errors
    /// If the store fails, and nothing is recorded.
    pub async fn vote(&self, vote: Vote) -> Result<Option<IssueVotes>, Arc<StoreError>> {
        self.0.request(vote).await
    }
}

struct Votes {
    app: App,
}

impl Commit for Votes {
    type Request = Vote;
    type Answer = Option<IssueVotes>;
    type Error = StoreError;

    async fn commit(&self, group: Vec<Vote>) -> Result<Vec<Option<IssueVotes>>, StoreError> {
        let now = self.app.clock.now_millis();
        let store = &self.app.store;
        let counted = store.write(move |tx| Box::pin(async move { count(tx, &group, now).await }));
        counted.await
    }
}

/// Records the votes of those who may vote, one after the other.
async fn count(
    tx: &mut Tx,
    group: &[Vote],
    now: i64,
) -> Result<Vec<Option<IssueVotes>>, StoreError> {
    let ids: Vec<i64> = group.iter().map(|vote| vote.link.subscriber).collect();
    let standings = list::standings(tx, &ids).await?;
    let may = |vote: &&Vote| {
        let standing = standings.get(&vote.link.subscriber);
        standing.is_some_and(|standing| is_theirs(standing, vote.link))
    };
    let counted = group.iter().filter(may).map(|vote| NewVote {
        issue: &vote.issue,
        tool: &vote.tool,
        subscriber: vote.link.subscriber,
        verdict: vote.verdict,
    });
    let counted: Vec<NewVote<'_>> = counted.collect();
    if counted.is_empty() {
        return Ok(vec![None; group.len()]);
    }
    let mut ballots = votes::cast(tx, &counted, now).await?.into_iter();
    let tallies = tallies(tx, &counted).await?;
    let seen = group.iter().map(|vote| {
        may(&vote).then(|| IssueVotes {
            own: ballots.next().unwrap_or_default(),
            tallies: tallies.get(&*vote.issue).cloned().unwrap_or_default(),
        })
    });
    Ok(seen.collect())
}

/// The tallies of each issue.
async fn tallies<'a>(
    tx: &mut Tx,
    votes: &[NewVote<'a>],
) -> Result<HashMap<&'a str, Arc<Tallies>>, StoreError> {
    let mut tallies = HashMap::new();
    for vote in votes {
        if !tallies.contains_key(vote.issue) {
            let tally = votes::tally_in(tx, vote.issue).await?;
            tallies.insert(vote.issue, Arc::new(tally));
        }
    }
    Ok(tallies)
}

/// True if the link was mailed to the reader's address, and the reader may vote.
fn is_theirs(reader: &Standing, link: Token) -> bool {
    reader.address_key.is_some()
        && reader.address_tag == link.address_tag
        && may_vote(reader.consent)
}

/// Readers who have left may vote.
fn may_vote(consent: Consent) -> bool {
    !matches!(consent, Consent::Pending | Consent::Erased)
}

/// The votes on an issue, as the reader of a link sees them; `None` if the reader is pending or erased, or the link
/// was mailed to a former address.
pub async fn votes_on(
    app: &App,
    link: Token,
    issue: &str,
) -> Result<Option<IssueVotes>, StoreError> {
    let reader = super::reader_of(app, link).await?;
    if !reader.is_some_and(|reader| may_vote(reader.consent)) {
        return Ok(None);
    }
    Ok(Some(IssueVotes {
        own: votes::cast_by(&app.store, issue, link.subscriber).await?,
        tallies: Arc::new(votes::tally(&app.store, issue).await?),
    }))
}
