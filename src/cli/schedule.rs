//! `verdict schedule next`: prints the coming instants of a schedule.

use std::io::{self, Write as _};
use std::process::ExitCode;

use chrono::{SecondsFormat, Utc};

use super::CliResult;
use crate::cli::arguments::ScheduleCommand;
use crate::cli::output;
use crate::config::time_zone;
use crate::schedule::{Cron, LAST_YEAR, Schedule};

pub(super) fn run(command: ScheduleCommand) -> CliResult {
    let ScheduleCommand::Next {
        cron,
        zone,
        after,
        count,
    } = command;
    let schedule = Schedule::new(Cron::parse(&cron)?, time_zone(&zone)?);
    let mut stdout = output::stdout();
    let mut slots = schedule.slots_after(after.with_timezone(&Utc));
    for _ in 0..count {
        let Some(slot) = slots.next() else {
            writeln!(io::stderr(), "Schedules end with the year {LAST_YEAR}.")?;
            break;
        };
        let at = slot.at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        writeln!(stdout, "{at}")?;
    }
    Ok(ExitCode::SUCCESS)
}
