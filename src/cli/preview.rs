//! `verdict preview`: serves an issue as its mail and its page will look, on this machine only.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use tokio::net::TcpListener;

use super::CliResult;
use super::log::{self, Process};
use crate::cli::arguments::PreviewArgs;
use crate::cli::output;
use crate::clock::Clock;
use crate::config::LogFormat;
use crate::preview::{Options, Preview};
use crate::shutdown;

pub(super) async fn run(dir: &Path, args: PreviewArgs) -> CliResult {
    let stop = shutdown::stop_token();
    log::start(Process::Command, LogFormat::Text);
    let preview = Preview::open(Options {
        dir: dir.to_owned(),
        file: args.file,
        clock: Clock::system(),
    })?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", args.listen))?;
    let address = format!("http://{}{}", listener.local_addr()?, preview.path());
    let mut stdout = output::stdout();
    match preview.file() {
        Some(file) => writeln!(stdout, "Preview of {}:", file.display())?,
        None => writeln!(stdout, "Preview of all issues:")?,
    }
    writeln!(
        stdout,
        "\n  {address}\n\nIt reloads when you save. Only this machine can open it. Ctrl-C ends it."
    )?;
    stdout.flush()?;
    preview.serve(listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}
