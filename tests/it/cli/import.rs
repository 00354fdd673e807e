//! `verdict subscribers import`: file formats, bad rows, size.

use std::path::Path;
#[cfg(target_os = "linux")]
use std::{process::Stdio, time::Duration};

use super::{Instance, steady};
#[cfg(target_os = "linux")]
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(importing_again_changes_nothing_and_readers_who_left_stay_off);

/// The four numbers that an import prints: accepted, already known, suppressed, rejected.
fn numbers(printed: &str) -> [u64; 4] {
    ["accepted", "already known", "suppressed", "rejected"].map(|label| {
        let line = printed.lines().find(|line| line.starts_with(label));
        let number = line.and_then(|line| line.split_whitespace().last());
        number
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("no {label} in {printed}"))
    })
}

fn import(instance: &Instance, contents: impl AsRef<[u8]>) -> [u64; 4] {
    let file = instance.file("list.csv", contents);
    let output = instance.run(&["subscribers", "import", &file, "--confirmed"]);
    let numbers = numbers(&String::from_utf8_lossy(&output.stdout));
    let rejected = i32::from(numbers[3] > 0);
    assert_eq!(output.status.code(), Some(rejected), "{output:?}");
    numbers
}

#[test]
fn every_newline_with_or_without_a_byte_order_mark_is_read() {
    let rows = [
        "email,name",
        "a@example.com,Ada",
        "\"b@example.com\",\"B, the \"\"second\"\"\"",
        "",
    ];
    let mut lists = Vec::new();
    for newline in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let instance = Instance::new();
            let file = format!("{mark}{}", rows.join(newline));
            assert_eq!(
                import(&instance, file),
                [2, 0, 0, 0],
                "{newline:?} {mark:?}"
            );
            lists.push(instance.prints(&["subscribers", "list"]));
        }
    }
    lists.dedup();
    assert_eq!(
        lists,
        [
            "a@example.com\tconfirmed\tAda\t\tevery\t\nb@example.com\tconfirmed\tB, the \"second\"\t\tevery\t\n"
        ]
    );
}

#[test]
fn columns_may_stand_in_any_order_among_others() {
    let instance = Instance::new();
    let list =
        "City,TIME_ZONE,Email,Name\nOslo,Europe/Oslo,a@example.com,Ada\n\n,,b@example.com,\n";
    assert_eq!(import(&instance, list), [2, 0, 0, 0]);
    assert_eq!(
        instance.prints(&["subscribers", "list"]),
        "a@example.com\tconfirmed\tAda\tEurope/Oslo\tevery\t\nb@example.com\tconfirmed\t\t\tevery\t\n"
    );
}

#[test]
fn only_the_address_rejects_a_row_and_every_row_is_reported_with_its_line() {
    let instance = Instance::new();
    let mut list = Vec::new();
    let mut expected = Vec::new();
    let mut line = 1;
    let rows: [(&[u8], &str); 14] = [
        (b"email,name,time_zone", ""),
        (b"good-1@example.com,Ada,UTC", ""),
        (b"latin@example.com,Andr\xe9,", ""),
        (
            b"few@example.com",
            "fixed,fields that the header names are missing",
        ),
        (b"many@example.com,,,", "fixed,fields beyond the header"),
        (b"no-at-sign,,", "rejected,the address has no @"),
        (b"two@@example.com,,", "rejected,"),
        (b",Nobody,", "rejected,the address is empty"),
        (
            b"zone@example.com,,Mars/Phobos",
            "fixed,the time zone is unknown",
        ),
        (b"broken@example.com,\"two\nlines\",", "fixed,line breaks"),
        (b"tab@example.com,a\tb,", "fixed,line breaks or control"),
        (
            b"header@example.com,\"a\r\nBcc: eve@example.com\",",
            "fixed,line breaks",
        ),
        (b"\"quoted\nbreak@example.com\",,", "rejected,"),
        (b"good-2@example.com,\"Lovelace, Ada\",Europe/London", ""),
    ];
    for (row, outcome) in rows {
        list.extend_from_slice(row);
        list.push(b'\n');
        if !outcome.is_empty() {
            expected.push((line, outcome));
        }
        line += 1 + row.iter().filter(|byte| **byte == b'\n').count();
    }
    assert_eq!(import(&instance, list), [9, 0, 0, 4]);
    let report = std::fs::read_to_string(instance.path().join("list.csv.rejected.csv")).unwrap();
    assert!(
        report.starts_with("file,line,outcome,reason,row\n"),
        "{report}"
    );
    for (line, outcome) in expected {
        let printed = format!("list.csv,{line},{outcome}");
        assert!(report.contains(&printed), "{printed}\n{report}");
    }
    let listed = instance.prints(&["subscribers", "list"]);
    for name in [
        "\tAndré\t",
        "\ttwo lines\t",
        "\ta b\t",
        "\ta Bcc: eve@example.com\t",
    ] {
        assert!(listed.contains(name), "{name}\n{listed}");
    }
}

#[test]
fn an_unclosed_quote_does_not_swallow_the_next_rows() {
    let instance = Instance::new();
    let mut list = String::from("email,name\na@example.com,\"never closed\n");
    for number in 0..20_000 {
        list += &format!("reader-{number}@example.com,Reader\n");
    }
    let [accepted, _, _, rejected] = import(&instance, list);
    assert_eq!((accepted, rejected), (20_000, 1));
}

#[test]
fn a_header_that_names_no_addresses_is_refused() {
    let _steady = steady();
    let instance = Instance::new();
    for (contents, printed) in [
        (
            &b"name,phone\nAda,1\n"[..],
            "no column `email` (found `name`, `phone`)",
        ),
        (b"a@example.com,Ada\n", "must name the columns"),
        (b"em\xffail\na@example.com\n", "no column `email`"),
        (b"{\"a\": 1}", "there is no data or results"),
        (b"[{\"a\": 1}]", "JSON of an unknown system"),
    ] {
        let file = instance.file("list.csv", contents);
        let refusal = instance.refuses(&["subscribers", "import", &file]);
        assert!(refusal.contains(printed), "{refusal}");
        assert!(refusal.contains("list.csv"), "{refusal}");
        assert!(!Path::new(&format!("{file}.rejected.csv")).exists());
    }
    let folder = instance.path().join("issues");
    let refusal = instance.refuses(&["subscribers", "import", folder.to_str().unwrap()]);
    insta::assert_snapshot!(refusal, @"error: cannot import [folder]/issues: there is no .csv, .tsv, .txt or .json file");
    assert_eq!(instance.prints(&["subscribers", "list"]), "");
}

#[test]
fn the_report_never_takes_the_place_of_the_list() {
    let _steady = steady();
    let instance = Instance::new();
    let contents = "email\na@example.com\nwrong\n";
    let file = instance.file("list.csv", contents);
    let other_way = instance.path().join("issues/../list.csv");
    for report in [&file, other_way.to_str().unwrap()] {
        let args = ["subscribers", "import", &file, "--rejected", report];
        assert!(instance.refuses(&args).contains("list.csv"));
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), contents);
    let report = instance.path().join("bad.csv");
    let args = [
        "subscribers",
        "import",
        &file,
        "--rejected",
        report.to_str().unwrap(),
    ];
    assert_eq!(numbers(&instance.rejects(&args)), [1, 0, 0, 1]);
    let report = std::fs::read_to_string(report).unwrap();
    insta::assert_snapshot!(report, @"
    file,line,outcome,reason,row
    [folder]/list.csv,3,rejected,the address has no @,wrong
    ");
}

async fn importing_again_changes_nothing_and_readers_who_left_stay_off(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    let file = app.dir.path().join("list.csv");
    std::fs::write(
        &file,
        "email\na@example.com\nB@Example.COM\nb@example.com\nc@example.com\n",
    )
    .unwrap();
    let prints = |args: &[&str]| stdout(&app.verdict(args));
    let import = || {
        numbers(&prints(&[
            "subscribers",
            "import",
            file.to_str().unwrap(),
            "--confirmed",
        ]))
    };
    assert_eq!(import(), [3, 1, 0, 0]);
    let before = prints(&["subscribers", "export"]);
    assert_eq!(import(), [0, 4, 0, 0]);
    assert_eq!(prints(&["subscribers", "export"]), before);
    assert!(
        before.contains("\nB@Example.COM,"),
        "as it was given: {before}"
    );

    prints(&[
        "subscribers",
        "remove",
        "a@example.com",
        "--reason",
        "asked by letter",
    ]);
    prints(&["subscribers", "remove", "C@EXAMPLE.com", "--erase"]);
    assert_eq!(import(), [0, 2, 2, 0]);
    assert_eq!(
        prints(&["subscribers", "list", "--consent", "confirmed"]),
        "B@Example.COM\tconfirmed\t\t\tevery\t\n"
    );
    insta::assert_snapshot!(prints(&["why", "a@example.com"]), @"
    a@example.com  unsubscribed
      [time]  confirmed by import: a table of unknown origin, list.csv
      [time]  unsubscribed by editor: asked by letter
    No edition has been sent to this address yet.
    ");
    let out = prints(&["subscribers", "list"]) + &prints(&["subscribers", "export"]);
    assert!(!out.to_lowercase().contains("c@example.com"), "{out}");
}

/// The peak of a process's memory in KiB; `None` after it has exited.
#[cfg(target_os = "linux")]
fn peak_so_far(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix(" kB")?.parse().ok()
}

/// Everyone is held in memory, at some 200 bytes each, and batches go to the store.
#[cfg(target_os = "linux")]
#[test]
fn a_person_takes_little_memory() {
    let instance = Instance::new();
    let mut list = String::from("email,name\n");
    for number in 0..300_000 {
        list += &format!("reader-{number}@example.com,Reader {number}\n");
    }
    let file = instance.file("list.csv", list);
    let mut import = binary();
    import.arg("--dir").arg(instance.path());
    import.args(["subscribers", "import", &file, "--confirmed"]);
    let mut child = import.stdout(Stdio::piped()).spawn().unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak_so_far(child.id()).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(5));
    }
    let printed = stdout(&child.wait_with_output().unwrap());
    assert_eq!(numbers(&printed), [300_000, 0, 0, 0]);
    assert!(peak > 0, "the peak was read");
    assert!(peak < 144 * 1024, "{peak} KiB for 300,000 rows");
}
