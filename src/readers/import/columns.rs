//! The columns of a table, and how the cells of a row are read.

use std::borrow::Cow;

use subscribers::address::AddressError;
use subscribers::consent::Consent;
use subscribers::formula;
use subscribers::profile::{self, Frequency};

use super::header::Header;
use super::membership::Membership;
use super::origin::System;
use super::row::{self, Details, Fixed, Row};

/// Reads the consent from the cells of its columns; `None` for an unknown word.
pub(super) type Rule = fn(&[&str]) -> Option<Consent>;

/// Where the consent of a table's people comes from.
#[derive(Clone, Debug, Default)]
pub(super) enum StatusSource {
    /// The table has none, so the operator must vouch for its people.
    #[default]
    None,
    /// All of them have the same, as in a file of people who left.
    All(Consent),
    /// The rule reads it from these columns.
    Columns(Vec<usize>, Rule),
}

impl StatusSource {
    /// The consent of all people in the table.
    pub(super) fn all(&self) -> Option<Consent> {
        match self {
            Self::All(consent) => Some(*consent),
            _ => None,
        }
    }
}

/// The places of a table's columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) system: System,
    pub(super) email: usize,
    /// The parts, which a space joins.
    pub(super) name: Vec<usize>,
    pub(super) time_zone: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) created_at: Option<usize>,
    pub(super) frequency: Option<usize>,
    pub(super) paused_until: Option<usize>,
    /// The lists that people are on.
    pub(super) lists: Option<Membership>,
    /// When, from which IP address and why the person opted in or left.
    pub(super) at: Vec<usize>,
    pub(super) ip: Vec<usize>,
    pub(super) why: Vec<usize>,
    pub(super) status: StatusSource,
}

impl Columns {
    pub(super) fn new(system: System, email: usize, status: StatusSource) -> Self {
        Self {
            system,
            email,
            status,
            ..Self::default()
        }
    }

    /// The title of each column that is read, and what it is read as.
    pub(super) fn read_as(&self, header: &Header) -> Vec<(String, &'static str)> {
        let title = |at: usize| header.titles.get(at).cloned().unwrap_or_default();
        let places = self.places().into_iter();
        places.map(|(at, what)| (title(at), what)).collect()
    }

    /// The place of each column that is read, and what it is read as.
    fn places(&self) -> Vec<(usize, &'static str)> {
        let status: &[usize] = match &self.status {
            StatusSource::Columns(places, _) => places,
            _ => &[],
        };
        let lists = self.lists.map(|lists| lists.at);
        let read: [(&[usize], _); 12] = [
            (&[self.email], "email address"),
            (&self.name, "name"),
            (self.time_zone.as_slice(), "time zone"),
            (self.language.as_slice(), "language"),
            (self.created_at.as_slice(), "creation time"),
            (self.frequency.as_slice(), "frequency"),
            (self.paused_until.as_slice(), "pause"),
            (lists.as_slice(), "lists"),
            (status, "status"),
            (&self.at, "time"),
            (&self.ip, "IP address"),
            (&self.why, "reason"),
        ];
        let read = read.into_iter();
        read.flat_map(|(places, what)| places.iter().map(move |at| (*at, what)))
            .collect()
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
        let titles = header.titles.iter().enumerate();
        let titled = titles.filter_map(|(at, title)| (!title.is_empty()).then_some(at));
        titled
            .filter(|at| read.iter().all(|(place, _)| place != at))
            .collect()
    }

    /// The consent of a row, and the words it was read from; `Err` with the words if the rule does not know them.
    pub(super) fn consent(
        &self,
        header: &Header,
        cells: &[Cow<'_, str>],
    ) -> Result<(Option<Consent>, String), String> {
        let (places, rule) = match &self.status {
            StatusSource::None => return Ok((None, String::new())),
            StatusSource::All(consent) => return Ok((Some(*consent), String::new())),
            StatusSource::Columns(places, rule) => (places, rule),
        };
        let values: Vec<&str> = places.iter().map(|at| cell(cells, *at).trim()).collect();
        let titles = places.iter().filter_map(|at| header.titles.get(*at));
        let words = titles
            .zip(&values)
            .map(|(title, value)| format!("{title}={}", shown(value)));
        let words = words.collect::<Vec<_>>().join(", ");
        match rule(&values) {
            // An empty cell counts like a missing column.
            None if values.iter().any(|value| !value.is_empty()) => Err(words),
            consent => Ok((consent, words)),
        }
    }

    /// Reads the row of a person; fails if the address cannot be read.
    pub(super) fn row(
        &self,
        cells: &[Cow<'_, str>],
        fixed: &mut Vec<Fixed>,
    ) -> Result<Row, AddressError> {
        let cell = |at: usize| cell(cells, at);
        let optional = |at: Option<usize>| at.map_or("", cell);
        let filled = |places: &[usize]| -> Vec<&str> {
            let cells = places.iter().map(|at| cell(*at).trim());
            cells.filter(|cell| !cell.is_empty()).collect()
        };
        let first = |places: &[usize]| filled(places).first().copied().unwrap_or_default();
        let name = row::name(&filled(&self.name).join(" "), fixed);
        let row = row::mailbox_of(cell(self.email), name, fixed)?;
        let frequency = profile::frequency(optional(self.frequency)).unwrap_or_else(|_| {
            fixed.push(Fixed::Frequency);
            Frequency::default()
        });
        let why = filled(&self.why).join(" ");
        Ok(Row {
            details: Details {
                time_zone: row::time_zone(optional(self.time_zone), fixed),
                language: row::line(optional(self.language)),
                frequency,
                paused_until: row::time(optional(self.paused_until), fixed),
                created_at: row::time(optional(self.created_at), fixed),
                evidence: row::evidence(first(&self.at), first(&self.ip), &why),
                ..row.details
            },
            ..row
        })
    }
}

/// A cell without the guard against formulas; empty if the row is too short.
pub(super) fn cell<'a>(cells: &'a [Cow<'_, str>], at: usize) -> &'a str {
    cells.get(at).map_or("", |cell| formula::unguard(cell))
}

/// A cell as a plan shows it. Times would all differ, so it shows only that there is one.
fn shown(value: &str) -> String {
    let is_time = value.len() > 9 && value.starts_with(|c: char| c.is_ascii_digit());
    match value {
        "" => "(empty)".to_owned(),
        _ if is_time => "(a time)".to_owned(),
        _ => value.escape_debug().take(40).collect(),
    }
}
