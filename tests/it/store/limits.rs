//! limits: what is allowed once within a time, and the row that a probe writes.

use verdict::store::limits::{give_back, is_spent, purge, spend};
use verdict::store::meta::probe;

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    a_thing_is_spent_once,
    of_two_at_once_one_spends_it,
    a_limit_given_back_can_be_used_again,
    what_is_over_is_forgotten,
    a_probe_writes_on_every_call,
);

async fn spent(t: &TestStore, subject: &str, until: i64) -> bool {
    let mut tx = t.store.begin().await.unwrap();
    let first = spend(&mut tx, "stamp", subject, until).await.unwrap();
    assert!(is_spent(&mut tx, "stamp", subject).await.unwrap());
    assert!(!is_spent(&mut tx, "other", subject).await.unwrap());
    tx.commit().await.unwrap();
    first
}

async fn a_thing_is_spent_once(db: Db) {
    let t = TestStore::on(db).await;
    assert!(spent(&t, "a", NOW + 1).await);
    assert!(spent(&t, "b", NOW + 1).await);
    assert!(!spent(&t, "a", NOW + 2).await);
}

async fn of_two_at_once_one_spends_it(db: Db) {
    let t = TestStore::on(db).await;
    let both = tokio::join!(spent(&t, "a", NOW + 1), spent(&t, "a", NOW + 1));
    assert!(both.0 != both.1, "{both:?}");
}

async fn a_limit_given_back_can_be_used_again(db: Db) {
    let t = TestStore::on(db).await;
    assert!(spent(&t, "a", NOW + 1).await);
    let mut tx = t.store.begin().await.unwrap();
    give_back(&mut tx, "stamp", "a").await.unwrap();
    assert!(!is_spent(&mut tx, "stamp", "a").await.unwrap());
    tx.commit().await.unwrap();
    assert!(spent(&t, "a", NOW + 1).await);
}

async fn what_is_over_is_forgotten(db: Db) {
    let t = TestStore::on(db).await;
    assert!(spent(&t, "a", NOW).await);
    assert!(spent(&t, "b", NOW + 1).await);
    assert_eq!(purge(&t.store, NOW).await.unwrap(), 1);
    assert!(spent(&t, "a", NOW).await);
    assert!(!spent(&t, "b", NOW + 1).await);
}

async fn a_probe_writes_on_every_call(db: Db) {
    let t = TestStore::on(db).await;
    for _ in 0..3 {
        probe(&t.store).await.unwrap();
    }
    t.store.close().await;
    assert!(probe(&t.store).await.is_err());
}
