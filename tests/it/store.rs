//! The store's contract: every public function, on a real SQLite file and on a real PostgreSQL.

mod claims;
mod compact;
mod counts;
mod departures;
mod digests;
mod editions;
mod limits;
mod list;
mod local_time;
mod marks;
mod numbers;
mod opening;
mod operator;
mod outbox;
mod outcomes;
mod purge;
mod reports;
mod schedule;
mod senders;
mod throttles;
mod votes;
mod writing;

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ::subscribers::address::Address;
use ::subscribers::consent::{Consent, ConsentSource};
use tempfile::TempDir;
use verdict::store::consent_changes::Cause;
use verdict::store::deliveries::{
    self, Again, Chunk, Claim, Group, HistoryEntry, Mark, Marked, Outcome, Recovered, State,
};
use verdict::store::editions::{EditionKind, NewEdition};
use verdict::store::subscribers::{Frequency, NewSubscriber};
use verdict::store::{self, Store, StoreError, Tx};

use crate::database::{Db, Schema, by_hand, number_by_hand};
use crate::store_check::check_at_the_end;

/// The time at which fixtures write.
const NOW: i64 = 1_763_974_800_000;

/// Longer than any test runs.
const LEASE: Duration = Duration::from_secs(3600);

/// A new, empty store. Its folder and its schema go with it.
struct TestStore {
    store: Store,
    db: Db,
    url: String,
    dir: TempDir,
    schema: Option<Schema>,
    readers: AtomicUsize,
}

impl Drop for TestStore {
    fn drop(&mut self) {
        check_at_the_end(self.schema.as_ref(), self.store.file());
    }
}

impl TestStore {
    async fn on(db: Db) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (url, schema) = db.url(dir.path());
        let store = Store::open(&url, dir.path()).await.unwrap();
        Self {
            store,
            db,
            url,
            dir,
            schema,
            readers: AtomicUsize::new(0),
        }
    }

    /// Runs a statement directly, as an operator could.
    fn execute(&self, statement: &str) {
        by_hand(
            self.schema.as_ref(),
            &self.dir.path().join("verdict.db"),
            statement,
        );
    }

    /// Queries one number directly.
    fn count(&self, question: &str) -> i64 {
        number_by_hand(
            self.schema.as_ref(),
            &self.dir.path().join("verdict.db"),
            question,
        )
    }

    /// The store's PostgreSQL schema.
    fn schema(&self) -> &Schema {
        self.schema.as_ref().expect("a store on PostgreSQL")
    }

    /// The same database, opened by another process.
    async fn another(&self) -> Store {
        Store::open(&self.url, self.dir.path()).await.unwrap()
    }

    /// Runs `work` in a transaction and commits.
    async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, StoreError>) -> T {
        self.try_write(work).await.unwrap()
    }

    /// Runs `work` in a transaction; commits if it succeeds, otherwise rolls back.
    async fn try_write<T>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut tx = self.store.begin().await?;
        let done = work(&mut tx).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Adds `count` readers: `reader-1@example.com` and so on.
    async fn readers(&self, count: usize, consent: Consent) -> Vec<i64> {
        let before = self.readers.fetch_add(count, Ordering::Relaxed);
        let addresses: Vec<_> = (before + 1..=before + count)
            .map(|number| format!("reader-{number}@example.com"))
            .collect();
        let new: Vec<_> = addresses
            .iter()
            .map(|address| NewSubscriber {
                consent,
                ..newcomer(address)
            })
            .collect();
        self.write(async |tx| {
            store::subscribers::insert(tx, &new, Cause::by(ConsentSource::Import), NOW).await
        })
        .await
        .collect()
    }

    async fn set_consent(&self, subscriber: i64, consent: Consent) {
        let cause = store::consent_changes::Cause::by(ConsentSource::Page);
        self.write(async |tx| {
            store::subscribers::set_consent(tx, &[(subscriber, consent, cause)], NOW).await
        })
        .await;
    }

    async fn edition(&self, slug: &str) -> i64 {
        let inserted = self
            .write(async |tx| store::editions::insert(tx, new_edition(slug), NOW).await)
            .await;
        inserted.unwrap()
    }

    /// A new edition with `count` new readers and everyone else confirmed enrolled, due at [`NOW`].
    async fn enrolled(&self, slug: &str, count: usize) -> (i64, Vec<i64>) {
        let readers = self.readers(count, Consent::Confirmed).await;
        let edition = self.edition(slug).await;
        self.write(async |tx| deliveries::enrol(tx, edition, NOW).await)
            .await;
        (edition, readers)
    }

    async fn sender(&self) -> i64 {
        self.write(async |tx| store::senders::register(tx, LEASE).await)
            .await
    }

    async fn claim(&self, owner: i64, edition: i64, limit: i64) -> Vec<Claim> {
        let mut claims = deliveries::claim_due(&self.store, owner, edition, NOW, limit)
            .await
            .unwrap();
        claims.sort_by_key(|claim| claim.subscriber);
        claims
    }

    async fn mark(&self, owner: i64, edition: i64, readers: &[i64]) -> Marked {
        let group = Group {
            owner,
            edition,
            marks: self.marks(readers).await,
            ..Group::default()
        };
        let committed = deliveries::commit(&self.store, &group, NOW + 1).await;
        committed.unwrap().marked
    }

    /// The marks that a sender requests for readers it has just claimed.
    async fn marks(&self, readers: &[i64]) -> Vec<Mark> {
        let mut marks = Vec::new();
        for reader in readers {
            let found = store::subscribers::get(&self.store, *reader).await.unwrap();
            let found = found.unwrap();
            marks.push(Mark {
                subscriber: *reader,
                address: found.address,
                name: found.name,
            });
        }
        marks
    }

    /// Claims and marks everything that is due.
    async fn in_flight(&self, owner: i64, edition: i64) -> Vec<i64> {
        let readers = subscribers_of(&self.claim(owner, edition, i64::MAX).await);
        let marked = self.mark(owner, edition, &readers).await;
        assert_eq!(marked.in_flight.len(), readers.len());
        readers
    }

    /// Records outcomes; returns how many belong to deliveries that `owner` does not hold.
    async fn record(&self, owner: i64, outcomes: &[Outcome]) -> usize {
        let group = Group {
            owner,
            outcomes: outcomes.to_vec(),
            ..Group::default()
        };
        let committed = deliveries::commit(&self.store, &group, NOW + 2).await;
        committed.unwrap().missing
    }

    /// Takes over from senders that are no longer registered.
    async fn recover(&self, now: i64) -> Recovered {
        self.write(async |tx| deliveries::recover(tx, now, &mut Chunk::begin()).await)
            .await
    }

    /// Queues again what can be sent again; returns how many.
    async fn resend(&self, edition: i64, kind: EditionKind, again: Again) -> u64 {
        let readers = deliveries::resendable(&self.store, edition, kind, again, NOW)
            .await
            .unwrap();
        let queued = self
            .write(async |tx| deliveries::resend(tx, edition, kind, again, &readers, NOW).await)
            .await;
        assert_eq!(queued, readers.len() as u64);
        queued
    }

    /// The state of the only delivery to a reader.
    async fn delivery(&self, reader: i64) -> HistoryEntry {
        let mut history = deliveries::history(&self.store, reader).await.unwrap();
        assert_eq!(history.len(), 1);
        history.remove(0)
    }

    async fn state(&self, reader: i64) -> State {
        self.delivery(reader).await.state
    }
}

/// An address whose key is the same text.
fn address_of(text: &str) -> Address {
    Address::stored(text.to_owned(), text.to_owned())
}

fn newcomer(address: &str) -> NewSubscriber<'_> {
    NewSubscriber {
        address: address_of(address),
        address_tag: 0,
        name: None,
        time_zone: None,
        language: None,
        frequency: Frequency::Every,
        paused_until: None,
        consent: Consent::Confirmed,
        created_at: NOW,
    }
}

fn new_edition(slug: &str) -> NewEdition<'_> {
    NewEdition {
        kind: EditionKind::Issue,
        slug,
        sha256: "0f",
        subject: "Which of the two?",
        mail: "Subject: Which of the two?\r\n\r\nText.\r\n",
        comparison: "{}",
        slot_at: None,
        content_hash: None,
    }
}

fn outcome(edition: i64, subscriber: i64, state: State) -> Outcome {
    Outcome {
        edition,
        subscriber,
        state,
        due_at: None,
        reply: None,
        repeated: None,
    }
}

fn subscribers_of(claims: &[Claim]) -> Vec<i64> {
    claims.iter().map(|claim| claim.subscriber).collect()
}

fn set(readers: &[i64]) -> HashSet<i64> {
    readers.iter().copied().collect()
}
