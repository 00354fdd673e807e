//! The real binary with the real clock: it sends in time what it froze early, even after a restart.

use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};
use verdict::catcher::Behaviour;
use verdict::clock::Clock;
use verdict::edition;
use verdict::schedule::{Cron, Schedule, Slot};
use verdict::store::deliveries::{self, DueTimes};
use verdict::store::editions::{self, NewEdition};
use verdict::store::slots;

use super::SLUG;
use crate::child::{LIMIT, Running, binary, until};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    a_slot_an_hour_away_is_frozen_and_goes_where_its_time_has_come,
    a_reader_who_becomes_due_after_a_restart_gets_it_then
);

fn command(app: &TestApp, cron: &str, args: &[&str]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path()).args(args).envs([
        ("VERDICT_SCHEDULE_LOCAL_TIME", "true"),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
        ("VERDICT_SCHEDULE_CRON", cron),
        ("VERDICT_METRICS_LISTEN", "127.0.0.1:0"),
    ]);
    command
}

/// A yearly slot at this instant in UTC.
fn yearly(at: DateTime<Utc>) -> String {
    at.format("%-M %-H %-d %-m *").to_string()
}

async fn metrics(serve: &mut Running) -> String {
    let line = serve.line("serving metrics").await;
    let address = line.split("address=").nth(1).unwrap().trim().to_owned();
    http::get(&format!("http://{address}/metrics")).await.body
}

/// Freezes the issue for a slot, with due times from the test: a schedule has whole minutes only.
async fn freeze_with(app: &TestApp, due: &DueTimes) {
    let now = Clock::system().now();
    let schedule = Schedule::new(Cron::parse("0 9 * * *").unwrap(), chrono_tz::UTC);
    let slot: Slot = schedule.next_after(now).unwrap();
    let issue = edition::ready_issue(app, SLUG).await.unwrap();
    let (comparison, frozen) = edition::freeze(app, &issue, Some(&slot)).await.unwrap();
    let new = NewEdition {
        kind: verdict::store::editions::EditionKind::Issue,
        slug: SLUG,
        sha256: &frozen.sha256,
        subject: &frozen.subject,
        mail: &frozen.mail,
        comparison: &serde_json::to_string(&comparison).unwrap(),
        slot_at: Some(slot.at.timestamp_millis()),
        content_hash: None,
    };
    let mut tx = app.store.begin().await.unwrap();
    let edition = editions::insert(&mut tx, new, now.timestamp_millis())
        .await
        .unwrap();
    deliveries::enrol_by_zone(&mut tx, edition.unwrap(), due)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn a_slot_an_hour_away_is_frozen_and_goes_where_its_time_has_come(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG);
    app.reader_in("ahead@example.com", "Etc/GMT-3").await;
    app.reader_in("here@example.com", "").await;
    app.reader_in("behind@example.com", "Etc/GMT+9").await;
    let now = Clock::system().now();
    let mut tx = app.store.begin().await.unwrap();
    slots::open_at(&mut tx, (now - TimeDelta::hours(2)).timestamp_millis())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let cron = yearly(now + TimeDelta::hours(1));

    let mut serve = Running::start(&mut command(&app, &cron, &["serve"]));
    app.catcher.wait_for(1, LIMIT).await.unwrap();
    until("the outcome is in the ledger", || async {
        app.counts(SLUG).await.accepted == 1
    })
    .await;
    assert_eq!(serve.end_by("KILL").await, None);
    assert_eq!(app.catcher.for_recipient("ahead@example.com").len(), 1);

    let mut serve = Running::start(&mut command(&app, &cron, &["serve"]));
    let told = metrics(&mut serve).await;
    let age = format!("verdict_queue_oldest_age_seconds{{edition=\"{SLUG}\"}} 0.0\n");
    let queued = format!("verdict_queue_deliveries{{edition=\"{SLUG}\",state=\"queued\"}} 2\n");
    assert!(told.contains(&age) && told.contains(&queued), "{told}");
    serve.line("waiting for the next slot").await;
    serve.signal("TERM");
    let (status, printed) = serve.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert!(
        !printed.contains("sent what was due"),
        "nothing was: {printed}"
    );
    assert_eq!(app.catcher.len(), 1);

    let due = |hours| {
        (now + TimeDelta::hours(hours))
            .format("%Y-%m-%d %H:%M:00 UTC")
            .to_string()
    };
    let (here, behind) = (due(1), due(10));
    let printed = stdout(&command(&app, &cron, &["send", SLUG]).output().unwrap());
    let waits = format!("  Not due yet: 2 readers, the first at {here}, the last at {behind}\n");
    assert!(printed.contains(&waits), "{printed}");
    let next = format!("The next mail is due at {here}: by `verdict serve`, or by");
    assert!(printed.contains(&next), "{printed}");
    let printed = stdout(
        &command(&app, &cron, &["status", SLUG, "--json"])
            .output()
            .unwrap(),
    );
    let told: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(told["not_due_yet"]["count"], 2, "{printed}");
    assert_eq!(told["not_due_yet"]["last"], behind.as_str(), "{printed}");
    let printed = stdout(
        &command(&app, &cron, &["why", "behind@example.com"])
            .output()
            .unwrap(),
    );
    assert!(
        printed.contains(&format!("queued  not tried yet, due at {behind}")),
        "{printed}"
    );
    // The slot is decided: the next one is a year away.
    app.issue("water-vs-wine");
    let printed = stdout(&command(&app, &cron, &["calendar"]).output().unwrap());
    let year = (now + TimeDelta::hours(1)).format("%Y-").to_string();
    let first = printed.lines().next().unwrap();
    assert!(
        first.ends_with("water-vs-wine") && !first.contains(&year),
        "{printed}"
    );
    assert_eq!(app.catcher.len(), 1);
}

async fn a_reader_who_becomes_due_after_a_restart_gets_it_then(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.schedule.local_time = true
    })
    .await;
    app.issue(SLUG);
    app.reader_in("first@example.com", "Asia/Tokyo").await;
    app.reader_in("second@example.com", "Europe/Berlin").await;
    app.reader_in("third@example.com", "America/New_York").await;
    let now = Clock::system().now_millis();
    // Longer than a sender waits with its connections open.
    let soon = now + 15_000;
    let later = now + 36_000_000;
    let zones = vec![
        ("Asia/Tokyo", now),
        ("Europe/Berlin", soon),
        ("America/New_York", later),
    ];
    freeze_with(
        &app,
        &DueTimes {
            zones,
            elsewhere: later,
        },
    )
    .await;
    let cron = yearly(Clock::system().now() + TimeDelta::days(30));
    let only_send = ["serve", "--only", "send"];
    let mut serve = Running::start(&mut command(&app, &cron, &only_send));
    serve.line("sent what was due").await;
    assert_eq!(app.catcher.len(), 1);
    assert_eq!(serve.end_by("KILL").await, None);

    let mut serve = Running::start(&mut command(&app, &cron, &only_send));
    app.catcher.wait_for(2, LIMIT).await.unwrap();
    assert!(Clock::system().now_millis() >= soon, "it was too early");
    assert_eq!(app.catcher.for_recipient("second@example.com").len(), 1);
    serve.line("sent what was due").await;
    assert_eq!(serve.end_by("TERM").await, Some(0));
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.queued), (2, 1), "{counts:?}");
}
