//! The plan before anything is written, and what stops an import.

use serde_json::Value;

use super::{Move, rows};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    without_a_yes_nothing_is_written,
    an_unknown_status_stops_the_import,
    an_unread_column_like_a_status_stops_the_import,
    confirmed_covers_only_rows_without_a_status,
    the_named_system_is_used,
    why_shows_where_each_consent_comes_from
);

const LIST: &str = "email,name,Status\n\
    ada@example.com,Ada,subscribed\n\
    ben@example.com,Ben,unsubscribed\n\
    cy@example.com,Cy,SUBSCRIBED\n\
    ada@EXAMPLE.com,,subscribed\n";

async fn without_a_yes_nothing_is_written(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("list.csv", LIST);
    let printed = there.ends(0, &[&file]);
    for shown in [
        "email address       email",
        "status              Status",
        "Status=subscribed → confirmed  (2)",
        "Status=SUBSCRIBED → confirmed  (1)",
        "Status=unsubscribed → unsubscribed  (1)",
        "Nothing was written. Add --yes",
    ] {
        assert!(printed.contains(shown), "{shown}\n{printed}");
    }
    let line = |label: &str| {
        printed
            .lines()
            .find(|line| line.trim_start().starts_with(label))
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    assert_eq!(line("Rows").unwrap(), "Rows 4");
    assert_eq!(
        line("mailable").unwrap(),
        "mailable 2 ada@example.com, cy@example.com"
    );
    assert_eq!(
        line("unsubscribed").unwrap(),
        "unsubscribed 1 ben@example.com"
    );
    assert_eq!(line("merged").unwrap(), "merged 1");
    there.expect(&[]);
    let json: Value =
        serde_json::from_slice(&there.run(&["import", "--json", &file]).stdout).unwrap();
    assert_eq!(json["written"], false);
    assert_eq!(
        (
            json["plan"]["rows"].as_u64(),
            rows(&json, "mailable"),
            rows(&json, "merged")
        ),
        (Some(4), 2, 1)
    );
    let bad = there.file(
        "bad.csv",
        "email,status\nnobody,subscribed\nada@example.com,subscribed\n",
    );
    let printed = there.ends(1, &[&bad]);
    assert!(
        printed.contains("Nothing was written") && printed.contains("line 2: the address has no @"),
        "{printed}"
    );
    there.expect(&[]);
    let printed = there.ends(0, &[&file, "--yes"]);
    assert!(printed.contains("This is import 1;"), "{printed}");
    there.expect(&[
        ("ada@example.com", "confirmed", "Ada"),
        ("ben@example.com", "unsubscribed", "Ben"),
        ("cy@example.com", "confirmed", "Cy"),
    ]);
    let printed = there.ends(0, &[&file, "--yes"]);
    assert!(
        printed.contains("Nothing was new") && printed.contains("already known"),
        "{printed}"
    );
}

async fn an_unknown_status_stops_the_import(db: Db) {
    let there = Move::on(db).await;
    there.file("move/one.csv", LIST);
    let two = there.file("move/two.csv", "email,name,status\r\n\"dee@example.com\",\"Dee\r\nD\",active\r\n\r\neve@example.com,,on holiday\r\nfay@example.com,,on holiday\r\n");
    let folder = there.folder().join("move");
    for options in [&["--confirmed"][..], &["--anyway"], &[]] {
        let printed = there.refuses(&[&[folder.to_str().unwrap()], options].concat());
        for named in ["status=on holiday", "2 rows", "two.csv", "line 5"] {
            assert!(printed.contains(named), "{named}: {printed}");
        }
    }
    // Known systems refuse unknown words too.
    let kit = there.file("kit.csv", "first_name,email,created_at,status\nAda,ada@example.com,,active\nBen,ben@example.com,,snoozed\n");
    let printed = there.refuses(&[&kit, &two]);
    assert!(
        printed.contains("status=snoozed  (1 row of Kit, the first in")
            && printed.contains("line 3")
            && printed.contains("on holiday"),
        "{printed}"
    );
    there.expect(&[]);
}

async fn an_unread_column_like_a_status_stops_the_import(db: Db) {
    let there = Move::on(db).await;
    for title in [
        "Unsubscribe date",
        "Bounced",
        "Opt-out",
        "is_active",
        "Spam?",
        "STATUS",
        "Email Marketing Consent",
    ] {
        let file = there.file(
            "list.csv",
            format!("email,status,{title}\nada@example.com,subscribed,yes\n"),
        );
        let printed = there.refuses(&[&file, "--confirmed", "--anyway"]);
        assert!(
            printed.contains(&format!("`{title}`")) && printed.contains("list.csv"),
            "{printed}"
        );
    }
    // In an export of a known system, a title that can mean nothing else.
    let sendy = "Name,Email,Joined,Opt-in method,IP address,Status,GDPR,Active_subscription,Number of bounces,Email status page";
    for title in [
        "Subscribed",
        "opted_out",
        "Opt-Out",
        "Unsubscribed On",
        "Marketing CONSENT",
        "status",
        "Blocklisted",
        "bounced?",
        "Subscription status",
        "suppressed",
    ] {
        for (header, row, system) in [
            (
                sendy,
                "Ada,ada@example.com,,Double,,Active,No,true,0,x",
                "Sendy",
            ),
            (
                "email,active_subscription,expiry,email_disabled,created_at",
                "ada@example.com,true,,false,",
                "Substack",
            ),
            (
                "cid,status,HASH_EMAIL,EMAIL,MERGE_STATUS",
                "1,subscribed,0,ada@example.com,x",
                "Mailtrain",
            ),
        ] {
            let file = there.file("list.csv", format!("{header}\n{row}\n"));
            let printed: Value =
                serde_json::from_slice(&there.run(&["import", "--json", &file]).stdout).unwrap();
            assert_eq!(
                (
                    &printed["plan"]["files"][0]["system"],
                    &printed["plan"]["rows"]
                ),
                (&system.into(), &1.into()),
                "{printed:#}"
            );
            let file = there.file("list.csv", format!("{header},{title}\n{row},yes\n"));
            let printed = there.refuses(&[&file, "--confirmed", "--anyway"]);
            assert!(
                printed.contains(&format!("`{title}`")) && printed.contains("looks like a status"),
                "{printed}"
            );
        }
    }
    // A title that occurs twice is read once.
    let file = there.file(
        "list.csv",
        "email,status,status\nada@example.com,subscribed,unsubscribed\n",
    );
    let printed = there.refuses(&[&file]);
    assert!(printed.contains("`status`"), "{printed}");
    let file = there.file(
        "list.csv",
        "email,status,Favourite colour\nada@example.com,subscribed,red\n",
    );
    let printed = there.import(&[&file]);
    assert!(
        printed["plan"]["files"][0]["not_used"]
            .to_string()
            .contains("Favourite colour"),
        "{printed:#}"
    );
}

async fn confirmed_covers_only_rows_without_a_status(db: Db) {
    let there = Move::on(db).await;
    let silent = there.file(
        "silent.csv",
        "Subscriber;Full Name\nada@example.com;Ada\nben@example.com;Ben\ncy@example.com;\n",
    );
    let printed = there.file("printed.csv", "email,status\nBEN@example.com,unsubscribed\ncy@example.com,pending\ndee@example.com,pending\neve@example.com,\n");
    there.import(&[&silent, &printed, "--confirmed"]);
    there.expect(&[
        ("ada@example.com", "confirmed", "Ada"),
        ("BEN@example.com", "unsubscribed", "Ben"),
        ("cy@example.com", "pending", ""),
        ("dee@example.com", "pending", ""),
        ("eve@example.com", "confirmed", ""),
    ]);
    let other = Move::on(db).await;
    let bare = other.file(
        "bare.txt",
        "ada@example.com\r\n\r\nBen <ben@example.com>\r\n",
    );
    let silent = other.file("silent.csv", "Subscriber;Full Name\ncy@example.com;Cy\n");
    other.import(&[&silent, &bare, "--anyway"]);
    other.expect(&[
        ("ada@example.com", "confirmed", ""),
        ("ben@example.com", "confirmed", "Ben"),
        ("cy@example.com", "pending", "Cy"),
    ]);
}

async fn the_named_system_is_used(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("list.csv", "email,status\nada@example.com,subscribed\n");
    let printed = there.refuses(&["--from", "mailtrain", &file]);
    assert!(
        printed.contains("the columns of an export of Mailtrain") && printed.contains("`status`"),
        "{printed}"
    );
    let printed = there.refuses(&["--from", "pigeon", &file]);
    assert!(printed.contains("mailtrain, phplist"), "{printed}");
    let json = there.file(
        "list.json",
        "[{\"email\": \"ada@example.com\", \"type\": \"x\"}]",
    );
    assert!(
        there
            .refuses(&[&json])
            .contains("JSON of an unknown system")
    );
    let json = there.file("list.json", "{\"data\": {\"results\": [");
    assert!(there.refuses(&[&json]).contains("list.json as JSON: "));
    assert!(
        there
            .refuses(&[there.folder().join("no.csv").to_str().unwrap()])
            .contains("no.csv")
    );
    let header = there.file("header.csv", "Name,Telephone\nAda,1\n");
    assert!(there.refuses(&[&header]).contains("`Telephone`"));
}

async fn why_shows_where_each_consent_comes_from(db: Db) {
    let there = Move::on(db).await;
    let files = super::tables::mailchimp();
    let files = files
        .each_ref()
        .map(|(name, contents)| there.file(name, contents));
    there.import(&files.each_ref().map(String::as_str));
    let why = |address: &str| crate::test_app::stdout(&there.run(&["why", address]));
    let printed = why("ada@example.com");
    assert!(printed.contains("Mailchimp, subscribed_email_audience_export_0f1e.csv: 2021-02-03 04:06:00, from 192.0.2.8"), "{printed}");
    let printed = why("dee@example.com");
    assert!(printed.contains("Mailchimp, unsubscribed_email_audience_export_0f1e.csv: 2023-03-04 05:06:07: NORMAL too many, really"), "{printed}");
}
