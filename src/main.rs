//! The binary: parse the command line, run the command, end with its exit code.

use std::process::ExitCode;

use verdict::cli;

fn main() -> ExitCode {
    match cli::command_line() {
        Ok(command_line) => cli::run(command_line),
        Err(code) => code,
    }
}
