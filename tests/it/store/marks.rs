//! deliveries: the mark checks the reader as they are now, and skipped deliveries can come back.

use ::subscribers::consent::Consent;
use strum::VariantArray as _;
use verdict::store::Tx;
use verdict::store::deliveries::{self, Again, Claim, DueTimes, Group, Mark, Marked, State};
use verdict::store::editions::{self, EditionKind};
use verdict::store::subscribers::{self, Frequency, Held};

use super::{NOW, TestStore, address_of, new_edition, outcome, set, subscribers_of};
use crate::child::until;
use crate::database::Db;
use crate::test_app::on_both_stores;

const SLUG: &str = "tea-vs-coffee";

on_both_stores!(
    a_reader_with_another_address_or_name_by_now_goes_back_to_the_queue,
    another_senders_deliveries_do_not_go_back,
    nothing_of_a_paused_edition_goes_back,
    marking_again_returns_what_moved_meanwhile,
    any_name_and_address_is_marked_as_it_was_claimed,
    an_issue_goes_to_readers_who_want_every_issue_now,
    a_digest_goes_to_readers_who_want_it_now,
    choosing_skips_what_waits_of_the_kinds_named,
    deliveries_skipped_for_a_choice_come_back,
    a_delivery_queued_again_waits_for_its_readers_clock,
    sending_again_skips_readers_who_want_none,
    settling_skips_the_doubts_of_readers_who_want_none,
    rows_are_held_and_read,
    waiting_deliveries_of_a_reader_who_left_are_skipped,
    deferred_deliveries_of_a_reader_who_left_are_skipped,
    a_deferred_delivery_is_skipped_when_its_reader_leaves,
);

async fn readdress(t: &TestStore, reader: i64, address: &str) {
    let done = t
        .write(async |tx| subscribers::readdress(tx, reader, &address_of(address), 7).await)
        .await;
    assert!(done);
}

async fn choose(t: &TestStore, reader: i64, frequency: Frequency, paused_until: Option<i64>) {
    t.write(async |tx| subscribers::choose(tx, reader, frequency, paused_until).await)
        .await;
}

/// Requests marks with the values of the claim.
async fn mark(t: &TestStore, owner: i64, claims: &[Claim], kind: EditionKind) -> Marked {
    let group = Group {
        owner,
        edition: claims.first().map_or(0, |claim| claim.edition),
        marks: claims.iter().map(Mark::from).collect(),
        kind,
        ..Group::default()
    };
    let committed = deliveries::commit(&t.store, &group, NOW + 1).await;
    committed.unwrap().marked
}

async fn digest(t: &TestStore, slug: &str) -> i64 {
    let new = editions::NewEdition {
        kind: EditionKind::Digest,
        ..new_edition(slug)
    };
    let edition = t
        .write(async |tx| editions::insert(tx, new, NOW).await)
        .await
        .unwrap();
    t.write(async |tx| deliveries::enrol_digest(tx, edition, NOW).await)
        .await;
    edition
}

async fn a_reader_with_another_address_or_name_by_now_goes_back_to_the_queue(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 4).await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 9).await;
    readdress(&t, readers[1], "elsewhere@example.net").await;
    t.write(async |tx| subscribers::describe(tx, readers[2], Some("Ada"), None).await)
        .await;
    readdress(&t, readers[3], "gone@example.net").await;
    t.set_consent(readers[3], Consent::Unsubscribed).await;
    let marked = mark(&t, sender, &claims, EditionKind::Issue).await;
    assert_eq!(marked.in_flight, set(&readers[..1]));
    assert_eq!(marked.returned, set(&readers[1..3]));
    assert_eq!(marked.skipped, set(&readers[3..]), "leaving counts");
    let waiting = t.delivery(readers[1]).await;
    assert_eq!((waiting.state, waiting.attempts), (State::Queued, 0));
    assert_eq!((waiting.due_at, waiting.reply), (NOW, None));
    let again = t.claim(sender, edition, 9).await;
    assert_eq!(subscribers_of(&again), readers[1..3]);
    assert_eq!(again[0].address, Some(address_of("elsewhere@example.net")));
    assert_eq!(again[1].name.as_deref(), Some("Ada"));
    let marked = mark(&t, sender, &again, EditionKind::Issue).await;
    assert_eq!(marked.in_flight, set(&readers[1..3]));
}

async fn another_senders_deliveries_do_not_go_back(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let (mine, theirs) = (t.sender().await, t.sender().await);
    let claims = t.claim(theirs, edition, 1).await;
    readdress(&t, readers[0], "elsewhere@example.net").await;
    let marked = mark(&t, mine, &claims, EditionKind::Issue).await;
    assert!(marked.returned.is_empty());
    assert_eq!(t.state(readers[0]).await, State::Claimed);
}

async fn nothing_of_a_paused_edition_goes_back(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 1).await;
    readdress(&t, readers[0], "elsewhere@example.net").await;
    t.write(async |tx| editions::pause(tx, edition, None).await)
        .await;
    let marked = mark(&t, sender, &claims, EditionKind::Issue).await;
    assert!(marked.in_flight.is_empty() && marked.returned.is_empty());
    assert_eq!(t.state(readers[0]).await, State::Claimed);
}

/// A commit without a confirmation may have succeeded: the mark was made, nothing was written yet.
async fn marking_again_returns_what_moved_meanwhile(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 9).await;
    mark(&t, sender, &claims, EditionKind::Issue).await;
    readdress(&t, readers[0], "elsewhere@example.net").await;
    let group = Group {
        owner: sender,
        edition,
        marks: claims.iter().map(Mark::from).collect(),
        again: true,
        ..Group::default()
    };
    let committed = deliveries::commit(&t.store, &group, NOW + 1).await;
    let marked = committed.unwrap().marked;
    assert_eq!(marked.returned, set(&readers[..1]));
    assert_eq!(marked.in_flight, set(&readers[1..]));
}

/// A value that does not equal itself would be claimed and returned for ever.
async fn any_name_and_address_is_marked_as_it_was_claimed(db: Db) {
    let t = TestStore::on(db).await;
    let mut names = vec![
        "",
        " ",
        "Zoë \"the\" \\ O'Neil",
        "line\r\nbreak\ttab",
        "😀 \u{202e}\u{feff}",
        "\u{1}\u{7f}\u{85}\u{2028}",
        "null",
        "1.50",
        "{\"a\":[1]}",
    ];
    if t.db == Db::Sqlite {
        // PostgreSQL accepts no NUL in a text.
        names.push("nul\0name");
    }
    let (edition, readers) = t.enrolled(SLUG, names.len()).await;
    for (reader, name) in readers.iter().zip(&names) {
        t.write(async |tx| subscribers::describe(tx, *reader, Some(name), None).await)
            .await;
        readdress(
            &t,
            *reader,
            &format!("{}{reader}@example.com", name.trim_end_matches('\0')),
        )
        .await;
    }
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 99).await;
    let marked = mark(&t, sender, &claims, EditionKind::Issue).await;
    assert_eq!(marked.in_flight, set(&readers), "{names:?}");
}

async fn an_issue_goes_to_readers_who_want_every_issue_now(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 5).await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 9).await;
    choose(&t, readers[0], Frequency::Digest, None).await;
    choose(&t, readers[1], Frequency::Every, Some(NOW + 2)).await;
    choose(&t, readers[2], Frequency::Every, Some(NOW + 1)).await;
    choose(&t, readers[3], Frequency::Digest, Some(NOW + 2)).await;
    let marked = mark(&t, sender, &claims, EditionKind::Issue).await;
    assert_eq!(
        marked.in_flight,
        set(&[readers[2], readers[4]]),
        "a pause that is over counts no more"
    );
    assert_eq!(marked.skipped, set(&[readers[0], readers[1], readers[3]]));
    assert_eq!(
        replies(&t, &readers).await,
        ["digest", "paused", "", "paused", ""]
    );
}

async fn a_digest_goes_to_readers_who_want_it_now(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(4, Consent::Confirmed).await;
    for reader in &readers {
        choose(&t, *reader, Frequency::Digest, None).await;
    }
    let edition = digest(&t, "digest-2026-11").await;
    let sender = t.sender().await;
    let claims = t.claim(sender, edition, 9).await;
    choose(&t, readers[1], Frequency::Every, None).await;
    choose(&t, readers[2], Frequency::Digest, Some(NOW + 2)).await;
    t.set_consent(readers[3], Consent::Unsubscribed).await;
    let marked = mark(&t, sender, &claims, EditionKind::Digest).await;
    assert_eq!(marked.in_flight, set(&readers[..1]));
    assert_eq!(
        replies(&t, &readers).await,
        ["", "every", "paused", "unsubscribed"]
    );
}

async fn choosing_skips_what_waits_of_the_kinds_named(db: Db) {
    let t = TestStore::on(db).await;
    let (issue, readers) = t.enrolled(SLUG, 1).await;
    choose(&t, readers[0], Frequency::Digest, None).await;
    let digest = digest(&t, "digest-2026-11").await;
    let skip = async |kinds: &[EditionKind], why: &str| {
        t.write(async |tx| deliveries::skip_of(tx, readers[0], kinds, why, NOW).await)
            .await;
        let counts = |edition| deliveries::counts(&t.store, edition);
        let (issue, digest) = (counts(issue).await.unwrap(), counts(digest).await.unwrap());
        (issue.skipped, digest.skipped)
    };
    assert_eq!(skip(&[], "nothing").await, (0, 0));
    assert_eq!(skip(&[EditionKind::Issue], "digest").await, (1, 0));
    assert_eq!(skip(EditionKind::VARIANTS, "paused").await, (1, 1));
    let history = deliveries::history(&t.store, readers[0]).await.unwrap();
    let replies: Vec<_> = history.iter().map(|entry| entry.reply.as_deref()).collect();
    assert_eq!(replies, [Some("paused"), Some("digest")]);
}

async fn deliveries_skipped_for_a_choice_come_back(db: Db) {
    let t = TestStore::on(db).await;
    let reader = t.readers(1, Consent::Confirmed).await[0];
    let slugs = ["sending", "paused", "finished", "cancelled", "early"];
    let mut ids = Vec::new();
    for slug in slugs {
        ids.push(t.enrolled(slug, 0).await.0);
    }
    let skip = async |why: &str, at: i64| {
        t.write(async |tx| deliveries::skip_of(tx, reader, EditionKind::VARIANTS, why, at).await)
            .await;
    };
    let requeue = async |since: i64| {
        t.write(async |tx| deliveries::requeue_skipped(tx, reader, since, NOW + 9).await)
            .await
    };
    let queued = async || {
        let history = deliveries::history(&t.store, reader).await.unwrap();
        let queued = history
            .into_iter()
            .filter(|entry| entry.state == State::Queued);
        queued.map(|entry| entry.slug).collect::<Vec<_>>()
    };
    for why in ["paused", "digest", "every", "unsubscribed"] {
        skip(why, NOW + 5).await;
        assert_eq!(requeue(NOW + 6).await, 0, "skipped before");
        assert_eq!(requeue(NOW + 5).await, 5, "{why}");
    }
    let back = deliveries::history(&t.store, reader).await.unwrap();
    let back = back.iter().find(|entry| entry.slug == "sending").unwrap();
    assert_eq!(
        (back.due_at, back.at, back.reply.as_deref()),
        (NOW + 9, None, None)
    );
    skip("paused", NOW + 5).await;
    t.write(async |tx| editions::pause(tx, ids[1], None).await)
        .await;
    assert!(
        t.write(async |tx| editions::finish(tx, ids[2], NOW).await)
            .await
    );
    t.write(async |tx| editions::cancel(tx, ids[3], NOW).await)
        .await;
    assert_eq!(requeue(NOW).await, 3);
    assert_eq!(queued().await, ["early", "paused", "sending"]);
    assert_eq!(requeue(NOW).await, 0, "once");
    for why in ["bounced", "complained", "erased", "by the operator"] {
        let (_, readers) = t.enrolled(why, 1).await;
        t.write(async |tx| {
            deliveries::skip_of(tx, readers[0], EditionKind::VARIANTS, why, NOW).await
        })
        .await;
        let back = t.write(async |tx| deliveries::requeue_skipped(tx, readers[0], NOW, NOW).await);
        assert_eq!(back.await, 0, "{why}");
    }
}

async fn a_delivery_queued_again_waits_for_its_readers_clock(db: Db) {
    let t = TestStore::on(db).await;
    let reader = t.readers(1, Consent::Confirmed).await[0];
    let edition = t.edition(SLUG).await;
    let due = DueTimes {
        zones: vec![],
        elsewhere: NOW + 1_000,
    };
    t.write(async |tx| deliveries::enrol_by_zone(tx, edition, &due).await)
        .await;
    for (now, wanted) in [(NOW + 5, NOW + 1_000), (NOW + 2_000, NOW + 2_000)] {
        t.write(async |tx| {
            deliveries::skip_of(tx, reader, EditionKind::VARIANTS, "paused", NOW + 5).await
        })
        .await;
        let queued = t
            .write(async |tx| deliveries::requeue_skipped(tx, reader, NOW + 5, now).await)
            .await;
        assert_eq!((queued, t.delivery(reader).await.due_at), (1, wanted));
    }
}

async fn sending_again_skips_readers_who_want_none(db: Db) {
    let t = TestStore::on(db).await;
    for state in [State::Refused, State::Deferred] {
        let slug = format!("issue-{}", state.into_str());
        let (edition, readers) = t.enrolled(&slug, 4).await;
        let sender = t.sender().await;
        let everyone = t.in_flight(sender, edition).await;
        let ends: Vec<_> = everyone
            .iter()
            .map(|reader| deliveries::Outcome {
                due_at: Some(NOW + 60_000),
                ..outcome(edition, *reader, state)
            })
            .collect();
        assert_eq!(t.record(sender, &ends).await, 0);
        for reader in everyone.iter().filter(|reader| !readers.contains(reader)) {
            t.set_consent(*reader, Consent::Unsubscribed).await;
        }
        choose(&t, readers[0], Frequency::Digest, None).await;
        choose(&t, readers[1], Frequency::Every, Some(NOW + 1)).await;
        choose(&t, readers[2], Frequency::Every, Some(NOW)).await;
        t.set_consent(readers[3], Consent::Bounced).await;
        let again = async |kind| {
            let again = match state {
                State::Refused => Again::Refused,
                _ => Again::Deferred,
            };
            t.resend(edition, kind, again).await
        };
        assert_eq!(again(EditionKind::Issue).await, 1);
        assert_eq!(again(EditionKind::Issue).await, 0);
        assert_eq!(again(EditionKind::Digest).await, 1, "if it were a digest");
        let claims = t.claim(sender, edition, 9).await;
        assert_eq!(subscribers_of(&claims), [readers[0], readers[2]]);
    }
}

async fn settling_skips_the_doubts_of_readers_who_want_none(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 4).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let unknown: Vec<_> = readers
        .iter()
        .map(|reader| outcome(edition, *reader, State::Unknown))
        .collect();
    assert_eq!(t.record(sender, &unknown).await, 0);
    choose(&t, readers[0], Frequency::Digest, None).await;
    t.set_consent(readers[1], Consent::Unsubscribed).await;
    let kind = EditionKind::Issue;
    let queued = t.write(async |tx| {
        deliveries::resend_unknown_of(tx, edition, kind, &readers[..3], NOW).await
    });
    assert_eq!(queued.await, 1);
    assert_eq!(
        replies(&t, &readers).await,
        ["digest", "unsubscribed", "", ""]
    );
    let named = deliveries::in_doubt(&t.store, edition).await.unwrap();
    assert_eq!(named, ["reader-4@example.com"], "not asked about");
}

async fn rows_are_held_and_read(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    t.set_consent(readers[1], Consent::Bounced).await;
    let mut tx = t.store.begin().await.unwrap();
    let asked = [readers[1], 99, readers[0], readers[0]];
    let held = subscribers::hold(&mut tx, &asked).await.unwrap();
    let wanted = |number, consent| Held {
        consent,
        address: Some(address_of(&format!("reader-{number}@example.com"))),
        changed_at: NOW,
    };
    assert_eq!(held.len(), 2);
    assert_eq!(held[&readers[0]], wanted(1, Consent::Confirmed));
    assert_eq!(held[&readers[1]], wanted(2, Consent::Bounced));
    let state = editions::hold(&mut tx, edition).await.unwrap();
    assert_eq!(state, editions::EditionState::Sending);
    assert!(editions::hold(&mut tx, 99).await.is_err());
}

/// What is queued while an edition is locked is seen before the edition may finish.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_an_edition_does_not_finish_over_deliveries_that_come_back() {
    let t = TestStore::on(Db::Postgres).await;
    let (edition, readers) = t.enrolled(SLUG, 1).await;
    t.write(async |tx| {
        deliveries::skip_of(tx, readers[0], EditionKind::VARIANTS, "paused", NOW).await
    })
    .await;
    let mut tx = t.store.begin().await.unwrap();
    let queued = deliveries::requeue_skipped(&mut tx, readers[0], NOW, NOW).await;
    assert_eq!(queued.unwrap(), 1);
    let store = t.store.clone();
    let finish = tokio::spawn(async move {
        let mut tx = store.begin().await.unwrap();
        let finished = editions::finish(&mut tx, edition, NOW).await.unwrap();
        tx.commit().await.unwrap();
        finished
    });
    until("the end waits", || async {
        t.schema().waiting_for_rows("editions") == 1
    })
    .await;
    tx.commit().await.unwrap();
    assert!(!finish.await.unwrap(), "something waits to be sent");
}

/// The ledger's state of the latest delivery to each reader.
async fn replies(t: &TestStore, readers: &[i64]) -> Vec<String> {
    let mut replies = Vec::new();
    for reader in readers {
        replies.push(t.delivery(*reader).await.reply.unwrap_or_default());
    }
    replies
}

async fn waiting_deliveries_of_a_reader_who_left_are_skipped(db: Db) {
    let t = TestStore::on(db).await;
    let (open, readers) = t.enrolled(SLUG, 4).await;
    let sender = t.sender().await;
    t.claim(sender, open, 2).await;
    t.mark(sender, open, &readers[..1]).await;
    let skipped = t
        .write(async |tx| {
            deliveries::skip_waiting(tx, &readers[..3], "unsubscribed", NOW + 1).await
        })
        .await;
    assert_eq!(skipped, 2, "one claimed and one queued");
    let mut states = Vec::new();
    for reader in &readers {
        states.push(t.state(*reader).await);
    }
    use deliveries::State::{InFlight, Queued, Skipped};
    assert_eq!(states, [InFlight, Skipped, Skipped, Queued]);
    let marked = t.mark(sender, open, &readers[1..2]).await;
    assert!(marked.in_flight.is_empty());
    let none = t.write(async |tx| deliveries::skip_waiting(tx, &[], "unsubscribed", NOW).await);
    assert_eq!(none.await, 0);
}

async fn a_deferred_delivery_is_skipped_when_its_reader_leaves(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 2).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let outcomes = [0, 1].map(|at| outcome(edition, readers[at], deliveries::State::Deferred));
    t.record(sender, &outcomes).await;
    let skip = async |tx: &mut Tx| deliveries::skip_waiting(tx, &readers[..1], "left", NOW).await;
    assert_eq!(t.write(skip).await, 1);
    assert_eq!(t.state(readers[1]).await, deliveries::State::Deferred);
}

async fn deferred_deliveries_of_a_reader_who_left_are_skipped(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled(SLUG, 3).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    t.set_consent(readers[0], Consent::Unsubscribed).await;
    let until = Some(NOW + 1_000);
    t.write(async |tx| subscribers::choose(tx, readers[1], Frequency::Every, until).await)
        .await;
    let deferred = |reader: &i64| outcome(edition, *reader, deliveries::State::Deferred);
    let outcomes: Vec<_> = readers.iter().map(deferred).collect();
    assert_eq!(t.record(sender, &outcomes).await, 0);
    let kind = EditionKind::Issue;
    let unwanted = deliveries::unwanted_deferred(&t.store, edition, kind, NOW + 3).await;
    assert_eq!(unwanted.unwrap(), readers[..2]);
    let skipped =
        t.write(async |tx| deliveries::skip_deferred(tx, edition, kind, &readers, NOW + 3).await);
    assert_eq!(skipped.await, 2);
    assert_eq!(replies(&t, &readers).await, ["unsubscribed", "paused", ""]);
    assert_eq!(t.state(readers[2]).await, deliveries::State::Deferred);
}
