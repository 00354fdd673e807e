//! A parsed crontab expression, and the search for matching wall-clock times.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDateTime;

/// A crontab(5) expression of five fields: minute, hour, day of month, month, day of week.
///
/// It means what it means to Debian's cron: lists, ranges, steps over a `*` or a range, three-letter
/// month and weekday names in any case (also in lists and ranges), 0 and 7 for Sunday, and the
/// nicknames `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight` and `@hourly`. If
/// neither day field begins with `*`, a day needs to match only one of them; otherwise both.
///
/// Displays as the text it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    pub(super) text: String,
    /// The expression in Quartz notation, for the crate `cron`. Quartz requires both day fields to
    /// match, so if one is enough, there is a search for each, and the earlier time counts.
    pub(super) searches: Vec<::cron::Schedule>,
    pub(super) real_time: bool,
}

impl Cron {
    /// True if the minute or hour field has a `*` or a step. The [module](crate::schedule) explains
    /// what that means for clock changes.
    #[must_use]
    pub fn follows_real_time(&self) -> bool {
        self.real_time
    }

    /// The first matching wall-clock time after `wall`. The search treats it as UTC, which neither
    /// skips nor repeats a time.
    pub(super) fn next_after(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let next = |search: &::cron::Schedule| search.after(&wall.and_utc()).next();
        let next = self.searches.iter().filter_map(next).min()?;
        Some(next.naive_utc())
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The searches for the numbers in the five fields, with Sunday as 0.
pub(super) fn searches(
    [minutes, hours, days, months, weekdays]: [BTreeSet<u32>; 5],
    either_day: bool,
) -> Result<Vec<::cron::Schedule>, ::cron::error::Error> {
    // Quartz has seconds in front, and Sunday is 1.
    let weekdays = weekdays.iter().map(|weekday| weekday + 1).collect();
    let [minutes, hours, days, months, weekdays] =
        [minutes, hours, days, months, weekdays].map(|field| list(&field));
    let search = |days: &str, weekdays: &str| {
        format!("0 {minutes} {hours} {days} {months} {weekdays}").parse()
    };
    if either_day {
        Ok(vec![search(&days, "*")?, search("*", &weekdays)?])
    } else {
        Ok(vec![search(&days, &weekdays)?])
    }
}

fn list(numbers: &BTreeSet<u32>) -> String {
    let numbers: Vec<_> = numbers.iter().map(u32::to_string).collect();
    numbers.join(",")
}
