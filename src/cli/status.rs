//! `verdict status`: prints the ledger's summary.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono_tz::Tz;
use serde::Serialize;
use strum::IntoEnumIterator as _;

use super::{CliResult, open};
use crate::app::App;
use crate::cli::output;
use crate::clock::instant;
use crate::delivery;
use crate::store::StoreError;
use crate::store::deliveries::{self, Counts, Later, State};
use crate::store::editions::{self, Edition, EditionState};
use crate::toml_source;

/// One edition, as `status --json` prints it.
#[derive(Debug, Serialize)]
struct Summary {
    slug: String,
    edition: String,
    /// How often its text was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    revisions: Option<i64>,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pause_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compacted_at: Option<String>,
    deliveries: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_due_yet: Option<NotDueYet>,
    in_doubt: Vec<String>,
    sender_alive: bool,
}

fn times(count: i64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// Queued deliveries that are due later.
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
    let editions = match slug {
        Some(slug) => vec![edition_of(&app, slug).await?],
        None => editions::all(&app.store).await?,
    };
    let ids: Vec<i64> = editions.iter().map(|edition| edition.id).collect();
    let counts = deliveries::counts_of(&app.store, &ids).await?;
    let sender_alive = delivery::is_any_sender_alive(&app.store).await?;
    let mut summaries = Vec::new();
    for edition in &editions {
        let counts = counts.get(&edition.id).copied().unwrap_or_default();
        summaries.push(summary(&app, edition, counts, sender_alive).await?);
    }
    match (json, slug) {
        (true, Some(_)) => output::json(&summaries[0])?,
        (true, None) => output::json(&summaries)?,
        (false, _) if summaries.is_empty() => output::line("Nothing has been sent yet.")?,
        (false, _) => {
            let mut stdout = output::stdout();
            let mut summaries = summaries.iter();
            summaries.try_for_each(|summary| summary.show(&mut stdout))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The edition of an issue. If the issue was never sent, the error suggests the most similar slug.
pub(super) async fn edition_of(app: &App, slug: &str) -> CliResult<Edition> {
    if let Some(edition) = editions::find(&app.store, slug).await? {
        return Ok(edition);
    }
    let editions = editions::all(&app.store).await?;
    let slugs = editions.iter().map(|edition| edition.slug.as_str());
    let hint = toml_source::closest(slug, slugs)
        .map(|sent| format!(" (did you mean `{sent}`?)"))
        .unwrap_or_default();
    Err(format!("there is no edition of `{slug}`: it was never sent{hint}").into())
}

/// Prints the current summary of an issue's edition, if it has one.
pub(super) async fn print_summary(app: &App, slug: &str) -> CliResult<()> {
    if let Some(edition) = editions::find(&app.store, slug).await? {
        let counts = deliveries::counts(&app.store, edition.id).await?;
        let sender_alive = delivery::is_any_sender_alive(&app.store).await?;
        let summary = summary(app, &edition, counts, sender_alive).await?;
        summary.show(&mut output::stdout())?;
    }
    Ok(())
}

/// Asks about what waits or is in doubt only where the counts show any.
async fn summary(
    app: &App,
    edition: &Edition,
    counts: Counts,
    sender_alive: bool,
) -> Result<Summary, StoreError> {
    let (store, zone) = (&app.store, app.config.schedule.time_zone);
    let later = match counts.queued {
        0 => None,
        _ => deliveries::later(store, edition.id, app.clock.now_millis()).await?,
    };
    let in_doubt = match counts.unknown {
        0 => Vec::new(),
        _ => deliveries::in_doubt(store, edition.id).await?,
    };
    Ok(Summary {
        slug: edition.slug.clone(),
        edition: edition.sha256.clone(),
        revisions: Some(edition.revision).filter(|revisions| *revisions > 0),
        state: edition.state.into_str(),
        pause_reason: edition.pause_reason.clone(),
        compacted_at: edition.compacted_at.map(|at| time(at, zone)),
        deliveries: counts,
        not_due_yet: later.map(|later| NotDueYet::of(later, zone)),
        in_doubt,
        sender_alive,
    })
}

impl Summary {
    /// Prints the summary for people: states with their counts unless 0, and readers in doubt by name.
    fn show(&self, out: &mut impl Write) -> io::Result<()> {
        let everybody = readers(self.deliveries.total());
        writeln!(out, "{}  {} ({everybody})", self.slug, self.state)?;
        writeln!(out, "  edition    {:.16}", self.edition)?;
        if let Some(revisions) = self.revisions {
            writeln!(out, "  revised    {}", times(revisions))?;
        }
        if let Some(pause_reason) = &self.pause_reason {
            writeln!(out, "  because    {pause_reason}")?;
        }
        if let Some(at) = &self.compacted_at {
            writeln!(out, "  compacted  {at}")?;
        }
        for state in State::iter() {
            let count = self.deliveries.of(state);
            if count > 0 {
                writeln!(out, "  {:<10} {count}", state.into_str().replace('_', " "))?;
            }
        }
        if let Some(NotDueYet { count, first, last }) = &self.not_due_yet {
            let later = readers(*count);
            writeln!(
                out,
                "  Not due yet: {later}, the first at {first}, the last at {last}"
            )?;
        }
        self.show_sender(out)?;
        if self.state == EditionState::Paused.into_str() {
            writeln!(
                out,
                "  Nothing of it goes out: `verdict resume {0}` continues, `verdict cancel {0}` ends it",
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

    /// Prints whether any process sends, if the edition is being sent or paused.
    fn show_sender(&self, out: &mut impl Write) -> io::Result<()> {
        let slug = &self.slug;
        let is_paused = self.state == EditionState::Paused.into_str();
        if !is_paused && self.state != EditionState::Sending.into_str() {
            return Ok(());
        }
        if self.sender_alive {
            return writeln!(out, "  A sender is running.");
        }
        let resume = match is_paused {
            true => format!("after `verdict resume {slug}`, "),
            false => String::new(),
        };
        writeln!(
            out,
            "  No process is sending: {resume}run `verdict serve`, or `verdict send {slug}`."
        )
    }
}

/// A time of the ledger (Unix milliseconds UTC) in the newsletter's time zone.
pub(super) fn time(millis: i64, zone: Tz) -> String {
    let at = instant(millis).with_timezone(&zone);
    at.format("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// `1 reader`, `2 readers`.
pub(super) fn readers(count: impl Into<i128>) -> String {
    match count.into() {
        1 => "1 reader".to_owned(),
        count => format!("{count} readers"),
    }
}
