//! Approval: with `require_approval`, an issue goes out only as someone other than its author has approved it. And
//! what the editors hear some time before a slot.

use chrono::TimeDelta;
use verdict::app::App;
use verdict::catcher::Behaviour;
use verdict::edition::{self, Decided, EditionError, approval};
use verdict::purge::purge;
use verdict::schedule::Slot;
use verdict::store::editions;

use crate::database::Db;
use crate::test_app::{TestApp, on_both_stores, sample_issue, stderr, stdout};

on_both_stores!(
    only_what_someone_else_approved_is_sent,
    a_change_makes_an_approval_void_and_another_date_does_not,
    an_approval_may_stand_in_the_file,
    a_slot_leaves_out_what_is_not_approved_and_says_so,
    the_editors_hear_before_a_slot_what_it_lacks,
    of_two_nodes_one_reminds,
    slots_of_minutes_get_an_alert_and_no_reminder,
    reminders_of_old_slots_are_forgotten,
    the_command_approves_or_prints_the_line
);

const SLUG: &str = "tea-vs-coffee";

/// An instance that requires approval, with a reader and the issue of [`SLUG`] by Ada.
async fn strict(db: Db) -> TestApp {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.issues.require_approval = true;
        config.alerts.to = vec!["editor@example.net".parse().unwrap()];
    })
    .await;
    app.issue_file(SLUG, &by_ada(SLUG)).readers(1).await;
    app
}

fn by_ada(slug: &str) -> String {
    format!("author = \"Ada\"\n{}", sample_issue(slug))
}

async fn approve(app: &App, slug: &str, by: &str) {
    let approval = approval::approve(app, slug, by).await.unwrap();
    approval::record(app, &approval).await.unwrap();
}

/// Why an issue cannot be frozen.
async fn refusal(app: &App, slug: &str) -> String {
    let refused = edition::open(app, slug).await.unwrap_err();
    assert!(
        matches!(refused, EditionError::Unapproved { .. }),
        "{refused}"
    );
    assert!(editions::find(&app.store, slug).await.unwrap().is_none());
    refused.to_string()
}

async fn next(app: &App) -> Slot {
    edition::next_slot(app).await.unwrap().unwrap()
}

/// The alerts so far.
async fn alerts(app: &TestApp) -> Vec<String> {
    app.deliver_outbox().await;
    let mails = app.catcher.for_recipient("editor@example.net");
    let parser = mail_parser::MessageParser::default();
    let text = |content: &[u8]| {
        let mail = parser.parse(content).unwrap();
        mail.body_text(0).unwrap().replace("\r\n", " ")
    };
    mails.iter().map(|mail| text(&mail.content)).collect()
}

async fn only_what_someone_else_approved_is_sent(db: Db) {
    let app = strict(db).await;
    insta::assert_snapshot!(refusal(&app, SLUG).await, @"the issue `tea-vs-coffee` is not sent: it isn't approved (`verdict approve tea-vs-coffee --as NAME` approves it)");
    let own = approval::approve(&app, SLUG, " aDA ").await.unwrap_err();
    insta::assert_snapshot!(own, @"Ada is the author of `tea-vs-coffee`: someone else has to approve it");
    approve(&app, SLUG, "Grace").await;
    app.freeze(SLUG).await;
    let late = approval::approve(&app, SLUG, "Mary").await.unwrap_err();
    insta::assert_snapshot!(late, @"`tea-vs-coffee` is frozen already: to approve a correction, run `verdict pause tea-vs-coffee` first");
    app.send(SLUG).await;
    assert_eq!(app.catcher.len(), 1);

    app.issue("bat-vs-cat");
    insta::assert_snapshot!(refusal(&app, "bat-vs-cat").await, @"the issue `bat-vs-cat` is not sent: it names no `author`, so it can't be approved");
    let unnamed = approval::approve(&app, "bat-vs-cat", "Grace").await;
    assert!(matches!(unnamed, Err(EditionError::NoAuthor { .. })));
}

async fn a_change_makes_an_approval_void_and_another_date_does_not(db: Db) {
    let app = strict(db).await;
    approve(&app, SLUG, "Grace").await;
    for (from, to) in [
        ("An intro.", "Another intro."),
        ("= \"free\"", "= \"paid\""),
        ("\"ship\"", "\"skip\""),
        ("coffee\"\n", "coffee2\"\n"),
        ("status", "subject = \"New\"\nstatus"),
        ("status", "pick = \"tie\"\nstatus"),
        ("\"Ada\"", "\"Grace\""),
    ] {
        let changed = by_ada(SLUG).replace(from, to);
        assert_ne!(changed, by_ada(SLUG), "{from}");
        app.issue_file(SLUG, &changed);
        refusal(&app, SLUG).await;
    }
    app.issue_file(SLUG, &by_ada(SLUG).replace("An intro.", "Another intro."));
    insta::assert_snapshot!(refusal(&app, SLUG).await, @"the issue `tea-vs-coffee` is not sent: it has changed since Grace approved it (`verdict approve tea-vs-coffee --as NAME` approves it)");

    // The text that was approved, in other words of TOML, and on another day.
    let moved = by_ada(SLUG).replace("\"An intro.\"", "\"\"\"\nAn intro.\"\"\"");
    app.issue_file(SLUG, &format!("# Later.\nsend_on = 2026-12-03\n{moved}"));
    edition::open(&app, SLUG).await.unwrap();
}

async fn an_approval_may_stand_in_the_file(db: Db) {
    let app = strict(db).await;
    let approval = approval::approve(&app, SLUG, "Grace").await.unwrap();
    // A release that changes this makes every approval void.
    insta::assert_snapshot!(approval.content, @"a431ed3cf764b60440c329bbea252762a8fd2d01c8edc898699806d3fa51265e");
    let line = |by: &str| {
        format!(
            "approval = {{ by = \"{by}\", content = \"{}\" }}\n",
            approval.content
        )
    };
    app.issue_file(SLUG, &(line("ada") + &by_ada(SLUG)));
    let own = refusal(&app, SLUG).await;
    assert!(
        own.contains("only its author, ada, has approved it"),
        "{own}"
    );
    app.issue_file(
        SLUG,
        &(line("Grace") + &by_ada(SLUG).replace("An intro", "No intro")),
    );
    let changed = refusal(&app, SLUG).await;
    assert!(
        changed.contains("it has changed since Grace approved it"),
        "{changed}"
    );
    app.issue_file(SLUG, &(line("Grace") + &by_ada(SLUG)));
    edition::open(&app, SLUG).await.unwrap();
}

async fn a_slot_leaves_out_what_is_not_approved_and_says_so(db: Db) {
    let app = strict(db).await;
    let first = format!("added = 2026-11-01\n{}", by_ada(SLUG));
    app.issue_file(SLUG, &first);
    app.issue_file("bat-vs-cat", &by_ada("bat-vs-cat"));
    approve(&app, "bat-vs-cat", "Grace").await;
    let slot = next(&app).await;
    app.clock.set(slot.at);
    match edition::decide(&app, &slot).await.unwrap() {
        Decided::Sent(opened) => assert_eq!(opened.edition.slug, "bat-vs-cat"),
        other => panic!("{other:?}"),
    }
    let told = alerts(&app).await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("tea-vs-coffee was next for the slot of"),
        "{}",
        told[0]
    );

    let slot = next(&app).await;
    app.clock.set(slot.at);
    let decided = edition::decide(&app, &slot).await.unwrap();
    assert!(matches!(decided, Decided::Empty), "{decided:?}");
    assert_eq!(
        alerts(&app).await.len(),
        3,
        "it is not approved, and nothing is sent"
    );
}

async fn the_editors_hear_before_a_slot_what_it_lacks(db: Db) {
    let app = strict(db).await;
    let slot = next(&app).await;
    let mut looked = None;
    let mut look_at = async |hours: i64| {
        app.clock.set(slot.at - TimeDelta::hours(hours));
        edition::remind(&app, &slot, app.clock.now(), &mut looked)
            .await
            .unwrap();
        edition::remind(&app, &slot, app.clock.now(), &mut None)
            .await
            .unwrap();
        alerts(&app).await
    };
    assert_eq!(look_at(49).await.len(), 0);
    let told = look_at(47).await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("tea-vs-coffee isn’t approved."),
        "{}",
        told[0]
    );
    assert_eq!(look_at(13).await.len(), 1);
    app.issue_file(
        "cat-vs-dog",
        &sample_issue("cat-vs-dog").replace("intro", "inntro"),
    );
    let told = look_at(12).await;
    assert_eq!(told.len(), 2);
    assert!(told[1].contains("cat-vs-dog has errors."), "{}", told[1]);

    app.clock.set(slot.at);
    edition::decide(&app, &slot).await.unwrap();
    let before = alerts(&app).await.len();
    std::fs::remove_file(app.dir.path().join("issues/cat-vs-dog.toml")).unwrap();
    approve(&app, SLUG, "Grace").await;
    let slot = next(&app).await;
    app.clock.set(slot.at - TimeDelta::hours(11));
    edition::remind(&app, &slot, app.clock.now(), &mut None)
        .await
        .unwrap();
    assert_eq!(alerts(&app).await.len(), before, "nothing is missing");
}

async fn of_two_nodes_one_reminds(db: Db) {
    let app = strict(db).await;
    let slot = next(&app).await;
    app.clock.set(slot.at - TimeDelta::hours(40));
    let config = (*app.config).clone();
    let other = App::with_config(app.dir.path(), config, app.clock.clone());
    let other = other.await.unwrap();
    let (mut here, mut there) = (None, None);
    let (here, there) = tokio::join!(
        edition::remind(&app, &slot, app.clock.now(), &mut here),
        edition::remind(&other, &slot, other.clock.now(), &mut there)
    );
    here.unwrap();
    there.unwrap();
    assert_eq!(alerts(&app).await.len(), 1);
    other.store.close().await;
}

async fn slots_of_minutes_get_an_alert_and_no_reminder(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.schedule.cron = "*/5 * * * *".parse().unwrap();
        config.alerts.to = vec!["editor@example.net".parse().unwrap()];
    })
    .await;
    std::fs::create_dir(app.dir.path().join("issues")).unwrap();
    for count in 1..=2 {
        let slot = next(&app).await;
        app.clock.set(slot.at - TimeDelta::minutes(4));
        edition::remind(&app, &slot, app.clock.now(), &mut None)
            .await
            .unwrap();
        app.clock.set(slot.at);
        let decided = edition::decide(&app, &slot).await.unwrap();
        assert!(matches!(decided, Decided::Empty), "{decided:?}");
        assert_eq!(alerts(&app).await.len(), count);
    }
}

async fn reminders_of_old_slots_are_forgotten(db: Db) {
    let app = strict(db).await;
    let slot = next(&app).await;
    app.clock.set(slot.at - TimeDelta::hours(12));
    let remind = async || {
        edition::remind(&app, &slot, slot.at - TimeDelta::hours(12), &mut None)
            .await
            .unwrap();
        alerts(&app).await.len()
    };
    assert_eq!(remind().await, 1);
    app.clock.set(slot.at + TimeDelta::days(29));
    purge(&app).await.unwrap();
    assert_eq!(remind().await, 1, "a clock that was set back");
    app.clock.set(slot.at + TimeDelta::days(31));
    purge(&app).await.unwrap();
    assert_eq!(remind().await, 2, "nothing is left of it");
}

async fn the_command_approves_or_prints_the_line(db: Db) {
    let app = strict(db).await;
    let done = app.verdict(&["approve", SLUG, "--as", "Grace", "--print"]);
    let line = stdout(&done);
    assert!(
        line.starts_with("approval = { by = \"Grace\", content = \""),
        "{line}"
    );
    app.issue_file(SLUG, &(line + &by_ada(SLUG)));
    edition::open(&app, SLUG).await.unwrap();

    app.issue_file("bat-vs-cat", &by_ada("bat-vs-cat"));
    let own = app.verdict(&["approve", "bat-vs-cat", "--as", "Ada"]);
    assert_eq!(own.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&own), @"error: Ada is the author of `bat-vs-cat`: someone else has to approve it");
    for name in ["", " ", "a\nb", &"x".repeat(61)] {
        let refused = app.verdict(&["approve", "bat-vs-cat", "--as", name]);
        assert_eq!(refused.status.code(), Some(2), "{name:?}");
    }
    insta::assert_snapshot!(stdout(&app.verdict(&["approve", "bat-vs-cat", "--as", "Grace"])), @r"
    Approved `bat-vs-cat` as Grace.
    Nothing depends on it: `require_approval` in `[issues]` is false.
    ");
    edition::open(&app, "bat-vs-cat").await.unwrap();
}
