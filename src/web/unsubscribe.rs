//! Leaving, or getting less: `GET` asks, `POST` acts. The same address takes the one-click request of
//! RFC 8058, which mail programs send without cookies, in either form encoding.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate};
use subscribers::consent::Way;
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe::{self as page, DIGEST, REASONS, RESTS};

use super::form::Fields;
use super::incident::Incident;
use super::link::{Link, masked};
use crate::account::{self, Choice, Leave, Leaving};
use crate::engine::Engine;
use crate::store::StoreError;
use crate::store::notices::Kind;
use crate::store::subscribers::{self as list, Frequency, Subscriber};

pub(super) async fn ask(
    State(engine): State<Engine>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let Some(link) = read(&engine, &token) else {
        return Ok(invalid(&engine));
    };
    let masked = masked_address(&engine, link)
        .await
        .map_err(|error| Incident::new(&engine, &error))?;
    let action = format!("/u/{token}");
    Ok(page::ask(&engine.newsletter(), &action, &masked).into_response())
}

pub(super) async fn act(
    State(engine): State<Engine>,
    State(leaving): State<Leaving>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Incident> {
    let Some(link) = read(&engine, &token) else {
        return Ok(invalid(&engine));
    };
    let fields = match Fields::read(request).await {
        Ok(fields) => fields,
        Err(response) => return Ok(response),
    };
    let acted = if fields.get("List-Unsubscribe") == "One-Click" {
        one_click(&leaving, link).await
    } else {
        match less(fields.get("instead")) {
            Some(less) => get_less(&engine, link, less).await.map_err(Arc::new),
            None => leave(&engine, &leaving, link, &fields).await,
        }
    };
    acted.map_err(|error| Incident::new(&engine, &*error))
}

pub(super) async fn undo(
    State(engine): State<Engine>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let failed = |error: StoreError| Incident::new(&engine, &error);
    let link = Link::read(&engine, &token, Purpose::Undo, Kind::Undo)
        .await
        .map_err(failed)?;
    let Some(link) = link else {
        return Ok(invalid(&engine));
    };
    let undone = account::undo(&engine, &link.notice).await.map_err(failed)?;
    Ok(if undone {
        page::undone(&engine.newsletter(), &link.masked()).into_response()
    } else {
        invalid(&engine)
    })
}

async fn one_click(leaving: &Leaving, link: Token) -> Result<Response, Arc<StoreError>> {
    leaving.leave(left(link, Way::OneClick, None)).await?;
    Ok("You are unsubscribed.\n".into_response())
}

async fn leave(
    engine: &Engine,
    leaving: &Leaving,
    link: Token,
    fields: &Fields,
) -> Result<Response, Arc<StoreError>> {
    // Before the change: an erased reader has no address to show afterwards.
    let masked = masked_address(engine, link).await?;
    let was_on_the_list = leaving.leave(left(link, Way::Page, reason(fields))).await?;
    // Only who was on the list comes back this way: the link may be in anybody's hands.
    let undo = match was_on_the_list {
        true => Some(account::offer_return(engine, link.subscriber).await?),
        false => None,
    };
    let undo = undo.map(|undo| undo_path(engine, link.subscriber, undo));
    Ok(page::done(&engine.newsletter(), &masked, undo.as_deref()).into_response())
}

fn left(link: Token, way: Way, reason: Option<String>) -> Leave {
    Leave {
        subscriber: link.subscriber,
        edition: edition(link),
        way,
        reason,
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

async fn get_less(engine: &Engine, link: Token, less: Less) -> Result<Response, StoreError> {
    let subscriber = list::get(&engine.store, link.subscriber).await?;
    let Some(subscriber) = subscriber.filter(|subscriber| subscriber.consent.may_receive()) else {
        let masked = masked_address(engine, link).await?;
        return Ok(page::done(&engine.newsletter(), &masked, None).into_response());
    };
    let choice = match less {
        Less::Rest(weeks) => Choice::of(&subscriber).resting(engine, weeks),
        Less::Digest => Choice {
            frequency: Frequency::Digest,
            ..Choice::of(&subscriber)
        },
    };
    let undo = account::choose(engine, &subscriber, choice).await?;
    let undo = undo_path(engine, subscriber.id, undo);
    let masked = masked(subscriber.address.as_deref());
    let newsletter = engine.newsletter();
    Ok(match (less, choice.paused_until) {
        (Less::Rest(_), Some(until)) => {
            page::paused(&newsletter, &masked, day(engine, until), &undo).into_response()
        }
        _ => page::digest(&newsletter, &masked, &undo).into_response(),
    })
}

/// The day of a time, in the newsletter's zone.
pub(super) fn day(engine: &Engine, millis: i64) -> NaiveDate {
    let zone = engine.config.schedule.time_zone;
    let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    at.with_timezone(&zone).date_naive()
}

fn undo_path(engine: &Engine, subscriber: i64, notice: i64) -> String {
    let token = Token {
        purpose: Purpose::Undo,
        subscriber,
        about: notice,
    };
    format!("/undo/{}", token::sign(&engine.key, token))
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

fn read(engine: &Engine, token: &str) -> Option<Token> {
    token::verify(&engine.key, token, Purpose::Unsubscribe).ok()
}

fn invalid(engine: &Engine) -> Response {
    let page = page::invalid_link(&engine.newsletter());
    (StatusCode::NOT_FOUND, page).into_response()
}

/// The reader's address, masked.
async fn masked_address(engine: &Engine, link: Token) -> Result<String, StoreError> {
    let subscriber: Option<Subscriber> = list::get(&engine.store, link.subscriber).await?;
    let address = subscriber.and_then(|subscriber| subscriber.address);
    Ok(masked(address.as_deref()))
}
