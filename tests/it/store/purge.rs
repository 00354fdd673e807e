//! Everything that is over is deleted, even if it takes many transactions.

use ::subscribers::consent::{Consent, ConsentSource};
use verdict::store::consent_changes::Cause;
use verdict::store::deliveries::ROWS;
use verdict::store::subscribers::{NewSubscriber, insert, purge_pending};
use verdict::store::{limits, outbox, requests, undos};

use super::{NOW, TestStore, newcomer};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    sign_ups_go_in_chunks,
    what_has_ended_goes_in_chunks,
    a_message_in_hand_keeps_what_it_needs,
);

const MANY: usize = 2 * ROWS + 7;

/// Inserts a row for each number from 1 to [`MANY`]; `i` is the number.
fn fill(t: &TestStore, table: &str, columns: &str, values: &str) {
    t.execute(&format!(
        "INSERT INTO {table} ({columns}) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) \
         SELECT {values} FROM n"
    ));
}

async fn sign_ups_go_in_chunks(db: Db) {
    let t = TestStore::on(db).await;
    let addresses: Vec<_> = (0..MANY).map(|i| format!("new-{i}@example.com")).collect();
    let pending = |address| NewSubscriber {
        consent: Consent::Pending,
        ..newcomer(address)
    };
    let new: Vec<_> = addresses.iter().map(|address| pending(address)).collect();
    let by_form = Cause::by(ConsentSource::Form);
    let ids = t.write(async |tx| insert(tx, &new, by_form, NOW).await);
    let first = ids.await.start;
    let imported = t.readers(1, Consent::Pending).await[0];
    let (messages, changes) = ("FROM outbox", "FROM consent_changes");
    let count = |of: &str| t.count(&format!("SELECT COUNT(*) {of}"));
    fill(
        &t,
        "outbox",
        "id, kind, state, subscriber, created_at, expires_at, due_at, attempts",
        &format!("i, 'confirm', 'accepted', {first} - 1 + i, {NOW}, {NOW}, {NOW}, 1"),
    );
    assert_eq!(
        (count(messages), count(changes)),
        (MANY as i64, MANY as i64 + 1)
    );
    assert_eq!(purge_pending(&t.store, NOW - 1, NOW).await.unwrap(), 0);
    assert_eq!(
        purge_pending(&t.store, NOW, NOW - 1).await.unwrap(),
        0,
        "links are good"
    );
    assert_eq!(
        purge_pending(&t.store, NOW, NOW).await.unwrap(),
        MANY as u64
    );
    assert_eq!((count(messages), count(changes)), (0, 1));
    assert_eq!(t.count("SELECT MIN(id) FROM subscribers"), imported);
}

async fn what_has_ended_goes_in_chunks(db: Db) {
    let t = TestStore::on(db).await;
    let end = format!("{NOW} + i / {MANY}");
    fill(
        &t,
        "requests",
        "id, kind, address, created_at, expires_at, due_at",
        &format!("i, 'join', 'new-' || i || '@example.com', {NOW}, {end}, {NOW}"),
    );
    fill(
        &t,
        "undos",
        "id, subscriber, before, created_at, expires_at",
        &format!("i, i, 'confirmed', {NOW}, {end}"),
    );
    fill(
        &t,
        "limits",
        "name, subject, since, until, count",
        &format!("'stamp', CAST(i AS TEXT), 0, {end}, 1"),
    );
    let all_but_the_last = MANY as u64 - 1;
    assert_eq!(
        requests::purge(&t.store, NOW).await.unwrap(),
        all_but_the_last
    );
    assert_eq!(undos::purge(&t.store, NOW).await.unwrap(), all_but_the_last);
    assert_eq!(
        limits::purge(&t.store, NOW).await.unwrap(),
        all_but_the_last
    );
    for table in ["requests", "undos", "limits"] {
        assert_eq!(
            t.count(&format!("SELECT COUNT(*) FROM {table}")),
            1,
            "{table}"
        );
    }
}

async fn a_message_in_hand_keeps_what_it_needs(db: Db) {
    let t = TestStore::on(db).await;
    fill(
        &t,
        "outbox",
        "id, kind, state, name, created_at, expires_at, due_at, attempts, owner",
        &format!(
            "i, 'confirm', 'queued', 'Ada', {NOW}, {NOW}, {NOW}, 0, CASE WHEN i = 9 THEN 4 END"
        ),
    );
    let named = "SELECT COUNT(*) FROM outbox WHERE name IS NOT NULL AND state = 'queued'";
    outbox::purge(&t.store, NOW - 1).await.unwrap();
    assert_eq!(t.count(named), MANY as i64);
    let month = 30 * 24 * 3_600_000;
    for (now, left) in [(NOW, MANY), (NOW + month - 1, MANY), (NOW + month, 1)] {
        outbox::purge(&t.store, now).await.unwrap();
        assert_eq!(t.count(named), 1);
        assert_eq!(t.count("SELECT COUNT(*) FROM outbox"), left as i64);
    }
}
