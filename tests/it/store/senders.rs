//! senders: which are alive, observed through what `recover` takes away.

use std::time::Duration;

use verdict::store::{StoreError, senders};

use super::{LEASE, NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    every_sender_has_a_number_of_its_own,
    a_lease_that_is_renewed_outlives_the_old_one,
    a_sender_expires_after_its_lease_and_not_before,
    expiring_the_others_spares_the_one,
    a_sender_that_left_is_gone_and_may_leave_again,
    a_sender_is_alive_while_its_lease_lasts,
);

async fn every_sender_has_a_number_of_its_own(db: Db) {
    let t = TestStore::on(db).await;
    let (first, second) = (t.sender().await, t.sender().await);
    assert_ne!(first, second);
    leave(&t, second).await;
    let third = t.sender().await;
    assert!(
        third != first && third != second,
        "a number is never given again"
    );
}

async fn a_lease_that_is_renewed_outlives_the_old_one(db: Db) {
    let t = TestStore::on(db).await;
    let sender = register(&t, Duration::ZERO).await;
    t.write(async |tx| senders::renew(tx, sender, LEASE).await)
        .await;
    assert_eq!(expire(&t).await, 0);
    assert!(is_registered(&t, sender).await);
    t.write(async |tx| senders::renew(tx, sender, Duration::ZERO).await)
        .await;
    until_buried(&t, 1).await;
    let renewed = t.try_write(async |tx| senders::renew(tx, sender, LEASE).await);
    assert!(matches!(
        renewed.await,
        Err(StoreError::LostLease {
            wanted: 1,
            missing: 1
        })
    ));
    assert!(!is_registered(&t, sender).await, "renewing does not revive");
}

async fn a_sender_expires_after_its_lease_and_not_before(db: Db) {
    let t = TestStore::on(db).await;
    let (early, late) = (
        register(&t, Duration::ZERO).await,
        register(&t, LEASE).await,
    );
    until_buried(&t, 1).await;
    assert!(!is_registered(&t, early).await);
    assert!(is_registered(&t, late).await);
    assert_eq!(expire(&t).await, 0);
}

async fn expiring_the_others_spares_the_one(db: Db) {
    let t = TestStore::on(db).await;
    let senders = [t.sender().await, t.sender().await, t.sender().await];
    let expired = t.write(async |tx| senders::expire_others(tx, senders[1]).await);
    assert_eq!(expired.await, 2);
    assert!(!is_registered(&t, senders[0]).await);
    assert!(is_registered(&t, senders[1]).await);
    assert!(!is_registered(&t, senders[2]).await);
}

async fn a_sender_that_left_is_gone_and_may_leave_again(db: Db) {
    let t = TestStore::on(db).await;
    let (stays, leaves) = (t.sender().await, t.sender().await);
    let (edition, _) = t.enrolled("tea-vs-coffee", 2).await;
    t.claim(stays, edition, 1).await;
    t.claim(leaves, edition, 1).await;
    leave(&t, leaves).await;
    leave(&t, leaves).await;
    let recovered = t.recover(NOW).await;
    assert_eq!(recovered.requeued, 1);
    assert!(is_registered(&t, stays).await);
}

async fn a_sender_is_alive_while_its_lease_lasts(db: Db) {
    let t = TestStore::on(db).await;
    assert!(!senders::is_any_alive(&t.store).await.unwrap());
    let sender = register(&t, LEASE).await;
    assert!(senders::is_any_alive(&t.store).await.unwrap());
    leave(&t, sender).await;
    assert!(!senders::is_any_alive(&t.store).await.unwrap());
    register(&t, Duration::ZERO).await;
    // The lease ends when a whole millisecond has passed; the sender is still registered.
    while senders::is_any_alive(&t.store).await.unwrap() {}
    assert_eq!(expire(&t).await, 1);
}

async fn register(t: &TestStore, lease: Duration) -> i64 {
    t.write(async |tx| senders::register(tx, lease).await).await
}

async fn expire(t: &TestStore) -> u64 {
    t.write(async |tx| senders::expire(tx).await).await
}

/// The store's clock has whole milliseconds; a lease ends when one has passed.
async fn until_buried(t: &TestStore, wanted: u64) {
    let mut expired = 0;
    while expired < wanted {
        expired += expire(t).await;
    }
    assert_eq!(expired, wanted);
}

async fn leave(t: &TestStore, sender: i64) {
    t.write(async |tx| senders::leave(tx, sender).await).await;
}

/// True if the sender can renew its lease. The renewal is rolled back.
async fn is_registered(t: &TestStore, sender: i64) -> bool {
    let mut tx = t.store.begin().await.unwrap();
    senders::renew(&mut tx, sender, LEASE).await.is_ok()
}
