//! PostgreSQL: transactions that change the same reader. Each test holds the reader's row until both wait
//! for it, so that they meet in the order that matters.

use subscribers::address::Address;
use subscribers::consent::{Change, Consent, ConsentSource};
use tokio::task::JoinHandle;
use verdict::app::App;
use verdict::catcher::{Behaviour, Step};
use verdict::delivery::RunResult;
use verdict::readers::{self, Added, Joiner};
use verdict::store::consent_changes::{self, Cause};
use verdict::store::subscribers as list;

use crate::child::until;
use crate::database::Db;
use crate::http;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

async fn id_of(press: &TestApp, email: &str) -> i64 {
    let found = list::find(&press.app.store, email).await.unwrap();
    found.unwrap().id
}

/// Waits until so many transactions wait for a reader's row.
async fn until_waiting(press: &TestApp, count: i64) {
    until("they wait for the row", || async {
        press.schema().waiting_for_rows("subscribers") == count
    })
    .await;
}

/// Nobody had to do anything again: no deadlock was broken up.
fn nothing_was_done_again(press: &TestApp) {
    assert_eq!(press.app.metrics.store_waits.get(), 0);
}

fn change(press: &TestApp, id: i64, change: Change, source: ConsentSource) -> JoinHandle<()> {
    let app = press.app.clone();
    tokio::spawn(async move {
        let changed = readers::change(&app, id, change, Cause::by(source)).await;
        changed.unwrap();
    })
}

fn unsubscribe(app: &App, id: i64) -> JoinHandle<bool> {
    let app = app.clone();
    tokio::spawn(async move {
        let left = readers::unsubscribe(&app, id, None, ConsentSource::OneClick, None).await;
        left.unwrap()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bounce_never_overwrites_leaving() {
    let press = TestApp::on(Db::Postgres).await;
    press.readers(10).await;
    for number in 1..=10 {
        let email = format!("reader-{number}@example.com");
        let id = id_of(&press, &email).await;
        let held = press.schema().hold_subscriber(id);
        let bounce = || change(&press, id, Change::Bounce, ConsentSource::Bounce);
        let (left, bounced) = if number % 2 == 0 {
            let left = unsubscribe(&press.app, id);
            until_waiting(&press, 1).await;
            (left, bounce())
        } else {
            let bounced = bounce();
            until_waiting(&press, 1).await;
            (unsubscribe(&press.app, id), bounced)
        };
        until_waiting(&press, 2).await;
        drop(held);
        left.await.unwrap();
        bounced.await.unwrap();
        assert_eq!(
            press.consent(&email).await,
            Consent::Unsubscribed,
            "{email}"
        );
    }
}

/// A press whose relay says that Ada's mailbox does not exist.
async fn with_dead_mailbox() -> TestApp {
    let dead = Behaviour::new()
        .at(Step::Rcpt)
        .reply(550, "5.1.1 No such user");
    let press = TestApp::behaving(Db::Postgres, dead).await;
    press.issue(SLUG).reader(ADA).await;
    press.freeze(SLUG).await;
    press
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_relays_refusal_never_overwrites_leaving() {
    let press = with_dead_mailbox().await;
    let ada = list::find(&press.app.store, ADA).await.unwrap().unwrap();
    let edition = press.edition(SLUG).await.id;
    let token = ada.token(subscribers::token::Purpose::Unsubscribe, edition);
    let token = subscribers::token::sign(&press.app.key, token);
    let link = format!("{}/u/{token}", press.site);
    let held = press.schema().hold_subscriber(ada.id);
    let left = tokio::spawn(async move { http::post(&link, "List-Unsubscribe=One-Click").await });
    until_waiting(&press, 1).await;
    let (sent, ()) = tokio::join!(press.send(SLUG), async {
        until_waiting(&press, 2).await;
        drop(held);
    });
    assert_eq!(sent, RunResult::Finished);
    assert_eq!(left.await.unwrap().status, 200);
    assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
    nothing_was_done_again(&press);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasing_and_a_bounce_do_not_wait_for_each_other() {
    let press = with_dead_mailbox().await;
    let id = id_of(&press, ADA).await;
    let held = press.schema().hold_subscriber(id);
    let app = press.app.clone();
    let erased =
        tokio::spawn(async move { readers::erase(&app, id, Cause::by(ConsentSource::Page)).await });
    until_waiting(&press, 1).await;
    let (sent, ()) = tokio::join!(press.send(SLUG), async {
        until_waiting(&press, 2).await;
        drop(held);
    });
    assert_eq!(sent, RunResult::Finished);
    erased.await.unwrap().unwrap();
    let reader = list::get(&press.app.store, id).await.unwrap().unwrap();
    assert_eq!(reader.consent, Consent::Erased);
    nothing_was_done_again(&press);
}

/// The import takes numbers for new readers, on which every change of consent waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_and_leaving_do_not_wait_for_each_other() {
    let press = TestApp::on(Db::Postgres).await;
    let joiner = |email: &str| Joiner {
        address: Address::parse(email).unwrap(),
        name: None,
        time_zone: None,
        frequency: list::Frequency::Every,
        paused_until: None,
    };
    let pending = [joiner(ADA)];
    readers::add(&press.app, &pending, false, ConsentSource::Import)
        .await
        .unwrap();
    let id = id_of(&press, ADA).await;
    let held = press.schema().hold_subscriber(id);
    let left = unsubscribe(&press.app, id);
    until_waiting(&press, 1).await;
    let (app, batch) = (press.app.clone(), [joiner("new@example.com"), joiner(ADA)]);
    let added =
        tokio::spawn(async move { readers::add(&app, &batch, true, ConsentSource::Import).await });
    until_waiting(&press, 2).await;
    drop(held);
    left.await.unwrap();
    let wanted = Added {
        accepted: 1,
        suppressed: 1,
        ..Added::default()
    };
    assert_eq!(added.await.unwrap().unwrap(), wanted);
    assert_eq!(press.consent(ADA).await, Consent::Unsubscribed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_up_that_is_confirmed_at_the_last_moment_keeps_its_history() {
    let press = TestApp::on(Db::Postgres).await;
    let now = press.clock.now_millis();
    let new = list::NewSubscriber {
        address: ADA,
        address_key: ADA,
        address_tag: 0,
        name: None,
        time_zone: None,
        language: None,
        frequency: list::Frequency::Every,
        paused_until: None,
        consent: Consent::Pending,
        cause: Cause::by(ConsentSource::Form),
        created_at: now,
    };
    let mut tx = press.app.store.begin().await.unwrap();
    let ids = list::insert(&mut tx, &[new], now).await;
    tx.commit().await.unwrap();
    let id = ids.unwrap().start;
    let held = press.schema().hold_subscriber(id);
    let confirmed = change(&press, id, Change::Confirm, ConsentSource::Page);
    until_waiting(&press, 1).await;
    let store = press.app.store.clone();
    let purged = tokio::spawn(async move { list::purge_pending(&store, now, now).await });
    until_waiting(&press, 2).await;
    drop(held);
    confirmed.await.unwrap();
    assert_eq!(purged.await.unwrap().unwrap(), 0);
    let history = consent_changes::of(&press.app.store, id).await.unwrap();
    let ways: Vec<_> = history.iter().map(|change| change.source).collect();
    assert_eq!(ways, [ConsentSource::Form, ConsentSource::Page]);
}
