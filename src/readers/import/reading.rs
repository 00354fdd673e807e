//! What was read from the files of a move.

use std::collections::BTreeMap;

use subscribers::consent::Consent;

use super::header::FileWords;
use super::origin::System;
use super::people::People;
use super::row::Mended;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) people: People,
    pub(super) files: Vec<FileRead>,
    /// Files of a folder or an archive that cannot hold people.
    pub(super) passed_over: Vec<String>,
    /// How each status was read, by system and words: as what, and how often.
    pub(super) statuses: BTreeMap<(System, String), (Option<Consent>, u64)>,
    /// Statuses that are not known, by system and words: the file and line of the first, and how often.
    pub(super) unknown: BTreeMap<(System, String), (u16, u64, u64)>,
    /// The lists that people of a JSON export are on, and how many.
    pub(super) lists: BTreeMap<String, u64>,
    /// True if anyone is on the named list.
    pub(super) list_found: bool,
    pub(super) rows: u64,
    /// How many rows are about people on other lists.
    pub(super) elsewhere: u64,
    pub(super) rejected: Vec<Rejected>,
    pub(super) mended: Vec<MendedRow>,
}

/// A file, and how it was read.
#[derive(Debug)]
pub(super) struct FileRead {
    pub(super) name: String,
    pub(super) system: System,
    /// JSON, a table, a list of addresses, or a database.
    pub(super) form: &'static str,
    pub(super) rows: u64,
    /// Each column that was read, and as what.
    pub(super) columns: Vec<(String, &'static str)>,
    pub(super) not_read: Vec<String>,
    /// What it says of all of its people, where no column says it.
    pub(super) says: Option<Consent>,
    /// True if its rows say nothing about consent.
    pub(super) says_nothing: bool,
    pub(super) words: FileWords,
}

impl FileRead {
    /// Where a row stands, for people: a line that an editor shows, or the number of an element or a row.
    pub(super) fn place(&self, number: u64) -> String {
        match self.form {
            "JSON" => format!("element {number}"),
            "PostgreSQL" => format!("row {number}"),
            _ => format!("line {number}"),
        }
    }
}

impl Reading {
    /// The file of a row.
    pub(super) fn file(&self, number: u16) -> Option<&FileRead> {
        self.files.get(usize::from(number))
    }

    /// The name of the file of a row.
    pub(super) fn name(&self, number: u16) -> &str {
        self.file(number).map_or("", |file| file.name.as_str())
    }

    /// Where a row stands in its file.
    pub(super) fn place(&self, number: u16, line: u64) -> String {
        self.file(number)
            .map_or_else(String::new, |file| file.place(line))
    }

    /// The file of a row, and where the row stands in it: "list.csv, line 3".
    pub(super) fn place_in_file(&self, number: u16, line: u64) -> String {
        format!("{}, {}", self.name(number), self.place(number, line))
    }
}

/// A row whose address cannot be read.
#[derive(Debug)]
pub(super) struct Rejected {
    pub(super) file: u16,
    /// The line, from 1; in JSON the number of the element.
    pub(super) line: u64,
    pub(super) reason: String,
    pub(super) raw: String,
    /// What it says about consent: losing a departure is worse than losing a reader.
    pub(super) consent: Option<Consent>,
}

/// A row in which something else than the address was wrong.
#[derive(Debug)]
pub(super) struct MendedRow {
    pub(super) file: u16,
    pub(super) line: u64,
    pub(super) what: Vec<Mended>,
}
