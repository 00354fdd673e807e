//! The check before an edition: what it stops, what it lets through, and whom it tells.

use std::future::ready;
use std::process::Command;

use verdict::clock::Clock;
use verdict::config::Preflight;
use verdict::doctor;
use verdict::edition::{self, Decided};

use super::instance::{Clinic, GOOD, SLUG};
use crate::child::{Running, until};
use crate::database::Db;
use crate::serve::slot_an_hour_ago;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    a_full_disk_holds_an_edition_back,
    the_schedule_waits_until_nothing_is_wrong
);

const EDITOR: &str = "editor@example.net";

/// DNS in which the relay's address has no name.
fn nameless() -> String {
    GOOD.replace("192.0.2.25 PTR mail.example.org", "")
}

/// The alerts that the editor got.
fn alerts(clinic: &Clinic) -> Vec<String> {
    let mails = clinic.app.catcher.for_recipient(EDITOR);
    let text = |content: Vec<u8>| {
        let mail = mail_parser::MessageParser::default()
            .parse(&content)
            .unwrap()
            .into_owned();
        format!(
            "{}\n{}",
            mail.subject().unwrap(),
            mail.body_text(0).unwrap()
        )
    };
    mails.into_iter().map(|mail| text(mail.content)).collect()
}

fn readers_mails(clinic: &Clinic) -> usize {
    clinic.app.catcher.for_recipient("ada@example.com").len()
}

async fn a_full_disk_holds_an_edition_back(db: Db) {
    let app = TestApp::tuned(db, Default::default(), |config| {
        config.smtp.preflight = Preflight::Block;
    })
    .await;
    app.issue(SLUG).reader("ada@example.com").await;
    let full = doctor::preflight_with(&app, |_| Ok(0)).await;
    assert!(full.blocks);
    assert!(
        full.report().starts_with("wrong    disk  "),
        "{}",
        full.report()
    );
    let slot = edition::next_slot(&app).await.unwrap().unwrap();
    app.clock.set(slot.at);
    let held = edition::decide_if(&app, &slot, ready(!full.blocks))
        .await
        .unwrap();
    assert!(matches!(held, Decided::Held), "{held:?}");
    assert_eq!(
        edition::next_slot(&app).await.unwrap().unwrap(),
        slot,
        "it stays undecided"
    );
    let roomy = doctor::preflight_with(&app, |_| Ok(u64::MAX)).await;
    assert!(
        !roomy.blocks && roomy.wrong.is_empty(),
        "{}",
        roomy.report()
    );
    let sent = edition::decide_if(&app, &slot, ready(!roomy.blocks))
        .await
        .unwrap();
    assert!(matches!(sent, Decided::Sent(_)), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_default_an_edition_goes_out_and_the_editors_are_told_once() {
    let clinic = Clinic::new().await;
    clinic.names.set(&nameless());
    let output = clinic.send("warn", &[]).await;
    stdout(&output);
    assert!(
        stderr(&output).contains("192.0.2.25 has no name"),
        "{output:?}"
    );
    assert_eq!(readers_mails(&clinic), 1);
    let again = clinic.send("warn", &[]).await;
    assert_eq!(stderr(&again), "", "an edition that exists is not checked");
    clinic.app.clock.set(Clock::system().now());
    clinic.app.deliver_outbox().await;
    let [alert] = &alerts(&clinic)[..] else {
        panic!("{:?}", alerts(&clinic));
    };
    assert!(
        alert.starts_with("The check before an edition found problems\n"),
        "{alert}"
    );
    assert!(alert.contains("192.0.2.25 has no name"), "{alert}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn switched_off_it_asks_nobody() {
    let clinic = Clinic::new().await;
    clinic.names.set("");
    stdout(&clinic.send("off", &[]).await);
    assert_eq!(readers_mails(&clinic), 1);
    assert_eq!(clinic.names.asked(), [""; 0]);
    assert_eq!(clinic.front.connections(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edition_that_is_frozen_goes_on() {
    let clinic = Clinic::new().await;
    clinic.app.freeze(SLUG).await;
    clinic.names.set(&nameless());
    let output = clinic.send("block", &[]).await;
    assert!(
        stdout(&output).contains("already frozen; continuing"),
        "{output:?}"
    );
    assert_eq!(readers_mails(&clinic), 1);
    assert_eq!(clinic.names.asked(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_the_issue_comes_first() {
    let clinic = Clinic::new().await;
    clinic.names.set("");
    let output = clinic
        .run_with(
            &["send", "no-such-issue"],
            &[("VERDICT_SMTP_PREFLIGHT", "block")],
        )
        .await;
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(
        stderr(&output).contains("there is no issue `no-such-issue`"),
        "{output:?}"
    );
    assert_eq!(clinic.names.asked(), [""; 0]);
}

/// Starts `verdict serve` an hour after a slot that is too late in two minutes at most.
async fn serve(clinic: &Clinic, preflight: &str) -> Running {
    let cron = slot_an_hour_ago(&clinic.app).await;
    let mut command: Command = clinic.command(
        &["serve"],
        &[
            ("VERDICT_SMTP_PREFLIGHT", preflight),
            ("VERDICT_SCHEDULE_CRON", &cron),
            ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
            ("VERDICT_SCHEDULE_MAX_DELAY", "62m"),
        ],
    );
    Running::start(&mut command)
}

async fn the_schedule_waits_until_nothing_is_wrong(db: Db) {
    let clinic = Clinic::on(db).await;
    clinic.names.set(&nameless());
    let mut serve = serve(&clinic, "block").await;
    serve.line("held back by `smtp.preflight`").await;
    until("the editors are told", || async {
        !alerts(&clinic).is_empty()
    })
    .await;
    assert!(!clinic.is_frozen().await);
    clinic.names.set(GOOD);
    until("the edition goes out", || async {
        readers_mails(&clinic) == 1
    })
    .await;
    let [alert] = &alerts(&clinic)[..] else {
        panic!("{:?}", alerts(&clinic));
    };
    assert!(
        alert.contains(" has not been sent\n") && alert.contains("192.0.2.25 has no name"),
        "{alert}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_default_the_schedule_goes_on_and_tells() {
    let clinic = Clinic::new().await;
    clinic.names.set(&nameless());
    let _serve = serve(&clinic, "warn").await;
    until("both arrive", || async {
        readers_mails(&clinic) == 1 && alerts(&clinic).len() == 1
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn switched_off_the_schedule_asks_nobody() {
    let clinic = Clinic::new().await;
    clinic.names.set("");
    let _serve = serve(&clinic, "off").await;
    until("the edition goes out", || async {
        readers_mails(&clinic) == 1
    })
    .await;
    assert_eq!(clinic.names.asked(), [""; 0]);
    assert_eq!(clinic.front.connections(), 0);
}
