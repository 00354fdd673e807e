//! `verdict schedule next` against instants from another implementation of time zones (Python's zoneinfo), and
//! `verdict calendar`.

use super::Instance;
use crate::test_app::sample_issue;

#[test]
fn instants_follow_crontab_and_the_wall_clock() {
    let instance = Instance::new();
    for (cron, zone, after, expected) in [
        (
            "0 9 * * thu",
            "Europe/Berlin",
            "2026-11-23T08:00:00Z",
            "2026-11-26T08:00:00Z 2026-12-03T08:00:00Z",
        ),
        (
            "0 9 * * 0",
            "UTC",
            "2026-11-23T00:00:00Z",
            "2026-11-29T09:00:00Z 2026-12-06T09:00:00Z",
        ),
        (
            "0 9 * * 7",
            "UTC",
            "2026-11-23T00:00:00Z",
            "2026-11-29T09:00:00Z 2026-12-06T09:00:00Z",
        ),
        // Either day may match when both fields are restricted.
        (
            "0 0 13 * fri",
            "UTC",
            "2026-11-12T12:00:00Z",
            "2026-11-13T00:00:00Z 2026-11-20T00:00:00Z",
        ),
        (
            "0 0 1 jan,jul *",
            "UTC",
            "2026-11-12T12:00:00Z",
            "2027-01-01T00:00:00Z 2027-07-01T00:00:00Z",
        ),
        (
            "*/20 8-9 * * *",
            "UTC",
            "2026-11-12T08:30:00Z",
            "2026-11-12T08:40:00Z 2026-11-12T09:00:00Z",
        ),
        (
            "0 0 29 2 *",
            "UTC",
            "2026-11-12T12:00:00Z",
            "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z",
        ),
        // A gap: half past two does not exist; the first instant after it.
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-03-28T12:00:00Z",
            "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
        ),
        (
            "30 2 * * *",
            "America/New_York",
            "2026-03-07T12:00:00Z",
            "2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
        ),
        // An overlap: half past two exists twice; the earlier one, once.
        (
            "30 2 * * *",
            "Europe/Berlin",
            "2026-10-24T12:00:00Z",
            "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
        ),
        // Real time, through the overlap and the gap.
        (
            "30 * * * *",
            "Europe/Berlin",
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z",
        ),
        (
            "15 * * * *",
            "Australia/Lord_Howe",
            "2026-10-03T15:00:00Z",
            "2026-10-03T16:15:00Z 2026-10-03T17:15:00Z",
        ),
    ] {
        let printed = instance.prints(&[
            "schedule", "next", "--cron", cron, "--zone", zone, "--after", after, "--count", "2",
        ]);
        assert_eq!(
            printed.split_whitespace().collect::<Vec<_>>().join(" "),
            expected,
            "{cron} {zone}"
        );
    }
}

#[test]
fn a_bad_expression_is_refused_with_a_caret() {
    let instance = Instance::new();
    for (cron, caret) in [
        ("61 * * * *", "^^"),
        ("* * * *", "^"),
        ("0 9 * * thx", "^^^"),
        ("0 0 30 2 *", "^"),
    ] {
        let args = [
            "schedule",
            "next",
            "--cron",
            cron,
            "--zone",
            "UTC",
            "--after",
            "2026-01-01T00:00:00Z",
        ];
        let printed = instance.refuses(&args);
        assert!(
            printed.contains(cron) && printed.contains(caret),
            "{printed}"
        );
    }
    let args = [
        "schedule",
        "next",
        "--cron",
        "0 9 * * 1",
        "--zone",
        "Europe/Belrin",
        "--after",
        "2026-01-01T00:00:00Z",
    ];
    insta::assert_snapshot!(instance.refuses(&args), @"error: there is no time zone `Europe/Belrin`, did you mean `Europe/Berlin`?");
}

#[test]
fn the_calendar_shows_eight_slots_and_what_each_would_get() {
    let instance = Instance::new();
    instance.issue("bat-vs-cat").issue("ant-vs-bee");
    instance.file(
        "issues/draft-one.toml",
        sample_issue("draft-one").replace("ready", "draft"),
    );
    instance.file("issues/wrong-one.toml", "status = \"ready\"\n");
    let printed = instance.prints(&["calendar"]);
    let slots: Vec<&str> = printed.lines().take(8).collect();
    assert!(
        slots[0].ends_with("ant-vs-bee") && slots[1].ends_with("bat-vs-cat"),
        "{printed}"
    );
    assert!(
        slots[2..]
            .iter()
            .all(|line| line.ends_with("nothing is ready")),
        "{printed}"
    );
    assert!(
        printed.contains("draft: draft-one") && printed.contains("wrong-one does not check"),
        "{printed}"
    );
    assert!(
        !slots
            .iter()
            .any(|line| line.contains("draft-one") || line.contains("wrong-one"))
    );
}
