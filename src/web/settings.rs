//! A reader's settings. The link in an edition may be forwarded, so it only mails another link to the reader's own
//! address; that one opens the settings until it expires.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use subscribers::consent::Consent;
use subscribers::token::{self, Purpose};
use templates::pages::settings::{self as page, Settings};
use templates::pages::unsubscribe::PAUSES;

use super::error::{AppError, AppResult};
use super::extract::{Link, masked};
use super::form::Fields;
use super::network::Network;
use super::subscribe::{address, name, time_zone};
use crate::app::App;
use crate::config;
use crate::readers::{self, Asked, Choice};
use crate::store::outbox::{self, Kind, Message};
use crate::store::subscribers::{self as list, Frequency, Subscriber};

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

pub(super) async fn ask(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let subscriber = forwarded(&app, &token).await?;
    let action = format!("/settings/{token}");
    let masked = masked(subscriber.address.as_ref());
    Ok(page::ask(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn mail_link(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let subscriber = forwarded(&app, &token).await?;
    mail(&app, &subscriber, Kind::Settings).await
}

/// The reader of a link in an edition. A link that was mailed to a former address is invalid.
async fn forwarded(app: &App, token: &str) -> AppResult<Subscriber> {
    let link = token::verify(&app.key, token, Purpose::Unsubscribe).map_err(|_| INVALID_LINK)?;
    readers::reader_of(app, link).await?.ok_or(INVALID_LINK)
}

/// Mails a link to the reader's own address, unless they asked too often today.
async fn mail(app: &App, subscriber: &Subscriber, kind: Kind) -> AppResult {
    let masked = masked(subscriber.address.as_ref());
    let newsletter = app.newsletter();
    Ok(match readers::send_link(app, subscriber.id, kind).await? {
        Asked::Mailed => page::mailed(&newsletter, &masked).into_response(),
        Asked::TooOften => too_often(page::mailed_enough(&newsletter, &masked)),
    })
}

/// The limit is per day (UTC).
fn too_often(page: Markup) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, page).into_response()
}

pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = open(&app, &token).await?;
    Ok(shown(&app, &token, &link.subscriber, Settings::default()))
}

pub(super) async fn save(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> AppResult {
    let link = open(&app, &token).await?;
    let fields = Fields::read(request).await?;
    let id = link.subscriber.id;
    let (name, zone) = match (name(fields.get("name")), time_zone(fields.get("time_zone"))) {
        (Ok(name), Ok(zone)) => (name, zone),
        (name, zone) => {
            let notes = Settings {
                wrong_name: name.as_ref().err(),
                wrong_time_zone: zone.as_ref().err(),
                ..Settings::default()
            };
            let typed = Subscriber {
                name: Some(fields.get("name").to_owned()),
                time_zone: Some(fields.get("time_zone").to_owned()),
                frequency: chosen(&app, &link.subscriber, &fields).frequency,
                ..link.subscriber
            };
            return Ok(refused(&app, &token, &typed, notes));
        }
    };
    readers::describe(&app, id, name.as_deref(), zone.as_deref()).await?;
    let choice = chosen(&app, &link.subscriber, &fields);
    if choice != Choice::of(&link.subscriber) {
        readers::choose(&app, &link.subscriber, choice).await?;
    }
    let saved = list::get(&app.store, id).await?.ok_or(INVALID_LINK)?;
    let notes = Settings {
        saved: true,
        ..Settings::default()
    };
    Ok(shown(&app, &token, &saved, notes))
}

/// How much mail the form asks for. What it leaves out stays as it is.
fn chosen(app: &App, subscriber: &Subscriber, fields: &Fields) -> Choice {
    let before = Choice::of(subscriber);
    let frequency = fields.get("frequency").parse();
    let choice = Choice {
        frequency: frequency.unwrap_or(before.frequency),
        ..before
    };
    let is_offered = |weeks| weeks == 0 || PAUSES.iter().any(|(_, offered)| *offered == weeks);
    match fields.get("pause").parse() {
        Ok(weeks) if is_offered(weeks) => choice.paused_for(app, weeks),
        _ => choice,
    }
}

pub(super) async fn ask_to_move(
    State(app): State<App>,
    Path(token): Path<String>,
    Network(origin): Network,
    request: Request,
) -> AppResult {
    let link = open(&app, &token).await?;
    let fields = Fields::read(request).await?;
    let new = match address(&app, fields.get("email")) {
        Ok(new) => new,
        Err(wrong) => {
            let notes = Settings {
                new_address: fields.get("email"),
                wrong_address: Some(&wrong),
                ..Settings::default()
            };
            return Ok(refused(&app, &token, &link.subscriber, notes));
        }
    };
    let asked = readers::ask_to_move(&app, link.subscriber.id, &new, &origin).await?;
    let newsletter = app.newsletter();
    Ok(match asked {
        Asked::Mailed => page::move_asked(&newsletter, &new.masked()).into_response(),
        Asked::TooOften => too_often(page::moved_enough(&newsletter)),
    })
}

/// For a reader who reloads a page that a post to the settings led to.
pub(super) async fn back(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    open(&app, &token).await?;
    Ok(Redirect::to(&format!("/reader/{token}")).into_response())
}

pub(super) async fn ask_to_erase(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = open(&app, &token).await?;
    mail(&app, &link.subscriber, Kind::Erase).await
}

pub(super) async fn export(
    State(app): State<App>,
    Path((token, file)): Path<(String, String)>,
) -> AppResult {
    let link = open(&app, &token).await?;
    let export = readers::export(&app, &link.subscriber).await?;
    let attached = |name: &str| {
        let disposition = format!("attachment; filename=\"{name}\"");
        [(header::CONTENT_DISPOSITION, disposition)]
    };
    Ok(match file.as_str() {
        "export.json" => (attached("verdict.json"), Json(export)).into_response(),
        "export.csv" => {
            let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
            (attached("verdict.csv"), kind, export.to_csv()).into_response()
        }
        _ => return Err(INVALID_LINK),
    })
}

pub(super) async fn confirm_address(
    State(app): State<App>,
    Path(token): Path<String>,
) -> AppResult {
    let Some(link) = new_address(&app, &token).await? else {
        return changed(&app, &token).await;
    };
    let action = format!("/address/{token}");
    let masked = masked(link.message.other_address());
    Ok(page::confirm_address(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn change_address(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    if let Some(link) = new_address(&app, &token).await? {
        readers::change_address(&app, &link.subscriber, &link.message).await?;
    }
    changed(&app, &token).await
}

/// Reads a link that was mailed to a new address; `None` if it has been used, too.
async fn new_address(app: &App, token: &str) -> AppResult<Option<Link>> {
    let link = Link::read(app, token, Purpose::Address, Kind::Address).await?;
    Ok(link.filter(|link| link.message.used_at.is_none()))
}

/// After the change, also for a reader who reloads the page: the link, whose tag is that of the former address, has
/// been used, and the reader has its new one.
async fn changed(app: &App, token: &str) -> AppResult {
    let link = token::verify(&app.key, token, Purpose::Address).map_err(|_| INVALID_LINK)?;
    let message = outbox::good(&app.store, link.about, app.clock.now_millis()).await?;
    let is_used = |message: &Message| {
        message.kind == Kind::Address
            && message.subscriber == Some(link.subscriber)
            && message.used_at.is_some()
    };
    let message = message.filter(is_used).ok_or(INVALID_LINK)?;
    let reader = list::get(&app.store, link.subscriber).await?;
    let address = reader.and_then(|reader| reader.address);
    match (&address, message.other_address()) {
        (Some(now), Some(new)) if now.key() == new.key() => {
            Ok(page::address_changed(&app.newsletter(), &new.masked()).into_response())
        }
        _ => Err(INVALID_LINK),
    }
}

pub(super) async fn confirm_erase(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let Some(link) = Link::read(&app, &token, Purpose::Erase, Kind::Erase).await? else {
        return erased_before(&app, &token).await;
    };
    let action = format!("/erase/{token}");
    Ok(page::confirm_erase(&app.newsletter(), &action, &link.masked()).into_response())
}

/// For a reader who reloads the page: the link itself was erased too.
async fn erased_before(app: &App, token: &str) -> AppResult {
    let link = token::verify(&app.key, token, Purpose::Erase).map_err(|_| INVALID_LINK)?;
    let subscriber = list::get(&app.store, link.subscriber).await?;
    let is_erased = |reader: &Subscriber| {
        reader.consent == Consent::Erased && reader.address_tag == link.address_tag
    };
    match subscriber.is_some_and(|reader| is_erased(&reader)) {
        true => Ok(page::erased(&app.newsletter()).into_response()),
        false => Err(INVALID_LINK),
    }
}

pub(super) async fn erase(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let Some(link) = Link::read(&app, &token, Purpose::Erase, Kind::Erase).await? else {
        return erased_before(&app, &token).await;
    };
    readers::erase_oneself(&app, &link.subscriber).await?;
    Ok(page::erased(&app.newsletter()).into_response())
}

/// Reads the link that was mailed to the reader's own address.
async fn open(app: &App, token: &str) -> AppResult<Link> {
    read(app, token, Purpose::Preferences, Kind::Settings).await
}

async fn read(app: &App, token: &str, purpose: Purpose, kind: Kind) -> AppResult<Link> {
    let link = Link::read(app, token, purpose, kind).await?;
    link.ok_or(INVALID_LINK)
}

fn refused(app: &App, token: &str, subscriber: &Subscriber, notes: Settings<'_>) -> Response {
    let page = shown(app, token, subscriber, notes);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn shown(app: &App, token: &str, subscriber: &Subscriber, notes: Settings<'_>) -> Response {
    let leave = subscriber.token(Purpose::Unsubscribe, 0);
    let now = app.clock.now_millis();
    let paused_until = subscriber.paused_until.filter(|until| *until > now);
    let settings = Settings {
        action: &format!("/reader/{token}"),
        address: subscriber.email(),
        name: subscriber.name.as_deref().unwrap_or_default(),
        time_zone: subscriber.time_zone.as_deref().unwrap_or_default(),
        digest: subscriber.frequency == Frequency::Digest,
        paused_until: paused_until.map(|until| app.day(until)),
        on_the_list: subscriber.consent.may_receive(),
        leave: &format!("/u/{}", token::sign(&app.key, leave)),
        ..notes
    };
    page::settings(&app.newsletter(), settings, &config::time_zones()).into_response()
}
