//! `verdict status`: the ledger's summary.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::DateTime;
use chrono_tz::Tz;
use serde::Serialize;
use strum::IntoEnumIterator as _;

use super::{CliResult, open};
use crate::app::App;
use crate::cli::output;
use crate::delivery;
use crate::store::StoreError;
use crate::store::deliveries::{self, Counts, Later, State};
use crate::store::editions::{self, Edition, EditionState};
use crate::toml_source;

/// What `status --json` prints of one edition.
#[derive(Debug, Serialize)]
struct Summary {
    slug: String,
    edition: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pause_reason: Option<String>,
    deliveries: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_due_yet: Option<NotDueYet>,
    in_doubt: Vec<String>,
    sender_alive: bool,
}

/// The queued whose time has not come.
#[derive(Debug, Serialize)]
struct NotDueYet {
    count: i64,
    first: String,
    last: String,
}

impl NotDueYet {
    fn of(later: Later, zone: Tz) -> Self {
        Self {
            count: later.count,
            first: time(later.first, zone),
            last: time(later.last, zone),
        }
    }
}

pub(super) async fn run(dir: &Path, slug: Option<&str>, json: bool) -> CliResult {
    let app = open(dir).await?;
    let mut stdout = output::stdout();
    if let Some(slug) = slug {
        let edition = edition_of(&app, slug).await?;
        let summary = summary(&app, &edition).await?;
        if json {
            output::json(&summary)?;
        } else {
            summary.show(&mut stdout)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut summaries = Vec::new();
    for edition in editions::all(&app.store).await? {
        summaries.push(summary(&app, &edition).await?);
    }
    if json {
        output::json(&summaries)?;
    } else if summaries.is_empty() {
        writeln!(stdout, "Nothing has been sent yet.")?;
    } else {
        for summary in &summaries {
            summary.show(&mut stdout)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The edition of an issue.
///
/// # Errors
/// If it was never sent; the text suggests the slug that was most likely meant.
pub(super) async fn edition_of(
    app: &App,
    slug: &str,
) -> Result<Edition, Box<dyn std::error::Error + Send + Sync>> {
    match editions::find(&app.store, slug).await? {
        Some(edition) => Ok(edition),
        None => Err(never_sent(app, slug).await?.into()),
    }
}

/// That nothing was sent under this slug, and the sent one that it most likely stands for.
async fn never_sent(app: &App, slug: &str) -> Result<String, StoreError> {
    let editions = editions::all(&app.store).await?;
    let slugs = editions.iter().map(|edition| edition.slug.as_str());
    let hint = toml_source::closest(slug, slugs)
        .map(|sent| format!(" (did you mean `{sent}`?)"))
        .unwrap_or_default();
    Ok(format!(
        "there is no edition of `{slug}`: it was never sent{hint}"
    ))
}

/// Prints how the edition of an issue stands now.
pub(super) async fn print_summary(
    app: &App,
    slug: &str,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if let Some(edition) = editions::find(&app.store, slug).await? {
        summary(app, &edition).await?.show(&mut output::stdout())?;
    }
    Ok(())
}

/// The summary of one edition.
async fn summary(app: &App, edition: &Edition) -> Result<Summary, StoreError> {
    let (store, zone) = (&app.store, app.config.schedule.time_zone);
    let later = deliveries::later(store, edition.id, app.clock.now_millis()).await?;
    Ok(Summary {
        slug: edition.slug.clone(),
        edition: edition.sha256.clone(),
        state: edition.state.into_str(),
        pause_reason: edition.pause_reason.clone(),
        deliveries: deliveries::counts(store, edition.id).await?,
        not_due_yet: later.map(|later| NotDueYet::of(later, zone)),
        in_doubt: deliveries::in_doubt(store, edition.id).await?,
        sender_alive: delivery::is_any_sender_alive(store).await?,
    })
}

impl Summary {
    /// The summary for people: states with someone in them, and the doubtful by name.
    fn show(&self, out: &mut impl Write) -> io::Result<()> {
        let everybody = readers(self.deliveries.total());
        writeln!(out, "{}  {} ({everybody})", self.slug, self.state)?;
        writeln!(
            out,
            "  edition    {}",
            &self.edition[..self.edition.len().min(16)]
        )?;
        if let Some(pause_reason) = &self.pause_reason {
            writeln!(out, "  because    {pause_reason}")?;
        }
        for state in State::iter() {
            let count = self.deliveries.of(state);
            if count > 0 {
                writeln!(out, "  {:<10} {count}", state.into_str().replace('_', " "))?;
            }
        }
        if let Some(NotDueYet { count, first, last }) = &self.not_due_yet {
            let whom = readers(*count);
            writeln!(
                out,
                "  Not due yet: {whom}, the first at {first}, the last at {last}"
            )?;
        }
        self.show_sender(out)?;
        if self.state == EditionState::Paused.into_str() {
            writeln!(
                out,
                "  Nothing of it goes out: `verdict resume {0}` goes on, `verdict cancel {0}` ends it",
                self.slug
            )?;
        }
        if !self.in_doubt.is_empty() {
            writeln!(
                out,
                "  In doubt, because no reply came: {} (see `verdict settle {}`)",
                self.in_doubt.join(", "),
                self.slug
            )?;
        }
        Ok(())
    }

    /// Whether any process sends, where that matters.
    fn show_sender(&self, out: &mut impl Write) -> io::Result<()> {
        let slug = &self.slug;
        let sending = self.state == EditionState::Sending.into_str();
        if !sending && self.state != EditionState::Paused.into_str() {
            Ok(())
        } else if self.sender_alive {
            writeln!(out, "  A sender is running.")
        } else if sending {
            writeln!(
                out,
                "  No process is sending: run `verdict serve`, or `verdict send {slug}`."
            )
        } else {
            writeln!(
                out,
                "  No process is sending: after `verdict resume {slug}`, run `verdict serve`, or \
                 `verdict send {slug}`."
            )
        }
    }
}

/// A time of the ledger on the newsletter's clock.
pub(super) fn time(millis: i64, zone: Tz) -> String {
    DateTime::from_timestamp_millis(millis).map_or_else(
        || millis.to_string(),
        |at| {
            at.with_timezone(&zone)
                .format("%Y-%m-%d %H:%M:%S %Z")
                .to_string()
        },
    )
}

/// `1 reader`, `2 readers`.
pub(super) fn readers(count: impl Into<i128>) -> String {
    match count.into() {
        1 => "1 reader".to_owned(),
        count => format!("{count} readers"),
    }
}
