//! deliveries in blocks: the ledger reads the same.

use ::subscribers::consent::Consent;
use verdict::store::deliveries::{self, Compacted, DueTimes, HistoryEntry, Part, PartSize, State};
use verdict::store::editions::{self, EditionState};
use verdict::store::{StoreError, subscribers as list};

use super::{NOW, TestStore, outcome};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    only_what_has_ended_is_compacted,
    each_part_leaves_the_ledger_as_it_was,
    what_a_block_cannot_tell_stays_a_row,
    a_reader_who_was_not_enrolled_is_in_no_block,
    who_got_an_edition_is_known_afterwards,
    the_due_time_in_a_readers_zone_is_kept,
    nothing_of_it_is_sent_again,
    a_damaged_block_is_reported,
    an_edition_is_compacted_until_nothing_is_left
);

const SLUG: &str = "tea-vs-coffee";

/// An edition whose readers all got it.
async fn sent(t: &TestStore, slug: &str, readers: usize) -> (i64, Vec<i64>) {
    let (edition, readers) = t.enrolled(slug, readers).await;
    let sender = t.sender().await;
    let all = t.in_flight(sender, edition).await;
    let outcomes = all
        .iter()
        .map(|reader| outcome(edition, *reader, State::Accepted));
    t.record(sender, &Vec::from_iter(outcomes)).await;
    assert!(finish(t, edition).await);
    (edition, readers)
}

async fn finish(t: &TestStore, edition: i64) -> bool {
    t.write(async |tx| editions::finish(tx, edition, NOW).await)
        .await
}

async fn begin(t: &TestStore, edition: i64) -> bool {
    t.write(async |tx| deliveries::begin_compaction(tx, edition, NOW + 9).await)
        .await
}

async fn part(t: &TestStore, edition: i64) -> Part {
    let mut size = PartSize::default();
    t.write(async |tx| deliveries::compact_part(tx, edition, &mut size).await)
        .await
}

async fn compact(t: &TestStore, edition: i64) {
    assert!(begin(t, edition).await);
    while !part(t, edition).await.is_last {}
}

async fn history(t: &TestStore, reader: i64) -> Vec<HistoryEntry> {
    deliveries::history(&t.store, reader).await.unwrap()
}

fn rows(t: &TestStore) -> i64 {
    t.count("SELECT COUNT(*) FROM deliveries")
}

async fn only_what_has_ended_is_compacted(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    assert!(!begin(&t, edition).await, "it is being sent");
    let paused = t.write(async |tx| editions::pause(tx, edition, None).await);
    assert!(paused.await);
    assert!(!begin(&t, edition).await, "it is paused");
    let cancelled = t.write(async |tx| editions::cancel(tx, edition, NOW).await);
    assert!(cancelled.await);
    assert!(!begin(&t, edition).await, "its deliveries wait");
    let sender = t.sender().await;
    t.claim(sender, edition, 1).await;
    let mut chunk = deliveries::Chunk::begin();
    t.write(async |tx| deliveries::skip_cancelled(tx, edition, NOW, &mut chunk).await)
        .await;
    assert!(begin(&t, edition).await);
    assert!(begin(&t, edition).await, "it goes on");
    assert_eq!(
        part(&t, edition).await,
        Part {
            moved: 0,
            is_last: true
        }
    );
    assert_eq!(t.state(readers[0]).await, State::Skipped);

    let (edition, readers) = t.enrolled("second", 1).await;
    t.in_flight(sender, edition).await;
    let doubt = outcome(edition, readers[0], State::Unknown);
    t.record(sender, &[doubt]).await;
    t.execute(&format!(
        "UPDATE editions SET state = 'finished' WHERE id = {edition}"
    ));
    assert!(!begin(&t, edition).await, "a reader is in doubt");
    let leave = t.write(async |tx| deliveries::leave_unknown(tx, edition, &readers, NOW).await);
    assert_eq!(leave.await, 1);
    assert!(!begin(&t, edition).await, "the others are on the wire");
    assert!(
        t.try_write(async |tx| deliveries::begin_compaction(tx, 99, NOW).await)
            .await
            .is_err()
    );
}

async fn each_part_leaves_the_ledger_as_it_was(db: Db) {
    let t = TestStore::on(db).await;
    let many = 2 * PartSize::MOST + 7;
    let (edition, readers) = sent(&t, SLUG, many).await;
    let (other, _) = t.enrolled("second", 0).await;
    let looked_at = [0, 1, PartSize::MOST - 20, PartSize::MOST, many - 1].map(|at| readers[at]);
    let look = async || {
        let mut seen = Vec::new();
        for reader in looked_at {
            let history = history(&t, reader).await;
            let facts = history
                .into_iter()
                .map(|entry| (entry.slug, entry.state, entry.attempts, entry.at));
            seen.push(Vec::from_iter(facts));
        }
        let counts = deliveries::counts_of(&t.store, &[edition, other]).await;
        (seen, counts.unwrap())
    };
    let before = look().await;
    assert_eq!(before.0[0].len(), 2);
    assert!(begin(&t, edition).await);
    assert_eq!(look().await, before);
    let mut moved = 0;
    loop {
        let part = part(&t, edition).await;
        assert!(part.moved <= PartSize::MOST as i64, "{part:?}");
        moved += part.moved;
        assert_eq!(look().await, before);
        let found = deliveries::compacted(&t.store, edition).await.unwrap();
        assert_eq!(found.deliveries, moved);
        assert_eq!(rows(&t), 2 * many as i64 - moved);
        if part.is_last {
            break;
        }
    }
    assert_eq!(moved, many as i64);
    let found = deliveries::compacted(&t.store, edition).await.unwrap();
    assert!(found.bytes < 3 * moved, "{found:?}");
    let nothing = Part {
        moved: 0,
        is_last: true,
    };
    assert_eq!(part(&t, edition).await, nothing);
    assert_eq!(part(&t, other).await, nothing, "it was never begun");
}

async fn what_a_block_cannot_tell_stays_a_row(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 7).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let end = |reader: usize, state| outcome(edition, readers[reader], state);
    let deferred = deliveries::Outcome {
        due_at: Some(NOW),
        ..end(4, State::Deferred)
    };
    let first = [
        end(0, State::Accepted),
        deliveries::Outcome {
            reply: Some("552 5.2.2 Full".to_owned()),
            ..end(1, State::Refused)
        },
        end(2, State::Unknown),
        end(3, State::Unknown),
        deferred,
        end(5, State::Skipped),
        end(6, State::Accepted),
    ];
    t.record(sender, &first).await;
    let kind = editions::EditionKind::Issue;
    let resent = &readers[2..3];
    t.write(async |tx| deliveries::resend_unknown_of(tx, edition, kind, resent, NOW).await)
        .await;
    t.write(async |tx| deliveries::leave_unknown(tx, edition, &readers[3..4], NOW).await)
        .await;
    assert_eq!(t.in_flight(sender, edition).await, [readers[2], readers[4]]);
    let second = [2, 4].map(|at| end(at, State::Accepted));
    t.record(sender, &second).await;
    assert!(finish(&t, edition).await);
    let mut before = Vec::new();
    for reader in &readers {
        before.push(t.delivery(*reader).await);
    }
    compact(&t, edition).await;
    let found = deliveries::compacted(&t.store, edition).await.unwrap();
    assert_eq!((found.deliveries, rows(&t)), (3, 4));
    for (at, before) in before.into_iter().enumerate() {
        let mut after = t.delivery(readers[at]).await;
        if [0, 4, 6].contains(&at) {
            assert_eq!(after.due_at, after.at.unwrap());
            after.due_at = before.due_at;
        }
        assert_eq!(after, before, "reader {at}");
    }
    assert_eq!(t.delivery(readers[4]).await.attempts, 2);
}

async fn a_reader_who_was_not_enrolled_is_in_no_block(db: Db) {
    let t = TestStore::on(db).await;
    let before = t.readers(1, Consent::Unsubscribed).await;
    t.readers(1, Consent::Confirmed).await;
    let between = t.readers(1, Consent::Pending).await;
    let (edition, _) = sent(&t, SLUG, 1).await;
    let after = t.readers(1, Consent::Confirmed).await;
    compact(&t, edition).await;
    for reader in [before[0], between[0], after[0]] {
        assert_eq!(history(&t, reader).await, []);
        let gets = deliveries::gets_since(&t.store, reader, edition).await;
        assert!(!gets.unwrap());
        let due = deliveries::first_due(&t.store, edition, reader).await;
        assert_eq!(due.unwrap(), None);
    }
}

async fn who_got_an_edition_is_known_afterwards(db: Db) {
    let t = TestStore::on(db).await;
    let (first, readers) = sent(&t, SLUG, 2).await;
    let (second, _) = sent(&t, "second", 0).await;
    t.execute(&format!(
        "UPDATE editions SET kind = 'digest' WHERE id = {second}"
    ));
    for edition in [first, second] {
        compact(&t, edition).await;
    }
    let gets = async |edition| {
        let gets = deliveries::gets_since(&t.store, readers[1], edition).await;
        gets.unwrap()
    };
    assert!(gets(first).await);
    assert!(!gets(second).await, "a digest is no issue");
    let slugs = history(&t, readers[1]).await;
    let slugs = slugs.iter().map(|entry| &*entry.slug);
    assert_eq!(Vec::from_iter(slugs), ["second", SLUG], "the latest first");
}

async fn the_due_time_in_a_readers_zone_is_kept(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(3, Consent::Confirmed).await;
    let zones = [("Asia/Tokyo", NOW - 20), ("Europe/Berlin", NOW - 10)];
    for (reader, (zone, _)) in readers.iter().zip(zones) {
        t.write(async |tx| list::describe(tx, *reader, None, Some(zone)).await)
            .await;
    }
    let due = DueTimes {
        zones: zones.to_vec(),
        elsewhere: NOW,
    };
    let edition = t.edition(SLUG).await;
    t.write(async |tx| deliveries::enrol_by_zone(tx, edition, &due).await)
        .await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let outcomes = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Accepted));
    t.record(sender, &Vec::from_iter(outcomes)).await;
    assert!(finish(&t, edition).await);
    compact(&t, edition).await;
    assert_eq!(rows(&t), 0);
    for (reader, due) in readers.iter().zip([NOW - 20, NOW - 10, NOW]) {
        let first = deliveries::first_due(&t.store, edition, *reader).await;
        assert_eq!(first.unwrap(), Some(due));
    }
}

async fn nothing_of_it_is_sent_again(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = sent(&t, SLUG, 1).await;
    assert!(begin(&t, edition).await);
    let found = async || editions::get(&t.store, edition).await.unwrap().unwrap();
    assert_eq!(found().await.compacted_at, Some(NOW + 9));
    let held = t.try_write(async |tx| editions::hold(tx, edition).await);
    let error = held.await.unwrap_err();
    assert!(matches!(&error, StoreError::Compacted { slug } if slug == SLUG));
    let resumed = t.write(async |tx| editions::resume(tx, edition, NOW).await);
    assert!(!resumed.await);
    let reopened = t.write(async |tx| editions::reopen(tx, edition).await);
    assert!(!reopened.await);
    assert_eq!(found().await.state, EditionState::Finished);
    if db == Db::Postgres {
        let reopen = "UPDATE editions SET state = 'sending'";
        let refusal = t.schema().refusal(reopen);
        assert!(refusal.contains("the edition is compacted"), "{refusal}");
    }
}

async fn a_damaged_block_is_reported(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = sent(&t, SLUG, 1).await;
    compact(&t, edition).await;
    let bytes = match db {
        Db::Sqlite => "x'80'",
        Db::Postgres => "'\\x80'",
    };
    t.execute(&format!("UPDATE delivery_blocks SET content = {bytes}"));
    let error = deliveries::history(&t.store, readers[0]).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreadable { .. }), "{error}");
}

async fn an_edition_is_compacted_until_nothing_is_left(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = sent(&t, SLUG, PartSize::MOST + 1).await;
    t.enrolled("second", 0).await;
    let left = async |before| {
        let left = editions::not_compacted(&t.store, before).await.unwrap();
        Vec::from_iter(left.iter().map(|edition| edition.id))
    };
    assert_eq!(left(NOW - 1).await, [0; 0]);
    assert_eq!(left(NOW).await, [edition]);
    assert!(begin(&t, edition).await);
    assert!(!part(&t, edition).await.is_last);
    assert_eq!(left(NOW).await, [edition], "as if the process was killed");
    while !part(&t, edition).await.is_last {}
    assert_eq!(left(NOW).await, [0; 0]);
    let empty = Compacted {
        deliveries: 0,
        bytes: 0,
    };
    let none = deliveries::compacted(&t.store, 99).await.unwrap();
    assert_eq!(none, empty);
}
