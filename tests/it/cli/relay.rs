//! `send`, `render` and `status` without a relay, an issue or a reader.

use std::net::TcpListener;

use mail_parser::MessageParser;
use verdict::catcher::{Behaviour, Catcher};

use super::{Instance, steady};
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(
    mails_without_a_relay_are_sent_once_there_is_one,
    a_dry_run_lists_everyone_and_writes_nothing,
    the_mail_of_an_unsent_issue_can_be_rendered,
    status_and_why_report_unknown_slugs_and_addresses
);

const SLUG: &str = "tea-vs-coffee";

async fn mails_without_a_relay_are_sent_once_there_is_one(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(3).await;
    app.catcher.stop().await;
    let address = app.catcher.addr();
    for _ in 0..2 {
        let output = app.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(2));
        let printed = stderr(&output);
        assert!(printed.contains(&address.to_string()), "{printed}");
        insta::assert_snapshot!(printed, @"
        warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
        error: the relay 127.0.0.1:[port] cannot be used (the connection: Connection refused (os error 111)); what was not sent stays queued
        ");
        assert_eq!(app.counts(SLUG).await.queued, 3);
    }
    let catcher = Catcher::start_at(address, Behaviour::new()).await.unwrap();
    let printed = stdout(&app.verdict(&["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is already frozen; continuing.
    tea-vs-coffee  finished (3 readers)
      edition    [sha256]
      accepted   3
    ");
    assert_eq!(catcher.len(), 3);
}

async fn a_dry_run_lists_everyone_and_writes_nothing(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    stdout(&app.verdict(&["subscribers", "add", "pending@example.com", "--pending"]));
    let printed = stdout(&app.verdict(&["send", SLUG, "--dry-run"]));
    insta::assert_snapshot!(printed, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    reader-1@example.com
    reader-2@example.com
    pending@example.com\tpending
    It would go to 2 readers; 1 is left out. Nothing was written.
    ");
    assert_eq!(
        stdout(&app.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    assert!(app.catcher.is_empty());
}

async fn the_mail_of_an_unsent_issue_can_be_rendered(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some("Ada"))
        .await;
    let mail = app
        .verdict(&["render", SLUG, "--to", "ADA@example.com"])
        .stdout;
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(
        parsed.subject(),
        Some("Alpha of tea-vs-coffee vs Beta of tea-vs-coffee")
    );
    for part in [parsed.body_text(0).unwrap(), parsed.body_html(0).unwrap()] {
        assert!(
            part.contains("Hi Ada,") && part.contains("1 Sample Street"),
            "{part}"
        );
    }
    for header in [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Archive",
        "List-Help",
        "Feedback-ID",
        "Verdict-Delivery",
        "Precedence",
        "MIME-Version",
        "Content-Language",
        "Content-Type",
    ] {
        let count = parsed
            .headers_raw()
            .filter(|(name, _)| name.eq_ignore_ascii_case(header))
            .count();
        assert_eq!(count, 1, "{header}");
    }
    assert_eq!(
        stdout(&app.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    let refused = |args: &[&str]| {
        let output = app.verdict(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
        stderr(&output)
    };
    let printed = refused(&["render", "tea-vs-cofee", "--to", "ada@example.com"]);
    insta::assert_snapshot!(printed, @"error: there is no issue `tea-vs-cofee`: [folder]/issues/tea-vs-cofee.toml does not exist (did you mean `tea-vs-coffee`?)");
    let printed = refused(&["render", SLUG, "--to", "eve@example.com"]);
    insta::assert_snapshot!(printed, @"error: eve@example.com is not on the list: add it with `verdict subscribers add`");
    let printed = refused(&["render", SLUG, "--to", "ada"]);
    insta::assert_snapshot!(printed, @"error: the address has no @");
}

async fn status_and_why_report_unknown_slugs_and_addresses(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG)
        .issue("water-vs-wine")
        .reader("ada@example.com")
        .await;
    let why = stdout(&app.verdict(&["why", "ada@example.com"]));
    insta::assert_snapshot!(why, @"
    ada@example.com  confirmed
      2026-11-23 09:00:00 CET  confirmed by editor
    No edition has been sent to this address yet.
    ");
    assert_eq!(stdout(&app.verdict(&["status", "--json"])), "[]\n");
    app.send(SLUG).await;
    for (slug, hint) in [("tea-vs-cofee", true), ("water-vs-wine", false)] {
        let output = app.verdict(&["status", slug, "--json"]);
        assert_eq!(output.status.code(), Some(2));
        let printed = stderr(&output);
        assert!(
            printed.contains(&format!("no edition of `{slug}`")),
            "{printed}"
        );
        assert_eq!(
            printed.contains("did you mean `tea-vs-coffee`?"),
            hint,
            "{printed}"
        );
    }
    let why = stdout(&app.verdict(&["why", "ADA@example.com"]));
    insta::assert_snapshot!(why, @"
    ADA@example.com  confirmed
      2026-11-23 09:00:00 CET  confirmed by editor
    tea-vs-coffee  accepted  2026-11-23 09:00:00 CET  250 2.0.0 Taken
    ");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_that_does_not_check_is_named_with_all_its_findings() {
    let app = TestApp::on(Db::Sqlite).await;
    app.reader("ada@example.com").await;
    let wrong = sample_issue(SLUG).replace("reviewer", "revewer");
    app.issue_file(SLUG, &wrong.replace("\"free\"", "\"fre\""));
    for args in [&["send", SLUG][..], &["send", SLUG, "--dry-run"]] {
        let output = app.verdict(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let printed = stderr(&output);
        assert!(
            printed.contains("is not sent because it does not check"),
            "{printed}"
        );
        assert_eq!(
            printed.matches("did you mean `reviewer`?").count(),
            2,
            "{printed}"
        );
        assert_eq!(
            printed.matches("did you mean `free`?").count(),
            2,
            "{printed}"
        );
        assert!(printed.contains(&format!("{SLUG}.toml:10:9")), "{printed}");
    }
    assert_eq!(
        stdout(&app.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    assert!(app.catcher.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_refuses_everything_is_quoted() {
    let _steady = steady();
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(2).await;
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::Write as _;
        for stream in silent.incoming() {
            let _ = stream.unwrap().write_all(b"554 5.7.1 not from here\r\n");
        }
    });
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["send", SLUG]);
    let output = command
        .env("VERDICT_SMTP_URL", format!("smtp://{address}?tls=none"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = stderr(&output);
    assert!(printed.contains(&address.to_string()), "{printed}");
    insta::assert_snapshot!(printed, @"
    warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
    error: the relay 127.0.0.1:[port] cannot be used (the connection: 554 5.7.1 not from here); what was not sent stays queued
    ");
    assert_eq!(app.counts(SLUG).await.queued, 2);
}

#[test]
fn another_key_than_the_lists_is_refused_from_the_environment_too() {
    let _steady = steady();
    let instance = Instance::new();
    instance.prints(&["subscribers", "list"]);
    let mut command = binary();
    command.arg("--dir").arg(instance.path()).arg("status");
    let output = command
        .env("VERDICT_SECRET", "ab".repeat(32))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = stderr(&output);
    insta::assert_snapshot!(printed, @"error: this machine's secret key is not the one that the list's links are signed with (here [sha256], list [sha256]): copy `secret.key` from the first machine, or set VERDICT_SECRET");
    assert!(
        !printed.contains("abababab"),
        "the key is no part of the message: {printed}"
    );
}
