//! Taking an import back, for people who have not acted since.

use chrono::TimeDelta;
use verdict::delivery;

use super::{Move, number};
use crate::database::Db;
use crate::http;
use crate::test_app::on_both_stores;

on_both_stores!(
    an_undone_import_leaves_no_trace_if_nobody_acted,
    people_who_were_mailed_or_left_since_are_left_alone,
    people_who_got_an_edition_that_is_compacted_now_are_left_alone,
    a_later_import_that_changed_a_reader_stays
);

/// The three numbers that an undo prints: removed, restored, left alone.
fn numbers(printed: &str) -> [u64; 3] {
    ["off the list again", "as they were before", "left alone"].map(|label| {
        let line = printed
            .lines()
            .find_map(|line| line.trim().strip_prefix(label));
        line.unwrap_or_else(|| panic!("{printed}"))
            .trim()
            .parse()
            .unwrap()
    })
}

async fn an_undone_import_leaves_no_trace_if_nobody_acted(db: Db) {
    let there = Move::on(db).await;
    there
        .app
        .named_reader("ada@example.com", Some("Ada"))
        .await
        .reader("ben@example.com")
        .await;
    let before = there.export();
    let file = there.file("list.csv", "email,status\nADA@example.com,unsubscribed\nben@example.com,subscribed\ncy@example.com,subscribed\ndee@example.com,complained\n");
    let printed = there.import(&[&file]);
    assert_ne!(there.export(), before);
    let number = number(&printed);
    assert_eq!(numbers(&there.ends(0, &["--undo", &number])), [2, 1, 0]);
    assert_eq!(there.export(), before);
    let printed = there.ends(2, &["--undo", &number]);
    assert!(printed.contains("there is no import"), "{printed}");
    there.ends(2, &["--undo", "77"]);
    there.ends(2, &["--undo", "0"]);
    // People whose import was undone can be imported again.
    there.import(&[&file]);
    there.expect(&[
        ("ada@example.com", "unsubscribed", "Ada"),
        ("ben@example.com", "confirmed", ""),
        ("cy@example.com", "confirmed", ""),
        ("dee@example.com", "complained", ""),
    ]);
}

async fn people_who_were_mailed_or_left_since_are_left_alone(db: Db) {
    let there = Move::on(db).await;
    // The binary uses the system's clock, so later events need a later time.
    there.app.clock.set("2126-11-23T08:00:00Z".parse().unwrap());
    there.app.reader("fay@example.com").await;
    let file = there.file("list.csv", "email,status\nada@example.com,subscribed\nben@example.com,subscribed\ncy@example.com,pending\ndee@example.com,unsubscribed\nfay@example.com,bounced\ngil@example.com,pending\n");
    let printed = there.import(&[&file]);
    there.app.issue("first");
    there.app.send("first").await;
    let answer = http::post(
        &there.app.unsubscribe_link("ben@example.com"),
        "List-Unsubscribe=One-Click",
    )
    .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    there.run(&[
        "subscribers",
        "remove",
        "gil@example.com",
        "--reason",
        "asked",
    ]);
    let printed = there.ends(0, &["--undo", &number(&printed)]);
    assert_eq!(numbers(&printed), [2, 1, 3]);
    there.expect(&[
        ("ada@example.com", "confirmed", ""),
        ("ben@example.com", "unsubscribed", ""),
        ("fay@example.com", "confirmed", ""),
        ("gil@example.com", "unsubscribed", ""),
    ]);
}

async fn people_who_got_an_edition_that_is_compacted_now_are_left_alone(db: Db) {
    let there = Move::on(db).await;
    there.app.clock.set("2126-11-23T08:00:00Z".parse().unwrap());
    there.app.reader("fay@example.com").await;
    let list = "email,status\nada@example.com,subscribed\nben@example.com,pending\n\
        cy@example.com,pending\ndee@example.com,subscribed\n";
    let file = there.file("list.csv", list);
    let printed = there.import(&[&file]);
    there.app.issue("first");
    there.app.send("first").await;
    there.app.clock.advance(TimeDelta::days(31));
    let edition = there.app.edition("first").await;
    let compacted = delivery::compact(&there.app, &edition, |_| {}).await;
    assert!(compacted.unwrap());
    let printed = there.ends(0, &["--undo", &number(&printed)]);
    assert_eq!(numbers(&printed), [2, 0, 2]);
}

async fn a_later_import_that_changed_a_reader_stays(db: Db) {
    let there = Move::on(db).await;
    let first = there.import(&[&there.file(
        "one.csv",
        "email,status\nada@example.com,subscribed\nben@example.com,subscribed\n",
    )]);
    let second = there.import(&[&there.file(
        "two.csv",
        "email,status\nada@example.com,complained\nben@example.com,subscribed\n",
    )]);
    assert_eq!(
        numbers(&there.ends(0, &["--undo", &number(&first)])),
        [1, 0, 1]
    );
    there.expect(&[("ada@example.com", "complained", "")]);
    assert_eq!(
        numbers(&there.ends(0, &["--undo", &number(&second)])),
        [0, 1, 0]
    );
    there.expect(&[("ada@example.com", "confirmed", "")]);
}
