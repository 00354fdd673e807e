//! A relay that fails an edition: the edition pauses with its reason, the editors get an alert, and the next edition
//! continues.

use rusqlite::Connection;
use subscribers::address::Address;
use verdict::app::App;
use verdict::catcher::{Behaviour, Step};
use verdict::config::{Config, OnDoubt};
use verdict::delivery::{self, RunResult, SendError};
use verdict::edition;
use verdict::store::editions::EditionState;

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    a_relay_that_never_answers_leaves_few_in_doubt,
    a_relay_that_never_answers_resent_doubts_pauses_as_soon,
    a_reader_whose_mail_is_never_answered_gets_it_at_most_twice_and_is_listed,
    a_relay_that_hangs_up_twice_and_goes_on_pauses_nothing,
    one_reader_refused_by_policy_pauses_nothing,
    three_readers_in_a_row_refused_by_policy_pause_the_edition,
    a_refused_password_pauses_the_edition_at_once,
    an_edition_that_the_relay_cannot_take_holds_up_no_other
);

const SLUG: &str = "tea-vs-coffee";
const NEXT: &str = "pen-vs-pencil";
const EDITOR: &str = "editor@example.org";

fn with_editor(config: &mut Config) {
    config.alerts.to = vec![Address::parse(EDITOR).unwrap()];
}

async fn app(db: Db, behaviour: Behaviour, connections: usize) -> TestApp {
    TestApp::tuned(db, behaviour, |config| {
        with_editor(config);
        config.smtp.connections = connections;
    })
    .await
}

/// Sends as `verdict serve` does, run after run, until the edition pauses or a day has passed.
async fn until_paused(app: &TestApp) {
    for _ in 0..100 {
        match app.try_send(SLUG).await {
            Ok(RunResult::Objected | RunResult::Paused) => return,
            Ok(RunResult::Waiting(_)) | Err(SendError::Relay { .. }) => {
                app.clock.advance(chrono::TimeDelta::minutes(15));
            }
            ended => panic!("{ended:?}"),
        }
    }
    panic!("nothing paused it: {:?}", app.counts(SLUG).await);
}

/// Why an edition is paused; the editor got the same reason, once.
async fn reason(app: &TestApp, slug: &str) -> String {
    app.catcher.set(Behaviour::new());
    let edition = app.edition(slug).await;
    assert_eq!(edition.state, EditionState::Paused);
    let reason = edition.pause_reason.unwrap();
    app.deliver_outbox().await;
    let mails = app.catcher.for_recipient(EDITOR);
    let told: Vec<String> = mails
        .into_iter()
        .map(|mail| String::from_utf8(mail.content).unwrap())
        .filter(|mail| mail.contains(&format!("Subject: The edition {slug} is paused")))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    let text = told[0].replace("=\r\n", "");
    let start: String = reason.chars().take(40).collect();
    assert!(text.contains(&start), "{text}\nlacks {start}");
    reason
}

/// Puts an unknown placeholder into a frozen mail.
fn break_mail(app: &TestApp, slug: &str) {
    let statement =
        format!("UPDATE editions SET mail = '\u{2}wizard:html\u{3}' || mail WHERE slug = '{slug}'");
    match app.store.file() {
        Some(file) => {
            let store = Connection::open(file).unwrap();
            assert_eq!(store.execute(&statement, []).unwrap(), 1);
        }
        None => app.schema().execute(&statement),
    }
}

async fn a_relay_that_never_answers_leaves_few_in_doubt(db: Db) {
    for connections in [1, 8] {
        let app = app(db, Behaviour::new().at(Step::Dot).hang_up(), connections).await;
        app.issue(SLUG).readers(200).await;
        until_paused(&app).await;
        let counts = app.counts(SLUG).await;
        let most = i64::try_from(connections).unwrap() + 2;
        assert!((1..=most).contains(&counts.unknown), "{counts:?}");
        assert_eq!(counts.unknown + counts.queued, 200, "{counts:?}");
        assert_eq!(app.try_send(SLUG).await.unwrap(), RunResult::Paused);
        let reason = reason(&app, SLUG).await;
        assert!(
            reason.starts_with("the relay takes mails and does not answer"),
            "{reason}"
        );
    }
}

async fn a_relay_that_never_answers_resent_doubts_pauses_as_soon(db: Db) {
    let app = TestApp::tuned(
        db,
        Behaviour::new().at(Step::Dot).accept_then_hang_up(),
        |config| {
            with_editor(config);
            config.smtp.connections = 4;
            config.smtp.on_doubt = OnDoubt::Resend;
        },
    )
    .await;
    app.issue(SLUG).readers(60).await;
    until_paused(&app).await;
    reason(&app, SLUG).await;
    let got: usize = (1..=60)
        .map(|number| {
            app.catcher
                .for_recipient(&format!("reader-{number}@example.com"))
                .len()
        })
        .sum();
    assert!(got <= 6, "{got}");
}

async fn a_reader_whose_mail_is_never_answered_gets_it_at_most_twice_and_is_listed(db: Db) {
    let email = "reader-3@example.com";
    let app = TestApp::tuned(
        db,
        Behaviour::new()
            .at(Step::Dot)
            .to(email)
            .accept_then_hang_up(),
        |config| {
            config.smtp.on_doubt = OnDoubt::Resend;
        },
    )
    .await;
    app.issue(SLUG).readers(12).await;
    for _ in 0..40 {
        match app.try_send(SLUG).await.unwrap() {
            RunResult::Waiting(due) => app
                .clock
                .set(chrono::DateTime::from_timestamp_millis(due).unwrap()),
            RunResult::Finished => break,
            ended => panic!("{ended:?}"),
        }
    }
    assert_eq!(app.catcher.for_recipient(email).len(), 2);
    assert_eq!(app.in_doubt(SLUG).await, [email]);
    assert_eq!(app.counts(SLUG).await.accepted, 11);
    // Neither a later run nor another sender sends it again by itself; an operator can.
    app.clock.advance(chrono::TimeDelta::hours(5));
    app.try_send(SLUG).await.unwrap();
    assert_eq!(app.catcher.for_recipient(email).len(), 2);
    app.catcher.set(Behaviour::new());
    let printed = app.verdict(&["settle", SLUG, "--resend", email]);
    assert!(printed.status.success(), "{printed:?}");
    assert_eq!(app.catcher.for_recipient(email).len(), 3);
}

async fn a_relay_that_hangs_up_twice_and_goes_on_pauses_nothing(db: Db) {
    let app = app(
        db,
        Behaviour::new().at(Step::Dot).after(20).times(2).hang_up(),
        4,
    )
    .await;
    app.issue(SLUG).readers(100).await;
    while let RunResult::Waiting(_) = app.send(SLUG).await {}
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.unknown), (98, 2), "{counts:?}");
}

async fn one_reader_refused_by_policy_pauses_nothing(db: Db) {
    let email = "reader-30@example.com";
    for step in [Step::Rcpt, Step::Dot] {
        let behaviour = Behaviour::new()
            .at(step)
            .to(email)
            .reply(554, "5.7.1 Recipient address rejected");
        let app = app(db, behaviour, 1).await;
        app.issue(SLUG).readers(60).await;
        assert_eq!(app.send(SLUG).await, RunResult::Finished);
        let counts = app.counts(SLUG).await;
        assert_eq!((counts.accepted, counts.refused), (59, 1), "{step:?}");
        app.issue(NEXT);
        assert_eq!(app.send(NEXT).await, RunResult::Finished);
        assert_eq!(app.counts(NEXT).await.accepted, 59, "{step:?}");
    }
}

async fn three_readers_in_a_row_refused_by_policy_pause_the_edition(db: Db) {
    for step in [Step::Rcpt, Step::Dot] {
        let behaviour = Behaviour::new()
            .at(step)
            .after(5)
            .reply(554, "5.7.1 Blocked");
        let app = app(db, behaviour, 1).await;
        app.issue(SLUG).readers(60).await;
        assert_eq!(app.send(SLUG).await, RunResult::Objected);
        let counts = app.counts(SLUG).await;
        assert_eq!(
            (counts.accepted, counts.refused, counts.queued),
            (5, 3, 52),
            "{step:?}"
        );
        let reason = reason(&app, SLUG).await;
        assert_eq!(
            reason,
            "the relay refused 3 readers in a row by policy: 554 5.7.1 Blocked"
        );
    }
}

async fn a_refused_password_pauses_the_edition_at_once(db: Db) {
    let app = app(db, Behaviour::new().credentials("press", "right"), 2).await;
    app.issue(SLUG).readers(5).await;
    let mut config = app.config.as_ref().clone();
    config.smtp.relay.credentials = Some(("press".to_owned(), "wrong".to_owned()));
    let misconfigured = App {
        config: config.into(),
        ..App::clone(&app)
    };
    let edition = edition::open(&misconfigured, SLUG).await.unwrap().edition;
    let ended = delivery::send(
        &misconfigured,
        &edition,
        Default::default(),
        Default::default(),
    )
    .await;
    assert_eq!(ended.unwrap(), RunResult::Objected);
    assert_eq!(app.counts(SLUG).await.queued, 5);
    let reason = reason(&app, SLUG).await;
    assert!(reason.contains("535"), "{reason}");
}

async fn an_edition_that_the_relay_cannot_take_holds_up_no_other(db: Db) {
    let app = app(db, Behaviour::new(), 2).await;
    app.issue(SLUG).issue(NEXT).readers(5).await;
    app.freeze(SLUG).await;
    app.freeze(NEXT).await;
    break_mail(&app, SLUG);
    let mut serve = Running::start(
        binary()
            .arg("--dir")
            .arg(app.dir.path())
            .args(["serve", "--only", "send"])
            .env("VERDICT_DESK_EDITORS", EDITOR),
    );
    until("the next edition is sent", || async {
        app.counts(NEXT).await.accepted == 5
    })
    .await;
    until("the editor is told", || async {
        !app.catcher.for_recipient(EDITOR).is_empty()
    })
    .await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    assert_eq!(app.counts(SLUG).await.queued, 5);
    let reason = reason(&app, SLUG).await;
    assert!(reason.contains("wizard"), "{reason}");
}
