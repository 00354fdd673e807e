//! A restored backup brings nobody back who left: the journal beside `secret.key` has them.

use std::fs;
use std::path::PathBuf;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::app::{App, Replayed};
use verdict::catcher::{Behaviour, Step};
use verdict::config::Config;
use verdict::store::journal;

use super::{
    ADA, BEN, NEW, complain, confirm, erase, import, is_suppressed, mails, move_reader,
    settings_link, sign_up, with_readers,
};
use crate::backup::{back_up, put_back};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    a_reader_who_left_by_one_click_after_the_backup_gets_nothing,
    every_kind_of_departure_survives_a_restore,
    an_import_after_a_restore_brings_nobody_back,
    a_reader_who_left_and_came_back_is_not_taken_off_again,
    reading_a_journal_again_changes_nothing,
    a_link_mailed_after_the_backup_fits_no_other_reader,
    a_link_from_after_the_backup_confirms_no_other_request,
    a_link_from_after_the_backup_leaves_for_its_own_address,
    a_confirmation_from_before_a_departure_does_not_outlive_it,
);

pub(super) const CARL: &str = "carl@example.com";
const DAN: &str = "dan@example.com";
const EVE: &str = "eve@example.com";
const FAY: &str = "fay@example.com";

/// Restores the backup. From then on, the command line uses the instance, or it is opened again.
pub(super) async fn restore(app: &TestApp) {
    app.store.close().await;
    match app.store.file() {
        Some(file) => {
            for end in ["-wal", "-shm"] {
                let mut log = file.as_os_str().to_owned();
                log.push(end);
                // It may be missing already.
                let _ = fs::remove_file(log);
            }
            fs::copy(app.dir.path().join("backup.db"), file).unwrap();
        }
        None => put_back(app),
    }
}

/// The same instance, opened again.
pub(super) async fn reopened(app: &TestApp) -> App {
    let dir = app.dir.path();
    let config = Config::load(dir, |_| None).unwrap();
    let opened = App::with_config(dir, config, app.clock.clone());
    opened.await.unwrap()
}

pub(super) fn journal_of(app: &TestApp) -> PathBuf {
    app.dir.path().join("departures.journal")
}

/// The lines after the first one.
pub(super) fn entries(app: &TestApp) -> Vec<String> {
    let text = fs::read_to_string(journal_of(app)).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

pub(super) async fn one_click(app: &TestApp, email: &str) -> u16 {
    let link = app.unsubscribe_link(email);
    http::post(&link, "List-Unsubscribe=One-Click").await.status
}

/// Sends an issue by the command line; returns its output.
pub(super) fn send(app: &TestApp, slug: &str) -> String {
    app.issue(slug);
    let output = app.verdict(&["send", slug]);
    stdout(&output);
    stderr(&output)
}

pub(super) const MISSING_ONE: &str = "1 departure was missing from the database";

async fn a_reader_who_left_by_one_click_after_the_backup_gets_nothing(db: Db) {
    let app = with_readers(db).await;
    back_up(&app);
    assert_eq!(one_click(&app, ADA).await, 200);
    restore(&app).await;
    let printed = send(&app, "second");
    assert!(printed.contains(MISSING_ONE), "{printed}");
    assert_eq!((mails(&app, ADA), mails(&app, BEN)), (1, 2));
    let why = stdout(&app.verdict(&["why", ADA]));
    assert!(why.contains("unsubscribed by journal"), "{why}");
    let printed = send(&app, "third");
    assert!(!printed.contains("missing"), "once is enough: {printed}");
}

async fn every_kind_of_departure_survives_a_restore(db: Db) {
    let app = with_readers(db).await;
    app.reader(CARL).await.reader(DAN).await.reader(EVE).await;
    app.issue("welcome").send("welcome").await;
    back_up(&app);
    erase(&app, ADA).await;
    move_reader(&app, BEN, NEW).await;
    complain(&app, DAN).await;
    app.catcher.set(
        Behaviour::new()
            .at(Step::Rcpt)
            .to(CARL)
            .reply(550, "5.1.1 No such user"),
    );
    app.issue("second").send("second").await;
    app.catcher.set(Behaviour::new());
    assert_eq!(app.consent(CARL).await, Consent::Bounced);
    let everyone = [ADA, BEN, CARL, DAN, NEW, EVE];
    let before = everyone.map(|email| mails(&app, email));

    restore(&app).await;
    let printed = send(&app, "third");
    assert!(
        printed.contains("4 departures were missing from the database"),
        "{printed}"
    );
    let after = everyone.map(|email| mails(&app, email));
    let [ada, ben, carl, dan, new, eve] = before;
    assert_eq!(after, [ada, ben, carl, dan, new, eve + 1]);
    for email in [ADA, BEN, CARL, DAN] {
        let printed = import(&app, email);
        assert!(is_suppressed(&printed), "{email}: {printed}");
    }
    let reopened = reopened(&app).await;
    let consent = async |email| {
        let found = find_subscriber(&reopened.store, email).await;
        found.map(|reader| reader.consent)
    };
    assert_eq!(consent(ADA).await, None, "erased data stays erased");
    assert_eq!(consent(BEN).await, Some(Consent::Unsubscribed));
    assert_eq!(consent(CARL).await, Some(Consent::Bounced));
    assert_eq!(consent(DAN).await, Some(Consent::Complained));
}

async fn an_import_after_a_restore_brings_nobody_back(db: Db) {
    let app = TestApp::on(db).await;
    back_up(&app);
    app.issue("first").reader(ADA).await.reader(BEN).await;
    app.send("first").await;
    assert_eq!(one_click(&app, ADA).await, 200);
    // The backup is from before they joined, so nobody on the list has the address.
    restore(&app).await;
    let file = app.dir.path().join("list.csv");
    fs::write(&file, format!("email\n{ADA}\n{BEN}\n")).unwrap();
    let import = [
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ];
    let output = app.verdict(&import);
    assert!(stderr(&output).contains(MISSING_ONE), "{output:?}");
    let printed = stdout(&output);
    assert!(
        printed.contains("accepted       1") && printed.contains("suppressed     1"),
        "{printed}"
    );
    send(&app, "second");
    assert_eq!((mails(&app, ADA), mails(&app, BEN)), (1, 2));
}

async fn a_reader_who_left_and_came_back_is_not_taken_off_again(db: Db) {
    let app = with_readers(db).await;
    back_up(&app);
    one_click(&app, ADA).await;
    app.clock.advance(TimeDelta::minutes(1));
    sign_up(&app, ADA).await;
    confirm(&app, ADA).await;
    let before = mails(&app, ADA);
    restore(&app).await;
    let printed = send(&app, "second");
    assert!(!printed.contains("missing"), "{printed}");
    assert_eq!(mails(&app, ADA), before + 1);
}

async fn reading_a_journal_again_changes_nothing(db: Db) {
    let app = with_readers(db).await;
    app.reader(CARL)
        .await
        .reader(DAN)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
    one_click(&app, ADA).await;
    move_reader(&app, BEN, NEW).await;
    erase(&app, DAN).await;
    one_click(&app, CARL).await;
    app.clock.advance(TimeDelta::minutes(1));
    sign_up(&app, CARL).await;
    confirm(&app, CARL).await;
    // Carl's return may be in another machine's journal.
    let text = fs::read_to_string(journal_of(&app)).unwrap();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains(" returned "))
        .collect();
    assert!(kept.len() < text.lines().count(), "{text}");
    fs::write(journal_of(&app), kept.join("\n") + "\n").unwrap();
    let head = app.journal.head().await.unwrap().unwrap();
    for _ in 0..2 {
        let mut tx = app.store.begin().await.unwrap();
        journal::set_replayed(&mut tx, &head.id, 0).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(app.replay().await.unwrap(), Replayed::default());
        let known = journal::replayed(&app.store, &head.id).await.unwrap();
        assert_eq!(known, head.length);
    }
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    assert_eq!(app.consent(CARL).await, Consent::Confirmed);
    assert_eq!(app.consent(NEW).await, Consent::Confirmed);
}

async fn a_link_mailed_after_the_backup_fits_no_other_reader(db: Db) {
    let app = with_readers(db).await;
    back_up(&app);
    app.reader(CARL)
        .await
        .issue("welcome")
        .send("welcome")
        .await;
    sign_up(&app, DAN).await;
    let carls = app.unsubscribe_link(CARL);
    let dans = app.link(DAN, "/confirm/");
    put_back(&app);
    // These get the numbers of readers and messages that Carl and Dan had.
    app.reader(EVE).await;
    sign_up(&app, FAY).await;
    http::post(&carls, "List-Unsubscribe=One-Click").await;
    http::post(&dans, "").await;
    assert_eq!(app.consent(EVE).await, Consent::Confirmed);
    assert_eq!(app.consent(FAY).await, Consent::Pending);
    confirm(&app, FAY).await;
    assert_eq!(app.consent(FAY).await, Consent::Confirmed);
}

async fn a_link_from_after_the_backup_confirms_no_other_request(db: Db) {
    let app = with_readers(db).await;
    let settings = settings_link(&app, ADA).await;
    back_up(&app);
    http::post(&format!("{settings}/address"), &format!("email={NEW}")).await;
    app.deliver_outbox().await;
    let link = app.link(NEW, "/address/");
    put_back(&app);
    http::post(&format!("{settings}/address"), &format!("email={EVE}")).await;
    app.deliver_outbox().await;
    assert_eq!(http::post(&link, "").await.status, 404);
    assert_eq!(
        app.consent(ADA).await,
        Consent::Confirmed,
        "nobody asked Eve yet"
    );
    assert_eq!(
        http::post(&app.link(EVE, "/address/"), "").await.status,
        200
    );
    assert_eq!(app.consent(EVE).await, Consent::Confirmed);
}

async fn a_link_from_after_the_backup_leaves_for_its_own_address(db: Db) {
    let app = with_readers(db).await;
    back_up(&app);
    move_reader(&app, ADA, NEW).await;
    app.issue("second").send("second").await;
    app.clock.advance(TimeDelta::days(1));
    move_reader(&app, NEW, ADA).await;
    app.issue("third").send("third").await;
    let (elsewhere, newest) = (app.unsubscribe_link(NEW), app.unsubscribe_link(ADA));
    put_back(&app);
    http::post(&elsewhere, "List-Unsubscribe=One-Click").await;
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    http::post(&newest, "List-Unsubscribe=One-Click").await;
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn a_confirmation_from_before_a_departure_does_not_outlive_it(db: Db) {
    let app = with_readers(db).await;
    one_click(&app, ADA).await;
    app.clock.advance(TimeDelta::minutes(1));
    sign_up(&app, ADA).await;
    let link = app.link(ADA, "/confirm/");
    back_up(&app);
    confirm(&app, ADA).await;
    app.clock.advance(TimeDelta::minutes(1));
    one_click(&app, ADA).await;
    // As it was before Ada confirmed: she had left, and the link was valid.
    put_back(&app);
    app.replay().await.unwrap();
    assert_eq!(http::post(&link, "").await.status, 404);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    app.clock.advance(TimeDelta::minutes(1));
    sign_up(&app, ADA).await;
    app.replay().await.unwrap();
    confirm(&app, ADA).await;
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
}

#[tokio::test]
async fn a_running_process_notices_that_its_database_was_restored() {
    let app = with_readers(Db::Postgres).await;
    back_up(&app);
    one_click(&app, ADA).await;
    put_back(&app);
    app.issue("second").send("second").await;
    assert_eq!((mails(&app, ADA), mails(&app, BEN)), (1, 2));
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}
