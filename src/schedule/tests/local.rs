//! Slots on the clocks of other zones.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};
use chrono_tz::TZ_VARIANTS;

use super::*;

/// The slot of a schedule in UTC that stands for this wall-clock time.
fn slot(wall: &str) -> Slot {
    let wall: NaiveDateTime = wall.parse().unwrap();
    let cron = wall.format("%-M %-H %-d %-m *").to_string();
    let before = wall.and_utc() - TimeDelta::minutes(1);
    schedule(&cron, "UTC").next_after(before).unwrap()
}

fn wall(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

#[test]
fn a_reader_is_due_when_their_own_clock_gets_there() {
    for (time, zone, due) in [
        ("2026-11-26T09:00:00", "UTC", "2026-11-26T09:00:00Z"),
        (
            "2026-11-26T09:00:00",
            "Europe/Berlin",
            "2026-11-26T08:00:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "Pacific/Kiritimati",
            "2026-11-25T19:00:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "Pacific/Chatham",
            "2026-11-25T19:15:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "Asia/Kathmandu",
            "2026-11-26T03:15:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "America/New_York",
            "2026-11-26T14:00:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "Pacific/Marquesas",
            "2026-11-26T18:30:00Z",
        ),
        (
            "2026-11-26T09:00:00",
            "Pacific/Pago_Pago",
            "2026-11-26T20:00:00Z",
        ),
        ("2026-11-26T09:00:00", "Etc/GMT+12", "2026-11-26T21:00:00Z"),
        // Half an hour of daylight saving, in force and not.
        (
            "2026-12-10T09:00:00",
            "Australia/Lord_Howe",
            "2026-12-09T22:00:00Z",
        ),
        (
            "2026-07-10T09:00:00",
            "Australia/Lord_Howe",
            "2026-07-09T22:30:00Z",
        ),
        // A gap where the reader is: the first valid instant after it.
        (
            "2026-03-29T02:30:00",
            "Europe/Berlin",
            "2026-03-29T01:00:00Z",
        ),
        (
            "2026-10-04T02:15:00",
            "Australia/Lord_Howe",
            "2026-10-03T15:30:00Z",
        ),
        (
            "2026-03-08T02:30:00",
            "America/New_York",
            "2026-03-08T07:00:00Z",
        ),
        // Midnight itself is skipped.
        (
            "2018-11-04T00:00:00",
            "America/Sao_Paulo",
            "2018-11-04T03:00:00Z",
        ),
        // An overlap: the earlier.
        (
            "2026-10-25T02:30:00",
            "Europe/Berlin",
            "2026-10-25T00:30:00Z",
        ),
        (
            "2026-04-05T01:45:00",
            "Australia/Lord_Howe",
            "2026-04-04T14:45:00Z",
        ),
        // Samoa had no 30 December 2011: due when the 31st begins there.
        (
            "2011-12-29T09:00:00",
            "Pacific/Apia",
            "2011-12-29T19:00:00Z",
        ),
        (
            "2011-12-30T09:00:00",
            "Pacific/Apia",
            "2011-12-30T10:00:00Z",
        ),
        (
            "2011-12-31T09:00:00",
            "Pacific/Apia",
            "2011-12-30T19:00:00Z",
        ),
    ] {
        let found = slot(time).at_in(zone.parse().unwrap());
        assert_eq!(found, instant(due), "{time} in {zone}");
    }
}

#[test]
fn the_first_clock_is_14_hours_before_one_on_utc() {
    for time in [
        "2026-11-26T09:00:00",
        "2026-07-01T00:00:00",
        "2011-12-30T09:00:00",
    ] {
        let slot = slot(time);
        assert_eq!(
            slot.first_anywhere(),
            slot.at - TimeDelta::hours(14),
            "{time}"
        );
    }
}

#[test]
fn in_its_own_zone_a_reader_is_due_at_the_slot() {
    for cron in ["0 9 * * *", "30 2 * * *", "0 2,3 * * *", "0 0 * * *"] {
        for zone in oracle::ZONES {
            let schedule = Schedule::new(Cron::parse(cron).unwrap(), *zone);
            for slot in schedule
                .slots_after(instant("2011-03-01T00:00:00Z"))
                .take(1000)
            {
                assert_eq!(slot.at_in(*zone), slot.at, "{cron} in {zone}");
            }
        }
    }
}

#[test]
fn every_zone_is_there_under_the_name_it_is_known_by() {
    let slot = slot("2026-11-26T09:00:00");
    let everywhere: Vec<_> = slot.everywhere().collect();
    assert_eq!(everywhere.len(), TZ_VARIANTS.len());
    for (name, at) in everywhere {
        assert_eq!(at, slot.at_in(name.parse().unwrap()), "{name}");
    }
    let old = ["Asia/Calcutta", "US/Eastern", "GB", "Etc/GMT-14"];
    for name in old {
        assert!(slot.everywhere().any(|(known, _)| known == name), "{name}");
    }
}

/// A wall-clock time about the first change of a zone's clock after an instant, if there is one soon.
fn near_a_change(zone: Tz, after: DateTime<Utc>, minutes: i64) -> NaiveDateTime {
    let offset = |at| wall(zone, at) - at.naive_utc();
    let day = TimeDelta::days(1);
    let mut days = std::iter::successors(Some(after), |at| Some(*at + day)).take(800);
    let change = days.find(|at| offset(*at) != offset(*at + day));
    let time = wall(zone, change.unwrap_or(after)) + TimeDelta::minutes(minutes);
    time.date()
        .and_hms_opt(time.hour(), time.minute(), 0)
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_reader_is_due_at_that_time_of_that_date_or_right_after_the_gap(
        zone in prop::sample::select(TZ_VARIANTS.as_slice()),
        after in 1_200_000_000_i64..3_600_000_000,
        minutes in 0..26 * 60_i64,
    ) {
        let time = near_a_change(zone, DateTime::from_timestamp(after, 0).unwrap(), minutes);
        let slot = slot(&time.format("%Y-%m-%dT%H:%M:%S").to_string());
        let due = slot.at_in(zone);
        let shown = wall(zone, due);
        prop_assert!(shown >= time, "{time} in {zone}: {shown}");
        for before in std::iter::once(TimeDelta::seconds(1)).chain((1..180).map(TimeDelta::minutes)) {
            prop_assert!(wall(zone, due - before) < time, "{time} in {zone}: {due} is late");
        }
        let second = TimeDelta::seconds(1);
        if shown != time {
            prop_assert!(shown - wall(zone, due - second) > second, "{time} in {zone}: no gap");
        }
        let midnight = time.date().and_time(NaiveTime::MIN);
        prop_assert!(shown >= midnight, "{time} in {zone}: the date has not begun");
        prop_assert!(slot.first_anywhere() <= due);
    }
}
