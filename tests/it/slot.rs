//! Slots of the schedule: each is decided once and gets its issue.

use chrono::{DateTime, TimeDelta, Utc};
use templates::locale::Locale;
use verdict::app::App;
use verdict::catcher::Behaviour;
use verdict::edition::{self, Decided};
use verdict::schedule::{Cron, Slot};
use verdict::store::deliveries;
use verdict::store::editions;
use verdict::store::slots;

use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue};

on_both_stores!(
    of_two_nodes_one_decides,
    a_decided_slot_is_not_decided_again_and_the_next_one_follows,
    no_slot_is_skipped_while_no_process_runs,
    a_slot_that_is_noticed_too_late_is_missed_and_uses_up_no_issue,
    slots_that_came_too_late_are_missed_in_one_go,
    of_two_nodes_one_misses_slots,
    years_of_slots_five_minutes_apart_are_two_rows,
    a_slot_whose_time_has_not_come_is_not_decided,
    a_dated_issue_goes_before_undated_ones_and_only_in_its_period,
    an_issue_whose_date_has_gone_by_is_not_sent_late,
    drafts_invalid_issues_and_those_sent_by_hand_are_not_picked,
    an_issue_that_nobody_would_get_is_kept_with_an_alert,
    an_alert_is_in_the_newsletters_language,
    an_edition_carries_the_date_of_its_slot_however_late_it_was_noticed
);

/// The first slot after the harness's Monday: Thursday at nine in Berlin.
const FIRST: &str = "2026-11-26T08:00:00Z";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn next(app: &TestApp) -> Slot {
    edition::next_slot(app)
        .await
        .unwrap()
        .expect("a weekly schedule goes on")
}

/// Moves the clock to the next slot and decides it, on time.
async fn decide_next(app: &TestApp) -> Decided {
    let slot = next(app).await;
    app.clock.set(slot.at);
    edition::decide(app, &slot).await.unwrap()
}

/// The slug that was sent.
fn sent(decided: Decided) -> String {
    match decided {
        Decided::Sent(opened) => opened.edition.slug.clone(),
        other => panic!("nothing was sent: {other:?}"),
    }
}

/// A second process on the same instance, to the store.
async fn another_node(app: &TestApp) -> App {
    let config = (*app.config).clone();
    App::with_config(app.dir.path(), config, app.clock.clone())
        .await
        .unwrap()
}

fn dated(slug: &str, date: &str) -> String {
    sample_issue(slug).replacen("status =", &format!("send_on = {date}\nstatus ="), 1)
}

async fn of_two_nodes_one_decides(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(3).await;
    let slugs = [
        "bat-vs-cat",
        "cat-vs-dog",
        "dog-vs-eel",
        "eel-vs-fox",
        "fox-vs-gnu",
    ];
    slugs.iter().for_each(|slug| {
        app.issue(slug);
    });
    let other = another_node(&app).await;
    for slug in slugs {
        let slot = next(&app).await;
        app.clock.set(slot.at);
        let (one, two) = (App::clone(&app), other.clone());
        let (first, second) = (slot.clone(), slot.clone());
        let one = tokio::spawn(async move { edition::decide(&one, &first).await });
        let two = tokio::spawn(async move { edition::decide(&two, &second).await });
        let decided = [one.await.unwrap().unwrap(), two.await.unwrap().unwrap()];
        let of_sent = |decided: &&Decided| matches!(decided, Decided::Sent(_));
        assert_eq!(decided.iter().filter(of_sent).count(), 1, "{decided:?}");
        assert!(
            decided.iter().any(|one| matches!(one, Decided::Elsewhere)),
            "{decided:?}"
        );
        let edition = editions::find(&app.store, slug).await.unwrap().unwrap();
        assert_eq!(edition.slot_at, Some(slot.at.timestamp_millis()));
        let counts = deliveries::counts(&app.store, edition.id).await.unwrap();
        assert_eq!((counts.queued, counts.total()), (3, 3));
    }
    assert_eq!(editions::all(&app.store).await.unwrap().len(), slugs.len());
    other.store.close().await;
}

async fn a_decided_slot_is_not_decided_again_and_the_next_one_follows(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(1).await;
    app.issue("bat-vs-cat").issue("cat-vs-dog");
    let slot = next(&app).await;
    assert_eq!(slot.at, instant(FIRST));
    assert_eq!(sent(decide_next(&app).await), "bat-vs-cat");
    let again = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(again, Decided::Elsewhere), "{again:?}");
    assert_eq!(editions::all(&app.store).await.unwrap().len(), 1);
    assert_eq!(next(&app).await.at, instant(FIRST) + TimeDelta::weeks(1));
    assert_eq!(sent(decide_next(&app).await), "cat-vs-dog");
}

async fn no_slot_is_skipped_while_no_process_runs(db: Db) {
    let app = TestApp::on(db).await;
    assert_eq!(next(&app).await.at, instant(FIRST));
    app.clock.advance(TimeDelta::weeks(3));
    assert_eq!(
        next(&app).await.at,
        instant(FIRST),
        "the first start is remembered"
    );
}

async fn a_slot_that_is_noticed_too_late_is_missed_and_uses_up_no_issue(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    let max_delay = app.config.schedule.max_delay;
    let slot = next(&app).await;
    app.clock
        .set(slot.at + max_delay + TimeDelta::milliseconds(1));
    let decided = edition::decide(&app, &slot).await.unwrap();
    let Decided::Missed(missed) = decided else {
        panic!("{decided:?}")
    };
    assert_eq!(
        (missed.count, missed.late),
        (Some(1), max_delay + TimeDelta::milliseconds(1))
    );
    assert_eq!((&missed.first, &missed.last), (&slot, &slot));
    assert!(editions::all(&app.store).await.unwrap().is_empty());
    let again = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(again, Decided::Elsewhere), "{again:?}");

    let slot = next(&app).await;
    app.clock.set(slot.at + max_delay);
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert_eq!(sent(decided), "bat-vs-cat", "late, but not too late");
}

async fn slots_that_came_too_late_are_missed_in_one_go(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    let first = next(&app).await;
    // The fourth slot is due now: the three before it are too late.
    app.clock.set(first.at + TimeDelta::weeks(3));
    let decided = edition::decide(&app, &first).await.unwrap();
    let Decided::Missed(missed) = decided else {
        panic!("{decided:?}")
    };
    assert_eq!(missed.count, Some(3));
    assert_eq!(
        (missed.first.at, missed.last.at),
        (first.at, first.at + TimeDelta::weeks(2))
    );
    assert_eq!(next(&app).await.at, first.at + TimeDelta::weeks(3));
    assert_eq!(sent(decide_next(&app).await), "bat-vs-cat");
    let again = edition::decide(&app, &first).await.unwrap();
    assert!(matches!(again, Decided::Elsewhere), "{again:?}");
}

async fn of_two_nodes_one_misses_slots(db: Db) {
    let app = TestApp::on(db).await;
    let other = another_node(&app).await;
    let first = next(&app).await;
    app.clock.set(first.at + TimeDelta::weeks(3));
    let nodes = [App::clone(&app), other.clone()].map(|node| {
        let first = first.clone();
        tokio::spawn(async move { edition::decide(&node, &first).await })
    });
    let mut missed = 0;
    for node in nodes {
        missed += usize::from(matches!(node.await.unwrap().unwrap(), Decided::Missed(_)));
    }
    assert_eq!(missed, 1);
    other.store.close().await;
}

async fn years_of_slots_five_minutes_apart_are_two_rows(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.schedule.cron = Cron::parse("*/5 * * * *").unwrap();
    })
    .await;
    let first = next(&app).await;
    app.clock.advance(TimeDelta::days(3 * 365));
    let decided = edition::decide(&app, &first).await.unwrap();
    let Decided::Missed(missed) = decided else {
        panic!("{decided:?}")
    };
    assert_eq!(missed.count, None, "more than a thousand");
    let max_delay = app.config.schedule.max_delay;
    assert_eq!(
        missed.last.at,
        app.clock.now() - max_delay - TimeDelta::minutes(5)
    );
    let rows = slots::up_to(&app.store, i64::MAX, 9).await.unwrap();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(next(&app).await.at, missed.last.at + TimeDelta::minutes(5));
}

async fn a_slot_whose_time_has_not_come_is_not_decided(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    let slot = next(&app).await;
    app.clock.set(slot.at - TimeDelta::milliseconds(1));
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(decided, Decided::NotYet), "{decided:?}");
    assert_eq!(sent(decide_next(&app).await), "bat-vs-cat");
}

async fn a_dated_issue_goes_before_undated_ones_and_only_in_its_period(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(1).await;
    app.issue("bat-vs-cat");
    // The slot of 3 December covers the days up to the 9th.
    app.issue_file("yak-vs-zebra", &dated("yak-vs-zebra", "2026-12-09"));
    assert_eq!(sent(decide_next(&app).await), "bat-vs-cat");
    app.issue("cat-vs-dog");
    assert_eq!(sent(decide_next(&app).await), "yak-vs-zebra");
    assert_eq!(sent(decide_next(&app).await), "cat-vs-dog");
}

async fn an_issue_whose_date_has_gone_by_is_not_sent_late(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(1).await;
    app.issue_file("yak-vs-zebra", &dated("yak-vs-zebra", "2026-11-25"));
    let decided = decide_next(&app).await;
    assert!(matches!(decided, Decided::Empty), "{decided:?}");
}

async fn drafts_invalid_issues_and_those_sent_by_hand_are_not_picked(db: Db) {
    let app = TestApp::on(db).await;
    app.readers(2).await;
    app.issue("bat-vs-cat");
    app.send("bat-vs-cat").await;
    app.issue_file(
        "cat-vs-dog",
        &sample_issue("cat-vs-dog").replace("ready", "draft"),
    );
    app.issue_file(
        "dog-vs-eel",
        &sample_issue("dog-vs-eel").replace("intro", "inntro"),
    );
    let decided = decide_next(&app).await;
    assert!(matches!(decided, Decided::Empty), "{decided:?}");
    assert_eq!(editions::all(&app.store).await.unwrap().len(), 1);
    assert_eq!(app.catcher.len(), 2);

    app.issue("dog-vs-eel");
    assert_eq!(
        sent(decide_next(&app).await),
        "dog-vs-eel",
        "fixed, for the next slot"
    );
}

async fn an_issue_that_nobody_would_get_is_kept_with_an_alert(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.alerts.to = vec!["editor@example.net".parse().unwrap()];
    })
    .await;
    app.issue("bat-vs-cat");
    assert!(matches!(decide_next(&app).await, Decided::Empty));
    assert!(
        editions::find(&app.store, "bat-vs-cat")
            .await
            .unwrap()
            .is_none()
    );
    app.deliver_outbox().await;
    let told = app.catcher.for_recipient("editor@example.net");
    let told = String::from_utf8(told[0].content.clone()).unwrap();
    assert!(
        told.contains("Subject: Nobody to send to on Thursday"),
        "{told}"
    );
    app.readers(1).await;
    assert_eq!(sent(decide_next(&app).await), "bat-vs-cat");
}

async fn an_alert_is_in_the_newsletters_language(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.newsletter.locale = Locale::new("de-AT", &[]).0;
        config.alerts.to = vec!["editor@example.net".parse().unwrap()];
    })
    .await;
    app.issue("bat-vs-cat");
    assert!(matches!(decide_next(&app).await, Decided::Empty));
    app.deliver_outbox().await;
    let told = app.catcher.for_recipient("editor@example.net");
    let told = String::from_utf8(told[0].content.clone()).unwrap();
    for part in [
        // "Keine Empfänger"
        "Subject: Keine =?utf-8?b?RW1wZsOkbmdlcg==?= am Donnerstag, 26. November 2026\r\n",
        "\r\n    verdict subscribers list\r\n",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

async fn an_edition_carries_the_date_of_its_slot_however_late_it_was_noticed(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    let slot = next(&app).await;
    app.clock.set(slot.at + TimeDelta::hours(11));
    app.clock.advance(TimeDelta::minutes(30));
    sent(edition::decide(&app, &slot).await.unwrap());
    let edition = editions::find(&app.store, "bat-vs-cat")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(edition.slot_at, Some(slot.at.timestamp_millis()));
    assert!(
        edition.content.contains("2026-11-26"),
        "{}",
        edition.content
    );
}
