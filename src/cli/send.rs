//! `verdict send`: freezes, enrols and sends one issue, with a progress bar and the ledger's summary.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use ::subscribers::address::Address;
use ::subscribers::consent::Consent;
use indicatif::ProgressBar;
use strum::IntoEnumIterator as _;
use templates::alert;
use tokio_util::sync::CancellationToken;

use super::status::{print_summary, readers, time};
use super::{CliResult, bar, complain, exit_code, may_mail, open, subscribers};
use crate::app::App;
use crate::cli::arguments::SendArgs;
use crate::cli::output;
use crate::clock::instant;
use crate::delivery::{self, Progress, RunResult, SendError};
use crate::doctor::{self, Preflight};
use crate::edition::{self, News, Outlook};
use crate::shutdown;
use crate::store::StoreError;
use crate::store::deliveries;
use crate::store::deliveries::State;
use crate::store::editions::{self, Edition, EditionState};
use crate::store::subscribers::{Frequency, Subscriber};

pub(super) async fn run(dir: &Path, args: SendArgs) -> CliResult {
    let app = open(dir).await?;
    let slug = &*args.slug;
    if args.dry_run {
        return preview(&app, slug).await;
    }
    may_mail(&app.config)?;
    if !args.test.is_empty() {
        return test(&app, slug, &args.test).await;
    }
    let preflight = preflight(&app, slug).await?;
    if preflight.blocks {
        output::line(format_args!(
            "Nothing was sent, because `smtp.preflight` is \"block\". `verdict doctor` checks again."
        ))?;
        return Ok(exit_code(false));
    }
    if !agreed(&app, &args).await? {
        output::line("Nothing was sent.")?;
        return Ok(exit_code(false));
    }
    let opened = edition::open(&app, slug).await?;
    opened.edition.ensure_not_compacted()?;
    if opened.enrolled.is_some() && !preflight.wrong.is_empty() {
        let mut tx = app.store.begin().await?;
        let alert = alert::preflight(app.locale(), &preflight.report());
        app.alert(&mut tx, &alert).await?;
        tx.commit().await?;
    }
    let beginning = match (opened.enrolled, opened.edition.state) {
        (Some(count), _) => format!("Frozen `{slug}` and enrolled {}.", readers(count)),
        (None, EditionState::Paused | EditionState::Cancelled) => {
            format!("`{slug}` is already frozen.")
        }
        (None, _) => format!("`{slug}` is already frozen; continuing."),
    };
    continue_sending(&app, &opened.edition, &beginning, AnswersFor::Everyone).await
}

/// Checks the instance before an issue is frozen, and prints what is wrong. An edition that exists goes on: some of its
/// readers have it, and the relay's replies pause it if need be.
async fn preflight(app: &App, slug: &str) -> CliResult<Preflight> {
    if editions::find(&app.store, slug).await?.is_some() {
        return Ok(Preflight::default());
    }
    // What is wrong with the issue comes first.
    edition::ready_issue(app, slug).await?;
    let preflight = doctor::preflight(app).await;
    if !preflight.wrong.is_empty() {
        complain(&format!(
            "warning: mail may not arrive, or readers may not be able to leave:\n{}",
            preflight.report()
        ));
    }
    Ok(preflight)
}

/// Mails the issue to addresses that need not be on the list.
async fn test(app: &App, slug: &str, addresses: &[Address]) -> CliResult {
    let issue = edition::checked_issue(app, slug).await?;
    let tested = delivery::send_test(app, &issue, addresses).await?;
    for (address, tested) in addresses.iter().zip(&tested) {
        match tested {
            Ok(_) => output::line(format_args!("Sent a test of `{slug}` to {address}."))?,
            Err(why) => output::line(format_args!("Not sent to {address}: {why}"))?,
        }
    }
    Ok(exit_code(tested.iter().all(Result::is_ok)))
}

/// On a terminal, shows what freezing the issue now would mean, and asks. An edition that exists goes on.
async fn agreed(app: &App, args: &SendArgs) -> CliResult<bool> {
    if !output::is_on_a_terminal() || editions::find(&app.store, &args.slug).await?.is_some() {
        return Ok(true);
    }
    let issue = edition::ready_issue(app, &args.slug).await?;
    let outlook = edition::outlook(app, &issue).await?;
    if outlook.readers == 0 {
        // Freezing it tells why.
        return Ok(true);
    }
    let mut stdout = output::stdout();
    writeln!(stdout, "Subject: {}", outlook.subject)?;
    writeln!(stdout, "Readers: {}{}", outlook.readers, news(&outlook))?;
    let zone = app.config.schedule.time_zone;
    writeln!(
        stdout,
        "Time: {} ({zone})",
        outlook.at.format("%a %Y-%m-%d %H:%M")
    )?;
    if args.yes {
        return Ok(true);
    }
    Ok(match outlook.is_suspicious() {
        true => output::asks_for(
            &outlook.readers.to_string(),
            "These are more than twice as many as last time. To send it, type the number of readers",
        )?,
        false => output::asks_for("yes", "Send it? Type yes")?,
    })
}

/// What is new since the last edition, in parentheses.
fn news(outlook: &Outlook) -> String {
    let Some(news) = &outlook.news else {
        return " (this is the first edition)".to_owned();
    };
    let News {
        since,
        readers,
        joined,
        left,
    } = news;
    format!(" ({readers} for `{since}`; {joined} joined and {left} left since)")
}

/// The readers whose missing mail makes a command fail.
#[derive(Clone, Copy, Debug)]
pub(super) enum AnswersFor {
    /// Everyone enrolled.
    Everyone,
    /// Those whom the command queues again: not those who were missing before.
    Since(Missing),
}

/// How many readers the mail did not reach, as far as the ledger knows.
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

    /// How many more are missing than before, counted by kind: fewer of one kind don't offset more of the other.
    fn since(self, before: Self) -> Self {
        Self {
            refused: (self.refused - before.refused).max(0),
            in_doubt: (self.in_doubt - before.in_doubt).max(0),
        }
    }

    /// What is missing, and what to do about it; empty if nothing is.
    fn advice(self, slug: &str) -> String {
        let mut parts = Vec::new();
        let mut advice = String::new();
        if self.refused > 0 {
            parts.push(format!("{} refused", counted(self.refused, "was", "were")));
            advice += &format!(
                "  verdict resend {slug} --refused   sends it to them again, if they may still get mail\n"
            );
        }
        if self.in_doubt > 0 {
            parts.push(format!("{} in doubt", counted(self.in_doubt, "is", "are")));
            advice += &format!("  verdict settle {slug}             shows who is in doubt\n");
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("Not everyone got it: {}.\n{advice}", parts.join(", "))
    }
}

fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Sends what is due of an edition, and prints its summary. The exit code is 1 if the edition is halted, or if
/// a reader that the command answers for was refused or is in doubt.
pub(super) async fn continue_sending(
    app: &App,
    edition: &Edition,
    beginning: &str,
    answers_for: AnswersFor,
) -> CliResult {
    // If standard output is closed, send anyway and fail at the end.
    let begun = output::line(beginning);
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
    Ok(exit_code(!halted && missing == Missing::default()))
}

/// Why a send ended, and what to do next. `None` means that it did not begin because another process sends.
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
        Some(RunResult::Paused) => format!("`{slug}` is paused: unsent mail waits.\n"),
        Some(RunResult::Cancelled) => format!("`{slug}` is cancelled: no more of it is sent.\n"),
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

/// How long to wait after a run without outcomes.
const IDLE: Duration = Duration::from_secs(1);

/// Sends until nothing more is due soon: a broken connection leaves deliveries due at once, and a throttled
/// domain's turn may come soon. Waits for deliveries that other senders hold, because a sender may be dead and
/// no other process may take over.
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
            let note = format!(
                "Another sender holds the rest of `{}`: waiting for it. Ctrl-C stops.",
                edition.slug
            );
            // If standard output is closed, send anyway.
            let _ = bar.suspend(|| output::line(note));
            ended = delivery::await_others(app, edition, stop).await?;
        }
        // A sender with nothing else to claim may have put a delivery back for a moment.
        let soon = app.clock.now() + delivery::SHORT_REST;
        match ended {
            RunResult::Waiting(due) if due <= soon.timestamp_millis() => {
                let due = instant(due);
                tokio::select! {
                    () = app.clock.sleep_until(due) => {}
                    () = stop.cancelled() => {}
                }
            }
            _ => return Ok(ended),
        }
        if progress.total() == before {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                () = stop.cancelled() => {}
            }
        }
    }
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
        .filter(|state| progress.of(*state) > 0)
        .map(|state| format!("{} {}", progress.of(state), state.into_str()))
        .collect();
    bar.set_message(outcomes.join(", "));
}

/// Prints the readers who would get the issue, one address a line, and those who would not, with a tab and the
/// reason after the address. Writes nothing.
async fn preview(app: &App, slug: &str) -> CliResult {
    let mut stdout = output::stdout();
    if let Some(edition) = editions::find(&app.store, slug).await? {
        let would = match edition.state {
            EditionState::Sending => format!("; `verdict send {slug}` would continue"),
            _ => String::new(),
        };
        writeln!(stdout, "`{slug}` is already frozen{would}:")?;
        stdout.flush()?;
        print_summary(app, slug).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let issue = edition::ready_issue(app, slug).await?;
    writeln!(stdout, "Subject: {}", issue.subject)?;
    let now = app.clock.now_millis();
    let (mut count, mut left_out) = (0_i64, 0_i64);
    subscribers::each(app, None, |subscriber| {
        let address = subscriber.email();
        match left_out_because(app, subscriber, now) {
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
        count => format!("; {} left out", counted(count, "is", "are")),
    };
    let refused = match count {
        0 => ", so `verdict send` refuses it",
        _ => "",
    };
    output::done(format_args!(
        "It would go to {readers}{refused}{others}. Nothing was written."
    ))
}

/// Why a reader does not get an issue that is enrolled at `now`, as [`deliveries::enrol`] decides.
fn left_out_because(app: &App, subscriber: &Subscriber, now: i64) -> Option<String> {
    if subscriber.consent != Consent::Confirmed {
        return Some(subscriber.consent.to_string());
    }
    if subscriber.frequency == Frequency::Digest {
        return Some("monthly digest only".to_owned());
    }
    let until = subscriber.paused_until.filter(|until| *until > now)?;
    Some(format!("paused until {}", app.day(until)))
}
