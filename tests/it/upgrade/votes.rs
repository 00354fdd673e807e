//! Votes from before they were counted.

use std::panic::{AssertUnwindSafe, catch_unwind};

use templates::comparison::{Tally, Verdict};
use verdict::store::Store;
use verdict::store::votes::{self, NewVote};

use super::Before;
use crate::child::until;
use crate::database::Db;
use crate::store_check::store_check;
use crate::test_app::on_both_stores;

on_both_stores!(votes_from_before_are_counted_after_it);

impl Before {
    fn check(&self) -> Result<(), String> {
        store_check(self.schema.as_ref(), &self.file)
    }
}

/// A statement of the last release.
fn vote_as_before(subscriber: i64, verdict: &str) -> String {
    format!(
        "INSERT INTO votes (slug, tool, subscriber, verdict, at) VALUES ('tea', 'a', {subscriber}, '{verdict}', 1) \
         ON CONFLICT (slug, tool, subscriber) DO UPDATE SET verdict = excluded.verdict, at = excluded.at"
    )
}

async fn votes_from_before_are_counted_after_it(db: Db) {
    let before = Before::make(db);
    for (subscriber, verdict) in [(1, "ship"), (2, "ship"), (3, "skip")] {
        before.run(&vote_as_before(subscriber, verdict));
    }
    let store = before.open().await.unwrap();
    let tally = async |store: &Store| votes::tally(store, "tea").await.unwrap()["a"];
    assert_eq!(tally(&store).await, Tally { ship: 2, skip: 1 });
    before.check().unwrap();

    let again = NewVote {
        issue: "tea",
        tool: "a",
        subscriber: 1,
        verdict: Verdict::Skip,
    };
    let mut tx = store.begin().await.unwrap();
    votes::cast(&mut tx, &[again], 2).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(tally(&store).await, Tally { ship: 1, skip: 2 });
    before.check().unwrap();

    // A process of the last release that was suspended during the upgrade cannot add votes that nobody counts.
    let late = catch_unwind(AssertUnwindSafe(|| before.run(&vote_as_before(4, "ship"))));
    assert!(late.is_err());
    assert_eq!(tally(&store).await, Tally { ship: 1, skip: 2 });
    before.check().unwrap();
}

/// On SQLite, no other process has the file open then.
#[tokio::test]
async fn a_vote_that_commits_during_the_upgrade_is_counted() {
    let before = Before::make(Db::Postgres);
    let schema = before.schema.as_ref().unwrap();
    let vote = schema.run_and_stay(&vote_as_before(1, "ship"));
    let (url, dir) = (before.url.clone(), before.dir.path().to_owned());
    let upgrade = tokio::spawn(async move { Store::open(&url, &dir).await });
    until("the upgrade waits for the vote", || async {
        schema.waiting_for("votes") == 1
    })
    .await;
    vote.commit();
    let store = upgrade.await.unwrap().unwrap();
    let tally = votes::tally(&store, "tea").await.unwrap()["a"];
    assert_eq!(tally, Tally { ship: 1, skip: 0 });
    before.check().unwrap();
}
