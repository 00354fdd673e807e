//! editions: frozen once for each issue.

use verdict::store::deliveries::{self, State};
use verdict::store::editions::{EditionState, NewEdition, all, find, finish, insert, sending};
use verdict::store::revisions;
use verdict::store::{StoreError, senders};

use super::{NOW, TestStore, new_edition, outcome};
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

on_both_stores!(
    an_edition_is_kept_as_it_was_frozen,
    an_issue_has_one_edition,
    an_issue_without_an_edition_has_none,
    the_mail_of_a_missing_edition_is_an_error,
    all_lists_the_newest_first_and_sending_the_oldest,
    an_edition_is_not_finished_while_a_delivery_is_open,
    an_edition_nobody_was_enrolled_in_is_finished_at_once,
    an_edition_with_doubts_can_finish,
    an_edition_is_finished_once,
);

async fn an_edition_is_kept_as_it_was_frozen(db: Db) {
    let t = TestStore::on(db).await;
    let text = "Subject: =?utf-8?q?T=C3=A9a?=\r\n\r\n'; -- \"%s\" \\ ✓ =\r\n.\r\n".repeat(2_000);
    let new = NewEdition {
        kind: verdict::store::editions::EditionKind::Issue,
        slug: SLUG,
        sha256: "c0ffee",
        subject: "Thé ou 'café'?",
        mail: &text,
        comparison: r#"{"title":"Thé \"vert\""}"#,
        slot_at: Some(NOW - 5),
        content_hash: None,
    };
    let id = t.write(async |tx| insert(tx, new, NOW).await).await;
    let edition = find(&t.store, SLUG).await.unwrap().unwrap();
    assert_eq!(Some(edition.id), id);
    assert_eq!(edition.slug, SLUG);
    assert_eq!(edition.sha256, "c0ffee");
    assert_eq!(edition.subject, "Thé ou 'café'?");
    assert_eq!(edition.content, r#"{"title":"Thé \"vert\""}"#);
    assert_eq!(edition.state, EditionState::Sending);
    assert_eq!(edition.slot_at, Some(NOW - 5));
    assert_eq!(edition.created_at, NOW);
    assert_eq!(edition.finished_at, None);
    assert_eq!(
        revisions::mails(&t.store, edition.id).await.unwrap(),
        [text]
    );
}

async fn an_issue_has_one_edition(db: Db) {
    let t = TestStore::on(db).await;
    let first = t.edition(SLUG).await;
    let other = NewEdition {
        subject: "Another subject",
        ..new_edition(SLUG)
    };
    let second = t.write(async |tx| insert(tx, other, NOW + 1).await).await;
    assert_eq!(second, None);
    let kept = find(&t.store, SLUG).await.unwrap().unwrap();
    assert_eq!((kept.id, kept.created_at), (first, NOW));
    assert_ne!(kept.subject, "Another subject");
    assert_eq!(all(&t.store).await.unwrap().len(), 1);
}

async fn an_issue_without_an_edition_has_none(db: Db) {
    let t = TestStore::on(db).await;
    t.edition(SLUG).await;
    assert!(find(&t.store, "tea").await.unwrap().is_none());
}

async fn the_mail_of_a_missing_edition_is_an_error(db: Db) {
    let t = TestStore::on(db).await;
    let missing = revisions::mails(&t.store, 7).await;
    assert!(
        matches!(missing, Err(StoreError::Unreadable { .. })),
        "{missing:?}"
    );
}

async fn all_lists_the_newest_first_and_sending_the_oldest(db: Db) {
    let t = TestStore::on(db).await;
    for (slug, at) in [("first", NOW), ("second", NOW + 1), ("third", NOW + 1)] {
        t.write(async |tx| insert(tx, new_edition(slug), at).await)
            .await
            .unwrap();
    }
    let slugs = |editions: Vec<verdict::store::editions::Edition>| {
        editions
            .into_iter()
            .map(|edition| edition.slug)
            .collect::<Vec<_>>()
    };
    let newest_first = slugs(all(&t.store).await.unwrap());
    assert_eq!(newest_first, ["third", "second", "first"]);
    assert_eq!(
        slugs(sending(&t.store).await.unwrap()),
        ["first", "second", "third"]
    );
    let second = find(&t.store, "second").await.unwrap().unwrap();
    assert!(finishes(&t, second.id).await);
    assert_eq!(slugs(sending(&t.store).await.unwrap()), ["first", "third"]);
    assert_eq!(all(&t.store).await.unwrap().len(), 3);
}

async fn an_edition_is_not_finished_while_a_delivery_is_open(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    assert!(!finishes(&t, edition).await, "queued");
    t.claim(sender, edition, 1).await;
    assert!(!finishes(&t, edition).await, "claimed");
    t.mark(sender, edition, &readers).await;
    assert!(!finishes(&t, edition).await, "in flight");
    let deferred = deliveries::Outcome {
        due_at: Some(NOW),
        ..outcome(edition, readers[0], State::Deferred)
    };
    assert_eq!(t.record(sender, &[deferred]).await, 0);
    assert!(!finishes(&t, edition).await, "deferred");
    let found = find(&t.store, SLUG).await.unwrap().unwrap();
    assert_eq!(found.state, EditionState::Sending);
    assert_eq!(found.finished_at, None);
}

async fn an_edition_nobody_was_enrolled_in_is_finished_at_once(db: Db) {
    let t = TestStore::on(db).await;
    let (other, _) = t.enrolled("another-issue", 1).await;
    let edition = t.edition(SLUG).await;
    assert!(finishes(&t, edition).await);
    assert!(!finishes(&t, other).await);
}

async fn an_edition_with_doubts_can_finish(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, _) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.write(async |tx| senders::leave(tx, sender).await).await;
    t.recover(NOW).await;
    assert!(finishes(&t, edition).await);
}

async fn an_edition_is_finished_once(db: Db) {
    let t = TestStore::on(db).await;
    let edition = t.edition(SLUG).await;
    assert!(finishes(&t, edition).await);
    let again = t.write(async |tx| finish(tx, edition, NOW + 99).await);
    assert!(!again.await);
    let found = find(&t.store, SLUG).await.unwrap().unwrap();
    assert_eq!(found.state, EditionState::Finished);
    assert_eq!(found.finished_at, Some(NOW + 9));
}

async fn finishes(t: &TestStore, edition: i64) -> bool {
    t.write(async |tx| finish(tx, edition, NOW + 9).await).await
}
