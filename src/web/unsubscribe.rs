//! Unsubscribing, or getting less mail: `GET` asks, `POST` acts. The same address takes one-click requests
//! (RFC 8058), which mail programs send in either form encoding.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use subscribers::consent::{Consent, ConsentSource};
use subscribers::token::{self, Purpose, Token};
use templates::pages::unsubscribe::{self as page, DIGEST, Now, PAUSES, REASONS};

use super::error::{AppError, AppResult};
use super::extract::masked;
use super::form::Fields;
use super::{Handlers, Shared};
use crate::app::App;
use crate::app::self_check::{self, Way};
use crate::readers::{self, Choice, Leave, Leaving};
use crate::store::subscribers::{self as list, Frequency, Subscriber};
use crate::store::undos::{self, Undo};

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

pub(super) async fn ask(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = match read(&app, &token) {
        Ok(link) => link,
        Err(invalid) => return proof(&app, &token, Way::Get).ok_or(invalid),
    };
    let Some(reader) = readers::reader_of(&app, link).await? else {
        return Ok(page::ended(&app.newsletter()).into_response());
    };
    let (newsletter, action) = (app.newsletter(), format!("/u/{token}"));
    let masked = masked(reader.address.as_ref());
    if is_gone(&reader) {
        let can_return = undos::is_open(&app.store, reader.id, app.clock.now_millis()).await?;
        let finally = can_return.then_some(action.as_str());
        return Ok(page::gone(&newsletter, &masked, finally).into_response());
    }
    let settings = format!("/settings/{token}");
    let page = page::ask(&newsletter, &action, &settings, &masked, now(&app, &reader));
    Ok(page.into_response())
}

/// True for a reader who gets nothing any more. One whose mailbox bounced, or who has not confirmed, can still leave.
fn is_gone(reader: &Subscriber) -> bool {
    let consent = reader.consent;
    !matches!(
        consent,
        Consent::Confirmed | Consent::Pending | Consent::Bounced
    )
}

/// How much mail a reader gets now.
fn now(app: &App, reader: &Subscriber) -> Now {
    let now = app.clock.now_millis();
    let paused_until = reader.paused_until.filter(|until| *until > now);
    Now {
        paused_until: paused_until.map(|until| app.day(until)),
        digest: reader.frequency == Frequency::Digest,
    }
}

pub(super) async fn act(
    State(handlers): State<Handlers>,
    Path(token): Path<String>,
    request: Request,
) -> AppResult {
    let Shared { app, leaving, .. } = &*handlers.0;
    let link = match read(app, &token) {
        Ok(link) => link,
        Err(invalid) => {
            let proof = proof(app, &token, Way::OneClick).ok_or(invalid)?;
            let fields = Fields::read(request).await?;
            return is_one_click(&fields).then_some(proof).ok_or(INVALID_LINK);
        }
    };
    let fields = Fields::read(request).await?;
    if is_one_click(&fields) {
        let leave = one_leave(link, ConsentSource::OneClick, None);
        leaving.leave(leave).await?;
        return Ok(page::one_click(app.locale()).into_response());
    }
    // In a box, because thousands of one-click requests, which come at once, have to hold the room for it.
    Box::pin(act_on_form(app, leaving, link, &fields)).await
}

async fn act_on_form(app: &App, leaving: &Leaving, link: Token, fields: &Fields) -> AppResult {
    match less(fields.get("instead")) {
        Some(less) => get_less(app, link, less).await,
        None => leave(app, leaving, link, fields).await,
    }
}

/// The body of RFC 8058 §3.2.
fn is_one_click(fields: &Fields) -> bool {
    fields.get("List-Unsubscribe") == "One-Click"
}

/// The answer to a link by which this instance looks for itself.
fn proof(app: &App, token: &str, way: Way) -> Option<Response> {
    let proof = self_check::answer(&app.key, token, way)?;
    Some(proof.into_response())
}

/// The page that did something posts to the undo; this is for a reader who reloads the page after that.
pub(super) async fn ask_to_undo(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let (reader, undo) = read_undo(&app, &token).await?;
    if undo.is_none() {
        return Ok(nothing_to_undo(&app, &reader));
    }
    let (action, masked) = (format!("/undo/{token}"), masked(reader.address.as_ref()));
    Ok(page::ask_to_undo(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn undo(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let (before, undo) = read_undo(&app, &token).await?;
    let undone = match &undo {
        Some(undo) => readers::undo(&app, undo).await?,
        None => false,
    };
    let reader = list::get(&app.store, before.id).await?;
    let reader = reader.ok_or(INVALID_LINK)?;
    if !undone {
        return Ok(nothing_to_undo(&app, &reader));
    }
    let masked = masked(reader.address.as_ref());
    let page = page::undone(&app.newsletter(), &masked, now(&app, &reader));
    Ok(page.into_response())
}

/// The reader that an undo link belongs to, and the undo unless it was used, has expired, or the reader has done
/// something else since.
async fn read_undo(app: &App, token: &str) -> AppResult<(Subscriber, Option<Undo>)> {
    let link = token::verify(&app.key, token, Purpose::Undo).map_err(|_| INVALID_LINK)?;
    let reader = readers::reader_of(app, link).await?.ok_or(INVALID_LINK)?;
    let undo = undos::good(&app.store, link.about, app.clock.now_millis()).await?;
    Ok((
        reader,
        undo.filter(|undo| undo.subscriber == link.subscriber),
    ))
}

fn nothing_to_undo(app: &App, reader: &Subscriber) -> Response {
    let masked = masked(reader.address.as_ref());
    let gets = reader.consent.may_receive().then(|| now(app, reader));
    let page = page::nothing_to_undo(&app.newsletter(), &masked, gets);
    (StatusCode::NOT_FOUND, page).into_response()
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
    let pause = PAUSES.into_iter().find(|(key, _)| *key == word);
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
    let before = Choice::of(&subscriber);
    let choice = match less {
        Less::Pause(weeks) => before.paused_for(app, weeks),
        Less::Digest => Choice {
            frequency: Frequency::Digest,
            ..before
        },
    };
    let undo = match before.is_about(choice) {
        // The page was reloaded. Its undo stays as it is.
        true => None,
        false => Some(readers::choose(app, &subscriber, choice).await?),
    };
    let undo = undo.map(|undo| undo_path(app, &subscriber, undo));
    let newsletter = app.newsletter();
    let page = match (less, choice.paused_until) {
        (Less::Pause(_), Some(until)) => {
            page::paused(&newsletter, &masked, app.day(until), undo.as_deref())
        }
        _ => page::digest(&newsletter, &masked, undo.as_deref()),
    };
    Ok(page.into_response())
}

fn undo_path(app: &App, subscriber: &Subscriber, undo: i64) -> String {
    let token = subscriber.token(Purpose::Undo, undo);
    format!("/undo/{}", token::sign(&app.key, token))
}

/// The chosen reason, and what the reader wrote.
fn reason(fields: &Fields) -> Option<String> {
    let chosen = REASONS.into_iter().find(|key| *key == fields.get("why"));
    let written = Some(fields.get("reason")).filter(|reason| !reason.is_empty());
    let reasons: Vec<&str> = chosen.into_iter().chain(written).collect();
    (!reasons.is_empty()).then(|| reasons.join(": "))
}

fn read(app: &App, token: &str) -> AppResult<Token> {
    token::verify(&app.key, token, Purpose::Unsubscribe).map_err(|_| INVALID_LINK)
}
