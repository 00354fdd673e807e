//! Reads the files and databases of an import into a [`Reading`].

use std::cmp::Ordering;
use std::io::{self, BufReader, Read};

use serde_json::Value;
use strum::IntoEnumIterator as _;
use subscribers::records::{self, Found, Records};

use super::columns::{self, Columns, StatusSource};
use super::files::{File, Files};
use super::header::{FileWords, Header};
use super::origin::System;
use super::reading::Reading;
use super::row::{self, Fixed};
use super::rows::Rows;
use super::system;
use super::text::{Counted, cells, lines};
use super::{ImportError, Options, database, json};

/// The keys under which JSON exports have their people.
const KEYS: &[&str] = &["data", "results", "members", "subscribers"];

/// Reads all files, then all databases. Calls `progress` with the total number of bytes and the number read so far.
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
    // Skips any number of blank lines.
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

/// One file, read by what its first byte shows.
struct Into<'a> {
    file: &'a File,
    options: &'a Options,
    rows: Rows<'a>,
}

impl Into<'_> {
    /// An empty file still counts if it is from Mailman, whose lists have no header: nobody's delivery is stopped.
    fn empty(self) -> Result<(), ImportError> {
        let system = self.options.system.unwrap_or_default();
        let mut read = self.rows.read_as(system, "nothing");
        if read.words.any(&["byuser", "bybounce", "byadmin"]) {
            read.system = System::Mailman;
            read.consent = Some(system::mailman_status(&read.words));
        }
        self.rows.end(read);
        Ok(())
    }

    fn json(mut self, tick: &dyn Fn(u64)) -> Result<(), ImportError> {
        let (file, list) = (self.file, self.options.list.as_deref());
        let each = |source: &mut dyn Read, take: &mut dyn FnMut(Value) -> bool| {
            let is_person = |value: &Value| system::element(value, list).is_some();
            let read = json::each(source, KEYS, &is_person, take);
            read.map_err(|error| ImportError::Json(file.name.clone(), error))
        };
        let mut first: Option<Value> = None;
        file.read(|source| {
            each(source, &mut |value| {
                first = Some(value);
                false
            })
        })?;
        let named = self.options.system;
        let system = match first.map(|value| system::element(&value, list)) {
            None => named.unwrap_or_default(),
            Some(Some(found)) if named.is_none_or(|named| named == found.system) => found.system,
            Some(_) => return Err(ImportError::UnknownJson(file.name.clone())),
        };
        let mut read = self.rows.read_as(system, "JSON");
        let mut foreign = None;
        file.read(|inner| {
            let bytes = 0;
            each(&mut Counted { inner, bytes, tick }, &mut |value| {
                read.rows += 1;
                match system::element(&value, list).filter(|element| element.system == system) {
                    Some(element) => self.rows.element(element, read.rows),
                    None => foreign = Some(read.rows),
                }
                foreign.is_none()
            })
        })?;
        if let Some(number) = foreign {
            return Err(ImportError::UnknownElement(file.name.clone(), number));
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
        let words = FileWords::of(&self.file.name);
        let mut columns = self.columns(&header, &words)?;
        if self.options.list.is_none() {
            columns.lists = None;
        }
        if let Some(consent) = self.options.all {
            columns.status = StatusSource::All(consent);
        } else if let Some(title) = system::unread_status(&columns, &header) {
            let file = self.file.name.clone();
            return Err(ImportError::UnreadStatus { file, title });
        }
        let has_no_status = matches!(columns.status, StatusSource::None);
        if columns.system == System::Mailerlite && has_no_status {
            return Err(ImportError::NoStatusInName(self.file.name.clone()));
        }
        let mut read = self.rows.read_as(columns.system, "table");
        read.columns = columns.read_as(&header);
        read.not_read = columns.not_read(&header);
        (read.consent, read.has_no_status) = (columns.status.all(), has_no_status);
        let file = self.file;
        read.rows = file.read(|source| self.table(source, &header, &columns, tick))?;
        self.rows.end(read);
        Ok(())
    }

    fn header(&self) -> Result<Header, ImportError> {
        self.file.read(|source| {
            let unreadable = |cause| ImportError::Unreadable(self.file.name.clone(), cause);
            let mut records = Records::new(source, None).map_err(unreadable)?;
            let titles = match records.next().map_err(unreadable)? {
                Some(Found::Record { fields, .. }) => cells(&fields),
                Some(Found::Endless { .. }) => {
                    return Err(ImportError::NoHeader(self.file.name.clone()));
                }
                None => Vec::new(),
            };
            let titles = titles.iter().map(|title| title.trim().to_owned());
            Ok(Header::new(titles.collect()))
        })
    }

    fn columns(&self, header: &Header, words: &FileWords) -> Result<Columns, ImportError> {
        let found = match (self.options.all, self.options.system) {
            (Some(_), _) => System::Table.columns(header, words),
            (None, Some(system)) => system.columns(header, words),
            (None, None) => System::iter().find_map(|system| system.columns(header, words)),
        };
        let first = header.titles.iter().take(12);
        found.ok_or_else(|| ImportError::NoColumns {
            file: self.file.name.clone(),
            system: self.options.system,
            titles: first
                .map(|title| format!("`{}`", title.escape_debug()))
                .collect(),
        })
    }

    fn table(
        &mut self,
        source: &mut dyn Read,
        header: &Header,
        columns: &Columns,
        tick: &dyn Fn(u64),
    ) -> Result<u64, ImportError> {
        let file = self.file;
        let unreadable = |cause| ImportError::Unreadable(file.name.clone(), cause);
        let mut records = Records::new(source, None).map_err(unreadable)?;
        // Skips the header.
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
                    self.rows.reject(line, reason, raw, columns.status.all());
                }
                Found::Record { line, raw, fields } => {
                    let cells = cells(&fields);
                    let (consent, words) = match columns.consent(header, &cells) {
                        Ok(found) => found,
                        Err(words) => {
                            self.rows.unknown(columns.system, words, line);
                            continue;
                        }
                    };
                    if let Some(lists) = columns.lists {
                        let named = columns::cell(&cells, lists.at);
                        if !self.rows.is_wanted(lists, named, line, consent)? {
                            continue;
                        }
                    }
                    self.rows.status(columns.system, words, consent);
                    let mut fixed = match cells.len().cmp(&header.titles.len()) {
                        Ordering::Greater => vec![Fixed::ExtraFields],
                        Ordering::Less => vec![Fixed::MissingFields],
                        Ordering::Equal => Vec::new(),
                    };
                    let row = columns.row(&cells, &mut fixed);
                    let raw = || records::excerpt(raw);
                    self.rows.person(row, consent, line, fixed, raw);
                }
            }
        }
    }

    /// A list with one address, or `Name <address>`, a line.
    fn list(mut self, tick: &dyn Fn(u64)) -> Result<(), ImportError> {
        let words = FileWords::of(&self.file.name);
        let of_mailman = ["mailman", "members", "byuser", "bybounce", "byadmin"];
        let mut is_mailman = self.options.system == Some(System::Mailman) || words.any(&of_mailman);
        if !is_mailman && self.options.system.is_none() {
            // Without a telling name, it shows in the lines.
            lines(self.file, &|_| {}, &mut |_, text| {
                is_mailman |= text.contains('<');
                !is_mailman
            })?;
        }
        let mut read = self.rows.read_as(System::Table, "list of addresses");
        if is_mailman && self.options.all.is_none() {
            read.system = System::Mailman;
        }
        let of_file = is_mailman.then(|| system::mailman_status(&words));
        let consent = self.options.all.or(of_file);
        (read.consent, read.has_no_status) = (consent, consent.is_none());
        lines(self.file, tick, &mut |line, text| {
            read.rows += 1;
            let mut fixed = Vec::new();
            let row = row::mailbox(text, &mut fixed);
            let raw = || records::excerpt(text.as_bytes());
            self.rows.person(row, consent, line, fixed, raw);
            true
        })?;
        self.rows.end(read);
        Ok(())
    }
}
