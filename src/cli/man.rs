//! `verdict man`: prints or writes the manual pages.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::{CliResult, output};
use crate::cli::arguments::Cli;

pub(super) fn run(folder: Option<&Path>) -> CliResult {
    let command = Cli::command();
    let Some(folder) = folder else {
        let mut page = Vec::new();
        Man::new(command).render(&mut page)?;
        output::data().write_all(&page)?;
        return Ok(ExitCode::SUCCESS);
    };
    let shown = folder.display();
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| format!("cannot write the manual pages to {shown}: {error}"))?;
    output::done(format_args!(
        "Wrote the manual pages to {shown}; `verdict.1` is the first."
    ))
}
