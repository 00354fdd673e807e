//! The plan of an import: what it would do.

use std::collections::BTreeSet;

use serde::Serialize;
use subscribers::address::AddressKey;
use subscribers::departure::Departure;

use super::counts::{Count, Counts};
use super::header::last_part;
use super::hidden::{hidden, notes};
use super::outcome::{BATCH, outcomes};
use super::people::Person;
use super::reading::Reading;
use super::row::Fixed;
use super::{ImportError, Options};
use crate::app::App;
use crate::store::{StoreError, subscribers as list};

/// How many lists an error shows.
const MOST_LISTS: usize = 40;

/// What would become of everyone in the files.
#[derive(Debug)]
pub struct Plan {
    /// In the order of their canonical addresses.
    pub(super) people: Vec<Person>,
    pub(super) reading: Reading,
    pub counts: Counts,
}

/// Refuses what must not be imported.
pub(super) fn check(reading: &Reading, options: &Options) -> Result<(), ImportError> {
    if !reading.unknown.is_empty() {
        let lines = reading.unknown.iter();
        let lines = lines.map(|((system, words), (file, line, count))| {
            let rows = if *count == 1 { "row" } else { "rows" };
            let place = reading.place_in_file(*file, *line);
            format!("  {words}  ({count} {rows} of {system}, the first in {place})")
        });
        return Err(ImportError::UnknownStatus(lines.collect()));
    }
    let lists = reading.lists.iter().take(MOST_LISTS);
    let lists = lists.map(|(name, count)| format!("  {name}  ({count} people)"));
    let more = reading.lists.len().saturating_sub(MOST_LISTS);
    let more = (more > 0).then(|| format!("  … and {more} more"));
    let lists: Vec<String> = lists.chain(more).collect();
    match options.list.clone() {
        Some(list) if lists.is_empty() && reading.rows > 0 => {
            return Err(ImportError::NoLists(list));
        }
        Some(named) if !lists.is_empty() && !reading.list_found => {
            return Err(ImportError::NoSuchList { named, lists });
        }
        None if lists.len() > 1 => return Err(ImportError::SeveralLists(lists)),
        _ => {}
    }
    let hidden = hidden(&reading.files);
    if !hidden.is_empty() && !options.anyway && options.all.is_none() {
        return Err(ImportError::Hidden(hidden));
    }
    Ok(())
}

impl Plan {
    /// The plan before anyone is looked up on the list.
    pub(super) fn of(mut reading: Reading) -> Self {
        Self {
            people: reading.people.take_all(),
            counts: Counts::of(&reading),
            reading,
        }
    }

    /// Counts what would become of everyone.
    pub(super) async fn count(&mut self, app: &App) -> Result<(), StoreError> {
        let mut tx = app.store.begin().await?;
        let is_new = list::count_ever(&mut tx).await? == 0;
        for batch in self.people.chunks(BATCH) {
            let keys: Vec<AddressKey> = batch.iter().map(Person::key).collect();
            let outcomes = outcomes(app, &mut tx, batch, &keys, is_new).await?;
            for (person, outcome) in batch.iter().zip(outcomes) {
                self.counts.add(person, outcome);
            }
        }
        tx.commit().await
    }
}

/// A plan as JSON.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    pub files: Vec<ShownFile<'a>>,
    /// Which other files are missing, although the import goes on without them.
    pub notes: Vec<String>,
    /// Files that cannot contain people.
    pub passed_over: &'a [String],
    pub statuses: Vec<ShownStatus<'a>>,
    pub rows: u64,
    pub outcomes: Vec<&'a Count>,
    /// How many rows were fixed.
    pub fixed: u64,
    /// The places of departures without a readable address.
    pub lost_departures: Vec<String>,
}

/// How a file is read.
#[derive(Debug, Serialize)]
pub struct ShownFile<'a> {
    pub name: &'a str,
    pub system: &'static str,
    /// JSON, table or list of addresses.
    pub form: &'static str,
    pub rows: u64,
    /// The consent of all of its people, if no column has it.
    pub all: Option<&'static str>,
    /// True if the file has no status at all.
    pub says_nothing: bool,
    /// The title of each column that is read, and what it is read as.
    pub columns: &'a [(String, &'static str)],
    pub not_used: &'a [String],
}

/// How a status is read.
#[derive(Debug, Serialize)]
pub struct ShownStatus<'a> {
    pub system: &'static str,
    /// The columns and their cells, as in `status=active`.
    pub words: &'a str,
    pub read_as: Option<&'static str>,
    pub rows: u64,
}

impl Plan {
    pub fn shown(&self) -> Shown<'_> {
        let reading = &self.reading;
        let files = reading.files.iter().map(|file| ShownFile {
            name: &file.name,
            system: file.system.name(),
            form: file.form,
            rows: file.rows,
            all: file.consent.map(Into::into),
            says_nothing: file.has_no_status,
            columns: &file.columns,
            not_used: &file.not_read,
        });
        let statuses = reading.statuses.iter();
        let statuses = statuses.map(|((system, words), (consent, rows))| ShownStatus {
            system: system.name(),
            words,
            read_as: consent.map(Into::into),
            rows: *rows,
        });
        Shown {
            files: files.collect(),
            notes: notes(&reading.files),
            passed_over: &reading.passed_over,
            statuses: statuses.collect(),
            rows: reading.rows,
            outcomes: self.counts.shown().collect(),
            fixed: self.fixed(),
            lost_departures: self.lost_departures(),
        }
    }

    /// The rows with a departure but no readable address.
    fn lost_departures(&self) -> Vec<String> {
        let left = self.reading.rejected.iter();
        let left = left.filter(|row| row.consent.and_then(Departure::of).is_some());
        let places = left.map(|row| {
            let place = self.reading.place_in_file(row.file, row.line);
            format!("{place}: {}", row.reason)
        });
        places.collect()
    }

    /// How many rows were fixed.
    pub fn fixed(&self) -> u64 {
        self.reading.fixed.len() as u64
    }

    /// True if some rows cannot be imported.
    pub fn has_rejects(&self) -> bool {
        !self.reading.rejected.is_empty()
    }

    /// The rows that were rejected or fixed: file, place, what was done, why, and the row if it was rejected. The place
    /// is the line number, or words such as "element 3".
    pub fn report(&self) -> impl Iterator<Item = [String; 5]> {
        let entry = |file, line, done: &str, why, raw| {
            let place = self.reading.place(file, line);
            let place = place.strip_prefix("line ").unwrap_or(&place).to_owned();
            let name = self.reading.name(file).to_owned();
            [name, place, done.to_owned(), why, raw]
        };
        let rejected = self.reading.rejected.iter().map(move |row| {
            let (why, raw) = (row.reason.clone(), row.raw.clone());
            entry(row.file, row.line, "rejected", why, raw)
        });
        let fixed = self.reading.fixed.iter().map(move |row| {
            let what: Vec<&str> = row.what.iter().copied().map(Fixed::text).collect();
            let (why, raw) = (what.join("; "), String::new());
            entry(row.file, row.line, "fixed", why, raw)
        });
        rejected.chain(fixed)
    }

    /// The system and the name of a file: "Mailchimp, unsubscribed_list.csv".
    pub(super) fn origin(&self, number: u16) -> String {
        let file = self.reading.file(number);
        let system = file.map_or("", |file| file.system.name());
        let name = self.reading.name(number);
        // The name of a database is its URL.
        let is_database = name.contains("://");
        let name = if is_database { name } else { last_part(name) };
        format!("{system}, {name}")
    }

    /// Where everyone comes from: the only file, or the systems.
    pub(super) fn source(&self) -> String {
        if self.reading.files.len() == 1 {
            return self.origin(0);
        }
        let files = self.reading.files.iter();
        let names: BTreeSet<&str> = files.map(|file| file.system.name()).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }
}
