//! Whether any process sends, as `status`, `pause` and `resume` report it.

use serde_json::Value;
use verdict::catcher::{Gate, Step};
use verdict::store::nodes;

use super::{start, steady};
use crate::child::{Running, at_gate, until};
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    status_shows_whether_a_process_sends,
    resume_names_the_command_to_run_if_nothing_sends,
    a_serve_that_sends_counts_while_it_has_nothing_to_send
);

const SLUG: &str = "tea-vs-coffee";
const NOBODY: &str = "No process is sending: run `verdict serve`, or `verdict send tea-vs-coffee`.";

/// The output of `status`, and `sender_alive` in its JSON.
fn status(app: &TestApp) -> (String, Value) {
    let printed = stdout(&app.verdict(&["status", SLUG]));
    let json = stdout(&app.verdict(&["status", SLUG, "--json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    (printed, json["sender_alive"].clone())
}

/// A process with mails on the wire.
async fn sending(app: &TestApp) -> (Running, Gate) {
    let gate = app.catcher.pause_at(Step::Dot);
    let sender = start(app, &["send", SLUG]);
    at_gate(&gate, 1).await;
    (sender, gate)
}

async fn status_shows_whether_a_process_sends(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(40).await;
    app.freeze(SLUG).await;
    let (printed, alive) = status(&app);
    insta::assert_snapshot!(printed, @"
    tea-vs-coffee  sending (40 readers)
      edition    [sha256]
      queued     40
      No process is sending: run `verdict serve`, or `verdict send tea-vs-coffee`.
    ");
    assert_eq!(alive, false);

    let (mut sender, _gate) = sending(&app).await;
    let (printed, alive) = status(&app);
    assert!(
        printed.contains("A sender is running.") && !printed.contains(NOBODY),
        "{printed}"
    );
    assert_eq!(alive, true);

    sender.signal("KILL");
    sender.ended().await;
    app.forget_leases();
    let (printed, alive) = status(&app);
    assert!(printed.contains(NOBODY), "{printed}");
    assert_eq!(alive, false);
}

async fn resume_names_the_command_to_run_if_nothing_sends(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    app.freeze(SLUG).await;
    let printed = stdout(&app.verdict(&["pause", SLUG]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is paused: no further mail of it goes out.
    tea-vs-coffee  paused (2 readers)
      edition    [sha256]
      queued     2
      No process is sending: after `verdict resume tea-vs-coffee`, run `verdict serve`, or `verdict send tea-vs-coffee`.
      Nothing of it goes out: `verdict resume tea-vs-coffee` continues, `verdict cancel tea-vs-coffee` ends it
    ");
    let printed = stdout(&app.verdict(&["resume", SLUG]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is resumed.
    tea-vs-coffee  sending (2 readers)
      edition    [sha256]
      queued     2
      No process is sending: run `verdict serve`, or `verdict send tea-vs-coffee`.
    ");
    stdout(&app.verdict(&["send", SLUG]));
    let (printed, alive) = status(&app);
    insta::assert_snapshot!(printed, @"
    tea-vs-coffee  finished (2 readers)
      edition    [sha256]
      accepted   2
    ");
    assert_eq!(alive, false);
}

async fn a_serve_that_sends_counts_while_it_has_nothing_to_send(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    app.freeze(SLUG).await;
    stdout(&app.verdict(&["pause", SLUG]));
    for (part, counts) in [("send", true), ("schedule", false)] {
        let mut serve = start(&app, &["serve", "--only", part]);
        until("it is registered", || async {
            !nodes::live(&app.store).await.unwrap().is_empty()
        })
        .await;
        let (printed, alive) = status(&app);
        assert_eq!(
            printed.contains("A sender is running."),
            counts,
            "{part}: {printed}"
        );
        assert_eq!(alive, counts, "{part}");
        assert_eq!(serve.end_by("TERM").await, Some(0));
        let (printed, alive) = status(&app);
        insta::assert_snapshot!(printed, @"
        tea-vs-coffee  paused (2 readers)
          edition    [sha256]
          queued     2
          No process is sending: after `verdict resume tea-vs-coffee`, run `verdict serve`, or `verdict send tea-vs-coffee`.
          Nothing of it goes out: `verdict resume tea-vs-coffee` continues, `verdict cancel tea-vs-coffee` ends it
        ");
        assert_eq!(alive, false);
    }
    assert!(app.catcher.is_empty());
}
