//! Converts between a zone's wall clock and real time.

use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Longer than any offset from UTC and any change of offset (a whole day, where a country moved
/// across the date line), and shorter than the time between two changes in any zone of the database
/// (four days, Freetown in 1939).
pub(super) const REACH: TimeDelta = TimeDelta::days(2);

/// What a clock in `zone` shows at `instant`.
pub(super) fn wall(zone: Tz, instant: DateTime<Utc>) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// The first instant at which a clock in `zone` shows `wall` or has jumped past it.
pub(super) fn first_instant(zone: Tz, wall: NaiveDateTime) -> DateTime<Utc> {
    let shown = zone.from_local_datetime(&wall).earliest();
    shown.map(|at| at.to_utc()).unwrap_or_else(|| {
        let near = wall.and_utc();
        first_second(near - REACH, near + REACH, |at| self::wall(zone, at) > wall)
    })
}

/// The first instant after `from` and up to `until` with another offset than at `from`. The two are
/// at most [`REACH`] apart, so there is at most one change between them.
pub(super) fn first_change(
    zone: Tz,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| wall(zone, at) - at.naive_utc();
    let before = offset(from);
    (offset(until) != before).then(|| first_second(from, until, |at| offset(at) != before))
}

/// The first whole second after `instant`: offsets change, and slots are due, at whole seconds.
pub(super) fn next_second(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant.trunc_subsecs(0) + TimeDelta::seconds(1)
}

/// The first second at which `reached` holds. It is false at `before` and true at `after`, and
/// changes once in between.
fn first_second(
    mut before: DateTime<Utc>,
    mut after: DateTime<Utc>,
    reached: impl Fn(DateTime<Utc>) -> bool,
) -> DateTime<Utc> {
    loop {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if middle == before {
            return after;
        }
        if reached(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
}
