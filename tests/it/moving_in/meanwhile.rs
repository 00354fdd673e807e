//! Changes to the list while an import is written, between two of its batches.

use subscribers::address::Address;
use subscribers::consent::{Change, Consent, ConsentSource};
use verdict::readers;
use verdict::readers::import::{self, Options};
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers as list;

use super::Move;
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    a_reader_who_signs_up_and_leaves_while_a_list_is_imported_stays_away,
    a_reader_who_changes_to_an_address_of_a_later_batch_is_that_reader
);

/// More than one batch.
const PEOPLE: usize = 20_100;
/// The last in the order of addresses, so one of the second batch.
const LAST: &str = "reader-9999@example.com";

/// Imports readers 1 to [`PEOPLE`] into an empty list, runs `meanwhile` after the first batch, and returns how many
/// were new.
async fn imported(there: &Move, meanwhile: impl AsyncFn(&TestApp)) -> u64 {
    let rows: String = (1..=PEOPLE)
        .map(|number| format!("reader-{number}@example.com\n"))
        .collect();
    let file = there.file("list.csv", format!("email\n{rows}"));
    let options = Options {
        paths: vec![file.into()],
        confirmed: true,
        ..Options::default()
    };
    let mut plan = import::read(options, |_, _| {}).await.unwrap();
    let between = |_, done| {
        if done < PEOPLE as u64 {
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(meanwhile(&there.app));
            });
        }
    };
    let applied = import::apply(&there.app, &mut plan, None, between).await;
    assert_eq!(applied.unwrap().import, Some(1));
    plan.counts.rows_of("mailable")
}

async fn a_reader_who_signs_up_and_leaves_while_a_list_is_imported_stays_away(db: Db) {
    let there = Move::on(db).await;
    let new = imported(&there, async |app| {
        app.reader(LAST).await;
        let reader = find_subscriber(&app.store, LAST).await.unwrap();
        readers::change(
            app,
            reader.id,
            Change::Leave,
            Cause::by(ConsentSource::Page),
        )
        .await
        .unwrap();
    });
    assert_eq!(new.await, PEOPLE as u64 - 1);
    assert_eq!(there.app.consent(LAST).await, Consent::Unsubscribed);
}

async fn a_reader_who_changes_to_an_address_of_a_later_batch_is_that_reader(db: Db) {
    let there = Move::on(db).await;
    let new = imported(&there, async |app| {
        let address = Address::parse(LAST).unwrap();
        let tag = app.tag_of(address.key());
        let mut tx = app.store.begin().await.unwrap();
        assert!(list::readdress(&mut tx, 1, &address, tag).await.unwrap());
        tx.commit().await.unwrap();
    });
    assert_eq!(new.await, PEOPLE as u64 - 1);
    let reader = find_subscriber(&there.app.store, LAST).await.unwrap();
    assert_eq!(reader.id, 1);
    let last = format!("reader-{PEOPLE}@example.com");
    assert_eq!(there.app.consent(&last).await, Consent::Confirmed);
}
