//! Converts a slot to the clocks of other zones, for delivery at the reader's local time
//! (`docs/decisions/0008-local-time.md`).

use chrono::{DateTime, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::{Slot, zone};

impl Slot {
    /// The first instant at which a clock in `zone` shows this slot's wall-clock time or has jumped
    /// past it. It is never before the slot's date begins there.
    #[must_use]
    pub fn at_in(&self, zone: Tz) -> DateTime<Utc> {
        zone::first_instant(zone, self.wall)
    }

    /// That instant for each zone of the IANA database in this build, with the zone's name.
    pub fn everywhere(&self) -> impl Iterator<Item = (&'static str, DateTime<Utc>)> {
        let at_in = |zone: &Tz| (zone.name(), self.at_in(*zone));
        TZ_VARIANTS.iter().map(at_in)
    }

    /// When the first clock on earth gets there: 14 hours before UTC.
    #[must_use]
    pub fn first_anywhere(&self) -> DateTime<Utc> {
        let instants = self.everywhere().map(|(_, at)| at);
        instants.min().map_or(self.at, |first| first.min(self.at))
    }
}
