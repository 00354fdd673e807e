//! `settle` and `resend`: mail again only readers who did not get it, or may not have.

use chrono::TimeDelta;
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;
use verdict::store::editions::EditionState;

use super::steady;
use crate::child::{Running, binary};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    doubts_are_settled_by_name,
    a_send_takes_up_a_finished_edition_with_doubts_if_they_are_to_be_sent_again,
    a_doubt_older_than_retry_for_is_left_to_the_operator,
    resending_in_vain_shows_in_the_exit_code,
    naming_a_reader_without_doubt_changes_nothing,
    a_refused_reader_gets_it_unless_the_mailbox_is_dead,
    without_recipients_a_finished_edition_stays_finished,
    a_refused_reader_who_left_does_not_get_it,
    a_deferred_reader_gets_it_now,
    a_paused_edition_is_not_sent_from_behind
);

const SLUG: &str = "tea-vs-coffee";

fn email(number: usize) -> String {
    format!("reader-{number}@example.com")
}

fn mails(app: &TestApp, readers: usize) -> Vec<usize> {
    (1..=readers)
        .map(|number| app.catcher.for_recipient(&email(number)).len())
        .collect()
}

/// Runs a command that must exit with 1; returns its output.
fn not_all(app: &TestApp, args: &[&str]) -> String {
    let output = app.verdict(args);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `verdict send` with `on_doubt = "resend"`; returns its exit code and output.
async fn send_resending(app: &TestApp) -> (Option<i32>, String) {
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["send", SLUG])
        .env("VERDICT_SMTP_ON_DOUBT", "resend");
    let (status, printed) = Running::start(&mut command).ended().await;
    (status.code(), printed)
}

/// An instance on which readers 1 to 3 of 5 are in doubt.
async fn in_doubt(db: Db) -> TestApp {
    let mut behaviour = Behaviour::new();
    for number in 1..=3 {
        behaviour = behaviour
            .at(Step::Dot)
            .to(&email(number))
            .times(1)
            .accept_then_hang_up();
    }
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(5).await;
    app.verdict(&["send", SLUG]);
    // Three in a row pause it.
    app.verdict(&["resume", SLUG]);
    app.verdict(&["send", SLUG]);
    assert_eq!(app.in_doubt(SLUG).await.len(), 3);
    app
}

async fn doubts_are_settled_by_name(db: Db) {
    let _steady = steady();
    let app = in_doubt(db).await;
    let printed = stdout(&app.verdict(&["settle", SLUG]));
    for number in 1..=3 {
        assert!(printed.contains(&email(number)), "{printed}");
    }
    assert!(
        printed.contains("--leave") && printed.contains("--resend"),
        "{printed}"
    );

    let printed = stdout(&app.verdict(&["settle", SLUG, "--leave", &email(1)]));
    insta::assert_snapshot!(printed, @"Left as it is for 1 reader: no longer in doubt, and not sent again.");
    let printed = stdout(&app.verdict(&["settle", SLUG, "--resend", &email(2)]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` goes out again to 1 reader.
    tea-vs-coffee  finished (5 readers)
      edition    [sha256]
      accepted   3
      unknown    2
      In doubt, because no reply came: reader-3@example.com (see `verdict settle tea-vs-coffee`)
    ");
    assert_eq!(mails(&app, 5), [1, 2, 1, 1, 1]);
    assert_eq!(app.in_doubt(SLUG).await, [email(3)]);
    let twice = app.catcher.for_recipient(&email(2));
    assert_eq!(twice[0].content, twice[1].content, "Message-ID and all");

    stdout(&app.verdict(&["settle", SLUG, "--resend"]));
    assert_eq!(mails(&app, 5), [1, 2, 2, 1, 1]);
    let printed = stdout(&app.verdict(&["settle", SLUG]));
    insta::assert_snapshot!(printed, @"Nobody is in doubt in `tea-vs-coffee`.");
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.unknown, counts.open()), (4, 1, 0));
}

async fn a_send_takes_up_a_finished_edition_with_doubts_if_they_are_to_be_sent_again(db: Db) {
    let app = in_doubt(db).await;
    assert_eq!(app.edition(SLUG).await.state, EditionState::Finished);
    let (code, printed) = send_resending(&app).await;
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(mails(&app, 5), [2, 2, 2, 1, 1]);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.total()), (5, 5), "{counts:?}");
    assert_eq!(app.edition(SLUG).await.state, EditionState::Finished);
}

async fn a_doubt_older_than_retry_for_is_left_to_the_operator(db: Db) {
    let lost = Behaviour::new()
        .at(Step::Dot)
        .to(&email(1))
        .times(1)
        .accept_then_hang_up();
    let app = TestApp::behaving(db, lost).await;
    app.issue(SLUG).readers(2).await;
    app.clock.set(Clock::system().now() - TimeDelta::days(3));
    app.send(SLUG).await;
    let before = app.edition(SLUG).await.finished_at;
    assert!(before.is_some());
    let (code, printed) = send_resending(&app).await;
    assert_eq!(code, Some(1), "{printed}");
    assert!(
        printed.contains(&format!("verdict settle {SLUG}")),
        "{printed}"
    );
    assert_eq!(mails(&app, 2), [1, 1]);
    assert_eq!(app.in_doubt(SLUG).await, [email(1)]);
    assert_eq!(
        app.edition(SLUG).await.finished_at,
        before,
        "it stays finished"
    );
}

async fn resending_in_vain_shows_in_the_exit_code(db: Db) {
    let relay = Behaviour::new()
        .at(Step::Dot)
        .to(&email(1))
        .accept_then_hang_up()
        .at(Step::Rcpt)
        .to(&email(2))
        .reply(552, "5.2.2 Full")
        .at(Step::Rcpt)
        .to(&email(3))
        .times(1)
        .reply(552, "5.2.2 Full");
    let app = TestApp::behaving(db, relay).await;
    app.issue(SLUG).readers(4).await;
    not_all(&app, &["send", SLUG]);
    not_all(&app, &["settle", SLUG, "--resend"]);
    not_all(&app, &["resend", SLUG, "--refused"]);
    assert_eq!(app.counts(SLUG).await.accepted, 2, "readers 3 and 4");

    // Reader 1 is still in doubt, which does not fail the command for reader 2.
    app.catcher.set(Behaviour::new());
    stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    not_all(&app, &["send", SLUG]);
    stdout(&app.verdict(&["settle", SLUG, "--resend"]));
    stdout(&app.verdict(&["send", SLUG]));
}

async fn naming_a_reader_without_doubt_changes_nothing(db: Db) {
    let _steady = steady();
    let app = in_doubt(db).await;
    for args in [
        &[
            "settle",
            SLUG,
            "--resend",
            "reader-1@example.com",
            "reader-5@example.com",
        ][..],
        &["settle", SLUG, "--leave", "nobody@example.org"],
        &["settle", SLUG, "--leave", "--resend"],
        &["settle", SLUG, "--leave", "no address"],
        &["settle", SLUG, "reader-1@example.com"],
        &["resend", SLUG],
    ] {
        let output = app.verdict(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert_eq!(app.in_doubt(SLUG).await.len(), 3, "{args:?}");
    }
    let output = app.verdict(&["settle", SLUG, "--resend", "reader-5@example.com"]);
    insta::assert_snapshot!(stderr(&output), @"
    warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
    error: not in doubt in `tea-vs-coffee`: reader-5@example.com; nothing was done (`verdict settle tea-vs-coffee` lists who is)
    ");
    assert_eq!(mails(&app, 5), [1; 5]);
}

async fn a_refused_reader_gets_it_unless_the_mailbox_is_dead(db: Db) {
    let _steady = steady();
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(1))
        .reply(550, "5.1.1 No such user")
        .at(Step::Rcpt)
        .to(&email(2))
        .reply(552, "5.2.2 Full");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    not_all(&app, &["send", SLUG]);
    app.catcher.set(Behaviour::new());
    let printed = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` goes out again to 1 reader.
    tea-vs-coffee  finished (3 readers)
      edition    [sha256]
      accepted   2
      refused    1
    ");
    assert_eq!(mails(&app, 3), [0, 1, 1]);
    let printed = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    insta::assert_snapshot!(printed, @"There is nobody to send `tea-vs-coffee` to again.");
    assert_eq!(app.counts(SLUG).await.refused, 1);
}

async fn without_recipients_a_finished_edition_stays_finished(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    let finished_at = app.edition(SLUG).await.finished_at;
    for args in [
        &["resend", SLUG, "--refused"][..],
        &["resend", SLUG, "--deferred"],
        &["settle", SLUG, "--resend"],
        &["settle", SLUG, "--leave"],
    ] {
        let printed = stdout(&app.verdict(args));
        assert!(printed.contains("obody"), "{args:?}: {printed}");
        let edition = app.edition(SLUG).await;
        assert_eq!(edition.state, EditionState::Finished, "{args:?}");
        assert_eq!(edition.finished_at, finished_at, "{args:?}");
    }
}

async fn a_refused_reader_who_left_does_not_get_it(db: Db) {
    let _steady = steady();
    let relay = Behaviour::new().at(Step::Rcpt).reply(552, "5.2.2 Full");
    let app = TestApp::behaving(db, relay).await;
    app.issue(SLUG).readers(2).await;
    not_all(&app, &["send", SLUG]);
    app.catcher.set(Behaviour::new());
    stdout(&app.verdict(&["subscribers", "remove", &email(1)]));
    let printed = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` goes out again to 1 reader.
    tea-vs-coffee  finished (2 readers)
      edition    [sha256]
      accepted   1
      refused    1
    ");
    assert_eq!(mails(&app, 2), [0, 1]);
}

async fn a_deferred_reader_gets_it_now(db: Db) {
    let _steady = steady();
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(2))
        .reply(451, "4.3.0 Later");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    let printed = stdout(&app.verdict(&["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    Frozen `tea-vs-coffee` and enrolled 3 readers.
    tea-vs-coffee  sending (3 readers)
      edition    [sha256]
      accepted   2
      deferred   1
      No process is sending: run `verdict serve`, or `verdict send tea-vs-coffee`.
    The next mail is due at [time]: by `verdict serve`, or by `verdict send tea-vs-coffee` then.
    ");
    app.catcher.set(Behaviour::new());
    stdout(&app.verdict(&["resend", SLUG, "--deferred"]));
    assert_eq!(mails(&app, 3), [1, 1, 1]);
    assert_eq!(app.counts(SLUG).await.accepted, 3);
}

async fn a_paused_edition_is_not_sent_from_behind(db: Db) {
    let _steady = steady();
    let app = TestApp::behaving(db, Behaviour::new().at(Step::Rcpt).reply(550, "5.7.1 No")).await;
    app.issue(SLUG).readers(9).await;
    let output = app.verdict(&["send", SLUG]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let output = app.verdict(&["resend", SLUG, "--refused"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    insta::assert_snapshot!(stderr(&output), @"
    warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
    error: `tea-vs-coffee` is paused: `verdict resume tea-vs-coffee` first
    ");
    let status = stdout(&app.verdict(&["status", SLUG]));
    assert!(
        status.contains("paused") && status.contains("by policy: 550 5.7.1 No"),
        "{status}"
    );
}
