//! The way of each row of a file or a database into the [`Reading`].

use subscribers::address::AddressError;
use subscribers::consent::Consent;
use subscribers::departure::Departure;

use super::element::{Element, Status};
use super::header::FileWords;
use super::membership::{IsOn, Membership};
use super::origin::System;
use super::reading::{FileRead, MendedRow, Reading, Rejected};
use super::row::{Fixed, Row};
use super::{ImportError, Options};

pub(super) struct Rows<'a> {
    /// The name of the file, as the operator sees it.
    pub(super) name: &'a str,
    number: u16,
    pub(super) options: &'a Options,
    reading: &'a mut Reading,
}

impl<'a> Rows<'a> {
    /// The rows of the next file.
    pub(super) fn of(name: &'a str, options: &'a Options, reading: &'a mut Reading) -> Self {
        let number = u16::try_from(reading.files.len()).unwrap_or(u16::MAX);
        Self {
            name,
            number,
            options,
            reading,
        }
    }

    /// The file before any row is read.
    pub(super) fn read_as(&self, system: System, form: &'static str) -> FileRead {
        FileRead {
            name: self.name.to_owned(),
            system,
            form,
            words: FileWords::of(self.name),
            ..FileRead::default()
        }
    }

    /// Call it when the file is read.
    pub(super) fn end(self, read: FileRead) {
        self.reading.rows += read.rows;
        self.reading.files.push(read);
    }

    /// Adds a person of a JSON export.
    pub(super) fn element(&mut self, mut element: Element, number: u64) {
        if let Some(consent) = self.options.all {
            element.status = Status::Known(consent);
            element.lists.clear();
            element.words.clear();
        }
        self.reading.list_found |= element.is_on_named_list;
        for list in std::mem::take(&mut element.lists) {
            *self.reading.lists.entry(list).or_default() += 1;
        }
        let words = std::mem::take(&mut element.words);
        let consent = match element.status {
            Status::Elsewhere => return self.reading.elsewhere += 1,
            Status::Unknown => return self.unknown(element.system, words, number),
            Status::Known(consent) => Some(consent),
        };
        self.status(element.system, words, consent);
        let mut fixed = std::mem::take(&mut element.fixed);
        let raw = element.email.clone();
        let row = element.into_row(&mut fixed);
        self.person(row, consent, number, fixed, || raw);
    }

    /// Counts the lists in a row of a table. False if the person is not on the list in the options: skip the row
    /// then. A departure always counts, on whichever list.
    pub(super) fn is_wanted(
        &mut self,
        lists: Membership,
        cell: &str,
        line: u64,
        consent: Option<Consent>,
    ) -> Result<bool, ImportError> {
        let Some(list) = self.options.list.as_deref() else {
            return Ok(true);
        };
        for name in (lists.names)(cell).into_vec() {
            *self.reading.lists.entry(name.to_owned()).or_default() += 1;
        }
        let is_on = lists.is_on(cell, list);
        self.reading.list_found |= is_on == IsOn::Yes;
        if consent.is_some_and(|consent| Departure::of(consent).is_some()) {
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

    /// Counts how a status was read, if the row has one.
    pub(super) fn status(&mut self, system: System, words: String, consent: Option<Consent>) {
        if !words.is_empty() {
            let found = self.reading.statuses.entry((system, words));
            found.or_insert((consent, 0)).1 += 1;
        }
    }

    /// Counts an unknown status.
    pub(super) fn unknown(&mut self, system: System, words: String, line: u64) {
        let first = (self.number, line, 0);
        let found = self.reading.unknown.entry((system, words));
        found.or_insert(first).2 += 1;
    }

    /// Adds a row, or rejects it.
    pub(super) fn person(
        &mut self,
        row: Result<Row, AddressError>,
        status: Option<Consent>,
        line: u64,
        what: Vec<Fixed>,
        raw: impl FnOnce() -> String,
    ) {
        let row = match row {
            Ok(row) => row,
            Err(error) => return self.reject(line, error.to_string(), raw(), status),
        };
        let file = self.number;
        if !what.is_empty() {
            self.reading.fixed.push(MendedRow { file, line, what });
        }
        let vouched = match self.options.confirmed {
            true => Consent::Confirmed,
            false => Consent::Pending,
        };
        let consent = (status.unwrap_or(vouched), status.is_some());
        self.reading.people.add(&row, consent, file);
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
