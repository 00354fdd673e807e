//! slots: every slot is decided once.

use verdict::store::Store;
use verdict::store::slots::{Decision, decide, latest, open_at, opened_at};

use super::{NOW, TestStore, on_both_engines};

const SLOT: i64 = NOW - 1_000;

on_both_engines![
    a_slot_is_decided_once_whatever_the_second_decision_is,
    a_decision_that_is_rolled_back_may_be_made_again,
    of_several_nodes_one_decides_a_slot,
    the_latest_slot_is_the_one_that_is_due_last,
    a_schedule_starts_where_it_was_opened_first,
];

async fn a_slot_is_decided_once_whatever_the_second_decision_is(t: &TestStore) {
    assert!(decides(t, SLOT, Decision::Missed).await);
    for again in [
        Decision::Missed,
        Decision::Empty,
        Decision::Sent("tea-vs-coffee".to_owned()),
    ] {
        assert!(!decides(t, SLOT, again).await);
    }
    assert!(decides(t, SLOT + 1, Decision::Sent("tea-vs-coffee".to_owned())).await);
}

async fn a_decision_that_is_rolled_back_may_be_made_again(t: &TestStore) {
    let mut tx = t.store.begin().await.unwrap();
    assert!(decide(&mut tx, SLOT, &Decision::Empty, NOW).await.unwrap());
    drop(tx);
    assert!(decides(t, SLOT, Decision::Empty).await);
}

async fn of_several_nodes_one_decides_a_slot(t: &TestStore) {
    let stores = [t.store.clone(), t.another().await];
    for slot in SLOT..SLOT + 5 {
        let nodes: Vec<_> = (0..4)
            .map(|number| tokio::spawn(decide_as_a_node(stores[number % 2].clone(), slot)))
            .collect();
        let mut deciders = 0;
        for node in nodes {
            deciders += u32::from(node.await.unwrap());
        }
        assert_eq!(deciders, 1);
    }
}

async fn decide_as_a_node(store: Store, slot: i64) -> bool {
    let mut tx = store.begin().await.unwrap();
    let decided = decide(&mut tx, slot, &Decision::Empty, NOW).await.unwrap();
    tx.commit().await.unwrap();
    decided
}

async fn the_latest_slot_is_the_one_that_is_due_last(t: &TestStore) {
    assert_eq!(latest(&t.store).await.unwrap(), None);
    for slot in [SLOT, SLOT + 2, SLOT + 1] {
        decides(t, slot, Decision::Empty).await;
    }
    assert_eq!(latest(&t.store).await.unwrap(), Some(SLOT + 2));
}

async fn a_schedule_starts_where_it_was_opened_first(t: &TestStore) {
    assert_eq!(opened_at(&t.store).await.unwrap(), None);
    for slot in [SLOT, SLOT + 9, SLOT - 9] {
        t.write(async |tx| open_at(tx, slot).await).await;
        assert_eq!(opened_at(&t.store).await.unwrap(), Some(SLOT));
    }
}

async fn decides(t: &TestStore, slot: i64, decision: Decision) -> bool {
    t.write(async |tx| decide(tx, slot, &decision, NOW).await)
        .await
}
