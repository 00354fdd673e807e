//! `verdict why`: prints the history of one address, or of the reader whose mail was returned.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use subscribers::address::Address;
use subscribers::token::Purpose;

use super::status::time;
use super::{CliResult, open};
use crate::app::App;
use crate::bounces;
use crate::cli::{input, output};
use crate::store::outbox::{self, Kind};
use crate::store::subscribers::{self as list, Frequency, Subscriber};
use crate::store::{StoreError, consent_changes, deliveries, editions, suppressions};

pub(super) async fn run(dir: &Path, email: &str) -> CliResult {
    let app = open(dir).await?;
    if email == "-" {
        return returned(&app, &input::mail().await?).await;
    }
    let address = Address::parse(email)?;
    match list::find(&app.store, address.key()).await? {
        Some(subscriber) => history(&app, &address, &subscriber).await,
        None => Err(stranger(&app, &address).await?.into()),
    }
}

/// Tells which mail a returned mail or a complaint is about, and the history of its reader.
async fn returned(app: &App, mail: &[u8]) -> CliResult {
    let token = bounces::named_in(&app.key, mail)?;
    let what = match token.purpose {
        Purpose::Delivery | Purpose::Bounce => {
            let edition = editions::get(&app.store, token.about).await?;
            edition.map_or_else(
                || "an edition that is not in this database".to_owned(),
                |edition| edition.slug,
            )
        }
        _ => "a message that is not an edition".to_owned(),
    };
    let subscriber = list::get(&app.store, token.subscriber).await?;
    let Some(subscriber) = subscriber else {
        return output::done(format_args!("The mail is {what}, to nobody on the list."));
    };
    let Some(address) = &subscriber.address else {
        return output::done(format_args!(
            "The mail is {what}, to a reader who has been erased."
        ));
    };
    let whom = match subscriber.has_address(token.address_tag) {
        true => "",
        false => "a former address of ",
    };
    output::line(format_args!("The mail is {what}, to {whom}{address}."))?;
    history(app, address, &subscriber).await
}

async fn history(app: &App, address: &Address, subscriber: &Subscriber) -> CliResult {
    let zone = app.config.schedule.time_zone;
    let mut stdout = output::stdout();
    writeln!(stdout, "{address}  {}", subscriber.consent)?;
    if subscriber.frequency == Frequency::Digest {
        writeln!(stdout, "  Gets the monthly digest instead of every issue.")?;
    }
    let now = app.clock.now_millis();
    if let Some(until) = subscriber.paused_until.filter(|until| *until > now) {
        writeln!(stdout, "  Paused until {}.", time(until, zone))?;
    }
    for change in consent_changes::of(&app.store, subscriber.id).await? {
        let at = time(change.at, zone);
        write!(stdout, "  {at}  {} by {}", change.consent, change.source)?;
        if let Some(form) = change.form {
            write!(stdout, " ({form})")?;
        }
        if let Some(slug) = change.edition {
            write!(stdout, ", from {slug}")?;
        }
        if let Some(reason) = change.reason {
            write!(stdout, ": {reason}")?;
        }
        writeln!(stdout)?;
    }
    let history = deliveries::history(&app.store, subscriber.id).await?;
    if history.is_empty() {
        writeln!(stdout, "No edition has been sent to this address yet.")?;
    }
    for entry in history {
        let due = || format!("not tried yet, due at {}", time(entry.due_at, zone));
        let at = entry.at.map_or_else(due, |at| time(at, zone));
        let reply = entry.reply.unwrap_or_default();
        let state = entry.state.into_str();
        let text = match entry.revision {
            0 => String::new(),
            revision => format!(" ({})", super::revise::name(revision)),
        };
        writeln!(stdout, "{}{text}  {state}  {at}  {reply}", entry.slug)?;
    }
    for message in outbox::history(&app.store, subscriber.id).await? {
        let (title, at) = (title(message.kind), time(message.at, zone));
        let state = message.state.into_str();
        let reply = message.reply.unwrap_or_default();
        writeln!(stdout, "{title}  {state}  {at}  {reply}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The operator's words for a mail that is not an edition.
fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Confirm => "(confirmation)",
        Kind::Welcome => "(welcome)",
        Kind::Already => "(already subscribed)",
        Kind::Settings => "(link to the settings)",
        Kind::Address => "(confirmation of a new address)",
        Kind::Taken => "(new address is taken)",
        Kind::Moved => "(address was changed)",
        Kind::Erase => "(link to erase everything)",
        Kind::Alert => "(alert)",
    }
}

/// What to print about an address that is not on the list.
async fn stranger(app: &App, address: &Address) -> Result<String, StoreError> {
    let hash = app.hash_of(address.key());
    let mut tx = app.store.begin().await?;
    let reasons = suppressions::reasons(&mut tx, &[&hash]).await?;
    let suppressed = match reasons.get(&hash) {
        Some(reason) if reason.may_return() => {
            format!(", and is suppressed ({reason}): only they can come back")
        }
        Some(reason) => format!(", and is suppressed for good ({reason})"),
        None => String::new(),
    };
    Ok(format!("{address} is not on the list{suppressed}"))
}
