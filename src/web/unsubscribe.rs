//! Unsubscribing, or getting less mail: `GET` asks, `POST` acts. The same address takes one-click requests
//! (RFC 8058), which mail programs send in either form encoding.

use axum::extract::{Path, Request, State};
use axum::response::IntoResponse as _;
use subscribers::consent::ConsentSource;
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe::{self as page, DIGEST, REASONS, RESTS};

use super::error::{AppError, AppResult};
use super::extract::masked;
use super::form::Fields;
use crate::app::App;
use crate::readers::{self, Choice, Leave, Leaving};
use crate::store::StoreError;
use crate::store::subscribers::{self as list, Frequency, Subscriber};
use crate::store::undos;

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

pub(super) async fn ask(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = read(&app, &token)?;
    let Some(reader) = readers::reader_of(&app, link).await? else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let action = format!("/u/{token}");
    let masked = masked(reader.address.as_ref());
    Ok(page::ask(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn act(
    State(app): State<App>,
    State(leaving): State<Leaving>,
    Path(token): Path<String>,
    request: Request,
) -> AppResult {
    let link = read(&app, &token)?;
    let fields = Fields::read(request).await?;
    if fields.get("List-Unsubscribe") == "One-Click" {
        let leave = one_leave(link, ConsentSource::OneClick, None);
        leaving.leave(leave).await?;
        return Ok("You are unsubscribed.\n".into_response());
    }
    match less(fields.get("instead")) {
        Some(less) => get_less(&app, link, less).await,
        None => leave(&app, &leaving, link, &fields).await,
    }
}

pub(super) async fn undo(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let reader = take_back(&app, &token).await?.ok_or(INVALID_LINK)?;
    let masked = masked(reader.address.as_ref());
    Ok(page::undone(&app.newsletter(), &masked).into_response())
}

/// Undoes what a page did; returns the reader afterwards, or `None` if the link is not valid, or no longer.
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

async fn leave(app: &App, leaving: &Leaving, link: Token, fields: &Fields) -> AppResult {
    let reader = readers::reader_of(app, link).await?;
    let leave = Leave {
        with_undo: true,
        ..one_leave(link, ConsentSource::Page, reason(fields))
    };
    let left = leaving.leave(leave).await?;
    let Some(reader) = reader else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let undo = left.undo.map(|undo| undo_path(app, &reader, undo));
    let masked = masked(reader.address.as_ref());
    Ok(page::done(&app.newsletter(), &masked, undo.as_deref()).into_response())
}

fn one_leave(link: Token, source: ConsentSource, reason: Option<String>) -> Leave {
    Leave {
        subscriber: link.subscriber,
        address_tag: Some(link.address_tag),
        // Links on the settings page carry 0.
        edition: Some(link.about).filter(|edition| *edition > 0),
        source,
        reason,
        with_undo: false,
    }
}

/// What a reader can choose instead of leaving.
#[derive(Clone, Copy)]
enum Less {
    /// A pause of so many weeks.
    Pause(i64),
    Digest,
}

fn less(word: &str) -> Option<Less> {
    if word == DIGEST {
        return Some(Less::Digest);
    }
    let pause = RESTS.into_iter().find(|(key, _)| *key == word);
    pause.map(|(_, weeks)| Less::Pause(weeks))
}

async fn get_less(app: &App, link: Token, less: Less) -> AppResult {
    let Some(subscriber) = readers::reader_of(app, link).await? else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let masked = masked(subscriber.address.as_ref());
    if !subscriber.consent.may_receive() {
        return Ok(page::done(&app.newsletter(), &masked, None).into_response());
    }
    let choice = match less {
        Less::Pause(weeks) => Choice::of(&subscriber).resting(app, weeks),
        Less::Digest => Choice {
            frequency: Frequency::Digest,
            ..Choice::of(&subscriber)
        },
    };
    let undo = readers::choose(app, &subscriber, choice).await?;
    let undo = undo_path(app, &subscriber, undo);
    let newsletter = app.newsletter();
    Ok(match (less, choice.paused_until) {
        (Less::Pause(_), Some(until)) => {
            page::paused(&newsletter, &masked, app.day(until), &undo).into_response()
        }
        _ => page::digest(&newsletter, &masked, &undo).into_response(),
    })
}

fn undo_path(app: &App, subscriber: &Subscriber, undo: i64) -> String {
    let token = subscriber.token(Purpose::Undo, undo);
    format!("/undo/{}", token::sign(&app.key, token))
}

/// The chosen reason, and what the reader wrote.
fn reason(fields: &Fields) -> Option<String> {
    let mut reasons = REASONS.into_iter().map(|(key, _)| key);
    let chosen = reasons.find(|key| *key == fields.get("why"));
    let written = Some(fields.get("reason")).filter(|reason| !reason.is_empty());
    let reasons: Vec<&str> = chosen.into_iter().chain(written).collect();
    (!reasons.is_empty()).then(|| reasons.join(": "))
}

fn read(app: &App, token: &str) -> AppResult<Token> {
    token::verify(&app.key, token, Purpose::Unsubscribe).map_err(|_| INVALID_LINK)
}
