//! Readers who left, erased their data or moved stay away until they opt in again.

mod journal;
mod restore;

use chrono::TimeDelta;
use subscribers::consent::{Change, Consent, ConsentSource};
use verdict::purge::purge;
use verdict::readers;
use verdict::store::consent_changes::Cause;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    an_erased_reader_returns_by_opting_in_and_no_other_way,
    an_unconfirmed_sign_up_after_erasure_leaves_the_address_suppressed,
    an_address_that_its_reader_moved_from_stays_away_until_it_opts_in,
    another_reader_may_sign_up_with_an_address_that_was_moved_from,
    an_address_that_complained_and_was_erased_is_never_mailed_again,
    an_address_that_an_editor_erased_twice_may_still_opt_in,
    an_import_leaves_pending_readers_pending_and_reports_it
);

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";
const NEW: &str = "ada@example.net";

/// An instance with two readers who got an issue.
async fn with_readers(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first").reader(ADA).await.reader(BEN).await;
    app.send("first").await;
    app
}

async fn consent_of(app: &TestApp, email: &str) -> Option<Consent> {
    let found = find_subscriber(&app.store, email).await;
    found.map(|subscriber| subscriber.consent)
}

fn mails(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

/// Imports a list of one address, with `--confirmed`.
fn import(app: &TestApp, email: &str) -> String {
    let file = app.dir.path().join("list.csv");
    std::fs::write(&file, format!("email\n{email}\n")).unwrap();
    let file = file.to_str().unwrap();
    stdout(&app.verdict(&["subscribers", "import", file, "--confirmed"]))
}

/// True if an import kept every address in the file off the list.
fn is_suppressed(printed: &str) -> bool {
    let word = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    printed
        .lines()
        .any(|line| word(line) == ["suppressed", "1"])
        && printed.lines().any(|line| word(line) == ["accepted", "0"])
}

/// Submits the sign-up form and sends the outbox.
async fn sign_up(app: &TestApp, email: &str) {
    let page = http::get(&format!("{}/subscribe", app.site)).await;
    let (_, rest) = page.body.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = rest.split('"').next().unwrap();
    app.clock.advance(TimeDelta::seconds(3));
    let form = format!("stamp={stamp}&form=page-1&email={email}");
    let answer = http::post(&format!("{}/subscribe", app.site), &form).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    app.deliver_outbox().await;
}

/// Follows the confirmation link in the last mail to an address.
async fn confirm(app: &TestApp, email: &str) {
    let answer = http::post(&app.link(email, "/confirm/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Requests the link to the settings by mail, and returns it.
pub(crate) async fn settings_link(app: &TestApp, email: &str) -> String {
    let ask = app.unsubscribe_link(email).replace("/u/", "/settings/");
    http::post(&ask, "").await;
    app.deliver_outbox().await;
    app.link(email, "/reader/")
}

/// Erases a reader's data at the reader's request.
async fn erase(app: &TestApp, email: &str) {
    let settings = settings_link(app, email).await;
    http::post(&format!("{settings}/erase"), "").await;
    app.deliver_outbox().await;
    let answer = http::post(&app.link(email, "/erase/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Moves a reader to another address, confirmed by that address's owner.
async fn move_reader(app: &TestApp, from: &str, to: &str) {
    let settings = settings_link(app, from).await;
    http::post(&format!("{settings}/address"), &format!("email={to}")).await;
    app.deliver_outbox().await;
    let answer = http::post(&app.link(to, "/address/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    app.deliver_outbox().await;
}

/// Records a complaint, as the reader's provider would report it.
pub(crate) async fn complain(app: &TestApp, email: &str) {
    let found = find_subscriber(&app.store, email).await;
    let cause = Cause::by(ConsentSource::Complaint);
    readers::change(app, found.unwrap().id, Change::Complain, cause)
        .await
        .unwrap();
}

async fn an_erased_reader_returns_by_opting_in_and_no_other_way(db: Db) {
    let app = with_readers(db).await;
    erase(&app, ADA).await;
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
    let refused = app.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    assert_eq!(consent_of(&app, ADA).await, None);

    sign_up(&app, ADA).await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Pending));
    let printed = import(&app, ADA);
    assert!(
        is_suppressed(&printed),
        "a sign-up alone clears nothing: {printed}"
    );
    let refused = app.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Pending));

    confirm(&app, ADA).await;
    let printed = import(&app, ADA);
    assert!(
        printed.contains("already known  1") && printed.contains("suppressed     0"),
        "{printed}"
    );
    let before = mails(&app, ADA);
    app.issue("second").send("second").await;
    assert_eq!(mails(&app, ADA), before + 1);
}

async fn an_unconfirmed_sign_up_after_erasure_leaves_the_address_suppressed(db: Db) {
    let app = with_readers(db).await;
    erase(&app, ADA).await;
    sign_up(&app, ADA).await;
    app.clock.advance(TimeDelta::hours(49));
    purge(&app).await.unwrap();
    assert_eq!(consent_of(&app, ADA).await, None);
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
}

async fn an_address_that_its_reader_moved_from_stays_away_until_it_opts_in(db: Db) {
    let app = with_readers(db).await;
    move_reader(&app, ADA, NEW).await;
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
    let refused = app.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    let before = (mails(&app, ADA), mails(&app, NEW));
    app.issue("second").send("second").await;
    assert_eq!(
        (mails(&app, ADA), mails(&app, NEW)),
        (before.0, before.1 + 1)
    );

    move_reader(&app, NEW, ADA).await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Confirmed));
    let printed = import(&app, ADA);
    assert!(printed.contains("already known  1"), "{printed}");
    let printed = import(&app, NEW);
    assert!(is_suppressed(&printed), "{printed}");
    let before = (mails(&app, ADA), mails(&app, NEW));
    app.issue("third").send("third").await;
    assert_eq!(
        (mails(&app, ADA), mails(&app, NEW)),
        (before.0 + 1, before.1)
    );
}

async fn another_reader_may_sign_up_with_an_address_that_was_moved_from(db: Db) {
    let app = with_readers(db).await;
    move_reader(&app, ADA, NEW).await;
    sign_up(&app, ADA).await;
    confirm(&app, ADA).await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Confirmed));
    assert_eq!(consent_of(&app, NEW).await, Some(Consent::Confirmed));
    let printed = import(&app, ADA);
    assert!(printed.contains("already known  1"), "{printed}");
}

async fn an_address_that_complained_and_was_erased_is_never_mailed_again(db: Db) {
    let app = with_readers(db).await;
    let settings = settings_link(&app, ADA).await;
    http::post(&format!("{settings}/erase"), "").await;
    app.deliver_outbox().await;
    complain(&app, ADA).await;
    assert_eq!(http::post(&app.link(ADA, "/erase/"), "").await.status, 200);
    let before = mails(&app, ADA);
    sign_up(&app, ADA).await;
    assert_eq!(
        (consent_of(&app, ADA).await, mails(&app, ADA)),
        (None, before)
    );
    // No reader can move to it either.
    let settings = settings_link(&app, BEN).await;
    http::post(&format!("{settings}/address"), &format!("email={ADA}")).await;
    app.deliver_outbox().await;
    assert_eq!(mails(&app, ADA), before);
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
}

async fn an_address_that_an_editor_erased_twice_may_still_opt_in(db: Db) {
    let app = with_readers(db).await;
    stdout(&app.verdict(&["subscribers", "remove", ADA, "--erase"]));
    app.verdict(&["subscribers", "remove", ADA, "--erase"]);
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
    sign_up(&app, ADA).await;
    confirm(&app, ADA).await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Confirmed));
    stdout(&app.verdict(&["subscribers", "remove", ADA, "--erase"]));
    let printed = import(&app, ADA);
    assert!(is_suppressed(&printed), "{printed}");
}

async fn an_import_leaves_pending_readers_pending_and_reports_it(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, ADA).await;
    stdout(&app.verdict(&["subscribers", "add", BEN, "--pending"]));
    let file = app.dir.path().join("list.csv");
    std::fs::write(&file, format!("email\n{ADA}\n{BEN}\nnew@example.com\n")).unwrap();
    let file = file.to_str().unwrap();
    let printed = stdout(&app.verdict(&["subscribers", "import", file, "--confirmed"]));
    assert!(
        printed.contains("accepted       1") && printed.contains("already known  2"),
        "{printed}"
    );
    assert!(
        printed.contains("2 of those already known have not confirmed"),
        "{printed}"
    );
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Pending));
    assert_eq!(consent_of(&app, BEN).await, Some(Consent::Pending));
    // An editor vouches for one reader.
    let printed = stdout(&app.verdict(&["subscribers", "add", BEN]));
    assert!(printed.contains("confirmed"), "{printed}");
    assert_eq!(consent_of(&app, BEN).await, Some(Consent::Confirmed));
    confirm(&app, ADA).await;
    let printed = stdout(&app.verdict(&["subscribers", "import", file, "--confirmed"]));
    assert!(
        printed.contains("already known  3") && !printed.contains("not confirmed"),
        "{printed}"
    );
}
