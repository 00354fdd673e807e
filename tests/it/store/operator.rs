//! The operator's decisions: pausing, resuming and cancelling editions, settling doubts, sending again.

use ::subscribers::consent::Consent;
use verdict::store::deliveries::{self, Again, Chunk, State};
use verdict::store::editions::{self, EditionKind, EditionState};
use verdict::store::senders;

use super::{NOW, TestStore, outcome, subscribers_of};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

on_both_stores!(
    nothing_of_a_paused_edition_is_marked,
    a_resumed_edition_is_sent_with_a_new_time_to_retry,
    pause_resume_and_cancel_require_the_right_state,
    cancelling_skips_whatever_is_not_on_the_wire,
    skipping_spares_an_edition_that_is_not_cancelled,
    refused_mails_are_resent_to_readers_who_may_be_mailed,
    deferred_deliveries_become_due_at_once,
    doubts_are_settled_by_name,
    a_doubt_that_was_settled_takes_no_late_reply,
    marking_again_marks_what_is_in_flight_and_skips_readers_who_left,
    mails_on_the_wire_are_counted,
    the_backlog_is_what_waits_and_what_is_in_doubt,
    dead_senders_mails_in_flight_are_resent,
    only_what_is_finished_is_reopened,
);

async fn nothing_of_a_paused_edition_is_marked(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 9).await;
    t.claim(sender, other, 9).await;
    assert!(pause(&t, edition, Some("550 5.7.1 No")).await);
    let marked = t.mark(sender, edition, &readers).await;
    assert!(marked.in_flight.is_empty() && marked.skipped.is_empty());
    assert_eq!(t.mark(sender, other, &readers).await.in_flight.len(), 2);
    let found = found(&t, SLUG).await;
    assert_eq!(found.state, EditionState::Paused);
    assert_eq!(found.pause_reason.as_deref(), Some("550 5.7.1 No"));
    assert!(editions::sending(&t.store).await.unwrap().len() == 1);
}

async fn a_resumed_edition_is_sent_with_a_new_time_to_retry(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 9).await;
    assert_eq!(found(&t, SLUG).await.retries_count_from(None), NOW);
    pause(&t, edition, Some("why")).await;
    assert!(resume(&t, edition, NOW + 7).await);
    let found = found(&t, SLUG).await;
    assert_eq!(
        (found.state, found.pause_reason),
        (EditionState::Sending, None)
    );
    assert_eq!((found.resumed_at, found.finished_at), (Some(NOW + 7), None));
    assert_eq!(t.mark(sender, edition, &readers).await.in_flight.len(), 1);
}

async fn pause_resume_and_cancel_require_the_right_state(db: Db) {
    let t = TestStore::on(db).await;
    let edition = t.edition(SLUG).await;
    assert!(!resume(&t, edition, NOW).await, "it is being sent");
    assert!(pause(&t, edition, None).await);
    assert!(!pause(&t, edition, None).await, "it is paused");
    assert!(cancel(&t, edition, NOW + 3).await);
    assert_eq!(found(&t, SLUG).await.finished_at, Some(NOW + 3));
    assert!(!cancel(&t, edition, NOW + 4).await, "it is cancelled");
    assert!(!pause(&t, edition, None).await && !resume(&t, edition, NOW).await);
    assert!(
        !t.write(async |tx| editions::finish(tx, edition, NOW).await)
            .await
    );

    let finished = t.edition("another-issue").await;
    assert!(
        t.write(async |tx| editions::finish(tx, finished, NOW).await)
            .await
    );
    assert!(!pause(&t, finished, None).await && !cancel(&t, finished, NOW).await);
    assert!(resume(&t, finished, NOW).await, "the send resumes");
    let state = t
        .write(async |tx| editions::state(tx, finished).await)
        .await;
    assert_eq!(state, EditionState::Sending);
}

async fn cancelling_skips_whatever_is_not_on_the_wire(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 5).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 4).await;
    t.mark(sender, edition, &readers[..1]).await;
    let ends = [
        outcome(edition, readers[1], State::Accepted),
        deliveries::Outcome {
            due_at: Some(NOW + 60_000),
            ..outcome(edition, readers[2], State::Deferred)
        },
    ];
    assert_eq!(t.record(sender, &ends).await, 0);
    cancel(&t, edition, NOW).await;
    assert_eq!(skip_cancelled(&t, edition).await, 3);
    let states: Vec<State> = states(&t, &readers).await;
    use State::{Accepted, InFlight, Skipped};
    assert_eq!(states, [InFlight, Accepted, Skipped, Skipped, Skipped]);
    assert_eq!(
        t.delivery(readers[3]).await.reply.as_deref(),
        Some("cancelled")
    );
    let marked = t.mark(sender, edition, &readers[3..4]).await;
    assert!(marked.in_flight.is_empty(), "a claim is gone as well");
    assert_eq!(
        t.record(sender, &[outcome(edition, readers[0], State::Accepted)])
            .await,
        0
    );
}

async fn skipping_spares_an_edition_that_is_not_cancelled(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 2).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    cancel(&t, other, NOW).await;
    assert_eq!(skip_cancelled(&t, edition).await, 0);
    assert_eq!(skip_cancelled(&t, other).await, 2);
    assert_eq!(skip_cancelled(&t, other).await, 0);
}

async fn refused_mails_are_resent_to_readers_who_may_be_mailed(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let ends = [
        outcome(edition, readers[0], State::Refused),
        outcome(edition, readers[1], State::Refused),
        outcome(edition, readers[2], State::Accepted),
    ];
    assert_eq!(t.record(sender, &ends).await, 0);
    t.set_consent(readers[1], Consent::Bounced).await;
    let issue = EditionKind::Issue;
    let resent = t.write(async |tx| {
        deliveries::resend(tx, edition, issue, Again::Refused, &readers, NOW).await
    });
    assert_eq!(resent.await, 1);
    assert_eq!(t.resend(edition, issue, Again::Refused).await, 0);
    use State::{Accepted, Queued, Refused};
    assert_eq!(states(&t, &readers).await, [Queued, Refused, Accepted]);
}

async fn deferred_deliveries_become_due_at_once(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let deferred = deliveries::Outcome {
        due_at: Some(NOW + 60_000),
        ..outcome(edition, readers[0], State::Deferred)
    };
    assert_eq!(t.record(sender, &[deferred]).await, 0);
    let hastened = t.resend(edition, EditionKind::Issue, Again::Deferred);
    assert_eq!(hastened.await, 1);
    assert_eq!(t.claim(sender, edition, 9).await.len(), 1);
}

async fn doubts_are_settled_by_name(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    in_doubt(&t, edition).await;
    let doubts = deliveries::doubts(&t.store, edition).await.unwrap();
    assert_eq!(doubts[0].reader, "reader-1@example.com");
    assert_eq!(
        (doubts[0].subscriber, doubts[0].at),
        (readers[0], Some(NOW))
    );
    assert!(doubts[0].reply.is_some());
    let left = t.write(async |tx| deliveries::leave_unknown(tx, edition, &readers[..1], NOW).await);
    assert_eq!(left.await, 1);
    let resend = async |of: &[i64]| {
        t.write(async |tx| {
            deliveries::resend_unknown_of(tx, edition, EditionKind::Issue, of, NOW).await
        })
        .await
    };
    assert_eq!(resend(&readers[..2]).await, 1, "what was left is settled");
    assert_eq!(resend(&[]).await, 0);
    use State::{Queued, Unknown};
    assert_eq!(states(&t, &readers).await, [Unknown, Queued, Unknown]);
    let named = deliveries::in_doubt(&t.store, edition).await.unwrap();
    assert_eq!(named, ["reader-3@example.com"]);
}

async fn a_doubt_that_was_settled_takes_no_late_reply(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = in_doubt(&t, edition).await;
    t.write(async |tx| deliveries::leave_unknown(tx, edition, &readers, NOW).await)
        .await;
    let late = [outcome(edition, readers[0], State::Accepted)];
    assert_eq!(t.record(sender, &late).await, 1);
    assert_eq!(t.state(readers[0]).await, State::Unknown);
}

async fn marking_again_marks_what_is_in_flight_and_skips_readers_who_left(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let (mine, theirs) = (t.sender().await, t.sender().await);
    t.in_flight(mine, edition).await;
    t.set_consent(readers[1], Consent::Unsubscribed).await;
    let again = async |owner| {
        let group = deliveries::Group {
            owner,
            edition,
            marks: t.marks(&readers).await,
            again: true,
            ..deliveries::Group::default()
        };
        let committed = deliveries::commit(&t.store, &group, NOW).await;
        committed.unwrap().marked
    };
    let marked = again(theirs).await;
    assert!(marked.in_flight.is_empty() && marked.skipped.is_empty());
    let marked = again(mine).await;
    assert_eq!((marked.in_flight.len(), marked.skipped.len()), (1, 1));
    assert_eq!(
        states(&t, &readers).await,
        [State::InFlight, State::Skipped]
    );
}

async fn mails_on_the_wire_are_counted(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.claim(sender, edition, 9).await;
    t.mark(sender, edition, &readers[..2]).await;
    let count = async || deliveries::on_the_wire(&t.store, edition).await.unwrap();
    assert_eq!(count().await, 2);
    assert_eq!(
        t.record(sender, &[outcome(edition, readers[0], State::Accepted)])
            .await,
        0
    );
    assert_eq!(count().await, 1);
}

async fn the_backlog_is_what_waits_and_what_is_in_doubt(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(backlog(&t).await, []);
    let (first, _) = t.enrolled("first", 2).await;
    in_doubt(&t, first).await;
    assert!(
        t.write(async |tx| editions::finish(tx, first, NOW).await)
            .await
    );
    let (second, readers) = t.enrolled("second", 1).await;
    let sender = t.sender().await;
    t.claim(sender, second, 1).await;
    t.mark(sender, second, &readers[..0]).await;
    let deferred = deliveries::Outcome {
        due_at: Some(NOW + 60_000),
        ..outcome(
            second,
            t.claim(sender, second, 1).await[0].subscriber,
            State::Deferred,
        )
    };
    t.record(sender, &[deferred]).await;
    pause(&t, second, None).await;
    let (third, _) = t.enrolled("third", 0).await;
    cancel(&t, third, NOW).await;
    let wanted = [
        ("first".to_owned(), EditionState::Finished, 0, None, 0, 2),
        (
            "second".to_owned(),
            EditionState::Paused,
            1,
            Some(NOW),
            1,
            0,
        ),
    ];
    assert_eq!(backlog(&t).await, wanted);
}

/// Slug, state, queued, due, deferred, in doubt.
type Line = (String, EditionState, i64, Option<i64>, i64, i64);

async fn backlog(t: &TestStore) -> Vec<Line> {
    let backlog = deliveries::backlog(&t.store).await.unwrap();
    let line = |one: deliveries::Backlog| {
        (
            one.slug,
            one.state,
            one.queued,
            one.due_at,
            one.deferred,
            one.in_doubt,
        )
    };
    backlog.into_iter().map(line).collect()
}

/// Puts all deliveries of an edition in doubt; returns the sender that counts as dead.
async fn in_doubt(t: &TestStore, edition: i64) -> i64 {
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.write(async |tx| senders::leave(tx, sender).await).await;
    t.recover(NOW).await;
    sender
}

async fn states(t: &TestStore, readers: &[i64]) -> Vec<State> {
    let mut states = Vec::new();
    for reader in readers {
        states.push(t.state(*reader).await);
    }
    states
}

async fn found(t: &TestStore, slug: &str) -> editions::Edition {
    editions::find(&t.store, slug).await.unwrap().unwrap()
}

async fn pause(t: &TestStore, edition: i64, reason: Option<&str>) -> bool {
    t.write(async |tx| editions::pause(tx, edition, reason).await)
        .await
}

async fn resume(t: &TestStore, edition: i64, now: i64) -> bool {
    t.write(async |tx| editions::resume(tx, edition, now).await)
        .await
}

async fn cancel(t: &TestStore, edition: i64, now: i64) -> bool {
    t.write(async |tx| editions::cancel(tx, edition, now).await)
        .await
}

async fn skip_cancelled(t: &TestStore, edition: i64) -> u64 {
    t.write(async |tx| deliveries::skip_cancelled(tx, edition, NOW, &mut Chunk::begin()).await)
        .await
}

async fn dead_senders_mails_in_flight_are_resent(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let (paused, _) = t.enrolled("another-issue", 0).await;
    let (dead, living) = (t.sender().await, t.sender().await);
    t.claim(dead, edition, 2).await;
    t.mark(dead, edition, &readers[..1]).await;
    t.claim(living, edition, 1).await;
    t.mark(living, edition, &readers[2..]).await;
    t.in_flight(dead, paused).await;
    pause(&t, paused, None).await;
    let resend =
        || t.write(async |tx| deliveries::resend_abandoned(tx, NOW, &mut Chunk::begin()).await);
    assert_eq!(resend().await, 0, "both are registered");
    t.write(async |tx| senders::leave(tx, dead).await).await;
    assert_eq!(
        resend().await,
        1,
        "one in flight, of the edition that is sent"
    );
    let counts = deliveries::counts(&t.store, edition).await.unwrap();
    assert_eq!(
        (counts.queued, counts.claimed, counts.in_flight),
        (1, 1, 1),
        "{counts:?}"
    );
    let counts = deliveries::counts(&t.store, paused).await.unwrap();
    assert_eq!(counts.in_flight, 3, "{counts:?}");
    let recovered = t.recover(NOW).await;
    assert_eq!((recovered.requeued, recovered.unknown), (1, 3));
    assert_eq!(
        subscribers_of(&t.claim(living, edition, 9).await),
        readers[..2]
    );
}

async fn only_what_is_finished_is_reopened(db: Db) {
    let t = TestStore::on(db).await;
    let edition = t.edition(SLUG).await;
    let reopen = || t.write(async |tx| editions::reopen(tx, edition).await);
    assert!(!reopen().await, "it is being sent");
    t.write(async |tx| editions::finish(tx, edition, NOW).await)
        .await;
    assert!(reopen().await);
    let found = found(&t, SLUG).await;
    assert_eq!(
        (found.state, found.finished_at),
        (EditionState::Sending, None)
    );
    assert_eq!(found.resumed_at, None, "no deadline moves");
    pause(&t, edition, None).await;
    assert!(!reopen().await, "it is paused");
    cancel(&t, edition, NOW).await;
    assert!(!reopen().await, "it is cancelled");
}
