//! `verdict new`: writes an issue file to fill in, dated for the next free slot.

use std::path::Path;

use super::log::{self, Process};
use super::{CliResult, complain, output, warn_of};
use crate::app;
use crate::cli::arguments::NewArgs;
use crate::clock::Clock;
use crate::config::Config;
use crate::edition::{self, NewIssue, OpenSlots};
use crate::issue;

pub(super) async fn run(dir: &Path, args: NewArgs) -> CliResult {
    let config = Config::load(dir, |name| std::env::var(name).ok())?;
    log::start(Process::Command, config.log.format);
    warn_of(&config.warnings);
    let (slots, no_store) = OpenSlots::of_instance(dir, &config, &Clock::system()).await;
    if let Some(error) = no_store {
        complain(&format!(
            "warning: the store cannot be read, so the slot may be taken: {error}\n"
        ));
    }
    let new = NewIssue {
        tools: [&args.tool_a, &args.tool_b],
        slug: args.slug.as_deref(),
        send_on: args.send_on,
    };
    let made = edition::new_issue(&issue::folder_in(dir), &app::rules(&config), &slots, new)?;
    if let Some(error) = made.no_schema {
        complain(&format!("warning: {error}\n"));
    }
    if let (Some(date), None) = (made.send_on, &made.slot) {
        complain(&format!(
            "warning: it is dated {date}, and no slot takes it; `verdict calendar` shows the slots\n"
        ));
    }
    let path = made.path.display();
    let zone = config.schedule.time_zone;
    let slot = made.slot.map_or_else(String::new, |slot| {
        let wall = slot.wall.format("%a %Y-%m-%d %H:%M");
        format!(" for {wall} ({zone})")
    });
    let verdict = match dir.to_str() {
        Some(".") => "verdict".to_owned(),
        _ => format!("verdict --dir {}", dir.display()),
    };
    output::done(format_args!(
        "Wrote {path}, a draft{slot}.\n\
         Next: `{verdict} check {path}` lists what is still to be written, and\n\
         `{verdict} preview {path}` shows the mail while you write."
    ))
}
