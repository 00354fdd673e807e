//! Readers who left, erased their data or moved stay away, until they opt in again themselves.

mod journal;
mod restore;

use chrono::TimeDelta;
use subscribers::consent::{Change, Consent, ConsentSource};
use verdict::outbox;
use verdict::readers;
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers as list;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stderr, stdout};

on_both_stores!(
    an_erased_reader_returns_by_opting_in_and_no_other_way,
    a_sign_up_after_erasing_that_nobody_confirms_leaves_the_address_suppressed,
    an_address_that_its_reader_moved_from_stays_away_until_it_opts_in,
    somebody_else_may_sign_up_with_an_address_that_was_moved_from,
    an_address_that_complained_and_was_erased_is_never_mailed_again,
    an_address_that_an_editor_erased_twice_may_still_opt_in,
    an_import_leaves_pending_readers_pending_and_says_so
);

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";
const NEW: &str = "ada@example.net";

/// A press with two readers who got an issue.
async fn with_readers(db: Db) -> TestApp {
    let press = TestApp::on(db).await;
    press.issue("first").reader(ADA).await.reader(BEN).await;
    press.send("first").await;
    press
}

async fn consent_of(press: &TestApp, email: &str) -> Option<Consent> {
    let found = list::find(&press.app.store, email).await.unwrap();
    found.map(|subscriber| subscriber.consent)
}

/// How many mails an address has.
fn mails(press: &TestApp, email: &str) -> usize {
    press.catcher.for_recipient(email).len()
}

/// Imports a list of one address, with `--confirmed`.
fn import(press: &TestApp, email: &str) -> String {
    let file = press.dir.path().join("list.csv");
    std::fs::write(&file, format!("email\n{email}\n")).unwrap();
    let file = file.to_str().unwrap();
    stdout(&press.verdict(&["subscribers", "import", file, "--confirmed"]))
}

/// True if an import kept everyone in the file off the list.
fn is_suppressed(said: &str) -> bool {
    let word = |line: &str| {
        line.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    said.lines().any(|line| word(line) == ["suppressed", "1"])
        && said.lines().any(|line| word(line) == ["accepted", "0"])
}

/// Fills in the sign-up form and lets the mail go out.
async fn sign_up(press: &TestApp, email: &str) {
    let page = http::get(&format!("{}/subscribe", press.site)).await;
    let (_, rest) = page.body.split_once("name=\"stamp\" value=\"").unwrap();
    let stamp = rest.split('"').next().unwrap();
    press.clock.advance(TimeDelta::seconds(3));
    let form = format!("stamp={stamp}&form=page-1&email={email}");
    let answer = http::post(&format!("{}/subscribe", press.site), &form).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    press.deliver_outbox().await;
}

/// Follows the confirmation link in the last mail to an address.
async fn confirm(press: &TestApp, email: &str) {
    let answer = http::post(&press.link(email, "/confirm/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Has the link to the settings mailed to an address, and returns it.
pub(crate) async fn settings_link(press: &TestApp, email: &str) -> String {
    let ask = press.unsubscribe_link(email).replace("/u/", "/settings/");
    http::post(&ask, "").await;
    press.deliver_outbox().await;
    press.link(email, "/reader/")
}

/// Erases everything about a reader who asks for it.
async fn erase(press: &TestApp, email: &str) {
    let settings = settings_link(press, email).await;
    http::post(&format!("{settings}/erase"), "").await;
    press.deliver_outbox().await;
    let answer = http::post(&press.link(email, "/erase/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Moves a reader from one address to another, confirmed by the other one's owner.
async fn move_reader(press: &TestApp, from: &str, to: &str) {
    let settings = settings_link(press, from).await;
    http::post(&format!("{settings}/address"), &format!("email={to}")).await;
    press.deliver_outbox().await;
    let answer = http::post(&press.link(to, "/address/"), "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    press.deliver_outbox().await;
}

/// Records a complaint, as the reader's provider would report it.
pub(crate) async fn complain(press: &TestApp, email: &str) {
    let found = list::find(&press.app.store, email).await.unwrap();
    let cause = Cause::by(ConsentSource::Complaint);
    readers::change(&press.app, found.unwrap().id, Change::Complain, cause)
        .await
        .unwrap();
}

async fn an_erased_reader_returns_by_opting_in_and_no_other_way(db: Db) {
    let press = with_readers(db).await;
    erase(&press, ADA).await;
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
    let refused = press.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    assert_eq!(consent_of(&press, ADA).await, None);

    sign_up(&press, ADA).await;
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Pending));
    let said = import(&press, ADA);
    assert!(
        is_suppressed(&said),
        "a sign-up alone clears nothing: {said}"
    );
    let refused = press.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Pending));

    confirm(&press, ADA).await;
    let said = import(&press, ADA);
    assert!(
        said.contains("already known  1") && said.contains("suppressed     0"),
        "{said}"
    );
    let before = mails(&press, ADA);
    press.issue("second").send("second").await;
    assert_eq!(mails(&press, ADA), before + 1);
}

async fn a_sign_up_after_erasing_that_nobody_confirms_leaves_the_address_suppressed(db: Db) {
    let press = with_readers(db).await;
    erase(&press, ADA).await;
    sign_up(&press, ADA).await;
    press.clock.advance(TimeDelta::hours(49));
    outbox::purge(&press.app).await.unwrap();
    assert_eq!(consent_of(&press, ADA).await, None);
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
}

async fn an_address_that_its_reader_moved_from_stays_away_until_it_opts_in(db: Db) {
    let press = with_readers(db).await;
    move_reader(&press, ADA, NEW).await;
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
    let refused = press.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&refused).contains("suppressed"), "{refused:?}");
    let before = (mails(&press, ADA), mails(&press, NEW));
    press.issue("second").send("second").await;
    assert_eq!(
        (mails(&press, ADA), mails(&press, NEW)),
        (before.0, before.1 + 1)
    );

    move_reader(&press, NEW, ADA).await;
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Confirmed));
    let said = import(&press, ADA);
    assert!(said.contains("already known  1"), "{said}");
    let said = import(&press, NEW);
    assert!(is_suppressed(&said), "{said}");
    let before = (mails(&press, ADA), mails(&press, NEW));
    press.issue("third").send("third").await;
    assert_eq!(
        (mails(&press, ADA), mails(&press, NEW)),
        (before.0 + 1, before.1)
    );
}

async fn somebody_else_may_sign_up_with_an_address_that_was_moved_from(db: Db) {
    let press = with_readers(db).await;
    move_reader(&press, ADA, NEW).await;
    sign_up(&press, ADA).await;
    confirm(&press, ADA).await;
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Confirmed));
    assert_eq!(consent_of(&press, NEW).await, Some(Consent::Confirmed));
    let said = import(&press, ADA);
    assert!(said.contains("already known  1"), "{said}");
}

async fn an_address_that_complained_and_was_erased_is_never_mailed_again(db: Db) {
    let press = with_readers(db).await;
    let settings = settings_link(&press, ADA).await;
    http::post(&format!("{settings}/erase"), "").await;
    press.deliver_outbox().await;
    complain(&press, ADA).await;
    assert_eq!(
        http::post(&press.link(ADA, "/erase/"), "").await.status,
        200
    );
    let before = mails(&press, ADA);
    sign_up(&press, ADA).await;
    assert_eq!(
        (consent_of(&press, ADA).await, mails(&press, ADA)),
        (None, before)
    );
    // Nor does a reader move to it.
    let settings = settings_link(&press, BEN).await;
    http::post(&format!("{settings}/address"), &format!("email={ADA}")).await;
    press.deliver_outbox().await;
    assert_eq!(mails(&press, ADA), before);
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
}

async fn an_address_that_an_editor_erased_twice_may_still_opt_in(db: Db) {
    let press = with_readers(db).await;
    stdout(&press.verdict(&["subscribers", "remove", ADA, "--erase"]));
    press.verdict(&["subscribers", "remove", ADA, "--erase"]);
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
    sign_up(&press, ADA).await;
    confirm(&press, ADA).await;
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Confirmed));
    stdout(&press.verdict(&["subscribers", "remove", ADA, "--erase"]));
    let said = import(&press, ADA);
    assert!(is_suppressed(&said), "{said}");
}

async fn an_import_leaves_pending_readers_pending_and_says_so(db: Db) {
    let press = TestApp::on(db).await;
    sign_up(&press, ADA).await;
    stdout(&press.verdict(&["subscribers", "add", BEN, "--pending"]));
    let file = press.dir.path().join("list.csv");
    std::fs::write(&file, format!("email\n{ADA}\n{BEN}\nnew@example.com\n")).unwrap();
    let file = file.to_str().unwrap();
    let said = stdout(&press.verdict(&["subscribers", "import", file, "--confirmed"]));
    assert!(
        said.contains("accepted       1") && said.contains("already known  2"),
        "{said}"
    );
    assert!(
        said.contains("2 of those already known have not confirmed"),
        "{said}"
    );
    assert_eq!(consent_of(&press, ADA).await, Some(Consent::Pending));
    assert_eq!(consent_of(&press, BEN).await, Some(Consent::Pending));
    // An editor vouches for one reader.
    let said = stdout(&press.verdict(&["subscribers", "add", BEN]));
    assert!(said.contains("confirmed"), "{said}");
    assert_eq!(consent_of(&press, BEN).await, Some(Consent::Confirmed));
    confirm(&press, ADA).await;
    let said = stdout(&press.verdict(&["subscribers", "import", file, "--confirmed"]));
    assert!(
        said.contains("already known  3") && !said.contains("not confirmed"),
        "{said}"
    );
}
