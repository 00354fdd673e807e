//! What reports ask of deliveries and consent_changes.

use ::subscribers::consent::{Consent, ConsentSource};
use verdict::store::consent_changes::{self, Cause, Moved, TAKEN_BACK};
use verdict::store::deliveries::{self, Outcome, Refusals, State};
use verdict::store::subscribers;

use super::{NOW, TestStore, outcome};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    refusals_that_begin_alike_are_one,
    skips_are_counted_by_reason,
    the_last_number_is_that_of_the_newest_reader,
    what_an_edition_led_to_is_found_with_what_was_taken_back,
    who_came_and_went_in_a_stretch_of_time,
);

async fn refusals_that_begin_alike_are_one(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled("tea-vs-coffee", 5).await;
    let sender = t.sender().await;
    t.in_flight(sender, edition).await;
    let replies = [
        "550 5.1.1 <address>: gone",
        "550 5.1.1 <address>: no such user",
        "552 5.2.2 Full",
        "550",
    ];
    let mut outcomes: Vec<_> = readers
        .iter()
        .zip(replies)
        .map(|(reader, reply)| Outcome {
            reply: Some(reply.to_owned()),
            ..outcome(edition, *reader, State::Refused)
        })
        .collect();
    outcomes.push(outcome(edition, readers[4], State::Accepted));
    assert_eq!(t.record(sender, &outcomes).await, 0);
    let cause = Cause::by(ConsentSource::Page);
    t.write(async |tx| subscribers::erase(tx, readers[3], cause, NOW).await)
        .await;
    let mut found = deliveries::refusals(&t.store, edition).await.unwrap();
    found.sort_by_key(|one| one.reply.clone());
    let one = |reply: Option<&str>, count| Refusals {
        reply: reply.map(str::to_owned),
        count,
    };
    assert_eq!(
        found,
        [
            one(None, 1),
            one(Some(replies[0]), 2),
            one(Some(replies[2]), 1)
        ]
    );
}

async fn skips_are_counted_by_reason(db: Db) {
    let t = TestStore::on(db).await;
    // More than one statement looks at.
    let (edition, readers) = t.enrolled("tea-vs-coffee", 4_100).await;
    let gone = [readers[0], readers[1], readers[4_099]];
    t.write(async |tx| deliveries::skip_waiting(tx, &gone[..2], "unsubscribed", NOW).await)
        .await;
    t.write(async |tx| deliveries::skip_waiting(tx, &gone[2..], "bounced", NOW).await)
        .await;
    let cause = Cause::by(ConsentSource::Page);
    t.write(async |tx| subscribers::erase(tx, readers[1], cause, NOW).await)
        .await;
    let last = readers[4_099];
    let found = deliveries::skips(&t.store, edition, last, 3).await.unwrap();
    let found: Vec<_> = found.iter().map(|(why, count)| (&**why, *count)).collect();
    assert_eq!(found, [("", 1), ("bounced", 1), ("unsubscribed", 1)]);
    let none = deliveries::skips(&t.store, edition, last, 0).await.unwrap();
    assert!(none.is_empty(), "nothing is read where nothing was skipped");
}

async fn the_last_number_is_that_of_the_newest_reader(db: Db) {
    let t = TestStore::on(db).await;
    assert_eq!(subscribers::last_number(&t.store).await.unwrap(), 0);
    let readers = t.readers(3, Consent::Pending).await;
    let last = subscribers::last_number(&t.store).await.unwrap();
    assert_eq!(Some(&last), readers.last());
}

async fn change(t: &TestStore, reader: i64, consent: Consent, cause: Cause<'_>, at: i64) {
    t.write(async |tx| subscribers::set_consent(tx, &[(reader, consent, cause)], at).await)
        .await;
}

async fn what_an_edition_led_to_is_found_with_what_was_taken_back(db: Db) {
    let t = TestStore::on(db).await;
    let (edition, readers) = t.enrolled("tea-vs-coffee", 3).await;
    let page = Cause::by(ConsentSource::Page);
    let from = |reason| Cause {
        edition: Some(edition),
        reason,
        ..page
    };
    let taken_back = Cause {
        reason: Some(TAKEN_BACK),
        ..page
    };
    let (left, back) = (Consent::Unsubscribed, Consent::Confirmed);
    // In one millisecond: the number decides.
    change(&t, readers[0], left, from(Some("too-often")), NOW).await;
    change(&t, readers[0], back, taken_back, NOW).await;
    change(&t, readers[0], left, from(None), NOW).await;
    change(&t, readers[1], left, from(None), NOW + 1).await;
    change(&t, readers[1], back, page, NOW + 2).await;
    change(&t, readers[2], left, page, NOW + 3).await;
    let found = consent_changes::led_to_by(&t.store, edition).await.unwrap();
    let found = found.iter();
    let found: Vec<_> = found
        .map(|one| {
            (
                one.subscriber,
                one.at,
                one.reason.as_deref(),
                one.is_taken_back,
            )
        })
        .collect();
    let expected = [
        (readers[0], NOW, Some("too-often"), true),
        (readers[0], NOW, None, false),
        (readers[1], NOW + 1, None, false),
    ];
    assert_eq!(found, expected);
}

async fn who_came_and_went_in_a_stretch_of_time(db: Db) {
    let t = TestStore::on(db).await;
    let readers = t.readers(6, Consent::Confirmed).await;
    let pending = t.readers(2, Consent::Pending).await;
    let (page, editor) = (
        Cause::by(ConsentSource::Page),
        Cause::by(ConsentSource::Editor),
    );
    let by_form = Cause {
        form: Some("snippet-1"),
        ..page
    };
    let (left, back) = (Consent::Unsubscribed, Consent::Confirmed);
    // Before, at both ends, and after.
    change(&t, readers[0], left, page, NOW + 10).await;
    change(&t, readers[1], left, page, NOW + 11).await;
    change(&t, readers[2], Consent::Bounced, editor, NOW + 20).await;
    change(&t, readers[3], left, page, NOW + 21).await;
    // There and back, and back and there.
    change(&t, readers[4], left, page, NOW + 15).await;
    change(&t, readers[4], back, page, NOW + 16).await;
    change(&t, readers[0], back, page, NOW + 15).await;
    change(&t, readers[0], left, page, NOW + 15).await;
    // Still confirmed, at another address.
    change(&t, readers[5], back, page, NOW + 15).await;
    change(&t, pending[0], back, by_form, NOW + 15).await;
    change(&t, pending[1], back, by_form, NOW + 15).await;
    let found = consent_changes::moved(&t.store, NOW + 10, NOW + 20).await;
    let moved = |consent, source, form: Option<&str>, readers| Moved {
        consent,
        source,
        form: form.map(str::to_owned),
        readers,
    };
    let expected = [
        moved(back, ConsentSource::Page, Some("snippet-1"), 2),
        moved(Consent::Bounced, ConsentSource::Editor, None, 1),
        moved(left, ConsentSource::Page, None, 1),
    ];
    assert_eq!(found.unwrap(), expected);
}
