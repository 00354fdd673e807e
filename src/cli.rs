//! The commands, one file each. Exit codes: 0 done; 1 findings, rejected rows or mail that did not arrive;
//! 2 the command could not run.

mod approve;
pub mod arguments;
mod calendar;
mod check;
mod compact;
mod completions;
mod demo;
mod dkim;
mod doctor;
mod import;
mod init;
mod input;
mod log;
mod man;
mod new;
mod output;
mod pause;
mod preview;
mod render;
mod report;
mod revise;
mod schedule;
mod schema;
mod send;
mod serve;
mod settle;
mod status;
mod subscribers;
mod why;

use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::runtime::Runtime;

use crate::app::App;
use crate::cli::arguments::{Cli, Command};
use crate::cli::log::Process;
use crate::clock::Clock;
use crate::config::{Config, ConfigError, NotReady};
use crate::findings::{self, Finding};
use crate::private_file;

/// Why a command could not run; the text is for the operator.
type Failed = Box<dyn Error + Send + Sync>;

type CliResult<T = ExitCode> = Result<T, Failed>;

const COULD_NOT_RUN: u8 = 2;

/// Exit code 0 or 1.
fn exit_code(all_is_well: bool) -> ExitCode {
    ExitCode::from(u8::from(!all_is_well))
}

/// Runs one command.
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => failed(error.as_ref()),
    }
}

async fn dispatch(cli: Cli) -> CliResult {
    let dir = cli.dir.as_path();
    match cli.command {
        Command::Demo(args) => demo::run(args).await,
        Command::Init { dir } => init::run(&dir),
        Command::New(args) => new::run(dir, args).await,
        Command::Approve(args) => approve::run(dir, args).await,
        Command::Check(args) => check::run(dir, args).await,
        Command::Preview(args) => preview::run(dir, args).await,
        Command::Schema => schema::run(dir),
        Command::Calendar { count } => calendar::run(dir, count).await,
        Command::Schedule(command) => schedule::run(command),
        Command::Subscribers(command) => subscribers::run(dir, command).await,
        Command::Import(args) => import::run(dir, args).await,
        Command::Send(args) => send::run(dir, args).await,
        Command::Render { slug, to } => render::run(dir, &slug, &to).await,
        Command::Status { slug, json } => status::run(dir, slug.as_deref(), json).await,
        Command::Report(args) => report::run(dir, &args).await,
        Command::Doctor { json } => doctor::run(dir, json).await,
        Command::Why { email } => why::run(dir, &email).await,
        Command::Revise(args) => revise::run(dir, &args).await,
        Command::Pause { slug } => pause::pause(dir, &slug).await,
        Command::Resume { slug } => pause::resume(dir, &slug).await,
        Command::Cancel { slug } => pause::cancel(dir, &slug).await,
        Command::Settle(args) => settle::settle(dir, args).await,
        Command::Resend(args) => settle::resend(dir, args).await,
        Command::Compact(args) => compact::run(dir, args).await,
        Command::Dkim(command) => dkim::run(dir, command),
        Command::Serve(args) => serve::run(dir, args).await,
        Command::Man { folder } => man::run(folder.as_deref()),
        Command::Completions { shell } => completions::run(shell),
    }
}

/// Opens the instance for a command.
async fn open(dir: &Path) -> CliResult<App> {
    open_for(Process::Command, dir).await
}

/// Starts to log as configured, opens the instance and prints its warnings.
async fn open_for(process: Process, dir: &Path) -> CliResult<App> {
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    log::start(process, config.log.format);
    let app = App::with_config(dir, config, Clock::system()).await?;
    warn_of(&app.config.warnings);
    complain(&app.replayed.warnings());
    warn_of(exposed_database(&app).as_slice());
    Ok(app)
}

/// Prints findings that stop nothing.
fn warn_of(findings: &[Finding]) {
    if log::takes_everything() {
        findings.iter().for_each(log::finding);
    } else if !findings.is_empty() {
        let warnings = findings::render(findings, io::stderr().is_terminal());
        // They are escaped already, and keep their colours.
        write_stderr(&format!("{warnings}\n"));
    }
}

/// Refuses to send mail while the configuration is still the example of `verdict init`.
fn may_mail(config: &Config) -> Result<(), NotReady> {
    config.may_mail()?;
    warn_of_local_links(config);
    Ok(())
}

fn warn_of_local_links(config: &Config) {
    if config.leads_here() {
        complain(&format!(
            "warning: `web.base_url` is {}: links in mails work only on this machine\n",
            config.web.base_url
        ));
    }
}

/// A warning if other users can read the database: earlier versions made it with the umask's mode.
fn exposed_database(app: &App) -> Option<Finding> {
    let database = app.store.file()?;
    private_file::with_companions(database)
        .iter()
        .any(|path| private_file::is_exposed(path))
        .then(|| {
            let message = "the database can be read by others";
            // The pattern includes its log, index and lock.
            let help = format!("run `chmod 600 {}*`", database.display());
            Finding::of_file("exposed-database", message, database)
                .as_warning()
                .help(help)
        })
}

fn failed(error: &(dyn Error + 'static)) -> ExitCode {
    let mut message = if error.is::<ConfigError>() {
        // Findings name their severity.
        error.to_string()
    } else {
        format!("error: {error}\n")
    };
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if !message.contains(&text) {
            message += &format!("  because: {text}\n");
        }
        cause = inner.source();
    }
    if log::takes_everything() {
        log::error(&message);
    } else {
        complain(&message);
    }
    ExitCode::from(COULD_NOT_RUN)
}

/// Prints a warning or an error. If standard error is closed, the exit code still tells.
fn complain(text: &str) {
    if log::takes_everything() {
        log::warn(text);
    } else {
        write_stderr(&findings::harmless(text));
    }
}

fn write_stderr(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Parses the command line. Prints errors and help; `Err` is the exit code then.
pub fn command_line() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|refused| {
        if refused.use_stderr() {
            // The message quotes arguments verbatim.
            complain(&refused.render().to_string());
        } else {
            let _ = refused.print();
        }
        ExitCode::from(u8::try_from(refused.exit_code()).unwrap_or(COULD_NOT_RUN))
    })
}

/// The bar of a command that counts deliveries.
fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = "{bar:32} {pos}/{len}  {per_sec}  {eta} left  {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar
}

/// True for a closed pipe: `verdict subscribers list | head` must not fail.
fn is_closed_pipe(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
