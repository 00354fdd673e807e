//! votes: one for each reader and tool, the last one counts.

use templates::comparison::{Tally, Verdict};
use verdict::store::votes::{cast, cast_by, tally};

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

const ISSUE: &str = "tea-vs-coffee";

on_both_stores!(
    nobody_voted_at_first,
    every_reader_and_tool_has_a_vote,
    a_later_vote_replaces_the_earlier_one,
    votes_on_one_issue_do_not_count_for_another,
    a_readers_own_votes_on_an_issue_are_found,
);

async fn nobody_voted_at_first(db: Db) {
    let t = TestStore::on(db).await;
    assert!(tally(&t.store, ISSUE).await.unwrap().is_empty());
}

async fn every_reader_and_tool_has_a_vote(db: Db) {
    let t = TestStore::on(db).await;
    for reader in 1..=3 {
        vote(&t, ISSUE, "tea", reader, Verdict::Ship).await;
    }
    vote(&t, ISSUE, "tea", 4, Verdict::Skip).await;
    vote(&t, ISSUE, "coffee", 1, Verdict::Skip).await;
    let tallies = tally(&t.store, ISSUE).await.unwrap();
    assert_eq!(tallies.len(), 2);
    assert_eq!(tallies["tea"], Tally { ship: 3, skip: 1 });
    assert_eq!(tallies["coffee"], Tally { ship: 0, skip: 1 });
}

async fn a_later_vote_replaces_the_earlier_one(db: Db) {
    let t = TestStore::on(db).await;
    for verdict in [Verdict::Ship, Verdict::Ship, Verdict::Skip] {
        vote(&t, ISSUE, "tea", 7, verdict).await;
    }
    let tallies = tally(&t.store, ISSUE).await.unwrap();
    assert_eq!(tallies["tea"], Tally { ship: 0, skip: 1 });
}

async fn votes_on_one_issue_do_not_count_for_another(db: Db) {
    let t = TestStore::on(db).await;
    vote(&t, ISSUE, "tea", 1, Verdict::Ship).await;
    vote(&t, "tea-vs-water", "tea", 1, Verdict::Skip).await;
    let tallies = tally(&t.store, ISSUE).await.unwrap();
    assert_eq!(tallies["tea"], Tally { ship: 1, skip: 0 });
}

async fn a_readers_own_votes_on_an_issue_are_found(db: Db) {
    let t = TestStore::on(db).await;
    vote(&t, ISSUE, "tea", 1, Verdict::Ship).await;
    vote(&t, ISSUE, "tea", 1, Verdict::Skip).await;
    vote(&t, ISSUE, "coffee", 1, Verdict::Ship).await;
    vote(&t, ISSUE, "tea", 2, Verdict::Ship).await;
    vote(&t, "tea-vs-water", "water", 1, Verdict::Ship).await;
    let votes = cast_by(&t.store, ISSUE, 1).await.unwrap();
    assert_eq!(votes.len(), 2);
    assert_eq!(
        (votes["tea"], votes["coffee"]),
        (Verdict::Skip, Verdict::Ship)
    );
    assert!(cast_by(&t.store, ISSUE, 3).await.unwrap().is_empty());
}

async fn vote(t: &TestStore, issue: &str, tool: &str, reader: i64, verdict: Verdict) {
    t.write(async |tx| cast(tx, issue, tool, reader, verdict, NOW).await)
        .await;
}
