//! Signing up: the form, and the page that confirms.
//!
//! One submit is enough, wherever the form stands. Only a sign-up that looks suspicious gets a second step
//! (`web/suspicion.rs`).

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use subscribers::address::{Address, AddressError};
use subscribers::token::{Purpose, stamp};
use templates::page::HONEYPOT;
use templates::pages::form::{NAME_MAX, Wrong};
use templates::pages::subscribe::{self as page, Doubt, Form};

use super::error::{AppError, AppResult};
use super::extract::Link;
use super::form::Fields;
use super::network::Network;
use super::{random, suspicion};
use crate::app::App;
use crate::config;
use crate::readers::sign_up::{self, Answer};
use crate::readers::{self, Joiner};
use crate::store::editions::{self, Edition};
use crate::store::outbox::{Kind, TO_CONFIRM};
use crate::store::subscribers::Frequency;

/// Local parts of addresses that several people read (RFC 2142, and other common ones).
const ROLES: [&str; 14] = [
    "abuse",
    "admin",
    "contact",
    "hello",
    "help",
    "info",
    "mail",
    "noreply",
    "office",
    "postmaster",
    "sales",
    "security",
    "support",
    "webmaster",
];

const INVALID_LINK: AppError = AppError::NotFound(page::invalid_link);

pub(super) async fn ask(State(app): State<App>) -> Response {
    let form = Form {
        form: "page-1",
        ..Form::default()
    };
    show(&app, StatusCode::OK, form)
}

pub(super) async fn act(
    State(app): State<App>,
    Network(origin): Network,
    request: Request,
) -> AppResult {
    let headers = request.headers().clone();
    let fields = Fields::read(request).await?;
    if !fields.get(HONEYPOT).is_empty() {
        tracing::info!("ignored a sign-up that filled in the hidden field");
        return Ok(sent_page());
    }
    let typed = Form {
        email: fields.get("email"),
        name: fields.get("name"),
        time_zone: fields.get("time_zone"),
        form: known_form(fields.get("form")),
        ..Form::default()
    };
    let joiner = match joiner(&app, typed) {
        Ok(joiner) => joiner,
        Err(invalid) => return Ok(invalid.show(&app, typed)),
    };
    let stamp = match suspicion::check(&app, &headers, fields.get("stamp")) {
        Ok(stamp) => stamp,
        Err(doubt) => return Ok(one_more_step(&app, doubt, typed)),
    };
    let form = sign_up::Form {
        name: typed.form,
        stamp,
    };
    let answer = sign_up::ask(&app, &joiner, form, &origin).await?;
    Ok(match answer {
        Answer::Taken => sent_page(),
        Answer::Used => one_more_step(&app, Doubt::Used, typed),
        Answer::Unusual => one_more_step(&app, Doubt::Many, typed),
        Answer::TooMany(seconds) => too_many(&app, seconds),
    })
}

pub(super) async fn sent(State(app): State<App>) -> Response {
    page::sent(&app.newsletter()).into_response()
}

/// For the script, which puts it into a form on a page that caches keep.
pub(super) async fn stamp(State(app): State<App>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], new_stamp(&app)).into_response()
}

pub(super) async fn ask_to_confirm(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = read(&app, &token).await?;
    if link.message.used_at.is_some() {
        // It cannot bring back a reader who has left or bounced since.
        return match link.subscriber.consent.may_receive() {
            true => confirmed(&app, &link).await,
            false => Err(INVALID_LINK),
        };
    }
    let action = format!("/confirm/{token}");
    Ok(page::confirm(&app.newsletter(), &action, &link.masked()).into_response())
}

pub(super) async fn confirm(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = read(&app, &token).await?;
    if !readers::confirm(&app, &link.message).await? {
        return Err(INVALID_LINK);
    }
    confirmed(&app, &link).await
}

async fn confirmed(app: &App, link: &Link) -> AppResult {
    let latest = editions::latest_sent(&app.store).await?;
    let latest = latest.as_ref().and_then(Edition::readable_comparison);
    let signed_up_at = link.message.expires_at - TO_CONFIRM.num_milliseconds();
    let returns = link.subscriber.created_at < signed_up_at;
    let page = page::confirmed(&app.newsletter(), &link.masked(), returns, latest.as_ref());
    Ok(page.into_response())
}

async fn read(app: &App, token: &str) -> AppResult<Link> {
    let link = Link::read(app, token, Purpose::Confirm, Kind::Confirm).await?;
    link.ok_or(INVALID_LINK)
}

/// Redirects, so that reloading the page posts nothing. The address is not in the URL.
fn sent_page() -> Response {
    Redirect::to("/subscribe/sent").into_response()
}

fn too_many(app: &App, seconds: i64) -> Response {
    let page = page::too_many(&app.newsletter(), seconds / 60 + 1);
    let after = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, after, page).into_response()
}

/// The form with a new stamp; no cache may keep it.
fn show(app: &App, status: StatusCode, form: Form<'_>) -> Response {
    let stamp = new_stamp(app);
    let form = Form {
        stamp: &stamp,
        ..form
    };
    let page = page::form(&app.newsletter(), form, &config::time_zones());
    (status, [(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// Asks once more, with a new stamp.
fn one_more_step(app: &App, doubt: Doubt, typed: Form<'_>) -> Response {
    tracing::info!(?doubt, "a sign-up gets a second step");
    let stamp = new_stamp(app);
    let form = Form {
        stamp: &stamp,
        ..typed
    };
    let page = page::one_more_step(&app.newsletter(), doubt, form);
    ([(header::CACHE_CONTROL, "no-store")], page).into_response()
}

fn new_stamp(app: &App) -> String {
    stamp::sign(&app.key, app.clock.now_millis(), random::bytes())
}

/// Which form was posted, recorded as evidence of consent.
fn known_form(form: &str) -> &'static str {
    let ours = ["page-1", "snippet-1"];
    ours.into_iter().find(|one| *one == form).unwrap_or("other")
}

/// The first wrong field of a form, and what is wrong with it.
struct Invalid(Field, Wrong);

#[derive(PartialEq)]
enum Field {
    Email,
    Name,
    TimeZone,
}

impl Invalid {
    fn show(&self, app: &App, typed: Form<'_>) -> Response {
        let wrong = |field| (self.0 == field).then_some(&self.1);
        let form = Form {
            wrong_email: wrong(Field::Email),
            wrong_name: wrong(Field::Name),
            wrong_time_zone: wrong(Field::TimeZone),
            ..typed
        };
        show(app, StatusCode::UNPROCESSABLE_ENTITY, form)
    }
}

fn joiner(app: &App, form: Form<'_>) -> Result<Joiner, Invalid> {
    let invalid = |field| |wrong| Invalid(field, wrong);
    Ok(Joiner {
        address: address(app, form.email).map_err(invalid(Field::Email))?,
        name: name(form.name).map_err(invalid(Field::Name))?,
        time_zone: time_zone(form.time_zone).map_err(invalid(Field::TimeZone))?,
        frequency: Frequency::Every,
        paused_until: None,
    })
}

/// An address that may sign up.
pub(super) fn address(app: &App, text: &str) -> Result<Address, Wrong> {
    let address = Address::parse(text).map_err(wrong_address)?;
    let join = &app.config.join;
    if join.refused_domains.contains(address.domain_ascii()) {
        return Err(Wrong::EmailDisposable(address.domain().to_owned()));
    }
    let local = address.local_part().to_ascii_lowercase();
    if !join.role_accounts && ROLES.contains(&local.as_str()) {
        return Err(Wrong::EmailShared(local));
    }
    Ok(address)
}

fn wrong_address(error: AddressError) -> Wrong {
    match error {
        AddressError::Empty => Wrong::EmailEmpty,
        AddressError::Control | AddressError::Invisible => Wrong::EmailInvisible,
        AddressError::WhiteSpace => Wrong::EmailSpace,
        AddressError::TooLong | AddressError::LocalTooLong => Wrong::EmailLong,
        AddressError::DisplayName | AddressError::Comment => Wrong::EmailNotBare,
        AddressError::NoAt => Wrong::EmailNoAt,
        AddressError::ManyAts => Wrong::EmailManyAts,
        AddressError::LocalEmpty => Wrong::EmailNoLocal,
        AddressError::LocalQuoted | AddressError::LocalInvalid => Wrong::EmailLocal,
        AddressError::DomainEmpty => Wrong::EmailNoDomain,
        AddressError::DomainLiteral => Wrong::EmailIp,
        AddressError::DomainSingleLabel => Wrong::EmailNoDot,
        AddressError::DomainInvalid => Wrong::EmailDomain,
    }
}

/// A name or none.
pub(super) fn name(text: &str) -> Result<Option<String>, Wrong> {
    if text.chars().any(char::is_control) {
        return Err(Wrong::NameLines);
    }
    if text.encode_utf16().count() > NAME_MAX {
        return Err(Wrong::NameLong);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A time zone or none.
pub(super) fn time_zone(text: &str) -> Result<Option<String>, Wrong> {
    if text.is_empty() {
        return Ok(None);
    }
    let zone = config::time_zone(text).map_err(|_| Wrong::TimeZone)?;
    Ok(Some(zone.name().to_owned()))
}
