//! Signing up: the form, and the page that confirms.
//!
//! The form carries a stamp. A form on another site has none and leads to this page's form, so every sign-up passes
//! the same checks.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use subscribers::address::Address;
use subscribers::token::{Purpose, stamp};
use templates::pages::subscribe::{self as page, Form, HONEYPOT, NAME_MAX};

use super::error::{AppError, AppResult};
use super::extract::Link;
use super::form::Fields;
use super::network::Network;
use super::random;
use crate::app::{App, Stamp};
use crate::config;
use crate::readers::sign_up::{self, Answer};
use crate::readers::{self, Joiner};
use crate::store::outbox::Kind;
use crate::store::subscribers::Frequency;

/// How long after a form was fetched it may be posted, in milliseconds.
const LEAST_AGE: i64 = 1_000;
const GREATEST_AGE: i64 = 24 * 3_600_000;

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
        Err(wrong) => return Ok(wrong.show(&app, typed)),
    };
    let stamp = match check_stamp(&app, fields.get("stamp")) {
        Ok(stamp) => stamp,
        Err(note) => return Ok(show(&app, StatusCode::OK, Form { note, ..typed })),
    };
    let form = sign_up::Form {
        name: typed.form,
        stamp,
    };
    let answer = sign_up::ask(&app, &joiner, form, &origin).await?;
    Ok(match answer {
        Answer::Taken => sent_page(),
        Answer::Used => {
            let note = Some("This form was used already. Please press the button once more.");
            show(&app, StatusCode::OK, Form { note, ..typed })
        }
        Answer::TooMany(seconds) => too_many(&app, seconds),
    })
}

pub(super) async fn sent(State(app): State<App>) -> Response {
    page::sent(&app.newsletter()).into_response()
}

pub(super) async fn ask_to_confirm(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = read(&app, &token).await?;
    let action = format!("/confirm/{token}");
    Ok(page::confirm(&app.newsletter(), &action, &link.masked()).into_response())
}

pub(super) async fn confirm(State(app): State<App>, Path(token): Path<String>) -> AppResult {
    let link = read(&app, &token).await?;
    if !readers::confirm(&app, &link.message).await? {
        return Err(INVALID_LINK);
    }
    Ok(page::confirmed(&app.newsletter(), &link.masked()).into_response())
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
    let stamp = stamp::sign(&app.key, app.clock.now_millis(), random::bytes());
    let form = Form {
        stamp: &stamp,
        ..form
    };
    let page = page::form(&app.newsletter(), form, &config::time_zones());
    (status, [(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// Which form was posted, recorded as evidence of consent.
fn known_form(form: &str) -> &'static str {
    let ours = ["page-1", "snippet-1"];
    ours.into_iter().find(|one| *one == form).unwrap_or("other")
}

/// The first wrong field of a form, and why it is wrong.
struct Wrong(Field, String);

#[derive(PartialEq)]
enum Field {
    Email,
    Name,
    TimeZone,
}

impl Wrong {
    fn show(&self, app: &App, typed: Form<'_>) -> Response {
        let why = |field| (self.0 == field).then_some(self.1.as_str());
        let form = Form {
            wrong_email: why(Field::Email),
            wrong_name: why(Field::Name),
            wrong_time_zone: why(Field::TimeZone),
            ..typed
        };
        show(app, StatusCode::UNPROCESSABLE_ENTITY, form)
    }
}

fn joiner(app: &App, form: Form<'_>) -> Result<Joiner, Wrong> {
    let wrong = |field| |why| Wrong(field, why);
    Ok(Joiner {
        address: address(app, form.email).map_err(wrong(Field::Email))?,
        name: name(form.name).map_err(wrong(Field::Name))?,
        time_zone: time_zone(form.time_zone).map_err(wrong(Field::TimeZone))?,
        frequency: Frequency::Every,
        paused_until: None,
    })
}

/// An address that may sign up, or the reason for the reader why it may not.
pub(super) fn address(app: &App, text: &str) -> Result<Address, String> {
    let wrong = |error| format!("This is not an email address: {error}.");
    let address = Address::parse(text).map_err(wrong)?;
    let join = &app.config.join;
    if join.refused_domains.contains(address.domain_ascii()) {
        let domain = address.domain();
        return Err(format!(
            "We do not write to throw-away addresses such as those at {domain}."
        ));
    }
    let local = address.local_part().to_ascii_lowercase();
    if !join.role_accounts && ROLES.contains(&local.as_str()) {
        return Err(format!(
            "Several people may read {local}@. Please give an address of your own."
        ));
    }
    Ok(address)
}

/// A name or none, or the reason for the reader why it is wrong.
pub(super) fn name(text: &str) -> Result<Option<String>, String> {
    if text.chars().any(char::is_control) {
        return Err("A name must be a single line.".to_owned());
    }
    if text.encode_utf16().count() > NAME_MAX {
        return Err(format!("A name has at most {NAME_MAX} characters."));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A time zone or none, or the reason for the reader why it is wrong.
pub(super) fn time_zone(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let zone = config::time_zone(text);
    let zone = zone.map_err(|unknown| format!("Please check the time zone: {unknown}."))?;
    Ok(Some(zone.name().to_owned()))
}

/// Checks that a form was fetched here, and when. `Err` is the note above a new form, without one for a form from
/// another page: it has no stamp, which is fine.
fn check_stamp<'a>(app: &App, text: &'a str) -> Result<Stamp<'a>, Option<&'static str>> {
    let Some(at) = stamp::read(&app.key, text) else {
        return Err(None);
    };
    match app.clock.now_millis() - at {
        LEAST_AGE..=GREATEST_AGE => Ok(Stamp {
            text,
            until: at + GREATEST_AGE + 1,
        }),
        age if age < LEAST_AGE => Err(Some(
            "That was very quick. Please press the button once more.",
        )),
        _ => Err(Some(
            "This form was open for too long. Please press the button once more.",
        )),
    }
}
