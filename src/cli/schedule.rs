//! `verdict schedule next`: the coming instants of a schedule.

use std::io::Write as _;
use std::process::ExitCode;

use chrono::{SecondsFormat, Utc};

use super::CliResult;
use crate::cli::arguments::ScheduleCommand;
use crate::cli::output;
use crate::config::time_zone;
use crate::schedule::{Cron, Schedule};

pub(super) fn run(command: ScheduleCommand) -> CliResult {
    let ScheduleCommand::Next {
        cron,
        zone,
        after,
        count,
    } = command;
    let schedule = Schedule::new(Cron::parse(&cron)?, time_zone(&zone)?);
    let mut stdout = output::stdout();
    for slot in schedule
        .slots_after(after.with_timezone(&Utc))
        .take(count as usize)
    {
        writeln!(
            stdout,
            "{}",
            slot.at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
