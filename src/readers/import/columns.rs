//! Which column is which, and what the cells of one row say.

use std::borrow::Cow;

use subscribers::address::AddressError;
use subscribers::consent::Consent;
use subscribers::formula;
use subscribers::profile::{self, Frequency};

use super::header::Header;
use super::membership::Membership;
use super::origin::System;
use super::row::{self, Mended, Row};

/// Reads the consent from the cells of its columns; `None` for a word that it does not know.
pub(super) type Rule = fn(&[&str]) -> Option<Consent>;

/// What a table says of the consent of its people.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// Nothing: the rows are for the operator to vouch for.
    Nothing,
    /// The same of all of them, such as a file of those who left.
    All(Consent),
    /// What these columns say.
    Columns(Vec<usize>, Rule),
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) system: System,
    pub(super) email: usize,
    /// Joined by a space.
    pub(super) name: Vec<usize>,
    pub(super) time_zone: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) created_at: Option<usize>,
    pub(super) frequency: Option<usize>,
    pub(super) paused_until: Option<usize>,
    /// The lists that people are on.
    pub(super) lists: Option<Membership>,
    /// Of the opt-in or of the departure: when, from where, why.
    pub(super) at: Vec<usize>,
    pub(super) ip: Vec<usize>,
    pub(super) why: Vec<usize>,
    pub(super) says: Says,
}

impl Columns {
    /// Columns of which nothing but the address and the consent is known.
    pub(super) fn new(system: System, email: usize, says: Says) -> Self {
        Self {
            system,
            email,
            name: Vec::new(),
            time_zone: None,
            language: None,
            created_at: None,
            frequency: None,
            paused_until: None,
            lists: None,
            at: Vec::new(),
            ip: Vec::new(),
            why: Vec::new(),
            says,
        }
    }

    /// What each column that is read is read as, in words.
    pub(super) fn read_as(&self, header: &Header) -> Vec<(String, &'static str)> {
        let title = |at: usize| header.titles.get(at).cloned().unwrap_or_default();
        let places = self.places().into_iter();
        places.map(|(at, what)| (title(at), what)).collect()
    }

    /// The places of the columns that are read, and as what.
    fn places(&self) -> Vec<(usize, &'static str)> {
        let mut read = vec![(self.email, "email address")];
        read.extend(self.name.iter().map(|at| (*at, "name")));
        read.extend(self.time_zone.map(|at| (at, "time zone")));
        read.extend(self.language.map(|at| (at, "language")));
        read.extend(self.created_at.map(|at| (at, "creation time")));
        read.extend(self.frequency.map(|at| (at, "frequency")));
        read.extend(self.paused_until.map(|at| (at, "pause")));
        read.extend(self.lists.map(|lists| (lists.at, "lists")));
        if let Says::Columns(places, _) = &self.says {
            read.extend(places.iter().map(|at| (*at, "status")));
        }
        let history = [
            (&self.at, "time"),
            (&self.ip, "IP address"),
            (&self.why, "reason"),
        ];
        for (places, what) in history {
            read.extend(places.iter().map(|at| (*at, what)));
        }
        read
    }

    /// The titles of the columns that are not read.
    pub(super) fn not_read(&self, header: &Header) -> Vec<String> {
        let places = self.not_read_at(header).into_iter();
        let titles = places.filter_map(|at| header.titles.get(at).cloned());
        titles.collect()
    }

    /// The places of the columns that have a title and are not read.
    pub(super) fn not_read_at(&self, header: &Header) -> Vec<usize> {
        let read = self.places();
        let is_read = |at: usize| read.iter().any(|(place, _)| *place == at);
        let titles = header.titles.iter().enumerate();
        titles
            .filter(|(at, title)| !title.is_empty() && !is_read(*at))
            .map(|(at, _)| at)
            .collect()
    }

    /// What the row says about consent, and in which words; `Err` with the words that the rule does not know.
    pub(super) fn consent(&self, header: &Header, cells: &[Cow<'_, str>]) -> Result<Said, String> {
        match &self.says {
            Says::Nothing => Ok(Said {
                consent: None,
                words: String::new(),
            }),
            Says::All(consent) => Ok(Said {
                consent: Some(*consent),
                words: String::new(),
            }),
            Says::Columns(places, rule) => {
                let values: Vec<&str> = places.iter().map(|at| cell(cells, *at).trim()).collect();
                let words = || {
                    let titles = places.iter().filter_map(|at| header.titles.get(*at));
                    let said: Vec<String> = titles
                        .zip(&values)
                        .map(|(title, value)| format!("{title}={}", shown(value)))
                        .collect();
                    said.join(", ")
                };
                match rule(&values) {
                    // An empty cell says nothing, as a row without that column does.
                    None if values.iter().any(|value| !value.is_empty()) => Err(words()),
                    consent => Ok(Said {
                        consent,
                        words: words(),
                    }),
                }
            }
        }
    }

    /// The row of a person; `Err` if the address cannot be read.
    pub(super) fn row(
        &self,
        cells: &[Cow<'_, str>],
        mended: &mut Vec<Mended>,
    ) -> Result<Row, AddressError> {
        let cell = |at: usize| cell(cells, at);
        let optional = |at: Option<usize>| at.map_or("", cell);
        let joined = |places: &[usize]| {
            let cells = places.iter().map(|at| cell(*at).trim());
            let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
            cells.join(" ")
        };
        let name = row::name(&joined(&self.name), mended);
        let row = row::mailbox_of(cell(self.email), name, mended)?;
        let frequency = match profile::frequency(optional(self.frequency)) {
            Ok(frequency) => frequency,
            Err(_) => {
                mended.push(Mended::Frequency);
                Frequency::default()
            }
        };
        let first = |places: &[usize]| {
            let mut cells = places.iter().map(|at| cell(*at).trim());
            cells
                .find(|cell| !cell.is_empty())
                .unwrap_or_default()
                .to_owned()
        };
        Ok(Row {
            time_zone: row::time_zone(optional(self.time_zone), mended),
            language: row::line(optional(self.language)),
            frequency,
            paused_until: row::time(optional(self.paused_until), mended),
            created_at: row::time(optional(self.created_at), mended),
            evidence: row::evidence(&first(&self.at), &first(&self.ip), &joined(&self.why)),
            ..row
        })
    }
}

/// A status as a row has it.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) consent: Option<Consent>,
    /// The columns and their cells, `status=active`; empty where no column says it.
    pub(super) words: String,
}

/// A cell without the guard against formulas; empty if there is none.
pub(super) fn cell<'a>(cells: &'a [Cow<'_, str>], at: usize) -> &'a str {
    cells.get(at).map_or("", |cell| formula::unguard(cell))
}

/// A cell as a plan shows it: times would all differ, so of those only that they are there.
fn shown(value: &str) -> String {
    let is_time = value.len() > 9 && value.starts_with(|c: char| c.is_ascii_digit());
    match value {
        "" => "(empty)".to_owned(),
        _ if is_time => "(a time)".to_owned(),
        _ => value.escape_debug().take(40).collect(),
    }
}
