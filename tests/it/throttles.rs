//! Throttled domains, from one run to the next.

use chrono::TimeDelta;
use verdict::app::App;
use verdict::catcher::{Behaviour, Catcher, Step};
use verdict::delivery::{self, Progress, RunResult};

use crate::child::{Running, binary};
use crate::database::{Db, number_by_hand};
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    another_process_also_rests_a_domain_that_asked_this_one,
    a_throttled_domain_gets_its_mail_later_and_is_forgotten,
    a_run_in_which_no_domain_is_slow_stores_nothing,
    another_relay_is_not_held_back,
    the_mails_to_a_large_domain_get_turns_of_their_own,
    a_rate_lets_one_run_send_everything
);

const SLUG: &str = "tea-vs-coffee";
const NEXT: &str = "pen-vs-pencil";
const ADA: &str = "ada@example.net";

/// Asks for fewer mails to Ada's domain, `times` times.
fn slow_down(times: u64) -> Behaviour {
    let behaviour = Behaviour::new().at(Step::Rcpt).to(ADA).times(times);
    behaviour.reply(421, "4.7.0 Too many mails")
}

fn got(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

fn ask(app: &TestApp, db: Db, question: &str) -> i64 {
    let schema = (db == Db::Postgres).then(|| app.schema());
    number_by_hand(schema, &app.dir.path().join("verdict.db"), question)
}

async fn another_process_also_rests_a_domain_that_asked_this_one(db: Db) {
    let app = TestApp::behaving(db, slow_down(1)).await;
    app.issue(SLUG)
        .issue(NEXT)
        .reader(ADA)
        .await
        .reader("bob@example.com")
        .await;
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!((got(&app, ADA), got(&app, "bob@example.com")), (0, 1));
    // However long this machine takes for the next step.
    app.by_hand("UPDATE domain_throttles SET ready_at = ready_at + 1800000");
    let printed = stdout(&app.verdict(&["send", NEXT]));
    assert!(printed.contains("The next mail is due at"), "{printed}");
    assert_eq!((got(&app, ADA), got(&app, "bob@example.com")), (0, 2));
}

async fn a_throttled_domain_gets_its_mail_later_and_is_forgotten(db: Db) {
    let app = TestApp::behaving(db, slow_down(1)).await;
    app.issue(SLUG)
        .issue(NEXT)
        .issue("bat-vs-cat")
        .reader(ADA)
        .await;
    for slug in [SLUG, NEXT] {
        assert!(
            matches!(app.send(slug).await, RunResult::Waiting(_)),
            "{slug} waits"
        );
    }
    assert_eq!(got(&app, ADA), 0);
    assert_eq!(
        ask(
            &app,
            db,
            "SELECT COUNT(*) FROM domain_throttles WHERE level = 1"
        ),
        1
    );
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.send(NEXT).await, RunResult::Finished);
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    app.clock.advance(TimeDelta::hours(2));
    assert_eq!(app.send("bat-vs-cat").await, RunResult::Finished);
    assert_eq!(got(&app, ADA), 3);
    assert_eq!(ask(&app, db, "SELECT COUNT(*) FROM domain_throttles"), 0);
}

async fn a_run_in_which_no_domain_is_slow_stores_nothing(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(20).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(ask(&app, db, "SELECT COUNT(*) FROM domain_throttles"), 0);
}

async fn another_relay_is_not_held_back(db: Db) {
    let app = TestApp::behaving(db, slow_down(1)).await;
    app.issue(SLUG)
        .issue(NEXT)
        .issue("bat-vs-cat")
        .reader(ADA)
        .await;
    app.send(SLUG).await;
    let other = Catcher::start(Behaviour::new()).await.unwrap();
    let mut config = (*app.config).clone();
    config.smtp.relay.port = other.addr().port();
    let elsewhere = App::with_config(app.dir.path(), config, app.clock.clone())
        .await
        .unwrap();
    let opened = app.freeze(NEXT).await;
    let ended = delivery::send(
        &elsewhere,
        &opened.edition,
        Progress::default().into(),
        Default::default(),
    );
    assert_eq!(ended.await.unwrap(), RunResult::Finished);
    assert_eq!(other.for_recipient(ADA).len(), 1);
    assert!(
        matches!(app.send("bat-vs-cat").await, RunResult::Waiting(_)),
        "the first one waits"
    );
    assert_eq!(got(&app, ADA), 0);
}

async fn the_mails_to_a_large_domain_get_turns_of_their_own(db: Db) {
    let slow = Behaviour::new()
        .at(Step::Rcpt)
        .to("reader-1@example.com")
        .times(1);
    let app = TestApp::behaving(db, slow.reply(421, "4.7.0 Too many mails")).await;
    app.issue(SLUG).readers(3_000).await;
    assert!(matches!(app.send(SLUG).await, RunResult::Waiting(_)));
    let waiting = ask(
        &app,
        db,
        "SELECT COUNT(*) FROM deliveries WHERE state = 'queued'",
    );
    assert!(waiting > 2_700, "{waiting}");
    let turns = "SELECT COUNT(DISTINCT due_at) FROM deliveries WHERE state = 'queued'";
    assert_eq!(ask(&app, db, turns), waiting);
}

async fn a_rate_lets_one_run_send_everything(db: Db) {
    let relay = |catcher: &Catcher, _: &std::path::Path| {
        format!("url = \"{}\"\nrate_per_domain = 40", catcher.url())
    };
    let app = TestApp::relaying(db, Behaviour::new(), relay, |_| {}).await;
    app.issue(SLUG).readers(60).await;
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["send", SLUG]);
    let (status, printed) = Running::start(&mut command).ended().await;
    assert!(status.success(), "{printed}");
    assert!(!printed.contains("The next mail is due at"), "{printed}");
    assert_eq!(app.catcher.len(), 60);
}
