//! Readers' own time: `schedule.local_time` (`docs/decisions/0008-local-time.md`).

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::schedule::Slot;
use crate::store::deliveries::DueTimes;

/// When a slot is to be decided and its edition frozen: when it is due; with `local_time`, when the first
/// clock on earth shows its time. That does not depend on the list, so nobody moves the editors' deadline
/// by subscribing.
pub fn frozen_at(app: &App, slot: &Slot) -> DateTime<Utc> {
    match slot_of_local_time(app, Some(slot)) {
        Some(slot) => slot.first_anywhere(),
        None => slot.at,
    }
}

/// The slot, if its readers get the edition at their own time. What goes out without one goes to everybody
/// at once.
pub(super) fn slot_of_local_time<'a>(app: &App, slot: Option<&'a Slot>) -> Option<&'a Slot> {
    slot.filter(|_| app.config.schedule.local_time)
}

/// When the readers of each zone are due, those whose time has passed now.
pub(super) fn due_times(slot: &Slot, now: i64) -> DueTimes {
    let due = |at: DateTime<Utc>| at.timestamp_millis().max(now);
    DueTimes {
        zones: slot
            .everywhere()
            .map(|(zone, at)| (zone, due(at)))
            .collect(),
        elsewhere: due(slot.at),
    }
}
