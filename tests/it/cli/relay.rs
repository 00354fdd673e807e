//! `send`, `render` and `status` where something is missing: the relay, the issue, the reader.

use std::net::TcpListener;

use mail_parser::MessageParser;
use verdict::catcher::{Behaviour, Catcher};

use super::Instance;
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(
    what_found_no_relay_is_sent_when_there_is_one,
    a_dry_run_names_everybody_and_writes_nothing,
    the_mail_of_an_issue_that_was_not_sent_can_be_looked_at,
    status_and_why_know_what_they_do_not_know
);

const SLUG: &str = "tea-vs-coffee";

async fn what_found_no_relay_is_sent_when_there_is_one(db: Db) {
    let press = TestApp::on(db).await;
    press.issue(SLUG).readers(3).await;
    press.catcher.stop().await;
    let address = press.catcher.addr();
    for _ in 0..2 {
        let output = press.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(
            said.contains(&address.to_string()) && said.contains("Connection refused"),
            "{said}"
        );
        assert!(said.contains("stays queued"), "{said}");
        assert_eq!(press.counts(SLUG).await.queued, 3);
    }
    let catcher = Catcher::start_at(address, Behaviour::new()).await.unwrap();
    let said = stdout(&press.verdict(&["send", SLUG]));
    assert!(
        said.contains("frozen already") && said.contains("accepted   3"),
        "{said}"
    );
    assert_eq!(catcher.len(), 3);
}

async fn a_dry_run_names_everybody_and_writes_nothing(db: Db) {
    let press = TestApp::on(db).await;
    press.issue(SLUG).readers(2).await;
    stdout(&press.verdict(&["subscribers", "add", "pending@example.com", "--pending"]));
    let said = stdout(&press.verdict(&["send", SLUG, "--dry-run"]));
    for part in [
        "\nreader-1@example.com\n",
        "\nreader-2@example.com\n",
        "It would go to 2 readers",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(said.contains("\npending@example.com\tpending\n"), "{said}");
    assert_eq!(
        stdout(&press.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    assert!(press.catcher.is_empty());
}

async fn the_mail_of_an_issue_that_was_not_sent_can_be_looked_at(db: Db) {
    let press = TestApp::on(db).await;
    press
        .issue(SLUG)
        .named_reader("ada@example.com", Some("Ada"))
        .await;
    let mail = press
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
        "Precedence",
        "MIME-Version",
        "Content-Type",
    ] {
        let count = parsed
            .headers_raw()
            .filter(|(name, _)| name.eq_ignore_ascii_case(header))
            .count();
        assert_eq!(count, 1, "{header}");
    }
    assert_eq!(
        stdout(&press.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    let refused = |args: &[&str]| {
        let output = press.verdict(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
        stderr(&output)
    };
    let said = refused(&["render", "tea-vs-cofee", "--to", "ada@example.com"]);
    assert!(said.contains("did you mean `tea-vs-coffee`?"), "{said}");
    let said = refused(&["render", SLUG, "--to", "eve@example.com"]);
    assert!(
        said.contains("eve@example.com is not on the list"),
        "{said}"
    );
    let said = refused(&["render", SLUG, "--to", "ada"]);
    assert!(said.contains("no @"), "{said}");
}

async fn status_and_why_know_what_they_do_not_know(db: Db) {
    let press = TestApp::on(db).await;
    press
        .issue(SLUG)
        .issue("water-vs-wine")
        .reader("ada@example.com")
        .await;
    let why = stdout(&press.verdict(&["why", "ada@example.com"]));
    assert!(
        why.contains("No edition was sent to this address yet."),
        "{why}"
    );
    assert_eq!(stdout(&press.verdict(&["status", "--json"])), "[]\n");
    press.send(SLUG).await;
    for (slug, hint) in [("tea-vs-cofee", true), ("water-vs-wine", false)] {
        let output = press.verdict(&["status", slug, "--json"]);
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(said.contains(&format!("no edition of `{slug}`")), "{said}");
        assert_eq!(
            said.contains("did you mean `tea-vs-coffee`?"),
            hint,
            "{said}"
        );
    }
    let why = stdout(&press.verdict(&["why", "ADA@example.com"]));
    assert!(
        why.contains("tea-vs-coffee  accepted  2026-11-23 09:00:00 CET  250"),
        "{why}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_that_does_not_check_is_named_with_all_its_findings() {
    let press = TestApp::on(Db::Sqlite).await;
    press.reader("ada@example.com").await;
    let wrong = sample_issue(SLUG).replace("reviewer", "revewer");
    press.issue_file(SLUG, &wrong.replace("\"free\"", "\"fre\""));
    for args in [&["send", SLUG][..], &["send", SLUG, "--dry-run"]] {
        let output = press.verdict(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = stderr(&output);
        assert!(
            said.contains("is not sent because it does not check"),
            "{said}"
        );
        assert_eq!(
            said.matches("did you mean `reviewer`?").count(),
            2,
            "{said}"
        );
        assert_eq!(said.matches("did you mean `free`?").count(), 2, "{said}");
        assert!(said.contains(&format!("{SLUG}.toml:10:9")), "{said}");
    }
    assert_eq!(
        stdout(&press.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );
    assert!(press.catcher.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_refuses_everything_is_quoted() {
    let press = TestApp::on(Db::Sqlite).await;
    press.issue(SLUG).readers(2).await;
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
        .arg(press.dir.path())
        .args(["send", SLUG]);
    let output = command
        .env("VERDICT_SMTP_URL", format!("smtp://{address}?tls=none"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains(&address.to_string()), "{said}");
    assert!(said.contains("554 5.7.1 not from here"), "{said}");
    assert_eq!(press.counts(SLUG).await.queued, 2);
}

#[test]
fn another_key_than_the_lists_is_refused_from_the_environment_too() {
    let instance = Instance::new();
    instance.says(&["subscribers", "list"]);
    let mut command = binary();
    command.arg("--dir").arg(instance.path()).arg("status");
    let output = command
        .env("VERDICT_SECRET", "ab".repeat(32))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(
        said.contains("not the one that the list's links are signed with"),
        "{said}"
    );
    assert!(
        !said.contains("abababab"),
        "the key is no part of the message: {said}"
    );
}
