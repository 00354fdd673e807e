//! deliveries after the relay's reply: outcomes, retries, doubts and reports.

use ::subscribers::consent::{Consent, ConsentSource};
use strum::IntoEnumIterator as _;
use verdict::store::consent_changes::Cause;
use verdict::store::deliveries::{self, Chunk, Counts, Outcome, State};
use verdict::store::{StoreError, senders, subscribers};

use super::{NOW, TestStore, outcome, subscribers_of};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

on_both_stores!(
    every_outcome_is_recorded_with_reply_and_time,
    any_reply_is_kept_until_the_next_one,
    a_deferred_delivery_waits_until_it_is_due,
    a_delivery_put_back_into_the_queue_keeps_its_due_time_by_default,
    a_claim_that_was_never_written_may_have_an_outcome,
    an_outcome_of_a_delivery_not_held_is_a_lost_lease,
    a_lost_lease_counts_what_is_missing,
    a_thousand_outcomes_are_one_statement,
    a_late_reply_settles_what_was_in_doubt,
    a_delivery_that_the_sender_reports_as_unknown_stays_in_doubt,
    resending_puts_what_is_in_doubt_back_into_the_queue,
    next_due_is_the_earliest_of_queued_and_deferred,
    counts_distinguish_every_state,
    doubt_is_named_in_the_order_of_the_list,
    history_lists_every_edition_the_latest_first,
);

async fn every_outcome_is_recorded_with_reply_and_time(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 5).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let states = [
        State::Accepted,
        State::Refused,
        State::Deferred,
        State::Unknown,
        State::Queued,
    ];
    let outcomes: Vec<_> = readers
        .iter()
        .zip(states)
        .map(|(reader, state)| Outcome {
            reply: Some(format!("250 {}", state.into_str())),
            ..outcome(edition, *reader, state)
        })
        .collect();
    assert_eq!(t.record(sender, &outcomes).await, 0);
    for (reader, state) in readers.iter().zip(states) {
        let delivery = t.delivery(*reader).await;
        assert_eq!(delivery.state, state);
        assert_eq!(delivery.reply, Some(format!("250 {}", state.into_str())));
        assert_eq!((delivery.attempts, delivery.at), (1, Some(NOW + 2)));
    }
}

async fn any_reply_is_kept_until_the_next_one(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let reader = t.in_flight(sender, edition).await[0];
    let text = r#"550 '); DROP TABLE deliveries; -- "Ωmega" \u0041 {"a":null}"#;
    for reply in [Some(text.to_owned()), None] {
        let unknown = Outcome {
            reply,
            ..outcome(edition, reader, State::Unknown)
        };
        assert_eq!(t.record(sender, &[unknown]).await, 0);
        assert_eq!(t.delivery(reader).await.reply.as_deref(), Some(text));
    }
}

async fn a_deferred_delivery_waits_until_it_is_due(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.in_flight(sender, other).await;
    for edition in [edition, other] {
        let outcomes = [
            deferred(edition, readers[0], NOW + 1),
            deferred(edition, readers[1], NOW + 2),
        ];
        assert_eq!(t.record(sender, &outcomes).await, 0);
    }
    assert!(t.claim(sender, edition, 9).await.is_empty());
    assert_eq!(requeue_due(&t, edition, NOW).await, 0);
    assert_eq!(requeue_due(&t, edition, NOW + 1).await, 1);
    let claims = deliveries::claim_due(&t.store, sender, edition, NOW + 1, 9);
    let claims = claims.await.unwrap();
    assert_eq!(subscribers_of(&claims), readers[..1]);
    assert_eq!(claims[0].attempts, 1);
    let counts = deliveries::counts(&t.store, other).await.unwrap();
    assert_eq!((counts.deferred, counts.queued), (2, 0));
}

async fn a_delivery_put_back_into_the_queue_keeps_its_due_time_by_default(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let back = outcome(edition, readers[0], State::Queued);
    assert_eq!(t.record(sender, std::slice::from_ref(&back)).await, 0);
    assert_eq!(next_due(&t, edition).await, Some(NOW));
    t.in_flight(sender, edition).await;
    let later = Outcome {
        due_at: Some(NOW + 5),
        ..back
    };
    assert_eq!(t.record(sender, &[later]).await, 0);
    assert_eq!(next_due(&t, edition).await, Some(NOW + 5));
    assert!(t.claim(sender, edition, 9).await.is_empty());
}

async fn a_claim_that_was_never_written_may_have_an_outcome(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 1).await;
    let refused = outcome(edition, readers[0], State::Refused);
    assert_eq!(t.record(sender, &[refused]).await, 0);
    let delivery = t.delivery(readers[0]).await;
    assert_eq!((delivery.state, delivery.attempts), (State::Refused, 0));
}

async fn an_outcome_of_a_delivery_not_held_is_a_lost_lease(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let (mine, theirs) = (t.sender().await, t.sender().await);
    t.claim(mine, edition, 1).await;
    t.mark(mine, edition, &readers[..1]).await;
    let accepted = |reader| [outcome(edition, reader, State::Accepted)];
    assert_eq!(t.record(theirs, &accepted(readers[0])).await, 1);
    assert_eq!(t.state(readers[0]).await, State::InFlight);
    assert_eq!(t.record(mine, &accepted(readers[1])).await, 1);
    assert_eq!(t.state(readers[1]).await, State::Queued);
    assert_eq!(t.record(mine, &accepted(readers[0])).await, 0);
    assert_eq!(t.record(mine, &accepted(readers[0])).await, 1);
    assert_eq!(t.record(mine, &accepted(99)).await, 1);
}

async fn a_lost_lease_counts_what_is_missing(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 2).await;
    let outcomes: Vec<_> = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Accepted))
        .collect();
    assert_eq!(t.record(sender, &outcomes).await, 1);
    assert_eq!(t.state(readers[0]).await, State::Accepted);
    assert_eq!(t.state(readers[2]).await, State::Queued);
    let other = t.sender().await;
    t.claim(other, edition, 1).await;
    let record = t.try_write(async |tx| deliveries::record(tx, sender, &outcomes, NOW).await);
    assert_lost(record.await, 3, 3);
}

async fn a_thousand_outcomes_are_one_statement(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1_000).await;
    let sender = t.sender().await;
    let readers = t.in_flight(sender, edition).await;
    let outcomes: Vec<_> = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Accepted))
        .collect();
    assert_eq!(t.record(sender, &outcomes).await, 0);
    let counts = deliveries::counts(&t.store, edition).await.unwrap();
    assert_eq!((counts.accepted, counts.open()), (1_000, 0));
}

async fn a_late_reply_settles_what_was_in_doubt(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let reader = t.in_flight(sender, edition).await[0];
    take_for_dead(&t, sender).await;
    assert_eq!(in_doubt(&t, edition).await, ["reader-1@example.com"]);
    let accepted = outcome(edition, reader, State::Accepted);
    let stranger = t.sender().await;
    let missing = t.record(stranger, std::slice::from_ref(&accepted)).await;
    assert_eq!(missing, 1);
    assert_eq!(t.record(sender, &[accepted]).await, 0);
    assert_eq!(t.state(reader).await, State::Accepted);
    assert!(in_doubt(&t, edition).await.is_empty());
}

async fn a_delivery_that_the_sender_reports_as_unknown_stays_in_doubt(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let reader = t.in_flight(sender, edition).await[0];
    let unknown = Outcome {
        reply: Some("the connection was lost".to_owned()),
        ..outcome(edition, reader, State::Unknown)
    };
    assert_eq!(t.record(sender, &[unknown]).await, 0);
    take_for_dead(&t, sender).await;
    assert_eq!(in_doubt(&t, edition).await, ["reader-1@example.com"]);
    let reply = t.delivery(reader).await.reply;
    assert_eq!(reply.as_deref(), Some("the connection was lost"));
}

async fn resending_puts_what_is_in_doubt_back_into_the_queue(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.in_flight(sender, other).await;
    let accepted = outcome(edition, readers[1], State::Accepted);
    assert_eq!(t.record(sender, &[accepted]).await, 0);
    take_for_dead(&t, sender).await;
    let resent = t.write(async |tx| {
        deliveries::resend_unknown(tx, edition, NOW - 3, &mut Chunk::begin()).await
    });
    assert_eq!(resent.await, 1);
    assert_eq!(next_due(&t, edition).await, Some(NOW - 3));
    assert_eq!(in_doubt(&t, other).await.len(), 2);
    let late = outcome(edition, readers[0], State::Accepted);
    assert_eq!(t.record(sender, &[late]).await, 1);
    let claims = t.claim(t.sender().await, edition, 9).await;
    assert_eq!(subscribers_of(&claims), readers[..1]);
    assert_eq!(claims[0].attempts, 1);
}

async fn next_due_is_the_earliest_of_queued_and_deferred(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(next_due(&t, 1).await, None);
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    assert_eq!(next_due(&t, edition).await, Some(NOW));
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    assert_eq!(
        next_due(&t, edition).await,
        None,
        "a claimed delivery is not waiting"
    );
    assert_eq!(
        t.record(sender, &[deferred(edition, readers[0], NOW + 8)])
            .await,
        0
    );
    assert_eq!(next_due(&t, edition).await, Some(NOW + 8));
    let queued = Outcome {
        due_at: Some(NOW + 7),
        ..outcome(edition, readers[1], State::Queued)
    };
    assert_eq!(t.record(sender, &[queued]).await, 0);
    assert_eq!(next_due(&t, edition).await, Some(NOW + 7));
}

async fn counts_distinguish_every_state(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 36).await;
    let sender = t.sender().await;
    // One accepted, two deferred, three refused, four unknown; then five skipped, six in flight,
    // seven claimed, eight queued.
    t.claim(sender, edition, 10).await;
    let states = [
        (State::Accepted, 1),
        (State::Deferred, 2),
        (State::Refused, 3),
        (State::Unknown, 4),
    ];
    let states = states
        .into_iter()
        .flat_map(|(state, count)| std::iter::repeat_n(state, count));
    let outcomes: Vec<_> = readers
        .iter()
        .zip(states)
        .map(|(reader, state)| Outcome {
            due_at: Some(NOW + 60_000),
            ..outcome(edition, *reader, state)
        })
        .collect();
    assert_eq!(t.record(sender, &outcomes).await, 0);
    t.claim(sender, edition, 18).await;
    for reader in &readers[10..15] {
        t.set_consent(*reader, Consent::Unsubscribed).await;
    }
    t.mark(sender, edition, &readers[10..21]).await;
    let counts = deliveries::counts(&t.store, edition).await.unwrap();
    let wanted = Counts {
        accepted: 1,
        deferred: 2,
        refused: 3,
        unknown: 4,
        skipped: 5,
        in_flight: 6,
        claimed: 7,
        queued: 8,
    };
    assert_eq!(counts, wanted);
    assert_eq!((counts.total(), counts.held(), counts.open()), (36, 13, 23));
    let one_by_one = State::iter()
        .map(|state| counts.of(state))
        .collect::<Vec<_>>();
    assert_eq!(one_by_one, [8, 7, 6, 1, 2, 3, 4, 5]);
    let none = deliveries::counts(&t.store, edition + 1).await.unwrap();
    assert_eq!(none, Counts::default());
}

async fn doubt_is_named_in_the_order_of_the_list(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    assert!(in_doubt(&t, edition).await.is_empty());
    take_for_dead(&t, sender).await;
    t.write(async |tx| {
        subscribers::erase(tx, readers[1], Cause::by(ConsentSource::Page), NOW).await
    })
    .await;
    let wanted = [
        "reader-1@example.com".to_owned(),
        format!("erased reader {}", readers[1]),
        "reader-3@example.com".to_owned(),
    ];
    assert_eq!(in_doubt(&t, edition).await, wanted);
}

async fn history_lists_every_edition_the_latest_first(db: Db) {
    let t = TestStore::on(db).await;
    let (first, readers) = t.enrolled("first", 1).await;
    t.enrolled("second", 1).await;
    let sender = t.sender().await;
    t.in_flight(sender, first).await;
    let history = deliveries::history(&t.store, readers[0]).await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|entry| (entry.slug.as_str(), entry.state, entry.attempts, entry.at))
        .collect();
    let wanted = [
        ("second", State::Queued, 0, None),
        ("first", State::InFlight, 1, Some(NOW + 1)),
    ];
    assert_eq!(told, wanted);
    let nobody = deliveries::history(&t.store, 99).await.unwrap();
    assert!(nobody.is_empty());
}

fn deferred(edition: i64, reader: i64, due_at: i64) -> Outcome {
    Outcome {
        due_at: Some(due_at),
        ..outcome(edition, reader, State::Deferred)
    }
}

fn assert_lost(recorded: Result<(), StoreError>, wanted_: usize, missing_: usize) {
    let Err(StoreError::LostLease { wanted, missing }) = recorded else {
        panic!("{recorded:?}");
    };
    assert_eq!((wanted, missing), (wanted_, missing_));
}

/// Expires a running sender, and takes over what it holds.
async fn take_for_dead(t: &TestStore, sender: i64) {
    t.write(async |tx| senders::leave(tx, sender).await).await;
    t.recover(NOW).await;
}

async fn requeue_due(t: &TestStore, edition: i64, now: i64) -> u64 {
    t.write(async |tx| deliveries::requeue_due(tx, edition, now, i64::MAX).await)
        .await
}

async fn next_due(t: &TestStore, edition: i64) -> Option<i64> {
    deliveries::next_due(&t.store, edition).await.unwrap()
}

async fn in_doubt(t: &TestStore, edition: i64) -> Vec<String> {
    deliveries::in_doubt(&t.store, edition).await.unwrap()
}
