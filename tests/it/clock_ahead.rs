//! A clock that is ahead decides nothing for good: its decisions are void once it is right.

use chrono::{DateTime, TimeDelta, Utc};
use subscribers::address::Address;
use verdict::catcher::Behaviour;
use verdict::clock::Clock;
use verdict::edition::{self, Decided};
use verdict::store::editions;
use verdict::store::slots::{self, Decision};

use crate::child::{LIMIT, Running, binary};
use crate::database::Db;
use crate::serve::slot_an_hour_ago;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stdout};

on_both_stores!(
    a_start_with_a_clock_weeks_ahead_loses_no_slot,
    a_first_start_with_a_fast_clock_loses_no_slot,
    a_slot_decided_at_its_very_time_by_a_clock_ahead_is_decided_again,
    slots_that_a_fast_clock_missed_go_out_while_they_may,
    an_issue_that_a_clock_ahead_sent_goes_out_once,
    a_slot_sent_ahead_hides_no_slot_before_it_while_the_machine_is_off,
    a_clock_that_is_set_by_seconds_decides_nothing_anew,
    the_calendar_names_what_a_clock_ahead_decided,
    the_calendar_lists_undecided_slots
);

const EDITOR: &str = "editor@example.net";

/// The harness's Monday; slots are on Thursdays.
const MONDAY: &str = "2026-11-23T08:00:00Z";
/// The first slot after it.
const FIRST: &str = "2026-11-26T08:00:00Z";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The slot this many weeks after the first one.
fn slot(weeks: i64) -> DateTime<Utc> {
    instant(FIRST) + TimeDelta::weeks(weeks)
}

async fn next(app: &TestApp) -> DateTime<Utc> {
    edition::next_slot(app).await.unwrap().unwrap().at
}

async fn decide(app: &TestApp) -> Decided {
    let slot = edition::next_slot(app).await.unwrap().unwrap();
    edition::decide(app, &slot).await.unwrap()
}

/// What `serve` does while the clock reads `now`.
async fn serve_at(app: &TestApp, now: DateTime<Utc>) {
    app.clock.set(now);
    while next(app).await <= now {
        decide(app).await;
    }
}

/// The slug that was sent.
fn sent(decided: Decided) -> String {
    match decided {
        Decided::Sent(opened) => opened.edition.slug.clone(),
        other => panic!("nothing was sent: {other:?}"),
    }
}

async fn a_start_with_a_clock_weeks_ahead_loses_no_slot(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.alerts.to = vec![Address::parse(EDITOR).unwrap()];
    })
    .await;
    app.issue("bat-vs-cat").readers(1).await;
    assert_eq!(next(&app).await, slot(0));
    serve_at(&app, instant(MONDAY) + TimeDelta::weeks(5)).await;
    app.clock.set(instant(MONDAY) + TimeDelta::seconds(3));
    assert_eq!(next(&app).await, slot(0));
    app.clock.set(slot(0));
    assert_eq!(sent(decide(&app).await), "bat-vs-cat");
    assert_eq!(next(&app).await, slot(1));
    // The machine is off at the next slot: it is decided once, even after it was void.
    serve_at(&app, slot(1) + TimeDelta::days(1)).await;
    assert_eq!(next(&app).await, slot(2));
    assert_eq!(editions::all(&app.store).await.unwrap().len(), 1);
    app.clock.advance(TimeDelta::weeks(5));
    app.deliver_outbox().await;
    let mails = app.catcher.for_recipient(EDITOR).into_iter();
    let mails: Vec<_> = mails
        .map(|mail| String::from_utf8(mail.content).unwrap())
        .collect();
    for subject in [
        "Missed 5 slots, the last on ",
        "A wrong clock decided slots too early",
        "Missed the slot of ",
    ] {
        let told = mails
            .iter()
            .filter(|mail| mail.contains(&format!("Subject: {subject}")));
        assert_eq!(told.count(), 1, "{subject}: {mails:?}");
    }
    assert_eq!(mails.len(), 3, "{mails:?}");
}

async fn a_first_start_with_a_fast_clock_loses_no_slot(db: Db) {
    let app = TestApp::on(db).await;
    app.clock.advance(TimeDelta::weeks(5));
    assert_eq!(next(&app).await, slot(5));
    app.clock.set(instant(MONDAY));
    assert_eq!(next(&app).await, slot(0));
    app.clock.advance(TimeDelta::weeks(3));
    assert_eq!(next(&app).await, slot(0), "the first start is remembered");
}

async fn a_slot_decided_at_its_very_time_by_a_clock_ahead_is_decided_again(db: Db) {
    let app = TestApp::on(db).await;
    app.issue_file(
        "a-draft",
        &sample_issue("a-draft").replace("ready", "draft"),
    );
    next(&app).await;
    serve_at(&app, slot(0)).await;
    app.clock.set(instant(MONDAY));
    assert_eq!(next(&app).await, slot(0));
    app.issue("bat-vs-cat").readers(1).await;
    app.clock.set(slot(0));
    assert_eq!(sent(decide(&app).await), "bat-vs-cat");
}

async fn slots_that_a_fast_clock_missed_go_out_while_they_may(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    next(&app).await;
    let half_past = slot(0) + TimeDelta::minutes(30);
    serve_at(&app, half_past + TimeDelta::days(36)).await;
    app.clock.set(half_past + TimeDelta::seconds(3));
    assert_eq!(next(&app).await, slot(0));
    assert_eq!(sent(decide(&app).await), "bat-vs-cat");
}

async fn an_issue_that_a_clock_ahead_sent_goes_out_once(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    next(&app).await;
    serve_at(&app, slot(1)).await;
    assert_eq!(editions::all(&app.store).await.unwrap().len(), 1);
    app.issue("cat-vs-dog");
    app.clock.set(instant(MONDAY));
    assert_eq!(next(&app).await, slot(0));
    app.clock.set(slot(0));
    assert_eq!(sent(decide(&app).await), "cat-vs-dog");
    assert_eq!(next(&app).await, slot(1));
    app.issue("dog-vs-eel");
    app.clock.set(slot(1));
    let decided = decide(&app).await;
    assert!(matches!(decided, Decided::Ahead), "{decided:?}");
    assert_eq!(next(&app).await, slot(2));
    assert_eq!(editions::all(&app.store).await.unwrap().len(), 2);
}

async fn a_slot_sent_ahead_hides_no_slot_before_it_while_the_machine_is_off(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat").readers(1).await;
    next(&app).await;
    serve_at(&app, slot(2)).await;
    app.clock.set(instant(MONDAY));
    assert_eq!(next(&app).await, slot(0));
    app.clock.set(slot(3) + TimeDelta::days(1));
    let mut missed = Vec::new();
    for _ in 0..3 {
        match decide(&app).await {
            Decided::Missed(run) => missed.push((run.first.at, run.last.at, run.count)),
            Decided::Ahead => missed.push((slot(2), slot(2), None)),
            other => panic!("{other:?}"),
        }
    }
    let want = [
        (slot(0), slot(1), Some(2)),
        (slot(2), slot(2), None),
        (slot(3), slot(3), Some(1)),
    ];
    assert_eq!(missed, want);
    assert_eq!(next(&app).await, slot(4));
}

async fn a_clock_that_is_set_by_seconds_decides_nothing_anew(db: Db) {
    let app = TestApp::on(db).await;
    app.issue_file(
        "a-draft",
        &sample_issue("a-draft").replace("ready", "draft"),
    );
    next(&app).await;
    serve_at(&app, slot(0)).await;
    app.clock.advance(-TimeDelta::seconds(30));
    assert_eq!(next(&app).await, slot(1));
}

async fn the_calendar_names_what_a_clock_ahead_decided(db: Db) {
    let app = TestApp::on(db).await;
    let now = Clock::system().now();
    let at = |days| now + TimeDelta::hours(1) + TimeDelta::days(days);
    let schedule = [
        (
            "VERDICT_SCHEDULE_CRON",
            at(0).format("%-M %-H * * *").to_string(),
        ),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC".to_owned()),
    ];
    let mut tx = app.store.begin().await.unwrap();
    for (days, decision) in [
        (0, Decision::Missed),
        (1, Decision::Empty),
        (2, Decision::Sent("bat-vs-cat".to_owned())),
    ] {
        let minute = at(days).timestamp() / 60 * 60_000;
        slots::decide(&mut tx, minute, &decision, now.timestamp_millis())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    app.issue("cat-vs-dog");
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .arg("calendar")
        .envs(schedule);
    let printed = stdout(&command.output().unwrap());
    let day = |days| at(days).format("%a %F %H:%M");
    let first = format!("{}  cat-vs-dog\n", day(0));
    assert!(printed.starts_with(&first), "{printed}");
    let ahead = format!(
        "{}  bat-vs-cat  (already sent, by a clock that was ahead)\n",
        day(2)
    );
    assert!(printed.contains(&ahead), "{printed}");
    let void = format!(
        "void: 2 slots from {} to {}, decided by a clock that was ahead",
        day(0),
        day(1)
    );
    assert!(printed.contains(&void), "{printed}");
    assert!(!printed.contains("missed"), "{printed}");
}

async fn the_calendar_lists_undecided_slots(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("bat-vs-cat");
    let cron = slot_an_hour_ago(&app).await;
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .arg("calendar")
        .envs([
            ("VERDICT_SCHEDULE_CRON", cron.as_str()),
            ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
        ]);
    let printed = stdout(&command.output().unwrap());
    let hour_ago = (Clock::system().now() - TimeDelta::hours(1)).format("%a %F");
    assert!(
        printed.contains(&format!("undecided: {hour_ago} ")),
        "{printed}"
    );
    assert!(printed.contains("`verdict serve` decides it"), "{printed}");
}

/// Makes the database's clock in a test's schema read what this statement returns.
fn database_clock(shows: &str) -> String {
    format!(
        "CREATE OR REPLACE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE \
         AS '{shows}'"
    )
}

/// The server's clock counts. Here a function in the schema hides the real clock: to the binary, this machine is five
/// weeks ahead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_ahead_of_its_database_server_decides_nothing_before_its_time() {
    let dir = tempfile::tempdir().unwrap();
    let (url, schema) = Db::Postgres.url(dir.path());
    let schema = schema.unwrap();
    let app = TestApp::at(&format!("{url}%2Cpg_catalog"), Behaviour::new()).await;
    app.issue("bat-vs-cat").readers(3).await;
    let cron = slot_an_hour_ago(&app).await;
    let variables = [
        ("VERDICT_SCHEDULE_CRON", cron.as_str()),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
    ];
    let command = |args: &[&str]| {
        let mut command = binary();
        command.arg("--dir").arg(app.dir.path()).args(args);
        command.envs(variables);
        command
    };
    schema.execute(&database_clock(
        "SELECT pg_catalog.clock_timestamp() - interval ''35 days''",
    ));
    let mut process = Running::start(&mut command(&["serve"]));
    process.line("waiting for the next slot").await;
    let printed = stdout(&command(&["calendar"]).output().unwrap());
    let warning = "warning: this machine's clock is 35 days ahead of the database's";
    assert!(printed.contains(warning), "{printed}");
    assert_eq!(process.end_by("TERM").await, Some(0));
    assert_eq!(app.catcher.len(), 0, "it is not time");
    assert_eq!(schema.number("SELECT COUNT(*) FROM slots"), 0);

    schema.execute(&database_clock("SELECT pg_catalog.clock_timestamp()"));
    let mut process = Running::start(&mut command(&["serve"]));
    app.catcher.wait_for(3, LIMIT).await.unwrap();
    assert_eq!(process.end_by("TERM").await, Some(0));
    let printed = stdout(&command(&["calendar"]).output().unwrap());
    assert!(!printed.contains("warning"), "{printed}");
}
