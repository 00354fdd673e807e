//! `verdict subscribers import`: imports one file at once. `verdict import` shows a plan first.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::CliResult;
use crate::app::App;
use crate::cli::import::{bar, is_same_file, rejected_rows, total};
use crate::cli::{exit_code, output};
use crate::readers::import::{self, ImportError, Options, Plan};

pub(super) async fn run(
    app: &App,
    path: &Path,
    confirmed: bool,
    rejected: Option<PathBuf>,
) -> CliResult {
    if path.to_str().is_some_and(|path| path.contains("://")) {
        // Don't print the address, which contains a password.
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
    Ok(exit_code(!plan.has_rejects()))
}

fn show(plan: &Plan, confirmed: bool, report: &Path) -> io::Result<()> {
    let mut stdout = output::stdout();
    let rows = |outcomes: &[&str]| -> u64 {
        let counts = outcomes.iter().map(|outcome| plan.counts.rows_of(outcome));
        counts.sum()
    };
    let departed = rows(&["unsubscribed", "bounced", "blocked", "complained"]);
    let known = rows(&["already known", "merged"]);
    writeln!(stdout, "accepted       {}", rows(&["mailable", "pending"]))?;
    if departed > 0 {
        writeln!(stdout, "departed       {departed}")?;
    }
    writeln!(stdout, "already known  {known}")?;
    writeln!(stdout, "suppressed     {}", rows(&["left here before"]))?;
    writeln!(stdout, "rejected       {}", rows(&["rejected"]))?;
    if plan.fixed() > 0 {
        writeln!(stdout, "fixed          {}", plan.fixed())?;
    }
    if plan.has_rejects() || plan.fixed() > 0 {
        let report = report.display();
        writeln!(
            stdout,
            "The rows that were rejected or fixed are in {report}, with line and reason."
        )?;
    }
    let waiting = plan.counts.known_pending;
    if waiting > 0 {
        let have = if waiting == 1 { "has" } else { "have" };
        writeln!(
            stdout,
            "{waiting} of those already known {have} not confirmed: pending readers stay pending and get no mail. \
             They confirm by the link in their confirmation mail; if a reader has agreed in another way, run \
             `verdict subscribers add EMAIL`."
        )?;
    }
    if rows(&["pending"]) > 0 && !confirmed {
        let hint = "`--confirmed` says that they have agreed";
        writeln!(stdout, "They are pending and get no mail; {hint}.")?;
    }
    Ok(())
}
