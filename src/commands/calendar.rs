//! `verdict calendar`: the coming slots, and which issue each would get.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use super::{Outcome, open};
use crate::edition;
use crate::issue::Status;
use crate::pick::{self, Candidate, Pick};
use crate::schedule::{Schedule, Slot};

pub(super) async fn run(dir: &Path, count: u16) -> Outcome {
    let engine = open(dir).await?;
    let (candidates, used, folder) = edition::candidates(&engine).await?;
    let config = &engine.config.schedule;
    let schedule = Schedule::new(config.cron.clone(), config.time_zone);
    let slots: Vec<Slot> = schedule
        .slots_after(engine.clock.now())
        .take(usize::from(count))
        .collect();
    let plan = pick::plan(slots, &candidates, used);

    let mut stdout = io::stdout().lock();
    for (slot, pick) in &plan.slots {
        let wall = slot.wall.format("%a %Y-%m-%d %H:%M");
        writeln!(stdout, "{wall}  {}", describe(*pick))?;
    }
    writeln!(stdout, "\nTimes are in {}.", config.time_zone)?;
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

fn describe(pick: Pick<'_>) -> String {
    let slug = |candidate: &Candidate| candidate.slug.clone();
    match pick {
        Pick::Dated(candidate) => format!("{}  (dated)", slug(candidate)),
        Pick::Undated(candidate) => slug(candidate),
        Pick::Nothing => "—  nothing is ready".to_owned(),
    }
}
