//! Dates of issues beside the schedule and what was sent.

use chrono::NaiveDate;
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::edition::{self, Calendar, Decided};
use verdict::issue;

use super::GOOD;
use crate::child::binary;
use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    dates_that_no_slot_takes_are_found,
    a_slot_that_was_decided_has_passed,
);

fn dated(date: &str) -> String {
    format!("send_on = {date}\n{GOOD}")
}

/// The issues with a finding, each with its code, label and help.
async fn found(app: &TestApp) -> Vec<String> {
    let mut folder = issue::load_folder(&app.issues_dir(), &app.rules()).unwrap();
    let calendar = Calendar::read(&app.config, app.dir.path(), &app.clock)
        .await
        .unwrap();
    calendar.check(&mut folder);
    let findings = folder.findings.iter().map(|one| {
        let slug = one.path.rsplit('/').next().unwrap();
        let label = one.label.as_deref().unwrap_or_default();
        format!("{slug} {}: {}: {label}", one.code, one.message)
    });
    findings.collect()
}

async fn dates_that_no_slot_takes_are_found(db: Db) {
    let app = TestApp::on(db).await;
    app.reader("ada@example.com").await;
    app.issue_file("sent", &dated("2026-11-12"));
    app.send("sent").await;
    app.issue_file("past", &dated("2026-11-13"))
        .issue_file(
            "draft",
            &dated("2026-11-20").replace("\"ready\"", "\"draft\""),
        )
        .issue_file("sample", &format!("sample = true\n{}", dated("2026-11-12")))
        .issue_file("thursday", &dated("2026-11-26"))
        .issue_file("friday", &dated("2026-11-27"))
        .issue_file("tuesday", &dated("2026-12-08"))
        .issue_file(
            "allowed",
            &format!("allow = [\"V003: soon\"]\n{}", dated("2026-12-15")),
        )
        .issue_file(
            "idle",
            &format!("allow = [\"V002: soon\"]\n{}", dated("2026-12-17")),
        )
        .issue_file("undated", GOOD);
    insta::assert_snapshot!(found(&app).await.join("\n"), @"
    draft.toml V002: Friday 2026-11-20 is in the past, and this issue is not sent: no sending time will take it
    friday.toml V005: another issue takes the sending time of Friday 2026-11-27: no sending time is left for this one
    idle.toml V020: there is no V002 (past-date) to allow: remove it
    past.toml V002: Friday 2026-11-13 is in the past, and this issue is not sent: no sending time will take it
    tuesday.toml V003: no sending time falls on Tuesday 2026-12-08: it goes out on Thursday 2026-12-03
    ");
}

async fn a_slot_that_was_decided_has_passed(db: Db) {
    let app = TestApp::on(db).await;
    let slot = edition::next_slot(&app).await.unwrap().unwrap();
    assert_eq!(
        slot.wall.date(),
        NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
    );
    app.issue_file("a-vs-b", &dated("2026-11-26"));
    assert_eq!(found(&app).await, [""; 0]);
    app.clock.set(slot.at);
    // Nobody would get it, so it waits for a slot that never comes.
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(decided, Decided::Empty), "{decided:?}");
    insta::assert_snapshot!(found(&app).await.join("\n"), @"a-vs-b.toml V002: the sending time for Thursday 2026-11-26 has passed: no sending time will take it");
}

#[tokio::test]
async fn without_a_database_no_issue_is_sent_and_none_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = binary();
        command.args(args).current_dir(dir.path());
        command
    };
    run(&["init", "."]).output().unwrap();
    std::fs::write(dir.path().join("issues/a-vs-b.toml"), dated("2026-11-03")).unwrap();
    let output = run(&["check"]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("warning[V002]"), "{printed}");
    assert!(!dir.path().join("subscribers").exists());

    let output = run(&["check"])
        .env(
            "VERDICT_STORE_URL",
            "postgres://127.0.0.1:1/none?sslmode=disable",
        )
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stderr).unwrap();
    assert!(
        printed.contains("warning: dates are not checked: cannot open the store"),
        "{printed}"
    );
    assert_eq!(output.status.code(), Some(0));

    // The same through the library, at a time when the date has not come.
    let config = Config::load(dir.path(), |_| None).unwrap();
    let clock = Clock::fixed("2026-11-01T08:00:00Z".parse().unwrap());
    let calendar = Calendar::read(&config, dir.path(), &clock).await.unwrap();
    let mut folder =
        issue::load_folder(&dir.path().join("issues"), &issue::Rules::default()).unwrap();
    calendar.check(&mut folder);
    assert_eq!(folder.findings.to_string(), "");
}
