//! `verdict calendar`: lists the coming slots with the issue that each would get, and past slots that got none.

mod hours;
mod past;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use past::Past;
use templates::alert::Lack;

use super::{CliResult, open};
use crate::app::App;
use crate::cli::output;
use crate::edition::{self, Candidates, approval};
use crate::issue::Status;
use crate::schedule::Slot;
use crate::schedule::pick::{self, Pick};

pub(super) async fn run(dir: &Path, count: u16) -> CliResult {
    let app = open(dir).await?;
    let candidates = edition::candidates(&app).await?;
    let config = &app.config.schedule;
    let past = Past::read(&app).await?;
    let coming: Vec<Slot> = edition::schedule(&app)
        .slots_after(past.decided_until.max(past.now))
        .take(usize::from(count))
        .collect();
    let free = || {
        coming
            .iter()
            .filter(|slot| !past.ahead.contains_key(&slot.at))
    };
    let all = candidates.all();
    let plan = pick::plan(free().cloned(), &all, candidates.used.clone());

    let mut stdout = output::stdout();
    let mut picks = plan.slots.iter();
    for slot in &coming {
        let wall = slot.wall.format("%a %Y-%m-%d %H:%M");
        let ready_by = ready_by(&app, slot);
        let what = match past.ahead.get(&slot.at) {
            Some(slug) => format!("{slug}  (already sent, by a clock that was ahead)"),
            None => picks
                .next()
                .map_or_else(String::new, |(_, pick)| describe(slot, *pick, &candidates)),
        };
        writeln!(stdout, "{wall}{ready_by}  {what}")?;
    }
    writeln!(stdout, "\nTimes are in {}.", config.time_zone)?;
    if config.local_time {
        writeln!(
            stdout,
            "Readers elsewhere get each edition when their own clock shows its time. It is frozen when the \
             first clock does."
        )?;
        if let Some(slot) = free().next() {
            writeln!(stdout)?;
            for line in hours::lines(&app, slot).await? {
                writeln!(stdout, "{line}")?;
            }
            writeln!(stdout)?;
        }
    }
    for line in past.lines(&app) {
        writeln!(stdout, "{line}")?;
    }
    for candidate in plan.stranded {
        let date = candidate
            .send_on
            .map_or_else(String::new, |date| date.to_string());
        let slug = &candidate.slug;
        writeln!(
            stdout,
            "warning: {slug} is dated {date}, and no slot takes it"
        )?;
    }
    let issues = || candidates.folder.issues.iter();
    for issue in issues().filter(|issue| issue.status == Status::Draft) {
        writeln!(stdout, "draft: {}", issue.slug)?;
    }
    for issue in issues().filter(|issue| issue.comparison.sample) {
        let slug = &issue.slug;
        writeln!(stdout, "sample: {slug} (only `verdict demo` sends it)")?;
    }
    for failed in &candidates.folder.failed {
        let slug = &failed.slug;
        writeln!(stdout, "error: {slug} does not check; run `verdict check`")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// When the issue is frozen, if that is before the slot is due.
fn ready_by(app: &App, slot: &Slot) -> String {
    let frozen_at = edition::frozen_at(app, slot);
    if frozen_at == slot.at {
        return String::new();
    }
    let here = frozen_at.with_timezone(&app.config.schedule.time_zone);
    here.format(", ready by %a %H:%M").to_string()
}

/// What a slot would get, what that lacks, and what else was meant for it.
fn describe(slot: &Slot, pick: Pick<'_>, candidates: &Candidates) -> String {
    let mut text = match pick {
        Pick::Dated(candidate) => format!("{}  (dated)", candidate.slug),
        Pick::Undated(candidate) => candidate.slug.clone(),
        Pick::Nothing => "—  nothing is ready".to_owned(),
    };
    for lack in candidates.lacks(pick.candidate()) {
        match lack {
            Lack::Approval(_, why) => text += &format!("  — {}", approval::explained(&why)),
            Lack::Look(_, 1) => text += "  — 1 warning",
            Lack::Look(_, warnings) => text += &format!("  — {warnings} warnings"),
            Lack::Issue | Lack::Correct(_) => {}
        }
    }
    for unfinished in unfinished(slot, candidates) {
        text += &format!("  — {unfinished}");
    }
    text
}

/// The files that are dated for a slot and cannot go out as they are.
fn unfinished(slot: &Slot, candidates: &Candidates) -> Vec<String> {
    let is_meant = |slug: &String, day: Option<NaiveDate>| {
        day.is_some_and(|day| slot.period.contains(&day)) && !candidates.used.contains(slug)
    };
    let drafts = candidates
        .folder
        .issues
        .iter()
        .filter(|issue| issue.status == Status::Draft && is_meant(&issue.slug, issue.send_on));
    let failed = candidates.folder.failed.iter();
    let failed = failed.filter(|failed| is_meant(&failed.slug, failed.send_on));
    let drafts = drafts.map(|issue| format!("{} is a draft", issue.slug));
    let failed = failed.map(|failed| match failed.draft {
        true => format!("{} is a draft and has errors", failed.slug),
        false => format!("{} has errors", failed.slug),
    });
    drafts.chain(failed).collect()
}
