//! journals, and the list's side of a replay.

use ::subscribers::address::AddressKey;
use ::subscribers::consent::{Consent, ConsentSource};
use verdict::store::consent_changes::Cause;
use verdict::store::{journal, subscribers};

use super::{NOW, TestStore};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    each_journal_has_its_place,
    readers_are_found_by_number_and_page_by_page,
    only_the_readers_own_opt_in_counts,
    a_group_gets_the_state_of_each_reader,
);

async fn each_journal_has_its_place(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(journal::replayed(&t.store, "aa").await.unwrap(), 0);
    for place in [700, 120, 5_000_000_000] {
        t.write(async |tx| journal::set_replayed(tx, "aa", place).await)
            .await;
        assert_eq!(journal::replayed(&t.store, "aa").await.unwrap(), place);
    }
    assert_eq!(journal::replayed(&t.store, "bb").await.unwrap(), 0);
}

async fn readers_are_found_by_number_and_page_by_page(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(5, Consent::Confirmed).await;
    t.set_consent(ids[1], Consent::Bounced).await;
    t.write(async |tx| {
        subscribers::erase(tx, ids[2], Cause::by(ConsentSource::Page), NOW + 9).await
    })
    .await;
    let found = t
        .write(async |tx| journal::readers(tx, &[ids[2], 99, ids[1], ids[1]]).await)
        .await;
    assert_eq!(found.len(), 2);
    let bounced = &found[&ids[1]];
    assert_eq!(
        key(bounced.address_key.as_ref()),
        Some("reader-2@example.com")
    );
    assert_eq!(
        (bounced.consent, bounced.changed_at),
        (Consent::Bounced, NOW)
    );
    let erased = &found[&ids[2]];
    assert_eq!(
        (key(erased.address_key.as_ref()), erased.consent),
        (None, Consent::Erased)
    );
    let none = t.write(async |tx| journal::readers(tx, &[]).await).await;
    assert!(none.is_empty());

    let page = async |after| {
        let page = t.write(async |tx| journal::page(tx, after, 3).await).await;
        page.iter().map(|reader| reader.id).collect::<Vec<_>>()
    };
    assert_eq!(page(0).await, [1, 2, 4], "an erased reader has no address");
    assert_eq!(page(4).await, [5]);
    assert!(page(5).await.is_empty());
}

async fn only_the_readers_own_opt_in_counts(db: Db) {
    let t = TestStore::on(db).await;
    let id = t.readers(1, Consent::Pending).await[0];
    let since = async |since| {
        t.write(async |tx| journal::has_opted_in_since(tx, id, since).await)
            .await
    };
    let confirmed = async |way, at| {
        t.write(async |tx| {
            subscribers::set_consent(tx, &[(id, Consent::Confirmed, Cause::by(way))], at).await
        })
        .await;
    };
    assert!(!since(0).await);
    confirmed(ConsentSource::Import, NOW + 1).await;
    confirmed(ConsentSource::Editor, NOW + 2).await;
    assert!(!since(0).await);
    confirmed(ConsentSource::Page, NOW + 3).await;
    assert!(since(NOW + 2).await);
    assert!(!since(NOW + 3).await);
}

async fn a_group_gets_the_state_of_each_reader(db: Db) {
    let t = TestStore::on(db).await;
    let ids = t.readers(2, Consent::Confirmed).await;
    t.write(async |tx| {
        subscribers::erase(tx, ids[1], Cause::by(ConsentSource::Page), NOW + 9).await
    })
    .await;
    let asked = [ids[0], ids[1], 99];
    let standings = t
        .write(async |tx| subscribers::standings(tx, &asked).await)
        .await;
    assert_eq!(standings.len(), 2);
    let first = &standings[&ids[0]];
    assert_eq!(
        key(first.address_key.as_ref()),
        Some("reader-1@example.com")
    );
    assert_eq!((first.consent, first.changed_at), (Consent::Confirmed, NOW));
    let second = &standings[&ids[1]];
    assert_eq!(
        (key(second.address_key.as_ref()), second.changed_at),
        (None, NOW + 9)
    );
}

fn key(stored: Option<&AddressKey>) -> Option<&str> {
    stored.map(AddressKey::as_str)
}
