#![allow(clippy::unwrap_used, clippy::expect_used)]

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Cron, Schedule, Slot};

mod days;
mod local;
mod oracle;
mod refusals;

fn schedule(cron: &str, zone: &str) -> Schedule {
    let cron = Cron::parse(cron).unwrap_or_else(|error| panic!("{error}"));
    Schedule::new(cron, zone.parse().unwrap())
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[track_caller]
fn assert_slots(cron: &str, zone: &str, after: &str, expected: &[&str]) {
    let schedule = schedule(cron, zone);
    let slots = schedule.slots_after(instant(after)).take(expected.len());
    let expected: Vec<_> = expected.iter().map(|text| instant(text)).collect();
    assert_eq!(
        slots.map(|slot| slot.at).collect::<Vec<_>>(),
        expected,
        "{cron} in {zone}"
    );
}

#[track_caller]
fn assert_same(one: &str, other: &str) {
    let anonymous = |text: &str| Cron {
        text: String::new(),
        ..text.parse().unwrap()
    };
    assert_eq!(anonymous(one), anonymous(other), "{one} and {other}");
}

// What an expression means.

#[test]
fn spellings_of_one_expression_mean_the_same() {
    assert_same("0 9 * * 0", "0 9 * * 7");
    assert_same("0 9 * * SUN", "0 9 * * 0");
    assert_same(" 00\t09  * * Mon \n", "0 9 * * 1");
    assert_same("0 9 * jan,MAR-may *", "0 9 * 1,3-5 *");
    assert_same("0 9 * * mon-fri", "0 9 * * 1-5");
    assert_same("0 9 * * fri-sun", "0 9 * * 0,5,6");
    assert_same("0 9 * * 5-7", "0 9 * * 0,5,6");
    assert_same("0 9 * * */7", "0 9 * * */9");
    assert_same("0 9 1-31/10 * *", "0 9 1,11,21,31 * *");
    assert_same("*/90 * * * *", "*/60 * * * *");
    assert_same("@weekly", "0 0 * * 0");
    assert_same("@Midnight", "@daily");
    assert_same("@annually", "0 0 1 1 *");
    assert_same("@yearly", "@annually");
    assert_same("@monthly", "0 0 1 * *");
    assert_same("@hourly", "0 * * * *");
}

#[test]
fn an_expression_displays_as_it_was_written() {
    assert_eq!(
        Cron::parse(" 0  9 * * MON").unwrap().to_string(),
        " 0  9 * * MON"
    );
}

#[test]
fn two_restricted_day_fields_match_either_way() {
    let after = "2026-03-01T00:00:00Z";
    let friday_or_13th = [
        "2026-03-06T09:00:00Z",
        "2026-03-13T09:00:00Z",
        "2026-03-20T09:00:00Z",
        "2026-03-27T09:00:00Z",
        "2026-04-03T09:00:00Z",
        "2026-04-10T09:00:00Z",
        "2026-04-13T09:00:00Z",
    ];
    assert_slots("0 9 13 * fri", "UTC", after, &friday_or_13th);
}

#[test]
fn a_day_field_that_begins_with_a_star_is_not_restricted() {
    // Odd days that are Mondays, as in Debian; a range in place of the star makes it either.
    let after = "2026-03-01T00:00:00Z";
    assert_slots(
        "0 9 */2 * mon",
        "UTC",
        after,
        &["2026-03-09T09:00:00Z", "2026-03-23T09:00:00Z"],
    );
    assert_slots(
        "0 9 1-31/2 * mon",
        "UTC",
        after,
        &["2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z"],
    );
    assert_slots(
        "0 9 29 2 */7",
        "UTC",
        after,
        &["2032-02-29T09:00:00Z", "2060-02-29T09:00:00Z"],
    );
}

#[test]
fn slots_lie_strictly_after_the_instant_asked_for() {
    let due = instant("2026-03-02T09:00:00Z");
    let schedule = schedule("0 9 * * mon", "UTC");
    let almost = due - chrono::TimeDelta::nanoseconds(1);
    assert_eq!(schedule.next_after(almost).unwrap().at, due);
    assert_eq!(
        schedule.next_after(due).unwrap().at,
        instant("2026-03-09T09:00:00Z")
    );
}

// Clock changes.

#[test]
fn a_weekly_slot_keeps_its_wall_clock_time_over_the_year() {
    assert_slots(
        "0 9 * * thu",
        "Europe/Berlin",
        "2026-03-20T00:00:00Z",
        &["2026-03-26T08:00:00Z", "2026-04-02T07:00:00Z"],
    );
}

#[test]
fn a_fixed_time_in_a_gap_is_due_right_after_it() {
    let after = "2026-03-28T12:00:00Z";
    let next = ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"];
    assert_slots("30 2 * * *", "Europe/Berlin", after, &next);
    // Several readings of one gap are one slot, together with the one right after it.
    let next = ["2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"];
    assert_slots("0 2,3,4 * * *", "Europe/Berlin", after, &next);
    let next = [
        "2026-03-29T00:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-29T02:00:00Z",
    ];
    assert_slots(
        "0 0-23 * * *",
        "Europe/Berlin",
        "2026-03-28T23:00:00Z",
        &next,
    );

    let slot = schedule("30 2 * * *", "Europe/Berlin")
        .next_after(instant(after))
        .unwrap();
    assert_eq!(slot.wall.to_string(), "2026-03-29 02:30:00");
}

#[test]
fn a_fixed_time_in_an_overlap_is_due_once_the_first_time() {
    let after = "2026-10-24T12:00:00Z";
    let next = ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"];
    assert_slots("30 2 * * *", "Europe/Berlin", after, &next);
    // Asked between the two passes, it is not due again.
    assert_slots(
        "30 2 * * *",
        "Europe/Berlin",
        "2026-10-25T00:45:00Z",
        &next[1..],
    );
    assert_slots(
        "30 2 * * *",
        "Europe/Berlin",
        "2026-10-25T01:15:00Z",
        &next[1..],
    );
}

#[test]
fn wildcards_and_steps_follow_real_time() {
    let gap = [
        "2026-03-29T00:30:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-29T01:30:00Z",
    ];
    assert_slots(
        "*/30 * * * *",
        "Europe/Berlin",
        "2026-03-29T00:00:00Z",
        &gap,
    );
    let overlap = [
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-26T01:30:00Z",
    ];
    assert_slots(
        "30 2-2/1 * * *",
        "Europe/Berlin",
        "2026-10-25T00:00:00Z",
        &overlap,
    );
    let no_gap = ["2026-03-30T00:00:00Z"];
    assert_slots(
        "*/60 2 * * *",
        "Europe/Berlin",
        "2026-03-28T12:00:00Z",
        &no_gap,
    );
}

#[test]
fn real_time_is_followed_across_the_changes_of_a_year() {
    let berlin = ["2026-07-01T07:00:00Z", "2026-07-01T07:30:00Z"];
    assert_slots(
        "*/30 9 1 7 *",
        "Europe/Berlin",
        "2026-01-01T00:00:00Z",
        &berlin,
    );
    let berlin = ["2027-01-01T08:00:00Z", "2027-01-01T08:30:00Z"];
    assert_slots(
        "*/30 9 1 1 *",
        "Europe/Berlin",
        "2026-07-01T00:00:00Z",
        &berlin,
    );
}

#[test]
fn gaps_at_midnight_stay_on_their_date() {
    // 00:00 to 01:00 was skipped in both.
    let schedule_in = |zone| schedule("0 0 * * *", zone);
    let slot = schedule_in("America/Sao_Paulo")
        .next_after(instant("2018-11-03T12:00:00Z"))
        .unwrap();
    assert_eq!(slot.at, instant("2018-11-04T03:00:00Z"));
    assert_eq!(
        slot.wall.date(),
        NaiveDate::from_ymd_opt(2018, 11, 4).unwrap()
    );
    assert_slots(
        "0 0 * * *",
        "Asia/Beirut",
        "2022-03-26T12:00:00Z",
        &["2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"],
    );
}

#[test]
fn a_date_that_a_country_skipped_is_due_when_the_next_one_begins() {
    // Apia had no 30 December 2011.
    let slots = [
        "2011-12-29T19:00:00Z",
        "2011-12-30T10:00:00Z",
        "2011-12-30T19:00:00Z",
    ];
    assert_slots("0 9 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", &slots);
    let days: Vec<_> = schedule("0 9 * * *", "Pacific/Apia")
        .slots_after(instant("2011-12-29T00:00:00Z"))
        .take(3)
        .map(|slot| slot.period.start.to_string())
        .collect();
    assert_eq!(days, ["2011-12-29", "2011-12-30", "2011-12-31"]);
    assert_slots(
        "*/60 9 * * *",
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &[slots[0], slots[2]],
    );
}

#[test]
fn half_hour_changes_are_followed() {
    let gap = ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"];
    assert_slots(
        "15 2 * * *",
        "Australia/Lord_Howe",
        "2026-10-03T12:00:00Z",
        &gap,
    );
    let overlap = ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"];
    assert_slots(
        "45 1 * * *",
        "Australia/Lord_Howe",
        "2026-04-04T12:00:00Z",
        &overlap,
    );
}

#[test]
fn offsets_with_seconds_are_exact() {
    // Monrovia was 44 minutes and 30 seconds behind until 1972.
    let nine = ["1971-01-01T09:44:30Z"];
    assert_slots(
        "0 9 * * *",
        "Africa/Monrovia",
        "1971-01-01T00:00:00Z",
        &nine,
    );
    assert_slots(
        "* 9 * * *",
        "Africa/Monrovia",
        "1971-01-01T00:00:00Z",
        &nine,
    );
}

// Periods.

#[test]
fn periods_run_from_slot_to_slot() {
    let mondays_and_fridays = schedule("0 9 * * mon,fri", "UTC");
    let periods: Vec<_> = mondays_and_fridays
        .slots_after(instant("2026-03-01T00:00:00Z"))
        .take(2)
        .map(|slot| format!("{}..{}", slot.period.start, slot.period.end))
        .collect();
    assert_eq!(
        periods,
        ["2026-03-02..2026-03-06", "2026-03-06..2026-03-09"]
    );
}

#[test]
fn slots_of_one_day_share_the_day() {
    let slot = schedule("0 9,17 * * mon", "UTC")
        .next_after(instant("2026-03-01T00:00:00Z"))
        .unwrap();
    assert_eq!(
        format!("{}..{}", slot.period.start, slot.period.end),
        "2026-03-02..2026-03-03"
    );
}

// The ends of time.

#[test]
fn slots_begin_with_the_year_1970_and_end_with_the_year_2100() {
    for (cron, zone, first, last) in [
        (
            "0 9 * * *",
            "Pacific/Kiritimati",
            "1970-01-01T19:40:00Z",
            "2100-12-30T19:00:00Z",
        ),
        (
            "* * * * *",
            "Etc/GMT+12",
            "1970-01-01T12:00:00Z",
            "2101-01-01T11:59:00Z",
        ),
        (
            "* * * * *",
            "Etc/GMT-14",
            "1969-12-31T10:00:00Z",
            "2100-12-31T09:59:00Z",
        ),
    ] {
        let schedule = schedule(cron, zone);
        let at = |slot: Option<Slot>| slot.map(|slot| slot.at);
        for before in [DateTime::<Utc>::MIN_UTC, instant("0001-01-01T00:00:00Z")] {
            assert_eq!(at(schedule.next_after(before)), Some(instant(first)));
            assert_eq!(schedule.last_before(before), None);
        }
        for after in [DateTime::<Utc>::MAX_UTC, instant("9999-12-31T23:59:59Z")] {
            assert_eq!(schedule.next_after(after), None);
            assert_eq!(at(schedule.last_before(after)), Some(instant(last)));
        }
        let end = schedule.slots_after(instant("2100-12-28T00:00:00Z")).last();
        assert_eq!(at(end), Some(instant(last)));
    }
}

#[test]
fn the_rarest_expressions_are_found() {
    // 29 February on a Sunday. The one after 2088 would be in 2128: 2100 is no leap year.
    for cron in ["0 9 29 2 */7", "* 9 29 2 */7"] {
        assert_slots(
            cron,
            "UTC",
            "2060-03-01T00:00:00Z",
            &["2088-02-29T09:00:00Z"],
        );
        let later = schedule(cron, "UTC").next_after(instant("2088-03-01T00:00:00Z"));
        assert_eq!(later, None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_upsets_the_parser(text in "[-0-9a-zA-Z*/,?#@ \t\u{e9}]{0,24}|.{0,24}") {
        if let Err(error) = Cron::parse(&text) {
            prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}");
            prop_assert!(!error.message.contains('\n'));
            prop_assert!(error.to_string().contains('^'));
        }
    }

    #[test]
    fn slots_are_those_of_a_cron_that_looks_every_minute(
        cron in oracle::expression(),
        zone in prop::sample::select(oracle::ZONES),
        // 1970 to 2089: a search for the next clock change does not go further than 2100.
        seconds in 2 * 86_400_i64..3_786_912_000,
    ) {
        let zone: Tz = zone;
        oracle::assert_agrees(&cron, zone, DateTime::from_timestamp(seconds, 0).unwrap())?;
    }
}

#[test]
fn the_last_slot_before_an_instant_is_the_one_that_a_walk_ends_at() {
    for (cron, zone, before, last) in [
        (
            "*/5 * * * *",
            "UTC",
            "2026-11-24T19:05:00Z",
            "2026-11-24T19:00:00Z",
        ),
        (
            "*/5 * * * *",
            "UTC",
            "2026-11-24T19:05:00.001Z",
            "2026-11-24T19:05:00Z",
        ),
        (
            "0 9 * * thu",
            "Europe/Berlin",
            "2026-11-26T08:00:00Z",
            "2026-11-19T08:00:00Z",
        ),
        (
            "0 9 * * thu",
            "Europe/Berlin",
            "2026-10-28T08:00:00Z",
            "2026-10-22T07:00:00Z",
        ),
        (
            "* * 1 1 *",
            "UTC",
            "2026-11-24T19:00:00Z",
            "2026-01-01T23:59:00Z",
        ),
        (
            "0 9 29 2 *",
            "UTC",
            "2104-02-29T09:00:00Z",
            "2096-02-29T09:00:00Z",
        ),
    ] {
        let found = schedule(cron, zone).last_before(instant(before));
        assert_eq!(
            found.map(|slot| slot.at),
            Some(instant(last)),
            "{cron} before {before}"
        );
    }
    let nothing = schedule("0 9 * * *", "UTC").last_before(instant("1970-01-01T00:00:00Z"));
    assert_eq!(nothing, None);
}
