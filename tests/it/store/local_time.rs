//! deliveries of an edition that goes out at the readers' own time.

use subscribers::consent::Consent;
use verdict::store::deliveries::{self, Chunk, DueTimes, Later, State};
use verdict::store::{editions, subscribers as list};

use super::{NOW, TestStore, outcome, subscribers_of};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

on_both_stores!(
    each_confirmed_reader_is_due_by_their_zone,
    later_deliveries_are_counted_with_the_first_and_last_time,
    a_senders_deliveries_of_an_edition_are_found,
    doubts_are_resent_if_they_were_first_due_late_enough,
);

/// An edition with a reader in each of these zones, due this many milliseconds after [`NOW`].
async fn enrolled(t: &TestStore, readers: &[(&str, i64)]) -> (i64, Vec<i64>) {
    let ids = t.readers(readers.len(), Consent::Confirmed).await;
    for (id, (zone, _)) in ids.iter().zip(readers) {
        t.write(async |tx| list::describe(tx, *id, None, Some(zone)).await)
            .await;
    }
    let known = [
        ("Asia/Tokyo", NOW - 5),
        ("Europe/Berlin", NOW + 10),
        ("America/New_York", NOW + 20),
    ];
    let due = DueTimes {
        zones: known.to_vec(),
        elsewhere: NOW + 15,
    };
    let edition = t.edition(SLUG).await;
    let count = t
        .write(async |tx| deliveries::enrol_by_zone(tx, edition, &due).await)
        .await;
    assert_eq!(count, readers.len() as u64);
    (edition, ids)
}

async fn each_confirmed_reader_is_due_by_their_zone(db: Db) {
    let t = TestStore::on(db).await;
    let nobody = t.readers(1, Consent::Unsubscribed).await;
    let readers = [
        ("Asia/Tokyo", -5),
        ("Europe/Berlin", 10),
        ("europe/berlin", 15),
        ("", 15),
        ("Mars/Phobos'; --", 15),
        ("America/New_York", 20),
    ];
    let (edition, ids) = enrolled(&t, &readers).await;
    for (id, (zone, after)) in ids.iter().zip(readers) {
        let delivery = t.delivery(*id).await;
        assert_eq!(
            (delivery.state, delivery.due_at),
            (State::Queued, NOW + after),
            "{zone}"
        );
        let first = deliveries::first_due(&t.store, edition, *id).await.unwrap();
        assert_eq!(first, Some(NOW + after), "{zone}");
    }
    assert!(
        deliveries::history(&t.store, nobody[0])
            .await
            .unwrap()
            .is_empty()
    );
    let none = deliveries::first_due(&t.store, edition, nobody[0]).await;
    assert_eq!(none.unwrap(), None);
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 9).await;
    assert_eq!(subscribers_of(&claims), ids[..1], "the others wait");
    assert_eq!(claims[0].first_due_at, Some(NOW - 5));
}

async fn later_deliveries_are_counted_with_the_first_and_last_time(db: Db) {
    let t = TestStore::on(db).await;
    let zones = ["Asia/Tokyo", "Europe/Berlin", "", "America/New_York"];
    let (edition, _) = enrolled(&t, &zones.map(|zone| (zone, 0))).await;
    let later = async |now| deliveries::later(&t.store, edition, now).await.unwrap();
    let of = |count, first, last| {
        let (first, last) = (NOW + first, NOW + last);
        Some(Later { count, first, last })
    };
    assert_eq!(later(NOW - 6).await, of(4, -5, 20));
    assert_eq!(later(NOW).await, of(3, 10, 20));
    assert_eq!(later(NOW + 10).await, of(2, 15, 20));
    assert_eq!(later(NOW + 20).await, None);
    assert_eq!(
        deliveries::later(&t.store, edition + 1, 0).await.unwrap(),
        None
    );
}

async fn a_senders_deliveries_of_an_edition_are_found(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let (other, _) = t.enrolled("another-issue", 0).await;
    let held = async |edition| deliveries::is_held(&t.store, edition).await.unwrap();
    assert!(!held(edition).await, "queued");
    let sender = t.sender().await;
    t.claim(sender, edition, 9).await;
    assert!(held(edition).await, "claimed");
    assert!(!held(other).await);
    t.mark(sender, edition, &readers).await;
    assert!(held(edition).await, "in flight");
    let unknown = outcome(edition, readers[0], State::Unknown);
    assert_eq!(t.record(sender, &[unknown]).await, 0);
    assert!(!held(edition).await, "in doubt is not held");
}

async fn doubts_are_resent_if_they_were_first_due_late_enough(db: Db) {
    let t = TestStore::on(db).await;
    let zones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York"];
    let (edition, readers) = enrolled(&t, &zones.map(|zone| (zone, 0))).await;
    let sender = t.sender().await;
    let claimed = deliveries::claim_due(&t.store, sender, edition, NOW + 20, 9).await;
    assert_eq!(claimed.unwrap().len(), 3);
    t.mark(sender, edition, &readers).await;
    let unknown = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Unknown));
    assert_eq!(t.record(sender, &unknown.collect::<Vec<_>>()).await, 0);
    let resent = t
        .write(async |tx| {
            deliveries::resend_unknown_since(tx, edition, NOW + 10, NOW + 30, &mut Chunk::begin())
                .await
        })
        .await;
    assert_eq!(resent, 2);
    for (reader, state) in readers
        .iter()
        .zip([State::Unknown, State::Queued, State::Queued])
    {
        assert_eq!(t.state(*reader).await, state);
    }
    assert_eq!(t.delivery(readers[1]).await.due_at, NOW + 30);
    let found = editions::find(&t.store, SLUG).await.unwrap().unwrap();
    assert_eq!(found.retries_count_from(Some(NOW + 20)), NOW + 20);
    assert_eq!(
        found.retries_count_from(Some(NOW - 5)),
        NOW,
        "not before it was frozen"
    );
}
