//! A parsed expression, and the search for matching wall-clock times.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDateTime;

/// A crontab(5) expression of five fields: minute, hour, day of month, month, day of week.
///
/// It is understood as Debian's cron understands it: lists, ranges, steps over a `*` or a range,
/// three-letter month and weekday names (in lists and ranges too) in any case, 0 and 7 both Sunday,
/// and the nicknames `@yearly`, `@annually`, `@monthly`, `@weekly`, `@daily`, `@midnight` and
/// `@hourly`. If neither day field begins with `*`, a day matches by either of them; otherwise it
/// has to match both.
///
/// An expression that no day can match is refused.
///
/// Displays as the text it was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    pub(super) text: String,
    /// The expression in Quartz, which the crate `cron` speaks. Where a day may match by either day
    /// field, there is one for each, and the earlier time counts: Quartz wants both to match.
    pub(super) searches: Vec<::cron::Schedule>,
    pub(super) real_time: bool,
}

impl Cron {
    /// Whether the minute or the hour field holds a `*` or a step; see the
    /// [module](crate::schedule) for what that means where a clock is changed.
    #[must_use]
    pub fn follows_real_time(&self) -> bool {
        self.real_time
    }

    /// The first matching wall-clock time after `wall`. The crate takes it for UTC, where no time is
    /// skipped and none comes twice.
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

/// The searches for the numbers that the five fields name, with Sunday as 0.
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
