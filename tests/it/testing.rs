//! `verdict send SLUG --test`, and what `verdict send` shows and asks before it freezes an issue.

use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use subscribers::consent::ConsentSource;
use verdict::edition;
use verdict::readers;
use verdict::store::editions;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(
    a_test_mail_goes_to_anyone_and_changes_nothing,
    a_draft_can_be_tested_and_a_file_with_errors_cannot,
    each_refused_test_is_named,
    an_editor_sees_what_is_new_since_the_last_edition,
    on_a_terminal_it_asks
);

const SLUG: &str = "tea-vs-coffee";
const EDITOR: &str = "editor@example.net";

/// The mail to an address, decoded: its header, and its text and HTML part as one.
fn received(app: &TestApp, email: &str) -> (String, String) {
    let mails = app.catcher.for_recipient(email);
    assert_eq!(mails.len(), 1, "{email}");
    let raw = String::from_utf8(mails[0].content.clone()).unwrap();
    let mail = mail_parser::MessageParser::default().parse(&raw).unwrap();
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    let parts = [mail.body_text(0), mail.body_html(0)];
    (
        head.to_owned(),
        parts.map(|part| part.unwrap().into_owned()).concat(),
    )
}

/// Each URL of the site that a mail contains.
fn links<'a>(app: &TestApp, mail: &'a str) -> Vec<&'a str> {
    let starts = mail.match_indices(&app.site);
    let links = starts.map(|(at, _)| {
        let rest = &mail[at..];
        let ends = |c: char| c.is_whitespace() || "\"<>),".contains(c);
        &rest[..rest.find(ends).unwrap_or(rest.len())]
    });
    links.collect()
}

async fn a_test_mail_goes_to_anyone_and_changes_nothing(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader("ada@example.com").await;
    let list = format!("{EDITOR},ada@example.com");
    let done = app.verdict(&["send", SLUG, "--test", &list]);
    insta::assert_snapshot!(stdout(&done), @r"
    Sent a test of `tea-vs-coffee` to editor@example.net.
    Sent a test of `tea-vs-coffee` to ada@example.com.
    ");
    assert!(editions::all(&app.store).await.unwrap().is_empty());
    let (head, body) = received(&app, EDITOR);
    assert!(
        head.contains("Subject: [Test] Alpha of tea-vs-coffee vs"),
        "{head}"
    );
    assert!(head.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    // A mailbox that takes both addresses shows both mails.
    let id = |head: &str| {
        let mut lines = head.lines();
        lines
            .find(|line| line.starts_with("Message-ID:"))
            .unwrap()
            .to_owned()
    };
    assert_ne!(id(&head), id(&received(&app, "ada@example.com").0));
    // Its links look like those of an edition, and open nothing.
    app.send(SLUG).await;
    let real = app.catcher.for_recipient("ada@example.com").remove(1);
    let real = String::from_utf8(real.content).unwrap();
    assert!(!real.contains("[Test]"));
    let mut tried = 0;
    for link in links(&app, &body) {
        let path = link.strip_prefix(&app.site).unwrap();
        if ["/u/", "/v/", "/settings/"]
            .iter()
            .any(|one| path.starts_with(one))
        {
            assert_eq!(http::get(link).await.status, 404, "{link}");
            tried += 1;
        }
    }
    assert!(tried >= 6, "{tried} links: {body}");
    let one_click = links(&app, &head)[0];
    let left = http::post(one_click, "List-Unsubscribe=One-Click").await;
    assert_eq!(left.status, 404);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.total()), (1, 1));
}

async fn a_draft_can_be_tested_and_a_file_with_errors_cannot(db: Db) {
    let app = TestApp::on(db).await;
    let draft = sample_issue(SLUG).replace("\"ready\"", "\"draft\"\nsample = true");
    app.issue_file(SLUG, &draft);
    stdout(&app.verdict(&["send", SLUG, "--test", EDITOR]));
    received(&app, EDITOR);
    app.issue_file(SLUG, &sample_issue(SLUG).replace("intro", "inntro"));
    let refused = app.verdict(&["send", SLUG, "--test", EDITOR]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("unknown key `inntro`"));
    let refused = app.verdict(&["send", SLUG, "--test", "editor@@example.net"]);
    assert_eq!(refused.status.code(), Some(2));
    let refused = app.verdict(&["send", SLUG, "--test", EDITOR, "--dry-run"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(app.catcher.len(), 1);
}

async fn each_refused_test_is_named(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG);
    let done = app.verdict(&["send", SLUG, "--test", "zoë@example.net", "--test", EDITOR]);
    assert_eq!(done.status.code(), Some(0), "the catcher takes SMTPUTF8");
    app.catcher.stop().await;
    let done = app.verdict(&["send", SLUG, "--test", EDITOR]);
    assert_eq!(done.status.code(), Some(2));
    assert!(
        stderr(&done).contains("the relay cannot be reached"),
        "{done:?}"
    );
}

async fn an_editor_sees_what_is_new_since_the_last_edition(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).issue("bat-vs-cat").readers(2).await;
    let issue = edition::ready_issue(&app, SLUG).await.unwrap();
    let first = edition::outlook(&app, &issue).await.unwrap();
    assert_eq!((first.readers, first.news.is_none()), (2, true));
    app.send(SLUG).await;
    app.clock.advance(TimeDelta::hours(1));
    for number in 0..4 {
        app.reader(&format!("new{number}@example.com")).await;
    }
    for email in ["new0@example.com", "reader-1@example.com"] {
        let gone = find_subscriber(&app.store, email).await.unwrap().id;
        let source = ConsentSource::OneClick;
        readers::unsubscribe(&app, gone, None, source, None)
            .await
            .unwrap();
    }

    let issue = edition::ready_issue(&app, "bat-vs-cat").await.unwrap();
    let outlook = edition::outlook(&app, &issue).await.unwrap();
    let news = outlook.news.as_ref().unwrap();
    assert_eq!(
        (&*news.since, news.readers, news.joined, news.left),
        (SLUG, 2, 3, 1)
    );
    assert!(outlook.readers == 4 && !outlook.is_suspicious());
    app.reader("one-more@example.com").await;
    let outlook = edition::outlook(&app, &issue).await.unwrap();
    assert!(outlook.readers == 5 && outlook.is_suspicious());
    let opened = edition::open(&app, "bat-vs-cat").await.unwrap();
    assert_eq!(opened.enrolled, Some(5));
}

/// Runs a command on a terminal, types `answer`, and returns what it shows.
fn on_a_terminal(app: &TestApp, command: &str, answer: &str) -> String {
    let verdict = env!("CARGO_BIN_EXE_verdict");
    let command = format!("'{verdict}' --dir '{}' {command}", app.dir.path().display());
    let mut terminal = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(terminal.stdin.as_mut().unwrap(), "{answer}").unwrap();
    let shown = terminal.wait_with_output().unwrap().stdout;
    String::from_utf8(shown).unwrap().replace('\r', "")
}

async fn on_a_terminal_it_asks(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).issue("bat-vs-cat").readers(2).await;
    let send = format!("send {SLUG}");
    let shown = on_a_terminal(&app, &send, "no");
    for part in [
        "Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee\n",
        "Readers: 2 (this is the first edition)\nTime: ",
        " (Europe/Berlin)\nSend it? Type yes: ",
        "Nothing was sent.\n",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(editions::all(&app.store).await.unwrap().is_empty());
    let shown = on_a_terminal(&app, &send, "yes");
    assert!(shown.contains("Frozen `tea-vs-coffee`"), "{shown}");

    app.readers(5).await;
    let shown = on_a_terminal(&app, "send bat-vs-cat", "yes");
    assert!(
        shown.contains("more than twice as many as last time")
            && shown.contains("Nothing was sent."),
        "{shown}"
    );
    let shown = on_a_terminal(&app, "send bat-vs-cat", "5");
    assert!(shown.contains("Frozen `bat-vs-cat`"), "{shown}");
}
