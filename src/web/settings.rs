//! A reader's settings. The link in an edition, which may be forwarded, only has another link mailed to the
//! reader's own address; that one opens the settings while it is good.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use subscribers::token::{self, Purpose};
use templates::pages::settings::{self as page, Settings};
use templates::pages::unsubscribe::RESTS;

use super::error::Incident;
use super::extract::{Link, masked};
use super::form::Fields;
use super::network::Network;
use super::subscribe::{address, name, time_zone};
use crate::app::App;
use crate::config;
use crate::readers::{self, Asked, Choice};
use crate::store::StoreError;
use crate::store::outbox::Kind;
use crate::store::subscribers::{self as list, Frequency, Subscriber};

pub(super) async fn ask(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let subscriber = forwarded(&app, &token)
        .await
        .map_err(|error| Incident::new(&app, &error))?;
    let Some(subscriber) = subscriber else {
        return Ok(invalid(&app));
    };
    let action = format!("/settings/{token}");
    let masked = masked(subscriber.address.as_deref());
    Ok(page::ask(&app.newsletter(), &action, &masked).into_response())
}

pub(super) async fn mail_link(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let failed = |error: StoreError| Incident::new(&app, &error);
    let subscriber = forwarded(&app, &token).await.map_err(failed)?;
    let Some(subscriber) = subscriber else {
        return Ok(invalid(&app));
    };
    mail(&app, &subscriber, Kind::Settings)
        .await
        .map_err(failed)
}

/// The reader whose link in an edition this is; `None` also where it was mailed to a former address.
async fn forwarded(app: &App, token: &str) -> Result<Option<Subscriber>, StoreError> {
    match token::verify(&app.key, token, Purpose::Unsubscribe) {
        Ok(link) => readers::reader_of(app, link).await,
        Err(_) => Ok(None),
    }
}

/// Has a link mailed to the reader's own address, so many times a day.
async fn mail(app: &App, subscriber: &Subscriber, kind: Kind) -> Result<Response, StoreError> {
    let masked = masked(subscriber.address.as_deref());
    let newsletter = app.newsletter();
    Ok(match readers::send_link(app, subscriber.id, kind).await? {
        Asked::Mailed => page::mailed(&newsletter, &masked).into_response(),
        Asked::TooOften => too_often(page::mailed_enough(&newsletter, &masked)),
    })
}

/// The limit is a day's, and begins anew with each day (UTC).
fn too_often(page: Markup) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, page).into_response()
}

pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let link = open(&app, &token).await?;
    Ok(link.map_or_else(
        || invalid(&app),
        |link| shown(&app, &token, &link.subscriber, Settings::default()),
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Incident> {
    let Some(link) = open(&app, &token).await? else {
        return Ok(invalid(&app));
    };
    let fields = match Fields::read(request).await {
        Ok(fields) => fields,
        Err(refused) => return Ok(refused),
    };
    let id = link.subscriber.id;
    let (name, zone) = match (name(fields.get("name")), time_zone(fields.get("time_zone"))) {
        (Ok(name), Ok(zone)) => (name, zone),
        (name, zone) => {
            let (wrong_name, wrong_time_zone) = (name.err(), zone.err());
            let said = Settings {
                wrong_name: wrong_name.as_deref(),
                wrong_time_zone: wrong_time_zone.as_deref(),
                ..Settings::default()
            };
            let page = shown(&app, &token, &link.subscriber, said);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let saved = async {
        readers::describe(&app, id, name.as_deref(), zone.as_deref()).await?;
        let choice = chosen(&app, &link.subscriber, &fields);
        if choice != Choice::of(&link.subscriber) {
            readers::choose(&app, &link.subscriber, choice).await?;
        }
        list::get(&app.store, id).await
    };
    let saved = saved.await.map_err(|error| Incident::new(&app, &error))?;
    let said = Settings {
        done: Some("Saved."),
        ..Settings::default()
    };
    Ok(saved.map_or_else(
        || invalid(&app),
        |subscriber| shown(&app, &token, &subscriber, said),
    ))
}

/// How much mail the form asks for. What it does not say stays as it is.
fn chosen(app: &App, subscriber: &Subscriber, fields: &Fields) -> Choice {
    let before = Choice::of(subscriber);
    let frequency: Result<Frequency, ()> = fields.get("frequency").parse();
    let choice = Choice {
        frequency: frequency.unwrap_or(before.frequency),
        ..before
    };
    match fields.get("pause").parse() {
        Ok(weeks) if weeks == 0 || is_rest(weeks) => choice.resting(app, weeks),
        _ => choice,
    }
}

fn is_rest(weeks: i64) -> bool {
    RESTS.into_iter().any(|(_, offered)| offered == weeks)
}

pub(super) async fn ask_to_move(
    State(app): State<App>,
    Path(token): Path<String>,
    Network(origin): Network,
    request: Request,
) -> Result<Response, Incident> {
    let Some(link) = open(&app, &token).await? else {
        return Ok(invalid(&app));
    };
    let fields = match Fields::read(request).await {
        Ok(fields) => fields,
        Err(refused) => return Ok(refused),
    };
    let new = match address(&app, fields.get("email")) {
        Ok(new) => new,
        Err(why) => {
            let said = Settings {
                wrong_address: Some(&why),
                ..Settings::default()
            };
            let page = shown(&app, &token, &link.subscriber, said);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let asked = readers::ask_to_move(&app, link.subscriber.id, &new, &origin)
        .await
        .map_err(|error| Incident::new(&app, &error))?;
    let newsletter = app.newsletter();
    Ok(match asked {
        Asked::Mailed => page::move_asked(&newsletter, &new.masked()).into_response(),
        Asked::TooOften => too_often(page::moved_enough(&newsletter)),
    })
}

pub(super) async fn ask_to_erase(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let Some(link) = open(&app, &token).await? else {
        return Ok(invalid(&app));
    };
    mail(&app, &link.subscriber, Kind::Erase)
        .await
        .map_err(|error| Incident::new(&app, &error))
}

pub(super) async fn export(
    State(app): State<App>,
    Path((token, file)): Path<(String, String)>,
) -> Result<Response, Incident> {
    let Some(link) = open(&app, &token).await? else {
        return Ok(invalid(&app));
    };
    let export = readers::export(&app, &link.subscriber)
        .await
        .map_err(|error| Incident::new(&app, &error))?;
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
        _ => invalid(&app),
    })
}

pub(super) async fn confirm_address(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let link = read(&app, &token, Purpose::Address, Kind::Address).await?;
    Ok(link.map_or_else(
        || invalid(&app),
        |link| {
            let action = format!("/address/{token}");
            let masked = masked(link.message.recipient.as_deref());
            page::confirm_address(&app.newsletter(), &action, &masked).into_response()
        },
    ))
}

pub(super) async fn change_address(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let Some(link) = read(&app, &token, Purpose::Address, Kind::Address).await? else {
        return Ok(invalid(&app));
    };
    let changed = readers::change_address(&app, &link.subscriber, &link.message)
        .await
        .map_err(|error| Incident::new(&app, &error))?;
    Ok(if changed {
        let masked = masked(link.message.recipient.as_deref());
        page::address_changed(&app.newsletter(), &masked).into_response()
    } else {
        invalid(&app)
    })
}

pub(super) async fn confirm_erase(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let link = read(&app, &token, Purpose::Erase, Kind::Erase).await?;
    Ok(link.map_or_else(
        || invalid(&app),
        |link| {
            let action = format!("/erase/{token}");
            page::confirm_erase(&app.newsletter(), &action, &link.masked()).into_response()
        },
    ))
}

pub(super) async fn erase(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Incident> {
    let Some(link) = read(&app, &token, Purpose::Erase, Kind::Erase).await? else {
        return Ok(invalid(&app));
    };
    readers::erase_oneself(&app, &link.subscriber)
        .await
        .map_err(|error| Incident::new(&app, &error))?;
    Ok(page::erased(&app.newsletter()).into_response())
}

/// The link to the settings that was mailed to the reader's own address.
async fn open(app: &App, token: &str) -> Result<Option<Link>, Incident> {
    read(app, token, Purpose::Preferences, Kind::Settings).await
}

async fn read(
    app: &App,
    token: &str,
    purpose: Purpose,
    kind: Kind,
) -> Result<Option<Link>, Incident> {
    Link::read(app, token, purpose, kind)
        .await
        .map_err(|error| Incident::new(app, &error))
}

fn shown(app: &App, token: &str, subscriber: &Subscriber, said: Settings<'_>) -> Response {
    let leave = subscriber.token(Purpose::Unsubscribe, 0);
    let now = app.clock.now_millis();
    let rest = subscriber.paused_until.filter(|until| *until > now);
    let settings = Settings {
        action: &format!("/reader/{token}"),
        address: subscriber.address.as_deref().unwrap_or_default(),
        name: subscriber.name.as_deref().unwrap_or_default(),
        time_zone: subscriber.time_zone.as_deref().unwrap_or_default(),
        digest: subscriber.frequency == Frequency::Digest,
        paused_until: rest.map(|until| app.day(until)),
        on_the_list: subscriber.consent.may_receive(),
        leave: &format!("/u/{}", token::sign(&app.key, leave)),
        ..said
    };
    page::settings(&app.newsletter(), settings, &config::time_zones()).into_response()
}

fn invalid(app: &App) -> Response {
    let page = page::invalid_link(&app.newsletter());
    (StatusCode::NOT_FOUND, page).into_response()
}
