//! Who gets an issue: `send` refuses one without recipients, and `send --dry-run` lists everyone, with the reason for
//! those left out.

use chrono::TimeDelta;
use subscribers::consent::{Change, ConsentSource};
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;
use verdict::readers;
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers::{self as list, Frequency};

use super::steady;
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    an_issue_that_nobody_would_get_is_not_frozen,
    a_dry_run_shows_for_each_reader_whether_they_would_get_it,
    an_unsubscribed_reader_is_named_as_that,
    a_send_that_did_not_reach_everyone_shows_it_by_its_exit_code
);

const SLUG: &str = "tea-vs-coffee";

async fn id(app: &TestApp, email: &str) -> i64 {
    let found = find_subscriber(&app.store, email).await;
    found.unwrap().id
}

async fn change(app: &TestApp, email: &str, change: Change) {
    let cause = Cause::by(ConsentSource::Page);
    readers::change(app, id(app, email).await, change, cause)
        .await
        .unwrap();
}

async fn choose(app: &TestApp, email: &str, frequency: Frequency, paused_until: Option<i64>) {
    let id = id(app, email).await;
    let mut tx = app.store.begin().await.unwrap();
    list::choose(&mut tx, id, frequency, paused_until)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// For each reader, whether they would get the issue; without the date in a week.
fn dry_run(app: &TestApp) -> String {
    let in_a_week = Clock::system().now() + TimeDelta::days(7);
    let zone = app.config.schedule.time_zone;
    let date = in_a_week
        .with_timezone(&zone)
        .format("%Y-%m-%d")
        .to_string();
    stdout(&app.verdict(&["send", SLUG, "--dry-run"])).replace(&date, "[date]")
}

/// An instance with one reader of each kind that gets no issue now.
async fn left_out(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue(SLUG);
    for name in ["gone", "dead", "cross", "rare", "resting", "both"] {
        app.reader(&format!("{name}@example.com")).await;
    }
    stdout(&app.verdict(&["subscribers", "add", "new@example.com", "--pending"]));
    change(&app, "gone@example.com", Change::Leave).await;
    change(&app, "dead@example.com", Change::Bounce).await;
    change(&app, "cross@example.com", Change::Complain).await;
    // The commands use the system's clock.
    let in_a_week = (Clock::system().now() + TimeDelta::days(7)).timestamp_millis();
    choose(&app, "rare@example.com", Frequency::Digest, None).await;
    choose(
        &app,
        "resting@example.com",
        Frequency::Every,
        Some(in_a_week),
    )
    .await;
    choose(&app, "both@example.com", Frequency::Digest, Some(in_a_week)).await;
    app
}

async fn an_issue_that_nobody_would_get_is_not_frozen(db: Db) {
    let _steady = steady();
    let app = left_out(db).await;
    for _ in 0..2 {
        let output = app.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        let printed = stderr(&output);
        insta::assert_snapshot!(printed, @"
        warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
        error: nobody would get `tea-vs-coffee`, so nothing was frozen: no confirmed reader wants an issue now (`verdict send tea-vs-coffee --dry-run` shows why each reader is left out)
        ");
    }
    assert_eq!(
        stdout(&app.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );

    // It can still be sent, to the first reader who joins.
    app.reader("ada@example.com").await;
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(app.catcher.len(), 1);
    assert_eq!(app.counts(SLUG).await.total(), 1);
}

async fn a_dry_run_shows_for_each_reader_whether_they_would_get_it(db: Db) {
    let app = left_out(db).await;
    let printed = dry_run(&app);
    insta::assert_snapshot!(printed, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    gone@example.com\tunsubscribed
    dead@example.com\tbounced
    cross@example.com\tcomplained
    rare@example.com\tmonthly digest only
    resting@example.com\tpaused until [date]
    both@example.com\tmonthly digest only
    new@example.com\tpending
    It would go to 0 readers, so `verdict send` refuses it; 7 are left out. Nothing was written.
    ");

    app.readers(2).await;
    let last_week = (Clock::system().now() - TimeDelta::days(7)).timestamp_millis();
    choose(
        &app,
        "reader-2@example.com",
        Frequency::Every,
        Some(last_week),
    )
    .await;
    let erased = id(&app, "gone@example.com").await;
    readers::erase(&app, erased, Cause::by(ConsentSource::Page))
        .await
        .unwrap();
    let printed = dry_run(&app);
    let would = ["reader-1@example.com", "reader-2@example.com"];
    insta::assert_snapshot!(printed, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    dead@example.com\tbounced
    cross@example.com\tcomplained
    rare@example.com\tmonthly digest only
    resting@example.com\tpaused until [date]
    both@example.com\tmonthly digest only
    new@example.com\tpending
    reader-1@example.com
    reader-2@example.com
    It would go to 2 readers; 6 are left out. Nothing was written.
    ");
    assert_eq!(
        stdout(&app.verdict(&["status"])),
        "Nothing has been sent yet.\n"
    );

    // `send` does what `--dry-run` announced.
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(app.counts(SLUG).await.accepted, 2);
    assert!(
        would
            .iter()
            .all(|email| app.catcher.for_recipient(email).len() == 1)
    );
}

async fn an_unsubscribed_reader_is_named_as_that(db: Db) {
    let app = left_out(db).await;
    let printed = stdout(&app.verdict(&["send", SLUG, "--dry-run"]));
    assert!(
        printed.contains("gone@example.com\tunsubscribed\n"),
        "{printed}"
    );
}

async fn a_send_that_did_not_reach_everyone_shows_it_by_its_exit_code(db: Db) {
    let _steady = steady();
    let full = "reader-2@example.com";
    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to(full)
        .reply(552, "5.2.2 Full");
    let app = TestApp::behaving(db, relay).await;
    app.issue(SLUG).readers(3).await;
    for _ in 0..2 {
        let output = app.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let printed = String::from_utf8(output.stdout).unwrap();
        let (_, summary) = printed.split_once('\n').unwrap();
        insta::assert_snapshot!(summary, @"
        tea-vs-coffee  finished (3 readers)
          edition    [sha256]
          accepted   2
          refused    1
        Not everyone got it: 1 was refused.
          verdict resend tea-vs-coffee --refused   sends it to them again, if they may still get mail
        ");
    }
    // An issue that a reader does not want is not missing.
    app.catcher.set(Behaviour::new());
    app.issue("second");
    app.freeze("second").await;
    change(&app, full, Change::Leave).await;
    stdout(&app.verdict(&["send", "second"]));
    assert_eq!(app.counts("second").await.skipped, 1);
}
