//! Logging to standard error.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};

use tracing_subscriber::EnvFilter;

use super::output;
use crate::config::LogFormat;
use crate::findings::Finding;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Process {
    /// A command logs warnings only.
    Command,
    /// `verdict serve` logs what it does.
    Server,
}

impl Process {
    /// The filter unless `VERDICT_LOG` sets one. sqlx warns about statements that take a second, as enrolling a large
    /// list does, and any on a busy machine.
    fn filter(self) -> &'static str {
        match self {
            Self::Command => "warn,sqlx=error",
            Self::Server => "info,sqlx=warn,sqlx::query=error",
        }
    }
}

/// Whether every line on standard error must be JSON: programs read a server's log. People read what a command
/// prints besides its log.
static TAKES_EVERYTHING: AtomicBool = AtomicBool::new(false);

/// Starts logging. Call it once per process.
pub(super) fn start(process: Process, format: LogFormat) {
    let takes_everything = (process, format) == (Process::Server, LogFormat::Json);
    TAKES_EVERYTHING.store(takes_everything, Ordering::Relaxed);
    let mut filter =
        EnvFilter::try_from_env("VERDICT_LOG").unwrap_or_else(|_| EnvFilter::new(process.filter()));
    // Log why a server does not start, whatever the filter.
    if takes_everything && let Ok(own) = "verdict::cli=warn".parse() {
        filter = filter.add_directive(own);
    }
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(move || output::log(format))
        // Internal errors go to `eprintln!`, which panics if standard error is closed.
        .log_internal_errors(false);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().with_current_span(false).init(),
    }
}

/// True if warnings and errors for the operator go to the log.
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
