//! counters and meta: numbers that the app allocates, and the fingerprint of the list's key.

use verdict::store::counters::{Counter, reserve};
use verdict::store::meta::pin_key;
use verdict::store::{Store, StoreError};

use super::TestStore;
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    numbers_start_at_one_and_blocks_follow_each_other,
    every_counter_counts_for_itself,
    a_reservation_that_is_rolled_back_is_handed_out_again,
    blocks_reserved_at_the_same_time_never_overlap,
    the_key_pinned_first_stays,
    another_key_is_refused_and_both_are_named,
);

async fn numbers_start_at_one_and_blocks_follow_each_other(db: Db) {
    let t = TestStore::on(db).await;
    for (count, first) in [(1, 1), (5_000, 2), (3, 5_002)] {
        let reserved = t.write(async |tx| reserve(tx, Counter::Subscriber, count).await);
        assert_eq!(reserved.await, first);
    }
}

async fn every_counter_counts_for_itself(db: Db) {
    let t = TestStore::on(db).await;
    t.write(async |tx| reserve(tx, Counter::Subscriber, 10).await)
        .await;
    for counter in [Counter::Edition, Counter::Sender, Counter::ConsentChange] {
        let reserved = t.write(async |tx| reserve(tx, counter, 2).await).await;
        assert_eq!(reserved, 1, "{counter:?}");
    }
}

async fn a_reservation_that_is_rolled_back_is_handed_out_again(db: Db) {
    let t = TestStore::on(db).await;
    let mut tx = t.store.begin().await.unwrap();
    assert_eq!(reserve(&mut tx, Counter::Edition, 4).await.unwrap(), 1);
    drop(tx);
    let again = t.write(async |tx| reserve(tx, Counter::Edition, 1).await);
    assert_eq!(again.await, 1);
}

async fn blocks_reserved_at_the_same_time_never_overlap(db: Db) {
    let t = TestStore::on(db).await;
    const BLOCK: i64 = 7;
    let stores = [t.store.clone(), t.another().await];
    let tasks: Vec<_> = (0..6)
        .map(|number| tokio::spawn(reserve_ten(stores[number % 2].clone(), BLOCK)))
        .collect();
    let mut firsts = Vec::new();
    for task in tasks {
        firsts.extend(task.await.unwrap());
    }
    firsts.sort_unstable();
    let wanted: Vec<i64> = (0..60).map(|block| block * BLOCK + 1).collect();
    assert_eq!(firsts, wanted);
}

async fn reserve_ten(store: Store, block: i64) -> Vec<i64> {
    let mut firsts = Vec::new();
    for _ in 0..10 {
        let mut tx = store.begin().await.unwrap();
        firsts.push(reserve(&mut tx, Counter::Subscriber, block).await.unwrap());
        tx.commit().await.unwrap();
    }
    firsts
}

async fn the_key_pinned_first_stays(db: Db) {
    let t = TestStore::on(db).await;
    t.write(async |tx| pin_key(tx, "first").await).await;
    t.write(async |tx| pin_key(tx, "first").await).await;
    let mut elsewhere = t.another().await.begin().await.unwrap();
    assert!(pin_key(&mut elsewhere, "first").await.is_ok());
}

async fn another_key_is_refused_and_both_are_named(db: Db) {
    let t = TestStore::on(db).await;
    t.write(async |tx| pin_key(tx, "first").await).await;
    let error = t.try_write(async |tx| pin_key(tx, "second").await).await;
    let Err(StoreError::ForeignKey { here, list }) = error else {
        panic!("{error:?}");
    };
    assert_eq!((here.as_str(), list.as_str()), ("second", "first"));
    t.write(async |tx| pin_key(tx, "first").await).await;
}
