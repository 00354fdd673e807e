//! PostgreSQL: transactions that change the same reader. Each test holds the reader's row until both wait for it, so
//! that they meet in the critical order.

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
use crate::test_app::{TestApp, find_subscriber};

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

async fn id_of(app: &TestApp, email: &str) -> i64 {
    let found = find_subscriber(&app.store, email).await;
    found.unwrap().id
}

/// Waits until this many transactions wait for a reader's row.
async fn until_waiting(app: &TestApp, count: i64) {
    until("they wait for the row", || async {
        app.schema().waiting_for_rows("subscribers") == count
    })
    .await;
}

/// No transaction was repeated: PostgreSQL broke no deadlock.
fn nothing_was_done_again(app: &TestApp) {
    assert_eq!(app.metrics.store_waits.get(), 0);
}

fn change(app: &TestApp, id: i64, change: Change, source: ConsentSource) -> JoinHandle<()> {
    let app = App::clone(app);
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
async fn a_bounce_never_overwrites_an_unsubscribe() {
    let app = TestApp::on(Db::Postgres).await;
    app.readers(10).await;
    for number in 1..=10 {
        let email = format!("reader-{number}@example.com");
        let id = id_of(&app, &email).await;
        let held = app.schema().hold_subscriber(id);
        let bounce = || change(&app, id, Change::Bounce, ConsentSource::Bounce);
        let (left, bounced) = if number % 2 == 0 {
            let left = unsubscribe(&app, id);
            until_waiting(&app, 1).await;
            (left, bounce())
        } else {
            let bounced = bounce();
            until_waiting(&app, 1).await;
            (unsubscribe(&app, id), bounced)
        };
        until_waiting(&app, 2).await;
        drop(held);
        left.await.unwrap();
        bounced.await.unwrap();
        assert_eq!(app.consent(&email).await, Consent::Unsubscribed, "{email}");
    }
}

/// An instance whose relay replies that Ada's mailbox does not exist.
async fn with_dead_mailbox() -> TestApp {
    let dead = Behaviour::new()
        .at(Step::Rcpt)
        .reply(550, "5.1.1 No such user");
    let app = TestApp::behaving(Db::Postgres, dead).await;
    app.issue(SLUG).reader(ADA).await;
    app.freeze(SLUG).await;
    app
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_relays_refusal_never_overwrites_an_unsubscribe() {
    let app = with_dead_mailbox().await;
    let ada = find_subscriber(&app.store, ADA).await.unwrap();
    let edition = app.edition(SLUG).await.id;
    let token = ada.token(subscribers::token::Purpose::Unsubscribe, edition);
    let token = subscribers::token::sign(&app.key, token);
    let link = format!("{}/u/{token}", app.site);
    let held = app.schema().hold_subscriber(ada.id);
    let left = tokio::spawn(async move { http::post(&link, "List-Unsubscribe=One-Click").await });
    until_waiting(&app, 1).await;
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        until_waiting(&app, 2).await;
        drop(held);
    });
    assert_eq!(sent, RunResult::Finished);
    assert_eq!(left.await.unwrap().status, 200);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    nothing_was_done_again(&app);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasing_and_a_bounce_do_not_wait_for_each_other() {
    let app = with_dead_mailbox().await;
    let id = id_of(&app, ADA).await;
    let held = app.schema().hold_subscriber(id);
    let inner = App::clone(&app);
    let erased =
        tokio::spawn(
            async move { readers::erase(&inner, id, Cause::by(ConsentSource::Page)).await },
        );
    until_waiting(&app, 1).await;
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        until_waiting(&app, 2).await;
        drop(held);
    });
    assert_eq!(sent, RunResult::Finished);
    erased.await.unwrap().unwrap();
    let reader = list::get(&app.store, id).await.unwrap().unwrap();
    assert_eq!(reader.consent, Consent::Erased);
    nothing_was_done_again(&app);
}

/// The import allocates numbers for new readers, which every change of consent waits for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_and_leaving_do_not_wait_for_each_other() {
    let app = TestApp::on(Db::Postgres).await;
    let joiner = |email: &str| Joiner {
        address: Address::parse(email).unwrap(),
        name: None,
        time_zone: None,
        frequency: list::Frequency::Every,
        paused_until: None,
    };
    let pending = [joiner(ADA)];
    readers::add(&app, &pending, false, ConsentSource::Import)
        .await
        .unwrap();
    let id = id_of(&app, ADA).await;
    let held = app.schema().hold_subscriber(id);
    let left = unsubscribe(&app, id);
    until_waiting(&app, 1).await;
    let (inner, batch) = (App::clone(&app), [joiner("new@example.com"), joiner(ADA)]);
    let added =
        tokio::spawn(
            async move { readers::add(&inner, &batch, true, ConsentSource::Import).await },
        );
    until_waiting(&app, 2).await;
    drop(held);
    left.await.unwrap();
    let wanted = Added {
        accepted: 1,
        suppressed: 1,
        ..Added::default()
    };
    assert_eq!(added.await.unwrap().unwrap(), wanted);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_up_that_is_confirmed_at_the_last_moment_keeps_its_history() {
    let app = TestApp::on(Db::Postgres).await;
    let now = app.clock.now_millis();
    let new = list::NewSubscriber {
        address: Address::parse(ADA).unwrap(),
        address_tag: 0,
        name: None,
        time_zone: None,
        language: None,
        frequency: list::Frequency::Every,
        paused_until: None,
        consent: Consent::Pending,
        created_at: now,
    };
    let mut tx = app.store.begin().await.unwrap();
    let ids = list::insert(&mut tx, &[new], Cause::by(ConsentSource::Form), now).await;
    tx.commit().await.unwrap();
    let id = ids.unwrap().start;
    let held = app.schema().hold_subscriber(id);
    let confirmed = change(&app, id, Change::Confirm, ConsentSource::Page);
    until_waiting(&app, 1).await;
    let store = app.store.clone();
    let purged = tokio::spawn(async move { list::purge_pending(&store, now, now).await });
    until_waiting(&app, 2).await;
    drop(held);
    confirmed.await.unwrap();
    assert_eq!(purged.await.unwrap().unwrap(), 0);
    let history = consent_changes::of(&app.store, id).await.unwrap();
    let ways: Vec<_> = history.iter().map(|change| change.source).collect();
    assert_eq!(ways, [ConsentSource::Form, ConsentSource::Page]);
}
