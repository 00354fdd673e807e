//! `verdict import`: shows what would become of everyone, and imports once the operator agrees.

use std::io::{self, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ::subscribers::consent::Consent;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::output::write_guarded;
use super::{CliResult, exit_code, open};
use crate::app::App;
use crate::cli::arguments::ImportArgs;
use crate::cli::output;
use crate::private_file;
use crate::readers::import::{self, Applied, Options, Plan};
use crate::store::listmonk::Listmonk;

/// Most statuses, unused columns, files and warnings that a plan lists.
const MOST_SHOWN: usize = 40;

pub(super) async fn run(dir: &Path, args: ImportArgs) -> CliResult {
    let options = options(&args)?;
    check_report(&args)?;
    let app = open(dir).await?;
    if let Some(import) = args.undo {
        return undo(&app, import).await;
    }
    let warnings = app.replay().await?.warnings();
    write!(io::stderr(), "{warnings}")?;
    let reading = bar("reading");
    let plan = import::plan(&app, options, total(&reading)).await;
    reading.finish_and_clear();
    let mut plan = plan?;
    if !args.json {
        show(&plan)?;
    }
    if !agreed(&args)? {
        if args.json {
            let plan = json!({ "plan": plan.shown(), "written": false });
            output::line(format_args!("{plan:#}"))?;
        } else {
            output::line("Nothing was written. Add --yes to import.")?;
        }
        return Ok(exit_code(!plan.has_rejects()));
    }
    let writing = bar("writing");
    let ask = args.ask.map(NonZeroU32::get);
    let applied = import::apply(&app, &mut plan, ask, total(&writing)).await;
    writing.finish_and_clear();
    let applied = applied?;
    let report = report(&app, &args, applied.import, &plan)?;
    if args.json {
        let done = json!({
            "plan": plan.shown(), "written": true, "import": applied.import, "asked": applied.asked,
            "report": report.as_ref().map(|path| path.display().to_string()),
        });
        output::line(format_args!("{done:#}"))?;
    } else {
        show_done(&applied, report.as_deref())?;
    }
    Ok(exit_code(!plan.has_rejects()))
}

fn options(args: &ImportArgs) -> Result<Options, String> {
    let all = match args.status.as_deref() {
        None => None,
        Some(word) => match word.parse::<Consent>() {
            Ok(consent) if consent.is_suppressed() && consent != Consent::Erased => Some(consent),
            _ => {
                return Err(format!(
                    "--as {word}: use unsubscribed, bounced, complained or blocked"
                ));
            }
        },
    };
    let system = args.from.as_deref().map(str::parse).transpose();
    let (mut paths, mut databases) = (Vec::new(), Vec::new());
    for file in &args.files {
        match file.to_str().filter(|text| text.contains("://")) {
            Some(address) => {
                databases.push(Listmonk::at(address).map_err(|error| error.to_string())?)
            }
            None => paths.push(file.clone()),
        }
    }
    Ok(Options {
        paths,
        databases,
        system: system.map_err(|error| format!("--from: {error}"))?,
        list: args.list.clone(),
        all,
        confirmed: args.confirmed,
        anyway: args.anyway,
    })
}

/// Asks the operator if this is a terminal; elsewhere only `--yes` agrees.
fn agreed(args: &ImportArgs) -> io::Result<bool> {
    if args.yes {
        return Ok(true);
    }
    if args.json || !output::is_on_a_terminal() {
        return Ok(false);
    }
    output::asks_for("yes", "Import them? Type yes")
}

fn show(plan: &Plan) -> io::Result<()> {
    let mut out = output::stdout();
    let shown = plan.shown();
    if !shown.lost_departures.is_empty() {
        let count = shown.lost_departures.len();
        let rows = match count {
            1 => "row records a departure",
            _ => "rows record departures",
        };
        writeln!(
            out,
            "WARNING: {count} {rows}, but the address cannot be read:"
        )?;
        for line in shown.lost_departures.iter().take(MOST_SHOWN) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)?;
    }
    for file in &shown.files {
        let (name, rows) = (&file.name, file.rows);
        writeln!(out, "{name}  ({}, {}, {rows} rows)", file.system, file.form)?;
        if let Some(all) = file.all {
            writeln!(out, "  everyone in it      {all}")?;
        }
        if file.says_nothing {
            writeln!(
                out,
                "  consent             not given: pending, or confirmed with --confirmed"
            )?;
        }
        for (title, what) in file.columns {
            writeln!(out, "  {what:<18}  {title}")?;
        }
        if !file.not_used.is_empty() {
            let shown = file.not_used.len().min(MOST_SHOWN);
            let titles = file.not_used[..shown].join(", ");
            writeln!(out, "  {:<18}  {titles}", "not used")?;
        }
    }
    for name in shown.passed_over.iter().take(MOST_SHOWN) {
        writeln!(out, "{name}  (not read)")?;
    }
    for note in &shown.notes {
        writeln!(out, "\nNote: {note}")?;
    }
    if !shown.statuses.is_empty() {
        writeln!(out, "\nStatuses")?;
    }
    for status in shown.statuses.iter().take(MOST_SHOWN) {
        let read_as = status.read_as.unwrap_or("not given");
        writeln!(out, "  {} → {read_as}  ({})", status.words, status.rows)?;
    }
    writeln!(out, "\n{:<18}{:>9}", "Rows", shown.rows)?;
    for count in &shown.outcomes {
        let examples = count.examples.join(", ");
        writeln!(out, "  {:<16}{:>9}  {examples}", count.outcome, count.rows)?;
    }
    if shown.fixed > 0 {
        let fixed = shown.fixed;
        writeln!(
            out,
            "{fixed} of them were fixed, in fields other than the address."
        )?;
    }
    writeln!(out)
}

fn show_done(applied: &Applied, report: Option<&Path>) -> io::Result<()> {
    let mut out = output::stdout();
    match applied.import {
        Some(import) => writeln!(
            out,
            "Done. This is import {import}; `verdict import --undo {import}` takes it back."
        )?,
        None => writeln!(out, "Done. Nothing was new.")?,
    }
    if applied.asked > 0 {
        let count = applied.asked;
        writeln!(
            out,
            "`verdict serve` mails {count} pending readers a link to confirm."
        )?;
    }
    if let Some(report) = report {
        let report = report.display();
        writeln!(out, "The rows that were rejected or fixed are in {report}")?;
    }
    Ok(())
}

/// Writes the rows that were rejected or fixed; `None` if there are none.
fn report(
    app: &App,
    args: &ImportArgs,
    import: Option<i64>,
    plan: &Plan,
) -> CliResult<Option<PathBuf>> {
    if plan.report().next().is_none() {
        return Ok(None);
    }
    let name = format!("subscribers/import-{}.csv", import.unwrap_or_default());
    let path = args.report.clone().unwrap_or_else(|| app.dir.join(name));
    let failed = |error: io::Error| format!("cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    rejected_rows(plan, &path)?;
    Ok(Some(path))
}

/// Writes the rows that were rejected or fixed, if there are any.
pub(super) fn rejected_rows(plan: &Plan, path: &Path) -> CliResult<()> {
    let mut rows = plan.report().peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let failed = |error: io::Error| format!("cannot write {}: {error}", path.display());
    let mut csv = csv::Writer::from_writer(private_file::replace(path).map_err(failed)?);
    csv.write_record(["file", "line", "outcome", "reason", "row"])?;
    for row in rows {
        write_guarded(&mut csv, row.each_ref().map(String::as_str))?;
    }
    csv.flush().map_err(failed)?;
    Ok(())
}

/// A callback that moves a bar.
pub(super) fn total(bar: &ProgressBar) -> impl Fn(u64, u64) + Send + 'static {
    let bar = bar.clone();
    move |total, done| {
        bar.set_length(total);
        bar.set_position(done);
    }
}

pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize()
        .is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Refuses a report that would overwrite a file that is imported.
fn check_report(args: &ImportArgs) -> Result<(), String> {
    if let Some(report) = &args.report
        && let Ok(place) = report.canonicalize()
        && (args.files.iter())
            .filter_map(|file| file.canonicalize().ok())
            .any(|file| place.starts_with(file))
    {
        let report = report.display();
        return Err(format!(
            "the report cannot go to {report}, which is imported"
        ));
    }
    Ok(())
}

async fn undo(app: &App, import: i64) -> CliResult {
    let undone = import::undo(app, import).await?;
    let mut out = output::stdout();
    writeln!(out, "Import {import} is undone.")?;
    writeln!(out, "  off the list again     {}", undone.removed)?;
    writeln!(out, "  as they were before    {}", undone.restored)?;
    writeln!(out, "  left alone             {}", undone.left_alone)?;
    if undone.left_alone > 0 {
        let why = "mailed, or did something, since the import";
        writeln!(out, "Those left alone were {why}.")?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = format!("{what} {{bar:32}} {{percent}} %  {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar
}
