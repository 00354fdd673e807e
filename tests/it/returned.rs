//! Returned mail and complaints: `verdict why -` finds the edition and the reader by the mail's own header, or else by
//! its envelope sender.

use std::process::Output;

use subscribers::token::{Key, Purpose, Token, sign};
use verdict::catcher::{Behaviour, Mail};
use verdict::delivery::RunResult;

use crate::choosing::settings_link;
use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    a_report_names_its_reader_even_if_it_went_to_someone_else,
    a_mail_of_an_earlier_release_is_found_by_its_envelope_sender,
    a_reader_who_was_erased_or_moved_is_told_apart,
    what_was_not_sent_from_here_finds_nobody,
    a_message_that_is_no_edition_finds_its_reader
);

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";

/// Runs `verdict why -`.
fn why(app: &TestApp, mail: &str) -> Output {
    app.verdict_reading(&["why", "-"], mail.as_bytes())
}

/// The first line of what it prints.
fn first_line(app: &TestApp, mail: &str) -> String {
    let printed = stdout(&why(app, mail));
    printed.lines().next().unwrap().to_owned()
}

fn last_mail(app: &TestApp, email: &str) -> Mail {
    app.catcher.for_recipient(email).pop().expect("a mail came")
}

fn head(mail: &Mail) -> String {
    let text = String::from_utf8(mail.content.clone()).unwrap();
    text.split_once("\r\n\r\n").unwrap().0.to_owned()
}

/// What a mailbox provider reports of a complaint (RFC 5965), with the recipient and what a relay replaces made
/// unreadable.
fn complaint(mail: &Mail) -> String {
    let head = head(mail).replace(&mail.to[0], "redacted@example.net");
    let kept = head
        .split("\r\n")
        .filter(|line| !line.starts_with("Message-ID"));
    let kept: Vec<&str> = kept.collect();
    report("feedback-report", "abuse@example.net", &kept.join("\r\n"))
}

/// A report that quotes a header.
fn report(kind: &str, to: &str, head: &str) -> String {
    format!(
        "From: postmaster@example.net\r\nTo: {to}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type={kind}; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n\
         --b\r\nContent-Type: message/{kind}\r\n\r\nVersion: 1\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--b--\r\n"
    )
}

/// An instance whose readers, Ada and Ben, have got the edition.
async fn sent(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader(ADA).await.reader(BEN).await;
    app.send(SLUG).await;
    app
}

async fn a_report_names_its_reader_even_if_it_went_to_someone_else(db: Db) {
    let app = sent(db).await;
    let mail = last_mail(&app, ADA);
    let printed = stdout(&why(&app, &complaint(&mail)));
    let found = format!("The mail is {SLUG}, to {ADA}.\n");
    assert_eq!(
        printed,
        found.clone() + &stdout(&app.verdict(&["why", ADA]))
    );
    // Returned to the envelope sender, without a word of the original.
    let bare = report("delivery-status", &mail.from, "Subject: Tea");
    assert!(stdout(&why(&app, &bare)).starts_with(&found));
    // Ben's copy, forwarded to Ada, comes back to Ada's: the mail's own header says whose it is.
    let other = report("delivery-status", &mail.from, &head(&last_mail(&app, BEN)));
    assert_eq!(
        first_line(&app, &other),
        format!("The mail is {SLUG}, to ben@example.com.")
    );
    // `render` shows the mail that was sent.
    let rendered = stdout(&app.verdict(&["render", SLUG, "--to", ADA]));
    assert!(stdout(&why(&app, &rendered)).starts_with(&found));
    // A report changes nothing.
    assert!(stdout(&app.verdict(&["why", ADA])).starts_with("ada@example.com  confirmed\n"));
}

async fn a_mail_of_an_earlier_release_is_found_by_its_envelope_sender(db: Db) {
    let app = TestApp::behaving(db, Behaviour::new().transcript()).await;
    app.issue(SLUG).readers(3).await;
    app.freeze(SLUG).await;
    let field = "Verdict-Delivery: \u{2}delivery-token:header\u{3}\r\n";
    let field = field.replace("\r\n", "' || CHR || '");
    execute(
        &app,
        &format!("UPDATE editions SET mail = REPLACE(mail, '{field}', '')"),
    );
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let mail = last_mail(&app, "reader-2@example.com");
    assert!(!head(&mail).contains("Verdict-Delivery"), "{}", head(&mail));
    let lines = app.catcher.transcript(1);
    let declared = lines
        .iter()
        .filter(|line| line.contains(&format!(" SIZE={}", mail.size)));
    assert!(declared.count() > 0, "{} in {lines:?}", mail.size);
    let bounce = report("delivery-status", &mail.from, &head(&mail));
    assert_eq!(
        first_line(&app, &bounce),
        format!("The mail is {SLUG}, to reader-2@example.com.")
    );
    let refused = why(&app, &complaint(&mail));
    insta::assert_snapshot!(stderr(&refused), @"error: it names no mail of this instance, neither in a `Verdict-Delivery` field nor by a return address");
}

/// Runs a statement as an operator could; `CHR` is a line's end.
fn execute(app: &TestApp, statement: &str) {
    let line_end = match app.store.file() {
        Some(_) => "char(13, 10)",
        None => "CHR(13) || CHR(10)",
    };
    app.by_hand(&statement.replace("CHR", line_end));
}

async fn a_reader_who_was_erased_or_moved_is_told_apart(db: Db) {
    let app = sent(db).await;
    let [adas, bens] = [ADA, BEN].map(|email| complaint(&last_mail(&app, email)));
    let settings = settings_link(&app, ADA).await;
    http::post(&format!("{settings}/address"), "email=ada@example.net").await;
    app.deliver_outbox().await;
    http::post(&app.link("ada@example.net", "/address/"), "").await;
    let former = format!("The mail is {SLUG}, to a former address of ada@example.net.");
    assert_eq!(first_line(&app, &adas), former);
    stdout(&app.verdict(&["subscribers", "remove", BEN, "--erase"]));
    let erased = format!("The mail is {SLUG}, to a reader who has been erased.\n");
    assert_eq!(stdout(&why(&app, &bens)), erased);
}

async fn what_was_not_sent_from_here_finds_nobody(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader(ADA).await;
    app.send(SLUG).await;
    let refused = |mail: &str| {
        let output = why(&app, mail);
        assert_eq!(output.status.code(), Some(2), "{mail}");
        stderr(&output)
    };
    let with = |key: &Key, token: Token| {
        let token = sign(key, token);
        report(
            "feedback-report",
            ADA,
            &format!("Verdict-Delivery: {token}"),
        )
    };
    let good = Token::new(Purpose::Delivery, 1, 1);
    let elsewhere = Key::from_bytes(&[7; 32]).unwrap();
    let changed = with(&app.key, good).replace("Verdict-Delivery: ", "Verdict-Delivery: AAAA");
    insta::allow_duplicates! {
        for mail in [with(&elsewhere, good), changed] {
            insta::assert_snapshot!(refused(&mail), @"error: its `Verdict-Delivery` field was made by another instance, or changed");
        }
        for mail in [
            String::new(),
            "ada@example.com".to_owned(),
            with(&app.key, Token::new(Purpose::Unsubscribe, 1, 1)),
            format!("To: x\r\n\r\n{}\r\n", app.unsubscribe_link(ADA)),
        ] {
            insta::assert_snapshot!(refused(&mail), @"error: it names no mail of this instance, neither in a `Verdict-Delivery` field nor by a return address");
        }
    }
    // The token of a test mail is inert.
    stdout(&app.verdict(&["send", SLUG, "--test", "chief@example.com"]));
    let test = last_mail(&app, "chief@example.com");
    assert!(head(&test).contains("\r\nVerdict-Delivery: "));
    assert!(
        refused(&report("delivery-status", &test.from, &head(&test)))
            .contains("made by another instance")
    );
    // A restored backup knows neither.
    let later = with(&app.key, Token::new(Purpose::Delivery, 4711, 815));
    let printed = stdout(&why(&app, &later));
    insta::assert_snapshot!(printed, @"The mail is an edition that is not in this database, to nobody on the list.");
}

async fn a_message_that_is_no_edition_finds_its_reader(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    let confirmation = last_mail(&app, ADA);
    let found = format!("The mail is a message that is not an edition, to {ADA}.");
    assert_eq!(first_line(&app, &complaint(&confirmation)), found);
    let bounce = report("delivery-status", &confirmation.from, "");
    assert_eq!(first_line(&app, &bounce), found);
}
