//! A parsed expression, and the search for matching wall-clock times.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// The first and the last day looked at. A day inside the years 1 to 9999, so that the instants on
/// them are inside as well, in any zone.
pub(super) const FIRST_DAY: NaiveDate = day(1, 1, 2);
pub(super) const LAST_DAY: NaiveDate = day(9999, 12, 30);

/// What the crontab calls one step of time.
pub(super) const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// A crontab(5) expression of five fields: minute, hour, day of month, month, day of week.
///
/// It is understood as Debian's cron understands it: lists, ranges, steps over a `*` or a range,
/// three-letter month and weekday names (in lists and ranges too) in any case, 0 and 7 both Sunday,
/// and the nicknames `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight` and
/// `@hourly`. If neither day field begins with `*`, a day matches by either of them; otherwise it
/// has to match both.
///
/// An expression that no day can match is refused, so every `Cron` has matching times, and none is
/// more than 40 years after the one before (29 February on one weekday, around the year 2100).
///
/// Displays as the text it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    pub(super) text: String,
    pub(super) minutes: Set,
    pub(super) hours: Set,
    pub(super) days: Set,
    pub(super) months: Set,
    /// Sunday is 0, and only 0.
    pub(super) weekdays: Set,
    pub(super) either_day: bool,
    pub(super) real_time: bool,
}

impl Cron {
    /// Whether the minute or the hour field holds a `*` or a step; see the
    /// [module](crate::schedule) for what that means where a clock is changed.
    #[must_use]
    pub fn follows_real_time(&self) -> bool {
        self.real_time
    }

    /// The first matching wall-clock time that is not before `from`.
    pub(super) fn first_from(&self, from: NaiveDateTime) -> Option<NaiveDateTime> {
        let from = whole_minute_from(from)?;
        if from.date() <= LAST_DAY
            && self.matches(from.date())
            && let Some(time) = self.time_from(from.hour(), from.minute())
        {
            return Some(from.date().and_time(time));
        }
        let date = self.date_from(from.date().succ_opt()?)?;
        Some(date.and_time(self.time_from(0, 0)?))
    }

    fn date_from(&self, mut date: NaiveDate) -> Option<NaiveDate> {
        while date <= LAST_DAY {
            if !self.months.contains(date.month()) {
                date = date.with_day(1)?.checked_add_months(Months::new(1))?;
            } else if !self.matches(date) {
                date = date.checked_add_days(Days::new(1))?;
            } else {
                return Some(date);
            }
        }
        None
    }

    fn matches(&self, date: NaiveDate) -> bool {
        let by_day = self.days.contains(date.day());
        let by_weekday = self
            .weekdays
            .contains(date.weekday().num_days_from_sunday());
        let day = if self.either_day {
            by_day || by_weekday
        } else {
            by_day && by_weekday
        };
        day && self.months.contains(date.month())
    }

    fn time_from(&self, hour: u32, minute: u32) -> Option<NaiveTime> {
        let this_hour = self
            .hours
            .contains(hour)
            .then(|| self.minutes.first_from(minute));
        let (hour, minute) = match this_hour.flatten() {
            Some(minute) => (hour, minute),
            None => (
                self.hours.first_from(hour + 1)?,
                self.minutes.first_from(0)?,
            ),
        };
        NaiveTime::from_hms_opt(hour, minute, 0)
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A set of the numbers 0 to 63.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Set(u64);

impl Set {
    /// Puts `number` in, if it is in range.
    pub(super) fn insert(&mut self, number: u32) {
        self.0 |= 1_u64.checked_shl(number).unwrap_or(0);
    }

    pub(super) fn contains(self, number: u32) -> bool {
        self.first_from(number) == Some(number)
    }

    /// The smallest member that is not below `number`.
    pub(super) fn first_from(self, number: u32) -> Option<u32> {
        let rest = self.0.checked_shr(number)?;
        (rest != 0).then(|| number + rest.trailing_zeros())
    }
}

fn whole_minute_from(time: NaiveDateTime) -> Option<NaiveDateTime> {
    let floor = time.date().and_hms_opt(time.hour(), time.minute(), 0)?;
    if floor < time {
        floor.checked_add_signed(MINUTE)
    } else {
        Some(floor)
    }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}
