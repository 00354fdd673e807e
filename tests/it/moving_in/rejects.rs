//! Rows with an unreadable address: each is in the report, with its line as editors number them.

use super::Move;
use super::rows::report;
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    each_has_its_line_and_its_reason,
    a_person_of_json_is_named_by_its_number,
    a_quote_that_is_never_closed_costs_one_row,
    the_report_has_its_place_in_the_instance,
    the_report_never_takes_the_place_of_a_list
);

async fn each_has_its_line_and_its_reason(db: Db) {
    let there = Move::on(db).await;
    let mut list = Vec::new();
    let mut expected = Vec::new();
    let mut line = 1;
    let rows: [(&[u8], &str); 11] = [
        (b"email,name,status", ""),
        (
            b"good-1@example.com,\"Two\r\nlines\r\nand more\",subscribed",
            "",
        ),
        (b"no-at-sign,Ada,subscribed", "the address has no @"),
        (b"", ""),
        (
            b"\"quoted\r\nbreak@example.com\",,subscribed",
            "control character",
        ),
        (b"two@@example.com,,subscribed", "more than one @"),
        (b",Nobody,subscribed", "the address is empty"),
        (
            b"Ada <ada@example.com> Eve <eve@example.com>,,subscribed",
            "angle brackets",
        ),
        (b"good-2@example.com,Jos\xe9,subscribed", ""),
        (b"'=1+1,,subscribed", "no @"),
        (b"good-3@example.com,never,subscribed", ""),
    ];
    for (row, reason) in rows {
        if !reason.is_empty() {
            expected.push((format!("list.csv:{line}"), reason));
        }
        list.extend_from_slice(row);
        list.extend_from_slice(b"\r\n");
        line += 1 + row.iter().filter(|byte| **byte == b'\n').count();
    }
    let json = there.file("list.json", "[{\"email_address\": \"ben@example.com\", \"type\": \"regular\"},\n\n{\"email_address\": \"ben@localhost\", \"type\": \"regular\"}]");
    expected.push(("list.json:element 2".to_owned(), "the domain has no dot"));
    let bare = there.file("bare.txt", "ann@example.com\r\n\r\nann@example.com.\r\n");
    expected.push(("bare.txt:3".to_owned(), "not a valid name"));
    let printed = report(&there, &[&there.file("list.csv", list), &json, &bare]);
    let rejected: Vec<_> = printed
        .iter()
        .filter(|(_, outcome, ..)| outcome == "rejected")
        .collect();
    assert_eq!(rejected.len(), expected.len(), "{rejected:?}");
    for ((place, _, reason, _), (wanted, word)) in rejected.iter().zip(&expected) {
        assert_eq!(place, wanted);
        assert!(reason.contains(word), "{place}: {reason}");
    }
    // The report holds strangers' texts, so no cell of it may be a formula.
    assert_eq!(rejected[0].3, "no-at-sign,Ada,subscribed");
    let text = std::fs::read_to_string(there.folder().join("report.csv")).unwrap();
    assert!(!text.contains(",=") && !text.contains("\"="), "{text}");
    there.expect(&[
        ("good-1@example.com", "confirmed", "Two lines and more"),
        ("good-2@example.com", "confirmed", "José"),
        ("good-3@example.com", "confirmed", "never"),
        ("ben@example.com", "confirmed", ""),
        ("ann@example.com", "pending", ""),
    ]);
}

async fn a_person_of_json_is_named_by_its_number(db: Db) {
    let there = Move::on(db).await;
    let json = there.file("list.json", "[{\"email_address\": \"ben@example.com\", \"type\": \"regular\"},\n\n{\"email_address\": \"ben@@example.com\", \"type\": \"complained\"}]");
    let printed = there.ends(1, &[&json]);
    assert!(
        printed.contains("list.json, element 2: the address has more than one @"),
        "{printed}"
    );
    let example = printed
        .lines()
        .find(|line| line.trim_start().starts_with("rejected"));
    assert!(
        example
            .unwrap()
            .ends_with("element 2: the address has more than one @"),
        "{printed}"
    );
    assert!(!printed.contains("line 2"), "{printed}");
}

async fn a_quote_that_is_never_closed_costs_one_row(db: Db) {
    let there = Move::on(db).await;
    let mut list = String::from("email,name,status\na@example.com,\"never closed,subscribed\n");
    for number in 0..3_000 {
        list += &format!("reader-{number}@example.com,Reader,subscribed\n");
    }
    let printed = report(&there, &[&there.file("list.csv", list)]);
    assert_eq!(printed.len(), 1);
    assert!(
        printed[0].0 == "list.csv:2" && printed[0].2.contains("quote that is never closed"),
        "{printed:?}"
    );
    assert_eq!(there.people().len(), 3_000);
}

async fn the_report_has_its_place_in_the_instance(db: Db) {
    let there = Move::on(db).await;
    let file = there.file(
        "list.csv",
        "email,status\nada@example.com,subscribed\nnobody,subscribed\n",
    );
    let printed = there.ends(1, &["--yes", &file]);
    let path = there.app.dir.path().join("subscribers/import-1.csv");
    assert!(printed.contains(path.to_str().unwrap()), "{printed}");
    let report = std::fs::read_to_string(&path).unwrap();
    assert!(
        report.ends_with(",3,rejected,the address has no @,\"nobody,subscribed\"\n"),
        "{report}"
    );
    // Without rejects there is no report.
    let fine = there.file("fine.csv", "email,status\nben@example.com,subscribed\n");
    assert!(
        !there
            .ends(0, &["--yes", &fine])
            .contains("rejected or fixed")
    );
    assert!(
        !there
            .app
            .dir
            .path()
            .join("subscribers/import-2.csv")
            .exists()
    );
}

async fn the_report_never_takes_the_place_of_a_list(db: Db) {
    let there = Move::on(db).await;
    let contents = "email,status\nada@example.com,subscribed\nnobody,subscribed\n";
    let file = there.file("all/list.csv", contents);
    let folder = there.folder().join("all");
    let other_way = folder.join("../all/list.csv");
    for args in [
        [file.as_str(), other_way.to_str().unwrap()],
        [folder.to_str().unwrap(), file.as_str()],
    ] {
        let printed = there.refuses(&[args[0], "--report", args[1]]);
        assert!(printed.contains("list.csv, which is imported"), "{printed}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), contents);
    there.expect(&[]);
}
