//! `schedule.local_time`: one edition, and each reader gets it when their own clock shows the slot's time.

mod meanwhile;
mod prediction;
mod serve;

use chrono::{DateTime, TimeDelta, Utc};
use verdict::catcher::Behaviour;
use verdict::delivery::RunResult;
use verdict::edition::{self, Decided};
use verdict::schedule::{Cron, Slot};
use verdict::store::deliveries::{self, State};
use verdict::store::editions;
use verdict::store::subscribers::{self as list, Frequency};

use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    a_pause_that_ends_before_its_readers_time_delays_nothing,
    each_reader_gets_it_at_their_own_time_and_not_before,
    it_waits_while_another_edition_goes_out_by_hand_to_everybody_at_once,
    over_a_change_of_the_clocks_the_wall_clock_counts,
    two_slots_a_day_each_come_at_their_own_time,
    noticed_late_it_goes_at_once_to_readers_whose_time_has_passed,
    later_than_max_delay_by_the_newsletters_own_clock_it_is_missed,
    a_slot_is_decided_once_though_its_time_is_yet_to_come,
);

const SLUG: &str = "tea-vs-coffee";

/// Where each reader lives, and when the slot of Thursday 26 November 2026, nine o'clock, is due for them.
const READERS: [(&str, &str, &str); 13] = [
    (
        "kiritimati@example.com",
        "Pacific/Kiritimati",
        "2026-11-25T19:00:00Z",
    ),
    (
        "auckland@example.com",
        "Pacific/Auckland",
        "2026-11-25T20:00:00Z",
    ),
    (
        "lord-howe@example.com",
        "Australia/Lord_Howe",
        "2026-11-25T22:00:00Z",
    ),
    ("tokyo@example.com", "Asia/Tokyo", "2026-11-26T00:00:00Z"),
    (
        "kolkata@example.com",
        "Asia/Calcutta",
        "2026-11-26T03:30:00Z",
    ),
    (
        "berlin@example.com",
        "Europe/Berlin",
        "2026-11-26T08:00:00Z",
    ),
    ("nowhere@example.com", "", "2026-11-26T08:00:00Z"),
    ("mars@example.com", "Mars/Phobos", "2026-11-26T08:00:00Z"),
    (
        "london@example.com",
        "Europe/London",
        "2026-11-26T09:00:00Z",
    ),
    (
        "new-york@example.com",
        "America/New_York",
        "2026-11-26T14:00:00Z",
    ),
    (
        "marquesas@example.com",
        "Pacific/Marquesas",
        "2026-11-26T18:30:00Z",
    ),
    (
        "pago-pago@example.com",
        "Pacific/Pago_Pago",
        "2026-11-26T20:00:00Z",
    ),
    ("last@example.com", "Etc/GMT+12", "2026-11-26T21:00:00Z"),
];

/// Longer than a sender waits for the next delivery with its connections open.
const NEARLY: TimeDelta = TimeDelta::seconds(11);

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn app(db: Db, behaviour: Behaviour) -> TestApp {
    let app = TestApp::tuned(db, behaviour, |config| config.schedule.local_time = true).await;
    app.issue(SLUG);
    app
}

/// An instance with all of [`READERS`].
async fn app_of_the_world(db: Db) -> TestApp {
    let app = app(db, Behaviour::new()).await;
    for (email, zone, _) in READERS {
        app.reader_in(email, zone).await;
    }
    app
}

async fn next(app: &TestApp) -> Slot {
    let slot = edition::next_slot(app).await.unwrap();
    slot.expect("the schedule goes on")
}

/// Moves the clock to the next slot's time to freeze and decides it; returns how many were enrolled.
async fn freeze_next(app: &TestApp) -> u64 {
    let slot = next(app).await;
    app.clock.set(edition::frozen_at(app, &slot));
    enrolled(edition::decide(app, &slot).await.unwrap())
}

fn enrolled(decided: Decided) -> u64 {
    match decided {
        Decided::Sent(opened) => opened.enrolled.unwrap(),
        other => panic!("nothing was sent: {other:?}"),
    }
}

/// Who has a mail, in the order of [`READERS`].
fn reached(app: &TestApp) -> Vec<&'static str> {
    let has = |email: &&str| match app.catcher.for_recipient(email).len() {
        0 => false,
        1 => true,
        more => panic!("{email} has {more} mails"),
    };
    READERS
        .iter()
        .map(|(email, ..)| *email)
        .filter(has)
        .collect()
}

/// The [`READERS`] who are due by then.
fn due_by(at: DateTime<Utc>) -> Vec<&'static str> {
    let due = READERS.iter().filter(|(.., due)| instant(due) <= at);
    due.map(|(email, ..)| *email).collect()
}

/// The `Date` of the mail to an address.
fn date_of(app: &TestApp, email: &str) -> DateTime<Utc> {
    let mails = app.catcher.for_recipient(email);
    let text = String::from_utf8(mails[0].content.clone()).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("Date: "));
    DateTime::parse_from_rfc2822(line.unwrap().trim())
        .unwrap()
        .to_utc()
}

async fn state_of(app: &TestApp, email: &str) -> (State, i64) {
    let store = &app.store;
    let reader = find_subscriber(store, email).await.unwrap();
    let history = deliveries::history(store, reader.id).await.unwrap();
    (history[0].state, history[0].attempts)
}

async fn a_pause_that_ends_before_its_readers_time_delays_nothing(db: Db) {
    let app = app(db, Behaviour::new()).await;
    // The edition is frozen at 19:00 on the 25th; New York is due at 14:00 on the 26th.
    let pauses = [
        ("over@example.com", "2026-11-26T13:59:00Z"),
        ("rests@example.com", "2026-11-26T14:01:00Z"),
        ("early@example.com", "2026-11-25T18:00:00Z"),
    ];
    for (email, until) in pauses {
        app.reader_in(email, "America/New_York").await;
        let reader = find_subscriber(&app.store, email).await.unwrap();
        let until = Some(instant(until).timestamp_millis());
        let mut tx = app.store.begin().await.unwrap();
        list::choose(&mut tx, reader.id, Frequency::Every, until)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(
        freeze_next(&app).await,
        2,
        "who rests until later is not enrolled"
    );
    app.clock.set(instant("2026-11-26T14:00:00Z"));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let got = pauses.map(|(email, _)| app.catcher.for_recipient(email).len());
    assert_eq!(got, [1, 0, 1]);
}

async fn each_reader_gets_it_at_their_own_time_and_not_before(db: Db) {
    let app = app_of_the_world(db).await;
    assert_eq!(freeze_next(&app).await, READERS.len() as u64);
    assert_eq!(
        app.clock.now(),
        instant("2026-11-25T19:00:00Z"),
        "the first clock shows nine"
    );
    for (email, zone, due) in READERS {
        let due = instant(due);
        if app.clock.now() < due - NEARLY {
            app.clock.set(due - NEARLY);
            let ended = app.send(SLUG).await;
            assert_eq!(ended, RunResult::Waiting(due.timestamp_millis()), "{zone}");
            assert!(!reached(&app).contains(&email), "{zone} is too early");
        }
        app.clock.set(due);
        app.send(SLUG).await;
        assert_eq!(reached(&app), due_by(due), "{zone}");
        assert_eq!(
            date_of(&app, email),
            due,
            "the mail is as new as it can be in {zone}"
        );
    }
    let edition = app.edition(SLUG).await;
    assert_eq!(edition.state, editions::EditionState::Finished);
    assert_eq!(app.catcher.len(), READERS.len());
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}

async fn it_waits_while_another_edition_goes_out_by_hand_to_everybody_at_once(db: Db) {
    let app = app_of_the_world(db).await;
    freeze_next(&app).await;
    app.send(SLUG).await;
    assert_eq!(app.catcher.len(), 1);
    app.issue("bat-vs-cat");
    assert_eq!(app.send("bat-vs-cat").await, RunResult::Finished);
    assert_eq!(app.catcher.len(), 1 + READERS.len());
    assert_eq!(date_of(&app, "last@example.com"), app.clock.now());
    let next_due = instant("2026-11-25T20:00:00Z").timestamp_millis();
    assert_eq!(app.send(SLUG).await, RunResult::Waiting(next_due));
    assert_eq!(app.catcher.len(), 1 + READERS.len());
}

async fn over_a_change_of_the_clocks_the_wall_clock_counts(db: Db) {
    for (start, slot, berlin, lord_howe, new_york) in [
        // Berlin has no half past two that day: three o'clock.
        (
            "2027-03-27T03:00:00Z",
            "2027-03-28T02:30:00Z",
            "2027-03-28T01:00:00Z",
            "2027-03-27T15:30:00Z",
            "2027-03-28T06:30:00Z",
        ),
        // Berlin has it twice: the earlier one, once.
        (
            "2027-10-30T03:00:00Z",
            "2027-10-31T02:30:00Z",
            "2027-10-31T00:30:00Z",
            "2027-10-30T15:30:00Z",
            "2027-10-31T06:30:00Z",
        ),
        // Lord Howe goes on by half an hour at two.
        (
            "2027-10-02T03:00:00Z",
            "2027-10-03T02:30:00Z",
            "2027-10-03T00:30:00Z",
            "2027-10-02T15:30:00Z",
            "2027-10-03T06:30:00Z",
        ),
    ] {
        let app = TestApp::tuned(db, Behaviour::new(), |config| {
            config.schedule.local_time = true;
            config.schedule.cron = Cron::parse("30 2 * * *").unwrap();
            config.schedule.time_zone = chrono_tz::UTC;
        })
        .await;
        app.issue(SLUG);
        let readers = [
            ("lord-howe@example.com", "Australia/Lord_Howe", lord_howe),
            ("berlin@example.com", "Europe/Berlin", berlin),
            ("new-york@example.com", "America/New_York", new_york),
        ];
        for (email, zone, _) in readers {
            app.reader_in(email, zone).await;
        }
        app.clock.set(instant(start));
        assert_eq!(next(&app).await.at, instant(slot));
        assert_eq!(freeze_next(&app).await, 3);
        for (number, (email, zone, due)) in readers.into_iter().enumerate() {
            app.clock.set(instant(due) - NEARLY);
            app.send(SLUG).await;
            assert_eq!(app.catcher.len(), number, "{zone} before {due}");
            app.clock.set(instant(due));
            app.send(SLUG).await;
            assert_eq!(app.catcher.for_recipient(email).len(), 1, "{zone} at {due}");
        }
        app.clock.advance(TimeDelta::days(2));
        assert_eq!(app.send(SLUG).await, RunResult::Finished);
        assert_eq!(app.catcher.len(), 3, "an hour that comes twice is one");
    }
}

async fn two_slots_a_day_each_come_at_their_own_time(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.schedule.local_time = true;
        config.schedule.cron = Cron::parse("0 9,17 * * thu").unwrap();
    })
    .await;
    let (morning, evening) = ("bat-vs-cat", "cat-vs-dog");
    app.issue(morning).issue(evening);
    let (early, late) = ("kiritimati@example.com", "new-york@example.com");
    app.reader_in(early, "Pacific/Kiritimati").await;
    app.reader_in(late, "America/New_York").await;
    assert_eq!(freeze_next(&app).await, 2);
    assert_eq!(freeze_next(&app).await, 2);
    let so_far = |email: &str| -> Vec<String> {
        let mails = app.catcher.for_recipient(email);
        let text = mails
            .iter()
            .map(|mail| String::from_utf8(mail.content.clone()).unwrap());
        // The evening's mail also mentions the morning's.
        let named = |text: String| {
            [evening, morning]
                .into_iter()
                .find(|slug| text.contains(*slug))
        };
        text.map(|text| named(text).unwrap().to_owned()).collect()
    };
    for (at, by_early, by_late) in [
        ("2026-11-26T03:00:00Z", &[morning, evening][..], &[][..]),
        ("2026-11-26T13:59:00Z", &[morning, evening], &[]),
        ("2026-11-26T14:00:00Z", &[morning, evening], &[morning]),
        ("2026-11-26T21:59:00Z", &[morning, evening], &[morning]),
        (
            "2026-11-26T22:00:00Z",
            &[morning, evening],
            &[morning, evening],
        ),
    ] {
        app.clock.set(instant(at));
        app.send(morning).await;
        app.send(evening).await;
        assert_eq!(so_far(early), by_early, "{at}");
        assert_eq!(so_far(late), by_late, "{at}");
    }
}

async fn noticed_late_it_goes_at_once_to_readers_whose_time_has_passed(db: Db) {
    let app = app_of_the_world(db).await;
    let slot = next(&app).await;
    let noticed = slot.at + TimeDelta::hours(5);
    app.clock.set(noticed);
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert_eq!(enrolled(decided), READERS.len() as u64);
    let new_york = instant("2026-11-26T14:00:00Z").timestamp_millis();
    assert_eq!(app.send(SLUG).await, RunResult::Waiting(new_york));
    assert_eq!(reached(&app), due_by(noticed));
    assert_eq!(date_of(&app, "tokyo@example.com"), noticed);
    app.clock.set(instant("2026-11-26T14:00:00Z"));
    app.send(SLUG).await;
    assert_eq!(reached(&app), due_by(app.clock.now()));
}

async fn later_than_max_delay_by_the_newsletters_own_clock_it_is_missed(db: Db) {
    let app = app_of_the_world(db).await;
    let slot = next(&app).await;
    let max_delay = app.config.schedule.max_delay;
    app.clock
        .set(slot.at + max_delay + TimeDelta::milliseconds(1));
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(decided, Decided::Missed(_)), "{decided:?}");
}

async fn a_slot_is_decided_once_though_its_time_is_yet_to_come(db: Db) {
    let app = app_of_the_world(db).await;
    app.issue("water-vs-wine");
    let slot = next(&app).await;
    freeze_next(&app).await;
    assert!(app.clock.now() < slot.at);
    let again = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(again, Decided::Elsewhere), "{again:?}");
    let following = next(&app).await;
    assert_eq!(following.at, slot.at + TimeDelta::weeks(1));
    assert_eq!(
        edition::frozen_at(&app, &following),
        app.clock.now() + TimeDelta::weeks(1)
    );
}

#[tokio::test]
async fn a_mail_can_be_rendered_with_its_readers_date() {
    let app = app_of_the_world(Db::Sqlite).await;
    freeze_next(&app).await;
    let shown = stdout(&app.verdict(&["render", SLUG, "--to", "new-york@example.com"]));
    assert!(
        shown.contains("\r\nDate: Thu, 26 Nov 2026 15:00:00 +0100\r\n"),
        "{shown}"
    );
}
