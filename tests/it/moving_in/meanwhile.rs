//! What happens while an import is written, between two of its batches.

use std::collections::HashMap;

use subscribers::address::Address;
use subscribers::consent::{Change, Consent, ConsentSource};
use tokio::sync::Notify;
use verdict::readers;
use verdict::readers::import::{self, Options, Plan};
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers as list;

use super::Move;
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    a_reader_who_signs_up_and_leaves_while_a_list_is_imported_stays_away,
    a_reader_who_changes_to_an_address_of_a_later_batch_is_that_reader,
    an_import_that_is_broken_off_is_completed_by_the_next
);

/// More than one batch.
const PEOPLE: usize = 20_100;
/// The last in the order of addresses, so one of the second batch.
const LAST: &str = "reader-9999@example.com";

/// The plan to import readers 1 to [`PEOPLE`].
async fn plan(there: &Move) -> Plan {
    let rows: String = (1..=PEOPLE)
        .map(|number| format!("reader-{number}@example.com\n"))
        .collect();
    let file = there.file("list.csv", format!("email\n{rows}"));
    let options = Options {
        paths: vec![file.into()],
        confirmed: true,
        ..Options::default()
    };
    import::read(options, |_, _| {}).await.unwrap()
}

/// Imports them into an empty list, runs `meanwhile` after the first batch, and returns how many were new.
async fn imported(there: &Move, meanwhile: impl AsyncFn(&TestApp)) -> u64 {
    let mut plan = plan(there).await;
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

async fn an_import_that_is_broken_off_is_completed_by_the_next(db: Db) {
    let there = Move::on(db).await;
    let first = Notify::new();
    let mut broken_off = plan(&there).await;
    tokio::select! {
        applied = import::apply(&there.app, &mut broken_off, None, |_, _| first.notify_one()) => panic!("{applied:?}"),
        () = first.notified() => {}
    }
    let mut again = plan(&there).await;
    let applied = import::apply(&there.app, &mut again, None, |_, _| {}).await;
    assert_eq!(applied.unwrap().added, 100);
    assert_eq!(again.counts.rows_of("already known"), 20_000);
    let listed = list::count(&there.app.store).await.unwrap();
    assert_eq!(listed, HashMap::from([(Consent::Confirmed, PEOPLE as i64)]));
}
