//! deliveries, from the queue to a sender and back: enrol, claim, mark, give back, recover.

use std::collections::HashSet;
use std::process::Command;
use std::time::Duration;

use ::subscribers::consent::{Consent, ConsentSource};
use strum::IntoEnumIterator as _;
use tokio::time::timeout;
use verdict::store::consent_changes::Cause;
use verdict::store::deliveries::{self, Chunk, Claim, Outcome, Recovered, State};
use verdict::store::{Store, senders, subscribers};

use super::{NOW, TestStore, address_of, outcome, set, subscribers_of};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

const PATIENCE: Duration = Duration::from_secs(60);

on_both_stores!(
    only_confirmed_readers_are_enrolled,
    nobody_is_enrolled_twice,
    a_claim_holds_what_composing_needs,
    a_claim_on_an_erased_reader_has_no_address,
    a_claim_takes_no_more_than_its_limit,
    a_claim_takes_the_longest_due_first,
    nothing_is_claimed_before_it_is_due,
    a_claim_takes_from_its_own_edition_only,
    a_claim_that_is_rolled_back_can_be_made_again,
    senders_that_claim_at_the_same_time_never_get_the_same_row,
    marking_counts_the_attempt_and_notes_the_time,
    a_reader_who_left_after_the_claim_is_skipped,
    a_mark_without_the_claim_is_in_neither_set,
    a_delivery_is_marked_once,
    giving_back_spares_what_is_in_flight_and_what_others_hold,
    a_dead_senders_deliveries_are_queued_again_or_in_doubt,
    deliveries_of_living_senders_are_not_recovered,
);

async fn only_confirmed_readers_are_enrolled(db: Db) {
    let t = TestStore::on(db).await;
    let confirmed = t.readers(2, Consent::Confirmed).await;
    for consent in Consent::iter() {
        if consent != Consent::Confirmed {
            t.readers(1, consent).await;
        }
    }
    let edition = t.edition(SLUG).await;
    let enrolled = t.write(async |tx| deliveries::enrol(tx, edition, NOW).await);
    assert_eq!(enrolled.await, 2);
    let claimed = t.claim(t.sender().await, edition, 99).await;
    assert_eq!(subscribers_of(&claimed), confirmed);
}

async fn nobody_is_enrolled_twice(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 2).await;
    t.readers(1, Consent::Confirmed).await;
    let again = t.try_write(async |tx| deliveries::enrol(tx, edition, NOW).await);
    assert!(again.await.is_err());
    let counts = deliveries::counts(&t.store, edition).await.unwrap();
    assert_eq!(counts.total(), 2);
}

async fn a_claim_holds_what_composing_needs(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    t.write(async |tx| subscribers::describe(tx, readers[1], Some("Zoë"), None).await)
        .await;
    let claims = t.claim(t.sender().await, edition, 2).await;
    let mut address_tags = Vec::new();
    for reader in &readers {
        let reader = subscribers::get(&t.store, *reader).await.unwrap();
        address_tags.push(reader.unwrap().address_tag);
    }
    let claim = |number: usize, name: Option<&str>| Claim {
        edition,
        subscriber: readers[number - 1],
        attempts: 0,
        address: Some(address_of(&format!("reader-{number}@example.com"))),
        name: name.map(str::to_owned),
        address_tag: address_tags[number - 1],
        first_due_at: None,
        is_repeated: false,
        revision: None,
    };
    assert_eq!(claims, [claim(1, None), claim(2, Some("Zoë"))]);
    assert_eq!(t.state(readers[0]).await, State::Claimed);
}

async fn a_claim_on_an_erased_reader_has_no_address(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    t.write(async |tx| {
        subscribers::erase(tx, readers[0], Cause::by(ConsentSource::Page), NOW).await
    })
    .await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 1).await;
    assert_eq!(claims[0].address, None);
    let marked = t.mark(sender, edition, &readers).await;
    assert_eq!(marked.skipped, set(&readers));
}

async fn a_claim_takes_no_more_than_its_limit(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 200).await;
    let sender = t.sender().await;
    let mut claimed = Vec::new();
    for limit in [1, 2, 7, 50, 0, 100] {
        let batch = subscribers_of(&t.claim(sender, edition, limit).await);
        assert_eq!(batch.len(), usize::try_from(limit).unwrap());
        claimed.extend(batch);
    }
    claimed.extend(subscribers_of(&t.claim(sender, edition, i64::MAX).await));
    assert_eq!(claimed, readers);
    assert!(t.claim(sender, edition, 1).await.is_empty());
}

async fn a_claim_takes_the_longest_due_first(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 4).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let due = |reader: usize, due_at| Outcome {
        due_at: Some(due_at),
        ..outcome(edition, readers[reader], State::Queued)
    };
    let outcomes = [
        due(0, NOW - 1),
        due(1, NOW - 3),
        due(2, NOW - 1),
        due(3, NOW - 2),
    ];
    assert_eq!(t.record(sender, &outcomes).await, 0);
    for wanted in [1, 3, 0, 2] {
        let claims = t.claim(sender, edition, 1).await;
        assert_eq!(subscribers_of(&claims), [readers[wanted]]);
        assert_eq!(claims[0].attempts, 1);
    }
}

async fn nothing_is_claimed_before_it_is_due(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let early = t.write(async |tx| deliveries::claim(tx, sender, edition, NOW - 1, 9).await);
    assert!(early.await.is_empty());
    assert_eq!(
        subscribers_of(&t.claim(sender, edition, 9).await),
        readers,
        "due at the very instant"
    );
}

async fn a_claim_takes_from_its_own_edition_only(db: Db) {
    let t = TestStore::on(db).await;
    let (first, _) = t.enrolled("first", 2).await;
    let (second, _) = t.enrolled("second", 1).await;
    let sender = t.sender().await;
    assert_eq!(t.claim(sender, first, 99).await.len(), 2);
    let counts = deliveries::counts(&t.store, second).await.unwrap();
    assert_eq!((counts.queued, counts.claimed), (3, 0));
}

async fn a_claim_that_is_rolled_back_can_be_made_again(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let (first, second) = (t.sender().await, t.sender().await);
    let mut tx = t.store.begin().await.unwrap();
    let claims = deliveries::claim(&mut tx, first, edition, NOW, 2).await;
    assert_eq!(claims.unwrap().len(), 2);
    drop(tx);
    // The connection's rollback may take a moment. Until then the next claim waits on SQLite and skips the rows on
    // PostgreSQL, so ask until they are there.
    let mut claimed = Vec::new();
    while claimed.len() < 3 {
        claimed.extend(subscribers_of(&t.claim(second, edition, 9).await));
        tokio::task::yield_now().await;
    }
    claimed.sort_unstable();
    assert_eq!(claimed, readers);
}

async fn senders_that_claim_at_the_same_time_never_get_the_same_row(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 300).await;
    let stores = [t.store.clone(), t.another().await];
    let mut senders = Vec::new();
    for store in [0, 1, 0, 1] {
        let store = stores[store].clone();
        senders.push(tokio::spawn(claim_all(store, t.sender().await, edition)));
    }
    let mut claimed = Vec::new();
    for sender in senders {
        claimed.extend(sender.await.unwrap());
    }
    claimed.sort_unstable();
    assert_eq!(claimed, readers);
}

async fn claim_all(store: Store, sender: i64, edition: i64) -> Vec<i64> {
    let mut claimed = Vec::new();
    loop {
        let mut tx = store.begin().await.unwrap();
        let batch = deliveries::claim(&mut tx, sender, edition, NOW, 7).await;
        tx.commit().await.unwrap();
        match subscribers_of(&batch.unwrap()) {
            batch if batch.is_empty() => return claimed,
            batch => claimed.extend(batch),
        }
    }
}

/// A claim finds a row's place, and locks the row a moment later: in between, another transaction may move it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_a_delivery_that_moves_during_a_claim_stays_queued() {
    let t = TestStore::on(Db::Postgres).await;
    let (edition, readers) = t.enrolled(SLUG, 100).await;
    let sender = t.sender().await;
    let moving = t.schema().move_deliveries("subscriber <= 5");
    let some_are_missed = async {
        loop {
            let mut tx = t.store.begin().await.unwrap();
            let claims = deliveries::claim(&mut tx, sender, edition, NOW, 20).await;
            let claims = claims.unwrap();
            // A row that is locked does not count: others are claimed in its place.
            if claims.len() < 20 {
                tx.commit().await.unwrap();
                return subscribers_of(&claims);
            }
        }
    };
    let mut claimed = timeout(PATIENCE, some_are_missed).await.unwrap();
    drop(moving);
    let counts = deliveries::counts(&t.store, edition).await.unwrap();
    assert_eq!(counts.queued, 100 - claimed.len() as i64);
    claimed.extend(claim_all(t.store.clone(), sender, edition).await);
    claimed.sort_unstable();
    assert_eq!(claimed, readers);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_a_claim_does_not_wait_for_another() {
    let t = TestStore::on(Db::Postgres).await;
    let (edition, readers) = t.enrolled(SLUG, 5).await;
    let (mut first, mut second) = (
        t.store.begin().await.unwrap(),
        t.another().await.begin().await.unwrap(),
    );
    let claims = deliveries::claim(&mut first, 1, edition, NOW, 3).await;
    let one: HashSet<_> = subscribers_of(&claims.unwrap()).into_iter().collect();
    let claims = deliveries::claim(&mut second, 2, edition, NOW, 3).await;
    let two: HashSet<_> = subscribers_of(&claims.unwrap()).into_iter().collect();
    second.commit().await.unwrap();
    first.commit().await.unwrap();
    assert_eq!((one.len(), two.len()), (3, 2));
    assert_eq!(&one | &two, readers.into_iter().collect());
}

/// Without statistics, which every new edition lacks, the planner may choose to search for due rows more than once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_a_claim_keeps_its_limit_in_an_edition_that_is_new_to_the_planner() {
    let t = TestStore::on(Db::Postgres).await;
    t.enrolled("last-week", 1_000).await;
    let analyzed = Command::new("psql")
        .args(["--no-psqlrc", "--command", "ANALYZE deliveries", &t.url])
        .output()
        .unwrap();
    assert!(analyzed.status.success(), "{analyzed:?}");
    let (edition, _) = t.enrolled(SLUG, 0).await;
    let claims = t.claim(t.sender().await, edition, 10).await;
    assert_eq!(claims.len(), 10);
}

async fn marking_counts_the_attempt_and_notes_the_time(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 2).await;
    let marked = t.mark(sender, edition, &readers).await;
    assert_eq!(marked.in_flight, set(&readers));
    assert!(marked.skipped.is_empty());
    let delivery = t.delivery(readers[0]).await;
    assert_eq!(delivery.state, State::InFlight);
    assert_eq!((delivery.attempts, delivery.at), (1, Some(NOW + 1)));
}

async fn a_reader_who_left_after_the_claim_is_skipped(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 3).await;
    t.set_consent(readers[0], Consent::Unsubscribed).await;
    t.set_consent(readers[2], Consent::Bounced).await;
    let marked = t.mark(sender, edition, &readers).await;
    assert_eq!(marked.in_flight, set(&readers[1..2]));
    let left = set(&[readers[0], readers[2]]);
    assert_eq!(marked.skipped, left);
    let skipped = t.delivery(readers[0]).await;
    assert_eq!((skipped.state, skipped.attempts), (State::Skipped, 0));
    assert_eq!(skipped.at, Some(NOW + 1));
    assert_eq!(skipped.reply.as_deref(), Some("unsubscribed"));
    let late = outcome(edition, readers[0], State::Accepted);
    assert_eq!(t.record(sender, &[late]).await, 1, "no sender holds it");
}

async fn a_mark_without_the_claim_is_in_neither_set(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let (mine, theirs) = (t.sender().await, t.sender().await);
    t.claim(mine, edition, 1).await;
    t.claim(theirs, edition, 1).await;
    // The first is ours, the second another sender's, the third nobody's.
    let marked = t.mark(mine, edition, &readers).await;
    assert_eq!(marked.in_flight, set(&readers[..1]));
    assert!(marked.skipped.is_empty());
    assert_eq!(t.state(readers[1]).await, State::Claimed);
    assert_eq!(t.state(readers[2]).await, State::Queued);
    t.set_consent(readers[1], Consent::Unsubscribed).await;
    let marked = t.mark(mine, edition, &readers[1..2]).await;
    assert!(marked.in_flight.is_empty() && marked.skipped.is_empty());
    assert_eq!(t.state(readers[1]).await, State::Claimed);
}

async fn a_delivery_is_marked_once(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let readers = t.in_flight(sender, edition).await;
    let marked = t.mark(sender, edition, &readers).await;
    assert!(marked.in_flight.is_empty() && marked.skipped.is_empty());
    assert_eq!(t.delivery(readers[0]).await.attempts, 1);
}

async fn giving_back_spares_what_is_in_flight_and_what_others_hold(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 4).await;
    let (mine, theirs) = (t.sender().await, t.sender().await);
    t.claim(mine, edition, 3).await;
    t.claim(theirs, edition, 1).await;
    t.mark(mine, edition, &readers[..1]).await;
    let given = t.write(async |tx| deliveries::give_back(tx, mine, &mut Chunk::begin()).await);
    assert_eq!(given.await, 2);
    assert_eq!(t.state(readers[0]).await, State::InFlight);
    assert_eq!(t.state(readers[1]).await, State::Queued);
    assert_eq!(t.state(readers[3]).await, State::Claimed);
    let again = t.claim(theirs, edition, 9).await;
    assert_eq!(subscribers_of(&again), readers[1..3]);
    assert_eq!(again[0].attempts, 0);
}

async fn a_dead_senders_deliveries_are_queued_again_or_in_doubt(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let (dead, alive) = (t.sender().await, t.sender().await);
    t.claim(dead, edition, 3).await;
    t.mark(dead, edition, &readers[..1]).await;
    t.write(async |tx| senders::leave(tx, dead).await).await;
    let recovered = Recovered {
        requeued: 2,
        unknown: 1,
    };
    assert_eq!(t.recover(NOW + 7).await, recovered);
    let doubtful = t.delivery(readers[0]).await;
    assert_eq!(doubtful.state, State::Unknown);
    assert_eq!((doubtful.attempts, doubtful.at), (1, Some(NOW + 7)));
    assert!(doubtful.reply.is_some());
    let again = t.claim(alive, edition, 9).await;
    assert_eq!(subscribers_of(&again), readers[1..]);
    assert_eq!(t.recover(NOW + 7).await, Recovered::default());
}

async fn deliveries_of_living_senders_are_not_recovered(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 2).await;
    t.mark(sender, edition, &readers[..1]).await;
    assert_eq!(t.recover(NOW + 7).await, Recovered::default());
    assert_eq!(t.state(readers[0]).await, State::InFlight);
    assert_eq!(t.state(readers[1]).await, State::Claimed);
}
