//! The editors' Monday through the front door: from `new` to the report.

use chrono::TimeDelta;
use serde_json::Value;
use verdict::catcher::{Behaviour, Gate, Step};
use verdict::clock::Clock;
use verdict::store::editions::EditionState;
use verdict::store::votes;

use crate::browser::driver::Browser;
use crate::child::{LIMIT, Running, at_gate, binary, until};
use crate::database::Db;
use crate::http;
use crate::preview;
use crate::serve::{serve, slot_an_hour_ago};
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(from_a_new_file_to_the_report);

const SLUG: &str = "fernwood-2-vs-larkspur";
const EDITOR: &str = "editor@example.net";
const READERS: usize = 30;
/// As `TestApp` configures it.
const CONNECTIONS: usize = 4;
/// How many mails arrive before the others wait at the gate.
const BEFORE: usize = 10;

/// What the editor writes for each `TODO` of the new file, from top to bottom.
const WRITTEN: [&str; 22] = [
    "Which of the two keeps your notes?",
    "Both keep notes. *Only one* asks for an account.",
    "Fernwood Works",
    "Notes",
    "Notes in plain files",
    "free",
    "https://fernwood.example.com/",
    "Fernwood writes each note into a file of its own.",
    "ship",
    "Files that I can search and keep.",
    "ship",
    "I deleted the program. The notes stayed.",
    "Larkspur Online",
    "Notes",
    "Notes in the browser",
    "freemium",
    "https://larkspur.example.net/",
    "Larkspur keeps notes on its servers, for a team.",
    "skip",
    "Export is a picture.",
    "ship",
    "Nobody had to install a thing.",
];

/// An instance that requires approval, with readers, at the time of the machine's clock.
async fn newsroom(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    let path = app.dir.path().join("verdict.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let strict = format!("[alerts]\nto = [\"{EDITOR}\"]\n[issues]\nrequire_approval = true\n");
    std::fs::write(&path, config + &strict).unwrap();
    app.clock.set(Clock::system().now());
    app.readers(READERS).await;
    app
}

fn text(app: &TestApp) -> String {
    let path = app.dir.path().join(format!("issues/{SLUG}.toml"));
    std::fs::read_to_string(path).unwrap()
}

fn edit(app: &TestApp, from: &str, to: &str) {
    let before = text(app);
    assert!(before.contains(from), "{from}");
    app.issue_file(SLUG, &before.replacen(from, to, 1));
}

/// Fills in the new file, all but one tagline. Two of the panel review each tool.
fn write(app: &TestApp) {
    let new = text(app);
    let lines: Vec<&str> = new.lines().collect();
    let mut kept = Vec::new();
    let mut skipping = false;
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("[[tools") {
            let mut next = lines[at..].iter();
            let reviewer = next.find(|line| line.starts_with("reviewer")).unwrap();
            let is_kept = reviewer.contains("builder") || reviewer.contains("skeptic");
            skipping = *line == "[[tools.reviews]]" && !is_kept;
        }
        if !skipping {
            kept.push(*line);
        }
    }
    let mut whole = kept.join("\n");
    for written in WRITTEN {
        assert!(whole.contains("TODO"), "{written}");
        whole = whole.replacen("TODO", written, 1);
    }
    assert!(!whole.contains("TODO"), "{whole}");
    let whole = whole.replace("# author = \"…\"", "author = \"Ada\"");
    app.issue_file(
        SLUG,
        &whole.replace("Notes in the browser", "TODO in the browser"),
    );
}

/// A command that must fail: what it says.
fn refused(app: &TestApp, args: &[&str]) -> String {
    let output = app.verdict(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
    stderr(&output)
}

fn json(app: &TestApp, args: &[&str]) -> Value {
    serde_json::from_slice(&app.verdict(args).stdout).unwrap()
}

/// What the editor got, decoded.
fn mails_to_the_editor(app: &TestApp) -> Vec<String> {
    let parser = mail_parser::MessageParser::default();
    let mails = app.catcher.for_recipient(EDITOR);
    let texts = mails.iter().map(|mail| {
        let mail = parser.parse(&mail.content).unwrap();
        let subject = mail.subject().unwrap_or_default();
        format!("{subject}\n{}", mail.body_text(0).unwrap())
    });
    texts.collect()
}

async fn from_a_new_file_to_the_report(db: Db) {
    let app = newsroom(db).await;
    write_it(&app);
    see_it(&app).await;
    have_it_approved(&app);
    be_reminded(&app).await;
    stdout(&app.verdict(&["approve", SLUG, "--as", "Grace"]));
    send_it(&app).await;
    read_the_report(&app).await;
}

fn write_it(app: &TestApp) {
    let made = stdout(&app.verdict(&["new", "Fernwood 2", "Larkspur"]));
    assert!(
        made.contains(&format!("issues/{SLUG}.toml, a draft for Thu ")),
        "{made}"
    );
    let findings = json(app, &["check", "--format", "json"]);
    let todo = text(app)
        .lines()
        .filter(|line| line.contains("TODO"))
        .count();
    assert_eq!(findings.as_array().unwrap().len(), todo);
    write(app);
    let checked = stdout(&app.verdict(&["check"]));
    assert!(
        checked.contains("warning[V001]: `TODO` is left in `tagline`"),
        "{checked}"
    );
    assert!(
        checked.ends_with("1 issue file checked: 1 warning\n"),
        "{checked}"
    );
}

async fn see_it(app: &TestApp) {
    let (_preview, site) = preview::start(app.dir.path(), &[SLUG]).await;
    let browser = Browser::start().await;
    browser
        .goto(&format!("{site}/issues/{SLUG}"))
        .await
        .unwrap();
    browser.shows("#live", "Live").await;
    browser
        .shows(".finding .message", "TODO is left in tagline")
        .await;
    browser
        .frame_shows(".phone iframe", "body", "TODO in the browser")
        .await;
    edit(app, "TODO in the browser", "Notes in the browser");
    browser.shows(".fine", "No problems found").await;
    browser
        .frame_shows(".phone iframe", "body", "Notes in the browser")
        .await;
    let whole = text(app);
    edit(app, "Only one", "Neither");
    edit(app, "price = ", "prise = ");
    browser
        .shows(".finding .message", "did you mean price?")
        .await;
    browser.shows(".note", "last version without any").await;
    browser
        .frame_shows(".phone iframe", "body", "Only one")
        .await;
    app.issue_file(SLUG, &whole);
    browser.shows(".fine", "No problems found").await;
    browser.quit().await;
}

fn have_it_approved(app: &TestApp) {
    edit(app, "status = \"draft\"", "status = \"ready\"");
    let why = refused(app, &["send", SLUG, "--yes"]);
    assert!(why.contains("it isn't approved"), "{why}");
    let why = refused(app, &["approve", SLUG, "--as", "ada"]);
    assert!(why.contains("Ada is the author"), "{why}");
    stdout(&app.verdict(&["approve", SLUG, "--as", "Grace"]));
    edit(app, "Only one", "Just one");
    let why = refused(app, &["send", SLUG, "--yes"]);
    assert!(
        why.contains("it has changed since Grace approved it"),
        "{why}"
    );
    let calendar = stdout(&app.verdict(&["calendar"]));
    assert!(
        calendar.contains("has changed since Grace approved it"),
        "{calendar}"
    );

    stdout(&app.verdict(&["send", SLUG, "--test", EDITOR]));
    let mails = mails_to_the_editor(app);
    assert!(
        mails[0].starts_with("[Test] Fernwood 2 vs Larkspur"),
        "{mails:?}"
    );
    assert!(mails[0].contains("Just one"), "{mails:?}");
    assert_eq!(app.catcher.len(), 1, "no reader got it");
}

/// `verdict serve` eleven hours before the slot.
async fn be_reminded(app: &TestApp) {
    let past = slot_an_hour_ago(app).await;
    let slot = Clock::system().now() + TimeDelta::hours(11);
    let cron = slot.format("%-M %-H %-d %-m *").to_string();
    assert_ne!(cron, past);
    let mut process = serving(app, &cron).await;
    app.catcher.wait_for(2, LIMIT).await.unwrap();
    assert_eq!(process.end_by("TERM").await, Some(0));
    let reminder = mails_to_the_editor(app).remove(1);
    assert!(
        reminder.contains("has changed since Grace approved it"),
        "{reminder}"
    );
}

async fn serving(app: &TestApp, cron: &str) -> Running {
    let schedule = [
        ("VERDICT_SCHEDULE_CRON", cron),
        ("VERDICT_SCHEDULE_TIME_ZONE", "UTC"),
    ];
    serve(app, &schedule).await.0
}

/// The slot comes due, and the edition is paused, corrected and resumed in the middle. Reader 1 is refused.
async fn send_it(app: &TestApp) {
    let cron = slot_an_hour_ago(app).await;
    let gate = Gate::new();
    let relay = Behaviour::new()
        .at(Step::Rcpt)
        .to("reader-1@example.com")
        .reply(550, "5.1.1 No such user")
        .at(Step::Dot)
        .after(BEFORE as u64)
        .pause(&gate);
    app.catcher.set(relay);
    let mut process = serving(app, &cron).await;
    at_gate(&gate, CONNECTIONS).await;
    let mut pause = Running::start(
        binary()
            .arg("--dir")
            .arg(app.dir.path())
            .args(["pause", SLUG]),
    );
    until("the edition is paused", || async {
        app.edition(SLUG).await.state == EditionState::Paused
    })
    .await;
    gate.release();
    let (status, printed) = pause.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    let status = json(app, &["status", SLUG, "--json"]);
    assert_eq!(status["state"], "paused");
    assert_eq!(status["deliveries"]["accepted"], BEFORE + CONNECTIONS);

    edit(app, "Just one", "Exactly one");
    let why = refused(app, &["revise", SLUG]);
    assert!(why.contains("it has changed since Grace"), "{why}");
    stdout(&app.verdict(&["approve", SLUG, "--as", "Grace"]));
    let revised = stdout(&app.verdict(&["revise", SLUG]));
    let rest = READERS - 1 - BEFORE - CONNECTIONS;
    assert!(
        revised.contains(&format!("The corrected text goes to {rest} readers.")),
        "{revised}"
    );
    stdout(&app.verdict(&["resume", SLUG]));
    until("the resumed edition is finished", || async {
        app.edition(SLUG).await.state == EditionState::Finished
    })
    .await;
    assert_eq!(process.end_by("TERM").await, Some(0));
    for number in 1..=READERS {
        let mails = app
            .catcher
            .for_recipient(&format!("reader-{number}@example.com"));
        assert_eq!(mails.len(), usize::from(number > 1), "reader {number}");
    }
    let of = |text: &str| {
        let mails = app.catcher.mails();
        let texts = mails
            .iter()
            .map(|mail| String::from_utf8_lossy(&mail.content).into_owned());
        let editions = texts.filter(|mail| mail.contains("List-Unsubscribe: "));
        editions.filter(|mail| mail.contains(text)).count()
    };
    assert_eq!(of("Exactly one"), rest);
    assert!(of("Just one") >= BEFORE + CONNECTIONS);
}

async fn read_the_report(app: &TestApp) {
    // The pages of the test have the same store, and a later clock.
    app.clock.set(Clock::system().now());
    let leave = app.unsubscribe_link("reader-2@example.com");
    assert_eq!(
        http::post(&leave, "List-Unsubscribe=One-Click")
            .await
            .status,
        200
    );
    let link = app.link("reader-3@example.com", "/v/");
    let (_, verdict) = link.rsplit_once('/').unwrap();
    assert_eq!(
        http::post(&link, &format!("verdict={verdict}"))
            .await
            .status,
        200
    );

    let report = json(app, &["report", SLUG, "--json"]);
    let status = json(app, &["status", SLUG, "--json"]);
    assert_eq!(report["deliveries"], status["deliveries"]);
    assert_eq!(report["state"], status["state"]);
    let counts = app.counts(SLUG).await;
    assert_eq!(report["readers"], counts.total());
    assert_eq!(report["deliveries"]["accepted"], counts.accepted);
    assert_eq!((counts.accepted, counts.refused), (READERS as i64 - 1, 1));
    let texts = report["texts"].as_array().unwrap();
    let texts: Vec<_> = texts.iter().map(|text| &text["readers"]).collect();
    assert_eq!(
        texts,
        [BEFORE + CONNECTIONS, READERS - 1 - BEFORE - CONNECTIONS]
    );
    assert_eq!(report["refused"][0]["reason"], "550 5.1.1");
    assert_eq!(report["refused"][0]["count"], counts.refused);
    assert_eq!(report["unsubscribed"]["count"], 1);
    let tallies = votes::tally(&app.store, SLUG).await.unwrap();
    for tool in report["votes"].as_array().unwrap() {
        let tally = tallies
            .get(tool["tool"].as_str().unwrap())
            .copied()
            .unwrap_or_default();
        assert_eq!(
            (&tool["ship"], &tool["skip"]),
            (&tally.ship.into(), &tally.skip.into())
        );
    }
    let cast: u64 = tallies.values().map(|tally| tally.ship + tally.skip).sum();
    assert_eq!(cast, 1);
    let printed = stdout(&app.verdict(&["report", SLUG]));
    assert!(
        printed.contains("Finished, but not everyone got it: 1 refused (of 30 readers)"),
        "{printed}"
    );
}
