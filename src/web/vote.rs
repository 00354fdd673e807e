//! Voting from the mail: `GET` shows one button for the verdict of the link, or the reader's vote; `POST` counts one.

use std::collections::HashMap;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use subscribers::token::{self, Purpose, Token};
use templates::comparison::{Comparison, Side, Tool, Verdict};
use templates::pages::vote as page;

use super::error::{AppError, AppResult};
use super::form::Fields;
use crate::app::App;
use crate::edition::{correct_voting, count_votes};
use crate::readers;
use crate::store::editions::{self, Edition, EditionKind};

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

type Address = Path<(String, String, String)>;

pub(super) async fn ask(State(app): State<App>, Path((token, tool, choice)): Address) -> AppResult {
    let ballot = Ballot::read(&app, &token, &tool, &choice).await?;
    Ok(ballot.show(&app, false))
}

pub(super) async fn act(
    State(app): State<App>,
    Path((token, tool, choice)): Address,
    request: Request,
) -> AppResult {
    let mut ballot = Ballot::read(&app, &token, &tool, &choice).await?;
    let fields = Fields::read(request).await?;
    if !ballot.open {
        return Ok(ballot.show(&app, false));
    }
    let Ok(verdict) = fields.get("verdict").parse::<Verdict>() else {
        let page = ballot.show(&app, true);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let tool = ballot.tool(ballot.side).slug.clone();
    if !readers::vote(&app, ballot.link, &ballot.comparison.slug, &tool, verdict).await? {
        return Err(INVALID_LINK);
    }
    ballot.votes.insert(tool, verdict);
    count_votes(&app, &mut ballot.comparison).await?;
    Ok(ballot.show(&app, false))
}

/// The subject of a valid link.
struct Ballot {
    link: Token,
    token: String,
    comparison: Comparison,
    /// The tool of the link.
    side: Side,
    /// The verdict of the link.
    asked: Verdict,
    /// The reader's own, by the slug of the tool.
    votes: HashMap<String, Verdict>,
    open: bool,
}

impl Ballot {
    async fn read(app: &App, token: &str, tool: &str, choice: &str) -> AppResult<Self> {
        let link = token::verify(&app.key, token, Purpose::Vote);
        let (Ok(link), Ok(asked)) = (link, choice.parse::<Verdict>()) else {
            return Err(INVALID_LINK);
        };
        let edition = editions::get(&app.store, link.about).await?;
        let issue = |edition: &Edition| edition.kind == EditionKind::Issue;
        let Some(edition) = edition.filter(issue) else {
            return Err(INVALID_LINK);
        };
        let mut comparison = edition.comparison()?;
        let mut sides = Side::BOTH.into_iter();
        let Some(side) = sides.find(|side| comparison.tool(*side).slug == tool) else {
            return Err(INVALID_LINK);
        };
        let Some(votes) = readers::votes_on(app, link, &comparison.slug).await? else {
            return Err(INVALID_LINK);
        };
        correct_voting(app, edition.id, &mut comparison).await?;
        count_votes(app, &mut comparison).await?;
        Ok(Self {
            open: is_open(app, &comparison),
            link,
            token: token.to_owned(),
            comparison,
            side,
            asked,
            votes,
        })
    }

    fn tool(&self, side: Side) -> &Tool {
        self.comparison.tool(side)
    }

    fn show(&self, app: &App, unclear: bool) -> Response {
        let tools = Side::BOTH.map(|side| &self.tool(side).slug);
        let ballot = page::Ballot {
            comparison: &self.comparison,
            side: self.side,
            asked: self.asked,
            votes: tools.map(|tool| self.votes.get(tool).copied()),
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
