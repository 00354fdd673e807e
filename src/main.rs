//! The binary: parse the command line, run the command, end with its exit code.

use std::process::ExitCode;

use verdict::commands;

fn main() -> ExitCode {
    match commands::command_line() {
        Ok(cli) => commands::run(cli),
        Err(code) => code,
    }
}
