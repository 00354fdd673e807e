//! Delivery at readers' local time: `schedule.local_time` (`docs/decisions/0008-local-time.md`).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::time;
use crate::app::App;
use crate::clock::instant;
use crate::schedule::Slot;
use crate::store::StoreError;
use crate::store::deliveries::{self, DueTimes};

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

/// The readers of one zone, and when they get a slot's edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneReaders {
    /// The name of their zone.
    pub zone: String,
    pub at: DateTime<Utc>,
    pub readers: i64,
}

/// Who would get a slot's edition when, if the list stayed as it is: zone by zone, the most readers first. Readers
/// without a zone count with the newsletter's. It reads the whole list.
pub async fn readers_by_zone(app: &App, slot: &Slot) -> Result<Vec<ZoneReaders>, StoreError> {
    let due = due_times(slot, time::now(app).await?.timestamp_millis());
    let own = app.config.schedule.time_zone.name();
    let mut readers = BTreeMap::<_, i64>::new();
    for (zone, count) in deliveries::expected_by_zone(&app.store, &due).await? {
        let zone = zone.unwrap_or_else(|| own.to_owned());
        *readers.entry(zone).or_default() += count;
    }
    let times: BTreeMap<_, _> = due.zones.into_iter().collect();
    let readers = readers.into_iter().map(|(zone, readers)| ZoneReaders {
        at: instant(times.get(&*zone).copied().unwrap_or(due.elsewhere)),
        zone,
        readers,
    });
    let mut readers = Vec::from_iter(readers);
    readers.sort_by_key(|one| -one.readers);
    Ok(readers)
}
