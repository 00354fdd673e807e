//! Everyone in the files of an import, each address once. Of several rows the strictest wins, in any order.
//!
//! The texts of each person share one allocation, so an import of a million people peaks at about 200 MB.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use subscribers::address::{Address, AddressKey};
use subscribers::consent::Consent;
use subscribers::profile::Frequency;

use super::row::Row;

/// A person, from all of their rows.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The canonical address, the address as given, name, time zone, language and evidence, with NUL between them.
    texts: Box<str>,
    /// From the strictest row that has a status.
    pub(super) consent: Consent,
    /// True if a row has a status.
    has_status: bool,
    pub(super) frequency: Frequency,
    pub(super) paused_until: Option<i64>,
    pub(super) created_at: Option<i64>,
    /// The file that the consent comes from.
    pub(super) file: u16,
}

impl Person {
    fn new(row: &Row, (consent, has_status): (Consent, bool), file: u16) -> Self {
        let (address, details) = (&row.address, &row.details);
        let (key, given) = (address.key().as_str(), address.as_given());
        let texts = [
            Some(key),
            Some(given).filter(|given| *given != key),
            details.name.as_deref(),
            details.time_zone.as_deref(),
            details.language.as_deref(),
            details.evidence.as_deref(),
        ];
        Self {
            texts: texts.map(Option::unwrap_or_default).join("\0").into(),
            consent,
            has_status,
            frequency: details.frequency,
            paused_until: details.paused_until,
            created_at: details.created_at,
            file,
        }
    }

    fn text(&self, at: usize) -> &str {
        self.texts.split('\0').nth(at).unwrap_or_default()
    }

    fn optional(&self, at: usize) -> Option<&str> {
        Some(self.text(at)).filter(|text| !text.is_empty())
    }

    pub(super) fn address(&self) -> Address {
        Address::stored(self.email().to_owned(), self.text(0).to_owned())
    }

    /// The address as given.
    pub(super) fn email(&self) -> &str {
        self.optional(1).unwrap_or_else(|| self.text(0))
    }

    pub(super) fn key(&self) -> AddressKey {
        AddressKey::stored(self.text(0).to_owned())
    }

    /// Name, time zone and language.
    pub(super) fn profile(&self) -> [Option<&str>; 3] {
        let mut texts = self.texts.split('\0').skip(2);
        std::array::from_fn(|_| texts.next().filter(|text| !text.is_empty()))
    }

    /// When, from where and why the person opted in or left.
    pub(super) fn evidence(&self) -> Option<&str> {
        self.optional(5)
    }

    /// Merges another row about the same person. The stricter consent counts, with its file and evidence; any other
    /// field is kept if at least one row has it.
    fn merge(&mut self, row: &Row, (consent, has_status): (Consent, bool), file: u16) {
        // A row without a status never overrides one that has a status.
        let rank = (self.has_status, strictness(self.consent));
        let stricter = (has_status, strictness(consent)) > rank;
        let other = Self::new(row, (consent, has_status), file);
        let kept = |at| self.optional(at).or(other.optional(at)).unwrap_or_default();
        let winner = if stricter { &other } else { &*self };
        let (given, evidence) = (winner.text(1), winner.text(5));
        let texts = [self.text(0), given, kept(2), kept(3), kept(4), evidence].join("\0");
        self.texts = texts.into();
        let times = [self.created_at, other.created_at];
        self.created_at = times.into_iter().flatten().min();
        if other.frequency == Frequency::Digest {
            self.frequency = Frequency::Digest;
        }
        self.paused_until = self.paused_until.max(other.paused_until);
        if stricter {
            (self.consent, self.has_status, self.file) = (consent, has_status, file);
        }
    }
}

/// Orders consents by strictness. Unlike in [`Consent`] itself, pending is stricter than confirmed: it gets less mail.
pub(super) fn strictness(consent: Consent) -> (bool, Consent) {
    (consent != Consent::Confirmed, consent)
}

/// Everyone, each address once.
#[derive(Debug, Default)]
pub(super) struct People {
    all: Vec<Person>,
    /// The index of each person in `all`, and half of the hash of their address.
    places: HashTable<(u32, u32)>,
    hasher: RandomState,
    /// How many rows repeated an address.
    pub(super) merged: u64,
}

impl People {
    pub(super) fn add(&mut self, row: &Row, consent: (Consent, bool), file: u16) {
        let key = row.address.key().as_str();
        let half = self.hasher.hash_one(key) as u32;
        let all = &mut self.all;
        let is_same = |(at, other): &(u32, u32)| *other == half && all[*at as usize].text(0) == key;
        if let Some((at, _)) = self.places.find(whole(half), is_same) {
            all[*at as usize].merge(row, consent, file);
            self.merged += 1;
            return;
        }
        let place = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.push(Person::new(row, consent, file));
        self.places
            .insert_unique(whole(half), (place, half), |(_, half)| whole(*half));
    }

    /// Takes everyone out, in the order of their canonical addresses. The store has an index in that order, so each
    /// batch of an import touches a few neighbouring pages of it instead of all.
    pub(super) fn take_all(&mut self) -> Vec<Person> {
        self.places = HashTable::new();
        let mut all = std::mem::take(&mut self.all);
        // The texts begin with the canonical address, and NUL sorts before any character of another. They lie all over
        // the memory, so first sort by copies of their beginnings.
        all.sort_by_cached_key(|person| beginning(&person.texts));
        let is_alike =
            |one: &Person, other: &Person| beginning(&one.texts) == beginning(&other.texts);
        for alike in all.chunk_by_mut(is_alike) {
            alike.sort_unstable_by(|one, other| one.texts.cmp(&other.texts));
        }
        all
    }
}

/// The first bytes of a text, and NUL after its end.
fn beginning(text: &str) -> [u8; 16] {
    let mut beginning = [0; 16];
    let length = text.len().min(16);
    beginning[..length].copy_from_slice(&text.as_bytes()[..length]);
    beginning
}

/// A full hash from the half that the table keeps. The table looks at the first and at the last bits.
fn whole(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::row::mailbox;
    use super::*;

    #[test]
    fn people_come_out_in_the_order_of_their_addresses() {
        let mut addresses = [
            "reader-with-a-long-name-2@example.com",
            "reader-with-a-long-name-10@example.com",
            "reader-with-a-long-name-1@example.com",
            "b@example.com",
            "a@example.net",
            "a@example.com",
            "a.b@example.com",
            "a@example.org",
        ];
        let mut people = People::default();
        for address in addresses {
            let row = mailbox(address, &mut Vec::new()).unwrap();
            people.add(&row, (Consent::Confirmed, true), 0);
        }
        let people = people.take_all();
        addresses.sort_unstable();
        let sorted: Vec<&str> = people.iter().map(Person::email).collect();
        assert_eq!(sorted, addresses);
    }
}
