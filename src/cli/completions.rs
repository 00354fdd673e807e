//! `verdict completions`: prints a shell's completion script.

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{CliResult, output};
use crate::cli::arguments::Cli;

pub(super) fn run(shell: Shell) -> CliResult {
    let mut script = Vec::new();
    // Given a closed pipe to write to, this would panic.
    clap_complete::generate(shell, &mut Cli::command(), "verdict", &mut script);
    output::data().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
