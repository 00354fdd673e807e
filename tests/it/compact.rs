//! `verdict compact`: of an old edition the ledger keeps a summary, which answers every question that it did before,
//! and nothing of the edition is sent again.

mod parts;

use chrono::TimeDelta;
use serde_json::{Value, json};
use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};
use subscribers::token::{Purpose, verify_local_part};
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;
use verdict::delivery::RunResult;
use verdict::readers::{self, Joiner};
use verdict::store::deliveries;
use verdict::store::editions::EditionState;
use verdict::store::subscribers::Frequency;

use crate::child::{Running, binary, until};
use crate::choosing::settings_link;
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    a_compacted_edition_tells_the_same,
    its_links_and_returned_mails_find_their_readers,
    nothing_of_it_is_sent_again,
    what_may_not_be_compacted_is_left,
    editions_are_compacted_by_age,
    serve_compacts_by_age
);

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 8;
/// On the list, between readers 7 and 8, and never enrolled.
const GAP: &str = "gap@example.com";

fn email(number: usize) -> String {
    format!("reader-{number}@example.com")
}

/// An instance whose clock shows a time 40 days ago. The binary uses the system's.
async fn forty_days_ago(db: Db, behaviour: Behaviour) -> TestApp {
    let app = TestApp::behaving(db, behaviour).await;
    app.clock.set(Clock::system().now() - TimeDelta::days(40));
    app
}

/// Leaves the first mail to reader 1 in doubt.
fn doubt_about_one() -> Behaviour {
    Behaviour::new()
        .at(Step::Dot)
        .to(&email(1))
        .times(1)
        .accept_then_hang_up()
}

/// Makes an edition as old as that.
fn ended_days_ago(app: &TestApp, slug: &str, days: i64) {
    let at = Clock::system().now() - TimeDelta::days(days);
    let at = at.timestamp_millis();
    let age = format!("UPDATE editions SET finished_at = {at} WHERE slug = '{slug}'");
    app.by_hand(&age);
}

/// An instance with an old edition: refused to reader 2, unknown for 3, skipped for 4, sent twice to 5 because of a
/// doubt, accepted at the second attempt for 6, and accepted at once for the others.
async fn old(db: Db) -> TestApp {
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(&email(2))
        .reply(552, "5.2.2 Full")
        .at(Step::Dot)
        .to(&email(3))
        .times(1)
        .accept_then_hang_up()
        .at(Step::Dot)
        .to(&email(5))
        .times(1)
        .accept_then_hang_up()
        .at(Step::Rcpt)
        .to(&email(6))
        .times(1)
        .reply(451, "4.3.0 Later");
    let app = forty_days_ago(db, behaviour).await;
    let editor = ConsentSource::Editor;
    app.issue(SLUG).readers(READERS - 1).await;
    let pending = Joiner {
        address: Address::parse(GAP).unwrap(),
        name: None,
        time_zone: None,
        frequency: Frequency::Every,
        paused_until: None,
    };
    readers::add(&app, &[pending], false, editor).await.unwrap();
    app.reader(&email(READERS)).await;
    app.freeze(SLUG).await;
    let leaves = id(&app, &email(4)).await;
    readers::unsubscribe(&app, leaves, None, editor, None)
        .await
        .unwrap();
    assert!(matches!(app.send(SLUG).await, RunResult::Waiting(_)));
    app.clock.advance(TimeDelta::hours(2));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    stdout(&app.verdict(&["settle", SLUG, "--leave", &email(3)]));
    app.verdict(&["settle", SLUG, "--resend"]);
    ended_days_ago(&app, SLUG, 38);
    app
}

async fn id(app: &TestApp, email: &str) -> i64 {
    find_subscriber(&app.store, email).await.unwrap().id
}

/// A reader's own export.
async fn export(app: &TestApp, email: &str) -> Value {
    let reader = find_subscriber(&app.store, email).await.unwrap();
    let export = readers::export(app, &reader).await.unwrap();
    serde_json::to_value(export).unwrap()
}

/// `verdict report --json`, without the time at which it was made or the edition compacted.
fn report(app: &TestApp) -> Value {
    let printed = stdout(&app.verdict(&["report", SLUG, "--json"]));
    let mut report: Value = serde_json::from_str(&printed).unwrap();
    let fields = report.as_object_mut().unwrap();
    fields.remove("reported_at").unwrap();
    fields.remove("compacted_at");
    fields["joined"]["until"] = Value::Null;
    report
}

/// Runs `verdict compact`, which must succeed; returns its output without sizes.
fn compact(app: &TestApp, args: &[&str]) -> String {
    let args = [&["compact"], args].concat();
    let printed = stdout(&app.verdict(&args));
    let lines = printed
        .lines()
        .map(|line| match line.split_once(" accepted in ") {
            Some((before, _)) => format!("{before} accepted in [size].\n"),
            None => format!("{line}\n"),
        });
    lines.collect()
}

/// Runs a command that must be refused; returns the error.
fn refuses(app: &TestApp, args: &[&str]) -> String {
    let output = app.verdict(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
    let printed = stderr(&output);
    let error = printed.lines().find(|line| line.starts_with("error: "));
    error.unwrap_or_else(|| panic!("{printed}")).to_owned()
}

async fn a_compacted_edition_tells_the_same(db: Db) {
    let app = old(db).await;
    let everyone: Vec<String> = (1..=READERS).map(email).chain([GAP.to_owned()]).collect();
    let mut before = Vec::new();
    for email in &everyone {
        before.push(export(&app, email).await);
    }
    let counts = app.counts(SLUG).await;
    let status = stdout(&app.verdict(&["status", SLUG]));
    let reported = report(&app);
    insta::assert_snapshot!(compact(&app, &[SLUG]), @"
    `tea-vs-coffee` is compacted: 4 accepted in [size].
      Kept as rows: 1 accepted, 1 refused, 1 unknown, 1 skipped.
    ");
    for (email, mut before) in everyone.iter().zip(before) {
        if [1, 6, 7, 8].map(self::email).contains(email) {
            let reply = &mut before["mails"][0]["reply"];
            assert!(reply.as_str().unwrap().starts_with("250 "), "{reply}");
            *reply = Value::Null;
        }
        assert_eq!(export(&app, email).await, before, "{email}");
    }
    let six = export(&app, &email(6)).await;
    assert_eq!(six["mails"][0]["attempts"], 2);
    assert_eq!(export(&app, GAP).await["mails"], json!([]));
    assert_eq!(app.counts(SLUG).await, counts);
    assert_eq!(report(&app), reported);
    let now = stdout(&app.verdict(&["status", SLUG]));
    let (others, compacted): (Vec<_>, Vec<_>) =
        now.lines().partition(|line| !line.contains("compacted"));
    assert_eq!(others.join("\n"), status.trim_end());
    assert_eq!(compacted.len(), 1);
    let why = |email: &str| stdout(&app.verdict(&["why", email]));
    assert!(why(&email(1)).contains("tea-vs-coffee  accepted  20"));
    assert!(why(&email(2)).contains("552 5.2.2 Full"));
    assert!(why(GAP).contains("No edition has been sent"));
    insta::assert_snapshot!(compact(&app, &[SLUG]), @"
    `tea-vs-coffee` is already compacted: 4 accepted in [size].
      Kept as rows: 1 accepted, 1 refused, 1 unknown, 1 skipped.
    ");
}

async fn its_links_and_returned_mails_find_their_readers(db: Db) {
    let app = old(db).await;
    app.clock.set(Clock::system().now() - TimeDelta::days(39));
    compact(&app, &[SLUG]);
    let left = http::post(&app.unsubscribe_link(&email(1)), "").await;
    assert_eq!(left.status, 200);
    assert_eq!(app.consent(&email(1)).await, Consent::Unsubscribed);
    let vote = http::post(&app.link(&email(7), "/v/"), "verdict=ship").await;
    assert!(vote.body.contains("You voted to ship"), "{}", vote.body);
    let settings = settings_link(&app, &email(8)).await;
    assert_eq!(http::get(&settings).await.status, 200);

    let mail = &app.catcher.for_recipient(&email(6))[0];
    let (local_part, _) = mail.from.split_once('@').unwrap();
    let (_, token) = local_part.split_once('+').unwrap();
    let token = verify_local_part(&app.key, token, Purpose::Bounce).unwrap();
    let returned = readers::reader_of(&app, token).await.unwrap();
    assert_eq!(returned.unwrap().email(), email(6));
    let found = stdout(&app.verdict_reading(&["why", "-"], &mail.content));
    let named = format!("The mail is {SLUG}, to {}.\n", email(6));
    assert!(found.starts_with(&named), "{found}");

    let erased = id(&app, &email(7)).await;
    stdout(&app.verdict(&["subscribers", "remove", "--erase", &email(7)]));
    let history = deliveries::history(&app.store, erased).await.unwrap();
    assert_eq!((history.len(), &*history[0].slug), (1, SLUG));
    let shown = stdout(&app.verdict(&["render", SLUG, "--to", &email(8)]));
    assert!(shown.contains("Subject: "), "{shown}");
}

async fn nothing_of_it_is_sent_again(db: Db) {
    let app = old(db).await;
    compact(&app, &[SLUG]);
    let mails = app.catcher.len();
    app.catcher.set(Behaviour::new());
    for args in [
        &["send", SLUG][..],
        &["resend", SLUG, "--refused"],
        &["resend", SLUG, "--deferred"],
        &["settle", SLUG],
        &["settle", SLUG, "--resend"],
        &["settle", SLUG, "--leave"],
    ] {
        insta::assert_snapshot!(refuses(&app, args), @"error: `tea-vs-coffee` is compacted: the ledger keeps a summary of it, so nothing of it can be sent again or settled");
    }
    for command in ["pause", "resume", "cancel"] {
        let error = refuses(&app, &[command, SLUG]);
        assert!(error.contains("is finished"), "{error}");
    }
    let sent = app.try_send(SLUG).await.unwrap_err().to_string();
    assert!(sent.contains("is compacted"), "{sent}");
    stdout(&app.verdict(&["send", SLUG, "--dry-run"]));
    assert_eq!(app.edition(SLUG).await.state, EditionState::Finished);
    assert_eq!(app.catcher.len(), mails);
}

async fn what_may_not_be_compacted_is_left(db: Db) {
    let app = forty_days_ago(db, doubt_about_one()).await;
    app.readers(2).await;
    for slug in ["doubtful", "sending", "paused", "young"] {
        app.issue(slug).freeze(slug).await;
    }
    app.send("doubtful").await;
    app.send("young").await;
    stdout(&app.verdict(&["pause", "paused"]));
    ended_days_ago(&app, "young", 29);
    let error = |slug: &str| refuses(&app, &["compact", slug]);
    insta::assert_snapshot!(error("doubt"), @"error: there is no edition of `doubt`: it was never sent (did you mean `doubtful`?)");
    insta::assert_snapshot!(error("doubtful"), @"error: readers of `doubtful` are in doubt: `verdict settle doubtful` first");
    insta::assert_snapshot!(error("sending"), @"error: `sending` is being sent: it can be compacted 30 days after its end");
    insta::assert_snapshot!(error("paused"), @"error: `paused` is paused: `verdict resume paused` or `verdict cancel paused` first");
    let young = error("young");
    let (young, after) = young.split_once(" from ").unwrap();
    insta::assert_snapshot!(young, @"error: `young` can be compacted");
    let day = Clock::system().now() + TimeDelta::days(2);
    let day = app.day(day.timestamp_millis()).to_string();
    assert!(after.starts_with(&day), "{after}, not {day}");
    // One that is unknown is named before any of them is compacted.
    stdout(&app.verdict(&["settle", "doubtful", "--leave"]));
    refuses(&app, &["compact", "doubtful", "doubt"]);
    assert_eq!(app.edition("doubtful").await.compacted_at, None);
    insta::assert_snapshot!(compact(&app, &["doubtful"]), @"
    `doubtful` is compacted: 1 accepted in [size].
      Kept as rows: 1 unknown.
    ");
    for wrong in [
        &["compact"][..],
        &["compact", "doubtful", "--older-than", "60d"],
        &["compact", "--older-than", "29d"],
        &["compact", "--older-than", "60"],
    ] {
        let output = app.verdict(wrong);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
}

async fn editions_are_compacted_by_age(db: Db) {
    let app = forty_days_ago(db, doubt_about_one()).await;
    app.readers(3).await;
    for (slug, days) in [("doubtful", 200), ("old", 181), ("younger", 179)] {
        app.issue(slug).send(slug).await;
        ended_days_ago(&app, slug, days);
    }
    app.issue("sending").freeze("sending").await;
    insta::assert_snapshot!(compact(&app, &["--older-than", "180d"]), @"
    Left as it is: readers of `doubtful` are in doubt: `verdict settle doubtful` first.
    `old` is compacted: 3 accepted in [size].
    ");
    insta::assert_snapshot!(compact(&app, &["--older-than", "180d"]), @"Left as it is: readers of `doubtful` are in doubt: `verdict settle doubtful` first.");
    let is_compacted = async |slug| app.edition(slug).await.compacted_at.is_some();
    assert!(is_compacted("old").await);
    for slug in ["doubtful", "younger", "sending"] {
        assert!(!is_compacted(slug).await, "{slug}");
    }
    insta::assert_snapshot!(compact(&app, &["--older-than", "3650d"]), @"No edition of that age is left to compact.");
}

async fn serve_compacts_by_age(db: Db) {
    let app = forty_days_ago(db, Behaviour::new()).await;
    app.readers(3).await;
    for (slug, days) in [("old", 181), ("younger", 179)] {
        app.issue(slug).send(slug).await;
        ended_days_ago(&app, slug, days);
    }
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path());
    command.args(["serve", "--only", "send"]);
    command.env("VERDICT_STORE_COMPACT_AFTER", "180d");
    let mut serve = Running::start(&mut command);
    until("the old one is compacted", || async {
        let old = app.edition("old").await.id;
        let found = deliveries::compacted(&app.store, old).await.unwrap();
        found.deliveries == 3
    })
    .await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    assert_eq!(app.edition("younger").await.compacted_at, None);
}
