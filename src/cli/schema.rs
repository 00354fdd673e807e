//! `verdict schema`: prints the issue format for editors' programs.

use std::path::Path;
use std::process::ExitCode;

use super::{CliResult, check, output};
use crate::issue;

pub(super) fn run(dir: &Path) -> CliResult {
    output::json(&issue::schema(&check::rules(dir)?))?;
    Ok(ExitCode::SUCCESS)
}
