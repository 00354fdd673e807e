//! The binary: parse the command line, run the command, end with its exit code.

use std::process::ExitCode;

use clap::Parser as _;
use verdict::cli::Cli;
use verdict::commands;

fn main() -> ExitCode {
    commands::run(Cli::parse())
}
