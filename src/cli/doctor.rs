//! `verdict doctor`: looks for what keeps mail from arriving.

use std::error::Error as _;
use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use super::{CliResult, exit_code, log, output};
use crate::app::App;
use crate::cli::log::Process;
use crate::clock::Clock;
use crate::config::{Config, FILE};
use crate::doctor::{self, Check, Depth, Patient, State};

/// The checks, for another program.
#[derive(Serialize)]
struct Report<'a> {
    /// True if anything would hurt.
    hurts: bool,
    checks: &'a [Check],
}

pub(super) async fn run(dir: &Path, json: bool) -> CliResult {
    let config = match Config::load(dir, |name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(error) if !dir.join(FILE).exists() => return Err(error.into()),
        Err(error) => return report(&[Check::unusable_config(&error)], json),
    };
    log::start(Process::Command, config.log.format);
    let app = open(dir, &config).await;
    let patient = Patient {
        dir,
        config: &config,
        app: app.as_ref().map_err(String::as_str),
        free_space: doctor::free_space,
    };
    let checks = doctor::examine(patient, Depth::Thorough).await;
    report(&checks, json)
}

fn report(checks: &[Check], json: bool) -> CliResult {
    let hurts = doctor::hurts(checks);
    match json {
        true => output::json(&Report { hurts, checks })?,
        false => show(checks)?,
    }
    Ok(exit_code(!hurts))
}

/// Opens the instance as every command does, unless there is no database yet: the doctor makes none.
async fn open(dir: &Path, config: &Config) -> Result<App, String> {
    if let Some(file) = config.store.url.file()
        && !dir.join(file).exists()
    {
        return Err(format!(
            "there is no database at {file} yet; `verdict serve` makes it"
        ));
    }
    App::with_config(dir, config.clone(), Clock::system())
        .await
        .map_err(|error| match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        })
}

/// Prints the checks, and how many are not well.
fn show(checks: &[Check]) -> io::Result<()> {
    let mut stdout = output::stdout();
    for check in checks {
        writeln!(stdout, "{check}")?;
    }
    let count = |state| checks.iter().filter(|check| check.state == state).count();
    let (wrong, warnings) = (count(State::Wrong), count(State::Warning));
    writeln!(
        stdout,
        "\n{wrong} wrong, {warnings} to look at, {} in all",
        checks.len()
    )
}
