//! When an edition is due: a five-field crontab expression read in an IANA time zone.
//!
//! Editors think in wall-clock time ("Thursday at nine"), and wall clocks are moved. What happens
//! then is Debian cron's rule:
//!
//! - A **fixed-time** expression, whose minute and hour fields hold only numbers, lists and ranges,
//!   is evaluated on the wall clock: each matching reading is due at the first instant at which the
//!   clock shows it or has jumped past it. So a reading that the clock skips is due right after the
//!   gap instead of being lost, one that it shows twice is due the first time only, and readings
//!   that come due at the same instant are one slot.
//! - A **real-time** expression, whose minute or hour field holds a `*` or a step, follows the
//!   clock: an instant is due if the clock reads a matching minute at its very start. So "every ten
//!   minutes" keeps its pace when the clock is set back, and has nothing to catch up on when it is
//!   set forward.
//!
//! Debian's cron looks for a leading `*` alone, so it counts `8-18/2` as fixed and `5,*` too; here
//! any `*` or `/` in the two fields makes an expression follow real time. Written-out lists and
//! ranges are fixed however long they are: `0 0-23 * * *` is not `0 * * * *`. Debian also gives up
//! on clock changes above three hours, taking them for corrections; the zones here change by rule,
//! a whole day at most, so there is no such limit.
//!
//! Slots exist from 1970 to 2100 on the wall clock, the years that the crate `cron` searches. Zone rules are
//! those compiled in by chrono-tz, which end about the year 2100 with the offset then in force.

use std::iter::FusedIterator;
use std::ops::Range;

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

mod cron;
mod error;
mod local;
mod parse;
pub mod pick;
mod zone;

#[cfg(test)]
mod tests;

pub use self::cron::Cron;
pub use self::error::CronError;

/// A schedule: a crontab expression, and the zone whose wall clock it is read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What is due.
    pub cron: Cron,
    /// On whose clock.
    pub zone: Tz,
}

/// One instant at which an edition is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The wall-clock time that was asked for. It differs from what a clock in the zone shows at
    /// [`at`](Self::at) only where the clock skipped it.
    pub wall: NaiveDateTime,
    /// The dates this slot answers for: from its own up to, not including, the next slot's. Never
    /// empty, so the slots of one day share that day.
    pub period: Range<NaiveDate>,
}

/// The last year with slots.
pub const LAST_YEAR: u32 = 2100;

/// A due instant with the wall-clock time it stands for.
type Due = (DateTime<Utc>, NaiveDateTime);

impl Schedule {
    /// Reads `cron` on the wall clock of `zone`.
    #[must_use]
    pub fn new(cron: Cron, zone: Tz) -> Self {
        Self { cron, zone }
    }

    /// The first slot strictly after `after`; `None` if there is none up to [`LAST_YEAR`].
    #[must_use]
    pub fn next_after(&self, after: DateTime<Utc>) -> Option<Slot> {
        self.slots_after(after).next()
    }

    /// All slots strictly after `after`, in order.
    #[must_use]
    pub fn slots_after(&self, after: DateTime<Utc>) -> Slots<'_> {
        Slots {
            schedule: self,
            next: self.due_after(after),
        }
    }

    /// The last slot strictly before `before`; `None` if there is none from 1970 on.
    ///
    /// The search goes back an hour, then two, and so on: it takes as long as the slots between the one found
    /// and `before`, at most twice as far back, are many.
    #[must_use]
    pub fn last_before(&self, before: DateTime<Utc>) -> Option<Slot> {
        let before = in_reach(before);
        let mut back = TimeDelta::hours(1);
        loop {
            let from = before - back;
            let slots = self.slots_after(from);
            let last = slots.take_while(|slot| slot.at < before).last();
            if last.is_some() || in_reach(from) != from {
                return last;
            }
            back = back * 2;
        }
    }

    fn due_after(&self, after: DateTime<Utc>) -> Option<Due> {
        let after = in_reach(after);
        if self.cron.follows_real_time() {
            self.real_time_after(after)
        } else {
            self.fixed_time_after(after)
        }
    }

    /// Instants are due in the order of the wall-clock times they stand for, and a time that the
    /// clock shows at `after`, or has passed by then, is not due later: so the search starts after it.
    /// What it still steps over are times shown for the second time.
    fn fixed_time_after(&self, after: DateTime<Utc>) -> Option<Due> {
        let mut wall = zone::wall(self.zone, after);
        loop {
            wall = self.cron.next_after(wall)?;
            let at = zone::first_instant(self.zone, wall);
            if at > after {
                return Some((at, wall));
            }
        }
    }

    /// Follows the clock from offset change to offset change. While the offset stands, the next
    /// matching reading is as far away on the clock as it is in real time.
    fn real_time_after(&self, after: DateTime<Utc>) -> Option<Due> {
        let mut from = zone::next_second(after);
        loop {
            let reading = zone::wall(self.zone, from);
            let wall = self.cron.next_after(reading - TimeDelta::seconds(1))?;
            let at = from + (wall - reading);
            let horizon = at.min(from + zone::REACH);
            from = match zone::first_change(self.zone, from, horizon) {
                Some(change) => change,
                None if horizon == at => return Some((at, wall)),
                // No change brings the clock to a matching reading sooner than `REACH` before `at`.
                None => horizon.max(at - zone::REACH),
            };
        }
    }
}

/// The slots of a [`Schedule`], from [`Schedule::slots_after`].
#[derive(Debug, Clone)]
pub struct Slots<'a> {
    schedule: &'a Schedule,
    next: Option<Due>,
}

impl Iterator for Slots<'_> {
    type Item = Slot;

    fn next(&mut self) -> Option<Slot> {
        let (at, wall) = self.next?;
        self.next = self.schedule.due_after(at);
        let start = wall.date();
        let day_after = start + Days::new(1);
        let end = self
            .next
            .map_or(day_after, |(_, next)| next.date().max(day_after));
        Some(Slot {
            at,
            wall,
            period: start..end,
        })
    }
}

impl FusedIterator for Slots<'_> {}

/// The nearest instant that can be searched from. Every slot, in any zone, lies between the two ends; far
/// outside them the arithmetic of chrono and `cron` overflows.
fn in_reach(instant: DateTime<Utc>) -> DateTime<Utc> {
    let first = DateTime::UNIX_EPOCH;
    let end = first + Months::new(12 * (LAST_YEAR + 1 - 1970));
    instant.clamp(first - zone::REACH, end + zone::REACH)
}
