//! Rows as in real files: what is repaired, and what is not lost.

use verdict::clock::Clock;

use super::{Move, rows, utf16, windows};
use crate::database::Db;
use crate::test_app::{on_both_stores, stdout};

on_both_stores!(
    only_the_address_can_reject_a_row,
    names_in_a_list_of_addresses_are_repaired_too,
    every_separator_line_end_and_encoding,
    blank_lines_in_front_are_no_empty_file,
    times_as_the_systems_write_them,
    times_as_people_and_programs_write_them,
    files_without_people_are_read_as_such
);

/// The entries of a report: outcome and line.
pub(super) fn report(there: &Move, args: &[&str]) -> Vec<(String, String, String, String)> {
    let path = there.folder().join("report.csv");
    let _ = std::fs::remove_file(&path);
    let printed = there.import(&[&["--report", path.to_str().unwrap()], args].concat());
    assert_eq!(printed["report"], path.to_str().unwrap());
    let mut csv = csv::Reader::from_path(path).unwrap();
    assert_eq!(
        csv.headers().unwrap(),
        &["file", "line", "outcome", "reason", "row"][..]
    );
    csv.records()
        .map(|row| {
            let row = row.unwrap();
            let file = row[0].rsplit('/').next().unwrap().to_owned();
            (
                format!("{file}:{}", &row[1]),
                row[2].to_owned(),
                row[3].to_owned(),
                row[4].to_owned(),
            )
        })
        .collect()
}

async fn only_the_address_can_reject_a_row(db: Db) {
    let there = Move::on(db).await;
    let long = "ä".repeat(201);
    let file = there.file(
        "list.csv",
        format!(
            "email,name,time_zone,created_at,frequency,status\r\n\
        tab@example.com,Ada\tLovelace,Europe/Oslo,2020-01-02,every,subscribed\r\n\
        break@example.com,\"Ben\r\nBcc: eve@example.com\",,,,subscribed\r\n\
        long@example.com,{long},,,,subscribed\r\n\
        zone@example.com,Zoë,Mars/Phobos,,,subscribed\r\n\
        date@example.com,Dee,,the other day,,subscribed\r\n\
        weekly@example.com,Fay,,,weekly,subscribed\r\n\
        many@example.com,Gil,,,,subscribed,and,more\r\n\
        few@example.com,Hal\r\n\
        nul@example.com,\"I\0da\u{7f}\u{2028}\",,,,subscribed\r\n\
        only@example.com,\"\t\r\n\",,,,subscribed\r\n\
        fine@example.com,  Jo ,UTC,2020-01-02T03:04:05Z,digest,subscribed\r\n"
        ),
    );
    let printed = report(&there, &[&file]);
    let fixed: Vec<(&str, &str)> = printed
        .iter()
        .map(|(place, outcome, reason, row)| {
            assert_eq!((outcome.as_str(), row.as_str()), ("fixed", ""));
            (place.as_str(), reason.as_str())
        })
        .collect();
    assert_eq!(
        fixed,
        [
            (
                "list.csv:2",
                "line breaks or control characters in the name became spaces"
            ),
            (
                "list.csv:3",
                "line breaks or control characters in the name became spaces"
            ),
            ("list.csv:5", "the name was cut to 200 characters"),
            ("list.csv:6", "the time zone is unknown and was left out"),
            ("list.csv:7", "a time could not be read and was left out"),
            ("list.csv:8", "the frequency is unknown and was left out"),
            ("list.csv:9", "fields beyond the header were left out"),
            (
                "list.csv:10",
                "fields that the header names are missing and count as empty"
            ),
            (
                "list.csv:11",
                "line breaks or control characters in the name became spaces"
            ),
        ]
    );
    let cut = "ä".repeat(200);
    there.expect(&[
        ("tab@example.com", "confirmed", "Ada Lovelace"),
        ("break@example.com", "confirmed", "Ben Bcc: eve@example.com"),
        ("long@example.com", "confirmed", &cut),
        ("zone@example.com", "confirmed", "Zoë"),
        ("date@example.com", "confirmed", "Dee"),
        ("weekly@example.com", "confirmed", "Fay"),
        ("many@example.com", "confirmed", "Gil"),
        ("few@example.com", "pending", "Hal"),
        ("nul@example.com", "confirmed", "I da"),
        ("only@example.com", "confirmed", ""),
        ("fine@example.com", "confirmed", "Jo"),
    ]);
    let list = stdout(&there.run(&["subscribers", "list"]));
    assert!(
        list.contains("tab@example.com\tconfirmed\tAda Lovelace\tEurope/Oslo\tevery"),
        "{list}"
    );
    assert!(
        list.contains("zone@example.com\tconfirmed\tZoë\t\tevery"),
        "{list}"
    );
    assert!(
        list.contains("fine@example.com\tconfirmed\tJo\tUTC\tdigest"),
        "{list}"
    );
}

async fn names_in_a_list_of_addresses_are_repaired_too(db: Db) {
    let there = Move::on(db).await;
    let long = "x".repeat(300);
    let file = there.file("members.txt", format!("\r\n\r\nDoe, Jane <jane@example.com>\r\n{long} <long@example.com>\r\n=?utf-8?q?Two=0ALines?= <two@example.com>\r\n"));
    let printed = report(&there, &["--anyway", &file]);
    let fixed: Vec<&str> = printed.iter().map(|(place, ..)| place.as_str()).collect();
    assert_eq!(fixed, ["members.txt:4", "members.txt:5"]);
    there.expect(&[
        ("jane@example.com", "confirmed", "Doe, Jane"),
        ("long@example.com", "confirmed", &"x".repeat(200)),
        ("two@example.com", "confirmed", "Two Lines"),
    ]);
}

async fn every_separator_line_end_and_encoding(db: Db) {
    let rows = [
        "Email|Name|Status",
        "ada@example.com|José|subscribed",
        "",
        "\"ben@example.com\"|\"Zoë, the \"\"2nd\"\";\t\"|subscribed",
        "cy@bücher.example.org|'=1+1|unsubscribed",
        "dee+1@example.com|'quoted|subscribed",
    ];
    let expected = [
        ("ada@example.com", "confirmed", "José"),
        ("ben@example.com", "confirmed", "Zoë, the \"2nd\";"),
        ("cy@bücher.example.org", "unsubscribed", "=1+1"),
        ("dee+1@example.com", "confirmed", "'quoted"),
    ];
    let there = Move::on(db).await;
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = rows.map(|row| row.replace('|', separator)).join(end);
            let mut big_endian = utf16(&text);
            big_endian.chunks_mut(2).for_each(|unit| unit.swap(0, 1));
            let without_mark = utf16(&text).split_off(2);
            for contents in [
                text.clone().into_bytes(),
                format!("\u{feff}{text}").into_bytes(),
                windows(&text),
                utf16(&text),
                big_endian,
                without_mark,
            ] {
                let file = there.file("list.csv", contents);
                let printed = there.import(&[&file]);
                // Each is the same list, so after the first nothing is new.
                assert_eq!(printed["plan"]["rows"], 4, "{separator:?} {end:?}");
                there.expect(&expected);
            }
            let other = Move::on(db).await;
            other.import(&[&other.file("list.csv", windows(&text))]);
            other.expect(&expected);
        }
    }
}

async fn blank_lines_in_front_are_no_empty_file(db: Db) {
    let there = Move::on(db).await;
    let blank = "\r\n".repeat(20_000);
    let table = there.file("list.csv", format!("\u{feff}{blank}email;status\r\n{blank}ada@example.com;subscribed\r\nnobody;subscribed\r\n"));
    let json = there.file(
        "list.json",
        format!("{blank}[{{\"email_address\": \"ben@example.com\", \"type\": \"regular\"}}]"),
    );
    let list = there.file("list.txt", format!("{blank}cy@example.com"));
    let printed = report(&there, &[&table, &json, &list]);
    assert_eq!(
        printed,
        [(
            "list.csv:40003".to_owned(),
            "rejected".to_owned(),
            "the address has no @".to_owned(),
            "nobody;subscribed".to_owned()
        )]
    );
    there.expect(&[
        ("ada@example.com", "confirmed", ""),
        ("ben@example.com", "confirmed", ""),
        ("cy@example.com", "pending", ""),
    ]);
}

async fn times_as_the_systems_write_them(db: Db) {
    let there = Move::on(db).await;
    let times = [
        "2022-05-08T12:26:24.830Z",
        "2022-05-08T12:26:24.83+02:00",
        "2022-05-08 12:26:24.83 +0000 UTC",
        "2022-05-08 12:26:24.83 +0000 +0000",
        "2022-05-08 14:26:24 +0200 CEST",
        "2022-05-08 12:26:24.83+00",
        "2022-05-08 12:26:24",
        "2022-05-08 12:26:24 UTC",
        "2022-05-08T12:26:24",
        "2022-05-08 12:26",
        "2022-05-08",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "",
    ];
    let table = |times: &[&str]| {
        let rows = times
            .iter()
            .enumerate()
            .map(|(at, time)| format!("p{at}@example.com,subscribed,{time}\n"));
        format!("email,status,created_at\n{}", rows.collect::<String>())
    };
    let printed = there.import(&[&there.file("list.csv", table(&times))]);
    assert_eq!(
        (rows(&printed, "mailable"), &printed["plan"]["fixed"]),
        (14, &0.into())
    );
    let wrong = [
        "yesterday",
        "2022-13-01",
        "2022-05-08 25:00:00",
        "08.05.2022",
    ];
    let printed = there.import(&[&there.file("list.csv", table(&wrong))]);
    assert_eq!(printed["plan"]["fixed"], 4);
}

async fn times_as_people_and_programs_write_them(db: Db) {
    let read = [
        ("Jan 2, 2023", "2023-01-02T00:00:00Z"),
        ("January 2, 2023", "2023-01-02T00:00:00Z"),
        ("2 Jan 2023", "2023-01-02T00:00:00Z"),
        ("2 January 2023", "2023-01-02T00:00:00Z"),
        ("may 31 2023", "2023-05-31T00:00:00Z"),
        ("Sept 2, 2023", ""),
        ("Jan 2, 2023 3:04 PM", "2023-01-02T15:04:00Z"),
        ("Jan 02, 2023, 03:04:05 pm", "2023-01-02T15:04:05Z"),
        ("January 2, 2023 12:04am", "2023-01-02T00:04:00Z"),
        ("2 Jan 2023 15:04", "2023-01-02T15:04:00Z"),
        ("2 January 2023 15:04:05 UTC", "2023-01-02T15:04:05Z"),
        ("2 Jan 2023, 15:04:05 +0200", "2023-01-02T13:04:05Z"),
        ("2023/01/02", "2023-01-02T00:00:00Z"),
        ("2023/1/2 3:04:05", "2023-01-02T03:04:05Z"),
        ("2023.01.02", "2023-01-02T00:00:00Z"),
        ("2023.01.02 15:04", "2023-01-02T15:04:00Z"),
        ("Mon, 02 Jan 2023 15:04:05 +0200", "2023-01-02T13:04:05Z"),
        ("2 Jan 2023 15:04:05 GMT", "2023-01-02T15:04:05Z"),
        ("1672671845", "2023-01-02T15:04:05Z"),
        ("1672671845678", "2023-01-02T15:04:05.678Z"),
        ("13/2/2023", "2023-02-13T00:00:00Z"),
        ("2/13/2023", "2023-02-13T00:00:00Z"),
        ("31/12/2023 23:59", "2023-12-31T23:59:00Z"),
        ("12/31/2023 11:59 PM", "2023-12-31T23:59:00Z"),
        ("2023-01-02 3:04 PM", "2023-01-02T15:04:00Z"),
        // Ambiguous, in an unknown zone or century, or not a time.
        ("1/2/2023", ""),
        ("12/12/2023", ""),
        ("13/13/2023", ""),
        ("30/2/2023", ""),
        ("13/2/23", ""),
        ("Jan 2, 23", ""),
        ("23-01-02", ""),
        ("23/01/02", ""),
        ("Mon, 02 Jan 23 15:04:05 +0000", ""),
        ("Jan 2, 2023 15:04 PM", ""),
        ("2 Jan 2023 15:04 CEST", ""),
        ("2 Jan 2023 15:04 EST", "2023-01-02T20:04:00Z"),
        ("Jan 2, 2023 15:04 EST", ""),
        ("2 Jan 2023 25:04", ""),
        ("167267184", ""),
        ("16726718456", ""),
        ("Jan 32, 2023", ""),
        ("Jan 2023", ""),
        ("12023-01-02", ""),
        ("02.01.2023", ""),
        ("2023-01-02 and so on", ""),
    ];
    let there = Move::on(db).await;
    let row = |(at, (time, _)): (usize, &(&str, &str))| {
        format!("p{at:02}@example.com;confirmed;{time}\n")
    };
    let table = format!(
        "email;consent;created_at\n{}",
        read.iter().enumerate().map(row).collect::<String>()
    );
    let printed = there.import(&[&there.file("list.csv", table)]);
    let export = there.export();
    let created: Vec<&str> = export
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap())
        .collect();
    assert_eq!(created.len(), read.len());
    let now = Clock::system().now().format("%Y-").to_string();
    for ((written, time), created) in read.iter().zip(created) {
        // An unreadable time of joining becomes the time of the import.
        let as_meant = if time.is_empty() {
            created.starts_with(&now)
        } else {
            created == *time
        };
        assert!(as_meant, "{written}: {created}");
    }
    let unread = read.iter().filter(|(_, time)| time.is_empty()).count();
    assert_eq!(printed["plan"]["fixed"], unread);
    // Numbers in JSON too.
    let other = Move::on(db).await;
    other.import(&[&other.file("list.json", "[{\"email_address\": \"ada@example.com\", \"type\": \"regular\", \"creation_date\": 1672671845}]")]);
    assert!(
        other.export().contains("2023-01-02T15:04:05Z"),
        "{}",
        other.export()
    );
}

async fn files_without_people_are_read_as_such(db: Db) {
    let there = Move::on(db).await;
    let files = [
        "",
        "\u{feff}",
        " \r\n",
        "email,status\n",
        "[]",
        "{\"data\": {\"results\": null}}",
        "{\"members\": []}",
    ];
    let files: Vec<String> = files
        .iter()
        .enumerate()
        .map(|(at, contents)| there.file(&format!("{at}.csv"), contents))
        .collect();
    let printed = there.import(&files.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(
        (printed["plan"]["rows"].as_u64(), rows(&printed, "mailable")),
        (Some(0), 0)
    );
}
