//! What was read from the files of an import.

use std::collections::BTreeMap;

use subscribers::consent::Consent;

use super::header::FileWords;
use super::origin::System;
use super::people::People;
use super::row::Fixed;

#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) people: People,
    pub(super) files: Vec<FileRead>,
    /// Files in a folder or an archive that cannot contain people.
    pub(super) passed_over: Vec<String>,
    /// By system and words: what the status was read as, and how often.
    pub(super) statuses: BTreeMap<(System, String), (Option<Consent>, u64)>,
    /// Unknown statuses, by system and words: the file and line of the first one, and how often.
    pub(super) unknown: BTreeMap<(System, String), (u16, u64, u64)>,
    /// The lists in the files, and how many people each one has.
    pub(super) lists: BTreeMap<String, u64>,
    /// True if a row is on the list in the options.
    pub(super) list_found: bool,
    pub(super) rows: u64,
    /// How many rows are people on other lists.
    pub(super) elsewhere: u64,
    pub(super) rejected: Vec<Rejected>,
    pub(super) fixed: Vec<MendedRow>,
}

/// A file, and how it was read.
#[derive(Debug, Default)]
pub(super) struct FileRead {
    pub(super) name: String,
    pub(super) system: System,
    /// "JSON", "table", "list of addresses", "PostgreSQL" or "nothing".
    pub(super) form: &'static str,
    pub(super) rows: u64,
    /// The title of each column that was read, and what it was read as.
    pub(super) columns: Vec<(String, &'static str)>,
    /// The titles of the other columns.
    pub(super) not_read: Vec<String>,
    /// The consent of all of its people, if no column has it.
    pub(super) consent: Option<Consent>,
    /// True if the file has no status at all.
    pub(super) has_no_status: bool,
    pub(super) words: FileWords,
}

impl FileRead {
    /// Where a row is: the line that an editor shows, or the number of an element or a row.
    pub(super) fn place(&self, number: u64) -> String {
        match self.form {
            "JSON" => format!("element {number}"),
            "PostgreSQL" => format!("row {number}"),
            _ => format!("line {number}"),
        }
    }
}

impl Reading {
    pub(super) fn file(&self, number: u16) -> Option<&FileRead> {
        self.files.get(usize::from(number))
    }

    /// The name of the file of a row.
    pub(super) fn name(&self, number: u16) -> &str {
        self.file(number).map_or("", |file| file.name.as_str())
    }

    /// Where a row is in its file.
    pub(super) fn place(&self, number: u16, line: u64) -> String {
        let place = self.file(number).map(|file| file.place(line));
        place.unwrap_or_default()
    }

    /// The file of a row, and where the row is in it: "list.csv, line 3".
    pub(super) fn place_in_file(&self, number: u16, line: u64) -> String {
        format!("{}, {}", self.name(number), self.place(number, line))
    }
}

/// A row without a readable address.
#[derive(Debug)]
pub(super) struct Rejected {
    pub(super) file: u16,
    /// The line, or in JSON the number of the element, from 1.
    pub(super) line: u64,
    pub(super) reason: String,
    pub(super) raw: String,
    /// Kept because losing a departure is worse than losing a reader.
    pub(super) consent: Option<Consent>,
}

/// A row with a fault outside the address.
#[derive(Debug)]
pub(super) struct MendedRow {
    pub(super) file: u16,
    pub(super) line: u64,
    pub(super) what: Vec<Fixed>,
}
