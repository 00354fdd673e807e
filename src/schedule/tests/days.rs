//! Which slot a day belongs to.

use chrono::NaiveDate;

use super::{instant, schedule};

#[test]
fn a_day_belongs_to_the_last_slot_of_its_period() {
    for (cron, zone, day, expected) in [
        (
            "0 9 * * thu",
            "Europe/Berlin",
            "2026-12-03",
            "2026-12-03T08:00:00Z",
        ),
        (
            "0 9 * * thu",
            "Europe/Berlin",
            "2026-12-09",
            "2026-12-03T08:00:00Z",
        ),
        ("0 9,17 * * *", "UTC", "2026-12-03", "2026-12-03T17:00:00Z"),
        (
            "0 0 * * *",
            "Pacific/Auckland",
            "2026-12-03",
            "2026-12-02T11:00:00Z",
        ),
        (
            "30 23 * * *",
            "America/New_York",
            "2026-12-03",
            "2026-12-04T04:30:00Z",
        ),
        ("0 9 1 1 *", "UTC", "2099-06-01", "2099-01-01T09:00:00Z"),
    ] {
        let slot = schedule(cron, zone).covering(day.parse().unwrap()).unwrap();
        assert_eq!(slot.at, instant(expected), "{day}, {cron} in {zone}");
        assert!(slot.period.contains(&day.parse().unwrap()));
    }
    let first = schedule("0 9 * * *", "UTC");
    assert_eq!(first.covering(NaiveDate::MIN), None);
    assert_eq!(first.covering(NaiveDate::MAX), None);
}
