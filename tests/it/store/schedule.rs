//! slots: every slot is decided once.

use verdict::store::Store;
use verdict::store::slots::{
    Ahead, DecidedSlot, Decision, after, decide, first_ahead, is_any_ahead, is_missed, latest, now,
    open_at, opened_at, reach, reopen_at, take_back, up_to,
};

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLOT: i64 = NOW - 1_000;

on_both_stores!(
    a_slot_is_decided_once_whatever_the_second_decision_is,
    a_decision_that_is_rolled_back_may_be_made_again,
    of_several_nodes_one_decides_a_slot,
    the_latest_slot_is_the_one_that_is_due_last,
    a_schedule_starts_where_it_was_opened_first,
    a_start_in_the_future_is_replaced,
    the_stores_clock_goes_on,
    a_fast_clocks_decisions_are_void_and_made_again,
    an_issue_sent_ahead_is_reached_once,
    slots_are_read_on_either_side_of_an_instant,
    a_slot_between_two_missed_ones_is_missed,
);

async fn a_slot_is_decided_once_whatever_the_second_decision_is(db: Db) {
    let t = TestStore::on(db).await;
    assert!(decides(&t, SLOT, Decision::Missed).await);
    for again in [
        Decision::Missed,
        Decision::Empty,
        Decision::Sent("tea-vs-coffee".to_owned()),
    ] {
        assert!(!decides(&t, SLOT, again).await);
    }
    assert!(decides(&t, SLOT + 1, Decision::Sent("tea-vs-coffee".to_owned())).await);
}

async fn a_decision_that_is_rolled_back_may_be_made_again(db: Db) {
    let t = TestStore::on(db).await;
    let mut tx = t.store.begin().await.unwrap();
    assert!(decide(&mut tx, SLOT, &Decision::Empty, NOW).await.unwrap());
    drop(tx);
    assert!(decides(&t, SLOT, Decision::Empty).await);
}

async fn of_several_nodes_one_decides_a_slot(db: Db) {
    let t = TestStore::on(db).await;
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

async fn the_latest_slot_is_the_one_that_is_due_last(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(latest(&t.store, i64::MAX).await.unwrap(), None);
    for slot in [SLOT, SLOT + 2, SLOT + 1] {
        decides(&t, slot, Decision::Empty).await;
    }
    assert_eq!(latest(&t.store, i64::MAX).await.unwrap(), Some(SLOT + 2));
    assert_eq!(latest(&t.store, SLOT + 1).await.unwrap(), Some(SLOT + 1));
    assert_eq!(latest(&t.store, SLOT - 1).await.unwrap(), None);
}

async fn a_schedule_starts_where_it_was_opened_first(db: Db) {
    let t = TestStore::on(db).await;
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

async fn a_start_in_the_future_is_replaced(db: Db) {
    let t = TestStore::on(db).await;
    let reopen = async |at, latest| t.write(async |tx| reopen_at(tx, at, latest).await).await;
    assert!(!reopen(SLOT, SLOT).await, "there is none");
    t.write(async |tx| open_at(tx, SLOT + 9).await).await;
    assert!(!reopen(SLOT, SLOT + 9).await);
    assert_eq!(opened_at(&t.store).await.unwrap(), Some(SLOT + 9));
    assert!(reopen(SLOT, SLOT + 8).await);
    assert_eq!(opened_at(&t.store).await.unwrap(), Some(SLOT));
}

async fn the_stores_clock_goes_on(db: Db) {
    let t = TestStore::on(db).await;
    let first = now(&t.store).await.unwrap();
    assert!(first > NOW, "this test was written after that");
    assert!(now(&t.store).await.unwrap() >= first);
}

/// Slots up to [`SLOT`] can have been decided, up to [`NOW`]; those before `SLOT - 10` are too old.
const AHEAD: Ahead = Ahead {
    from: SLOT - 10,
    until: SLOT,
    decided_until: NOW,
};

async fn a_fast_clocks_decisions_are_void_and_made_again(db: Db) {
    let t = TestStore::on(db).await;
    let sent = || Decision::Sent("tea-vs-coffee".to_owned());
    let rows = [
        (SLOT - 10, NOW + 1, Decision::Missed, Decision::Missed),
        (SLOT - 9, NOW + 1, Decision::Missed, Decision::Void),
        (SLOT - 8, NOW + 1, sent(), sent()),
        (SLOT, NOW, Decision::Empty, Decision::Empty),
        (SLOT + 1, NOW, Decision::Empty, Decision::Void),
        (
            SLOT + 2,
            NOW,
            sent(),
            Decision::Ahead("tea-vs-coffee".to_owned()),
        ),
    ];
    assert!(!is_any_ahead(&t.store, AHEAD).await.unwrap());
    for (slot, now, decision, _) in &rows {
        t.write(async |tx| decide(tx, *slot, decision, *now).await)
            .await;
    }
    assert!(is_any_ahead(&t.store, AHEAD).await.unwrap());
    let void = t.write(async |tx| take_back(tx, AHEAD).await).await;
    assert_eq!(void, Some((SLOT - 9, SLOT + 1)));
    assert!(!is_any_ahead(&t.store, AHEAD).await.unwrap());
    assert_eq!(t.write(async |tx| take_back(tx, AHEAD).await).await, None);
    let want = rows.map(|(slot_at, decided_at, _, decision)| DecidedSlot {
        slot_at,
        decided_at,
        decision,
    });
    assert_eq!(after(&t.store, 0, 9).await.unwrap(), want);
    assert_eq!(latest(&t.store, i64::MAX).await.unwrap(), Some(SLOT));

    assert!(decides(&t, SLOT + 1, Decision::Missed).await, "it was void");
    assert!(!decides(&t, SLOT + 1, Decision::Empty).await);
    assert!(!decides(&t, SLOT + 2, Decision::Empty).await, "it was sent");
}

async fn an_issue_sent_ahead_is_reached_once(db: Db) {
    let t = TestStore::on(db).await;
    decides(&t, SLOT + 1, Decision::Sent("tea-vs-coffee".to_owned())).await;
    assert_eq!(first_ahead(&t.store, 0).await.unwrap(), None);
    t.write(async |tx| take_back(tx, AHEAD).await).await;
    assert_eq!(
        first_ahead(&t.store, SLOT + 1).await.unwrap(),
        Some(SLOT + 1)
    );
    assert_eq!(first_ahead(&t.store, SLOT + 2).await.unwrap(), None);
    assert!(t.write(async |tx| reach(tx, SLOT + 1).await).await);
    assert!(!t.write(async |tx| reach(tx, SLOT + 1).await).await);
    assert_eq!(latest(&t.store, SLOT + 1).await.unwrap(), Some(SLOT + 1));
}

async fn slots_are_read_on_either_side_of_an_instant(db: Db) {
    let t = TestStore::on(db).await;
    for slot in SLOT..SLOT + 5 {
        decides(&t, slot, Decision::Empty).await;
    }
    let at = |rows: Vec<DecidedSlot>| {
        rows.iter()
            .map(|row| row.slot_at - SLOT)
            .collect::<Vec<_>>()
    };
    assert_eq!(at(after(&t.store, SLOT + 1, 2).await.unwrap()), [2, 3]);
    assert_eq!(at(up_to(&t.store, SLOT + 3, 2).await.unwrap()), [3, 2]);
}

async fn a_slot_between_two_missed_ones_is_missed(db: Db) {
    let t = TestStore::on(db).await;
    for (slot, decision) in [
        (SLOT, Decision::Empty),
        (SLOT + 2, Decision::Missed),
        (SLOT + 6, Decision::Missed),
    ] {
        decides(&t, slot, decision).await;
    }
    for (slot, missed) in [(0, false), (2, true), (4, true), (6, true), (7, false)] {
        assert_eq!(
            is_missed(&t.store, SLOT + slot).await.unwrap(),
            missed,
            "{slot}"
        );
    }
}
