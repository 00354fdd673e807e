//! Relays that are down, slow or limited: nobody is lost and nobody gets two mails.

use std::time::Duration;

use verdict::catcher::{Behaviour, Extension, Step};
use verdict::delivery::{RunResult, SendError};

use super::{SLUG, each_got, one_connection};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    a_connection_closes_after_its_number_of_mails,
    a_relay_that_is_down_leaves_everything_queued,
    a_relay_that_refuses_the_sender_stops_the_send,
    a_relay_that_takes_few_connections_gets_few,
    a_relay_that_takes_one_connection_is_not_hammered,
    a_relay_that_offers_nothing_is_enough,
    a_relay_without_pipelining_gets_step_by_step,
    replies_that_come_in_pieces_are_put_together,
    a_relay_that_closes_after_every_other_mail_loses_and_doubles_nobody
);

async fn a_connection_closes_after_its_number_of_mails(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.smtp.connections = 1;
        config.smtp.mails_per_connection = 4;
    })
    .await;
    app.issue(SLUG).readers(10).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 10, 1);
    assert_eq!(app.catcher.connections_opened(), 3);
}

async fn a_relay_that_is_down_leaves_everything_queued(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(3).await;
    app.catcher.stop().await;
    let error = app.try_send(SLUG).await.unwrap_err();
    assert!(matches!(error, SendError::Relay { .. }), "{error}");
    assert!(
        error.to_string().contains(&app.catcher.addr().to_string()),
        "{error}"
    );
    assert_eq!(app.counts(SLUG).await.queued, 3);
}

async fn a_relay_that_refuses_the_sender_stops_the_send(db: Db) {
    let behaviour = Behaviour::new()
        .at(Step::Mail)
        .reply(530, "5.7.0 Authentication required");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(30).await;
    assert_eq!(app.send(SLUG).await, RunResult::Objected);
    let because = app.edition(SLUG).await.pause_reason.unwrap();
    assert!(
        because.contains("530 5.7.0 Authentication required"),
        "{because}"
    );
    assert_eq!(app.counts(SLUG).await.queued, 30);
    app.catcher.set(Behaviour::new());
    stdout(&app.verdict(&["resume", SLUG]));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 30, 1);
}

async fn a_relay_that_takes_few_connections_gets_few(db: Db) {
    let behaviour = Behaviour::new()
        .at(Step::Connect)
        .after(1)
        .times(3)
        .reply(421, "4.7.0 Too many connections");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(40).await;
    while let RunResult::Waiting(_) = app.send(SLUG).await {}
    each_got(&app, 40, 1);
}

async fn a_relay_that_takes_one_connection_is_not_hammered(db: Db) {
    let behaviour = Behaviour::new()
        .reply_delay(Duration::from_millis(5))
        .at(Step::Connect)
        .after(1)
        .reply(421, "4.7.0 One is enough");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(200).await;
    while let RunResult::Waiting(_) = app.send(SLUG).await {}
    each_got(&app, 200, 1);
    // The connections that were open already, then one try at a time, each after twice the wait.
    let opened = app.catcher.connections_opened();
    assert!(opened <= 12, "{opened} connections for 200 mails");
}

async fn a_relay_that_offers_nothing_is_enough(db: Db) {
    let behaviour = Behaviour::new()
        .without(Extension::Pipelining)
        .without(Extension::EightBitMime)
        .without(Extension::SmtpUtf8)
        .without(Extension::EnhancedStatusCodes)
        .without(Extension::Size);
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(10).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 10, 1);
}

async fn a_relay_without_pipelining_gets_step_by_step(db: Db) {
    let behaviour = Behaviour::new().without(Extension::Pipelining).transcript();
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 3, 1);
}

async fn replies_that_come_in_pieces_are_put_together(db: Db) {
    let app = one_connection(db, Behaviour::new().split_replies()).await;
    app.issue(SLUG).readers(5).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 5, 1);
}

async fn a_relay_that_closes_after_every_other_mail_loses_and_doubles_nobody(db: Db) {
    let behaviour = Behaviour::new()
        .at(Step::Mail)
        .nth(3)
        .reply(421, "4.3.2 Closing")
        .at(Step::Mail)
        .nth(6)
        .hang_up();
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(8).await;
    while let RunResult::Waiting(due) = app.send(SLUG).await {
        assert!(due <= app.clock.now_millis(), "this postpones nobody");
    }
    each_got(&app, 8, 1);
    assert_eq!(app.counts(SLUG).await.accepted, 8);
}
