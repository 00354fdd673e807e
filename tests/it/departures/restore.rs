//! A restored backup brings nobody back who left: the journal beside the database knows.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::app::{App, Replayed};
use verdict::catcher::{Behaviour, Gate, Step};
use verdict::config::Config;
use verdict::delivery::RunResult;
use verdict::store::journal;
use verdict::store::subscribers as list;

use super::{
    ADA, BEN, NEW, complain, confirm, erase, import, is_suppressed, mails, move_reader,
    settings_link, sign_up, with_readers,
};
use crate::backup::{back_up, put_back};
use crate::child::{Running, at_gate, binary};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

const CARL: &str = "carl@example.com";
const DAN: &str = "dan@example.com";
const EVE: &str = "eve@example.com";
const FAY: &str = "fay@example.com";

/// Restores the backup. From then on the instance is used by the command line, or opened again.
async fn restore(press: &TestApp) {
    press.app.store.close().await;
    match press.app.store.file() {
        Some(file) => {
            for end in ["-wal", "-shm"] {
                let mut log = file.as_os_str().to_owned();
                log.push(end);
                // It may be gone already.
                let _ = fs::remove_file(log);
            }
            fs::copy(press.dir.path().join("backup.db"), file).unwrap();
        }
        None => put_back(press),
    }
}

/// The same instance, opened again.
async fn reopened(press: &TestApp) -> App {
    let dir = press.dir.path();
    let config = Config::load(dir, |_| None).unwrap();
    let opened = App::with_config(dir, config, press.clock.clone());
    opened.await.unwrap()
}

fn journal_of(press: &TestApp) -> PathBuf {
    press.dir.path().join("departures.journal")
}

/// The lines behind the first one.
fn entries(press: &TestApp) -> Vec<String> {
    let text = fs::read_to_string(journal_of(press)).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

async fn one_click(press: &TestApp, email: &str) -> u16 {
    let link = press.unsubscribe_link(email);
    http::post(&link, "List-Unsubscribe=One-Click").await.status
}

/// Sends an issue by the command line; returns what it said to the operator.
fn send(press: &TestApp, slug: &str) -> String {
    press.issue(slug);
    let output = press.verdict(&["send", slug]);
    stdout(&output);
    stderr(&output)
}

const MISSING_ONE: &str = "1 departure was missing from the database";

on_both_stores! {
    async fn who_left_by_one_click_after_the_backup_gets_nothing(db: Db) {
        let press = with_readers(db).await;
        back_up(&press);
        assert_eq!(one_click(&press, ADA).await, 200);
        restore(&press).await;
        let said = send(&press, "second");
        assert!(said.contains(MISSING_ONE), "{said}");
        assert_eq!((mails(&press, ADA), mails(&press, BEN)), (1, 2));
        let why = stdout(&press.verdict(&["why", ADA]));
        assert!(why.contains("unsubscribed by journal"), "{why}");
        let said = send(&press, "third");
        assert!(!said.contains("missing"), "once is enough: {said}");
    }

    async fn every_kind_of_departure_outlives_a_restore(db: Db) {
        let press = with_readers(db).await;
        press.reader(CARL).await.reader(DAN).await.reader(EVE).await;
        press.issue("welcome").send("welcome").await;
        back_up(&press);
        erase(&press, ADA).await;
        move_reader(&press, BEN, NEW).await;
        complain(&press, DAN).await;
        press.catcher.set(Behaviour::new().at(Step::Rcpt).to(CARL).reply(550, "5.1.1 No such user"));
        press.issue("second").send("second").await;
        press.catcher.set(Behaviour::new());
        assert_eq!(press.consent(CARL).await, Consent::Bounced);
        let everyone = [ADA, BEN, CARL, DAN, NEW, EVE];
        let before = everyone.map(|email| mails(&press, email));

        restore(&press).await;
        let said = send(&press, "third");
        assert!(said.contains("4 departures were missing from the database"), "{said}");
        let after = everyone.map(|email| mails(&press, email));
        let [ada, ben, carl, dan, new, eve] = before;
        assert_eq!(after, [ada, ben, carl, dan, new, eve + 1]);
        for email in [ADA, BEN, CARL, DAN] {
            let said = import(&press, email);
            assert!(is_suppressed(&said), "{email}: {said}");
        }
        let app = reopened(&press).await;
        let consent = async |email| {
            let found = list::find(&app.store, email).await.unwrap();
            found.map(|reader| reader.consent)
        };
        assert_eq!(consent(ADA).await, None, "erased data stays erased");
        assert_eq!(consent(BEN).await, Some(Consent::Unsubscribed));
        assert_eq!(consent(CARL).await, Some(Consent::Bounced));
        assert_eq!(consent(DAN).await, Some(Consent::Complained));
    }

    async fn an_import_after_a_restore_brings_nobody_back(db: Db) {
        let press = TestApp::on(db).await;
        back_up(&press);
        press.issue("first").reader(ADA).await.reader(BEN).await;
        press.send("first").await;
        assert_eq!(one_click(&press, ADA).await, 200);
        // The backup is from before they joined: nobody on the list has the address.
        restore(&press).await;
        let file = press.dir.path().join("list.csv");
        fs::write(&file, format!("email\n{ADA}\n{BEN}\n")).unwrap();
        let import = ["subscribers", "import", file.to_str().unwrap(), "--confirmed"];
        let output = press.verdict(&import);
        assert!(stderr(&output).contains(MISSING_ONE), "{output:?}");
        let said = stdout(&output);
        assert!(said.contains("accepted       1") && said.contains("suppressed     1"), "{said}");
        send(&press, "second");
        assert_eq!((mails(&press, ADA), mails(&press, BEN)), (1, 2));
    }

    async fn who_left_and_came_back_is_not_taken_off_again(db: Db) {
        let press = with_readers(db).await;
        back_up(&press);
        one_click(&press, ADA).await;
        press.clock.advance(TimeDelta::minutes(1));
        sign_up(&press, ADA).await;
        confirm(&press, ADA).await;
        let before = mails(&press, ADA);
        restore(&press).await;
        let said = send(&press, "second");
        assert!(!said.contains("missing"), "{said}");
        assert_eq!(mails(&press, ADA), before + 1);
    }

    async fn reading_a_journal_again_changes_nothing(db: Db) {
        let press = with_readers(db).await;
        press.reader(CARL).await.reader(DAN).await.issue("welcome").send("welcome").await;
        one_click(&press, ADA).await;
        move_reader(&press, BEN, NEW).await;
        erase(&press, DAN).await;
        one_click(&press, CARL).await;
        press.clock.advance(TimeDelta::minutes(1));
        sign_up(&press, CARL).await;
        confirm(&press, CARL).await;
        // That Carl came back may stand in another machine's journal.
        let text = fs::read_to_string(journal_of(&press)).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains(" returned ")).collect();
        assert!(kept.len() < text.lines().count(), "{text}");
        fs::write(journal_of(&press), kept.join("\n") + "\n").unwrap();
        let head = press.app.journal.head().await.unwrap().unwrap();
        for _ in 0..2 {
            let mut tx = press.app.store.begin().await.unwrap();
            journal::set_replayed(&mut tx, &head.id, 0).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(press.app.replay().await.unwrap(), Replayed::default());
            let known = journal::replayed(&press.app.store, &head.id).await.unwrap();
            assert_eq!(known, head.length);
        }
        assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
        assert_eq!(press.consent(CARL).await, Consent::Confirmed);
        assert_eq!(press.consent(NEW).await, Consent::Confirmed);
    }

    async fn a_link_from_after_the_backup_is_nobody_elses(db: Db) {
        let press = with_readers(db).await;
        back_up(&press);
        press.reader(CARL).await.issue("welcome").send("welcome").await;
        sign_up(&press, DAN).await;
        let carls = press.unsubscribe_link(CARL);
        let dans = press.link(DAN, "/confirm/");
        put_back(&press);
        // These get the numbers that Carl and Dan had, of readers and of messages.
        press.reader(EVE).await;
        sign_up(&press, FAY).await;
        http::post(&carls, "List-Unsubscribe=One-Click").await;
        http::post(&dans, "").await;
        assert_eq!(press.consent(EVE).await, Consent::Confirmed);
        assert_eq!(press.consent(FAY).await, Consent::Pending);
        confirm(&press, FAY).await;
        assert_eq!(press.consent(FAY).await, Consent::Confirmed);
    }

    async fn a_link_from_after_the_backup_confirms_no_other_request(db: Db) {
        let press = with_readers(db).await;
        let settings = settings_link(&press, ADA).await;
        back_up(&press);
        http::post(&format!("{settings}/address"), &format!("email={NEW}")).await;
        press.deliver_outbox().await;
        let link = press.link(NEW, "/address/");
        put_back(&press);
        http::post(&format!("{settings}/address"), &format!("email={EVE}")).await;
        press.deliver_outbox().await;
        assert_eq!(http::post(&link, "").await.status, 404);
        assert_eq!(press.consent(ADA).await, Consent::Confirmed, "nobody asked Eve yet");
        assert_eq!(http::post(&press.link(EVE, "/address/"), "").await.status, 200);
        assert_eq!(press.consent(EVE).await, Consent::Confirmed);
    }

    async fn a_link_from_after_the_backup_leaves_for_its_own_address(db: Db) {
        let press = with_readers(db).await;
        back_up(&press);
        move_reader(&press, ADA, NEW).await;
        press.issue("second").send("second").await;
        press.clock.advance(TimeDelta::days(1));
        move_reader(&press, NEW, ADA).await;
        press.issue("third").send("third").await;
        let (elsewhere, newest) = (press.unsubscribe_link(NEW), press.unsubscribe_link(ADA));
        put_back(&press);
        http::post(&elsewhere, "List-Unsubscribe=One-Click").await;
        assert_eq!(press.consent(ADA).await, Consent::Confirmed);
        http::post(&newest, "List-Unsubscribe=One-Click").await;
        assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
    }

    async fn a_confirmation_from_before_a_departure_does_not_outlive_it(db: Db) {
        let press = with_readers(db).await;
        one_click(&press, ADA).await;
        press.clock.advance(TimeDelta::minutes(1));
        sign_up(&press, ADA).await;
        let link = press.link(ADA, "/confirm/");
        back_up(&press);
        confirm(&press, ADA).await;
        press.clock.advance(TimeDelta::minutes(1));
        one_click(&press, ADA).await;
        // As it was before Ada confirmed: she had left, and the link was good.
        put_back(&press);
        press.app.replay().await.unwrap();
        assert_eq!(http::post(&link, "").await.status, 404);
        assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
        press.clock.advance(TimeDelta::minutes(1));
        sign_up(&press, ADA).await;
        press.app.replay().await.unwrap();
        confirm(&press, ADA).await;
        assert_eq!(press.consent(ADA).await, Consent::Confirmed);
    }

    async fn a_departure_that_the_journal_cannot_take_is_not_answered(db: Db) {
        let press = with_readers(db).await;
        fs::create_dir(journal_of(&press)).unwrap();
        assert_eq!(one_click(&press, ADA).await, 503);
        assert_eq!(press.consent(ADA).await, Consent::Unsubscribed, "the store has it");
        assert_eq!(one_click(&press, ADA).await, 503, "still not in both");
        let page = http::post(&press.unsubscribe_link(BEN), "").await;
        assert_eq!(page.status, 503);
        fs::remove_dir(journal_of(&press)).unwrap();
        assert_eq!(one_click(&press, ADA).await, 200);
        let written = entries(&press);
        let left = written.iter().filter(|line| line.contains(" unsubscribed 1 ")).count();
        assert!(left > 0, "{written:?}");
        assert!(written.iter().any(|line| line.contains(" unsubscribed 2 ")), "{written:?}");
        // Asked for again, it is not written again.
        for _ in 0..3 {
            assert_eq!(one_click(&press, ADA).await, 200);
        }
        assert_eq!(entries(&press), written);
    }

    async fn a_departure_whose_line_a_crash_swallowed_is_written_when_it_is_repeated(db: Db) {
        let press = with_readers(db).await;
        one_click(&press, ADA).await;
        let written = entries(&press);
        fs::remove_file(journal_of(&press)).unwrap();
        let app = reopened(&press).await;
        let id = list::find(&app.store, ADA).await.unwrap().unwrap().id;
        let way = subscribers::consent::ConsentSource::OneClick;
        verdict::readers::unsubscribe(&app, id, None, way, None).await.unwrap();
        assert_eq!(entries(&press), written, "with the time of the first one");
    }

    async fn a_mailbox_that_is_gone_stops_no_mail_if_the_journal_cannot_take_it(db: Db) {
        let gate = Gate::new();
        let behaviour = Behaviour::new()
            .at(Step::Mail).nth(1).pause(&gate)
            .at(Step::Rcpt).to(ADA).reply(550, "5.1.1 No such user");
        let press = TestApp::tuned(db, behaviour, |config| config.smtp.connections = 1).await;
        press.reader(ADA).await.reader(BEN).await.issue("first");
        let ended = {
            let sending = press.send("first");
            let breaking = async {
                at_gate(&gate, 1).await;
                // It was read before anything was mailed, and breaks after that.
                fs::create_dir(journal_of(&press)).unwrap();
                gate.release();
            };
            tokio::join!(sending, breaking).0
        };
        assert_eq!(ended, RunResult::Finished);
        assert_eq!((mails(&press, BEN), press.consent(ADA).await), (1, Consent::Bounced));
        fs::remove_dir(journal_of(&press)).unwrap();
        assert_eq!(one_click(&press, BEN).await, 200);
        let written = entries(&press);
        assert!(written[0].contains(" bounced 1 ") && written.len() == 2, "{written:?}");
    }

    async fn processes_append_whole_lines_at_the_same_time(db: Db) {
        const PROCESSES: usize = 6;
        let press = TestApp::on(db).await;
        press.readers(2 * PROCESSES).await.issue("first").send("first").await;
        let mut running: Vec<Running> = (1..=PROCESSES)
            .map(|number| {
                let email = format!("reader-{number}@example.com");
                let folder = press.dir.path();
                let mut command = binary();
                command.arg("--dir").arg(folder).args(["subscribers", "remove", &email]);
                Running::start(&mut command)
            })
            .collect();
        for number in PROCESSES + 1..=2 * PROCESSES {
            assert_eq!(one_click(&press, &format!("reader-{number}@example.com")).await, 200);
        }
        for one in &mut running {
            let (status, said) = one.ended().await;
            assert!(status.success(), "{said}");
        }
        let mut hashes: Vec<String> = entries(&press)
            .iter()
            .map(|line| {
                let words: Vec<&str> = line.split(' ').collect();
                assert_eq!((words.len(), words[1], words[3].len()), (4, "unsubscribed", 64), "{line}");
                words[3].to_owned()
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), 2 * PROCESSES);
    }

    async fn half_a_line_is_cut_off_and_a_damaged_one_is_named(db: Db) {
        let press = with_readers(db).await;
        press.reader(CARL).await.issue("welcome").send("welcome").await;
        back_up(&press);
        one_click(&press, ADA).await;
        let half = fs::read_to_string(journal_of(&press)).unwrap() + "not an entry\n1763974800000 unsubs";
        fs::write(journal_of(&press), half).unwrap();
        one_click(&press, BEN).await;
        let written = entries(&press);
        assert_eq!((written.len(), written[1].as_str()), (3, "not an entry"), "{written:?}");
        let half = fs::read_to_string(journal_of(&press)).unwrap() + "17639748";
        fs::write(journal_of(&press), half).unwrap();
        restore(&press).await;
        let said = send(&press, "second");
        assert!(said.contains("2 departures were missing"), "{said}");
        assert!(said.contains("these lines cannot be read: 3."), "{said}");
        assert_eq!([ADA, BEN, CARL].map(|email| mails(&press, email)), [2, 2, 2]);
    }
}

#[tokio::test]
async fn a_journal_of_another_key_or_another_file_is_refused() {
    let press = with_readers(Db::Sqlite).await;
    press
        .readers(3)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
    one_click(&press, ADA).await;
    let text = fs::read_to_string(journal_of(&press)).unwrap();
    let key = press.app.key.fingerprint();
    for (contents, said) in [
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
        fs::write(journal_of(&press), contents).unwrap();
        let output = press.verdict(&["send", "second"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(stderr(&output).contains(said), "{output:?}");
    }
    for (number, begun) in (1..).zip(["", "verdict-depart", "verdict-departures 1 ab"]) {
        fs::write(journal_of(&press), begun).unwrap();
        let email = format!("reader-{number}@example.com");
        assert_eq!(one_click(&press, &email).await, 200, "{begun}");
        assert!(entries(&press)[0].contains(" unsubscribed "), "{begun}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_journal_and_it_may_be_elsewhere() {
    use std::os::unix::fs::PermissionsExt as _;
    let press = with_readers(Db::Sqlite).await;
    one_click(&press, ADA).await;
    let mode = fs::metadata(journal_of(&press))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("left");
    let mut command = binary();
    let remove = ["subscribers", "remove", BEN];
    let output = command
        .env("VERDICT_STORE_JOURNAL", &elsewhere)
        .arg("--dir")
        .arg(press.dir.path())
        .args(remove)
        .output();
    stdout(&output.unwrap());
    let text = fs::read_to_string(elsewhere).unwrap();
    assert!(text.contains(" unsubscribed 2 "), "{text}");
}

#[tokio::test]
async fn a_running_process_notices_that_its_database_was_restored() {
    let press = with_readers(Db::Postgres).await;
    back_up(&press);
    one_click(&press, ADA).await;
    put_back(&press);
    press.issue("second").send("second").await;
    assert_eq!((mails(&press, ADA), mails(&press, BEN)), (1, 2));
    assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
}

#[tokio::test]
async fn serve_refuses_to_start_without_a_journal_it_can_write() {
    let press = TestApp::on(Db::Sqlite).await;
    let output = binary()
        .env(
            "VERDICT_STORE_JOURNAL",
            press.dir.path().join("no/such/folder"),
        )
        .arg("--dir")
        .arg(press.dir.path())
        .arg("serve")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(
        stderr(&output).contains("cannot use the journal of departures"),
        "{output:?}"
    );
}
