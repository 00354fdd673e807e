//! domain_throttles: what a run leaves to the next, through the ledger's commits.

use verdict::store::deliveries::{self, Group};
use verdict::store::domain_throttles::{FARTHEST_TURN, LONGEST_REST, Throttle, load};

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    what_is_saved_is_loaded,
    each_relay_has_its_own,
    what_is_over_is_forgotten,
    another_senders_longer_rest_is_kept,
    state_stored_by_a_fast_clock_is_limited,
);

const RELAY: &str = "relay.example.net:587";
const HOUR: i64 = 3_600_000;

fn throttle(group: &str, level: i64, ready_at: i64, next_turn: i64) -> Throttle {
    Throttle {
        relay: RELAY.to_owned(),
        domain_group: group.to_owned(),
        level,
        accepted: 3,
        slow_since: NOW - 1,
        ready_at,
        next_turn,
    }
}

async fn save(t: &TestStore, throttles: &[Throttle], now: i64) {
    let group = Group {
        throttles: throttles.to_vec(),
        ..Group::default()
    };
    deliveries::commit(&t.store, &group, now).await.unwrap();
}

async fn loaded(t: &TestStore, now: i64) -> Vec<Throttle> {
    let mut throttles = load(&t.store, RELAY, now).await.unwrap();
    throttles.sort_by(|a, b| a.domain_group.cmp(&b.domain_group));
    throttles
}

async fn what_is_saved_is_loaded(db: Db) {
    let t = TestStore::on(db).await;
    let mut throttles = [
        throttle("example.com", 2, NOW + 5, NOW + 9),
        throttle("example.net", 0, NOW, NOW + 7),
    ];
    save(&t, &throttles, NOW).await;
    assert_eq!(loaded(&t, NOW).await, throttles);
    throttles[0].level = 1;
    throttles[0].next_turn = NOW + 50;
    save(&t, &throttles[..1], NOW).await;
    assert_eq!(loaded(&t, NOW).await, throttles);
}

async fn each_relay_has_its_own(db: Db) {
    let t = TestStore::on(db).await;
    let here = throttle("example.com", 2, NOW + 5, NOW + 9);
    let there = Throttle {
        relay: "relay.example.net:2525".to_owned(),
        level: 1,
        ..here.clone()
    };
    save(&t, &[here.clone(), there.clone()], NOW).await;
    assert_eq!(loaded(&t, NOW).await, [here]);
    let other = load(&t.store, &there.relay, NOW).await.unwrap();
    assert_eq!(other, [there]);
}

async fn what_is_over_is_forgotten(db: Db) {
    let t = TestStore::on(db).await;
    let slow = throttle("example.com", 1, NOW, NOW);
    let turns_to_come = throttle("example.net", 0, NOW, NOW + 2);
    let over = throttle("example.org", 0, NOW + 1, NOW + 1);
    let all = [slow, turns_to_come, over];
    save(&t, &all, NOW).await;
    assert_eq!(loaded(&t, NOW).await.len(), 3);
    save(&t, &all[..1], NOW + 1).await;
    assert_eq!(loaded(&t, NOW).await, all[..2]);
    let another = throttle("sub.example.com", 1, NOW + 8 * HOUR, NOW);
    save(&t, std::slice::from_ref(&another), NOW + 8 * HOUR).await;
    assert_eq!(loaded(&t, NOW + 8 * HOUR).await, [another]);
}

async fn another_senders_longer_rest_is_kept(db: Db) {
    let t = TestStore::on(db).await;
    let theirs = throttle("example.com", 3, NOW + HOUR, NOW + HOUR);
    let ours = throttle("example.com", 1, NOW + 9, NOW + 9);
    save(&t, std::slice::from_ref(&theirs), NOW).await;
    save(&t, &[ours], NOW).await;
    assert_eq!(loaded(&t, NOW).await, [theirs]);
}

async fn state_stored_by_a_fast_clock_is_limited(db: Db) {
    let t = TestStore::on(db).await;
    let year = 365 * 24 * HOUR;
    let mut ahead = throttle("example.com", 3, NOW + year, NOW + year);
    ahead.slow_since = NOW + year;
    save(&t, &[ahead], NOW + year).await;
    let found = &loaded(&t, NOW).await[0];
    assert_eq!(found.ready_at, NOW + LONGEST_REST);
    assert_eq!(found.next_turn, NOW + FARTHEST_TURN);
    assert_eq!(found.slow_since, NOW);
    let right = throttle("example.com", 1, NOW + 9, NOW + 9);
    save(&t, std::slice::from_ref(&right), NOW).await;
    assert_eq!(loaded(&t, NOW).await, [right]);
}
