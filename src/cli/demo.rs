//! `verdict demo`: the whole press on this machine. It has a temporary instance, a sample list and the built-in
//! mail catcher as its relay; the schedule and the sender are the real ones.

mod inbox;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::TimeDelta;
use strum::VariantArray as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::log::{self, Process};
use super::send::send_with_bar;
use super::status::print_summary;
use super::{CliResult, Failed, exit_code, init};
use crate::app::App;
use crate::catcher::{Behaviour, Catcher};
use crate::cli::arguments::DemoArgs;
use crate::cli::output;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::instance;
use crate::edition::{self, Decided};
use crate::issue::Issue;
use crate::readers::import::{self, Options};
use crate::schedule::{Slot, pick};
use crate::serve::{Node, Part, outbox_task};
use crate::store::deliveries;
use crate::store::editions::Edition;
use crate::{shutdown, web};

/// How far back this week's slot may lie.
const A_WEEK: TimeDelta = TimeDelta::days(7);

pub(super) async fn run(args: DemoArgs) -> CliResult {
    // Listen for signals first, so that a signal can't leave the folder behind.
    let stop = shutdown::stop_token();
    let folder = Folder::make()?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", args.listen))?;
    let site = format!("http://{}", listener.local_addr()?);
    let catcher = Arc::new(Catcher::start(Behaviour::new()).await?);
    let app = open(&folder.path, &site, &catcher).await?;
    let mut stdout = output::stdout();
    let path = folder.path.display();
    writeln!(stdout, "A temporary instance is in {path}")?;

    let readers = import_sample_list(&app, &folder.path).await?;
    writeln!(stdout, "Imported {readers} sample readers.")?;

    let slot = this_weeks_slot(&app)?;
    let edition = freeze(&app, &slot).await?;
    let zone = app.config.schedule.time_zone;
    let wall = slot.wall.format("%A %Y-%m-%d %H:%M");
    let Edition { slug, subject, .. } = &edition;
    writeln!(
        stdout,
        "The slot of {wall} ({zone}) gets `{slug}`: {subject}"
    )?;

    send_with_bar(&app, &edition, stop.clone()).await?;
    print_summary(&app, slug).await?;
    let arrived = catcher.len();
    let enrolled = deliveries::counts(&app.store, edition.id).await?.total();
    let relay = catcher.addr();
    writeln!(
        stdout,
        "{arrived} of {enrolled} mails arrived by SMTP at {relay}."
    )?;
    if args.once {
        return Ok(exit_code(
            enrolled > 0 && i64::try_from(arrived) == Ok(enrolled),
        ));
    }

    writeln!(
        stdout,
        "\n  The inbox   {site}/inbox\n  The site    {site}/\n\nCtrl-C ends the demo and removes the instance."
    )?;
    let router = web::routes_with(app.clone(), inbox::routes(app.clone(), catcher));
    let node = Node::register(&app, "verdict demo", Part::VARIANTS).await?;
    let outbox = tokio::spawn(outbox_task::run(app.clone(), node.id, stop.clone()));
    let kept = tokio::spawn(node.keep(stop.clone()));
    web::serve(listener, router, stop).await?;
    outbox.await??;
    kept.await??;
    app.store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A temporary folder, removed at the end.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn make() -> Result<Self, Failed> {
        let path = new_folder(&std::env::temp_dir())?;
        let folder = Self { path };
        init::write_files(&folder.path)?;
        for (name, contents) in instance::demo_issues() {
            fs::write(folder.path.join(name), contents)?;
        }
        Ok(folder)
    }
}

/// Makes a new folder. A demo that was killed may have left one with the same process ID.
fn new_folder(parent: &Path) -> Result<PathBuf, Failed> {
    let process = std::process::id();
    for number in 1.. {
        let path = parent.join(format!("verdict-demo-{process}-{number}"));
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("cannot make {}: {error}", path.display()).into()),
        }
    }
    Err("no name for a folder is left".into())
}

impl Drop for Folder {
    fn drop(&mut self) {
        // If this fails, the system clears its temporary folder.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Opens the instance with the catcher as its relay and `site` as its address.
async fn open(dir: &Path, site: &str, catcher: &Catcher) -> Result<App, Failed> {
    let config = Config::load(dir, |name| match name {
        "VERDICT_SMTP_URL" => Some(catcher.url()),
        "VERDICT_WEB_BASE_URL" => Some(site.to_owned()),
        // Send this week's slot, whatever day it is.
        "VERDICT_SCHEDULE_MAX_DELAY" => Some("8d".to_owned()),
        _ => None,
    })?;
    log::start(Process::Command, config.log.format);
    let app = App::with_config(dir, config, Clock::system()).await?;
    Ok(App {
        sends_samples: true,
        ..app
    })
}

async fn import_sample_list(app: &App, dir: &Path) -> Result<u64, Failed> {
    let list = dir.join("example.csv");
    fs::write(&list, ::subscribers::EXAMPLE_CSV)?;
    let options = Options {
        paths: vec![list],
        confirmed: true,
        ..Options::default()
    };
    let mut plan = import::read(options, |_, _| {}).await?;
    import::apply(app, &mut plan, None, |_, _| {}).await?;
    Ok(plan.counts.rows_of("mailable"))
}

/// The latest slot that is due.
fn this_weeks_slot(app: &App) -> Result<Slot, Failed> {
    let now = app.clock.now();
    let schedule = edition::schedule(app);
    let slots = schedule.slots_after(now - A_WEEK);
    let latest = slots.take_while(|slot| slot.at <= now).last();
    latest.ok_or_else(|| "the schedule has no slot in the past week".into())
}

async fn freeze(app: &App, slot: &Slot) -> Result<Edition, Failed> {
    match edition::decide(app, slot).await? {
        Decided::Sent(opened) => Ok(opened.edition),
        other => Err(format!("this week's slot has no issue: {other:?}").into()),
    }
}

/// The issue that the next slot would get.
async fn next_issue(app: &App) -> Result<Option<Issue>, Failed> {
    let candidates = edition::candidates(app).await?;
    let Some(slot) = edition::schedule(app).next_after(app.clock.now()) else {
        return Ok(None);
    };
    let next = pick::pick(&slot, &candidates.ready, &candidates.used).candidate();
    let mut issues = candidates.folder.issues.into_iter();
    Ok(next.and_then(|next| issues.find(|issue| issue.slug == next.slug)))
}

/// Sends the issue that the next slot would get, if there is one.
async fn send_next(app: &App) -> Result<(), Failed> {
    if let Some(issue) = next_issue(app).await? {
        let opened = edition::open(app, &issue.slug).await?;
        send_with_bar(app, &opened.edition, CancellationToken::new()).await?;
    }
    Ok(())
}
