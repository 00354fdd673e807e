use std::fmt;
use std::str::FromStr;

use subscribers::departure::Departure;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// It must not be mailed any more.
    Left(Departure),
    /// Its owner opted in again.
    Returned,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Left(departure) => departure.fmt(f),
            Self::Returned => f.pad("returned"),
        }
    }
}

impl FromStr for Event {
    type Err = strum::ParseError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "returned" => Ok(Self::Returned),
            word => word.parse().map(Self::Left),
        }
    }
}

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Unix milliseconds UTC.
    pub at: i64,
    pub event: Event,
    /// The subscriber who had the address; 0 if no one on the list had it.
    pub subscriber: i64,
    /// The keyed hash of the address.
    pub hash: String,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, event, subscriber) = (self.at, self.event, self.subscriber);
        write!(f, "{at} {event} {subscriber} {}", self.hash)
    }
}

impl Entry {
    /// Reads a line without its end; `None` if it is not an entry.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let mut words = line.split(' ');
        let entry = Self {
            at: words.next()?.parse().ok()?,
            event: words.next()?.parse().ok()?,
            subscriber: words.next()?.parse().ok()?,
            hash: words.next()?.to_owned(),
        };
        let is_hash = |text: &str| {
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        (words.next().is_none() && is_hash(&entry.hash)).then_some(entry)
    }
}
