//! A relay that cannot be trusted with an edition: it is paused with its reason, the editors are told, and the next
//! one goes on.

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
    a_relay_that_never_answers_and_gets_doubts_again_is_left_as_soon,
    a_reader_whose_mail_is_never_answered_gets_it_twice_at_most_and_is_named,
    a_relay_that_hangs_up_twice_and_goes_on_pauses_nothing,
    one_reader_who_is_refused_by_policy_pauses_nobody,
    three_readers_in_a_row_who_are_refused_by_policy_pause_the_edition,
    a_refused_password_pauses_the_edition_at_once,
    an_edition_that_the_relay_cannot_take_holds_up_no_other
);

const SLUG: &str = "tea-vs-coffee";
const NEXT: &str = "pen-vs-pencil";
const EDITOR: &str = "editor@example.org";

fn with_editor(config: &mut Config) {
    config.desk.editors = vec![Address::parse(EDITOR).unwrap()];
}

async fn press(db: Db, behaviour: Behaviour, connections: usize) -> TestApp {
    TestApp::tuned(db, behaviour, |config| {
        with_editor(config);
        config.smtp.connections = connections;
    })
    .await
}

/// Sends as `verdict serve` does, run after run, until the edition is paused or a day has passed in vain.
async fn until_paused(press: &TestApp) {
    for _ in 0..100 {
        match press.try_send(SLUG).await {
            Ok(RunResult::Objected | RunResult::Paused) => return,
            Ok(RunResult::Waiting(_)) | Err(SendError::Relay { .. }) => {
                press.clock.advance(chrono::TimeDelta::minutes(15));
            }
            ended => panic!("{ended:?}"),
        }
    }
    panic!("nothing paused it: {:?}", press.counts(SLUG).await);
}

/// The reason for which an edition is paused; the editor was told the same, once.
async fn reason(press: &TestApp, slug: &str) -> String {
    press.catcher.set(Behaviour::new());
    let edition = press.edition(slug).await;
    assert_eq!(edition.state, EditionState::Paused);
    let reason = edition.pause_reason.unwrap();
    press.deliver_outbox().await;
    let mails = press.catcher.for_recipient(EDITOR);
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

/// Puts a placeholder into a frozen mail that no version knows.
fn break_mail(press: &TestApp, slug: &str) {
    let statement =
        format!("UPDATE editions SET mail = '\u{2}wizard:html\u{3}' || mail WHERE slug = '{slug}'");
    match press.app.store.file() {
        Some(file) => {
            let store = Connection::open(file).unwrap();
            assert_eq!(store.execute(&statement, []).unwrap(), 1);
        }
        None => press.schema().execute(&statement),
    }
}

async fn a_relay_that_never_answers_leaves_few_in_doubt(db: Db) {
    for connections in [1, 8] {
        let press = press(db, Behaviour::new().at(Step::Dot).hang_up(), connections).await;
        press.issue(SLUG).readers(200).await;
        until_paused(&press).await;
        let counts = press.counts(SLUG).await;
        let most = i64::try_from(connections).unwrap() + 2;
        assert!((1..=most).contains(&counts.unknown), "{counts:?}");
        assert_eq!(counts.unknown + counts.queued, 200, "{counts:?}");
        assert_eq!(press.try_send(SLUG).await.unwrap(), RunResult::Paused);
        let reason = reason(&press, SLUG).await;
        assert!(
            reason.starts_with("the relay takes mails and does not answer"),
            "{reason}"
        );
    }
}

async fn a_relay_that_never_answers_and_gets_doubts_again_is_left_as_soon(db: Db) {
    let press = TestApp::tuned(
        db,
        Behaviour::new().at(Step::Dot).accept_then_hang_up(),
        |config| {
            with_editor(config);
            config.smtp.connections = 4;
            config.smtp.on_doubt = OnDoubt::Resend;
        },
    )
    .await;
    press.issue(SLUG).readers(60).await;
    until_paused(&press).await;
    reason(&press, SLUG).await;
    let got: usize = (1..=60)
        .map(|number| {
            press
                .catcher
                .for_recipient(&format!("reader-{number}@example.com"))
                .len()
        })
        .sum();
    assert!(got <= 6, "{got}");
}

async fn a_reader_whose_mail_is_never_answered_gets_it_twice_at_most_and_is_named(db: Db) {
    let email = "reader-3@example.com";
    let press = TestApp::tuned(
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
    press.issue(SLUG).readers(12).await;
    for _ in 0..40 {
        match press.try_send(SLUG).await.unwrap() {
            RunResult::Waiting(due) => press
                .clock
                .set(chrono::DateTime::from_timestamp_millis(due).unwrap()),
            RunResult::Finished => break,
            ended => panic!("{ended:?}"),
        }
    }
    assert_eq!(press.catcher.for_recipient(email).len(), 2);
    assert_eq!(press.in_doubt(SLUG).await, [email]);
    assert_eq!(press.counts(SLUG).await.accepted, 11);
    // Neither a later run nor a sender that starts sends it again by itself; an operator can.
    press.clock.advance(chrono::TimeDelta::hours(5));
    press.try_send(SLUG).await.unwrap();
    assert_eq!(press.catcher.for_recipient(email).len(), 2);
    press.catcher.set(Behaviour::new());
    let said = press.verdict(&["settle", SLUG, "--resend", email]);
    assert!(said.status.success(), "{said:?}");
    assert_eq!(press.catcher.for_recipient(email).len(), 3);
}

async fn a_relay_that_hangs_up_twice_and_goes_on_pauses_nothing(db: Db) {
    let press = press(
        db,
        Behaviour::new().at(Step::Dot).after(20).times(2).hang_up(),
        4,
    )
    .await;
    press.issue(SLUG).readers(100).await;
    while let RunResult::Waiting(_) = press.send(SLUG).await {}
    let counts = press.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.unknown), (98, 2), "{counts:?}");
}

async fn one_reader_who_is_refused_by_policy_pauses_nobody(db: Db) {
    let email = "reader-30@example.com";
    for step in [Step::Rcpt, Step::Dot] {
        let behaviour = Behaviour::new()
            .at(step)
            .to(email)
            .reply(554, "5.7.1 Recipient address rejected");
        let press = press(db, behaviour, 1).await;
        press.issue(SLUG).readers(60).await;
        assert_eq!(press.send(SLUG).await, RunResult::Finished);
        let counts = press.counts(SLUG).await;
        assert_eq!((counts.accepted, counts.refused), (59, 1), "{step:?}");
        press.issue(NEXT);
        assert_eq!(press.send(NEXT).await, RunResult::Finished);
        assert_eq!(press.counts(NEXT).await.accepted, 59, "{step:?}");
    }
}

async fn three_readers_in_a_row_who_are_refused_by_policy_pause_the_edition(db: Db) {
    for step in [Step::Rcpt, Step::Dot] {
        let behaviour = Behaviour::new()
            .at(step)
            .after(5)
            .reply(554, "5.7.1 Blocked");
        let press = press(db, behaviour, 1).await;
        press.issue(SLUG).readers(60).await;
        assert_eq!(press.send(SLUG).await, RunResult::Objected);
        let counts = press.counts(SLUG).await;
        assert_eq!(
            (counts.accepted, counts.refused, counts.queued),
            (5, 3, 52),
            "{step:?}"
        );
        let reason = reason(&press, SLUG).await;
        assert_eq!(
            reason,
            "the relay refused 3 readers in a row by policy: 554 5.7.1 Blocked"
        );
    }
}

async fn a_refused_password_pauses_the_edition_at_once(db: Db) {
    let press = press(db, Behaviour::new().credentials("press", "right"), 2).await;
    press.issue(SLUG).readers(5).await;
    let mut config = press.app.config.as_ref().clone();
    config.smtp.relay.credentials = Some(("press".to_owned(), "wrong".to_owned()));
    let app = App {
        config: config.into(),
        ..press.app.clone()
    };
    let edition = edition::open(&app, SLUG).await.unwrap().edition;
    let ended = delivery::send(&app, &edition, Default::default(), Default::default()).await;
    assert_eq!(ended.unwrap(), RunResult::Objected);
    assert_eq!(press.counts(SLUG).await.queued, 5);
    let reason = reason(&press, SLUG).await;
    assert!(reason.contains("535"), "{reason}");
}

async fn an_edition_that_the_relay_cannot_take_holds_up_no_other(db: Db) {
    let press = press(db, Behaviour::new(), 2).await;
    press.issue(SLUG).issue(NEXT).readers(5).await;
    press.freeze(SLUG).await;
    press.freeze(NEXT).await;
    break_mail(&press, SLUG);
    let mut serve = Running::start(
        binary()
            .arg("--dir")
            .arg(press.dir.path())
            .args(["serve", "--only", "send"])
            .env("VERDICT_DESK_EDITORS", EDITOR),
    );
    until("the next edition is sent", || async {
        press.counts(NEXT).await.accepted == 5
    })
    .await;
    until("the editor is told", || async {
        !press.catcher.for_recipient(EDITOR).is_empty()
    })
    .await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    assert_eq!(press.counts(SLUG).await.queued, 5);
    let reason = reason(&press, SLUG).await;
    assert!(reason.contains("wizard"), "{reason}");
}
