//! `verdict check`: finds mistakes in issue files before readers do.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::{CliResult, complain, exit_code, output, warn_of};
use crate::app;
use crate::cli::arguments::{CheckArgs, CheckFormat};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::edition::{self, Calendar};
use crate::findings::{self, Finding, Findings};
use crate::issue::content::rule;
use crate::issue::{self, Folder, Issue, Rules};
use crate::links::Policy;
use crate::toml_source;
use crate::web;

pub(super) async fn run(dir: &Path, args: CheckArgs) -> CliResult {
    let config = config(dir)?;
    let rules = config.as_ref().map_or_else(Rules::default, app::rules);
    let mut folder = read(dir, args.paths, &rules)?;
    let missing = folder.issues.iter().filter_map(|one| fonts(one, &rules));
    folder.findings.extend(missing.collect::<Vec<_>>());
    if let Some(config) = &config {
        check_dates(config, dir, &mut folder).await;
    }
    if args.links {
        edition::check_links(&mut folder, Policy::default()).await;
    }
    let files = folder.files();
    let mut findings = folder.findings;
    findings.sort();
    if args.strict {
        findings.be_strict();
    }
    match args.format {
        CheckFormat::Json => output::json(&findings)?,
        CheckFormat::Text if args.json => output::json(&findings)?,
        CheckFormat::Text => show(&findings, files)?,
        CheckFormat::Github => {
            let commands = findings::github(&findings, title);
            io::stdout().lock().write_all(commands.as_bytes())?;
        }
    }
    Ok(exit_code(!findings.has_errors()))
}

fn read(dir: &Path, mut paths: Vec<PathBuf>, rules: &Rules) -> CliResult<Folder> {
    if paths.is_empty() {
        paths.push(issue::folder_in(dir));
    }
    let mut all = Folder::default();
    for path in paths {
        let read = add(&mut all, &path, rules);
        read.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    }
    Ok(all)
}

/// Checks a file, or a folder.
fn add(all: &mut Folder, path: &Path, rules: &Rules) -> io::Result<()> {
    if path.is_dir() {
        all.extend(issue::load_folder(path, rules)?);
    } else {
        let bytes = toml_source::read(path)?;
        all.add(path, issue::check(path, &bytes, rules));
    }
    Ok(())
}

/// Checks dates. If the database cannot be read, they are left alone: what was sent long ago is no mistake.
async fn check_dates(config: &Config, dir: &Path, folder: &mut Folder) {
    match Calendar::read(config, dir, &Clock::system()).await {
        Ok(calendar) => calendar.check(folder),
        Err(error) => complain(&format!("warning: dates are not checked: {error}\n")),
    }
}

/// The name of a rule behind its code: `V001 leftover`.
fn title(code: &'static str) -> String {
    rule(code).map_or_else(|| code.to_owned(), |rule| format!("{code} {}", rule.name))
}

fn show(findings: &Findings, files: usize) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    if !findings.is_empty() {
        let text = findings::render(findings, stdout.is_terminal());
        writeln!(stdout, "{text}")?;
    }
    let files = match files {
        1 => "1 issue file".to_owned(),
        _ => format!("{files} issue files"),
    };
    let tally = findings::tally(findings).unwrap_or_else(|| "no problems found".to_owned());
    writeln!(stdout, "{files} checked: {tally}")
}

/// Warns of letters that the fonts of this machine lack.
fn fonts(issue: &Issue, rules: &Rules) -> Option<Finding> {
    let missing = web::missing_fonts(&rules.newsletter, &issue.comparison)?;
    let message = format!(
        "the social card will leave out “{}”: this machine has no font for that",
        missing.characters
    );
    let help = format!(
        "install the package {} on the machine that serves the pages",
        missing.package
    );
    let finding = Finding::of_file("no-font", message, &issue.path).as_warning();
    Some(finding.help(help))
}

/// The configuration, if there is one.
pub(super) fn config(dir: &Path) -> Result<Option<Config>, ConfigError> {
    if !dir.join("verdict.toml").exists() {
        return Ok(None);
    }
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    warn_of(&config.warnings);
    Ok(Some(config))
}
