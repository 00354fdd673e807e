//! Between the freeze and a reader's own time: leaving, joining, moving, deferrals, doubts and pauses.

use chrono::{DateTime, TimeDelta};
use verdict::catcher::{Behaviour, Step};
use verdict::delivery::RunResult;
use verdict::store::deliveries::{self, State};
use verdict::store::editions;
use verdict::store::subscribers as list;

use super::{SLUG, app_of_the_world, due_by, freeze_next, instant, reached, state_of};
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    leaving_skips_a_delivery_and_joining_or_moving_changes_none,
    a_deferred_mail_has_its_time_to_retry_from_when_its_reader_was_due,
    doubts_are_sent_again_within_the_same_time,
    a_pause_holds_readers_who_become_due_and_a_cancel_skips_them
);

async fn leaving_skips_a_delivery_and_joining_or_moving_changes_none(db: Db) {
    let app = app_of_the_world(db).await;
    freeze_next(&app).await;
    app.reader_in("new@example.com", "America/New_York").await;
    let store = &app.store;
    let id = async |email: &str| find_subscriber(store, email).await.unwrap().id;
    let (moves, leaves) = (id("tokyo@example.com").await, id("last@example.com").await);
    let mut tx = store.begin().await.unwrap();
    list::describe(&mut tx, moves, None, Some("America/New_York"))
        .await
        .unwrap();
    list::erase(
        &mut tx,
        leaves,
        verdict::store::consent_changes::Cause::by(subscribers::consent::ConsentSource::Page),
        app.clock.now_millis(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    app.clock.set(instant("2026-11-26T00:00:00Z"));
    app.send(SLUG).await;
    assert_eq!(
        reached(&app),
        due_by(app.clock.now()),
        "Tokyo's time counts"
    );
    app.clock.advance(TimeDelta::days(2));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.accepted, counts.skipped, counts.total()),
        (12, 1, 13),
        "{counts:?}"
    );
    assert!(app.catcher.for_recipient("new@example.com").is_empty());
}

async fn a_deferred_mail_has_its_time_to_retry_from_when_its_reader_was_due(db: Db) {
    let slow = "new-york@example.com";
    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to(slow)
        .reply(451, "4.2.0 Later");
    let app = TestApp::tuned(db, relay, |config| {
        config.schedule.local_time = true;
        config.smtp.retry_for = TimeDelta::hours(6);
    })
    .await;
    app.issue(SLUG).reader_in(slow, "America/New_York").await;
    freeze_next(&app).await;
    let due = instant("2026-11-26T14:00:00Z");
    assert!(due - app.clock.now() > TimeDelta::hours(6));
    app.clock.set(due);
    let mut tries = 0;
    while let RunResult::Waiting(next) = app.send(SLUG).await {
        tries += 1;
        assert_eq!(state_of(&app, slow).await, (State::Deferred, tries));
        app.clock
            .set(DateTime::from_timestamp_millis(next).unwrap());
    }
    assert_eq!(state_of(&app, slow).await, (State::Refused, tries + 1));
    let tried_for = app.clock.now() - due;
    assert!(
        tried_for > TimeDelta::hours(1) && tried_for <= TimeDelta::hours(6),
        "{tried_for}"
    );
    assert!(tries >= 4, "{tries}");
}

async fn doubts_are_sent_again_within_the_same_time(db: Db) {
    let lost = "new-york@example.com";
    let relay = Behaviour::new()
        .at(Step::Dot)
        .to(lost)
        .times(1)
        .accept_then_hang_up();
    let app = TestApp::tuned(db, relay, |config| {
        config.schedule.local_time = true;
        config.smtp.retry_for = TimeDelta::hours(6);
        config.smtp.on_doubt = verdict::config::OnDoubt::Resend;
    })
    .await;
    app.issue(SLUG).reader_in(lost, "America/New_York").await;
    freeze_next(&app).await;
    app.clock.set(instant("2026-11-26T14:00:00Z"));
    app.send(SLUG).await;
    assert_eq!(
        state_of(&app, lost).await.0,
        State::Deferred,
        "no reply: it is tried again"
    );
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let mails = app.catcher.for_recipient(lost);
    assert_eq!(mails.len(), 2);
    assert_eq!(
        mails[0].content, mails[1].content,
        "to the letter, the date too"
    );
}

async fn a_pause_holds_readers_who_become_due_and_a_cancel_skips_them(db: Db) {
    let app = app_of_the_world(db).await;
    freeze_next(&app).await;
    app.send(SLUG).await;
    let (store, edition) = (&app.store, app.edition(SLUG).await.id);
    let mut tx = store.begin().await.unwrap();
    assert!(editions::pause(&mut tx, edition, None).await.unwrap());
    tx.commit().await.unwrap();
    app.clock.set(instant("2026-11-26T08:00:00Z"));
    assert_eq!(app.send(SLUG).await, RunResult::Paused);
    assert_eq!(app.catcher.len(), 1);

    let mut tx = store.begin().await.unwrap();
    assert!(
        editions::resume(&mut tx, edition, app.clock.now_millis())
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let london = instant("2026-11-26T09:00:00Z").timestamp_millis();
    assert_eq!(app.send(SLUG).await, RunResult::Waiting(london));
    assert_eq!(reached(&app), due_by(app.clock.now()));

    let mut tx = store.begin().await.unwrap();
    assert!(
        editions::cancel(&mut tx, edition, app.clock.now_millis())
            .await
            .unwrap()
    );
    deliveries::skip_cancelled(
        &mut tx,
        edition,
        app.clock.now_millis(),
        &mut deliveries::Chunk::begin(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.send(SLUG).await, RunResult::Cancelled);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.skipped), (8, 5), "{counts:?}");
}
