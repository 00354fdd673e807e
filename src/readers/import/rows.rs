//! The rows of one file, or of one database, on their way into the reading.

use subscribers::address::AddressError;
use subscribers::consent::Consent;
use subscribers::departure::Departure;

use super::element::{Element, Status};
use super::header::FileWords;
use super::membership::{IsOn, Membership};
use super::origin::System;
use super::reading::{FileRead, MendedRow, Reading, Rejected};
use super::row::{Mended, Row};
use super::{ImportError, Options};

/// Takes the rows of one file in.
pub(super) struct Rows<'a> {
    /// How the file is named to the operator.
    pub(super) name: &'a str,
    number: u16,
    pub(super) options: &'a Options,
    reading: &'a mut Reading,
}

impl<'a> Rows<'a> {
    /// For the next file of the reading.
    pub(super) fn of(name: &'a str, options: &'a Options, reading: &'a mut Reading) -> Self {
        let number = u16::try_from(reading.files.len()).unwrap_or(u16::MAX);
        Self {
            name,
            number,
            options,
            reading,
        }
    }

    /// A file before any of it is read. `words` are those of the last part of its name.
    pub(super) fn read_as(&self, system: System, form: &'static str) -> FileRead {
        let short_name = self.name.rsplit(['/', '\\']).next();
        FileRead {
            name: self.name.to_owned(),
            system,
            form,
            rows: 0,
            columns: Vec::new(),
            not_read: Vec::new(),
            says: None,
            says_nothing: false,
            words: FileWords::of(short_name.unwrap_or(self.name)),
        }
    }

    /// The file was read.
    pub(super) fn end(self, read: FileRead) {
        self.reading.rows += read.rows;
        self.reading.files.push(read);
    }

    /// Takes a person of a JSON export in.
    pub(super) fn element(&mut self, mut element: Element, number: u64) {
        if let Some(consent) = self.options.all {
            element.status = Status::Says(consent);
            element.lists.clear();
            element.words.clear();
        }
        self.reading.list_found |= element.is_on_named_list;
        for list in std::mem::take(&mut element.lists) {
            *self.reading.lists.entry(list).or_default() += 1;
        }
        let system = element.system;
        let words = std::mem::take(&mut element.words);
        let consent = match element.status {
            Status::Elsewhere => {
                self.reading.elsewhere += 1;
                return;
            }
            Status::Unknown => {
                self.unknown(system, words, number);
                return;
            }
            Status::Says(consent) => consent,
        };
        if !words.is_empty() {
            self.status(system, words, Some(consent));
        }
        let mut mended = std::mem::take(&mut element.mended);
        let raw = element.email.clone();
        let row = element.into_row(&mut mended);
        self.person(row, Some(consent), number, mended, || raw);
    }

    /// Takes the lists in that a row of a table names. False if its person is not on the one that is wanted: then
    /// the row is done, unless it says that they left.
    pub(super) fn is_wanted(
        &mut self,
        lists: Membership,
        cell: &str,
        line: u64,
        says: Option<Consent>,
    ) -> Result<bool, ImportError> {
        let Some(list) = self.options.list.as_deref() else {
            return Ok(true);
        };
        for name in (lists.names)(cell).into_vec() {
            *self.reading.lists.entry(name.to_owned()).or_default() += 1;
        }
        let is_on = lists.is_on(cell, list);
        self.reading.list_found |= is_on == IsOn::Yes;
        if says.is_some_and(|consent| Departure::of(consent).is_some()) {
            return Ok(true);
        }
        match is_on {
            IsOn::Yes => Ok(true),
            IsOn::No => {
                self.reading.elsewhere += 1;
                Ok(false)
            }
            IsOn::Unclear => Err(ImportError::UnclearList {
                place: format!("{}, line {line}", self.name),
                names: cell.trim().to_owned(),
                list: list.to_owned(),
            }),
        }
    }

    /// Counts how a status was read.
    pub(super) fn status(&mut self, system: System, words: String, consent: Option<Consent>) {
        let found = self.reading.statuses.entry((system, words));
        found.or_insert((consent, 0)).1 += 1;
    }

    /// Counts a status that is not known.
    pub(super) fn unknown(&mut self, system: System, words: String, line: u64) {
        let first = (self.number, line, 0);
        let found = self.reading.unknown.entry((system, words));
        found.or_insert(first).2 += 1;
    }

    /// Takes a row in, or rejects it.
    pub(super) fn person(
        &mut self,
        row: Result<Row, AddressError>,
        says: Option<Consent>,
        line: u64,
        what: Vec<Mended>,
        raw: impl FnOnce() -> String,
    ) {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                self.reject(line, error.to_string(), raw(), says);
                return;
            }
        };
        if !what.is_empty() {
            self.reading.mended.push(MendedRow {
                file: self.number,
                line,
                what,
            });
        }
        let vouched = if self.options.confirmed {
            Consent::Confirmed
        } else {
            Consent::Pending
        };
        self.reading
            .people
            .add(&row, (says.unwrap_or(vouched), says.is_some()), self.number);
    }

    pub(super) fn reject(
        &mut self,
        line: u64,
        reason: String,
        raw: String,
        consent: Option<Consent>,
    ) {
        self.reading.rejected.push(Rejected {
            file: self.number,
            line,
            reason,
            raw,
            consent,
        });
    }
}
