//! `verdict report`: what became of an edition, as text, JSON or HTML.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use templates::report::{self, Style};

use super::status::edition_of;
use super::{CliResult, open};
use crate::cli::arguments::ReportArgs;
use crate::cli::output;
use crate::edition;

pub(super) async fn run(dir: &Path, args: &ReportArgs) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, &args.slug).await?;
    let report = edition::report(&app, &edition).await?;
    if args.json {
        output::json(&report)?;
    } else if args.html {
        let page = report::page(&report, &app.newsletter()).into_string();
        output::stdout().write_all(page.as_bytes())?;
    } else {
        print(&report::text(&report, is_ascii()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(lines: &[report::Line]) -> io::Result<()> {
    let is_styled = io::stdout().is_terminal() && variable("NO_COLOR").is_none();
    for line in lines {
        match line.style {
            Style::Title if is_styled => output::styled("1", &line.text)?,
            Style::Good if is_styled => output::styled("1;32", &line.text)?,
            Style::Bad if is_styled => output::styled("1;31", &line.text)?,
            _ => output::line(&line.text)?,
        }
    }
    Ok(())
}

/// True if the locale's encoding is not UTF-8, so that block characters would not show. The first variable that is set
/// counts (POSIX.1-2017, 8.2).
fn is_ascii() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
