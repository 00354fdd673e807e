//! The batches of an import. While the store writes one, the next is prepared.

use std::vec;

use subscribers::address::AddressKey;
use tokio::task::{JoinHandle, spawn_blocking};

use super::outcome::BATCH;
use super::people::Person;
use crate::app::App;
use crate::store::StoreError;
use crate::store::subscribers::{NewRow, NewSubscriber};

/// Some people, with all that is known about them without a transaction.
pub(super) struct Batch {
    pub(super) people: Vec<Person>,
    /// Their canonical addresses.
    pub(super) keys: Vec<AddressKey>,
    /// Their rows on the list, in case they join.
    pub(super) rows: Vec<NewRow>,
}

impl Batch {
    fn prepare(app: &App, people: Vec<Person>) -> Result<Self, StoreError> {
        let now = app.clock.now_millis();
        let rows = people.iter().map(|person| row(app, person, now));
        Ok(Self {
            keys: people.iter().map(Person::key).collect(),
            rows: rows.collect::<Result<_, _>>()?,
            people,
        })
    }

    /// Frees the memory on another thread, because the texts lie scattered: that takes a tenth of an import's time.
    pub(super) fn drop_beside(self) {
        drop(spawn_blocking(move || drop(self)));
    }
}

fn row(app: &App, person: &Person, now: i64) -> Result<NewRow, StoreError> {
    let address = person.address();
    let [name, time_zone, language] = person.profile();
    let new = NewSubscriber {
        address_tag: app.tag_of(address.key()),
        address,
        name,
        time_zone,
        language,
        frequency: person.frequency,
        paused_until: person.paused_until,
        consent: person.consent,
        created_at: person.created_at.filter(|at| *at <= now).unwrap_or(now),
    };
    new.row()
}

/// Hands out everyone in batches, and prepares one ahead, which takes some megabytes.
pub(super) struct Batches {
    app: App,
    people: vec::IntoIter<Person>,
    next: Option<JoinHandle<Result<Batch, StoreError>>>,
}

impl Batches {
    pub(super) fn of(app: &App, people: Vec<Person>) -> Self {
        let mut batches = Self {
            app: app.clone(),
            people: people.into_iter(),
            next: None,
        };
        batches.begin();
        batches
    }

    /// Begins to prepare a batch, unless all are begun.
    fn begin(&mut self) {
        let people: Vec<Person> = self.people.by_ref().take(BATCH).collect();
        if !people.is_empty() {
            let app = self.app.clone();
            self.next = Some(spawn_blocking(move || Batch::prepare(&app, people)));
        }
    }

    /// The next batch, in order.
    ///
    /// # Errors
    /// As [`NewSubscriber::row`].
    pub(super) async fn next(&mut self) -> Result<Option<Batch>, StoreError> {
        let Some(next) = self.next.take() else {
            return Ok(None);
        };
        let batch = next.await.map_err(|_| StoreError::Closed)??;
        self.begin();
        Ok(Some(batch))
    }
}
