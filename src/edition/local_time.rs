//! Delivery at readers' local time: `schedule.local_time` (`docs/decisions/0008-local-time.md`).

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::schedule::Slot;
use crate::store::deliveries::DueTimes;

/// When to decide a slot and freeze its edition: when it is due, or with `local_time` when the first clock on
/// earth shows its time. That does not depend on the readers' zones, so that a new reader cannot move the editors'
/// deadline.
pub fn frozen_at(app: &App, slot: &Slot) -> DateTime<Utc> {
    match slot_of_local_time(app, Some(slot)) {
        Some(slot) => slot.first_anywhere(),
        None => slot.at,
    }
}

/// The slot, if readers get its edition at their local time. Without a slot, an edition goes to everybody at once.
pub(super) fn slot_of_local_time<'a>(app: &App, slot: Option<&'a Slot>) -> Option<&'a Slot> {
    slot.filter(|_| app.config.schedule.local_time)
}

/// When to mail the readers of each zone: now if their local time has passed.
pub(super) fn due_times(slot: &Slot, now: i64) -> DueTimes {
    let due = |at: DateTime<Utc>| at.timestamp_millis().max(now);
    let zones = slot.everywhere().map(|(zone, at)| (zone, due(at)));
    DueTimes {
        zones: zones.collect(),
        elsewhere: due(slot.at),
    }
}
