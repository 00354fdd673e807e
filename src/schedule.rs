//! Computes when editions are due from a five-field crontab expression in an IANA time zone.
//!
//! Editors think in wall-clock time ("Thursday at nine"), and wall clocks change. Verdict then
//! follows Debian cron's rule:
//!
//! - A **fixed-time** expression has only numbers, lists and ranges in its minute and hour fields.
//!   It is evaluated on the wall clock: each matching time is due at the first instant at which the
//!   clock shows it or has jumped past it. A time that the clock skips is due right after the gap,
//!   a time that it shows twice is due the first time only, and times that come due at the same
//!   instant are one slot.
//! - A **real-time** expression has a `*` or a step in its minute or hour field. It follows the
//!   clock: an instant is due if it starts a matching minute. So "every ten minutes" keeps its pace
//!   when the clock is set back, and has nothing to catch up on when it is set forward.
//!
//! Debian's cron looks only for a leading `*`, so it counts `8-18/2` and `5,*` as fixed; here, any
//! `*` or `/` in the two fields makes an expression follow real time. Written-out lists and ranges
//! are fixed, however long: `0 0-23 * * *` is not `0 * * * *`. Debian also ignores clock changes of
//! more than three hours, as corrections; zones change by rule, and by a day at most, so there is
//! no such limit here.
//!
//! Slots exist from 1970 to 2100 on the wall clock, the years that the crate `cron` searches.
//! chrono-tz compiles the zone rules in. They end at about 2100 with the offset then in force.

use std::iter::FusedIterator;
use std::ops::Range;

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
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

/// A crontab expression, and the zone of its wall clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub cron: Cron,
    pub zone: Tz,
}

/// One instant at which an edition is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub at: DateTime<Utc>,
    /// The wall-clock time that the expression names. A clock in the zone shows another time at
    /// [`at`](Self::at) only if it skipped this one.
    pub wall: NaiveDateTime,
    /// The dates that this slot covers: from its own date up to the next slot's, which is not
    /// included. Never empty, so the slots of one day share that day.
    pub period: Range<NaiveDate>,
}

/// The last year with slots.
pub const LAST_YEAR: u32 = 2100;

/// A due instant with the wall-clock time it stands for.
type Due = (DateTime<Utc>, NaiveDateTime);

impl Schedule {
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
    /// The search goes back one hour, then two, four and so on, so it visits the slots of at most twice the time
    /// between the result and `before`.
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

    /// The last slot whose period holds `day`, in the schedule's zone; `None` if every slot is later.
    #[must_use]
    pub fn covering(&self, day: NaiveDate) -> Option<Slot> {
        let after = day.succ_opt()?.and_time(NaiveTime::MIN);
        self.last_before(zone::first_instant(self.zone, after))
    }

    fn due_after(&self, after: DateTime<Utc>) -> Option<Due> {
        let after = in_reach(after);
        if self.cron.follows_real_time() {
            self.real_time_after(after)
        } else {
            self.fixed_time_after(after)
        }
    }

    /// Slots come due in the order of their wall-clock times, and a time that the clock shows or has
    /// passed at `after` does not come due later. So the search starts after it, and only steps over
    /// times that the clock shows for the second time.
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

    /// Follows the clock from one offset change to the next. Between two changes, the next matching
    /// time is as far away on the clock as in real time.
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
                // A change can bring the clock to a matching time at most `REACH` before `at`.
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
        let day_after = wall.date() + Days::new(1);
        let end = self
            .next
            .map_or(day_after, |(_, next)| next.date().max(day_after));
        let period = wall.date()..end;
        Some(Slot { at, wall, period })
    }
}

impl FusedIterator for Slots<'_> {}

/// The nearest instant from which a search can start. Every slot, in any zone, lies between the two ends. Far
/// outside them, the arithmetic of chrono and `cron` overflows.
fn in_reach(instant: DateTime<Utc>) -> DateTime<Utc> {
    let first = DateTime::UNIX_EPOCH;
    let end = first + Months::new(12 * (LAST_YEAR + 1 - 1970));
    instant.clamp(first - zone::REACH, end + zone::REACH)
}
