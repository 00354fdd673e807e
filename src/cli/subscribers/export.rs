//! `verdict subscribers export`: writes the list as CSV that import reads.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use ::subscribers::consent::Consent;
use chrono::SecondsFormat;

use super::{CliResult, each};
use crate::app::App;
use crate::cli::output;
use crate::cli::output::write_guarded;
use crate::clock::instant;
use crate::private_file;
use crate::store::subscribers::Subscriber;

const COLUMNS: [&str; 8] = [
    "email",
    "name",
    "time_zone",
    "consent",
    "frequency",
    "paused_until",
    "language",
    "created_at",
];

pub(super) async fn run(app: &App, file: Option<&Path>, consent: Option<Consent>) -> CliResult {
    match file {
        Some(path) => to_file(app, consent, path).await?,
        None => write(app, consent, output::data()).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a new file that only its owner can read: the whole list, or nothing.
async fn to_file(app: &App, consent: Option<Consent>, path: &Path) -> CliResult<()> {
    let failed = |error| format!("cannot write {}: {error}", path.display());
    let file = private_file::create_new(path).map_err(|error| failed(error.into()))?;
    let written = write(app, consent, file).await;
    written.map_err(|error| {
        // Half a list looks like a whole one.
        let _ = fs::remove_file(path);
        failed(error).into()
    })
}

async fn write(app: &App, consent: Option<Consent>, out: impl Write + Send) -> CliResult<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    each(app, consent, |subscriber| {
        let (paused_until, created_at) = (paused_until(subscriber), time(subscriber.created_at));
        let fields = [
            subscriber.email(),
            subscriber.name.as_deref().unwrap_or_default(),
            subscriber.time_zone.as_deref().unwrap_or_default(),
            subscriber.consent.into_str(),
            subscriber.frequency.into_str(),
            &paused_until,
            subscriber.language.as_deref().unwrap_or_default(),
            &created_at,
        ];
        Ok(write_guarded(&mut csv, fields)?)
    })
    .await?;
    csv.flush()?;
    Ok(())
}

/// The end of a subscriber's pause, RFC 3339 in UTC; empty without one.
pub(super) fn paused_until(subscriber: &Subscriber) -> String {
    subscriber.paused_until.map_or_else(String::new, time)
}

fn time(millis: i64) -> String {
    instant(millis).to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
