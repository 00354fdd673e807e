//! `verdict serve`: runs the instance until a signal stops it.

use std::path::Path;
use std::process::ExitCode;

use super::arguments::ServeArgs;
use super::log::Process;
use super::{CliResult, open_for, warn_of_local_links};
use crate::{serve, shutdown};

pub(super) async fn run(dir: &Path, args: ServeArgs) -> CliResult {
    // Listen for signals before the log announces that we serve: a script may stop us right then.
    let stop = shutdown::stop_token();
    let app = open_for(Process::Server, dir).await?;
    if app.config.may_mail().is_ok() {
        warn_of_local_links(&app.config);
    }
    serve::run(app, &args.only, stop).await?;
    Ok(ExitCode::SUCCESS)
}
