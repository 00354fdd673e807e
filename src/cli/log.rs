//! Log lines, on standard error.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};

use tracing_subscriber::EnvFilter;

use super::output;
use crate::config::LogFormat;
use crate::findings::Finding;

/// What logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Process {
    /// A command, which only warns.
    Command,
    /// `verdict serve`, which tells what it does.
    Server,
}

impl Process {
    /// What is logged if `VERDICT_LOG` does not say otherwise. On a busy machine sqlx warns of statements that
    /// take a second.
    fn filter(self) -> &'static str {
        match self {
            Self::Command => "warn,sqlx=error",
            Self::Server => "info,sqlx=warn",
        }
    }
}

/// Whether every line on standard error must be JSON. A server's log is read by a program; what a command prints
/// beside its log is for a person.
static TAKES_EVERYTHING: AtomicBool = AtomicBool::new(false);

/// Begins to log. To be called once in a process.
pub(super) fn start(process: Process, format: LogFormat) {
    let takes_everything = (process, format) == (Process::Server, LogFormat::Json);
    TAKES_EVERYTHING.store(takes_everything, Ordering::Relaxed);
    let mut filter =
        EnvFilter::try_from_env("VERDICT_LOG").unwrap_or_else(|_| EnvFilter::new(process.filter()));
    // Why a server does not start is told whatever the filter leaves out.
    if takes_everything && let Ok(own) = "verdict::cli=warn".parse() {
        filter = filter.add_directive(own);
    }
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(move || output::log(format))
        // It would complain with `eprintln!`, which panics where standard error is gone.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().with_current_span(false).init(),
    }
}

/// True if warnings and errors for the operator belong into the log.
pub(super) fn takes_everything() -> bool {
    TAKES_EVERYTHING.load(Ordering::Relaxed)
}

/// Logs a finding that stops nothing.
pub(super) fn finding(found: &Finding) {
    let Finding {
        code,
        message,
        path,
        line,
        label,
        help,
        ..
    } = found;
    tracing::warn!(code, path, line, label, help, "{message}");
}

/// Logs warnings, one a line of the text.
pub(super) fn warn(text: &str) {
    for line in text.lines() {
        tracing::warn!("{}", line.trim_start_matches("warning: "));
    }
}

/// Logs why the process ends.
pub(super) fn error(text: &str) {
    tracing::error!("{}", text.trim_start_matches("error: ").trim_end());
}
