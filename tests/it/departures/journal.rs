//! The journal of departures: whole lines whatever fails, and only with its own key and owner.

use std::fs;

use subscribers::consent::Consent;
use verdict::app::Replayed;
use verdict::catcher::{Behaviour, Gate, Step};
use verdict::delivery::RunResult;

use super::restore::{CARL, MISSING_ONE, entries, journal_of, one_click, reopened, restore, send};
use super::{ADA, BEN, mails, with_readers};
use crate::backup::back_up;
use crate::child::{Running, at_gate, binary, until};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, run, stderr, stdout};

on_both_stores!(
    a_departure_that_the_journal_cannot_take_is_not_answered,
    a_departure_that_the_store_cannot_take_is_made_good,
    a_departure_lost_from_the_journal_in_a_crash_is_written_on_repetition,
    a_dead_mailbox_stops_no_sending_if_the_journal_fails,
    processes_append_whole_lines_at_the_same_time,
    half_a_line_is_cut_off_and_a_damaged_one_is_named
);

async fn a_departure_that_the_journal_cannot_take_is_not_answered(db: Db) {
    let app = with_readers(db).await;
    fs::create_dir(journal_of(&app)).unwrap();
    assert_eq!(one_click(&app, ADA).await, 503);
    assert_eq!(
        app.consent(ADA).await,
        Consent::Unsubscribed,
        "the store has it"
    );
    assert_eq!(
        one_click(&app, ADA).await,
        503,
        "missing from one of the two"
    );
    let page = http::post(&app.unsubscribe_link(BEN), "").await;
    assert_eq!(page.status, 503);
    fs::remove_dir(journal_of(&app)).unwrap();
    assert_eq!(one_click(&app, ADA).await, 200);
    let written = entries(&app);
    let left = written
        .iter()
        .filter(|line| line.contains(" unsubscribed 1 "))
        .count();
    assert!(left > 0, "{written:?}");
    assert!(
        written.iter().any(|line| line.contains(" unsubscribed 2 ")),
        "{written:?}"
    );
    // A repeated request is not written again.
    for _ in 0..3 {
        assert_eq!(one_click(&app, ADA).await, 200);
    }
    assert_eq!(entries(&app), written);
}

async fn a_departure_that_the_store_cannot_take_is_made_good(db: Db) {
    let app = with_readers(db).await;
    app.by_hand("ALTER TABLE consent_changes RENAME TO lost");
    assert_eq!(one_click(&app, ADA).await, 500);
    app.by_hand("ALTER TABLE lost RENAME TO consent_changes");
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    let printed = send(&app, "second");
    assert!(printed.contains(MISSING_ONE), "{printed}");
    assert_eq!((mails(&app, ADA), mails(&app, BEN)), (1, 2));
    assert_eq!(one_click(&app, ADA).await, 200);
}

#[test]
fn a_replay_waits_for_a_departure_that_is_not_committed_yet() {
    run(async {
        let app = with_readers(Db::Postgres).await;
        let held = app.schema().hold("consent_changes");
        let leaving = one_click(&app, ADA);
        let replaying = async {
            let leaving = || async { app.schema().waiting_for("consent_changes") == 1 };
            until("the departure waits", leaving).await;
            let journaled = || async { journal_of(&app).exists() && entries(&app).len() == 1 };
            until("the journal has it", journaled).await;
            let commits = async {
                let waiting = || async { app.schema().waiting_for_rows("subscribers") == 1 };
                until("the replay waits", waiting).await;
                held.commit();
            };
            tokio::join!(app.replay(), commits).0.unwrap()
        };
        let (answer, replayed) = tokio::join!(leaving, replaying);
        assert_eq!((answer, replayed), (200, Replayed::default()));
        let changes = "SELECT COUNT(*) FROM consent_changes WHERE consent = 'unsubscribed'";
        assert_eq!(app.schema().number(changes), 1);
    });
}

async fn a_departure_lost_from_the_journal_in_a_crash_is_written_on_repetition(db: Db) {
    let app = with_readers(db).await;
    one_click(&app, ADA).await;
    let written = entries(&app);
    fs::remove_file(journal_of(&app)).unwrap();
    let reopened = reopened(&app).await;
    let id = find_subscriber(&reopened.store, ADA).await.unwrap().id;
    let way = subscribers::consent::ConsentSource::OneClick;
    verdict::readers::unsubscribe(&reopened, id, None, way, None)
        .await
        .unwrap();
    assert_eq!(entries(&app), written, "with the time of the first");
}

async fn a_dead_mailbox_stops_no_sending_if_the_journal_fails(db: Db) {
    let gate = Gate::new();
    let behaviour = Behaviour::new()
        .at(Step::Mail)
        .nth(1)
        .pause(&gate)
        .at(Step::Rcpt)
        .to(ADA)
        .reply(550, "5.1.1 No such user");
    let app = TestApp::tuned(db, behaviour, |config| config.smtp.connections = 1).await;
    app.reader(ADA).await.reader(BEN).await.issue("first");
    let ended = {
        let sending = app.send("first");
        let breaking = async {
            at_gate(&gate, 1).await;
            // It was read before anything was mailed, and breaks after that.
            fs::create_dir(journal_of(&app)).unwrap();
            gate.release();
        };
        tokio::join!(sending, breaking).0
    };
    assert_eq!(ended, RunResult::Finished);
    assert_eq!(
        (mails(&app, BEN), app.consent(ADA).await),
        (1, Consent::Bounced)
    );
    fs::remove_dir(journal_of(&app)).unwrap();
    assert_eq!(one_click(&app, BEN).await, 200);
    let written = entries(&app);
    assert!(
        written[0].contains(" bounced 1 ") && written.len() == 2,
        "{written:?}"
    );
}

async fn processes_append_whole_lines_at_the_same_time(db: Db) {
    const PROCESSES: usize = 6;
    let app = TestApp::on(db).await;
    app.readers(2 * PROCESSES)
        .await
        .issue("first")
        .send("first")
        .await;
    let mut running: Vec<Running> = (1..=PROCESSES)
        .map(|number| {
            let email = format!("reader-{number}@example.com");
            let folder = app.dir.path();
            let mut command = binary();
            command
                .arg("--dir")
                .arg(folder)
                .args(["subscribers", "remove", &email]);
            Running::start(&mut command)
        })
        .collect();
    for number in PROCESSES + 1..=2 * PROCESSES {
        assert_eq!(
            one_click(&app, &format!("reader-{number}@example.com")).await,
            200
        );
    }
    for one in &mut running {
        let (status, printed) = one.ended().await;
        assert!(status.success(), "{printed}");
    }
    let mut hashes: Vec<String> = entries(&app)
        .iter()
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(
                (words.len(), words[1], words[3].len()),
                (4, "unsubscribed", 64),
                "{line}"
            );
            words[3].to_owned()
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 2 * PROCESSES);
}

async fn half_a_line_is_cut_off_and_a_damaged_one_is_named(db: Db) {
    let app = with_readers(db).await;
    app.reader(CARL)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
    back_up(&app);
    one_click(&app, ADA).await;
    let half = fs::read_to_string(journal_of(&app)).unwrap() + "not an entry\n1763974800000 unsubs";
    fs::write(journal_of(&app), half).unwrap();
    one_click(&app, BEN).await;
    let written = entries(&app);
    assert_eq!(
        (written.len(), written[1].as_str()),
        (3, "not an entry"),
        "{written:?}"
    );
    let half = fs::read_to_string(journal_of(&app)).unwrap() + "17639748";
    fs::write(journal_of(&app), half).unwrap();
    restore(&app).await;
    let printed = send(&app, "second");
    assert!(printed.contains("2 departures were missing"), "{printed}");
    assert!(
        printed.contains("these lines cannot be read: 3."),
        "{printed}"
    );
    assert_eq!([ADA, BEN, CARL].map(|email| mails(&app, email)), [2, 2, 2]);
}

#[tokio::test]
async fn a_journal_of_another_key_or_another_file_is_refused() {
    let app = with_readers(Db::Sqlite).await;
    app.readers(3).await.issue("welcome").send("welcome").await;
    one_click(&app, ADA).await;
    let text = fs::read_to_string(journal_of(&app)).unwrap();
    let key = app.key.fingerprint();
    for (contents, printed) in [
        (
            text.replacen(&key, "0123456789abcdef", 1),
            "belongs to another secret key",
        ),
        (
            text.replacen("departures 1", "departures 2", 1),
            "not a journal of departures",
        ),
        ("email,name\n".to_owned(), "not a journal of departures"),
    ] {
        fs::write(journal_of(&app), contents).unwrap();
        let output = app.verdict(&["send", "second"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains(printed), "{output:?}");
    }
    for (number, begun) in (1..).zip(["", "verdict-depart", "verdict-departures 1 ab"]) {
        fs::write(journal_of(&app), begun).unwrap();
        let email = format!("reader-{number}@example.com");
        assert_eq!(one_click(&app, &email).await, 200, "{begun}");
        assert!(entries(&app)[0].contains(" unsubscribed "), "{begun}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_journal_and_it_may_be_elsewhere() {
    use std::os::unix::fs::PermissionsExt as _;
    let app = with_readers(Db::Sqlite).await;
    one_click(&app, ADA).await;
    let mode = fs::metadata(journal_of(&app)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("left");
    let mut command = binary();
    let remove = ["subscribers", "remove", BEN];
    let output = command
        .env("VERDICT_STORE_JOURNAL", &elsewhere)
        .arg("--dir")
        .arg(app.dir.path())
        .args(remove)
        .output();
    stdout(&output.unwrap());
    let text = fs::read_to_string(elsewhere).unwrap();
    assert!(text.contains(" unsubscribed 2 "), "{text}");
}

#[tokio::test]
async fn serve_refuses_to_start_without_a_journal_it_can_write() {
    let app = TestApp::on(Db::Sqlite).await;
    let output = binary()
        .env(
            "VERDICT_STORE_JOURNAL",
            app.dir.path().join("no/such/folder"),
        )
        .arg("--dir")
        .arg(app.dir.path())
        .arg("serve")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(
        stderr(&output).contains("cannot use the journal of departures"),
        "{output:?}"
    );
}
