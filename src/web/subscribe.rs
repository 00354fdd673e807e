//! Joining: the form, and the page that confirms.
//!
//! Every sign-up goes through the form of this page, which carries a stamp: a form on another page or
//! another site leads to it. So all of them pass the same checks.

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use ring::rand::{SecureRandom as _, SystemRandom};
use subscribers::address::Address;
use subscribers::token::{Purpose, stamp};
use templates::pages::subscribe::{self as page, Form, HONEYPOT, NAME_MAX};

use super::error::AppError;
use super::extract::Link;
use super::form::Fields;
use super::network::Network;
use crate::app::{App, Stamp};
use crate::config;
use crate::readers::sign_up::{self, Answer};
use crate::readers::{self, Joiner};
use crate::store::outbox::Kind;
use crate::store::subscribers::Frequency;

/// How soon after it was given out a form may come back, and how late, in milliseconds.
const LEAST_AGE: i64 = 1_000;
const GREATEST_AGE: i64 = 24 * 3_600_000;

/// Addresses that several people read (RFC 2142, and what is common beside it).
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
) -> Result<Response, AppError> {
    let fields = Fields::read(request).await?;
    if !fields.get(HONEYPOT).is_empty() {
        tracing::info!("a sign-up filled in the field that nobody sees");
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

pub(super) async fn ask_to_confirm(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let link = read(&app, &token).await?;
    let action = format!("/confirm/{token}");
    Ok(page::confirm(&app.newsletter(), &action, &link.masked()).into_response())
}

pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let link = read(&app, &token).await?;
    if !readers::confirm(&app, &link.message).await? {
        return Err(INVALID_LINK);
    }
    Ok(page::confirmed(&app.newsletter(), &link.masked()).into_response())
}

async fn read(app: &App, token: &str) -> Result<Link, AppError> {
    let link = Link::read(app, token, Purpose::Confirm, Kind::Confirm).await?;
    link.ok_or(INVALID_LINK)
}

/// To a page of its own, so that loading it again posts nothing, and without the address in it.
fn sent_page() -> Response {
    Redirect::to("/subscribe/sent").into_response()
}

fn too_many(app: &App, seconds: i64) -> Response {
    let page = page::too_many(&app.newsletter(), seconds / 60 + 1);
    let after = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, after, page).into_response()
}

/// The form with a new stamp, kept by no cache.
fn show(app: &App, status: StatusCode, form: Form<'_>) -> Response {
    let mut number = [0; 8];
    // Without random numbers, forms that are fetched at the same instant are one.
    let _ = SystemRandom::new().fill(&mut number);
    let stamp = stamp::sign(&app.key, app.clock.now_millis(), number);
    let form = Form {
        stamp: &stamp,
        ..form
    };
    let page = page::form(&app.newsletter(), form, &config::time_zones());
    (status, [(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// Which form it was, for the evidence: one of ours, or one that somebody made.
fn known_form(form: &str) -> &'static str {
    let ours = ["page-1", "snippet-1"];
    ours.into_iter().find(|one| *one == form).unwrap_or("other")
}

/// What is wrong with a form: a field and why.
enum Wrong {
    Email(String),
    Name(String),
    TimeZone(String),
}

impl Wrong {
    fn show(&self, app: &App, typed: Form<'_>) -> Response {
        let form = match self {
            Self::Email(why) => Form {
                wrong_email: Some(why),
                ..typed
            },
            Self::Name(why) => Form {
                wrong_name: Some(why),
                ..typed
            },
            Self::TimeZone(why) => Form {
                wrong_time_zone: Some(why),
                ..typed
            },
        };
        show(app, StatusCode::UNPROCESSABLE_ENTITY, form)
    }
}

fn joiner(app: &App, form: Form<'_>) -> Result<Joiner, Wrong> {
    Ok(Joiner {
        address: address(app, form.email).map_err(Wrong::Email)?,
        name: name(form.name).map_err(Wrong::Name)?,
        time_zone: time_zone(form.time_zone).map_err(Wrong::TimeZone)?,
        frequency: Frequency::Every,
        paused_until: None,
    })
}

/// An address that may sign up.
///
/// # Errors
/// Why it may not, for whoever typed it.
pub(super) fn address(app: &App, text: &str) -> Result<Address, String> {
    let address =
        Address::parse(text).map_err(|error| format!("This is no mail address: {error}."))?;
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

/// A name, or none.
///
/// # Errors
/// Why it cannot be one.
pub(super) fn name(text: &str) -> Result<Option<String>, String> {
    if text.chars().any(char::is_control) {
        return Err("A name is one line.".to_owned());
    }
    if text.encode_utf16().count() > NAME_MAX {
        return Err(format!("A name has at most {NAME_MAX} characters."));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A time zone, or none.
///
/// # Errors
/// That there is none of that name.
pub(super) fn time_zone(text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    match config::time_zone(text) {
        Ok(zone) => Ok(Some(zone.name().to_owned())),
        Err(unknown) => Err(format!("We do not know it: {unknown}.")),
    }
}

/// Whether a form was fetched here, and when; `Err` is what to say above the new one. A form from another
/// page has no stamp: that is no fault.
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
            "This form has lain here for long. Please press the button once more.",
        )),
    }
}
