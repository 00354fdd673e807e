//! `verdict schedule next` against a table from an independent search, minute by minute, with Python's zoneinfo.

use super::Instance;
use crate::test_app::stdout;

/// Expression, zone, instant, and the instants after it.
const TABLE: &str = "
# Lists, ranges, steps, names.
5 4 * * *            | UTC                | 2026-11-23T04:05:00Z | 2026-11-24T04:05:00Z 2026-11-25T04:05:00Z
5 4 * * *            | UTC                | 2026-11-23T04:04:59Z | 2026-11-23T04:05:00Z 2026-11-24T04:05:00Z
0,15,45 9 * * *      | UTC                | 2026-11-23T09:10:00Z | 2026-11-23T09:15:00Z 2026-11-23T09:45:00Z 2026-11-24T09:00:00Z
0 9-11 * * *         | UTC                | 2026-11-23T09:30:00Z | 2026-11-23T10:00:00Z 2026-11-23T11:00:00Z 2026-11-24T09:00:00Z
*/25 * * * *         | UTC                | 2026-11-23T09:30:00Z | 2026-11-23T09:50:00Z 2026-11-23T10:00:00Z 2026-11-23T10:25:00Z 2026-11-23T10:50:00Z
10-30/10 12 * * *    | UTC                | 2026-11-23T12:15:00Z | 2026-11-23T12:20:00Z 2026-11-23T12:30:00Z 2026-11-24T12:10:00Z
0 0-23/8 * * *       | UTC                | 2026-11-23T09:00:00Z | 2026-11-23T16:00:00Z 2026-11-24T00:00:00Z 2026-11-24T08:00:00Z
0 9 1-7,15 * *       | UTC                | 2026-11-06T12:00:00Z | 2026-11-07T09:00:00Z 2026-11-15T09:00:00Z 2026-12-01T09:00:00Z
0 9 */10 * *         | UTC                | 2026-11-20T12:00:00Z | 2026-11-21T09:00:00Z 2026-12-01T09:00:00Z 2026-12-11T09:00:00Z 2026-12-21T09:00:00Z
0 9 * mar-may *      | UTC                | 2026-11-23T00:00:00Z | 2027-03-01T09:00:00Z 2027-03-02T09:00:00Z
0 9 1 JAN,Jul *      | UTC                | 2026-11-23T00:00:00Z | 2027-01-01T09:00:00Z 2027-07-01T09:00:00Z
0 9 1 */5 *          | UTC                | 2026-11-23T00:00:00Z | 2027-01-01T09:00:00Z 2027-06-01T09:00:00Z 2027-11-01T09:00:00Z
0 9 * * mon-fri      | UTC                | 2026-11-27T12:00:00Z | 2026-11-30T09:00:00Z 2026-12-01T09:00:00Z
0 9 * * MON,wed,Fri  | UTC                | 2026-11-23T12:00:00Z | 2026-11-25T09:00:00Z 2026-11-27T09:00:00Z 2026-11-30T09:00:00Z
0 9 * * 1-5/2        | UTC                | 2026-11-23T12:00:00Z | 2026-11-25T09:00:00Z 2026-11-27T09:00:00Z 2026-11-30T09:00:00Z
# Sunday is 0 and 7.
0 9 * * 0            | UTC                | 2026-11-23T00:00:00Z | 2026-11-29T09:00:00Z 2026-12-06T09:00:00Z
0 9 * * 7            | UTC                | 2026-11-23T00:00:00Z | 2026-11-29T09:00:00Z 2026-12-06T09:00:00Z
0 9 * * sun          | UTC                | 2026-11-23T00:00:00Z | 2026-11-29T09:00:00Z 2026-12-06T09:00:00Z
0 9 * * 5-7          | UTC                | 2026-11-23T00:00:00Z | 2026-11-27T09:00:00Z 2026-11-28T09:00:00Z 2026-11-29T09:00:00Z 2026-12-04T09:00:00Z
0 9 * * 0-1          | UTC                | 2026-11-23T12:00:00Z | 2026-11-29T09:00:00Z 2026-11-30T09:00:00Z 2026-12-06T09:00:00Z
# Either day, where both are restricted; both, where one is a star.
0 9 13 * 5           | UTC                | 2026-11-12T12:00:00Z | 2026-11-13T09:00:00Z 2026-11-20T09:00:00Z 2026-11-27T09:00:00Z 2026-12-04T09:00:00Z
0 9 1,15 * mon       | UTC                | 2026-11-28T00:00:00Z | 2026-11-30T09:00:00Z 2026-12-01T09:00:00Z 2026-12-07T09:00:00Z 2026-12-14T09:00:00Z
0 9 */2 * mon        | UTC                | 2026-11-23T12:00:00Z | 2026-12-07T09:00:00Z 2026-12-21T09:00:00Z 2027-01-11T09:00:00Z
0 9 13 * *           | UTC                | 2026-11-13T12:00:00Z | 2026-12-13T09:00:00Z 2027-01-13T09:00:00Z
0 9 * 12 1           | UTC                | 2026-11-23T00:00:00Z | 2026-12-07T09:00:00Z 2026-12-14T09:00:00Z
# Days that not every month or year has.
0 9 31 * *           | UTC                | 2026-11-23T00:00:00Z | 2026-12-31T09:00:00Z 2027-01-31T09:00:00Z 2027-03-31T09:00:00Z
0 9 30 2,4 *         | UTC                | 2026-11-23T00:00:00Z | 2027-04-30T09:00:00Z 2028-04-30T09:00:00Z
0 9 29 2 *           | UTC                | 2026-11-23T00:00:00Z | 2028-02-29T09:00:00Z 2032-02-29T09:00:00Z
0 9 29 2 *           | UTC                | 2092-03-01T00:00:00Z | 2096-02-29T09:00:00Z
0 0 1 1 *            | Europe/Berlin      | 2026-11-23T00:00:00Z | 2026-12-31T23:00:00Z 2027-12-31T23:00:00Z
# A gap: the first instant after it, once.
30 2 * * *           | Europe/Berlin      | 2026-03-28T00:00:00Z | 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
0 2 * * *            | Europe/Berlin      | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
0 3 * * *            | Europe/Berlin      | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T01:00:00Z
0,30 2 * * *         | Europe/Berlin      | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
0 2-3 * * *          | Europe/Berlin      | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
30 2 * * sun         | America/New_York   | 2026-03-07T00:00:00Z | 2026-03-08T07:00:00Z 2026-03-15T06:30:00Z
59 1 * * *           | America/New_York   | 2026-03-07T12:00:00Z | 2026-03-08T06:59:00Z 2026-03-09T05:59:00Z
15 2 * * *           | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z
30 2 * * *           | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:30:00Z
# An overlap: the earlier, once.
30 2 * * *           | Europe/Berlin      | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
30 2 * * *           | Europe/Berlin      | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z
0 3 * * *            | Europe/Berlin      | 2026-10-24T12:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z
30 1 * * *           | America/New_York   | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
0,30 1 * * *         | America/New_York   | 2026-10-31T12:00:00Z | 2026-11-01T05:00:00Z 2026-11-01T05:30:00Z 2026-11-02T06:00:00Z
45 1 * * *           | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z 2026-04-06T15:15:00Z
# A star or a step in minute or hour follows real time.
30 * * * *           | Europe/Berlin      | 2026-10-24T23:45:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z 2026-10-25T03:30:00Z
*/30 2 * * *         | Europe/Berlin      | 2026-10-24T12:00:00Z | 2026-10-25T00:00:00Z 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-26T01:00:00Z
0 */2 * * *          | Europe/Berlin      | 2026-10-24T21:30:00Z | 2026-10-24T22:00:00Z 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T03:00:00Z
0 * * * *            | America/New_York   | 2026-11-01T04:30:00Z | 2026-11-01T05:00:00Z 2026-11-01T06:00:00Z 2026-11-01T07:00:00Z 2026-11-01T08:00:00Z
*/20 1 * * *         | America/New_York   | 2026-10-31T12:00:00Z | 2026-11-01T05:00:00Z 2026-11-01T05:20:00Z 2026-11-01T05:40:00Z 2026-11-01T06:00:00Z 2026-11-01T06:20:00Z 2026-11-01T06:40:00Z 2026-11-02T06:00:00Z
*/30 * * * *         | Australia/Lord_Howe | 2026-04-04T14:20:00Z | 2026-04-04T14:30:00Z 2026-04-04T15:00:00Z 2026-04-04T15:30:00Z 2026-04-04T16:00:00Z
30 * * * *           | Europe/Berlin      | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z
*/30 2 * * *         | Europe/Berlin      | 2026-03-28T12:00:00Z | 2026-03-30T00:00:00Z 2026-03-30T00:30:00Z
# Zones of all kinds; the instant may have an offset.
0 9 * * *            | Asia/Kathmandu     | 2026-11-23T00:00:00Z | 2026-11-23T03:15:00Z
0 0 * * *            | Pacific/Kiritimati | 2026-11-23T00:00:00Z | 2026-11-23T10:00:00Z
0 9 * * *            | America/St_Johns   | 2026-11-23T00:00:00-08:00 | 2026-11-23T12:30:00Z
0 9 * * tue          | Europe/Berlin      | 2026-11-24T09:00:00+01:00 | 2026-12-01T08:00:00Z
0 9 * * tue          | Europe/Berlin      | 2026-11-24T08:59:59+01:00 | 2026-11-24T08:00:00Z
30 0 * * *           | America/Havana     | 2026-03-07T12:00:00Z | 2026-03-08T05:00:00Z 2026-03-09T04:30:00Z
0 9 * * *            | Africa/Casablanca  | 2026-02-14T12:00:00Z | 2026-02-15T09:00:00Z 2026-02-16T09:00:00Z
";

#[test]
fn every_line_of_the_table_holds() {
    let instance = Instance::new();
    let cases = TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut wrong = String::new();
    for case in cases {
        let [cron, zone, after, expected] = case
            .split('|')
            .map(str::trim)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let count = expected.split(' ').count().to_string();
        let printed = instance.prints(&[
            "schedule", "next", "--cron", cron, "--zone", zone, "--after", after, "--count", &count,
        ]);
        // One a line, and nothing else.
        if printed != expected.replace(' ', "\n") + "\n" {
            wrong += &format!("{case}\ngot {printed}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn one_instant_is_printed_if_no_count_is_given() {
    let printed = Instance::new().prints(&next("0 9 * * 1", "UTC", "2026-11-23T10:00:00Z"));
    assert_eq!(printed, "2026-11-30T09:00:00Z\n");
}

#[test]
fn slots_run_from_1970_to_2100() {
    let instance = Instance::new();
    let first = instance.prints(&next("0 9 * * *", "UTC", "0001-01-01T00:00:00Z"));
    assert_eq!(first, "1970-01-01T09:00:00Z\n");
    for (cron, after, expected) in [
        (
            "0 9 31 12 *",
            "2099-12-31T00:00:00Z",
            "2099-12-31T09:00:00Z\n2100-12-31T09:00:00Z\n",
        ),
        ("0 9 29 2 *", "2096-03-01T00:00:00Z", ""),
        ("* * * * *", "9999-12-31T23:59:59Z", ""),
    ] {
        let mut args = next(cron, "UTC", after).to_vec();
        args.extend(["--count", "3"]);
        let output = instance.run(&args);
        let note = String::from_utf8_lossy(&output.stderr);
        assert_eq!(note, "Schedules end with the year 2100.\n", "{cron}");
        assert_eq!(stdout(&output), expected, "{cron}");
    }
}

#[test]
fn the_caret_stands_below_what_is_wrong() {
    let instance = Instance::new();
    for (cron, carets, printed) in [
        ("61 9 * * *", "^^", "minute 61 is out of range"),
        ("0 24 * * *", "  ^^", "hour 24"),
        ("0 9 0 * *", "    ^", "day of month 0"),
        ("0 9 * 13 *", "      ^^", "month 13"),
        ("0 9 * * 8", "        ^", "day of week 8"),
        ("0 9 * * thx", "        ^^^", "did you mean `thu`?"),
        ("0 9 * febr *", "      ^^^^", "write `feb`"),
        ("5-1 9 * * *", "^^^", "runs backwards"),
        ("*/0 9 * * *", "  ^", "cannot be zero"),
        ("0 9 31 4 *", "    ^^^^", "no such day exists"),
        ("0 9 30 2 *", "    ^^^^", "no such day exists"),
        ("0 9 * *", "^^^^^^^", "five fields, and this has 4"),
        ("0 0 9 * * 1", "^", "five fields, and this has 6"),
    ] {
        let said_by_it = instance.refuses(&next(cron, "UTC", "2026-01-01T00:00:00Z"));
        assert!(said_by_it.contains(printed), "{cron}: {said_by_it}");
        let marked = format!("\n  {cron}\n  {carets}\n");
        assert!(said_by_it.contains(&marked), "{said_by_it}");
    }
}

#[test]
fn nonsense_is_refused_without_a_panic() {
    let instance = Instance::new();
    for cron in [
        "",
        " ",
        "@",
        "@fortnightly",
        "* * * * * * * *",
        "-",
        "- - - - -",
        ", , , , ,",
        "1, * * * *",
        "*/ * * * *",
        "1-2-3 * * * *",
        "99999999999999999999 * * * *",
        "-1 * * * *",
        "é * * * *",
        "? ? L W #",
    ] {
        let printed = instance.refuses(&next(cron, "UTC", "2026-01-01T00:00:00Z"));
        assert!(
            printed.starts_with("error: ") && printed.contains('^'),
            "{printed}"
        );
    }
}

#[test]
fn an_unknown_zone_or_instant_is_refused_with_what_would_be_right() {
    let instance = Instance::new();
    for (zone, printed) in [
        ("Europe/Berln", "did you mean `Europe/Berlin`?"),
        ("America/NewYork", "did you mean `America/New_York`?"),
        ("Mars/Phobos", "there is no time zone `Mars/Phobos`"),
        ("", "time zone"),
    ] {
        let refusal = instance.refuses(&next("0 9 * * 1", zone, "2026-01-01T00:00:00Z"));
        assert!(refusal.contains(printed), "{refusal}");
    }
    for after in [
        "yesterday",
        "2026-11-23",
        "2026-11-23T09:00:00",
        "2026-02-30T00:00:00Z",
        "",
    ] {
        let refusal = instance.refuses(&next("0 9 * * 1", "UTC", after));
        assert!(
            refusal.contains("--after") && refusal.contains("2026-11-23T09:00:00Z"),
            "{refusal}"
        );
    }
    let mut none = next("0 9 * * 1", "UTC", "2026-01-01T00:00:00Z").to_vec();
    none.extend(["--count", "0"]);
    assert!(instance.refuses(&none).contains("--count"));
}

fn next<'a>(cron: &'a str, zone: &'a str, after: &'a str) -> [&'a str; 8] {
    [
        "schedule", "next", "--cron", cron, "--zone", zone, "--after", after,
    ]
}
