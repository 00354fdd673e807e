//! The counts of deliveries, and the parts in which many deliveries change. That counts are right after everything
//! else, [`store_check`](crate::store_check) checks at the end of each test.

use ::subscribers::consent::Consent;
use verdict::store::deliveries::{self, Again, Chunk, Counts, ROWS, State};
use verdict::store::editions::{self, EditionKind, EditionState};

use super::{NOW, TestStore, outcome};
use crate::database::Db;
use crate::store_check::store_check;
use crate::test_app::on_both_stores;

on_both_stores!(
    counts_are_sums_of_what_all_wrote,
    a_missing_outcome_is_not_counted,
    a_large_cancel_takes_several_transactions,
    what_a_cancel_left_is_found,
    a_dead_senders_claims_return_in_parts,
    the_check_finds_a_wrong_count
);

const SLUG: &str = "tea-vs-coffee";

async fn counts(t: &TestStore, edition: i64) -> Counts {
    deliveries::counts(&t.store, edition).await.unwrap()
}

/// Skips what waits, in one transaction.
async fn skip_cancelled(t: &TestStore, edition: i64) -> u64 {
    t.write(async |tx| deliveries::skip_cancelled(tx, edition, NOW, &mut Chunk::begin()).await)
        .await
}

async fn cancel(t: &TestStore, edition: i64) {
    let cancelled = t.write(async |tx| editions::cancel(tx, edition, NOW).await);
    assert!(cancelled.await);
}

async fn counts_are_sums_of_what_all_wrote(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 5).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let end = |reader: usize, state| outcome(edition, readers[reader], state);
    t.record(sender, &[end(0, State::Accepted), end(1, State::Refused)])
        .await;
    // Another process, so on PostgreSQL another connection.
    let other = t.another().await;
    let mut tx = other.begin().await.unwrap();
    let ends = [end(2, State::Accepted), end(3, State::Deferred)];
    deliveries::record(&mut tx, sender, &ends, NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let sums = Counts {
        accepted: 2,
        refused: 1,
        deferred: 1,
        in_flight: 1,
        ..Counts::default()
    };
    assert_eq!(counts(&t, edition).await, sums);
    t.record(sender, &[end(4, State::Accepted)]).await;
    let again = t.resend(edition, EditionKind::Issue, Again::Deferred);
    assert_eq!(again.await, 1);
    t.in_flight(sender, edition).await;
    t.record(sender, &[end(3, State::Accepted)]).await;
    let finished = t.write(async |tx| editions::finish(tx, edition, NOW).await);
    assert!(finished.await);
    let of_all = "SELECT COUNT(DISTINCT writer) FROM delivery_counts";
    assert_eq!(t.count(of_all), 1, "a finished edition has one row a state");
    assert_eq!(counts(&t, edition).await.accepted, 4);
}

async fn a_missing_outcome_is_not_counted(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let ends = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Accepted));
    let ends = Vec::from_iter(ends);
    assert_eq!(t.record(sender, &ends[..1]).await, 0);
    assert_eq!(
        t.record(sender, &ends).await,
        1,
        "as if it were committed again"
    );
    assert_eq!(counts(&t, edition).await.accepted, 3);
}

async fn a_large_cancel_takes_several_transactions(db: Db) {
    let t = TestStore::on(db).await;
    let many = 2 * ROWS + 7;
    let (edition, readers) = t.enrolled(SLUG, many).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    cancel(&t, edition).await;
    assert_eq!(skip_cancelled(&t, edition).await, ROWS as u64);
    let found = counts(&t, edition).await;
    assert_eq!(
        (found.skipped, found.queued),
        (ROWS as i64, (many - ROWS) as i64)
    );
    // Between the parts: a reader leaves, and a sender looks.
    let last = readers[many - 1];
    t.set_consent(last, Consent::Unsubscribed).await;
    let skipped =
        t.write(async |tx| deliveries::skip_waiting(tx, &[last], "unsubscribed", NOW).await);
    assert_eq!(skipped.await, 1, "in the edition that is being sent");
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 3).await;
    assert_eq!(
        claims.len(),
        3,
        "a claim does not ask for the edition's state"
    );
    let finished = t.write(async |tx| editions::finish(tx, edition, NOW).await);
    assert!(!finished.await);
    assert_eq!(skip_cancelled(&t, edition).await, ROWS as u64);
    assert_eq!(
        skip_cancelled(&t, edition).await,
        7,
        "with what was claimed"
    );
    assert_eq!(skip_cancelled(&t, edition).await, 0);
    assert_eq!(counts(&t, edition).await.skipped, many as i64);
    assert_eq!(counts(&t, other).await.skipped, 1);
}

async fn what_a_cancel_left_is_found(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 2).await;
    let open = async || {
        let open = editions::halted_and_open(&t.store).await.unwrap();
        Vec::from_iter(open.iter().map(|edition| (edition.id, edition.state)))
    };
    assert_eq!(open().await, []);
    cancel(&t, edition).await;
    assert_eq!(open().await, [(edition, EditionState::Cancelled)]);
    assert_eq!(skip_cancelled(&t, edition).await, 2);
    assert_eq!(open().await, []);
}

async fn a_dead_senders_claims_return_in_parts(db: Db) {
    let t = TestStore::on(db).await;
    let many = ROWS + 20;
    let (edition, readers) = t.enrolled(SLUG, many).await;
    // It was never registered.
    t.claim(99, edition, i64::MAX).await;
    t.mark(99, edition, &readers[..10]).await;
    let first = t.recover(NOW).await;
    assert_eq!((first.requeued, first.unknown), (ROWS as u64, 0));
    let second = t.recover(NOW).await;
    assert_eq!((second.requeued, second.unknown), (10, 10));
    assert_eq!(t.recover(NOW).await, deliveries::Recovered::default());
}

async fn the_check_finds_a_wrong_count(db: Db) {
    let t = TestStore::on(db).await;
    t.enrolled(SLUG, 2).await;
    let check = || store_check(t.schema.as_ref(), t.store.file().unwrap_or(t.dir.path()));
    assert_eq!(check(), Ok(()));
    t.execute("UPDATE delivery_counts SET count = count + 1");
    assert_eq!(check(), Err("1 of delivery_counts are wrong".to_owned()));
    t.execute("UPDATE delivery_counts SET count = count - 1");
}
