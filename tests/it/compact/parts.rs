//! What comes between two parts: a kill, another process, a send.

use verdict::delivery::RunResult;
use verdict::store::deliveries::{self, State};

use super::{email, ended_days_ago, id};
use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::in_parts::all_ended;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    a_kill_between_two_parts_loses_nothing,
    two_processes_and_a_send_do_not_disturb_each_other
);

const SLUG: &str = "tea-vs-coffee";
/// So many that nobody compacts them at once.
const MANY: usize = 8_000;

/// An old edition that went to many readers.
async fn large(app: &TestApp) {
    app.readers(MANY).await;
    all_ended(app, SLUG, State::Accepted).await;
    ended_days_ago(app, SLUG, 40);
}

fn compact(app: &TestApp) -> Running {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path());
    Running::start(command.args(["compact", SLUG]))
}

async fn in_blocks(app: &TestApp) -> i64 {
    let edition = app.edition(SLUG).await.id;
    let found = deliveries::compacted(&app.store, edition).await;
    found.unwrap().deliveries
}

/// Every reader has one delivery, which was accepted.
async fn look(app: &TestApp) {
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.accepted, counts.total()),
        (MANY as i64, MANY as i64)
    );
    let first = id(app, &email(1)).await;
    for reader in (first..).step_by(97).take(MANY / 97) {
        let history = deliveries::history(&app.store, reader).await.unwrap();
        let states: Vec<_> = history.iter().map(|entry| entry.state).collect();
        assert_eq!(states, [State::Accepted], "reader {reader}");
    }
    app.check_store().unwrap();
}

async fn a_kill_between_two_parts_loses_nothing(db: Db) {
    let app = TestApp::on(db).await;
    large(&app).await;
    let mut process = compact(&app);
    until("it has begun", || async { in_blocks(&app).await > 0 }).await;
    let held = app.hold_ledger().await;
    process.signal("KILL");
    process.ended().await;
    drop(held);
    let moved = in_blocks(&app).await;
    assert!(moved < MANY as i64, "the kill came too late");
    look(&app).await;
    assert!(app.edition(SLUG).await.compacted_at.is_some());
    let output = app.verdict(&["send", SLUG]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");

    let printed = stdout(&app.verdict(&["compact", SLUG]));
    let whole = format!("`{SLUG}` is compacted: {MANY} accepted in ");
    assert!(printed.starts_with(&whole), "{printed}");
    assert_eq!(in_blocks(&app).await, MANY as i64);
    look(&app).await;
}

async fn two_processes_and_a_send_do_not_disturb_each_other(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    app.issue("meanwhile").freeze("meanwhile").await;
    large(&app).await;
    let readers = app.counts(SLUG).await.accepted;
    let mut processes = [compact(&app), compact(&app)];
    until("they have begun", || async { in_blocks(&app).await > 0 }).await;
    assert_eq!(app.send("meanwhile").await, RunResult::Finished);
    for process in &mut processes {
        let (status, printed) = process.ended().await;
        assert!(status.success(), "{printed}");
        let whole = format!("compacted: {readers} accepted in ");
        assert!(printed.contains(&whole), "{printed}");
    }
    assert_eq!(in_blocks(&app).await, readers);
    assert_eq!(app.counts("meanwhile").await.accepted, 1);
}
