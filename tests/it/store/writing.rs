//! Transactions that run as a whole, beside those that are open while their owner does something else.

use std::time::Duration;

use ::subscribers::consent::{Consent, ConsentSource};
use tokio::task::JoinSet;
use tokio::time::sleep;
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers::Leaver;
use verdict::store::{Store, StoreError, subscribers, undos};

use super::{NOW, TestStore};
use crate::child::until;
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    work_that_fails_leaves_nothing_and_the_next_is_done,
    transactions_of_both_kinds_take_turns,
    who_leaves_ends_what_another_transaction_began_meanwhile
);

fn leaver<'a>(subscriber: i64) -> Leaver<'a> {
    Leaver {
        subscriber,
        source: ConsentSource::OneClick,
        edition: None,
        reason: None,
    }
}

async fn leave(store: &Store, readers: Vec<i64>) -> Result<(), StoreError> {
    let work = store.write(move |tx| {
        Box::pin(async move {
            for reader in readers {
                let cause = Cause::by(ConsentSource::OneClick);
                let change = (reader, Consent::Unsubscribed, cause);
                subscribers::set_consent(tx, &[change], NOW).await?;
            }
            Ok(())
        })
    });
    work.await
}

async fn consents(store: &Store) -> (i64, i64) {
    let counts = subscribers::count(store).await.unwrap();
    let of = |consent| counts.get(&consent).copied().unwrap_or_default();
    (of(Consent::Confirmed), of(Consent::Unsubscribed))
}

async fn work_that_fails_leaves_nothing_and_the_next_is_done(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(2, Consent::Confirmed).await;
    let nobody = readers[1] + 1;
    let failed = leave(&t.store, vec![readers[0], nobody]).await;
    assert!(matches!(
        failed,
        Err(StoreError::NoSubscriber { missing: 1 })
    ));
    assert_eq!(consents(&t.store).await, (2, 0));
    leave(&t.store, readers).await.unwrap();
    assert_eq!(consents(&t.store).await, (0, 2));
}

async fn transactions_of_both_kinds_take_turns(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(40, Consent::Confirmed).await;
    let mut writing = JoinSet::new();
    for (number, reader) in readers.into_iter().enumerate() {
        let store = t.store.clone();
        writing.spawn(async move {
            if number % 2 == 0 {
                leave(&store, vec![reader]).await.unwrap();
            } else {
                let mut tx = store.begin().await.unwrap();
                undos::insert(&mut tx, reader, "confirmed", NOW)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            }
        });
    }
    writing.join_all().await;
    assert_eq!(consents(&t.store).await, (20, 20));
}

/// As on two machines: what is read after the wait is what the other transaction left.
async fn who_leaves_ends_what_another_transaction_began_meanwhile(db: Db) {
    let t = TestStore::on(db).await;
    let reader = t.readers(1, Consent::Confirmed).await[0];
    let another = t.another().await;
    let mut tx = another.begin().await.unwrap();
    let cause = Cause::by(ConsentSource::Page);
    let change = (reader, Consent::Pending, cause);
    subscribers::set_consent(&mut tx, &[change], NOW + 1)
        .await
        .unwrap();
    undos::insert(&mut tx, reader, "confirmed", NOW + 1)
        .await
        .unwrap();
    let store = t.store.clone();
    let leaving = tokio::spawn(async move {
        let mut tx = store.begin().await.unwrap();
        let before = subscribers::standings(&mut tx, &[reader]).await.unwrap();
        subscribers::leave(&mut tx, &[leaver(reader)], NOW + 2)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (before[&reader].consent, before[&reader].changed_at)
    });
    sleep(Duration::from_millis(200)).await;
    assert!(!leaving.is_finished(), "it does not wait");
    tx.commit().await.unwrap();
    assert_eq!(leaving.await.unwrap(), (Consent::Pending, NOW + 1));
    assert_eq!(consents(&t.store).await, (0, 1));
    assert_eq!(t.count("SELECT COUNT(*) FROM undos"), 0);
    another.close().await;
}

/// PostgreSQL writes a new version of the row. It stays on its page, and every index leads to it as before (HOT).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_leaving_touches_no_index_of_the_list() {
    let t = TestStore::on(Db::Postgres).await;
    let readers = t.readers(9, Consent::Confirmed).await;
    t.write(async |tx| subscribers::leave(tx, &[leaver(readers[4])], NOW).await)
        .await;
    // The server adds up what a connection did when it ends.
    t.store.close().await;
    let updates = |kind| {
        t.count(&format!(
            "SELECT {kind} FROM pg_stat_user_tables \
             WHERE relname = 'subscribers' AND schemaname = current_schema()"
        ))
    };
    until("the update is counted", || async {
        updates("n_tup_upd") == 1
    })
    .await;
    assert_eq!(updates("n_tup_hot_upd"), 1);
}
