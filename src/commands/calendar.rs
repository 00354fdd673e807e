//! `verdict calendar`: the coming slots, and which issue each would get.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::{Outcome, open};
use crate::edition;
use crate::engine::Engine;
use crate::issue::Status;
use crate::pick::{self, Candidate, Pick};
use crate::schedule::{Schedule, Slot};
use crate::store::{StoreError, slots};

pub(super) async fn run(dir: &Path, count: u16) -> Outcome {
    let engine = open(dir).await?;
    let (candidates, used, folder) = edition::candidates(&engine).await?;
    let config = &engine.config.schedule;
    let schedule = Schedule::new(config.cron.clone(), config.time_zone);
    let slots: Vec<Slot> = schedule
        .slots_after(undecided_from(&engine).await?)
        .take(usize::from(count))
        .collect();
    let plan = pick::plan(slots, &candidates, used);

    let mut stdout = io::stdout().lock();
    for (slot, pick) in &plan.slots {
        let wall = slot.wall.format("%a %Y-%m-%d %H:%M");
        let ready_by = ready_by(&engine, slot);
        writeln!(stdout, "{wall}{ready_by}  {}", describe(*pick))?;
    }
    writeln!(stdout, "\nTimes are in {}.", config.time_zone)?;
    if config.local_time {
        writeln!(
            stdout,
            "Readers elsewhere get each edition when their own clock shows its time. It is frozen when the \
             first one does."
        )?;
    }
    for candidate in plan.stranded {
        let date = candidate
            .send_on
            .map(|date| date.to_string())
            .unwrap_or_default();
        writeln!(
            stdout,
            "warning: {} is dated {date}, and no slot takes it",
            candidate.slug
        )?;
    }
    for issue in folder
        .issues
        .iter()
        .filter(|issue| issue.status == Status::Draft)
    {
        writeln!(stdout, "draft: {}", issue.slug)?;
    }
    for failed in &folder.failed {
        let slug = &failed.slug;
        writeln!(stdout, "error: {slug} does not check; run `verdict check`")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// From when on slots are still to be decided: with `local_time` that happens before they are due.
async fn undecided_from(engine: &Engine) -> Result<DateTime<Utc>, StoreError> {
    let decided = slots::latest(&engine.store, i64::MAX).await?;
    let decided = decided.and_then(DateTime::from_timestamp_millis);
    let now = engine.clock.now();
    Ok(decided.map_or(now, |decided| decided.max(now)))
}

/// Until when the issue may change, where that is not when the slot is due.
fn ready_by(engine: &Engine, slot: &Slot) -> String {
    let frozen_at = edition::frozen_at(engine, slot);
    if frozen_at == slot.at {
        return String::new();
    }
    let here = frozen_at.with_timezone(&engine.config.schedule.time_zone);
    here.format(", ready by %a %H:%M").to_string()
}

fn describe(pick: Pick<'_>) -> String {
    let slug = |candidate: &Candidate| candidate.slug.clone();
    match pick {
        Pick::Dated(candidate) => format!("{}  (dated)", slug(candidate)),
        Pick::Undated(candidate) => slug(candidate),
        Pick::Nothing => "—  nothing is ready".to_owned(),
    }
}
