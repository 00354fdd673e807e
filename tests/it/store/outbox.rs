//! Requests, messages, undos, nodes and changed addresses.

use std::time::Duration;

use ::subscribers::address::Address;
use ::subscribers::consent::{Consent, ConsentSource};
use verdict::store::consent_changes::Cause;
use verdict::store::outbox::{self, Kind, MessageState, NewMessage, Outcome};
use verdict::store::requests::{self, NewRequest, RequestKind};
use verdict::store::{nodes, subscribers, undos};

use super::{NOW, TestStore, address_of};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    a_node_is_live_while_its_lease_lasts,
    one_node_holds_a_message_until_its_outcome,
    a_dead_nodes_messages_are_free_again,
    a_message_of_a_newer_release_is_left_alone,
    an_alert_is_a_message_to_each_editor,
    a_link_is_valid_until_it_ends_and_used_once,
    ended_links_keep_a_record_of_what_happened,
    a_message_is_forgotten_after_its_time,
    a_request_is_decided_once,
    a_subscriber_has_one_undo,
    a_reader_who_moves_gets_a_new_tag,
    erasing_forgets_messages,
    a_store_of_this_release_is_not_newer,
);

const LEASE: Duration = Duration::from_secs(3600);

async fn node(t: &TestStore) -> i64 {
    t.write(async |tx| nodes::register(tx, "send", "a test", LEASE).await)
        .await
}

async fn message(t: &TestStore, reader: i64, kind: Kind) -> i64 {
    t.write(async |tx| outbox::insert(tx, NewMessage::to(reader, kind, NOW), NOW).await)
        .await
}

async fn record(t: &TestStore, node: i64, id: i64, state: MessageState) -> bool {
    let ended = Outcome {
        state,
        due_at: Some(NOW + 9),
        reply: Some("250 2.0.0 Ok"),
    };
    t.write(async |tx| outbox::record(tx, node, id, ended, NOW + 1).await)
        .await
}

async fn a_node_is_live_while_its_lease_lasts(db: Db) {
    let t = TestStore::on(db).await;
    let (one, other) = (node(&t).await, node(&t).await);
    let live = nodes::live(&t.store).await.unwrap();
    assert_eq!(
        live.iter().map(|node| node.id).collect::<Vec<_>>(),
        [one, other]
    );
    assert_eq!(
        (live[0].parts.as_str(), live[0].what.as_str()),
        ("send", "a test")
    );
    t.write(async |tx| nodes::leave(tx, one).await).await;
    assert!(!t.write(async |tx| nodes::renew(tx, one, LEASE).await).await);
    t.write(async |tx| nodes::register_again(tx, one, "send", "a test", LEASE).await)
        .await;
    assert!(t.write(async |tx| nodes::renew(tx, one, LEASE).await).await);
    assert_eq!(t.write(async |tx| nodes::expire(tx).await).await, 0);
    let past = "UPDATE nodes SET lease_until = 0";
    t.execute(past);
    assert_eq!(nodes::live(&t.store).await.unwrap(), []);
    assert_eq!(t.write(async |tx| nodes::expire(tx).await).await, 2);
}

async fn one_node_holds_a_message_until_its_outcome(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let (one, other) = (node(&t).await, node(&t).await);
    let id = message(&t, readers[0], Kind::Settings).await;
    assert_eq!(outbox::due(&t.store, NOW - 1, 5).await.unwrap(), 0);
    assert_eq!(outbox::due(&t.store, NOW, 5).await.unwrap(), 1);
    let claimed = outbox::claim(&t.store, one, NOW).await.unwrap().unwrap();
    assert_eq!(
        (claimed.id, claimed.kind, claimed.attempts),
        (id, Kind::Settings, 1)
    );
    assert_eq!(claimed.subscriber, Some(readers[0]));
    assert_eq!(outbox::claim(&t.store, other, NOW).await.unwrap(), None);
    assert!(!record(&t, other, id, MessageState::Accepted).await);
    assert!(record(&t, one, id, MessageState::Queued).await);
    assert_eq!(outbox::claim(&t.store, other, NOW + 8).await.unwrap(), None);
    let again = outbox::claim(&t.store, other, NOW + 9)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.attempts, 2);
    assert!(record(&t, other, id, MessageState::Accepted).await);
    assert_eq!(outbox::due(&t.store, i64::MAX, 5).await.unwrap(), 0);
    let history = outbox::history(&t.store, readers[0]).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].kind, history[0].state),
        (Kind::Settings, MessageState::Accepted)
    );
    assert_eq!(history[0].reply.as_deref(), Some("250 2.0.0 Ok"));
}

async fn a_dead_nodes_messages_are_free_again(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let (gone, other) = (node(&t).await, node(&t).await);
    message(&t, readers[0], Kind::Settings).await;
    outbox::claim(&t.store, gone, NOW).await.unwrap().unwrap();
    assert_eq!(t.write(async |tx| outbox::recover(tx).await).await, 0);
    t.write(async |tx| nodes::leave(tx, gone).await).await;
    assert_eq!(t.write(async |tx| outbox::recover(tx).await).await, 1);
    assert!(outbox::claim(&t.store, other, NOW).await.unwrap().is_some());
}

/// A release beside this one may queue kinds that this one cannot read. They hold up nothing.
async fn a_message_of_a_newer_release_is_left_alone(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let node = node(&t).await;
    let newer = message(&t, readers[0], Kind::Settings).await;
    t.execute(&format!(
        "UPDATE outbox SET kind = 'telegram', due_at = 1 WHERE id = {newer}"
    ));
    let known = message(&t, readers[0], Kind::Moved).await;
    assert_eq!(outbox::due(&t.store, NOW, 5).await.unwrap(), 1);
    let claimed = outbox::claim(&t.store, node, NOW).await.unwrap().unwrap();
    assert_eq!(claimed.id, known);
    assert_eq!(outbox::claim(&t.store, node, NOW).await.unwrap(), None);
    let history = outbox::history(&t.store, readers[0]).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        t.count("SELECT COUNT(*) FROM outbox WHERE state = 'queued' AND owner IS NULL"),
        1
    );
}

async fn an_alert_is_a_message_to_each_editor(db: Db) {
    let t = TestStore::on(db).await;
    let editors = ["a@example.com", "b@example.com"].map(|email| Address::parse(email).unwrap());
    t.write(async |tx| outbox::alert(tx, &editors, "Subject", "Text\n", NOW).await)
        .await;
    t.write(async |tx| outbox::alert(tx, &[], "Subject", "Text\n", NOW).await)
        .await;
    let node = node(&t).await;
    let mut told = Vec::new();
    for _ in &editors {
        let alert = outbox::claim(&t.store, node, NOW).await.unwrap().unwrap();
        told.extend(alert.other_address().map(Address::to_string));
        assert_eq!(
            (alert.subject.as_deref(), alert.text.as_deref()),
            (Some("Subject"), Some("Text\n"))
        );
        assert_eq!((alert.kind, alert.subscriber), (Kind::Alert, None));
    }
    told.sort_unstable();
    assert_eq!(told, editors.each_ref().map(Address::as_given));
    assert_eq!(outbox::claim(&t.store, node, NOW).await.unwrap(), None);
}

async fn a_link_is_valid_until_it_ends_and_used_once(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let id = message(&t, readers[0], Kind::Settings).await;
    let end = NOW + outbox::TO_ACT.num_milliseconds();
    assert!(outbox::good(&t.store, id, end).await.unwrap().is_none());
    assert!(outbox::good(&t.store, id, end - 1).await.unwrap().is_some());
    assert!(
        !t.write(async |tx| outbox::use_link(tx, id, end).await)
            .await
    );
    assert!(
        t.write(async |tx| outbox::use_link(tx, id, NOW + 5).await)
            .await
    );
    assert!(
        !t.write(async |tx| outbox::use_link(tx, id, NOW + 6).await)
            .await
    );
    let used = outbox::good(&t.store, id, NOW).await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(NOW + 5));
}

async fn ended_links_keep_a_record_of_what_happened(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(2, Consent::Confirmed).await;
    let link = message(&t, readers[0], Kind::Confirm).await;
    let told = message(&t, readers[0], Kind::Moved).await;
    let others = message(&t, readers[1], Kind::Confirm).await;
    t.write(async |tx| outbox::end_links(tx, &[readers[0]], NOW + 1).await)
        .await;
    let good = async |id| outbox::good(&t.store, id, NOW + 1).await.unwrap().is_some();
    assert_eq!(
        (good(link).await, good(told).await, good(others).await),
        (false, true, true)
    );
    let history = outbox::history(&t.store, readers[0]).await.unwrap();
    let mut states: Vec<_> = history
        .iter()
        .map(|entry| (entry.kind.into_str(), entry.state))
        .collect();
    states.sort_unstable_by_key(|(kind, _)| *kind);
    assert_eq!(
        states,
        [
            ("confirm", MessageState::Withdrawn),
            ("moved", MessageState::Queued)
        ]
    );
    let second = message(&t, readers[1], Kind::Address).await;
    t.write(async |tx| outbox::end_links_of_kind(tx, readers[1], Kind::Address, NOW + 1).await)
        .await;
    assert_eq!((good(second).await, good(others).await), (false, true));
}

async fn a_message_is_forgotten_after_its_time(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let new = NewMessage {
        recipient: Some(&address_of("stranger@example.com")),
        name: Some("A stranger"),
        ..NewMessage::to(readers[0], Kind::Address, NOW)
    };
    t.write(async |tx| outbox::insert(tx, new, NOW).await).await;
    let end = NOW + outbox::TO_ACT.num_milliseconds();
    outbox::purge(&t.store, end).await.unwrap();
    assert_eq!(
        t.count("SELECT COUNT(*) FROM outbox WHERE recipient IS NOT NULL OR name IS NOT NULL"),
        0
    );
    let history = outbox::history(&t.store, readers[0]).await.unwrap();
    assert_eq!(history[0].state, MessageState::Expired);
    let later = end + 31 * 24 * 3_600_000;
    outbox::purge(&t.store, later).await.unwrap();
    assert_eq!(outbox::history(&t.store, readers[0]).await.unwrap(), []);
}

async fn a_request_is_decided_once(db: Db) {
    let t = TestStore::on(db).await;
    let new = NewRequest {
        kind: RequestKind::Join,
        subscriber: Some(3),
        address: &address_of("ada@example.com"),
        name: Some("Ada"),
        time_zone: Some("Europe/London"),
        form: Some("page-1"),
        good_for: 100,
    };
    let id = t
        .write(async |tx| requests::insert(tx, new, NOW).await)
        .await;
    assert!(!requests::is_any_due(&t.store, NOW - 1).await.unwrap());
    assert!(requests::is_any_due(&t.store, NOW).await.unwrap());
    t.write(async |tx| {
        let request = requests::next(tx, NOW).await?.unwrap();
        assert_eq!(
            (request.id, request.kind, request.subscriber),
            (id, RequestKind::Join, Some(3))
        );
        assert_eq!(
            (
                request.address.clone().unwrap().as_given(),
                request.name.as_deref()
            ),
            ("ada@example.com", Some("Ada"))
        );
        assert_eq!((request.created_at, request.expires_at), (NOW, NOW + 100));
        requests::put_off(tx, id, NOW + 5).await
    })
    .await;
    assert!(
        t.write(async |tx| requests::next(tx, NOW + 4).await)
            .await
            .is_none()
    );
    t.write(async |tx| requests::end(tx, id).await).await;
    assert!(!requests::is_any_due(&t.store, i64::MAX).await.unwrap());
    for forget in [true, false] {
        t.write(async |tx| requests::insert(tx, new, NOW).await)
            .await;
        match forget {
            true => {
                t.write(async |tx| requests::end_all_of(tx, &[3]).await)
                    .await;
            }
            false => assert_eq!(requests::purge(&t.store, NOW + 100).await.unwrap(), 1),
        }
        assert!(!requests::is_any_due(&t.store, i64::MAX).await.unwrap());
    }
}

async fn a_subscriber_has_one_undo(db: Db) {
    let t = TestStore::on(db).await;
    let insert = async |before: &'static str| {
        t.write(async |tx| undos::insert(tx, 7, before, NOW).await)
            .await
    };
    let first = insert("every:0").await;
    let second = insert("confirmed").await;
    let end = NOW + undos::GOOD_FOR.num_milliseconds();
    assert!(undos::good(&t.store, first, NOW).await.unwrap().is_none());
    let undo = undos::good(&t.store, second, end - 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (undo.subscriber, undo.before.as_str(), undo.created_at),
        (7, "confirmed", NOW)
    );
    assert!(undos::good(&t.store, second, end).await.unwrap().is_none());
    assert!(t.write(async |tx| undos::take(tx, second).await).await);
    assert!(!t.write(async |tx| undos::take(tx, second).await).await);
    let third = insert("every:0").await;
    t.write(async |tx| undos::end(tx, &[7]).await).await;
    assert!(undos::good(&t.store, third, NOW).await.unwrap().is_none());
    insert("every:0").await;
    assert_eq!(undos::purge(&t.store, end).await.unwrap(), 1);
}

async fn a_reader_who_moves_gets_a_new_tag(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    let moved = async |address: &'static str| {
        t.write(async |tx| subscribers::readdress(tx, readers[0], &address_of(address), 7).await)
            .await
    };
    let reader = async || {
        let reader = subscribers::get(&t.store, readers[0]).await;
        reader.unwrap().unwrap()
    };
    assert!(moved("new@example.com").await);
    let after = reader().await;
    assert_eq!(
        (after.address, after.address_tag),
        (Some(address_of("new@example.com")), 7)
    );
    let choice = t
        .write(async |tx| subscribers::choice(tx, readers[0]).await)
        .await;
    assert_eq!(choice, Some((subscribers::Frequency::Every, None)));
}

async fn erasing_forgets_messages(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(1, Consent::Confirmed).await;
    message(&t, readers[0], Kind::Moved).await;
    t.write(async |tx| {
        subscribers::erase(tx, readers[0], Cause::by(ConsentSource::Page), NOW).await
    })
    .await;
    assert_eq!(outbox::history(&t.store, readers[0]).await.unwrap(), []);
}

async fn a_store_of_this_release_is_not_newer(db: Db) {
    let t = TestStore::on(db).await;
    t.store.check_version().await.unwrap();
}
