//! `send`, `render`, `status` and `why`, over real SMTP.

use mail_parser::MessageParser;
use serde_json::{Value, json};
use verdict::catcher::{Behaviour, Step};

use super::steady;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    a_send_ends_with_the_ledgers_summary_and_can_be_run_again,
    status_is_data_of_a_fixed_shape,
    why_shows_what_happened_to_one_address,
    a_rendered_mail_is_the_one_that_is_sent
);

const SLUG: &str = "tea-vs-coffee";

async fn a_send_ends_with_the_ledgers_summary_and_can_be_run_again(db: Db) {
    let _steady = steady();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(7).await;
    let printed = stdout(&app.verdict(&["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    Frozen `tea-vs-coffee` and enrolled 7 readers.
    tea-vs-coffee  finished (7 readers)
      edition    [sha256]
      accepted   7
    ");
    let printed = stdout(&app.verdict(&["send", SLUG]));
    insta::assert_snapshot!(printed, @"
    `tea-vs-coffee` is already frozen; continuing.
    tea-vs-coffee  finished (7 readers)
      edition    [sha256]
      accepted   7
    ");
    assert_eq!(app.catcher.len(), 7);
}

async fn status_is_data_of_a_fixed_shape(db: Db) {
    let _steady = steady();
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Dot)
        .to(email)
        .accept_then_hang_up();
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    app.verdict(&["send", SLUG]);
    let status: Value =
        serde_json::from_str(&stdout(&app.verdict(&["status", SLUG, "--json"]))).unwrap();
    let edition = status["edition"].as_str().unwrap();
    assert!(edition.len() == 64 && edition.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(
        status,
        json!({
            "slug": SLUG, "edition": edition, "state": "finished",
            "deliveries": {"queued": 0, "claimed": 0, "in_flight": 0, "accepted": 2,
                "deferred": 0, "refused": 0, "unknown": 1, "skipped": 0},
            "in_doubt": [email], "sender_alive": false,
        })
    );
    let printed = stdout(&app.verdict(&["status", SLUG]));
    insta::assert_snapshot!(printed, @"
    tea-vs-coffee  finished (3 readers)
      edition    [sha256]
      accepted   2
      unknown    1
      In doubt, because no reply came: reader-2@example.com (see `verdict settle tea-vs-coffee`)
    ");
    let all: Value = serde_json::from_str(&stdout(&app.verdict(&["status", "--json"]))).unwrap();
    assert_eq!(all, json!([status]));
}

async fn why_shows_what_happened_to_one_address(db: Db) {
    let _steady = steady();
    let email = "reader-1@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(email)
        .reply(550, "5.1.1 Gone");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(1).await;
    app.verdict(&["send", SLUG]);
    let printed = stdout(&app.verdict(&["why", email]));
    insta::assert_snapshot!(printed, @"
    reader-1@example.com  bounced
      [time]  confirmed by import
      [time]  bounced by bounce, from tea-vs-coffee: 550 5.1.1 Gone
    tea-vs-coffee  refused  [time]  550 5.1.1 Gone
    ");
}

async fn a_rendered_mail_is_the_one_that_is_sent(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some("Ada"))
        .await;
    let before = app
        .verdict(&["render", SLUG, "--to", "ada@example.com"])
        .stdout;
    let parsed = MessageParser::default().parse(&before).unwrap();
    assert!(parsed.body_text(0).unwrap().contains("Hi Ada,"));
    assert!(parsed.body_html(0).unwrap().contains("Hi Ada,"));
    app.send(SLUG).await;
    let after = app
        .verdict(&["render", SLUG, "--to", "ada@example.com"])
        .stdout;
    assert_eq!(after, app.catcher.mails()[0].content, "byte for byte");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_that_is_not_ready_is_not_sent() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(1).await;
    let sample = crate::test_app::sample_issue("a-draft");
    app.issue_file("a-draft", &sample.replace("ready", "draft"));
    app.issue_file("a-wrong-one", &sample.replace("reviewer", "revewer"));
    for (slug, printed) in [
        ("a-draft", "is a draft"),
        ("a-wrong-one", "did you mean `reviewer`?"),
        ("tea-vs-cofee", "did you mean `tea-vs-coffee`?"),
        ("../secret", "is not the name of an issue"),
    ] {
        let output = app.verdict(&["send", slug]);
        assert_eq!(output.status.code(), Some(2), "{slug}");
        assert!(stderr(&output).contains(printed), "{}", stderr(&output));
    }
    assert!(app.catcher.is_empty());
}
