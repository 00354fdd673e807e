//! `verdict check`: finds mistakes in issue files before readers do.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use super::{CliResult, exit_code, output, warn_of};
use crate::app;
use crate::cli::arguments::CheckArgs;
use crate::config::{Config, ConfigError};
use crate::findings::{self, Finding, Findings};
use crate::issue::{self, Issue, Rules};
use crate::toml_source;
use crate::web;

pub(super) fn run(dir: &Path, args: CheckArgs) -> CliResult {
    let rules = rules(dir)?;
    let paths = if args.paths.is_empty() {
        vec![issue::folder_in(dir)]
    } else {
        args.paths
    };
    let mut findings = Findings::default();
    let mut files = 0;
    for path in paths {
        let (count, found) = check(&path, &rules)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        files += count;
        findings.extend(found);
    }
    if args.json {
        output::json(&findings)?;
    } else {
        show(&findings, files)?;
    }
    Ok(exit_code(!findings.has_errors()))
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

/// The number of issue files, and what is wrong with them.
fn check(path: &Path, rules: &Rules) -> io::Result<(usize, Findings)> {
    if path.is_dir() {
        let folder = issue::load_folder(path, rules)?;
        let files = folder.issues.len() + folder.failed.len();
        let mut findings = folder.findings;
        findings.extend(folder.issues.iter().filter_map(|one| fonts(one, rules)));
        return Ok((files, findings));
    }
    let bytes = toml_source::read(path)?;
    let checked = issue::check(path, &bytes, rules);
    let mut findings = checked.findings;
    findings.extend(checked.issue.and_then(|issue| fonts(&issue, rules)));
    Ok((1, findings))
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

/// The rules of the configuration, or the defaults without one.
pub(super) fn rules(dir: &Path) -> Result<Rules, ConfigError> {
    if !dir.join("verdict.toml").exists() {
        return Ok(Rules::default());
    }
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    warn_of(&config.warnings);
    Ok(app::rules(&config))
}
