//! The welcome mail: the latest comparison, once, for a reader who has confirmed and does not get it otherwise.

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::catcher::{Behaviour, Step};
use verdict::purge::purge;
use verdict::store::outbox::{self as messages, Kind, MessageState};

use super::{ADA, mail_to, sign_up};
use crate::backup::{back_up, put_back};
use crate::choosing::{action, settings_link};
use crate::database::Db;
use crate::departures::complain;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    a_reader_who_confirms_gets_the_latest_comparison_once,
    two_confirmations_are_one_welcome,
    the_welcome_can_be_left_by_one_click,
    nobody_else_is_welcomed,
    there_is_no_welcome_without_an_issue,
    a_reader_who_wants_no_mail_any_more_is_not_welcomed,
    an_undo_brings_no_welcome_and_coming_back_brings_one,
    a_reader_who_gets_the_issue_itself_is_not_welcomed,
    an_issue_on_hold_or_cancelled_is_no_welcome,
    a_refused_issue_that_is_sent_again_is_no_second_one,
    a_backup_with_a_waiting_welcome_welcomes_nobody_who_left,
    a_welcome_waits_for_a_relay_that_is_down_for_a_day
);

const BEN: &str = "ben@example.com";
const NEW: &str = "ada@example.net";
const WELCOME: &str = "Welcome to Weekly AI Tool Verdicts";

/// An instance that has sent an issue to one reader.
async fn with_an_issue(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first").reader(BEN).await;
    app.send("first").await;
    app
}

/// Signs up and confirms; the welcome waits.
async fn join(app: &TestApp, email: &str) {
    join_all(app, &[email]).await;
}

async fn join_all(app: &TestApp, emails: &[&str]) {
    for email in emails {
        sign_up(app, email, "&name=Ada").await;
    }
    app.deliver_outbox().await;
    for email in emails {
        let answer = http::post(&app.link(email, "/confirm/"), "").await;
        assert!(answer.body.contains("You’re in"), "{answer:?}");
    }
}

fn welcomes(app: &TestApp, email: &str) -> usize {
    let mails = app.catcher.for_recipient(email);
    let is_welcome = |mail: &verdict::catcher::Mail| {
        String::from_utf8_lossy(&mail.content).contains(&format!("Subject: {WELCOME}"))
    };
    mails.iter().filter(|mail| is_welcome(mail)).count()
}

/// The states of the welcomes to a reader, the latest first.
async fn states(app: &TestApp, email: &str) -> Vec<MessageState> {
    let reader = find_subscriber(&app.store, email).await.unwrap();
    let history = messages::history(&app.store, reader.id).await.unwrap();
    let welcomes = history.iter().filter(|entry| entry.kind == Kind::Welcome);
    welcomes.map(|entry| entry.state).collect()
}

async fn a_reader_who_confirms_gets_the_latest_comparison_once(db: Db) {
    let app = with_an_issue(db).await;
    app.issue("second").send("second").await;
    join(&app, ADA).await;
    assert_eq!(welcomes(&app, ADA), 0, "the page sends nothing itself");
    app.deliver_outbox().await;
    let [head, text, html] = mail_to(&app, ADA);
    let site = &app.site;
    for line in [
        format!("Subject: {WELCOME}"),
        "Auto-Submitted: auto-generated".to_owned(),
        format!("List-Unsubscribe: <{site}/u/"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned(),
        "List-Id: ".to_owned(),
        "Feedback-ID: welcome:outbox:exampleorg".to_owned(),
    ] {
        assert!(head.contains(&format!("\r\n{line}")), "{line}: {head}");
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Alpha of second vs Beta of second",
        "Which of the two in second?",
        "Alpha of second wins",
        "Its only reviewer would ship it.",
        &format!("{site}/issues/second"),
        &format!("{site}/u/"),
        &format!("{site}/settings/"),
        ADA,
    ] {
        assert!(text.contains(said), "{said}: {text}");
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(!text.contains("Hi Ada"), "anyone may have typed the name");
    let why = stdout(&app.verdict(&["why", ADA]));
    assert!(why.contains("(welcome)  accepted"), "{why}");

    // On the list, another sign-up is answered by a mail that says so.
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    assert_eq!(welcomes(&app, ADA), 1);
    assert_eq!(states(&app, ADA).await, [MessageState::Accepted]);
    app.issue("third").send("third").await;
    assert_eq!(app.catcher.for_recipient(ADA).len(), 4, "and every issue");
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}

async fn the_welcome_can_be_left_by_one_click(db: Db) {
    let app = with_an_issue(db).await;
    join(&app, ADA).await;
    app.deliver_outbox().await;
    let link = app.unsubscribe_link(ADA);
    assert_eq!(http::get(&link).await.status, 200);
    let answer = http::post(&link, "List-Unsubscribe=One-Click").await;
    assert_eq!(answer.body, "You’re unsubscribed.\n");
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn nobody_else_is_welcomed(db: Db) {
    let app = with_an_issue(db).await;
    // Added and imported.
    stdout(&app.verdict(&["subscribers", "add", "added@example.com"]));
    let file = app.dir.path().join("list.csv");
    std::fs::write(&file, "email\nimported@example.com\n").unwrap();
    let file = file.to_str().unwrap();
    stdout(&app.verdict(&["subscribers", "import", file, "--confirmed"]));
    // On the list, and confirms that a pause ends, which kept the latest issue away.
    http::post(&app.unsubscribe_link(BEN), "instead=pause-4").await;
    app.issue("second").reader(ADA).await;
    app.send("second").await;
    join(&app, BEN).await;
    // Moves.
    let settings = settings_link(&app, ADA).await;
    http::post(&format!("{settings}/address"), &format!("email={NEW}")).await;
    app.deliver_outbox().await;
    http::post(&app.link(NEW, "/address/"), "").await;
    app.deliver_outbox().await;
    for email in ["added@example.com", "imported@example.com", BEN, ADA, NEW] {
        assert_eq!(welcomes(&app, email), 0, "{email}");
    }
    // Where the operator wants none.
    let app = TestApp::tuned(db, Behaviour::new(), |config| config.join.welcome = false).await;
    app.issue("first").reader(BEN).await;
    app.send("first").await;
    join(&app, ADA).await;
    app.deliver_outbox().await;
    assert_eq!(states(&app, ADA).await, []);
}

/// A link pressed twice, and two links for one reader.
async fn two_confirmations_are_one_welcome(db: Db) {
    let app = with_an_issue(db).await;
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    let first = app.link(ADA, "/confirm/");
    app.clock.advance(TimeDelta::minutes(2));
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    let second = app.link(ADA, "/confirm/");
    for link in [&first, &first, &second, &second] {
        assert_eq!(http::post(link, "").await.status, 200);
        app.deliver_outbox().await;
    }
    assert_eq!(welcomes(&app, ADA), 1);
}

async fn there_is_no_welcome_without_an_issue(db: Db) {
    let app = TestApp::on(db).await;
    join(&app, ADA).await;
    app.deliver_outbox().await;
    assert_eq!(states(&app, ADA).await, []);
    assert_eq!(app.catcher.for_recipient(ADA).len(), 1);
}

async fn a_reader_who_wants_no_mail_any_more_is_not_welcomed(db: Db) {
    let app = with_an_issue(db).await;
    let names = [
        "page",
        "click",
        "paused",
        "digest",
        "complained",
        "erased",
        "welcome",
    ];
    let emails = names.map(|name| format!("{name}@example.com"));
    let emails = emails.each_ref().map(String::as_str);
    // An earlier issue has the links; the welcome is about a later one.
    for email in emails {
        app.reader(email).await;
    }
    app.issue("second").send("second").await;
    for email in emails {
        http::post(&app.unsubscribe_link(email), "List-Unsubscribe=One-Click").await;
    }
    app.issue("third").send("third").await;
    join_all(&app, &emails).await;
    let forms = [
        "",
        "List-Unsubscribe=One-Click",
        "instead=pause-4",
        "instead=digest",
    ];
    for (email, form) in emails.iter().zip(forms) {
        http::post(&app.unsubscribe_link(email), form).await;
    }
    complain(&app, emails[4]).await;
    stdout(&app.verdict(&["subscribers", "remove", "--erase", emails[5]]));
    app.deliver_outbox().await;
    for email in &emails[..6] {
        assert_eq!(welcomes(&app, email), 0, "{email}");
    }
    assert_eq!(welcomes(&app, emails[6]), 1, "the others are");
    for email in &emails[..4] {
        assert_eq!(
            states(&app, email).await,
            [MessageState::Withdrawn],
            "{email}"
        );
    }
}

/// Ada got the second of three issues and then left, by the link that is returned.
async fn with_a_reader_who_left(db: Db) -> (TestApp, String) {
    let app = with_an_issue(db).await;
    app.reader(ADA).await;
    app.issue("second").send("second").await;
    let link = app.unsubscribe_link(ADA);
    http::post(&link, "List-Unsubscribe=One-Click").await;
    app.issue("third").send("third").await;
    (app, link)
}

async fn an_undo_brings_no_welcome_and_coming_back_brings_one(db: Db) {
    let (app, link) = with_a_reader_who_left(db).await;
    join(&app, ADA).await;
    // Before it goes out.
    let left = http::post(&link, "").await;
    let undo = action(&app, &left.body, "/undo/");
    assert!(http::post(&undo, "").await.body.contains("You’re back"));
    app.deliver_outbox().await;
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    assert_eq!(states(&app, ADA).await, [MessageState::Withdrawn]);
    // The same reader, by another double opt-in.
    http::post(&link, "List-Unsubscribe=One-Click").await;
    join(&app, ADA).await;
    app.deliver_outbox().await;
    assert_eq!(welcomes(&app, ADA), 1);
}

async fn a_reader_who_gets_the_issue_itself_is_not_welcomed(db: Db) {
    // One who had it before leaving.
    let app = with_an_issue(db).await;
    http::post(&app.unsubscribe_link(BEN), "List-Unsubscribe=One-Click").await;
    join(&app, BEN).await;
    app.deliver_outbox().await;
    assert_eq!(states(&app, BEN).await, [MessageState::Withdrawn]);
    // One who confirms just before the next issue, which is on its way when the welcome goes out.
    join(&app, ADA).await;
    app.issue("second").freeze("second").await;
    app.deliver_outbox().await;
    assert_eq!(states(&app, ADA).await, [MessageState::Withdrawn]);
    app.send("second").await;
    assert_eq!(app.catcher.for_recipient(ADA).len(), 2);
    // One who confirms while it is being sent, and is not among its readers.
    app.issue("third").freeze("third").await;
    join(&app, "eve@example.com").await;
    app.deliver_outbox().await;
    app.send("third").await;
    assert_eq!(welcomes(&app, "eve@example.com"), 1);
    let [_, text, _] = mail_to(&app, "eve@example.com");
    assert!(text.contains("/issues/third"), "{text}");
    assert_eq!(app.catcher.for_recipient("eve@example.com").len(), 2);
}

async fn an_issue_on_hold_or_cancelled_is_no_welcome(db: Db) {
    let app = with_an_issue(db).await;
    for (slug, command) in [("second", "pause"), ("third", "cancel")] {
        app.issue(slug).freeze(slug).await;
        stdout(&app.verdict(&[command, slug]));
    }
    join(&app, ADA).await;
    app.deliver_outbox().await;
    let [_, text, _] = mail_to(&app, ADA);
    assert!(text.contains("/issues/first"), "{text}");
    stdout(&app.verdict(&["resume", "second"]));
    app.send("second").await;
    assert_eq!(
        app.catcher.for_recipient(ADA).len(),
        2,
        "it had its readers"
    );

    let app = TestApp::on(db).await;
    app.issue("only").reader(BEN).await.freeze("only").await;
    join(&app, ADA).await;
    stdout(&app.verdict(&["cancel", "only"]));
    app.deliver_outbox().await;
    assert_eq!(states(&app, ADA).await, [MessageState::Withdrawn]);
}

async fn a_refused_issue_that_is_sent_again_is_no_second_one(db: Db) {
    let app = TestApp::on(db).await;
    app.catcher.set(
        Behaviour::new()
            .at(Step::Rcpt)
            .to(ADA)
            .reply(550, "5.1.1 No such user"),
    );
    app.issue("first").reader(ADA).await;
    app.send("first").await;
    assert_eq!(app.consent(ADA).await, Consent::Bounced);
    app.catcher.set(Behaviour::new());
    join(&app, ADA).await;
    app.deliver_outbox().await;
    assert_eq!(states(&app, ADA).await, [MessageState::Withdrawn]);
    stdout(&app.verdict(&["resend", "first", "--refused"]));
    app.send("first").await;
    assert_eq!(app.catcher.for_recipient(ADA).len(), 2);
}

async fn a_backup_with_a_waiting_welcome_welcomes_nobody_who_left(db: Db) {
    let (app, link) = with_a_reader_who_left(db).await;
    join_all(&app, &[ADA, "eve@example.com"]).await;
    back_up(&app);
    app.deliver_outbox().await;
    let ids = || {
        let mails = app.catcher.for_recipient("eve@example.com");
        let id = |mail: &verdict::catcher::Mail| {
            let text = String::from_utf8_lossy(&mail.content).into_owned();
            let (_, rest) = text.split_once("Message-ID: ").unwrap();
            rest.split('>').next().unwrap().to_owned()
        };
        mails.iter().map(id).collect::<Vec<_>>()
    };
    http::post(&link, "List-Unsubscribe=One-Click").await;
    put_back(&app);
    app.replay().await.unwrap();
    app.deliver_outbox().await;
    assert_eq!(welcomes(&app, ADA), 1, "the one from before the restore");
    assert_eq!(states(&app, ADA).await, [MessageState::Withdrawn]);
    // The backup does not know that the other one went out: it is the same mail.
    let ids = ids();
    assert_eq!((ids.len(), &ids[1]), (3, &ids[2]));
}

async fn a_welcome_waits_for_a_relay_that_is_down_for_a_day(db: Db) {
    let app = with_an_issue(db).await;
    for (email, hours) in [(ADA, 23), ("eve@example.com", 25)] {
        join(&app, email).await;
        app.catcher
            .set(Behaviour::new().at(Step::Connect).hang_up());
        app.deliver_outbox().await;
        app.clock.advance(TimeDelta::hours(hours));
        purge(&app).await.unwrap();
        app.catcher.set(Behaviour::new());
        app.deliver_outbox().await;
        assert_eq!(welcomes(&app, email) == 1, hours < 24, "{email}");
    }
}
