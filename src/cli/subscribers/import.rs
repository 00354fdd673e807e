//! `verdict subscribers import`: one file, written at once. `verdict import` shows a plan first.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::CliResult;
use crate::app::App;
use crate::cli::import::{bar, is_same_file, rejected_rows, total};
use crate::cli::output;
use crate::readers::import::{self, ImportError, Options, Plan};

pub(super) async fn run(
    app: &App,
    path: &Path,
    confirmed: bool,
    rejected: Option<PathBuf>,
) -> CliResult {
    if path.to_str().is_some_and(|path| path.contains("://")) {
        // The address holds a password, so it is not repeated.
        return Err("this command takes a file; use `verdict import` for a database".into());
    }
    let report = rejected.unwrap_or_else(|| {
        let mut name = path.as_os_str().to_owned();
        name.push(".rejected.csv");
        name.into()
    });
    if is_same_file(path, &report) {
        let path = path.display();
        return Err(format!("the rejected rows of {path} cannot go to that file itself").into());
    }
    let options = Options {
        paths: vec![path.to_owned()],
        confirmed,
        ..Options::default()
    };
    let reading = bar("reading");
    let plan = import::read(options, total(&reading)).await;
    reading.finish_and_clear();
    let failed = |error: ImportError| format!("cannot import {}: {error}", path.display());
    let mut plan = plan.map_err(failed)?;
    let writing = bar("writing");
    let applied = import::apply(app, &mut plan, None, total(&writing)).await;
    writing.finish_and_clear();
    applied.map_err(failed)?;
    rejected_rows(&plan, &report)?;
    show(&plan, confirmed, &report)?;
    Ok(match plan.has_rejects() {
        true => ExitCode::from(1),
        false => ExitCode::SUCCESS,
    })
}

fn show(plan: &Plan, confirmed: bool, report: &Path) -> io::Result<()> {
    let mut stdout = output::stdout();
    let [mailable, pending] = ["mailable", "pending"].map(|outcome| plan.counts.rows_of(outcome));
    let departed = ["unsubscribed", "bounced", "blocked", "complained"]
        .map(|outcome| plan.counts.rows_of(outcome));
    let departed: u64 = departed.into_iter().sum();
    let known = plan.counts.rows_of("already known") + plan.counts.rows_of("merged");
    writeln!(stdout, "accepted       {}", mailable + pending)?;
    if departed > 0 {
        writeln!(stdout, "departed       {departed}")?;
    }
    writeln!(stdout, "already known  {known}")?;
    writeln!(
        stdout,
        "suppressed     {}",
        plan.counts.rows_of("left here before")
    )?;
    writeln!(stdout, "rejected       {}", plan.counts.rows_of("rejected"))?;
    if plan.mended() > 0 {
        writeln!(stdout, "mended         {}", plan.mended())?;
    }
    if plan.has_rejects() || plan.mended() > 0 {
        let report = report.display();
        writeln!(
            stdout,
            "The rows that were rejected or mended are in {report}, with line and reason."
        )?;
    }
    if plan.counts.known_pending > 0 {
        let have = if plan.counts.known_pending == 1 {
            "has"
        } else {
            "have"
        };
        writeln!(
            stdout,
            "{} of those already known {have} not confirmed: pending readers stay pending and get no mail. \
             They confirm by the link in their confirmation mail; for one who has agreed in another way, run \
             `verdict subscribers add EMAIL`.",
            plan.counts.known_pending
        )?;
    }
    if pending > 0 && !confirmed {
        writeln!(
            stdout,
            "They are pending and get no mail; `--confirmed` says that they have agreed."
        )?;
    }
    Ok(())
}
