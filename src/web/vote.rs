//! Voting from the mail: `GET` shows the page with the link's choice, `POST` counts the vote.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use subscribers::token::{self, Purpose, Token};
use templates::comparison::{Comparison, Tool, Verdict};
use templates::pages::vote as page;

use super::error::{AppError, AppResult};
use super::form::Fields;
use crate::app::App;
use crate::edition::count_votes;
use crate::readers;
use crate::store::editions::{self, Edition, EditionKind};

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

type Address = Path<(String, String, String)>;

pub(super) async fn ask(State(app): State<App>, Path((token, tool, choice)): Address) -> AppResult {
    let ballot = Ballot::read(&app, &token, &tool, &choice).await?;
    Ok(ballot.show(&app, page::Said::Nothing))
}

pub(super) async fn act(
    State(app): State<App>,
    Path((token, tool, choice)): Address,
    request: Request,
) -> AppResult {
    let mut ballot = Ballot::read(&app, &token, &tool, &choice).await?;
    let fields = Fields::read(request).await?;
    if !ballot.open {
        return Ok(ballot.show(&app, page::Said::Nothing));
    }
    let Some(verdict) = verdict(fields.get("verdict")) else {
        let page = ballot.show(&app, page::Said::ChooseOne);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    ballot.chosen = verdict;
    let (slug, tool) = (&ballot.comparison.slug, &ballot.tool().slug);
    if !readers::vote(&app, ballot.link, slug, tool, verdict).await? {
        return Err(INVALID_LINK);
    }
    count_votes(&app, &mut ballot.comparison).await?;
    Ok(ballot.show(&app, page::Said::Counted))
}

/// The subject of a valid link.
struct Ballot {
    link: Token,
    token: String,
    comparison: Comparison,
    /// The index of the tool.
    at: usize,
    chosen: Verdict,
    open: bool,
}

impl Ballot {
    async fn read(app: &App, token: &str, tool: &str, choice: &str) -> AppResult<Self> {
        let link = token::verify(&app.key, token, Purpose::Vote);
        let (Ok(link), Some(chosen)) = (link, verdict(choice)) else {
            return Err(INVALID_LINK);
        };
        let edition = editions::get(&app.store, link.about).await?;
        let issue = |edition: &Edition| edition.kind == EditionKind::Issue;
        let Some(edition) = edition.filter(issue) else {
            return Err(INVALID_LINK);
        };
        let mut comparison = edition.comparison()?;
        let Some(at) = comparison.tools.iter().position(|one| one.slug == tool) else {
            return Err(INVALID_LINK);
        };
        count_votes(app, &mut comparison).await?;
        Ok(Self {
            open: is_open(app, &comparison),
            link,
            token: token.to_owned(),
            comparison,
            at,
            chosen,
        })
    }

    fn tool(&self) -> &Tool {
        &self.comparison.tools[self.at]
    }

    fn show(&self, app: &App, said: page::Said) -> Response {
        let ballot = page::Ballot {
            comparison: &self.comparison,
            tool: self.at,
            chosen: self.chosen,
            actions: [0, 1].map(|at| {
                let tool = &self.comparison.tools[at].slug;
                format!("/v/{}/{tool}/{}", self.token, self.chosen.into_str())
            }),
            open: self.open,
            said,
        };
        page::vote(&app.newsletter(), &ballot).into_response()
    }
}

/// True until the last day of voting ends, in the newsletter's time zone.
fn is_open(app: &App, comparison: &Comparison) -> bool {
    let last = comparison.last_day_of_voting();
    last.is_some_and(|last| app.today() <= last)
}

fn verdict(word: &str) -> Option<Verdict> {
    [Verdict::Ship, Verdict::Skip]
        .into_iter()
        .find(|verdict| verdict.into_str() == word)
}
