//! A restored backup brings nobody back who left: the journal beside the database knows.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::app::{App, Replayed};
use verdict::catcher::{Behaviour, Step};
use verdict::config::Config;
use verdict::store::journal;
use verdict::store::subscribers as list;

use super::{
    ADA, BEN, NEW, complain, confirm, erase, import, is_suppressed, mails, move_reader,
    settings_link, sign_up, with_readers,
};
use crate::backup::{back_up, put_back};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    who_left_by_one_click_after_the_backup_gets_nothing,
    every_kind_of_departure_outlives_a_restore,
    an_import_after_a_restore_brings_nobody_back,
    who_left_and_came_back_is_not_taken_off_again,
    reading_a_journal_again_changes_nothing,
    a_link_from_after_the_backup_is_nobody_elses,
    a_link_from_after_the_backup_confirms_no_other_request,
    a_link_from_after_the_backup_leaves_for_its_own_address,
    a_confirmation_from_before_a_departure_does_not_outlive_it,
);

pub(super) const CARL: &str = "carl@example.com";
const DAN: &str = "dan@example.com";
const EVE: &str = "eve@example.com";
const FAY: &str = "fay@example.com";

/// Restores the backup. From then on the instance is used by the command line, or opened again.
pub(super) async fn restore(press: &TestApp) {
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
pub(super) async fn reopened(press: &TestApp) -> App {
    let dir = press.dir.path();
    let config = Config::load(dir, |_| None).unwrap();
    let opened = App::with_config(dir, config, press.clock.clone());
    opened.await.unwrap()
}

pub(super) fn journal_of(press: &TestApp) -> PathBuf {
    press.dir.path().join("departures.journal")
}

/// The lines behind the first one.
pub(super) fn entries(press: &TestApp) -> Vec<String> {
    let text = fs::read_to_string(journal_of(press)).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

pub(super) async fn one_click(press: &TestApp, email: &str) -> u16 {
    let link = press.unsubscribe_link(email);
    http::post(&link, "List-Unsubscribe=One-Click").await.status
}

/// Sends an issue by the command line; returns what it said to the operator.
pub(super) fn send(press: &TestApp, slug: &str) -> String {
    press.issue(slug);
    let output = press.verdict(&["send", slug]);
    stdout(&output);
    stderr(&output)
}

const MISSING_ONE: &str = "1 departure was missing from the database";

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
    press.catcher.set(
        Behaviour::new()
            .at(Step::Rcpt)
            .to(CARL)
            .reply(550, "5.1.1 No such user"),
    );
    press.issue("second").send("second").await;
    press.catcher.set(Behaviour::new());
    assert_eq!(press.consent(CARL).await, Consent::Bounced);
    let everyone = [ADA, BEN, CARL, DAN, NEW, EVE];
    let before = everyone.map(|email| mails(&press, email));

    restore(&press).await;
    let said = send(&press, "third");
    assert!(
        said.contains("4 departures were missing from the database"),
        "{said}"
    );
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
    let import = [
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ];
    let output = press.verdict(&import);
    assert!(stderr(&output).contains(MISSING_ONE), "{output:?}");
    let said = stdout(&output);
    assert!(
        said.contains("accepted       1") && said.contains("suppressed     1"),
        "{said}"
    );
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
    press
        .reader(CARL)
        .await
        .reader(DAN)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
    one_click(&press, ADA).await;
    move_reader(&press, BEN, NEW).await;
    erase(&press, DAN).await;
    one_click(&press, CARL).await;
    press.clock.advance(TimeDelta::minutes(1));
    sign_up(&press, CARL).await;
    confirm(&press, CARL).await;
    // That Carl came back may stand in another machine's journal.
    let text = fs::read_to_string(journal_of(&press)).unwrap();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains(" returned "))
        .collect();
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
    press
        .reader(CARL)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
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
    assert_eq!(
        press.consent(ADA).await,
        Consent::Confirmed,
        "nobody asked Eve yet"
    );
    assert_eq!(
        http::post(&press.link(EVE, "/address/"), "").await.status,
        200
    );
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
