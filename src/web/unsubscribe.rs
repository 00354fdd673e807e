//! Leaving, or getting less: `GET` asks, `POST` acts. The same address takes the one-click request of
//! RFC 8058, which mail programs send without cookies, in either form encoding.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use subscribers::consent::ConsentSource;
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe::{self as page, DIGEST, REASONS, RESTS};

use super::error::AppError;
use super::extract::masked;
use super::form::Fields;
use crate::app::App;
use crate::readers::{self, Choice, Leave, Leaving};
use crate::store::StoreError;
use crate::store::subscribers::{self as list, Frequency, Subscriber};
use crate::store::undos;

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

pub(super) async fn ask(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let link = read(&app, &token)?;
    let reader = readers::reader_of(&app, link).await?;
    let Some(reader) = reader else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let action = format!("/u/{token}");
    let masked = masked(reader.address.as_deref());
    Ok(page::ask(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn act(
    State(app): State<App>,
    State(leaving): State<Leaving>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, AppError> {
    let link = read(&app, &token)?;
    let fields = Fields::read(request).await?;
    if fields.get("List-Unsubscribe") == "One-Click" {
        leaving
            .leave(left(link, ConsentSource::OneClick, None))
            .await?;
        return Ok("You are unsubscribed.\n".into_response());
    }
    match less(fields.get("instead")) {
        Some(less) => get_less(&app, link, less).await,
        None => leave(&app, &leaving, link, &fields).await,
    }
}

pub(super) async fn undo(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let reader = take_back(&app, &token).await?.ok_or(INVALID_LINK)?;
    let masked = masked(reader.address.as_deref());
    Ok(page::undone(&app.newsletter(), &masked).into_response())
}

/// Takes back what a page did; the reader as it stands then, or `None` if the link does not (or no longer)
/// let anybody.
async fn take_back(app: &App, token: &str) -> Result<Option<Subscriber>, StoreError> {
    let Ok(link) = token::verify(&app.key, token, Purpose::Undo) else {
        return Ok(None);
    };
    let now = app.clock.now_millis();
    let undo = undos::good(&app.store, link.about, now).await?;
    let Some(undo) = undo.filter(|undo| undo.subscriber == link.subscriber) else {
        return Ok(None);
    };
    let reader = list::get(&app.store, undo.subscriber).await?;
    let is_theirs = |reader: &Subscriber| reader.has_address(link.address_tag);
    if reader.as_ref().is_some_and(is_theirs) && readers::undo(app, &undo).await? {
        return list::get(&app.store, undo.subscriber).await;
    }
    Ok(None)
}

async fn leave(
    app: &App,
    leaving: &Leaving,
    link: Token,
    fields: &Fields,
) -> Result<Response, AppError> {
    let reader = readers::reader_of(app, link).await?;
    let leave = Leave {
        with_undo: true,
        ..left(link, ConsentSource::Page, reason(fields))
    };
    let left = leaving.leave(leave).await?;
    let Some(reader) = reader else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let undo = left.undo.map(|undo| undo_path(app, &reader, undo));
    let masked = masked(reader.address.as_deref());
    Ok(page::done(&app.newsletter(), &masked, undo.as_deref()).into_response())
}

fn left(link: Token, source: ConsentSource, reason: Option<String>) -> Leave {
    Leave {
        subscriber: link.subscriber,
        address_tag: Some(link.address_tag),
        edition: edition(link),
        source,
        reason,
        with_undo: false,
    }
}

/// What is less than leaving.
#[derive(Clone, Copy)]
enum Less {
    Rest(i64),
    Digest,
}

fn less(word: &str) -> Option<Less> {
    if word == DIGEST {
        return Some(Less::Digest);
    }
    let rest = RESTS.into_iter().find(|(key, _)| *key == word);
    rest.map(|(_, weeks)| Less::Rest(weeks))
}

async fn get_less(app: &App, link: Token, less: Less) -> Result<Response, AppError> {
    let Some(subscriber) = readers::reader_of(app, link).await? else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let masked = masked(subscriber.address.as_deref());
    if !subscriber.consent.may_receive() {
        return Ok(page::done(&app.newsletter(), &masked, None).into_response());
    }
    let choice = match less {
        Less::Rest(weeks) => Choice::of(&subscriber).resting(app, weeks),
        Less::Digest => Choice {
            frequency: Frequency::Digest,
            ..Choice::of(&subscriber)
        },
    };
    let undo = readers::choose(app, &subscriber, choice).await?;
    let undo = undo_path(app, &subscriber, undo);
    let newsletter = app.newsletter();
    Ok(match (less, choice.paused_until) {
        (Less::Rest(_), Some(until)) => {
            page::paused(&newsletter, &masked, app.day(until), &undo).into_response()
        }
        _ => page::digest(&newsletter, &masked, &undo).into_response(),
    })
}

fn undo_path(app: &App, subscriber: &Subscriber, undo: i64) -> String {
    let token = subscriber.token(Purpose::Undo, undo);
    format!("/undo/{}", token::sign(&app.key, token))
}

/// The edition that the link stood in; none for one on the page of settings.
fn edition(link: Token) -> Option<i64> {
    Some(link.about).filter(|edition| *edition > 0)
}

/// What was chosen, and what was written.
fn reason(fields: &Fields) -> Option<String> {
    let chosen = REASONS
        .into_iter()
        .find(|(key, _)| *key == fields.get("why"));
    let said = [chosen.map_or("", |(key, _)| key), fields.get("reason")];
    let said: Vec<&str> = said.into_iter().filter(|said| !said.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(": "))
}

fn read(app: &App, token: &str) -> Result<Token, AppError> {
    token::verify(&app.key, token, Purpose::Unsubscribe).map_err(|_| INVALID_LINK)
}
