//! `verdict subscribers add`, `remove`, `list` and `export`, entry by entry, on both stores.

use super::exchange::without_times;
use super::{Instance, steady};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(an_entry_comes_changes_and_goes);

async fn an_entry_comes_changes_and_goes(db: Db) {
    let app = TestApp::on(db).await;
    let prints = |args: &[&str]| stdout(&app.verdict(args));
    assert_eq!(prints(&["subscribers", "list"]), "");
    assert_eq!(
        prints(&[
            "subscribers",
            "add",
            "Ada@Example.com",
            "--name",
            "Ada",
            "--time-zone",
            "Europe/London"
        ]),
        "Ada@Example.com: added\n"
    );
    assert_eq!(
        prints(&["subscribers", "add", "ada@example.com"]),
        "ada@example.com: already on the list; nothing changed\n"
    );
    assert_eq!(
        prints(&["subscribers", "add", "grace@example.org", "--pending"]),
        "grace@example.org: added\n"
    );
    assert_eq!(
        prints(&["subscribers", "list"]),
        "Ada@Example.com\tconfirmed\tAda\tEurope/London\tevery\t\ngrace@example.org\tpending\t\t\tevery\t\n"
    );
    assert_eq!(
        prints(&["subscribers", "list", "--consent", "pending"]),
        "grace@example.org\tpending\t\t\tevery\t\n"
    );
    assert_eq!(
        prints(&["subscribers", "add", "grace@example.org"]),
        "grace@example.org: confirmed\n"
    );
    assert_eq!(prints(&["subscribers", "list", "--consent", "pending"]), "");
    assert_eq!(
        without_times(&prints(&[
            "subscribers",
            "export",
            "--consent",
            "confirmed"
        ])),
        "email,name,time_zone,consent,frequency,paused_until\nAda@Example.com,Ada,Europe/London,confirmed,every,\ngrace@example.org,,,confirmed,every,\n"
    );
    assert_eq!(
        prints(&["subscribers", "remove", "ADA@example.com"]),
        "ADA@example.com: unsubscribed\n"
    );
    assert_eq!(
        prints(&["subscribers", "remove", "ada@example.com"]),
        "ada@example.com: was already off the list (unsubscribed)\n"
    );
    let printed = prints(&["subscribers", "remove", "grace@example.org", "--erase"]);
    insta::assert_snapshot!(printed, @"grace@example.org: erased; a keyed hash keeps it from being added again");
    for email in ["ada@example.com", "grace@example.org"] {
        let output = app.verdict(&["subscribers", "add", email]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("suppressed"),
            "{}",
            stderr(&output)
        );
    }
    for args in [
        ["subscribers", "remove", "grace"],
        ["subscribers", "add", "grace"],
    ] {
        assert_eq!(app.verdict(&args).status.code(), Some(2));
    }
    assert_eq!(
        prints(&["subscribers", "list"]),
        "Ada@Example.com\tunsubscribed\tAda\tEurope/London\tevery\t\n"
    );
}

#[test]
fn an_invalid_address_is_refused_with_the_reason() {
    let instance = Instance::new();
    for (email, reason) in [
        ("", "address"),
        ("ada", "no @"),
        ("Ada <ada@example.com>", "bare address"),
        ("ada@", "nothing after the @"),
        ("@example.com", "before the @"),
        ("ada@example..com", "domain"),
        ("ada@exa_mple.com", "domain"),
        (
            "ada@example.com\r\nRCPT TO:<eve@example.com>",
            "control character",
        ),
        ("ada\n@example.com", "control character"),
        ("ada@example.com, eve@example.com", "address"),
    ] {
        let refusal = instance.refuses(&["subscribers", "add", email]);
        assert!(refusal.starts_with("error: "), "{refusal}");
        assert!(refusal.contains(reason), "{email:?}: {refusal}");
        assert_eq!(refusal.lines().count(), 1, "{refusal}");
    }
    assert_eq!(instance.prints(&["subscribers", "list"]), "");
}

#[test]
fn nothing_that_breaks_a_header_gets_into_a_name() {
    let instance = Instance::new();
    for name in [
        "a\rb",
        "a\nb",
        "a\r\nBcc: eve@example.com",
        "a\tb",
        "a\u{7f}b",
        "a\u{2028}b",
    ] {
        let refusal = instance.refuses(&["subscribers", "add", "a@example.com", "--name", name]);
        assert!(refusal.contains("the name"), "{refusal}");
    }
    let refusal = instance.refuses(&[
        "subscribers",
        "add",
        "a@example.com",
        "--time-zone",
        "Mars/Phobos",
    ]);
    insta::assert_snapshot!(refusal, @"error: unknown time zone; write an IANA name, such as Europe/Berlin");
    assert_eq!(instance.prints(&["subscribers", "list"]), "");
}

#[test]
fn an_unknown_consent_is_refused() {
    let refusal = Instance::new().refuses(&["subscribers", "list", "--consent", "eager"]);
    insta::assert_snapshot!(refusal, @"
    error: invalid value 'eager' for '--consent <CONSENT>'
      [possible values: pending, confirmed, bounced, unsubscribed, blocked, complained, erased]

      tip: a similar value exists: 'erased'

    For more information, try '--help'.
    ");
}

#[test]
fn an_export_overwrites_nothing() {
    let _steady = steady();
    let instance = Instance::new();
    let file = instance.file("out.csv", "mine");
    let refusal = instance.refuses(&["subscribers", "export", &file]);
    insta::assert_snapshot!(refusal, @"error: cannot write [folder]/out.csv: File exists (os error 17)");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
}
