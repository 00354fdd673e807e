//! `verdict send`: freeze, enrol and send one issue, with a progress bar and the ledger's summary.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use ::subscribers::consent::Consent;
use chrono::DateTime;
use chrono_tz::Tz;
use indicatif::{ProgressBar, ProgressStyle};
use strum::IntoEnumIterator as _;
use tokio_util::sync::CancellationToken;

use super::status::{print_summary, readers, time};
use super::{CliResult, may_mail, open, subscribers};
use crate::app::App;
use crate::cli::output;
use crate::delivery::{self, Progress, RunResult, SendError};
use crate::edition;
use crate::shutdown;
use crate::store::StoreError;
use crate::store::deliveries;
use crate::store::deliveries::State;
use crate::store::editions::{self, Edition, EditionState};
use crate::store::subscribers::{Frequency, Subscriber};

pub(super) async fn run(dir: &Path, slug: &str, dry_run: bool) -> CliResult {
    let app = open(dir).await?;
    if dry_run {
        return preview(&app, slug).await;
    }
    may_mail(&app.config)?;
    let opened = edition::open(&app, slug).await?;
    let beginning = match (opened.enrolled, opened.edition.state) {
        (Some(count), _) => format!("Frozen `{slug}` and enrolled {}.", readers(count)),
        (None, EditionState::Paused | EditionState::Cancelled) => {
            format!("`{slug}` is frozen already.")
        }
        (None, _) => format!("`{slug}` is frozen already; continuing."),
    };
    go_on(&app, &opened.edition, &beginning, AnswersFor::Everyone).await
}

/// Which readers a command answers for by its exit code.
#[derive(Clone, Copy, Debug)]
pub(super) enum AnswersFor {
    /// Everyone enrolled.
    Everyone,
    /// Those whom it puts back into the queue: what was missing before is not its business.
    Since(Missing),
}

/// Readers whom the mail did not reach, as far as the ledger knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Missing {
    refused: i64,
    in_doubt: i64,
}

impl Missing {
    pub(super) async fn of(app: &App, edition: &Edition) -> Result<Self, StoreError> {
        let counts = deliveries::counts(&app.store, edition.id).await?;
        let doubts = deliveries::doubts(&app.store, edition.id).await?;
        Ok(Self {
            refused: counts.refused,
            in_doubt: i64::try_from(doubts.len()).unwrap_or(i64::MAX),
        })
    }

    /// How many more are missing than before; one who arrived does not make up for another.
    fn since(self, before: Self) -> Self {
        Self {
            refused: (self.refused - before.refused).max(0),
            in_doubt: (self.in_doubt - before.in_doubt).max(0),
        }
    }

    /// What to say and to do about it; empty if nobody is missing.
    fn advice(self, slug: &str) -> String {
        let mut parts = Vec::new();
        let mut advice = String::new();
        if self.refused > 0 {
            parts.push(format!("{} refused", were(self.refused)));
            advice += &format!(
                "  verdict resend {slug} --refused   sends it to them again, if they may still get mail\n"
            );
        }
        if self.in_doubt > 0 {
            parts.push(format!("{} in doubt", are(self.in_doubt)));
            advice += &format!("  verdict settle {slug}             shows who is in doubt\n");
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("Not everyone got it: {}.\n{advice}", parts.join(", "))
    }
}

fn were(count: i64) -> String {
    match count {
        1 => "1 was".to_owned(),
        count => format!("{count} were"),
    }
}

fn are(count: i64) -> String {
    match count {
        1 => "1 is".to_owned(),
        count => format!("{count} are"),
    }
}

/// Sends what is due of an edition, and tells how it stands then. Exit code 1 if it was halted, or if
/// a reader that the command answers for was refused or is in doubt.
pub(super) async fn go_on(
    app: &App,
    edition: &Edition,
    beginning: &str,
    answers_for: AnswersFor,
) -> CliResult {
    // The mail goes out also where nobody reads along any more; that is told at the end.
    let begun = writeln!(output::stdout(), "{beginning}");
    let stop = shutdown::stop_token();
    let ended = send_with_bar(app, edition, stop).await;
    let summed_up = print_summary(app, &edition.slug).await;
    let ended = match ended {
        Err(SendError::Busy(_)) => None,
        ended => Some(ended?),
    };
    begun?;
    summed_up?;
    let before = match answers_for {
        AnswersFor::Everyone => Missing::default(),
        AnswersFor::Since(before) => before,
    };
    let missing = Missing::of(app, edition).await?.since(before);
    let mut last = what_next(app, &edition.slug, ended);
    if ended != Some(RunResult::Objected) {
        last += &missing.advice(&edition.slug);
    }
    output::stdout().write_all(last.as_bytes())?;
    let halted = matches!(
        ended,
        Some(RunResult::Paused | RunResult::Objected | RunResult::Cancelled)
    );
    Ok(if halted || missing != Missing::default() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The last line of a send: why it ended, and what is to be done. `None` stands for a send that did not
/// begin because another process sends.
fn what_next(app: &App, slug: &str, ended: Option<RunResult>) -> String {
    match ended {
        None => format!(
            "Another verdict process is sending. It takes care of this if it is `verdict serve` or \
             sends `{slug}`;\notherwise run `verdict send {slug}` when it has ended.\n"
        ),
        Some(RunResult::Stopped) => format!("Stopped; `verdict send {slug}` continues.\n"),
        Some(RunResult::Waiting(due)) => format!(
            "The next mail is due at {}: by `verdict serve`, or by `verdict send {slug}` then.\n",
            time(due, app.config.schedule.time_zone)
        ),
        Some(RunResult::Held) => format!(
            "Another sender holds the rest; `verdict send {slug}` continues if it is gone.\n"
        ),
        Some(RunResult::Objected) => format!(
            "`{slug}` is paused, for the reason above. When you have fixed it:\n  \
             verdict resume {slug}             continues\n  \
             verdict resend {slug} --refused   mails the readers whom the relay refused\n  \
             verdict settle {slug}             lists the readers in doubt\n"
        ),
        Some(RunResult::Paused) => format!("`{slug}` is paused: what was not sent waits.\n"),
        Some(RunResult::Cancelled) => {
            format!("`{slug}` is cancelled: nothing of it is sent any more.\n")
        }
        Some(RunResult::Finished) => String::new(),
    }
}

/// Sends what is due, with a progress bar on standard error.
pub(super) async fn send_with_bar(
    app: &App,
    edition: &Edition,
    stop: CancellationToken,
) -> Result<RunResult, SendError> {
    let counts = deliveries::counts(&app.store, edition.id).await?;
    let progress = Arc::new(Progress::default());
    let bar = bar(u64::try_from(counts.open()).unwrap_or(0));
    let watcher = tokio::spawn(watch(bar.clone(), Arc::clone(&progress)));
    let ended = send_due(app, edition, (&bar, &progress), &stop).await;
    watcher.abort();
    show(&bar, &progress);
    bar.finish_and_clear();
    ended
}

/// How long to rest after a run that came to nothing.
const REST: Duration = Duration::from_secs(1);

/// A connection that broke leaves deliveries due at once, and a domain's next turn may come soon; they are taken
/// up until none is left. What other senders hold is waited for: one of them may be dead, and nobody else be
/// there to take over.
async fn send_due(
    app: &App,
    edition: &Edition,
    (bar, progress): (&ProgressBar, &Arc<Progress>),
    stop: &CancellationToken,
) -> Result<RunResult, SendError> {
    loop {
        let before = progress.total();
        let mut ended = delivery::send(app, edition, Arc::clone(progress), stop.clone()).await?;
        if ended == RunResult::Held {
            let said = format!(
                "Another sender holds the rest of `{}`: waiting for it. Ctrl-C stops.",
                edition.slug
            );
            // The mail goes out also where nobody reads along any more.
            let _ = bar.suspend(|| writeln!(output::stdout(), "{said}"));
            ended = delivery::await_others(app, edition, stop).await?;
        }
        // A delivery may have been put back for a moment when nothing else was left to claim.
        let soon = app.clock.now() + delivery::SHORT_REST;
        match ended {
            RunResult::Waiting(due) if due <= soon.timestamp_millis() => {
                let due = DateTime::from_timestamp_millis(due).unwrap_or_default();
                tokio::select! {
                    () = app.clock.sleep_until(due) => {}
                    () = stop.cancelled() => {}
                }
            }
            _ => return Ok(ended),
        }
        if progress.total() == before {
            tokio::select! {
                () = tokio::time::sleep(REST) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

fn bar(length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = "{bar:32} {pos}/{len}  {per_sec}  {eta} left  {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar
}

async fn watch(bar: ProgressBar, progress: Arc<Progress>) {
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    loop {
        ticks.tick().await;
        show(&bar, &progress);
    }
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_position(progress.total());
    let outcomes: Vec<String> = State::iter()
        .map(|state| (progress.of(state), state.into_str()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, state)| format!("{count} {state}"))
        .collect();
    bar.set_message(outcomes.join(", "));
}

/// Who would get it, each address alone on its line, and who would not, with a tab and the reason behind the
/// address. Nothing is written.
async fn preview(app: &App, slug: &str) -> CliResult {
    let mut stdout = output::stdout();
    if let Some(edition) = editions::find(&app.store, slug).await? {
        let would = match edition.state {
            EditionState::Sending => format!("; `verdict send {slug}` would continue"),
            _ => String::new(),
        };
        writeln!(stdout, "`{slug}` is frozen already{would}:")?;
        stdout.flush()?;
        print_summary(app, slug).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let issue = edition::ready_issue(app, slug).await?;
    writeln!(stdout, "Subject: {}", issue.subject)?;
    let now = app.clock.now_millis();
    let (mut count, mut left_out) = (0_u64, 0_u64);
    subscribers::each(app, None, |subscriber| {
        let address = subscriber.address.as_deref().unwrap_or_default();
        match left_out_because(subscriber, now, app.config.schedule.time_zone) {
            None => {
                count += 1;
                writeln!(stdout, "{address}")
            }
            Some(reason) => {
                left_out += 1;
                writeln!(stdout, "{address}\t{reason}")
            }
        }
    })
    .await?;
    let readers = readers(count);
    let others = match left_out {
        0 => String::new(),
        1 => "; 1 is left out".to_owned(),
        count => format!("; {count} are left out"),
    };
    let refused = match count {
        0 => ", so `verdict send` refuses it",
        _ => "",
    };
    writeln!(
        stdout,
        "It would go to {readers}{refused}{others}. Nothing was written."
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Why a reader gets no issue that is enrolled at `now`, as [`deliveries::enrol`] decides; `None` if they
/// get it.
fn left_out_because(subscriber: &Subscriber, now: i64, zone: Tz) -> Option<String> {
    if subscriber.consent != Consent::Confirmed {
        return Some(subscriber.consent.to_string());
    }
    if subscriber.frequency == Frequency::Digest {
        return Some("monthly digest only".to_owned());
    }
    let until = subscriber.paused_until.filter(|until| *until > now)?;
    let day = DateTime::from_timestamp_millis(until).map_or_else(
        || until.to_string(),
        |until| until.with_timezone(&zone).format("%Y-%m-%d").to_string(),
    );
    Some(format!("paused until {day}"))
}
