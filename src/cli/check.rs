//! `verdict check`: every mistake of the issue files, before a reader sees it.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::{CliResult, output, warn_of};
use crate::app;
use crate::cli::arguments::CheckArgs;
use crate::config::Config;
use crate::findings::{self, Findings};
use crate::issue::{self, Rules};
use crate::toml_source;

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
    Ok(if findings.has_errors() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn show(findings: &Findings, files: usize) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    if !findings.is_empty() {
        write!(
            stdout,
            "{}",
            findings::render(findings, stdout.is_terminal())
        )?;
        writeln!(stdout)?;
    }
    let files = match files {
        1 => "1 issue file".to_owned(),
        _ => format!("{files} issue files"),
    };
    let tally = findings::tally(findings).unwrap_or_else(|| "nothing to mend".to_owned());
    writeln!(stdout, "{files} checked: {tally}")
}

/// How many files there are, and what is wrong with them.
fn check(path: &Path, rules: &Rules) -> io::Result<(usize, Findings)> {
    if path.is_dir() {
        let folder = issue::load_folder(path, rules)?;
        return Ok((folder.issues.len() + folder.failed.len(), folder.findings));
    }
    let bytes = toml_source::read(path)?;
    Ok((1, issue::check(path, &bytes, rules).findings))
}

/// The configured rules; without a configuration, the usual ones.
fn rules(dir: &Path) -> Result<Rules, crate::config::ConfigError> {
    if !dir.join("verdict.toml").exists() {
        return Ok(Rules::default());
    }
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    warn_of(&config.warnings);
    Ok(app::rules(&config))
}
