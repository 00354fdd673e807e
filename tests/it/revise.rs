//! `verdict revise`: an issue corrected while it is being sent. The rest get the corrected text, those who were served
//! before may get a notice, and nobody gets two mails of the issue.

mod model;
mod notice;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use verdict::catcher::{Behaviour, Gate, Mail, Step};
use verdict::delivery::RunResult;
use verdict::edition::{self, ReviseError, Revised, approval};
use verdict::store::deliveries;
use verdict::store::editions;

use crate::child::at_gate;
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(
    the_rest_get_the_corrected_text,
    a_run_that_missed_the_pause_sends_no_old_text,
    a_mail_in_doubt_keeps_its_text,
    refused_mail_is_sent_again_with_the_corrected_text,
    the_page_shows_the_corrected_text_and_what_changed,
    a_renamed_tool_keeps_its_votes_and_its_address,
    a_correction_needs_an_approval_too,
    readers_in_their_own_time_zone_get_the_corrected_text_at_their_time,
    a_revised_edition_can_be_compacted,
    what_cannot_be_revised_says_why
);

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 6;
const WRONG: &str = "An intro.";
const RIGHT: &str = "A better intro.";

fn email(number: usize) -> String {
    format!("reader-{number}@example.com")
}

fn corrected() -> String {
    sample_issue(SLUG).replace(WRONG, RIGHT)
}

/// An instance with one connection, so that mails go out in the list's order.
async fn app(db: Db, behaviour: Behaviour) -> TestApp {
    let app = TestApp::tuned(db, behaviour, |config| config.smtp.connections = 1).await;
    app.issue(SLUG).readers(READERS).await;
    app
}

async fn pause(app: &TestApp) {
    let id = app.edition(SLUG).await.id;
    let mut tx = app.store.begin().await.unwrap();
    assert!(editions::pause(&mut tx, id, None).await.unwrap());
    tx.commit().await.unwrap();
}

async fn resume(app: &TestApp) {
    let id = app.edition(SLUG).await.id;
    let mut tx = app.store.begin().await.unwrap();
    let now = app.clock.now_millis();
    assert!(editions::resume(&mut tx, id, now).await.unwrap());
    tx.commit().await.unwrap();
}

async fn try_revise(app: &TestApp, notify: bool) -> Result<Revised, ReviseError> {
    edition::revise(app, &app.edition(SLUG).await, notify).await
}

async fn revise(app: &TestApp, notify: bool) -> Revised {
    try_revise(app, notify).await.unwrap()
}

/// Sends to the first readers and pauses.
async fn send_to(app: &TestApp, readers: u64) {
    let gate = Gate::new();
    app.catcher
        .set(Behaviour::new().at(Step::Dot).nth(readers).pause(&gate));
    let (ended, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        pause(app).await;
        gate.release();
    });
    assert_eq!(ended, RunResult::Paused);
    app.catcher.set(Behaviour::new());
}

/// The number of the reader and the text of each mail of the issue, in their order.
fn texts(app: &TestApp) -> Vec<(usize, &'static str)> {
    let mut texts = Vec::new();
    for number in 1..=READERS {
        for mail in app.catcher.for_recipient(&email(number)) {
            let body = body(&mail);
            if !body.contains("It should say:") {
                let is_right = body.contains(RIGHT);
                assert_ne!(is_right, body.contains(WRONG), "{body}");
                texts.push((number, if is_right { RIGHT } else { WRONG }));
            }
        }
    }
    texts
}

fn body(mail: &Mail) -> String {
    let mail = mail_parser::MessageParser::default()
        .parse(&mail.content)
        .unwrap();
    mail.body_text(0).unwrap().into_owned()
}

/// How many readers have each text, as the report tells.
async fn reported(app: &TestApp) -> Vec<(i64, i64)> {
    let edition = app.edition(SLUG).await;
    let report = edition::report(app, &edition).await.unwrap();
    let texts = report.texts.iter();
    texts.map(|one| (one.revision, one.readers)).collect()
}

/// Each reader once: the first ones with the wrong text, the others with the right one.
fn wrong_for(readers: usize) -> Vec<(usize, &'static str)> {
    let text = |number| if number <= readers { WRONG } else { RIGHT };
    (1..=READERS).map(|number| (number, text(number))).collect()
}

async fn the_rest_get_the_corrected_text(db: Db) {
    let app = app(db, Behaviour::new()).await;
    send_to(&app, 2).await;
    app.issue_file(SLUG, &corrected());
    let printed = stdout(&app.verdict(&["revise", SLUG]));
    insta::assert_snapshot!(printed, @r"
    `tea-vs-coffee` is revised. The corrected text goes to 4 readers.
      Introduction
        - An intro.
        + A better intro.
    Have the first text, or may have it: 2 readers
      verdict revise tea-vs-coffee --list     lists who has an earlier text
      verdict revise tea-vs-coffee --notify   sends them a correction notice
      verdict resume tea-vs-coffee            continues
    ");
    insta::assert_snapshot!(stdout(&app.verdict(&["revise", SLUG, "--list"])), @"
    reader-1@example.com	the first text	accepted
    reader-2@example.com	the first text	accepted
    ");
    resume(&app).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(texts(&app), wrong_for(2));

    assert_eq!(reported(&app).await, [(0, 2), (1, 4)]);
    let printed = stdout(&app.verdict(&["why", &email(3)]));
    assert!(
        printed.contains("tea-vs-coffee (revision 1)  accepted"),
        "{printed}"
    );
    let printed = stdout(&app.verdict(&["status", SLUG]));
    assert!(printed.contains("  revised    once\n"), "{printed}");
    for (number, text) in wrong_for(2) {
        let rendered = app.verdict(&["render", SLUG, "--to", &email(number)]);
        assert!(stdout(&rendered).contains(text), "reader {number}");
    }
}

async fn a_run_that_missed_the_pause_sends_no_old_text(db: Db) {
    let app = app(db, Behaviour::new()).await;
    let gate = Gate::new();
    app.catcher
        .set(Behaviour::new().at(Step::Dot).nth(2).pause(&gate));
    let (ended, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        pause(&app).await;
        app.issue_file(SLUG, &corrected());
        revise(&app, false).await;
        resume(&app).await;
        gate.release();
    });
    assert_eq!(ended, RunResult::Finished);
    assert_eq!(texts(&app), wrong_for(2));
}

async fn a_mail_in_doubt_keeps_its_text(db: Db) {
    let app = app(db, Behaviour::new()).await;
    app.freeze(SLUG).await;
    let gate = Gate::new();
    let relay = Behaviour::new()
        .at(Step::Dot)
        .to(&email(1))
        .accept_then_hang_up();
    app.catcher
        .set(relay.at(Step::Dot).to(&email(2)).pause(&gate));
    let (ended, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        pause(&app).await;
        gate.release();
    });
    assert_eq!(ended, RunResult::Paused);
    app.catcher.set(Behaviour::new());
    app.issue_file(SLUG, &corrected());
    let revised = revise(&app, false).await;
    assert_eq!(revised.have, BTreeMap::from([(0, 2)]));
    let listed = stdout(&app.verdict(&["revise", SLUG, "--list"]));
    insta::assert_snapshot!(listed, @"
    reader-1@example.com	the first text	unknown
    reader-2@example.com	the first text	accepted
    ");
    resume(&app).await;
    app.verdict(&["settle", SLUG, "--resend"]);
    assert_eq!(app.counts(SLUG).await.accepted, READERS as i64);
    // The relay had taken the first one; a mailbox knows both by their Message-ID.
    let mut expected = wrong_for(2);
    expected.insert(0, (1, WRONG));
    assert_eq!(texts(&app), expected);
}

async fn refused_mail_is_sent_again_with_the_corrected_text(db: Db) {
    let app = app(db, Behaviour::new()).await;
    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(1))
        .reply(552, "5.2.2 Full");
    app.catcher
        .set(relay.at(Step::Rcpt).to(&email(2)).reply(450, "4.2.1 Later"));
    app.send(SLUG).await;
    app.catcher.set(Behaviour::new());
    pause(&app).await;
    app.issue_file(SLUG, &corrected());
    revise(&app, false).await;
    resume(&app).await;
    let output = app.verdict(&["resend", SLUG, "--refused", "--deferred"]);
    stdout(&output);
    let mut texts = texts(&app);
    texts.truncate(2);
    assert_eq!(texts, [(1, RIGHT), (2, RIGHT)]);
}

async fn the_page_shows_the_corrected_text_and_what_changed(db: Db) {
    let app = app(db, Behaviour::new()).await;
    send_to(&app, 2).await;
    app.issue_file(SLUG, &corrected());
    revise(&app, false).await;
    let url = format!("{}/issues/{SLUG}", app.site);
    let page = http::get(&url).await.body;
    assert!(
        page.contains("Some readers got an earlier version"),
        "{page}"
    );
    assert_eq!(
        (page.matches(RIGHT).count(), page.matches(WRONG).count()),
        (2, 1),
        "{page}"
    );

    // What changes after that is a correction of the corrected text.
    let third = "A third intro.";
    app.issue_file(SLUG, &sample_issue(SLUG).replace(WRONG, third));
    edition::note_corrections(&app).await.unwrap();
    let page = http::get(&url).await.body;
    let found = [RIGHT, third, WRONG].map(|text| page.matches(text).count());
    assert_eq!(found, [2, 1, 0], "{page}");
    let feed = http::get(&format!("{}/feed.xml", app.site)).await.body;
    assert!(feed.contains(RIGHT) && !feed.contains(WRONG), "{feed}");
}

async fn a_renamed_tool_keeps_its_votes_and_its_address(db: Db) {
    let app = app(db, Behaviour::new()).await;
    send_to(&app, 2).await;
    let vote = app.link(&email(1), "/v/");
    app.issue_file(SLUG, &sample_issue(SLUG).replace("Alpha of", "Omega of"));
    revise(&app, false).await;
    resume(&app).await;
    app.send(SLUG).await;
    for link in [vote, app.link(&email(5), "/v/")] {
        let verdict = link.rsplit_once('/').unwrap().1.to_owned();
        let page = http::post(&link, &format!("verdict={verdict}")).await;
        assert_eq!(page.status, 200, "{link}");
    }
    let report = edition::report(&app, &app.edition(SLUG).await)
        .await
        .unwrap();
    let votes: Vec<_> = report
        .votes
        .iter()
        .map(|one| (&*one.name, one.ship + one.skip))
        .collect();
    assert_eq!(
        votes,
        [("Omega of tea-vs-coffee", 2), ("Beta of tea-vs-coffee", 0)]
    );
    let moved = http::get(&format!("{}/tools/alpha-of-tea-vs-coffee", app.site)).await;
    assert!((300..400).contains(&moved.status), "{}", moved.status);
    let there = http::get(&format!("{}/tools/omega-of-tea-vs-coffee", app.site)).await;
    assert_eq!(there.status, 200);

    app.clock.advance(TimeDelta::days(1));
    app.issue("salt-vs-pepper").send("salt-vs-pepper").await;
    let page = http::get(&format!("{}/issues/salt-vs-pepper", app.site)).await;
    let previous = "Omega of tea-vs-coffee vs Beta of tea-vs-coffee</a>";
    assert!(page.body.contains(previous), "{}", page.body);
}

async fn a_correction_needs_an_approval_too(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.issues.require_approval = true;
        config.smtp.connections = 1;
    })
    .await;
    let by_ada = |text: &str| format!("author = \"Ada\"\n{text}");
    app.issue_file(SLUG, &by_ada(&sample_issue(SLUG)))
        .readers(READERS)
        .await;
    let approve = async |by| {
        let approval = approval::approve(&app, SLUG, by).await?;
        approval::record(&app, &approval).await?;
        Ok::<_, edition::EditionError>(())
    };
    approve("Grace").await.unwrap();
    send_to(&app, 2).await;
    let first = app.edition(SLUG).await.content_hash;
    app.issue_file(SLUG, &by_ada(&corrected()));
    let refused = try_revise(&app, false).await.unwrap_err();
    insta::assert_snapshot!(refused, @"the issue `tea-vs-coffee` is not sent: it has changed since Grace approved it (`verdict approve tea-vs-coffee --as NAME` approves it)");
    approve("Ada").await.unwrap_err();
    approve("Grace").await.unwrap();
    revise(&app, false).await;
    assert_ne!(app.edition(SLUG).await.content_hash, first);
    resume(&app).await;
    app.send(SLUG).await;
    assert_eq!(texts(&app), wrong_for(2));
}

async fn readers_in_their_own_time_zone_get_the_corrected_text_at_their_time(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.schedule.local_time = true;
    })
    .await;
    app.issue(SLUG)
        .reader_in("east@example.com", "Asia/Tokyo")
        .await;
    app.reader_in("west@example.com", "America/New_York").await;
    let slot = edition::next_slot(&app).await.unwrap().unwrap();
    app.clock.set(edition::frozen_at(&app, &slot));
    edition::decide(&app, &slot).await.unwrap();
    app.clock.set(slot.at - TimeDelta::hours(1));
    app.send(SLUG).await;
    pause(&app).await;
    app.issue_file(SLUG, &corrected());
    revise(&app, false).await;
    resume(&app).await;
    app.clock.advance(TimeDelta::hours(12));
    app.send(SLUG).await;
    let date = |email: &str, text| {
        let mails = app.catcher.for_recipient(email);
        assert_eq!(mails.len(), 1, "{email}");
        assert!(body(&mails[0]).contains(text), "{email}");
        let mail = mail_parser::MessageParser::default()
            .parse(&mails[0].content)
            .unwrap();
        mail.date().unwrap().to_rfc3339()
    };
    assert_eq!(date("east@example.com", WRONG), "2026-11-26T01:00:00+01:00");
    assert_eq!(date("west@example.com", RIGHT), "2026-11-26T15:00:00+01:00");
}

async fn a_revised_edition_can_be_compacted(db: Db) {
    let app = app(db, Behaviour::new()).await;
    app.clock
        .set(verdict::clock::Clock::system().now() - TimeDelta::days(40));
    send_to(&app, 2).await;
    app.issue_file(SLUG, &corrected());
    revise(&app, false).await;
    resume(&app).await;
    app.send(SLUG).await;
    stdout(&app.verdict(&["compact", SLUG]));
    assert_eq!(reported(&app).await, [(0, 2), (1, 4)]);
    for (number, text) in [
        (1, "tea-vs-coffee  accepted"),
        (6, "tea-vs-coffee (revision 1)  accepted"),
    ] {
        let why = stdout(&app.verdict(&["why", &email(number)]));
        assert!(why.contains(text), "{why}");
    }
    let refused = stderr(&app.verdict(&["revise", SLUG, "--list"]));
    assert!(refused.contains("compacted"), "{refused}");
    let refused = try_revise(&app, true).await.unwrap_err();
    assert!(refused.to_string().contains("compacted"), "{refused}");
}

async fn what_cannot_be_revised_says_why(db: Db) {
    let app = app(db, Behaviour::new()).await;
    app.freeze(SLUG).await;
    let why = |args: &[&str]| {
        stderr(&app.verdict(args)).replace(&*app.dir.path().to_string_lossy(), "DIR")
    };
    insta::assert_snapshot!(why(&["revise", "tea"]), @"error: there is no edition of `tea`: it was never sent (did you mean `tea-vs-coffee`?)");
    insta::assert_snapshot!(why(&["revise", SLUG]), @"error: `tea-vs-coffee` is being sent: run `verdict pause tea-vs-coffee` first, so that nobody else gets the old text");
    pause(&app).await;
    insta::assert_snapshot!(why(&["revise", SLUG]), @"error: DIR/issues/tea-vs-coffee.toml says what was sent: correct it first");
    let swapped = sample_issue(SLUG)
        .replace("Alpha", "X")
        .replace("Beta", "Alpha")
        .replace('X', "Beta");
    app.issue_file(SLUG, &swapped);
    insta::assert_snapshot!(why(&["revise", SLUG]), @"error: DIR/issues/tea-vs-coffee.toml has the tools the other way round, and votes would count for the wrong one: keep `Alpha of tea-vs-coffee` first");
    app.issue_file(SLUG, &corrected().replace("ready", "draft"));
    insta::assert_snapshot!(why(&["revise", SLUG]), @r#"error: the issue `tea-vs-coffee` is a draft: set `status = "ready"` in DIR/issues/tea-vs-coffee.toml when it is finished"#);
    app.issue_file(SLUG, "question = 1");
    assert!(why(&["revise", SLUG]).contains("does not check"));
    app.issue_file(SLUG, &corrected());
    // Nobody has the first text.
    insta::assert_snapshot!(why(&["revise", SLUG, "--notify"]), @"error: nobody has an earlier text of `tea-vs-coffee` and still wants mail, so there is nobody to notify: leave out `--notify`");
    assert_eq!(app.edition(SLUG).await.revision, 0, "nothing was written");
    stdout(&app.verdict(&["cancel", SLUG]));
    insta::assert_snapshot!(why(&["revise", SLUG]), @"error: `tea-vs-coffee` is cancelled: no more of it is sent");
    let counts = deliveries::counts(&app.store, app.edition(SLUG).await.id)
        .await
        .unwrap();
    assert_eq!(counts.skipped, READERS as i64);
}
