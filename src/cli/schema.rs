//! `verdict schema`: prints the issue format for editors' programs.

use std::path::Path;
use std::process::ExitCode;

use super::{CliResult, check, output};
use crate::app;
use crate::issue::{self, Rules};

pub(super) fn run(dir: &Path) -> CliResult {
    let config = check::config(dir)?;
    let rules = config.as_ref().map_or_else(Rules::default, app::rules);
    output::json(&issue::schema(&rules))?;
    Ok(ExitCode::SUCCESS)
}
