//! What an import would do, before it does it.

use serde::Serialize;
use subscribers::departure::Departure;

use super::counts::{Count, Counts};
use super::hidden::{hidden, notes};
use super::outcome::{BATCH, outcomes};
use super::people::Person;
use super::reading::Reading;
use super::row::Mended;
use super::{ImportError, Options};
use crate::app::App;
use crate::store::{StoreError, subscribers as list};

/// How many lists are shown where one is to be named.
const MOST_LISTS: usize = 40;

/// What would become of everyone in the files.
#[derive(Debug)]
pub struct Plan {
    pub(super) people: Vec<Person>,
    pub(super) reading: Reading,
    /// What becomes of how many rows.
    pub counts: Counts,
}

/// Stops what may not be imported.
pub(super) fn check(reading: &Reading, options: &Options) -> Result<(), ImportError> {
    if !reading.unknown.is_empty() {
        let lines = reading
            .unknown
            .iter()
            .map(|((system, words), (file, line, count))| {
                let rows = if *count == 1 { "row" } else { "rows" };
                let place = reading.place_in_file(*file, *line);
                format!("  {words}  ({count} {rows} of {system}, the first in {place})")
            });
        return Err(ImportError::UnknownStatus(lines.collect()));
    }
    let mut lists: Vec<String> = reading
        .lists
        .iter()
        .map(|(name, count)| format!("  {name}  ({count} people)"))
        .collect();
    if lists.len() > MOST_LISTS {
        let more = lists.len() - MOST_LISTS;
        lists.truncate(MOST_LISTS);
        lists.push(format!("  … and {more} more"));
    }
    match &options.list {
        Some(list) if reading.lists.is_empty() && reading.rows > 0 => {
            return Err(ImportError::NoLists(list.clone()));
        }
        Some(list) if !reading.lists.is_empty() && !reading.list_found => {
            return Err(ImportError::NoSuchList {
                named: list.clone(),
                lists,
            });
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
    /// What the files say, before anyone is looked up on the list.
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
            let outcomes = outcomes(app, &mut tx, batch, is_new).await?;
            for (person, outcome) in batch.iter().zip(outcomes) {
                self.counts.add(person, outcome);
            }
        }
        tx.commit().await
    }
}

/// A plan as JSON shows it.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// The files, and how each is read.
    pub files: Vec<ShownFile<'a>>,
    /// What is missing from the files, without which they are taken all the same.
    pub notes: Vec<String>,
    /// Files that hold no people.
    pub passed_over: &'a [String],
    /// How each status is read.
    pub statuses: Vec<ShownStatus<'a>>,
    /// How many rows there are.
    pub rows: u64,
    /// What becomes of them.
    pub outcomes: Vec<&'a Count>,
    /// How many of them were mended.
    pub mended: u64,
    /// Addresses of people who left that cannot be read.
    pub lost_departures: Vec<String>,
}

/// A file of a plan.
#[derive(Debug, Serialize)]
pub struct ShownFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// The system that it comes from.
    pub system: &'static str,
    /// JSON, table or list of addresses.
    pub form: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// What it says of all of its people, where no column does.
    pub all: Option<&'static str>,
    /// True if it says nothing about consent.
    pub says_nothing: bool,
    /// Each column that is read, and as what.
    pub columns: &'a [(String, &'static str)],
    /// The columns that are not.
    pub not_used: &'a [String],
}

/// A status of a plan.
#[derive(Debug, Serialize)]
pub struct ShownStatus<'a> {
    /// The system.
    pub system: &'static str,
    /// The columns and their cells.
    pub words: &'a str,
    /// What it is read as.
    pub read_as: Option<&'static str>,
    /// How many rows have it.
    pub rows: u64,
}

impl Plan {
    /// Everything that is to be shown.
    pub fn shown(&self) -> Shown<'_> {
        let files = self.reading.files.iter().map(|file| ShownFile {
            name: &file.name,
            system: file.system.name(),
            form: file.form,
            rows: file.rows,
            all: file.says.map(Into::into),
            says_nothing: file.says_nothing,
            columns: &file.columns,
            not_used: &file.not_read,
        });
        let statuses = self
            .reading
            .statuses
            .iter()
            .map(|((system, words), (consent, rows))| ShownStatus {
                system: system.name(),
                words,
                read_as: consent.map(Into::into),
                rows: *rows,
            });
        Shown {
            files: files.collect(),
            notes: notes(&self.reading.files),
            passed_over: &self.reading.passed_over,
            statuses: statuses.collect(),
            rows: self.reading.rows,
            outcomes: self.counts.shown().collect(),
            mended: self.mended(),
            lost_departures: self.lost_departures(),
        }
    }

    /// Rows that record a departure but have no readable address.
    fn lost_departures(&self) -> Vec<String> {
        let left = self.reading.rejected.iter().filter(|row| {
            row.consent
                .is_some_and(|consent| Departure::of(consent).is_some())
        });
        left.map(|row| {
            let place = self.reading.place_in_file(row.file, row.line);
            format!("{place}: {}", row.reason)
        })
        .collect()
    }

    /// How many rows had something mended.
    pub fn mended(&self) -> u64 {
        self.reading.mended.len() as u64
    }

    /// True if some rows cannot be imported.
    pub fn has_rejects(&self) -> bool {
        !self.reading.rejected.is_empty()
    }

    /// The rows that were rejected or mended: file, line, what was done, why, and the row if it was rejected. Lines
    /// are numbers; what has none is said in words.
    pub fn report(&self) -> impl Iterator<Item = [String; 5]> {
        let line = |file, line| {
            let place = self.reading.place(file, line);
            place.strip_prefix("line ").unwrap_or(&place).to_owned()
        };
        let rejected = self.reading.rejected.iter().map(move |row| {
            let file = self.reading.name(row.file).to_owned();
            let what = "rejected".to_owned();
            [
                file,
                line(row.file, row.line),
                what,
                row.reason.clone(),
                row.raw.clone(),
            ]
        });
        let mended = self.reading.mended.iter().map(move |row| {
            let what: Vec<&str> = row.what.iter().copied().map(Mended::text).collect();
            let file = self.reading.name(row.file).to_owned();
            [
                file,
                line(row.file, row.line),
                "mended".to_owned(),
                what.join("; "),
                String::new(),
            ]
        });
        rejected.chain(mended)
    }

    /// The system and the name of a file: "Mailchimp, unsubscribed_list.csv".
    pub(super) fn origin(&self, number: u16) -> String {
        let system = self
            .reading
            .file(number)
            .map_or("", |file| file.system.name());
        let name = self.reading.name(number);
        // Of a file, the last part of its path; of a database, its address.
        let name = match name.contains("://") {
            true => name,
            false => name.rsplit(['/', '\\']).next().unwrap_or(name),
        };
        format!("{system}, {name}")
    }

    /// Where everyone comes from: the only file, or the systems.
    pub(super) fn source(&self) -> String {
        if self.reading.files.len() == 1 {
            return self.origin(0);
        }
        let mut names: Vec<&str> = self
            .reading
            .files
            .iter()
            .map(|file| file.system.name())
            .collect();
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }
}
