//! Everyone in the files of a move, each address once: of several rows the strictest wins, in whichever order
//! they come.
//!
//! The texts of each person share one allocation, so an import of a million people peaks at about 190 MB.

use hashbrown::HashTable;
use std::hash::{BuildHasher as _, RandomState};
use subscribers::consent::Consent;
use subscribers::profile::Frequency;

use super::row::Row;

/// A person, as all rows together say.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The canonical address, the address as given, name, time zone, language and evidence, each ended by NUL.
    texts: Box<str>,
    /// What the strictest row says, of those that say something.
    pub(super) consent: Consent,
    says: bool,
    pub(super) frequency: Frequency,
    pub(super) paused_until: Option<i64>,
    pub(super) created_at: Option<i64>,
    /// The file that the consent comes from.
    pub(super) file: u16,
}

impl Person {
    fn new(row: &Row, (consent, says): (Consent, bool), file: u16) -> Self {
        let given = row.address.as_given();
        let texts = [
            row.address.key().as_str(),
            if given == row.address.key().as_str() {
                ""
            } else {
                given
            },
            row.name.as_deref().unwrap_or_default(),
            row.time_zone.as_deref().unwrap_or_default(),
            row.language.as_deref().unwrap_or_default(),
            row.evidence.as_deref().unwrap_or_default(),
        ];
        Self {
            texts: texts.join("\0").into_boxed_str(),
            consent,
            says,
            frequency: row.frequency,
            paused_until: row.paused_until,
            created_at: row.created_at,
            file,
        }
    }

    fn text(&self, at: usize) -> &str {
        self.texts.split('\0').nth(at).unwrap_or_default()
    }

    fn optional(&self, at: usize) -> Option<&str> {
        Some(self.text(at)).filter(|text| !text.is_empty())
    }

    /// The canonical address.
    pub(super) fn key(&self) -> &str {
        self.text(0)
    }

    /// The address as given.
    pub(super) fn email(&self) -> &str {
        self.optional(1).unwrap_or_else(|| self.key())
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.optional(2)
    }

    pub(super) fn time_zone(&self) -> Option<&str> {
        self.optional(3)
    }

    pub(super) fn language(&self) -> Option<&str> {
        self.optional(4)
    }

    /// When, from where and why they opted in or left.
    pub(super) fn evidence(&self) -> Option<&str> {
        self.optional(5)
    }

    /// Takes another row about the same person in. The stricter consent counts, with its file and evidence; what
    /// else only one of the rows knows is kept.
    fn merge(&mut self, row: &Row, (consent, says): (Consent, bool), file: u16) {
        let stricter = strictness(consent) > strictness(self.consent);
        // A row that says nothing weakens none that does.
        let stricter = if says == self.says { stricter } else { says };
        let other = Self::new(row, (consent, says), file);
        let kept = |at| self.optional(at).or(other.optional(at)).unwrap_or_default();
        let evidence = if stricter {
            other.text(5)
        } else {
            self.text(5)
        };
        let given = if stricter {
            other.text(1)
        } else {
            self.text(1)
        };
        let texts = [self.key(), given, kept(2), kept(3), kept(4), evidence].join("\0");
        self.texts = texts.into_boxed_str();
        self.created_at = match (self.created_at, other.created_at) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        if other.frequency == Frequency::Digest {
            self.frequency = Frequency::Digest;
        }
        self.paused_until = self.paused_until.max(other.paused_until);
        if stricter {
            (self.consent, self.says, self.file) = (consent, says, file);
        }
    }
}

/// How much a consent keeps away: who has not confirmed gets less than who has.
pub(super) fn strictness(consent: Consent) -> u8 {
    match consent {
        Consent::Confirmed => 0,
        Consent::Pending => 1,
        Consent::Bounced => 2,
        Consent::Unsubscribed => 3,
        Consent::Blocked => 4,
        Consent::Complained => 5,
        Consent::Erased => 6,
    }
}

/// Everyone, each address once.
#[derive(Debug, Default)]
pub(super) struct People {
    all: Vec<Person>,
    /// The place of each in `all`, and half of the hash of its address.
    places: HashTable<(u32, u32)>,
    hasher: RandomState,
    /// How many rows repeated an address.
    pub(super) merged: u64,
}

impl People {
    /// Takes a row in.
    pub(super) fn add(&mut self, row: &Row, consent: (Consent, bool), file: u16) {
        let key = row.address.key().as_str();
        let half = self.hasher.hash_one(key) as u32;
        let all = &mut self.all;
        let is_same = |(at, other): &(u32, u32)| *other == half && all[*at as usize].key() == key;
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

    /// Takes everyone out, in the order in which they came.
    pub(super) fn take_all(&mut self) -> Vec<Person> {
        self.places = HashTable::new();
        std::mem::take(&mut self.all)
    }
}

/// A hash from its half, which the table can keep: it looks at the first and at the last bits.
fn whole(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}
