//! Voting from the mail: `GET` shows one button for the verdict of the link, or the reader's vote; `POST` counts one.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use moka::future::Cache;
use subscribers::token::{self, Purpose, Token};
use templates::comparison::{Comparison, Side, Tool, Verdict};
use templates::pages::vote as page;

use super::error::{AppError, AppResult};
use super::form::Fields;
use crate::app::App;
use crate::edition::{set_votes, voting_closes};
use crate::readers::{self, IssueVotes, Vote, Voting};
use crate::store::editions::{self, EditionKind};

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

/// Most comparisons in memory, about 100 KB each. Votes are open for two weeks.
const KEPT: u64 = 16;

/// Comparisons by edition. An edition never changes, and reading one takes longer than recording a vote.
#[derive(Clone)]
pub(super) struct Comparisons(Cache<i64, Arc<Comparison>>);

impl Default for Comparisons {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl Comparisons {
    /// `None` unless this is an edition of an issue.
    async fn of(&self, app: &App, edition: i64) -> AppResult<Option<Arc<Comparison>>> {
        let kept = self.0.get(&edition).await;
        if kept.is_some() {
            return Ok(kept);
        }
        let found = editions::get(&app.store, edition).await?;
        let Some(found) = found.filter(|found| found.kind == EditionKind::Issue) else {
            return Ok(None);
        };
        let comparison = Arc::new(found.comparison()?);
        self.0.insert(edition, Arc::clone(&comparison)).await;
        Ok(Some(comparison))
    }
}

type Address = Path<(String, String, String)>;

pub(super) async fn ask(
    State(app): State<App>,
    State(comparisons): State<Comparisons>,
    Path(address): Address,
) -> AppResult {
    let ballot = Ballot::read(&app, &comparisons, address).await?;
    let votes = ballot.votes(&app).await?;
    Ok(ballot.show(&app, &votes, false))
}

pub(super) async fn act(
    State(app): State<App>,
    State(comparisons): State<Comparisons>,
    State(voting): State<Voting>,
    Path(address): Address,
    request: Request,
) -> AppResult {
    let ballot = Ballot::read(&app, &comparisons, address).await?;
    let fields = Fields::read(request).await?;
    let verdict = fields.get("verdict").parse::<Verdict>();
    let (true, Ok(verdict)) = (ballot.open, verdict) else {
        let votes = ballot.votes(&app).await?;
        let page = ballot.show(&app, &votes, ballot.open);
        return Ok(match ballot.open {
            true => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
            false => page,
        });
    };
    let vote = Vote {
        link: ballot.link,
        issue: ballot.comparison.slug.clone(),
        tool: ballot.tool(ballot.side).slug.clone(),
        verdict,
    };
    let votes = voting.vote(vote).await?.ok_or(INVALID_LINK)?;
    Ok(ballot.show(&app, &votes, false))
}

/// The subject of a link.
struct Ballot {
    link: Token,
    token: String,
    comparison: Arc<Comparison>,
    /// The tool of the link.
    side: Side,
    /// The verdict of the link.
    asked: Verdict,
    open: bool,
}

impl Ballot {
    async fn read(
        app: &App,
        comparisons: &Comparisons,
        (token, tool, choice): (String, String, String),
    ) -> AppResult<Self> {
        let link = token::verify(&app.key, &token, Purpose::Vote);
        let (Ok(link), Ok(asked)) = (link, choice.parse::<Verdict>()) else {
            return Err(INVALID_LINK);
        };
        let comparison = comparisons.of(app, link.about).await?;
        let comparison = comparison.ok_or(INVALID_LINK)?;
        let mut sides = Side::BOTH.into_iter();
        let side = sides.find(|side| comparison.tool(*side).slug == tool);
        let comparison = match voting_closes(app, link.about).await? {
            None => comparison,
            closes => Arc::new(Comparison {
                voting_closes: closes,
                ..Comparison::clone(&comparison)
            }),
        };
        Ok(Self {
            open: is_open(app, &comparison),
            link,
            token,
            comparison,
            side: side.ok_or(INVALID_LINK)?,
            asked,
        })
    }

    /// The votes so far.
    async fn votes(&self, app: &App) -> AppResult<IssueVotes> {
        let votes = readers::votes_on(app, self.link, &self.comparison.slug).await?;
        votes.ok_or(INVALID_LINK)
    }

    fn tool(&self, side: Side) -> &Tool {
        self.comparison.tool(side)
    }

    fn show(&self, app: &App, votes: &IssueVotes, unclear: bool) -> Response {
        let mut comparison = Comparison::clone(&self.comparison);
        set_votes(&mut comparison, &votes.tallies);
        let tools = Side::BOTH.map(|side| &self.tool(side).slug);
        let ballot = page::Ballot {
            comparison: &comparison,
            side: self.side,
            asked: self.asked,
            votes: tools.map(|tool| votes.own.get(tool).copied()),
            actions: tools
                .map(|tool| format!("/v/{}/{tool}/{}", self.token, self.asked.into_str())),
            open: self.open,
            unclear,
        };
        page::vote(&app.newsletter(), &ballot).into_response()
    }
}

/// True until the last day of voting ends, in the newsletter's time zone.
fn is_open(app: &App, comparison: &Comparison) -> bool {
    let last = comparison.last_day_of_voting();
    last.is_some_and(|last| app.today() <= last)
}
