//! When told to stop, a process finishes the mails on the wire, gives its claims back and exits with 0. A mail that
//! the relay does not answer in time is in doubt, by name.

use std::process::Command;
use std::time::Duration;

use verdict::catcher::{Behaviour, Step};

use crate::child::{Running, at_gate, binary};
use crate::database::Db;
use crate::delivery_audit;
use crate::serve::slot_an_hour_ago;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    the_mails_on_the_wire_are_finished_and_the_claims_given_back,
    two_signals_at_once_are_one,
    a_mail_without_an_answer_in_time_is_in_doubt_by_name,
    a_relay_that_does_not_greet_delays_nobody
);

const SLUG: &str = "tea-vs-coffee";
/// As `TestApp` configures it.
const CONNECTIONS: usize = 4;
const READERS: usize = 400;

fn verdict(app: &TestApp, args: &[&str]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path()).args(args);
    command
}

/// An instance with an edition to send, over a slow relay.
async fn app(db: Db) -> TestApp {
    let relay = Behaviour::new().reply_delay(Duration::from_millis(10));
    let app = TestApp::behaving(db, relay).await;
    app.issue(SLUG).readers(READERS).await;
    app.freeze(SLUG).await;
    app
}

/// `verdict serve` and `verdict send`, which stop in the same way.
const COMMANDS: [&[&str]; 2] = [&["serve"], &["send", SLUG]];

async fn the_mails_on_the_wire_are_finished_and_the_claims_given_back(db: Db) {
    let app = app(db).await;
    for (command, signal) in COMMANDS.into_iter().zip(["TERM", "INT"]) {
        let gate = app.catcher.pause_at(Step::Dot);
        let before = app.counts(SLUG).await.accepted;
        let mut process = Running::start(&mut verdict(&app, command));
        at_gate(&gate, CONNECTIONS).await;
        process.signal(signal);
        gate.release();
        let (status, printed) = process.ended().await;
        assert_eq!(status.code(), Some(0), "{printed}");
        let counts = app.counts(SLUG).await;
        assert_eq!((counts.held(), counts.unknown), (0, 0), "{counts:?}");
        assert!(
            counts.accepted >= before + 4 && counts.queued > 0,
            "{counts:?}"
        );
        assert_eq!(app.catcher.len(), usize::try_from(counts.accepted).unwrap());
    }
    all_others_get_theirs(&app, 0).await;
}

async fn two_signals_at_once_are_one(db: Db) {
    let app = app(db).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let mut process = Running::start(&mut verdict(&app, &["send", SLUG]));
    at_gate(&gate, CONNECTIONS).await;
    process.signal("INT");
    process.signal("TERM");
    gate.release();
    let (status, printed) = process.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.held(), counts.unknown), (0, 0), "{counts:?}");
}

async fn a_mail_without_an_answer_in_time_is_in_doubt_by_name(db: Db) {
    let app = app(db).await;
    for (runs, command) in COMMANDS.into_iter().enumerate() {
        let gate = app.catcher.pause_at(Step::Dot);
        let mut process = Running::start(verdict(&app, command).env("VERDICT_SMTP_DRAIN", "1s"));
        at_gate(&gate, CONNECTIONS).await;
        process.signal(["TERM", "INT"][runs]);
        let (status, printed) = process.ended().await;
        // `serve` stopped as told; not everything that `send` sends arrived.
        assert_eq!(
            status.code(),
            Some(i32::from(command[0] == "send")),
            "{printed}"
        );
        let counts = app.counts(SLUG).await;
        assert_eq!(
            (counts.held(), counts.deferred, counts.accepted),
            (0, 0, 0),
            "{counts:?}"
        );
        assert_eq!(app.in_doubt(SLUG).await.len(), (runs + 1) * CONNECTIONS);
    }
    all_others_get_theirs(&app, COMMANDS.len() * CONNECTIONS).await;
}

async fn a_relay_that_does_not_greet_delays_nobody(db: Db) {
    let app = app(db).await;
    let gate = app.catcher.pause_at(Step::Connect);
    for command in COMMANDS {
        let before = usize::try_from(gate.arrivals()).unwrap();
        let mut process = Running::start(&mut verdict(&app, command));
        at_gate(&gate, before + 1).await;
        process.signal("TERM");
        let (status, printed) = process.ended().await;
        assert_eq!(status.code(), Some(0), "{printed}");
        assert!(
            !printed.contains("cannot be used"),
            "it waited for the relay: {printed}"
        );
    }
    assert_eq!(
        app.counts(SLUG).await.queued,
        i64::try_from(READERS).unwrap()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_without_an_answer_delays_no_other_message() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue_file(SLUG, "nothing but a mistake");
    let cron = slot_an_hour_ago(&app).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let mut serve = verdict(&app, &["serve", "--only", "schedule,send"]);
    serve
        .env("VERDICT_SCHEDULE_CRON", &cron)
        .env("VERDICT_SCHEDULE_TIME_ZONE", "UTC")
        .env("VERDICT_ALERTS_TO", "editor@example.net")
        .env("VERDICT_SMTP_DRAIN", "1s");
    let mut process = Running::start(&mut serve);
    at_gate(&gate, 1).await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    assert!(app.catcher.is_empty(), "the relay never answered");
}

async fn all_others_get_theirs(app: &TestApp, in_doubt: usize) {
    app.catcher.set(Behaviour::new());
    let (status, printed) = Running::start(&mut verdict(app, &["send", SLUG]))
        .ended()
        .await;
    assert_eq!(status.code(), Some(i32::from(in_doubt > 0)), "{printed}");
    assert_eq!(
        delivery_audit::held(app, SLUG, READERS, in_doubt).await,
        in_doubt
    );
}
