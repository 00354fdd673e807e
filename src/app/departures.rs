//! Replays departures that the journal has and the database lacks.
//!
//! The database was then restored from a backup, or it could not record the departure. Otherwise no journal is ahead of
//! its database: an entry is written after its transaction has committed, or while it holds the reader's row, so that a
//! replay waits for it.

use std::collections::HashMap;

use subscribers::AddressKey;
use subscribers::consent::{Consent, ConsentSource, apply};
use subscribers::departure::Departure;
use subscribers::token::{address_tag, suppression_hash};

use super::App;
use crate::store::consent_changes::Cause;
use crate::store::journal::{self, Entry, Event, History, Reader};
use crate::store::{StoreError, Tx, deliveries, outbox, subscribers as list, suppressions, undos};

/// Addresses per statement.
const PAGE: usize = 1000;

/// The result of a replay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// How many departures the database lacked. They are in force again.
    pub missing: u64,
    /// Numbers of unreadable lines in the journal.
    pub damaged: Vec<u64>,
}

impl Replayed {
    /// Warnings for the operator, one a line; empty if all is well.
    pub fn warnings(&self) -> String {
        let mut warnings = String::new();
        match self.missing {
            0 => {}
            1 => {
                warnings += "1 departure was missing from the database, which was restored from a backup or \
                             could not record it. It is recorded now.\n";
            }
            many => {
                warnings += &format!(
                    "{many} departures were missing from the database, which was restored from a backup or \
                     could not record them. They are recorded now.\n"
                );
            }
        }
        if !self.damaged.is_empty() {
            let shown: Vec<String> = self.damaged.iter().take(10).map(u64::to_string).collect();
            let more = match self.damaged.len().saturating_sub(shown.len()) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            warnings += &format!(
                "The journal of departures is damaged and these lines cannot be read: {}{more}. \
                 The other lines are in force.\n",
                shown.join(", ")
            );
        }
        warnings
    }
}

impl App {
    /// The hash of an address, as the suppression list and the journal keep it.
    pub fn hash_of(&self, address: &AddressKey) -> String {
        suppression_hash(&self.key, address)
    }

    /// The tag in every link, which tells the address that the link was mailed to.
    pub fn tag_of(&self, address: &AddressKey) -> i64 {
        address_tag(&self.key, address)
    }

    pub fn entry(&self, at: i64, event: Event, subscriber: i64, address: &AddressKey) -> Entry {
        Entry {
            at,
            event,
            subscriber,
            hash: self.hash_of(address),
        }
    }

    /// Puts departures into force that the journal has and the database lacks. Cheap if the journal has nothing
    /// new. Call it before you mail readers or add them to the list.
    pub async fn replay(&self) -> Result<Replayed, StoreError> {
        let Some(head) = self.journal.head().await? else {
            return Ok(Replayed::default());
        };
        let known = journal::replayed(&self.store, &head.id).await?;
        if known == head.length {
            return Ok(Replayed::default());
        }
        // What the tail has is committed, or its transaction holds the readers' rows, so one begun later sees it all.
        let tail = self.journal.tail(known).await?;
        if tail.end == known {
            return Ok(Replayed::default());
        }
        let mut replay = Replay {
            app: self,
            tx: self.store.begin().await?,
            now: self.clock.now_millis(),
            missing: 0,
        };
        journal::set_replayed(&mut replay.tx, &head.id, tail.end).await?;
        let histories: Vec<History> = tail.histories.into_values().collect();
        replay.apply(&histories).await?;
        replay.tx.commit().await?;
        Ok(Replayed {
            missing: replay.missing,
            damaged: tail.damaged,
        })
    }
}

struct Replay<'a> {
    app: &'a App,
    tx: Tx,
    now: i64,
    missing: u64,
}

impl Replay<'_> {
    async fn apply(&mut self, histories: &[History]) -> Result<(), StoreError> {
        let mut lost = HashMap::new();
        for page in histories.chunks(PAGE) {
            self.apply_by_number(page, &mut lost).await?;
        }
        if lost.is_empty() {
            return Ok(());
        }
        for (hash, id) in self.find(&lost).await? {
            let reader = journal::readers(&mut self.tx, &[id]).await?.remove(&id);
            if let (Some(reader), Some((history, departure))) = (reader, lost.remove(&hash)) {
                self.apply_to(&reader, history, departure).await?;
            }
        }
        for (history, departure) in lost.into_values() {
            self.suppress(history, departure).await?;
        }
        Ok(())
    }

    /// The common case: the subscriber's ID still has that address, or the address is suppressed. Adds all
    /// others to `lost`.
    async fn apply_by_number<'h>(
        &mut self,
        page: &'h [History],
        lost: &mut HashMap<String, (&'h History, Departure)>,
    ) -> Result<(), StoreError> {
        let ids: Vec<i64> = page.iter().map(|history| history.last.subscriber).collect();
        let hashes: Vec<&str> = page.iter().map(|one| one.last.hash.as_str()).collect();
        let readers = journal::readers(&mut self.tx, &ids).await?;
        let reasons = suppressions::reasons(&mut self.tx, &hashes).await?;
        for history in page {
            let Event::Left(departure) = history.last.event else {
                continue;
            };
            let hash = &history.last.hash;
            let reader = readers.get(&history.last.subscriber).filter(|reader| {
                let key = reader.address_key.as_ref();
                key.is_some_and(|key| self.app.hash_of(key) == *hash)
            });
            if let Some(reader) = reader {
                self.apply_to(reader, history, departure).await?;
            } else if reasons
                .get(hash)
                .is_none_or(|known| *known < reason(history, departure))
            {
                lost.insert(hash.clone(), (history, departure));
            }
        }
        Ok(())
    }

    /// Walks the whole list to find the subscribers with these hashes.
    async fn find<T>(
        &mut self,
        wanted: &HashMap<String, T>,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let (mut found, mut after) = (Vec::new(), 0);
        loop {
            let page = journal::page(&mut self.tx, after, PAGE as i64).await?;
            let Some(last) = page.last() else {
                return Ok(found);
            };
            after = last.id;
            for reader in &page {
                let hash = reader.address_key.as_ref();
                let hash = hash.map(|key| self.app.hash_of(key));
                if let Some(hash) = hash.filter(|hash| wanted.contains_key(hash)) {
                    found.push((hash, reader.id));
                }
            }
        }
    }

    /// Takes a reader off the list, unless they have opted in since they left.
    async fn apply_to(
        &mut self,
        reader: &Reader,
        history: &History,
        departure: Departure,
    ) -> Result<(), StoreError> {
        let (id, left_at) = (reader.id, history.last.at);
        if history.for_good.is_none() && reader.changed_at > left_at {
            if journal::has_opted_in_since(&mut self.tx, id, left_at).await? {
                return Ok(());
            }
            if reader.consent == Consent::Pending {
                // They signed up again since, and can still confirm.
                return self.suppress(history, departure).await;
            }
        }
        let cause = Cause {
            reason: Some(departure.into_str()),
            ..Cause::by(ConsentSource::Journal)
        };
        if departure == Departure::Erased {
            let reason = reason(history, departure);
            suppressions::add(&mut self.tx, &history.last.hash, reason, self.now).await?;
            list::end_open(&mut self.tx, &[id], self.now).await?;
            let why = Consent::Erased.into_str();
            deliveries::skip_waiting(&mut self.tx, &[id], why, self.now).await?;
            list::erase(&mut self.tx, id, cause, self.now).await?;
            self.missing += 1;
            return Ok(());
        }
        // Changes that stop mail are allowed from every state, so `apply` never fails here.
        let mut to = apply(reader.consent, departure.change()).unwrap_or(reader.consent);
        if let Some(for_good) = history.for_good {
            to = apply(to, for_good.change()).unwrap_or(to);
        }
        if to != reader.consent {
            list::set_consent(&mut self.tx, &[(id, to, cause)], self.now).await?;
            deliveries::skip_waiting(&mut self.tx, &[id], to.into_str(), self.now).await?;
            list::end_open(&mut self.tx, &[id], self.now).await?;
            self.missing += 1;
            return Ok(());
        }
        if departure != Departure::Bounced && reader.changed_at < left_at {
            // The reader may have come back and left again, by a link that is unused in the backup.
            outbox::end_links_from_before(&mut self.tx, id, left_at, self.now).await?;
            undos::end_from_before(&mut self.tx, id, left_at).await?;
        }
        Ok(())
    }

    async fn suppress(
        &mut self,
        history: &History,
        departure: Departure,
    ) -> Result<(), StoreError> {
        let (hash, reason) = (&history.last.hash, reason(history, departure));
        if suppressions::add(&mut self.tx, hash, reason, self.now).await? {
            self.missing += 1;
        }
        Ok(())
    }
}

/// Why the address is suppressed: a complaint or a block outlasts later departures.
fn reason(history: &History, departure: Departure) -> Departure {
    history.for_good.unwrap_or(departure)
}
