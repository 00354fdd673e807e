//! subscribers, consent_changes and suppressions: who may be mailed.

use std::collections::HashMap;

use ::subscribers::address::{Address, AddressKey};
use ::subscribers::consent::{Consent, ConsentSource};
use ::subscribers::departure::Departure;
use strum::IntoEnumIterator as _;
use verdict::store::consent_changes::{self, Cause, ConsentChange};
use verdict::store::subscribers::{self, Frequency, NewSubscriber, Subscriber};
use verdict::store::{StoreError, deliveries, suppressions};

use super::{NOW, TestStore, newcomer, outcome};
use crate::database::Db;
use crate::test_app::on_both_stores;

/// Texts that a careless statement, a JSON row or a column's affinity would change.
const AWKWARD: [&str; 14] = [
    "Zoë Ωmega",
    "李小龍 🦜",
    "e\u{301}",
    "שלום",
    "Robert'); DROP TABLE subscribers; --",
    r#"Ann "the \ slash" Lee"#,
    "%_$1 ?1 :a",
    "007",
    "1e3",
    "null",
    "true",
    "[\"a\"]",
    "tab\tand\u{1}",
    " ",
];

on_both_stores!(
    a_new_reader_is_kept_as_given_and_the_source_recorded,
    any_text_comes_back_as_it_went_in,
    a_batch_of_five_thousand_is_one_statement,
    an_empty_batch_changes_nothing,
    an_address_that_is_on_the_list_is_refused_with_its_whole_batch,
    known_names_those_on_the_list_and_no_others,
    consent_is_read_in_the_transaction_that_changes_it,
    every_change_of_consent_is_recorded_with_its_cause,
    changes_of_many_readers_are_recorded_for_each,
    an_erased_reader_keeps_the_number_and_nothing_else,
    erasure_removes_everything_a_reader_or_relay_wrote,
    an_erased_address_may_be_taken_again,
    a_description_replaces_the_one_before,
    pages_follow_each_other_in_order,
    a_page_may_show_one_consent,
    count_leaves_erased_readers_out,
    a_suppressed_hash_is_found_again,
    of_two_reasons_the_stricter_one_stays,
    a_suppression_is_lifted_unless_the_address_complained,
);

async fn a_new_reader_is_kept_as_given_and_the_source_recorded(db: Db) {
    let t = TestStore::on(db).await;
    let new = NewSubscriber {
        address: Address::parse("Ada.Lovelace@Example.com").unwrap(),
        name: Some("Ada"),
        time_zone: Some("Europe/London"),
        language: Some("en"),
        frequency: Frequency::Digest,
        paused_until: Some(NOW + 5),
        created_at: NOW - 7,
        ..newcomer("")
    };
    let ids = insert(&t, &[new]).await;
    let found = find(&t, "ada.lovelace@example.com").await;
    let found = found.unwrap().unwrap();
    assert_eq!([found.id], ids[..]);
    assert_eq!(given(&found), Some("Ada.Lovelace@Example.com"));
    assert_eq!(found.name.as_deref(), Some("Ada"));
    assert_eq!(found.time_zone.as_deref(), Some("Europe/London"));
    assert_eq!(found.frequency, Frequency::Digest);
    assert_eq!(found.paused_until, Some(NOW + 5));
    assert_eq!(found.consent, Consent::Confirmed);
    assert_eq!(found.language.as_deref(), Some("en"));
    assert_eq!((found.created_at, found.changed_at), (NOW - 7, NOW));
    let by_number = subscribers::get(&t.store, found.id).await.unwrap();
    assert_eq!(by_number, Some(found.clone()));
    let as_given = find(&t, "Ada.Lovelace@Example.com").await;
    assert_eq!(as_given.unwrap(), None, "only the key finds a reader");
    let change = ConsentChange {
        at: NOW,
        consent: Consent::Confirmed,
        source: ConsentSource::Form,
        edition: None,
        reason: None,
        form: None,
    };
    assert_eq!(history(&t, found.id).await, [change]);
}

async fn any_text_comes_back_as_it_went_in(db: Db) {
    let t = TestStore::on(db).await;
    let addresses = AWKWARD.map(|text| format!("{text}@example.com"));
    let new: Vec<_> = AWKWARD
        .into_iter()
        .zip(&addresses)
        .map(|(text, address)| NewSubscriber {
            address: Address::stored(address.clone(), text.to_owned()),
            name: Some(text),
            ..newcomer("")
        })
        .collect();
    let ids = insert(&t, &new).await;
    let keys = AWKWARD.map(key);
    let known = known(&t, &keys).await;
    for (id, text) in ids.into_iter().zip(AWKWARD) {
        let found = find(&t, text).await.unwrap().unwrap();
        assert_eq!(found.id, id, "{text}");
        assert_eq!(given(&found), Some(&*format!("{text}@example.com")));
        assert_eq!(found.name.as_deref(), Some(text));
        assert_eq!(found.time_zone, None);
        assert_eq!(known[&key(text)], (id, Consent::Confirmed));
        let cause = Cause {
            reason: Some(text),
            ..Cause::by(ConsentSource::Page)
        };
        set_consent(&t, &[id], Consent::Unsubscribed, cause).await;
        assert_eq!(history(&t, id).await[1].reason.as_deref(), Some(text));
    }
}

async fn a_batch_of_five_thousand_is_one_statement(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(5_000, Consent::Confirmed).await;
    assert_eq!(ids, (1..=5_000).collect::<Vec<_>>());
    let last = subscribers::get(&t.store, 5_000).await.unwrap().unwrap();
    assert_eq!(given(&last), Some("reader-5000@example.com"));
    let keys: Vec<_> = (1..=6_000)
        .map(|number| key(&format!("reader-{number}@example.com")))
        .collect();
    let known = known(&t, &keys).await;
    assert_eq!(known.len(), 5_000);
    assert_eq!(known[&keys[76]], (77, Consent::Confirmed));
    set_consent(&t, &ids, Consent::Bounced, Cause::by(ConsentSource::Bounce)).await;
    let count = subscribers::count(&t.store).await.unwrap();
    assert_eq!(count, HashMap::from([(Consent::Bounced, 5_000)]));
    assert_eq!(history(&t, 5_000).await.len(), 2);
}

async fn an_empty_batch_changes_nothing(db: Db) {
    let t = TestStore::on(db).await;
    assert!(insert(&t, &[]).await.is_empty());
    set_consent(&t, &[], Consent::Bounced, Cause::by(ConsentSource::Bounce)).await;
    assert!(known(&t, &[]).await.is_empty());
    assert!(subscribers::count(&t.store).await.unwrap().is_empty());
    assert_eq!(t.readers(1, Consent::Pending).await, [1]);
}

async fn an_address_that_is_on_the_list_is_refused_with_its_whole_batch(db: Db) {
    let t = TestStore::on(db).await;
    insert(&t, &[newcomer("ada@example.com")]).await;
    let same = NewSubscriber {
        address: Address::parse("ADA@example.com").unwrap(),
        ..newcomer("")
    };
    let batch = [newcomer("ben@example.com"), same];
    let refused = t
        .try_write(async |tx| {
            subscribers::insert(tx, &batch, Cause::by(ConsentSource::Form), NOW).await
        })
        .await;
    assert!(refused.is_err());
    let ben = find(&t, "ben@example.com").await;
    assert_eq!(ben.unwrap(), None);
    assert_eq!(insert(&t, &[newcomer("ben@example.com")]).await, [2]);
}

async fn known_names_those_on_the_list_and_no_others(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(2, Consent::Confirmed).await;
    t.set_consent(ids[1], Consent::Complained).await;
    let keys = [
        "reader-1@example.com",
        "reader-2@example.com",
        "reader-3@example.com",
        "reader-1@example.com",
    ]
    .map(key);
    let known = known(&t, &keys).await;
    let wanted = HashMap::from([
        (keys[0].clone(), (ids[0], Consent::Confirmed)),
        (keys[1].clone(), (ids[1], Consent::Complained)),
    ]);
    assert_eq!(known, wanted);
}

async fn consent_is_read_in_the_transaction_that_changes_it(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(1, Consent::Pending).await;
    let mut tx = t.store.begin().await.unwrap();
    let cause = Cause::by(ConsentSource::Page);
    subscribers::set_consent(&mut tx, &[(ids[0], Consent::Confirmed, cause)], NOW)
        .await
        .unwrap();
    let inside = subscribers::consent(&mut tx, ids[0]).await.unwrap();
    assert_eq!(inside, Some(Consent::Confirmed));
    assert_eq!(subscribers::consent(&mut tx, 99).await.unwrap(), None);
    drop(tx);
    let mut tx = t.store.begin().await.unwrap();
    let after = subscribers::consent(&mut tx, ids[0]).await.unwrap();
    assert_eq!(after, Some(Consent::Pending));
}

async fn every_change_of_consent_is_recorded_with_its_cause(db: Db) {
    let t = TestStore::on(db).await;
    let id = t.readers(1, Consent::Confirmed).await[0];
    let edition = t.edition("tea-vs-coffee").await;
    let cause = Cause {
        edition: Some(edition),
        reason: Some("too much tea"),
        ..Cause::by(ConsentSource::OneClick)
    };
    t.write(async |tx| {
        subscribers::set_consent(tx, &[(id, Consent::Unsubscribed, cause)], NOW + 5).await
    })
    .await;
    // At the same instant as the one before: they are in the order of recording.
    t.write(async |tx| {
        let cause = Cause::by(ConsentSource::Complaint);
        subscribers::set_consent(tx, &[(id, Consent::Complained, cause)], NOW + 5).await
    })
    .await;
    let changed = subscribers::get(&t.store, id).await.unwrap().unwrap();
    assert_eq!(changed.consent, Consent::Complained);
    assert_eq!((changed.created_at, changed.changed_at), (NOW, NOW + 5));
    let history = history(&t, id).await;
    let consents: Vec<_> = history.iter().map(|change| change.consent).collect();
    let wanted = [
        Consent::Confirmed,
        Consent::Unsubscribed,
        Consent::Complained,
    ];
    assert_eq!(consents, wanted);
    let left = &history[1];
    assert_eq!((left.at, left.source), (NOW + 5, ConsentSource::OneClick));
    assert_eq!(left.edition.as_deref(), Some("tea-vs-coffee"));
    assert_eq!(left.reason.as_deref(), Some("too much tea"));
    assert_eq!(history[2].edition, None);
    assert_eq!(history[2].reason, None);
}

async fn changes_of_many_readers_are_recorded_for_each(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(5, Consent::Confirmed).await;
    let (tea, tabs) = (t.edition("tea").await, t.edition("tabs").await);
    let left = |edition, reason| Cause {
        edition: Some(edition),
        reason,
        ..Cause::by(ConsentSource::OneClick)
    };
    let changes = [
        (ids[0], Consent::Unsubscribed, left(tea, Some("too hot"))),
        (ids[1], Consent::Unsubscribed, left(tabs, None)),
        (ids[2], Consent::Unsubscribed, left(tea, Some("too cold"))),
        (ids[3], Consent::Bounced, Cause::by(ConsentSource::Bounce)),
    ];
    t.write(async |tx| consent_changes::record(tx, &changes, NOW + 1).await)
        .await;
    for ((id, ..), wanted) in changes.iter().zip([
        "unsubscribed one-click tea too hot",
        "unsubscribed one-click tabs -",
        "unsubscribed one-click tea too cold",
        "bounced bounce - -",
    ]) {
        let change = &history(&t, *id).await[1];
        let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "-".to_owned());
        let (to, by) = (change.consent.into_str(), change.source.into_str());
        let (edition, reason) = (word(&change.edition), word(&change.reason));
        assert_eq!(format!("{to} {by} {edition} {reason}"), wanted);
    }
    assert_eq!(history(&t, ids[4]).await.len(), 1);
    assert!(history(&t, 99).await.is_empty());
}

async fn an_erased_reader_keeps_the_number_and_nothing_else(db: Db) {
    let t = TestStore::on(db).await;
    let new = NewSubscriber {
        name: Some("Ada"),
        time_zone: Some("UTC"),
        frequency: Frequency::Digest,
        paused_until: Some(NOW),
        ..newcomer("ada@example.com")
    };
    let id = insert(&t, &[new, newcomer("ben@example.com")]).await[0];
    erase(&t, id).await;
    let erased = subscribers::get(&t.store, id).await.unwrap().unwrap();
    assert_eq!(erased.consent, Consent::Erased);
    assert_eq!(erased.changed_at, NOW + 9);
    assert_eq!(erased.address, None);
    assert_eq!(erased.name, None);
    assert_eq!(erased.time_zone, None);
    assert_eq!(
        (erased.frequency, erased.paused_until),
        (Frequency::Every, None)
    );
    let found = find(&t, "ada@example.com").await;
    assert_eq!(found.unwrap(), None);
    assert_eq!(history(&t, id).await[1].consent, Consent::Erased);
    let ben = find(&t, "ben@example.com").await;
    assert_eq!(ben.unwrap().unwrap().consent, Consent::Confirmed);
}

async fn erasure_removes_everything_a_reader_or_relay_wrote(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, ids) = t.enrolled("tea-vs-coffee", 2).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    for (number, id) in (1..).zip(&ids) {
        let reply = format!("550 5.1.1 <reader-{number}@example.com>: no such user");
        let refused = deliveries::Outcome {
            reply: Some(reply.clone()),
            ..outcome(edition, *id, deliveries::State::Refused)
        };
        assert_eq!(t.record(sender, &[refused]).await, 0);
        let cause = Cause {
            edition: Some(edition),
            reason: Some(&reply),
            ..Cause::by(ConsentSource::Bounce)
        };
        set_consent(&t, &[*id], Consent::Bounced, cause).await;
    }
    erase(&t, ids[0]).await;
    assert_eq!(t.delivery(ids[0]).await.reply, None);
    let changes = history(&t, ids[0]).await;
    assert_eq!(changes.len(), 3);
    assert!(changes.iter().all(|change| change.reason.is_none()));
    assert!(t.delivery(ids[1]).await.reply.is_some());
    assert!(history(&t, ids[1]).await[1].reason.is_some());
}

async fn an_erased_address_may_be_taken_again(db: Db) {
    let t = TestStore::on(db).await;
    let first = insert(&t, &[newcomer("ada@example.com")]).await[0];
    erase(&t, first).await;
    let second = insert(&t, &[newcomer("ada@example.com")]).await[0];
    assert_ne!(first, second);
    erase(&t, second).await;
    let count = subscribers::count(&t.store).await.unwrap();
    assert!(count.is_empty(), "two erased readers do not collide");
}

async fn a_description_replaces_the_one_before(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(2, Consent::Pending).await;
    let describe = async |name: Option<&str>, zone: Option<&str>| {
        t.write(async |tx| subscribers::describe(tx, ids[0], name, zone).await)
            .await;
        let found = subscribers::get(&t.store, ids[0]).await.unwrap().unwrap();
        (found.name, found.time_zone)
    };
    let ada = (Some("Ada".to_owned()), Some("UTC".to_owned()));
    assert_eq!(describe(Some("Ada"), Some("UTC")).await, ada);
    assert_eq!(describe(None, None).await, (None, None));
    let other = subscribers::get(&t.store, ids[1]).await.unwrap().unwrap();
    assert_eq!(other.name, None);
}

async fn pages_follow_each_other_in_order(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(5, Consent::Confirmed).await;
    erase(&t, ids[2]).await;
    assert_eq!(page(&t, None, 0, 2).await, [1, 2]);
    assert_eq!(page(&t, None, 2, 2).await, [4, 5]);
    assert!(page(&t, None, 5, 2).await.is_empty());
}

async fn a_page_may_show_one_consent(db: Db) {
    let t = TestStore::on(db).await;
    t.readers(2, Consent::Confirmed).await;
    t.readers(2, Consent::Pending).await;
    assert_eq!(page(&t, Some(Consent::Pending), 0, 9).await, [3, 4]);
    assert_eq!(page(&t, Some(Consent::Confirmed), 1, 9).await, [2]);
    assert!(page(&t, Some(Consent::Bounced), 0, 9).await.is_empty());
}

async fn count_leaves_erased_readers_out(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(3, Consent::Confirmed).await;
    t.readers(1, Consent::Pending).await;
    erase(&t, ids[0]).await;
    let count = subscribers::count(&t.store).await.unwrap();
    let wanted = HashMap::from([(Consent::Confirmed, 2), (Consent::Pending, 1)]);
    assert_eq!(count, wanted);
}

async fn a_suppressed_hash_is_found_again(db: Db) {
    let t = TestStore::on(db).await;
    assert!(t.write(suppressions::is_empty).await);
    suppress(&t, "aa", Departure::Erased).await;
    suppress(&t, "bb", Departure::Moved).await;
    assert!(!t.write(suppressions::is_empty).await);
    let asked = ["aa", "cc", "bb", "AA"].map(str::to_owned);
    let found = t
        .write(async |tx| suppressions::reasons(tx, &asked).await)
        .await;
    let wanted = [("aa", Departure::Erased), ("bb", Departure::Moved)];
    assert_eq!(
        found,
        HashMap::from(wanted.map(|(hash, why)| (hash.to_owned(), why)))
    );
    let none = t
        .write(async |tx| suppressions::reasons(tx, &[] as &[&str]).await)
        .await;
    assert!(none.is_empty());
}

async fn of_two_reasons_the_stricter_one_stays(db: Db) {
    let t = TestStore::on(db).await;
    for first in Departure::iter() {
        for second in Departure::iter() {
            let hash = format!("{first} {second}");
            assert!(suppress(&t, &hash, first).await);
            assert_eq!(suppress(&t, &hash, second).await, second > first, "{hash}");
            let found = t
                .write(async |tx| suppressions::reasons(tx, &[&hash, &hash]).await)
                .await;
            assert_eq!(found, HashMap::from([(hash, first.max(second))]));
        }
    }
}

async fn a_suppression_is_lifted_unless_the_address_complained(db: Db) {
    let t = TestStore::on(db).await;
    for reason in Departure::iter() {
        suppress(&t, reason.into_str(), reason).await;
        let lifted = t.write(async |tx| suppressions::clear(tx, reason.into_str()).await);
        assert_eq!(lifted.await, reason.may_return(), "{reason}");
        let again = t.write(async |tx| suppressions::clear(tx, reason.into_str()).await);
        assert!(!again.await, "{reason}");
        let left = t.write(async |tx| suppressions::reasons(tx, &[reason.into_str()]).await);
        assert_eq!(left.await.is_empty(), reason.may_return(), "{reason}");
    }
}

fn key(text: &str) -> AddressKey {
    AddressKey::stored(text.to_owned())
}

fn given(subscriber: &Subscriber) -> Option<&str> {
    subscriber.address.as_ref().map(Address::as_given)
}

async fn find(t: &TestStore, text: &str) -> Result<Option<Subscriber>, StoreError> {
    subscribers::find(&t.store, &key(text)).await
}

async fn known(t: &TestStore, keys: &[AddressKey]) -> HashMap<AddressKey, (i64, Consent)> {
    let keys: Vec<&AddressKey> = keys.iter().collect();
    t.write(async |tx| subscribers::known(tx, &keys).await)
        .await
}

async fn insert(t: &TestStore, new: &[NewSubscriber<'_>]) -> Vec<i64> {
    t.write(async |tx| subscribers::insert(tx, new, Cause::by(ConsentSource::Form), NOW).await)
        .await
        .collect()
}

async fn set_consent(t: &TestStore, ids: &[i64], consent: Consent, cause: Cause<'_>) {
    let changes: Vec<_> = ids.iter().map(|id| (*id, consent, cause)).collect();
    t.write(async |tx| subscribers::set_consent(tx, &changes, NOW + 1).await)
        .await;
}

async fn erase(t: &TestStore, id: i64) {
    t.write(async |tx| subscribers::erase(tx, id, Cause::by(ConsentSource::Editor), NOW + 9).await)
        .await;
}

async fn suppress(t: &TestStore, hash: &str, reason: Departure) -> bool {
    t.write(async |tx| suppressions::add(tx, hash, reason, NOW).await)
        .await
}

async fn history(t: &TestStore, id: i64) -> Vec<ConsentChange> {
    consent_changes::of(&t.store, id).await.unwrap()
}

async fn page(t: &TestStore, consent: Option<Consent>, after: i64, limit: i64) -> Vec<i64> {
    let page = subscribers::page(&t.store, consent, after, limit).await;
    page.unwrap().iter().map(|reader| reader.id).collect()
}
