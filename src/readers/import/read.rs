//! Reading the files of a move: what each row says, and what is wrong with it.

use std::io::{self, BufReader, Read};

use serde_json::Value;
use strum::IntoEnumIterator as _;
use subscribers::records::{self, Found, Records};

use super::columns::{self, Columns, Says};
use super::files::{File, Files};
use super::header::{FileWords, Header};
use super::origin::System;
use super::reading::Reading;
use super::row::{self, Mended};
use super::rows::Rows;
use super::system;
use super::text::{Counted, cells, lines};
use super::{ImportError, Options, database, json};

/// The keys under which JSON exports hold their people.
const KEYS: &[&str] = &["data", "results", "members", "subscribers"];

/// Reads all files, and then all databases. `progress` is told how many bytes there are, and from time to time how many were read.
pub(super) fn read(
    files: Files,
    options: &Options,
    progress: &dyn Fn(u64, u64),
) -> Result<Reading, ImportError> {
    let total = files.all.iter().map(|file| file.bytes).sum();
    let mut reading = Reading {
        passed_over: files.passed_over,
        ..Reading::default()
    };
    let mut before = 0;
    for file in &files.all {
        let tick = |bytes: u64| progress(total, before + bytes.min(file.bytes));
        tick(0);
        read_file(file, options, &mut reading, &tick)?;
        before += file.bytes;
    }
    for database in &options.databases {
        database::read(database, options, &mut reading)?;
    }
    Ok(reading)
}

fn read_file(
    file: &File,
    options: &Options,
    reading: &mut Reading,
    tick: &dyn Fn(u64),
) -> Result<(), ImportError> {
    // Blank lines may come first, however many.
    let first = file.read(|source| {
        let is_blank = |byte: &io::Result<u8>| byte.as_ref().is_ok_and(u8::is_ascii_whitespace);
        let mut bytes = BufReader::new(source).bytes().skip_while(is_blank);
        let first = bytes.next().transpose();
        first.map_err(|cause| ImportError::Unreadable(file.name.clone(), cause))
    })?;
    let into = Into {
        file,
        options,
        rows: Rows::of(&file.name, options, reading),
    };
    match first {
        None => into.empty(),
        Some(b'{' | b'[') => into.json(tick),
        Some(_) => into.text(tick),
    }
}

/// A file on its way into the reading.
struct Into<'a> {
    file: &'a File,
    options: &'a Options,
    rows: Rows<'a>,
}

impl Into<'_> {
    /// An export of nobody. Mailman's lists have no header: that nobody is stopped is an empty file.
    fn empty(self) -> Result<(), ImportError> {
        let mut read = self
            .rows
            .read_as(self.options.system.unwrap_or(System::Table), "nothing");
        if read.words.any(&["byuser", "bybounce", "byadmin"]) {
            read.system = System::Mailman;
            read.says = Some(system::mailman_status(&read.words));
        }
        self.rows.end(read);
        Ok(())
    }

    fn json(mut self, tick: &dyn Fn(u64)) -> Result<(), ImportError> {
        let list = self.options.list.as_deref();
        let broken = |error: serde_json::Error| ImportError::Json(self.file.name.clone(), error);
        let is_person = |value: &Value| system::element(value, list).is_some();
        let mut first: Option<Value> = None;
        self.file.read(|source| {
            json::each(source, KEYS, &is_person, &mut |value| {
                first = Some(value);
                false
            })
            .map_err(broken)
        })?;
        let system = match &first {
            None => self.options.system.unwrap_or(System::Table),
            Some(value) => match system::element(value, list) {
                Some(element)
                    if self
                        .options
                        .system
                        .is_none_or(|system| system == element.system) =>
                {
                    element.system
                }
                _ => return Err(ImportError::UnknownJson(self.file.name.clone())),
            },
        };
        let mut read = self.rows.read_as(system, "JSON");
        let file = self.file;
        let name = file.name.clone();
        let mut foreign = None;
        file.read(|source| {
            let mut counted = Counted {
                inner: source,
                bytes: 0,
                tick,
            };
            json::each(&mut counted, KEYS, &is_person, &mut |value| {
                read.rows += 1;
                match system::element(&value, list).filter(|element| element.system == system) {
                    Some(element) => self.rows.element(element, read.rows),
                    None => foreign = Some(read.rows),
                }
                foreign.is_none()
            })
            .map_err(|error| ImportError::Json(name.clone(), error))
        })?;
        if let Some(number) = foreign {
            return Err(ImportError::UnknownElement(name, number));
        }
        self.rows.end(read);
        Ok(())
    }

    fn text(mut self, tick: &dyn Fn(u64)) -> Result<(), ImportError> {
        // A list begins with an address, a table with a header.
        let mut is_list = false;
        lines(self.file, &|_| {}, &mut |_, first| {
            is_list = row::mailbox(first, &mut Vec::new()).is_ok();
            false
        })?;
        if is_list || self.options.system == Some(System::Mailman) {
            return self.list(tick);
        }
        let header = self.header()?;
        let words = FileWords::of(self.file.short_name());
        let mut columns = self.columns(&header, &words)?;
        if self.options.list.is_none() {
            columns.lists = None;
        }
        if let Some(consent) = self.options.all {
            columns.says = Says::All(consent);
        } else if let Some(title) = system::unread_status(&columns, &header) {
            return Err(ImportError::UnreadStatus {
                file: self.file.name.clone(),
                title,
            });
        }
        if columns.system == System::Mailerlite && matches!(columns.says, Says::Nothing) {
            return Err(ImportError::NoStatusInName(self.file.name.clone()));
        }
        let mut read = self.rows.read_as(columns.system, "table");
        read.columns = columns.read_as(&header);
        read.not_read = columns.not_read(&header);
        read.says_nothing = matches!(columns.says, Says::Nothing);
        if let Says::All(consent) = columns.says {
            read.says = Some(consent);
        }
        let file = self.file;
        read.rows = file.read(|source| self.table(source, &header, &columns, tick))?;
        self.rows.end(read);
        Ok(())
    }

    /// The first row of a table.
    fn header(&self) -> Result<Header, ImportError> {
        self.file.read(|source| {
            let unreadable = |cause| ImportError::Unreadable(self.file.name.clone(), cause);
            let mut records = Records::new(source, None).map_err(unreadable)?;
            let titles = match records.next().map_err(unreadable)? {
                Some(Found::Record { fields, .. }) => {
                    let cells = cells(&fields);
                    cells.iter().map(|title| title.trim().to_owned()).collect()
                }
                Some(Found::Endless { .. }) => {
                    return Err(ImportError::NoHeader(self.file.name.clone()));
                }
                None => Vec::new(),
            };
            Ok(Header::new(titles))
        })
    }

    fn columns(&self, header: &Header, words: &FileWords) -> Result<Columns, ImportError> {
        let no_columns = || ImportError::NoColumns {
            file: self.file.name.clone(),
            system: self.options.system,
            titles: header
                .titles
                .iter()
                .take(12)
                .map(|title| format!("`{}`", title.escape_debug()))
                .collect(),
        };
        if self.options.all.is_some() {
            return System::Table.columns(header, words).ok_or_else(no_columns);
        }
        match self.options.system {
            Some(system) => system.columns(header, words).ok_or_else(no_columns),
            None => {
                let mut found = System::iter().map(|system| system.columns(header, words));
                found.find_map(|columns| columns).ok_or_else(no_columns)
            }
        }
    }

    fn table(
        &mut self,
        source: &mut dyn Read,
        header: &Header,
        columns: &Columns,
        tick: &dyn Fn(u64),
    ) -> Result<u64, ImportError> {
        let name = self.file.name.clone();
        let unreadable = |cause| ImportError::Unreadable(name.clone(), cause);
        let mut records = Records::new(source, None).map_err(unreadable)?;
        // The header was read before.
        records.next().map_err(unreadable)?;
        let mut rows = 0;
        loop {
            if rows % 4096 == 0 {
                tick(records.bytes_read());
            }
            let Some(found) = records.next().map_err(unreadable)? else {
                return Ok(rows);
            };
            rows += 1;
            match found {
                Found::Endless { line, raw } => {
                    let reason = format!(
                        "a quote that is never closed, or a row of more than {} KiB",
                        records::MAX_RECORD / 1024
                    );
                    let consent = match columns.says {
                        Says::All(consent) => Some(consent),
                        _ => None,
                    };
                    self.rows.reject(line, reason, raw, consent);
                }
                Found::Record { line, raw, fields } => {
                    let cells = cells(&fields);
                    let mut mended = Vec::new();
                    match cells.len().cmp(&header.titles.len()) {
                        std::cmp::Ordering::Greater => mended.push(Mended::ExtraFields),
                        std::cmp::Ordering::Less => mended.push(Mended::MissingFields),
                        std::cmp::Ordering::Equal => {}
                    }
                    match columns.consent(header, &cells) {
                        Ok(said) => {
                            if let Some(lists) = columns.lists {
                                let named = columns::cell(&cells, lists.at);
                                if !self.rows.is_wanted(lists, named, line, said.consent)? {
                                    continue;
                                }
                            }
                            if !said.words.is_empty() {
                                self.rows.status(columns.system, said.words, said.consent);
                            }
                            let row = columns.row(&cells, &mut mended);
                            self.rows
                                .person(row, said.consent, line, mended, || records::excerpt(raw));
                        }
                        Err(words) => self.rows.unknown(columns.system, words, line),
                    }
                }
            }
        }
    }

    /// One address, or `Name <address>`, a line.
    fn list(mut self, tick: &dyn Fn(u64)) -> Result<(), ImportError> {
        let words = FileWords::of(self.file.short_name());
        let of_mailman = ["mailman", "members", "byuser", "bybounce", "byadmin"];
        let mut is_mailman = self.options.system == Some(System::Mailman) || words.any(&of_mailman);
        if !is_mailman && self.options.system.is_none() {
            // It may only show in the lines.
            lines(self.file, &|_| {}, &mut |_, text| {
                is_mailman |= text.contains('<');
                !is_mailman
            })?;
        }
        let mut read = self.rows.read_as(System::Table, "list of addresses");
        if is_mailman && self.options.all.is_none() {
            read.system = System::Mailman;
        }
        let says = match (self.options.all, is_mailman) {
            (Some(consent), _) => Some(consent),
            (None, true) => Some(system::mailman_status(&words)),
            (None, false) => None,
        };
        (read.says, read.says_nothing) = (says, says.is_none());
        lines(self.file, tick, &mut |line, text| {
            read.rows += 1;
            let mut mended = Vec::new();
            let row = row::mailbox(text, &mut mended);
            self.rows.person(row, says, line, mended, || {
                records::excerpt(text.as_bytes())
            });
            true
        })?;
        self.rows.end(read);
        Ok(())
    }
}
