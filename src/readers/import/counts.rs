//! How many rows have each outcome. The counts add up to all rows.

use serde::Serialize;
use subscribers::consent::Consent;

use super::outcome::Outcome;
use super::people::Person;
use super::reading::Reading;

/// How many examples each outcome shows.
const EXAMPLES: usize = 3;

/// The outcomes, in display order.
const LABELS: [&str; 11] = [
    "mailable",
    "pending",
    "unsubscribed",
    "bounced",
    "blocked",
    "complained",
    "already known",
    "left here before",
    "merged",
    "on other lists",
    "rejected",
];

/// The rows with the same outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    pub outcome: &'static str,
    pub rows: u64,
    /// Some of their addresses, or of their places and reasons if they were rejected.
    pub examples: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Counts {
    all: [Count; LABELS.len()],
    /// How many of the people on the list already are pending.
    pub known_pending: u64,
}

impl Counts {
    /// The counts before anyone is looked up.
    pub(super) fn of(reading: &Reading) -> Self {
        let none = |outcome| Count {
            outcome,
            rows: 0,
            examples: Vec::new(),
        };
        let mut counts = Self {
            all: LABELS.map(none),
            known_pending: 0,
        };
        counts.count("merged").rows = reading.people.merged;
        counts.count("on other lists").rows = reading.elsewhere;
        let rejected = counts.count("rejected");
        rejected.rows = reading.rejected.len() as u64;
        let first = reading.rejected.iter().take(EXAMPLES);
        let examples =
            first.map(|row| format!("{}: {}", reading.place(row.file, row.line), row.reason));
        rejected.examples = examples.collect();
        counts
    }

    pub(super) fn add(&mut self, person: &Person, outcome: Outcome) {
        self.known_pending += u64::from(outcome == Outcome::Known(Consent::Pending));
        let count = self.count(label(outcome));
        count.rows += 1;
        if count.examples.len() < EXAMPLES {
            count.examples.push(person.email().to_owned());
        }
    }

    fn count(&mut self, outcome: &str) -> &mut Count {
        let at = LABELS.iter().position(|label| *label == outcome);
        &mut self.all[at.unwrap_or_default()]
    }

    pub fn rows_of(&self, outcome: &str) -> u64 {
        let found = self.all.iter().find(|count| count.outcome == outcome);
        found.map_or(0, |count| count.rows)
    }

    /// The outcomes that have rows, in display order.
    pub fn shown(&self) -> impl Iterator<Item = &Count> {
        self.all.iter().filter(|count| count.rows > 0)
    }
}

fn label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New(Consent::Confirmed) | Outcome::Leaves(_, Consent::Confirmed) => "mailable",
        Outcome::New(consent) | Outcome::Leaves(_, consent) => consent.into_str(),
        Outcome::KeptOff(departure) => departure.into_str(),
        Outcome::Known(_) => "already known",
        Outcome::Stays => "left here before",
    }
}
