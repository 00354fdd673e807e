//! `verdict serve` as a process: it sends what is due, alerts the editors, and stops cleanly.

use std::net::SocketAddr;
use std::process::Command;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use tokio::net::{TcpListener, TcpStream};
use verdict::catcher::{Behaviour, Gate, Step};
use verdict::clock::Clock;
use verdict::store::slots;

use crate::child::{LIMIT, Running, at_gate, binary, until};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stdout};

on_both_stores!(
    a_due_slot_is_sent_and_not_again_after_a_restart,
    a_slot_without_an_issue_alerts_the_editors_once,
    a_missed_slot_alerts_the_editors,
    many_missed_slots_are_one_mail,
    a_relays_objection_alerts_the_editors_once,
    a_sign_up_gets_the_mail_and_many_alert_the_editors,
    an_edition_frozen_by_another_process_is_sent,
    a_second_send_mails_nobody_twice,
    the_mail_in_flight_is_finished_before_it_ends
);

const SLUG: &str = "tea-vs-coffee";
const EDITOR: &str = "editor@example.net";

/// The binary on an instance.
fn command(app: &TestApp, variables: &[(&str, &str)]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path());
    command
        .env("VERDICT_ALERTS_TO", EDITOR)
        .envs(variables.iter().copied());
    command
}

/// Starts `verdict serve`; returns it with the address of its pages.
pub(crate) async fn serve(app: &TestApp, variables: &[(&str, &str)]) -> (Running, SocketAddr) {
    let mut process = Running::start(command(app, variables).arg("serve"));
    let line = process.line("serving").await;
    let address = line
        .split("address=")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    (
        process,
        address.unwrap_or_else(|| panic!("{line}")).parse().unwrap(),
    )
}

/// Freezes and enrols, as a process without a relay does.
async fn freeze_elsewhere(app: &TestApp, slug: &str) {
    let no_relay = [("VERDICT_SMTP_URL", "smtp://127.0.0.1:1?tls=none")];
    let mut send = Running::start(command(app, &no_relay).args(["send", slug]));
    let (status, printed) = send.ended().await;
    assert_eq!(status.code(), Some(2), "{printed}");
    assert!(printed.contains("127.0.0.1:1 cannot be used"), "{printed}");
    assert_eq!(
        app.counts(slug).await.queued,
        app.counts(slug).await.total()
    );
}

/// Every reader has exactly one mail, and the ledger records it.
async fn everyone_gets_one(app: &TestApp, readers: usize) {
    until("every mail is accepted", || async {
        app.counts(SLUG).await.accepted == i64::try_from(readers).unwrap()
    })
    .await;
    for number in 1..=readers {
        let email = format!("reader-{number}@example.com");
        assert_eq!(app.catcher.for_recipient(&email).len(), 1, "{email}");
    }
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}

/// Makes the store remember a start two hours ago, and returns a schedule with one slot since then, an hour ago, as
/// after a machine was off. The next slot is a year away.
pub(crate) async fn slot_an_hour_ago(app: &TestApp) -> String {
    let now = Clock::system().now();
    let mut tx = app.store.begin().await.unwrap();
    let start = (now - TimeDelta::hours(2)).timestamp_millis();
    slots::open_at(&mut tx, start).await.unwrap();
    tx.commit().await.unwrap();
    (now - TimeDelta::hours(1))
        .format("%-M %-H %-d %-m *")
        .to_string()
}

/// The alerts that the editor got, mail by mail.
fn told(app: &TestApp) -> Vec<String> {
    let mails = app.catcher.for_recipient(EDITOR);
    mails
        .iter()
        .map(|mail| String::from_utf8(mail.content.clone()).unwrap())
        .collect()
}

/// An instance with a frozen edition whose relay objects to it once the gate opens.
async fn blocked(db: Db, readers: usize) -> (TestApp, Gate) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(readers).await;
    freeze_elsewhere(&app, SLUG).await;
    let gate = Gate::new();
    let mut relay = Behaviour::new();
    for number in 1..=readers {
        let email = format!("reader-{number}@example.com");
        relay = relay.at(Step::Rcpt).to(&email).pause(&gate);
        relay = relay
            .at(Step::Rcpt)
            .to(&email)
            .reply(550, "5.7.1 You are blocked");
    }
    app.catcher.set(relay);
    (app, gate)
}

async fn is_closed(address: SocketAddr) {
    until("the pages are closed", || async {
        TcpStream::connect(address).await.is_err()
    })
    .await;
}

async fn a_due_slot_is_sent_and_not_again_after_a_restart(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).issue("water-vs-wine").readers(5).await;
    let cron = slot_an_hour_ago(&app).await;
    let schedule = [
        ("VERDICT_SCHEDULE_CRON", cron.as_str()),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
    ];
    let (mut process, address) = serve(&app, &schedule).await;
    app.catcher.wait_for(5, LIMIT).await.unwrap();
    everyone_gets_one(&app, 5).await;
    assert_eq!(
        http::get(&format!("http://{address}/healthz")).await.status,
        200
    );
    assert_eq!(
        http::get(&format!("http://{address}/readyz")).await.status,
        200
    );
    assert_eq!(
        http::get(&format!("http://{address}/issues/{SLUG}"))
            .await
            .status,
        200
    );
    assert_eq!(process.end_by("TERM").await, Some(0));

    let (mut process, _) = serve(&app, &schedule).await;
    process.line("waiting for the next slot").await;
    assert_eq!(process.end_by("INT").await, Some(0));
    assert_eq!(app.catcher.len(), 5, "the slot had its issue");
}

async fn a_slot_without_an_issue_alerts_the_editors_once(db: Db) {
    let app = TestApp::on(db).await;
    let wrong = sample_issue(SLUG).replace("question", "qestion");
    app.issue_file(SLUG, &wrong).readers(3).await;
    let cron = slot_an_hour_ago(&app).await;
    let schedule = [
        ("VERDICT_SCHEDULE_CRON", cron.as_str()),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
    ];
    let (mut process, _) = serve(&app, &schedule).await;
    app.catcher.wait_for(2, LIMIT).await.unwrap();
    process.line("waiting for the next slot").await;
    process.line("waiting for the next slot").await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    let mut told = told(&app);
    assert_eq!(told.len(), 2);
    // They may arrive in either order.
    told.sort();
    assert!(
        told[0].contains("Subject: Nothing to send on "),
        "{}",
        told[0]
    );
    assert!(
        told[1].contains(&format!("Subject: The issue {SLUG} has errors")),
        "{told:?}"
    );
    assert!(told[1].contains("did you mean `question`?"), "{}", told[1]);
    for mail in &told {
        assert!(mail.contains("Auto-Submitted: auto-generated"), "{mail}");
    }

    let (mut process, _) = serve(&app, &schedule).await;
    process.line("waiting for the next slot").await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    assert_eq!(
        app.catcher.len(),
        2,
        "nobody is told twice, and no reader gets anything"
    );
}

async fn a_missed_slot_alerts_the_editors(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(3).await;
    let cron = slot_an_hour_ago(&app).await;
    let (mut process, _) = serve(
        &app,
        &[
            ("VERDICT_SCHEDULE_CRON", &cron),
            ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
            ("VERDICT_SCHEDULE_MAX_DELAY", "30m"),
        ],
    )
    .await;
    app.catcher.wait_for(1, LIMIT).await.unwrap();
    assert_eq!(process.end_by("TERM").await, Some(0));
    let told = told(&app);
    assert!(told[0].contains("Subject: Missed the slot of "), "{told:?}");
    assert_eq!(app.catcher.len(), 1, "no reader gets anything");
}

async fn many_missed_slots_are_one_mail(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(3).await;
    let now = Clock::system().now();
    let mut tx = app.store.begin().await.unwrap();
    let start = now - TimeDelta::days(39) - TimeDelta::hours(2);
    slots::open_at(&mut tx, start.timestamp_millis())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    // Daily, the last one an hour ago.
    let cron = (now - TimeDelta::hours(1))
        .format("%-M %-H * * *")
        .to_string();
    let schedule = [
        ("VERDICT_SCHEDULE_CRON", cron.as_str()),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
        ("VERDICT_SCHEDULE_MAX_DELAY", "30m"),
    ];
    for _ in 0..2 {
        let (mut process, _) = serve(&app, &schedule).await;
        app.catcher.wait_for(1, LIMIT).await.unwrap();
        let next = format!(
            "slot={}",
            (now + TimeDelta::hours(23)).format("%F %H:%M:00 UTC")
        );
        process.line(&next).await;
        assert_eq!(process.end_by("TERM").await, Some(0));
    }
    let told = told(&app);
    assert_eq!((told.len(), app.catcher.len()), (1, 1), "{told:?}");
    assert!(
        told[0].contains("Subject: Missed 40 slots, the last on "),
        "{}",
        told[0]
    );
    assert!(
        told[0].contains("\r\n    verdict calendar\r\n"),
        "{}",
        told[0]
    );
    let printed = stdout(&command(&app, &schedule).arg("calendar").output().unwrap());
    let day = |days| (now - TimeDelta::hours(1) - TimeDelta::days(days)).format("%a %F %H:%M");
    let missed = format!("missed: 40 slots from {} to {}\n", day(39), day(0));
    assert!(printed.contains(&missed), "{printed}");
}

async fn a_relays_objection_alerts_the_editors_once(db: Db) {
    let (app, gate) = blocked(db, 200).await;
    let nodes = if db == Db::Postgres { 2 } else { 1 };
    let mut processes = Vec::new();
    for _ in 0..nodes {
        processes.push(serve(&app, &[("VERDICT_SMTP_CONNECTIONS", "1")]).await.0);
    }
    at_gate(&gate, nodes).await;
    gate.release();
    app.catcher.wait_for(1, LIMIT).await.unwrap();
    for process in &mut processes {
        process.line("sent what was due").await;
        assert_eq!(process.end_by("TERM").await, Some(0));
    }
    let told = told(&app);
    assert_eq!((told.len(), app.catcher.len()), (1, 1), "{told:?}");
    assert!(
        told[0].contains(&format!("Subject: The edition {SLUG} is paused")),
        "{told:?}"
    );
    assert!(
        told[0]
            .replace("=\r\n", "")
            .contains("550 5.7.1 You are blocked"),
        "{}",
        told[0]
    );
    let counts = app.counts(SLUG).await;
    let refused = usize::try_from(counts.refused).unwrap();
    // Each needs three in a row.
    assert!((3..=3 * nodes).contains(&refused), "{counts:?}");
    assert_eq!(counts.queued, 200 - counts.refused, "{counts:?}");
}

async fn a_sign_up_gets_the_mail_and_many_alert_the_editors(db: Db) {
    let app = TestApp::on(db).await;
    let (mut web, address) = serve(&app, &[("VERDICT_JOIN_ALARM", "2")]).await;
    let site = format!("http://{address}");
    // A form must be a second old: these were fetched a minute ago.
    app.clock.set(Clock::system().now() - TimeDelta::minutes(1));
    for reader in ["ada@example.com", "ben@example.com"] {
        let form = http::get(&format!("{}/subscribe", app.site)).await.body;
        let (_, stamp) = form.split_once("name=\"stamp\" value=\"").unwrap();
        let stamp = stamp.split('"').next().unwrap();
        let form = format!("email={reader}&stamp={stamp}&form=page-1");
        assert_eq!(
            http::post(&format!("{site}/subscribe"), &form).await.status,
            303
        );
    }
    app.catcher.wait_for(3, LIMIT).await.unwrap();
    let told = told(&app);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("Subject: Unusually many sign-ups"),
        "{}",
        told[0]
    );
    let link = app
        .link("ada@example.com", "/confirm/")
        .replace(&app.site, &site);
    assert_eq!(http::post(&link, "").await.status, 200);
    assert_eq!(web.end_by("TERM").await, Some(0));
    assert_eq!(app.consent("ada@example.com").await, Consent::Confirmed);
    assert_eq!(app.consent("ben@example.com").await, Consent::Pending);
}

async fn an_edition_frozen_by_another_process_is_sent(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(5).await;
    let (mut process, _) = serve(&app, &[]).await;
    freeze_elsewhere(&app, SLUG).await;
    app.catcher.wait_for(5, LIMIT).await.unwrap();
    everyone_gets_one(&app, 5).await;
    assert_eq!(process.end_by("TERM").await, Some(0));
}

async fn a_second_send_mails_nobody_twice(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(12).await;
    freeze_elsewhere(&app, SLUG).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (mut process, _) = serve(&app, &[]).await;
    gate.reached().await;
    let mut send = Running::start(command(&app, &[]).args(["send", SLUG]));
    send.line("is already frozen").await;
    if db == Db::Sqlite {
        send.line("Another verdict process is sending").await;
    }
    gate.release();
    let (status, printed) = send.ended().await;
    assert!(status.success(), "{printed}");
    everyone_gets_one(&app, 12).await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    everyone_gets_one(&app, 12).await;
}

async fn the_mail_in_flight_is_finished_before_it_ends(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(6).await;
    freeze_elsewhere(&app, SLUG).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (mut process, address) = serve(&app, &[("VERDICT_SMTP_CONNECTIONS", "1")]).await;
    gate.reached().await;
    process.signal("TERM");
    is_closed(address).await;
    assert!(process.is_running(), "it waits for the relay's reply");
    gate.release();
    let (status, printed) = process.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    let counts = app.counts(SLUG).await;
    let accepted = usize::try_from(counts.accepted).unwrap();
    assert!(accepted >= 1, "{counts:?}");
    assert_eq!(
        (counts.held(), counts.unknown, counts.total()),
        (0, 0, 6),
        "{counts:?}"
    );
    assert_eq!(app.catcher.len(), accepted);

    let (mut process, _) = serve(&app, &[]).await;
    everyone_gets_one(&app, 6).await;
    assert_eq!(process.end_by("TERM").await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_interrupt_ends_it_at_once_and_the_ledger_is_right() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(4).await;
    freeze_elsewhere(&app, SLUG).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (mut process, address) = serve(&app, &[("VERDICT_SMTP_CONNECTIONS", "1")]).await;
    gate.reached().await;
    process.signal("INT");
    is_closed(address).await;
    // Within a second it is still the first one.
    until("another interrupt ends it", || {
        let running = process.is_running();
        if running {
            process.signal("INT");
        }
        async move { !running }
    })
    .await;
    assert_eq!(process.ended().await.0.code(), Some(130));

    gate.release();
    let (mut process, _) = serve(&app, &[]).await;
    until("all but the doubtful one are accepted", || async {
        let counts = app.counts(SLUG).await;
        (counts.accepted, counts.unknown) == (3, 1)
    })
    .await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    assert_eq!(app.in_doubt(SLUG).await.len(), 1, "it is named");
}

#[tokio::test]
async fn a_port_in_use_is_one_clear_message() {
    let app = TestApp::on(Db::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let listen = [("VERDICT_WEB_LISTEN", address.as_str())];
    let mut process = Running::start(command(&app, &listen).arg("serve"));
    let (status, printed) = process.ended().await;
    assert_eq!(status.code(), Some(2), "{printed}");
    // A warning about `web.base_url` on this machine comes before it.
    let error = printed.lines().last().unwrap();
    assert!(
        error.starts_with(&format!("error: cannot listen on {address}: ")),
        "{printed}"
    );
    assert!(error.contains("`web.listen`"), "{printed}");
    assert_eq!(printed.matches("error: ").count(), 1, "{printed}");
}

#[tokio::test]
async fn a_relay_that_is_down_does_not_take_the_pages_down() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(2).await;
    freeze_elsewhere(&app, SLUG).await;
    app.catcher.stop().await;
    let (mut process, address) = serve(&app, &[]).await;
    process.line("sending stopped").await;
    assert_eq!(
        http::get(&format!("http://{address}/readyz")).await.status,
        200
    );
    assert_eq!(
        http::get(&format!("http://{address}/issues/{SLUG}"))
            .await
            .status,
        200
    );
    assert_eq!(
        process.end_by("TERM").await,
        Some(0),
        "it does not sit out its rest"
    );
    assert_eq!(app.counts(SLUG).await.queued, 2);
}
