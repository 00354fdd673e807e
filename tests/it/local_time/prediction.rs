//! What the calendar predicts is what freezing the issue then does.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use verdict::edition;
use verdict::store::deliveries;
use verdict::store::subscribers::{self as list, Frequency};

use super::{READERS, SLUG, app_of_the_world, instant, next};
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    each_reader_is_predicted_for_the_time_at_which_they_are_due,
    the_calendar_names_the_zones_with_the_most_readers,
);

async fn choose(app: &TestApp, email: &str, frequency: Frequency, until: Option<&str>) {
    let reader = find_subscriber(&app.store, email).await.unwrap();
    let until = until.map(|until| instant(until).timestamp_millis());
    let mut tx = app.store.begin().await.unwrap();
    list::choose(&mut tx, reader.id, frequency, until)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn each_reader_is_predicted_for_the_time_at_which_they_are_due(db: Db) {
    let app = app_of_the_world(db).await;
    for email in [
        "digest@example.com",
        "rests@example.com",
        "over@example.com",
    ] {
        app.reader_in(email, "Asia/Tokyo").await;
    }
    choose(&app, "digest@example.com", Frequency::Digest, None).await;
    // Tokyo is due at midnight.
    choose(
        &app,
        "rests@example.com",
        Frequency::Every,
        Some("2026-11-26T00:00:01Z"),
    )
    .await;
    choose(
        &app,
        "over@example.com",
        Frequency::Every,
        Some("2026-11-25T23:59:00Z"),
    )
    .await;
    // Noticed late: the first zones are due at once.
    app.clock.set(instant("2026-11-25T21:00:00Z"));
    let slot = next(&app).await;
    let predicted = edition::readers_by_zone(&app, &slot).await.unwrap();
    assert_eq!(
        predicted[0].zone, "Europe/Berlin",
        "nowhere and Mars count with it"
    );
    assert_eq!(predicted[0].readers, 3);
    let tokyo = predicted.iter().find(|one| one.zone == "Asia/Tokyo");
    assert_eq!(tokyo.unwrap().readers, 2);
    let mut by_time = BTreeMap::<DateTime<Utc>, i64>::new();
    for one in &predicted {
        *by_time.entry(one.at).or_default() += one.readers;
    }

    let enrolled = edition::decide(&app, &slot).await.unwrap();
    assert_eq!(super::enrolled(enrolled), READERS.len() as u64 + 1);
    let edition = app.edition(SLUG).await;
    let mut due = BTreeMap::<DateTime<Utc>, i64>::new();
    let everyone = READERS.iter().map(|(email, ..)| *email);
    for email in everyone.chain(["over@example.com"]) {
        let reader = find_subscriber(&app.store, email).await.unwrap();
        let at = deliveries::first_due(&app.store, edition.id, reader.id).await;
        let at = DateTime::from_timestamp_millis(at.unwrap().unwrap());
        *due.entry(at.unwrap()).or_default() += 1;
    }
    assert_eq!(by_time, due);
}

async fn the_calendar_names_the_zones_with_the_most_readers(db: Db) {
    let app = app_of_the_world(db).await;
    let config = app.dir.path().join("verdict.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text.replace("[schedule]", "[schedule]\nlocal_time = true");
    std::fs::write(&config, text).unwrap();
    app.reader_in("seoul@example.com", "Asia/Seoul").await;
    app.reader_in("busan@example.com", "Asia/Seoul").await;
    app.reader_in("lisbon@example.com", "Europe/Lisbon").await;
    let printed = stdout(&app.verdict(&["calendar", "--count", "1"]));
    // The day is that of the machine's clock.
    let (_, predicted) = printed.split_once("of today's list:\n").unwrap();
    let lines = predicted.lines().take_while(|line| !line.is_empty());
    let lines: Vec<_> = lines
        .map(
            |line| match line.split_whitespace().collect::<Vec<_>>()[..] {
                [_, _, time, count, zone] => format!("{time} {count} {zone}"),
                _ => line.trim().to_owned(),
            },
        )
        .collect();
    assert_eq!(lines.len(), 13, "{printed}");
    assert!(
        lines.iter().any(|line| line.ends_with(" 2 Asia/Seoul")),
        "{printed}"
    );
    assert!(
        lines.contains(&"09:00 3 Europe/Berlin".to_owned()),
        "{printed}"
    );
    assert!(lines[12].ends_with("1  in 1 more zone"), "{printed}");
    assert!(
        printed.contains(" would reach 16 readers of today's list:"),
        "{printed}"
    );

    let nobody = TestApp::on(db).await;
    nobody.issue(SLUG);
    let printed = stdout(&nobody.verdict(&["calendar"]));
    assert!(!printed.contains("would reach"), "{printed}");
}
