//! `--list`: which people of a system with several lists come, and which stay away, whichever list they were on.

use super::json::{SINGLE, page, subscriber};
use super::tables::phplist;
use super::{File, Move, moves, rows};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    phplist_by_its_column_of_lists,
    phplist_of_earlier_releases_where_names_run_together,
    mailerlite_by_its_groups,
    a_list_that_no_file_names_is_refused
);

const FINE: [&str; 3] = ["1", "0", "0"];

async fn phplist_by_its_column_of_lists(db: Db) {
    let table = phplist(&[
        ("ada@example.com", FINE, "Ada\t", "Weekly news; Tests; "),
        ("ben@example.com", ["1", "1", "0"], "Ben\t", "Tests; "),
        ("cy@example.com", FINE, "Cy\t", "Weekly newsletter; "),
        ("dee@example.com", FINE, "Dee\t", "No Lists"),
        ("eve@example.com", ["0", "0", "0"], "Eve\t", "Weekly news; "),
        ("fay@example.com", FINE, "Fay\t", "Tests;Weekly news"),
        ("gil@example.com", FINE, "Gil\t", "\"Tests\nWeekly news\""),
        ("hal@example.com", ["0", "0", "1"], "Hal\t", ""),
        ("ida@example.com", FINE, "Ida\t", "Weekly news "),
        ("not an address", FINE, "Jo\t", "Tests; "),
    ]);
    moves(
        db,
        "phpList",
        &[("export.tsv", table.as_bytes())],
        &["--list", "Weekly news"],
        &[
            ("ada@example.com", "confirmed", "Ada"),
            ("ben@example.com", "blocked", "Ben"),
            ("eve@example.com", "pending", "Eve"),
            ("fay@example.com", "confirmed", "Fay"),
            ("gil@example.com", "confirmed", "Gil"),
            ("hal@example.com", "blocked", "Hal"),
            ("ida@example.com", "confirmed", "Ida"),
        ],
    )
    .await;
    let there = Move::on(db).await;
    let file = there.file("export.tsv", table);
    let printed = there.import(&[&file, "--list", "Weekly news"]);
    assert_eq!(
        (rows(&printed, "on other lists"), rows(&printed, "mailable")),
        (3, 4)
    );
    assert!(
        printed["plan"]["files"][0]["columns"]
            .to_string()
            .contains("[\"List Membership\",\"lists\"]"),
        "{printed:#}"
    );
    let printed = there.refuses(&[&file, "--list", "Monthly"]);
    assert!(
        printed.contains("`Monthly`") && printed.contains("Weekly newsletter  (1 people)"),
        "{printed}"
    );
}

async fn phplist_of_earlier_releases_where_names_run_together(db: Db) {
    let there = Move::on(db).await;
    let table = |lists: &str| {
        phplist(&[
            ("ada@example.com", FINE, "Ada\t", "news "),
            ("ben@example.com", FINE, "Ben\t", lists),
        ])
    };
    for lists in ["news tests ", "old news "] {
        let printed = there.refuses(&[&there.file("export.tsv", table(lists)), "--list", "news"]);
        assert!(
            printed.contains("export.tsv, line 3")
                && printed.contains(lists.trim())
                && printed.contains("without --list"),
            "{printed}"
        );
    }
    let printed = there.import(&[
        &there.file("export.tsv", table("newsletter tests ")),
        "--list",
        "news",
    ]);
    assert_eq!(rows(&printed, "on other lists"), 1);
    there.expect(&[("ada@example.com", "confirmed", "Ada")]);
    // Without --list everyone comes, as from an export of one list.
    there.import(&[&there.file("export.tsv", table("news tests "))]);
    there.expect(&[
        ("ada@example.com", "confirmed", "Ada"),
        ("ben@example.com", "confirmed", "Ben"),
    ]);
}

async fn mailerlite_by_its_groups(db: Db) {
    let header = "Subscriber,Name,Last name,Subscribed,Groups\n";
    let active = format!(
        "{header}ada@example.com,Ada,,,\"News, Friends\"\nben@example.com,Ben,,,Newsletter\ncy@example.com,Cy,,,\ndee@example.com,Dee,,,News\n"
    );
    let left = format!(
        "{header}DEE@example.com,,,,News\neve@example.com,Eve,,,Newsletter\nfay@example.com,Fay,,,\n"
    );
    let pending = format!("{header}gil@example.com,Gil,,,Friends\nhal@example.com,Hal,,,News\n");
    let files: [File<'_>; 3] = [
        ("active.csv", active.as_bytes()),
        ("unsubscribed.csv", left.as_bytes()),
        ("unconfirmed.csv", pending.as_bytes()),
    ];
    moves(
        db,
        "MailerLite",
        &files,
        &["--list", "News"],
        &[
            ("ada@example.com", "confirmed", "Ada"),
            ("DEE@example.com", "unsubscribed", "Dee"),
            ("eve@example.com", "unsubscribed", "Eve"),
            ("fay@example.com", "unsubscribed", "Fay"),
            ("hal@example.com", "pending", "Hal"),
        ],
    )
    .await;
}

async fn a_list_that_no_file_names_is_refused(db: Db) {
    let there = Move::on(db).await;
    let table = there.file("list.csv", "email,status\nada@example.com,subscribed\n");
    let bare = there.file("bare.txt", "ben@example.com\n");
    let json = there.file(
        "list.json",
        "[{\"email_address\": \"cy@example.com\", \"type\": \"regular\"}]",
    );
    for files in [
        &[table.as_str()][..],
        &[bare.as_str()],
        &[&table, &bare, &json],
    ] {
        let printed = there.refuses(&[files, &["--list", "Weekly"]].concat());
        assert!(
            printed.contains("--list Weekly: none of these files shows which lists people are on"),
            "{printed}"
        );
    }
    // One file that names lists is enough.
    let weekly = there.file(
        "page.json",
        page(
            1,
            &[subscriber(
                "dee@example.com",
                "",
                "enabled",
                &[["Weekly", SINGLE, "confirmed"]],
            )],
        ),
    );
    there.import(&[&table, &weekly, "--list", "Weekly"]);
    there.import(&[
        &there.file("empty.csv", "email,status\n"),
        "--list",
        "Weekly",
    ]);
}
