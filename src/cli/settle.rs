//! `verdict settle` and `resend`: decide deliveries that are in doubt, refused or deferred.

use std::io::Write as _;
use std::path::Path;

use ::subscribers::address::Address;

use super::pause::stands_so;
use super::send::{AnswersFor, Missing};
use super::status::{edition_of, readers, time};
use super::{CliResult, may_mail, open, send};
use crate::app::App;
use crate::cli::arguments::{ResendArgs, SettleArgs};
use crate::cli::output;
use crate::delivery as sending;
use crate::store::deliveries::{self, Again, Chunk, Doubt};
use crate::store::editions::{self, Edition, EditionState};
use crate::store::{StoreError, Tx, subscribers as list};

pub(super) async fn settle(dir: &Path, args: SettleArgs) -> CliResult {
    let app = open(dir).await?;
    let edition = edition_of(&app, &args.slug).await?;
    edition.ensure_not_compacted()?;
    sending::take_over(&app, &edition).await?;
    let doubts = deliveries::doubts(&app.store, edition.id).await?;
    if !args.decision.resend && !args.decision.leave {
        return show(&app, &edition, &doubts);
    }
    if args.decision.resend {
        may_mail(&app.config)?;
    }
    let chosen = chosen(&app, &edition, &doubts, &args.emails).await?;
    if args.decision.leave {
        let left = leave(&app, &edition, &chosen).await?;
        return told_left(&args.slug, left);
    }
    let queued = resend_each(&app, &edition, What::InDoubt, &chosen).await?;
    send_again(&app, &args.slug, queued).await
}

pub(super) async fn resend(dir: &Path, args: ResendArgs) -> CliResult {
    let app = open(dir).await?;
    may_mail(&app.config)?;
    let edition = edition_of(&app, &args.slug).await?;
    edition.ensure_not_compacted()?;
    let mut queued = 0;
    let chosen = [
        (args.what.refused, Again::Refused),
        (args.what.deferred, Again::Deferred),
    ];
    for (is_chosen, again) in chosen {
        if is_chosen {
            let now = app.clock.now_millis();
            let readers =
                deliveries::resendable(&app.store, edition.id, edition.kind, again, now).await?;
            queued += resend_each(&app, &edition, What::Again(again), &readers).await?;
        }
    }
    send_again(&app, &args.slug, queued).await
}

/// Ends the doubt about readers, some at a time; returns how many were in doubt.
async fn leave(app: &App, edition: &Edition, readers: &[i64]) -> Result<u64, StoreError> {
    let mut left = 0;
    for readers in readers.chunks(deliveries::ROWS) {
        let mut tx = app.store.begin().await?;
        let chunk = Chunk::begin();
        editions::hold(&mut tx, edition.id).await?;
        let now = app.clock.now_millis();
        left += deliveries::leave_unknown(&mut tx, edition.id, readers, now).await?;
        tx.commit().await?;
        chunk.give_way().await;
    }
    Ok(left)
}

/// Which deliveries are sent again.
#[derive(Clone, Copy)]
enum What {
    InDoubt,
    Again(Again),
}

/// Queues the deliveries to these readers, some at a time, and reopens the edition with the first of them; returns
/// how many. What was queued when this is killed is sent; the same command again queues the rest.
async fn resend_each(app: &App, edition: &Edition, what: What, readers: &[i64]) -> CliResult<u64> {
    let (id, kind) = (edition.id, edition.kind);
    let mut left = readers;
    let mut queued = 0;
    loop {
        let (readers, rest) = left.split_at(left.len().min(deliveries::ROWS));
        let mut tx = app.store.begin().await?;
        let chunk = Chunk::begin();
        editions::hold(&mut tx, id).await?;
        let now = app.clock.now_millis();
        let now_queued = match what {
            What::InDoubt => deliveries::resend_unknown_of(&mut tx, id, kind, readers, now).await?,
            What::Again(again) => {
                deliveries::resend(&mut tx, id, kind, again, readers, now).await?
            }
        };
        reopen(&mut tx, edition, now_queued, now).await?;
        tx.commit().await?;
        queued += now_queued;
        if rest.is_empty() {
            return Ok(queued);
        }
        left = rest;
        chunk.give_way().await;
    }
}

/// Reopens a finished edition if there is something to send. Refuses one that is paused or cancelled: an editor
/// decided that.
async fn reopen(tx: &mut Tx, edition: &Edition, queued: u64, now: i64) -> CliResult<()> {
    match editions::state(tx, edition.id).await? {
        EditionState::Finished if queued > 0 => {
            editions::resume(tx, edition.id, now).await?;
        }
        EditionState::Finished | EditionState::Sending => {}
        halted @ (EditionState::Paused | EditionState::Cancelled) => {
            return Err(stands_so(&edition.slug, halted).into());
        }
    }
    Ok(())
}

async fn send_again(app: &App, slug: &str, queued: u64) -> CliResult {
    if queued == 0 {
        return output::done(format_args!("There is nobody to send `{slug}` to again."));
    }
    let beginning = format!("`{slug}` goes out again to {}.", readers(queued));
    let edition = edition_of(app, slug).await?;
    let before = Missing::of(app, &edition).await?;
    send::continue_sending(app, &edition, &beginning, AnswersFor::Since(before)).await
}

fn told_left(slug: &str, left: u64) -> CliResult {
    if left == 0 {
        return nobody_in_doubt(slug);
    }
    output::done(format_args!(
        "Left as it is for {}: no longer in doubt, and not sent again.",
        readers(left)
    ))
}

fn nobody_in_doubt(slug: &str) -> CliResult {
    output::done(format_args!("Nobody is in doubt in `{slug}`."))
}

/// The subscribers with these addresses, or everyone in doubt if there are none.
async fn chosen(
    app: &App,
    edition: &Edition,
    doubts: &[Doubt],
    emails: &[String],
) -> CliResult<Vec<i64>> {
    let doubtful: Vec<i64> = doubts.iter().map(|doubt| doubt.subscriber).collect();
    if emails.is_empty() {
        return Ok(doubtful);
    }
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    for email in emails {
        let address = Address::parse(email).map_err(|error| format!("{email}: {error}"))?;
        let found = list::find(&app.store, address.key()).await?;
        let subscriber = found.map(|subscriber| subscriber.id);
        match subscriber.filter(|id| doubtful.contains(id)) {
            Some(id) => chosen.push(id),
            None => others.push(email.as_str()),
        }
    }
    if others.is_empty() {
        return Ok(chosen);
    }
    let slug = &edition.slug;
    Err(format!(
        "not in doubt in `{slug}`: {}; nothing was done (`verdict settle {slug}` lists who is)",
        others.join(", ")
    )
    .into())
}

fn show(app: &App, edition: &Edition, doubts: &[Doubt]) -> CliResult {
    let slug = &edition.slug;
    if doubts.is_empty() {
        return nobody_in_doubt(slug);
    }
    let lengths = doubts.iter().map(|doubt| doubt.reader.chars().count());
    let width = lengths.max().unwrap_or_default();
    let zone = app.config.schedule.time_zone;
    let count = readers(doubts.len() as u64);
    let mut stdout = output::stdout();
    writeln!(stdout, "In doubt in `{slug}`: {count}.")?;
    for doubt in doubts {
        let at = doubt.at.map(|at| time(at, zone)).unwrap_or_default();
        let known = doubt.reply.as_deref().unwrap_or_default();
        writeln!(stdout, "  {:<width$}  {at}  {known}", doubt.reader)?;
    }
    output::done(format_args!(
        "\nThe relay may have taken these mails, or not. Look into its log, then decide, for all or for \
         those named:\n  \
         verdict settle {slug} --leave [EMAIL…]     they have it: nothing is sent\n  \
         verdict settle {slug} --resend [EMAIL…]    it is sent again, under the same Message-ID"
    ))
}
