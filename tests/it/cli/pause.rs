//! `pause`, `resume` and `cancel` from another process during sending: exact to the mail.

use std::time::Duration;

use verdict::catcher::{At, Behaviour, Gate, Step};
use verdict::store::deliveries::Counts;
use verdict::store::editions::{self, EditionState};

use super::{count, start, steady};
use crate::child::{LIMIT, Running, at_gate, until};
use crate::database::Db;
use crate::delivery_audit;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    a_pause_during_a_send_is_exact_and_a_resume_finishes,
    a_cancel_during_a_send_skips_the_remaining_readers_for_good,
    a_deferral_after_a_cancel_is_skipped_too,
    pause_lists_what_a_killed_sender_had_on_the_wire,
    a_killed_senders_mails_are_named_though_its_edition_was_cancelled,
    serve_leaves_a_paused_edition_alone_and_takes_up_a_resumed_one,
    a_command_in_the_wrong_state_is_refused_with_the_reason
);

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 120;
/// As `TestApp` configures it.
const CONNECTIONS: usize = 4;
/// How many mails arrive before the others wait at the gate.
const BEFORE: usize = 10;
/// Those, and the mails on the wire when the edition was paused or cancelled.
const ARRIVED: usize = BEFORE + CONNECTIONS;

/// An instance with a sending process: some mails have arrived, and each connection waits for the reply to one.
async fn mid_send(db: Db, args: &[&str], then: fn(At) -> Behaviour) -> (TestApp, Gate, Running) {
    let gate = Gate::new();
    // A relay that would give a sender time for more mails.
    let relay = Behaviour::new().reply_delay(Duration::from_millis(5));
    let held = relay.at(Step::Dot).after(BEFORE as u64).pause(&gate);
    let app = TestApp::behaving(db, then(held.at(Step::Dot).after(BEFORE as u64))).await;
    app.issue(SLUG).readers(READERS).await;
    if args[0] == "serve" {
        app.freeze(SLUG).await;
    }
    let sender = start(&app, args);
    at_gate(&gate, CONNECTIONS).await;
    (app, gate, sender)
}

fn taken(mail: At) -> Behaviour {
    mail.reply(250, "2.0.0 Taken")
}

fn put_off(mail: At) -> Behaviour {
    mail.reply(451, "4.3.0 Later")
}

/// Runs `pause` or `cancel` while mails are on the wire, lets those through once the edition stops, and returns the
/// output.
async fn stop(app: &TestApp, gate: &Gate, args: &[&str], state: EditionState) -> String {
    let mut command = start(app, args);
    until("the edition is paused or cancelled", || async {
        app.edition(SLUG).await.state == state
    })
    .await;
    gate.release();
    let (status, printed) = command.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    printed
}

/// The ledger, the catcher and the output agree.
fn exact(app: &TestApp, counts: Counts, printed: &str) {
    assert_eq!(app.catcher.len(), ARRIVED);
    assert_eq!(
        counts.accepted,
        i64::try_from(ARRIVED).unwrap(),
        "{counts:?}"
    );
    assert_eq!(count(printed, "accepted"), ARRIVED, "{printed}");
    assert_eq!((counts.in_flight, counts.unknown), (0, 0), "{counts:?}");
    assert!(!printed.contains("in flight"), "{printed}");
}

/// A command that makes no sense here: exit code 2, and the reason.
fn refused(app: &TestApp, args: &[&str]) -> String {
    let output = app.verdict(args);
    let printed = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {printed}");
    assert!(output.stdout.is_empty(), "{args:?}: {output:?}");
    printed
}

async fn a_pause_during_a_send_is_exact_and_a_resume_finishes(db: Db) {
    let (app, gate, mut sender) = mid_send(db, &["send", SLUG], taken).await;
    let printed = stop(&app, &gate, &["pause", SLUG], EditionState::Paused).await;
    exact(&app, app.counts(SLUG).await, &printed);
    assert_eq!(
        count(&printed, "queued") + count(&printed, "claimed"),
        READERS - ARRIVED,
        "{printed}"
    );
    assert!(
        printed.contains(&format!("verdict resume {SLUG}")),
        "{printed}"
    );

    let (status, printed) = sender.ended().await;
    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(
        printed.contains(&format!("`{SLUG}` is paused")),
        "{printed}"
    );
    exact(&app, app.counts(SLUG).await, &printed);
    assert_eq!(count(&printed, "queued"), READERS - ARRIVED, "{printed}");

    let again = stdout(&app.verdict(&["pause", SLUG]));
    assert!(again.contains("paused"), "{again}");
    let send = app.verdict(&["send", SLUG]);
    assert_eq!(send.status.code(), Some(1), "{send:?}");
    assert_eq!(app.catcher.len(), ARRIVED, "none of it is sent");

    stdout(&app.verdict(&["resume", SLUG]));
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(delivery_audit::held(&app, SLUG, READERS, 0).await, 0);
    assert_eq!(app.catcher.len(), READERS);
}

async fn a_cancel_during_a_send_skips_the_remaining_readers_for_good(db: Db) {
    let _steady = steady();
    let (app, gate, mut sender) = mid_send(db, &["send", SLUG], taken).await;
    let printed = stop(&app, &gate, &["cancel", SLUG], EditionState::Cancelled).await;
    let rest = READERS - ARRIVED;
    exact(&app, app.counts(SLUG).await, &printed);
    assert_eq!(count(&printed, "skipped"), rest, "{printed}");
    let (status, printed) = sender.ended().await;
    assert_eq!(status.code(), Some(1), "{printed}");
    assert!(
        printed.contains(&format!("`{SLUG}` is cancelled")),
        "{printed}"
    );
    let counts = app.counts(SLUG).await;
    exact(&app, counts, &printed);
    assert_eq!(usize::try_from(counts.skipped).unwrap(), rest, "{counts:?}");

    let last = format!("reader-{READERS}@example.com");
    let why = stdout(&app.verdict(&["why", &last]));
    insta::assert_snapshot!(why, @"
    reader-120@example.com  confirmed
      [time]  confirmed by import
    tea-vs-coffee  skipped  [time]  cancelled
    ");
    for order in [
        &["resume"][..],
        &["pause"],
        &["resend", "--refused"],
        &["settle", "--resend"],
    ] {
        let printed = refused(&app, &[order, &[SLUG]].concat());
        assert!(
            printed.contains(&format!("`{SLUG}` is cancelled")),
            "{printed}"
        );
    }
    stdout(&app.verdict(&["cancel", SLUG]));
    assert_eq!(app.verdict(&["send", SLUG]).status.code(), Some(1));
    assert_eq!(app.catcher.len(), ARRIVED);
}

async fn a_deferral_after_a_cancel_is_skipped_too(db: Db) {
    let (app, gate, mut sender) = mid_send(db, &["send", SLUG], put_off).await;
    let printed = stop(&app, &gate, &["cancel", SLUG], EditionState::Cancelled).await;
    assert_eq!(count(&printed, "accepted"), BEFORE, "{printed}");
    assert_eq!(count(&printed, "skipped"), READERS - BEFORE, "{printed}");
    assert_eq!(sender.ended().await.0.code(), Some(1));
    assert_eq!(app.catcher.len(), BEFORE);
    assert_eq!(app.counts(SLUG).await.open(), 0);
}

async fn pause_lists_what_a_killed_sender_had_on_the_wire(db: Db) {
    let (app, _gate, mut sender) = mid_send(db, &["send", SLUG], taken).await;
    sender.signal("KILL");
    sender.ended().await;
    app.forget_leases();
    let printed = stdout(&app.verdict(&["pause", SLUG]));
    assert_eq!(count(&printed, "unknown"), CONNECTIONS, "{printed}");
    assert_eq!(count(&printed, "queued"), READERS - ARRIVED, "{printed}");
    let in_doubt = app.in_doubt(SLUG).await;
    assert!(
        in_doubt.len() == CONNECTIONS && printed.contains(&in_doubt.join(", ")),
        "{printed}"
    );
}

async fn a_killed_senders_mails_are_named_though_its_edition_was_cancelled(db: Db) {
    let (app, _gate, mut sender) = mid_send(db, &["send", SLUG], taken).await;
    sender.signal("KILL");
    sender.ended().await;
    // As if the operator's machine had gone down with the command.
    let mut tx = app.store.begin().await.unwrap();
    editions::cancel(&mut tx, app.edition(SLUG).await.id, 0)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.forget_leases();
    let printed = stdout(&app.verdict(&["settle", SLUG]));
    assert!(
        printed.contains(&format!("In doubt in `{SLUG}`: 4 readers")),
        "{printed}"
    );
    for email in app.in_doubt(SLUG).await {
        assert!(printed.contains(&email), "{printed}");
    }
}

async fn serve_leaves_a_paused_edition_alone_and_takes_up_a_resumed_one(db: Db) {
    let (app, gate, mut serve) = mid_send(db, &["serve", "--only", "send"], taken).await;
    let printed = stop(&app, &gate, &["pause", SLUG], EditionState::Paused).await;
    exact(&app, app.counts(SLUG).await, &printed);

    // It looks for work oldest first: once the next edition goes out, it has skipped this one.
    app.issue("pen-vs-pencil").freeze("pen-vs-pencil").await;
    app.catcher
        .wait_for(ARRIVED + READERS, LIMIT)
        .await
        .unwrap();
    until("the next edition is finished", || async {
        app.edition("pen-vs-pencil").await.state == EditionState::Finished
    })
    .await;
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.accepted, counts.held()),
        (ARRIVED as i64, 0),
        "{counts:?}"
    );

    stdout(&app.verdict(&["resume", SLUG]));
    until("the resumed edition is finished", || async {
        app.edition(SLUG).await.state == EditionState::Finished
    })
    .await;
    assert_eq!(app.counts(SLUG).await.accepted, READERS as i64);
    assert_eq!(
        app.catcher.len(),
        2 * READERS,
        "nobody got one of them twice"
    );
    assert_eq!(serve.end_by("TERM").await, Some(0));
}

async fn a_command_in_the_wrong_state_is_refused_with_the_reason(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    for order in ["pause", "cancel"] {
        let printed = refused(&app, &[order, SLUG]);
        assert!(
            printed.contains(&format!("`{SLUG}` is finished")),
            "{printed}"
        );
    }
    insta::assert_snapshot!(refused(&app, &["resume", SLUG]), @"error: `tea-vs-coffee` is finished: nothing is left to send");
    for order in [
        &["pause"][..],
        &["resume"],
        &["cancel"],
        &["settle"],
        &["resend", "--refused"],
    ] {
        let printed = refused(&app, &[order, &["tea-vs-cofee"]].concat());
        assert!(
            printed.contains("did you mean `tea-vs-coffee`?"),
            "{printed}"
        );
    }
    app.issue("pen-vs-pencil").freeze("pen-vs-pencil").await;
    let printed = refused(&app, &["resume", "pen-vs-pencil"]);
    insta::assert_snapshot!(printed, @"error: `pen-vs-pencil` is not paused: it is being sent");
}

/// A mark may have begun before the pause was committed, and be committed after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_that_did_not_see_the_pause_is_waited_for() {
    let app = TestApp::on(Db::Postgres).await;
    app.issue(SLUG).readers(READERS).await;
    let held = app.schema().hold_marks();
    let mut sender = start(&app, &["send", SLUG]);
    until("a mark is on its way", || async { app.schema().held() > 0 }).await;
    let mut pause = start(&app, &["pause", SLUG]);
    until("the edition is paused", || async {
        app.edition(SLUG).await.state == EditionState::Paused
    })
    .await;
    // It releases its lock now and then, and must request it again.
    for waits in [true, false, true] {
        until("the pause waits for the mark, over and over", || async {
            (app.schema().waiting_for("deliveries") > 0) == waits
        })
        .await;
    }
    drop(held);
    let (status, printed) = pause.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    let arrived = count(&printed, "accepted");
    assert!(arrived > 0, "{printed}");
    assert_eq!(sender.ended().await.0.code(), Some(1));
    assert_eq!(
        app.catcher.len(),
        arrived,
        "nothing went out after the pause"
    );
}

/// A sender that ends skips deliveries too, and a cancel passes over what it holds.
#[tokio::test]
async fn a_cancel_counts_what_another_process_is_skipping() {
    let app = TestApp::behaving(Db::Postgres, put_off(Behaviour::new().at(Step::Dot))).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    let held = app
        .schema()
        .run_and_stay("DO 'BEGIN PERFORM 1 FROM deliveries FOR UPDATE; END'");
    let mut cancel = start(&app, &["cancel", SLUG]);
    until("the edition is cancelled", || async {
        app.edition(SLUG).await.state == EditionState::Cancelled
    })
    .await;
    // Time for a cancel that does not wait to print its summary.
    tokio::time::sleep(Duration::from_secs(1)).await;
    drop(held);
    let (status, printed) = cancel.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert_eq!(count(&printed, "skipped"), 2, "{printed}");
}

/// Otherwise every mark would queue behind a `pause` that waits for its lock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_that_waits_for_the_ledger_delays_no_other_edition() {
    let _steady = steady();
    let app = TestApp::on(Db::Postgres).await;
    app.issue(SLUG)
        .issue("pen-vs-pencil")
        .readers(READERS)
        .await;
    app.freeze(SLUG).await;
    let held = app.schema().write_and_stay("deliveries");
    let mut pause = start(&app, &["pause", SLUG]);
    until("the edition is paused", || async {
        app.edition(SLUG).await.state == EditionState::Paused
    })
    .await;
    let (status, printed) = start(&app, &["send", "pen-vs-pencil"]).ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert_eq!(app.catcher.len(), READERS);
    let (status, printed) = pause.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is paused: no further mail of it goes out.
    tea-vs-coffee  paused (120 readers)
      edition    [sha256]
      queued     120
      No process is sending: after `verdict resume tea-vs-coffee`, run `verdict serve`, or `verdict send tea-vs-coffee`.
      Nothing of it goes out: `verdict resume tea-vs-coffee` continues, `verdict cancel tea-vs-coffee` ends it
    A mail of it may still go out: another transaction kept the ledger in use for 10 seconds. `verdict status tea-vs-coffee` shows the mails that went out; `verdict pause tea-vs-coffee` looks again.
    ");
    drop(held);
    let printed = stdout(&app.verdict(&["pause", SLUG]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is paused: no further mail of it goes out.
    tea-vs-coffee  paused (120 readers)
      edition    [sha256]
      queued     120
      No process is sending: after `verdict resume tea-vs-coffee`, run `verdict serve`, or `verdict send tea-vs-coffee`.
      Nothing of it goes out: `verdict resume tea-vs-coffee` continues, `verdict cancel tea-vs-coffee` ends it
    ");
}
