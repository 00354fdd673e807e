//! votes: one for each reader and tool, the last one counts.

use templates::comparison::{Tally, Verdict};
use verdict::store::votes::{NewVote, by_hour, cast, cast_by, tally, tally_in};

use verdict::store::StoreError;

use super::{NOW, TestStore};
use crate::database::Db;
use crate::store_check::store_check;
use crate::test_app::on_both_stores;

const ISSUE: &str = "tea-vs-coffee";

on_both_stores!(
    nobody_voted_at_first,
    every_reader_and_tool_has_a_vote,
    a_later_vote_replaces_the_earlier_one,
    votes_on_one_issue_do_not_count_for_another,
    a_readers_own_votes_on_an_issue_are_found,
    votes_are_counted_by_the_hour,
    votes_in_one_group_count_as_if_cast_one_after_the_other,
    a_transaction_that_fails_counts_nothing,
    a_wrong_count_is_found,
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

async fn votes_are_counted_by_the_hour(db: Db) {
    use Verdict::{Ship, Skip};
    let t = TestStore::on(db).await;
    const HOUR: i64 = 3_600_000;
    for (reader, tool, verdict, at) in [
        (1, "tea", Ship, NOW),
        (2, "tea", Ship, NOW + HOUR - 1),
        (3, "tea", Skip, NOW - 2 * HOUR),
        (4, "tea", Skip, NOW + HOUR),
        (5, "tea", Ship, NOW + 400 * HOUR),
        (1, "coffee", Skip, NOW + 2 * HOUR),
        (1, "coffee", Ship, NOW + 3 * HOUR),
    ] {
        let vote = NewVote {
            issue: ISSUE,
            tool,
            subscriber: reader,
            verdict,
        };
        t.write(async |tx| cast(tx, &[vote], at).await).await;
    }
    vote(&t, "tea-vs-water", "tea", 1, Ship).await;
    let found = by_hour(&t.store, ISSUE, NOW).await.unwrap();
    let found = found.iter();
    let found: Vec<_> = found
        .map(|one| (one.tool.as_str(), one.hour, one.verdict, one.votes))
        .collect();
    let expected = [
        ("coffee", 3, Ship, 1),
        ("tea", 0, Ship, 2),
        ("tea", 0, Skip, 1),
        ("tea", 1, Skip, 1),
        ("tea", 400, Ship, 1),
    ];
    assert_eq!(found, expected);
}

async fn votes_in_one_group_count_as_if_cast_one_after_the_other(db: Db) {
    use Verdict::{Ship, Skip};
    let t = TestStore::on(db).await;
    vote(&t, ISSUE, "tea", 1, Ship).await;
    let group = [
        (ISSUE, "tea", 1, Skip),
        (ISSUE, "coffee", 1, Ship),
        (ISSUE, "tea", 2, Ship),
        ("tea-vs-water", "tea", 1, Ship),
        (ISSUE, "tea", 2, Skip),
        (ISSUE, "tea", 2, Ship),
    ]
    .map(|(issue, tool, reader, verdict)| one(issue, tool, reader, verdict));
    let (seen, counted) = t
        .write(async |tx| {
            let seen = cast(tx, &group, NOW).await?;
            Ok((seen, tally_in(tx, ISSUE).await?))
        })
        .await;
    let seen: Vec<_> = seen
        .iter()
        .map(|own| ["tea", "coffee"].map(|tool| own.get(tool).copied()))
        .collect();
    assert_eq!(
        seen,
        [
            [Some(Skip), None],
            [Some(Skip), Some(Ship)],
            [Some(Ship), None],
            [Some(Ship), None],
            [Some(Skip), None],
            [Some(Ship), None],
        ]
    );
    assert_eq!(counted["tea"], Tally { ship: 1, skip: 1 });
    assert_eq!(counted["coffee"], Tally { ship: 1, skip: 0 });
    assert_eq!(tally(&t.store, ISSUE).await.unwrap(), counted);
    assert_eq!(cast_by(&t.store, ISSUE, 2).await.unwrap()["tea"], Ship);
}

async fn a_transaction_that_fails_counts_nothing(db: Db) {
    let t = TestStore::on(db).await;
    let failed = t.try_write(async |tx| {
        cast(tx, &[one(ISSUE, "tea", 1, Verdict::Ship)], NOW).await?;
        Err::<(), _>(StoreError::Closed)
    });
    assert!(failed.await.is_err());
    assert!(tally(&t.store, ISSUE).await.unwrap().is_empty());
    assert!(cast_by(&t.store, ISSUE, 1).await.unwrap().is_empty());
}

async fn a_wrong_count_is_found(db: Db) {
    let t = TestStore::on(db).await;
    vote(&t, ISSUE, "tea", 1, Verdict::Ship).await;
    let check = || store_check(t.schema.as_ref(), &t.dir.path().join("verdict.db"));
    assert_eq!(check(), Ok(()));
    for (wrong, right) in [
        (
            "UPDATE vote_counts SET votes = 2",
            "UPDATE vote_counts SET votes = 1",
        ),
        (
            "UPDATE votes SET verdict = 'skip'",
            "UPDATE votes SET verdict = 'ship'",
        ),
        (
            "INSERT INTO vote_counts (issue, tool, verdict, votes) VALUES ('a', 'b', 'ship', 1)",
            "DELETE FROM vote_counts WHERE issue = 'a'",
        ),
    ] {
        t.execute(wrong);
        assert!(check().is_err(), "{wrong}");
        t.execute(right);
        assert_eq!(check(), Ok(()));
    }
}

fn one<'a>(issue: &'a str, tool: &'a str, subscriber: i64, verdict: Verdict) -> NewVote<'a> {
    NewVote {
        issue,
        tool,
        subscriber,
        verdict,
    }
}

async fn vote(t: &TestStore, issue: &str, tool: &str, reader: i64, verdict: Verdict) {
    t.write(async |tx| cast(tx, &[one(issue, tool, reader, verdict)], NOW).await)
        .await;
}
