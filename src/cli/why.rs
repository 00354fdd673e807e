//! `verdict why`: prints the history of one address.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use subscribers::address::Address;

use super::status::time;
use super::{CliResult, open};
use crate::app::App;
use crate::cli::output;
use crate::store::outbox::{self, Kind};
use crate::store::subscribers::{self as list, Frequency};
use crate::store::{StoreError, consent_changes, deliveries, suppressions};

pub(super) async fn run(dir: &Path, email: &str) -> CliResult {
    let app = open(dir).await?;
    let address = Address::parse(email)?;
    let Some(subscriber) = list::find(&app.store, address.key()).await? else {
        return Err(stranger(&app, &address).await?.into());
    };
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
