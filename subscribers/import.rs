//! A CSV file (RFC 4180) of readers, row by row, in constant memory.
//!
//! The first row names the columns, in any order and case: `email` (or `e-mail`, or `address`),
//! and, where wanted, `name`, `time_zone`, `frequency` (`every` or `digest`) and `paused_until` (RFC 3339);
//! other columns are ignored and listed. The file is UTF-8, with or without a byte order mark; lines end in LF, CRLF or CR; fields may be quoted. Blank lines are
//! skipped.
//!
//! The apostrophe that an export puts before what a spreadsheet would run is taken off again
//! ([`formula`]).
//!
//! A bad row is reported with its line and never stops the import. A row must have exactly as
//! many fields as the header: with one missing there is no telling which, and a shifted row could
//! write to the wrong person. So a row that only lacks optional columns at its end is reported too.

use std::fmt;
use std::io::{self, Read};

use thiserror::Error;

use crate::address::{Address, AddressError};
use crate::formula;
use crate::profile::{self, Frequency, ProfileError};
use crate::records::{self, Fields, Found, Records};

pub use crate::records::{MAX_RAW, MAX_RECORD};

/// Reads subscribers from CSV: an iterator over rows. See the module for the format.
///
/// An item is `Err` only if reading itself failed; after that there are no more.
pub struct Reader<R> {
    records: Records<R>,
    columns: Columns,
    done: bool,
}

/// A good row. `Debug` shows only its line.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file, from 1, on which the row begins.
    pub line: u64,
    /// Whom it is about.
    pub address: Address,
    /// The name, trimmed; free of control characters.
    pub name: Option<String>,
    /// A name of the IANA time zone database.
    pub time_zone: Option<String>,
    /// How often they want mail.
    pub frequency: Frequency,
    /// Until when they want none, Unix milliseconds UTC.
    pub paused_until: Option<i64>,
}

/// A row that was left out. `Debug` shows its line and the reason, not the row.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The line of the file, from 1, on which the row begins.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// The row as it stands in the file, without its line end: for the report file only. Bytes
    /// that are not UTF-8 are replaced; cut after [`MAX_RAW`] bytes, with `…` as the sign of it.
    pub raw: String,
}

/// Why a row was left out. Never quotes the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// Bytes that are not UTF-8.
    #[error("not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// More or fewer fields than the header.
    #[error("{found} fields where the header has {expected}")]
    Ragged {
        /// The header's fields.
        expected: usize,
        /// The row's fields.
        found: usize,
    },
    /// A row of more than [`MAX_RECORD`] bytes, or a quoted field without its end. Reading goes on
    /// at the next line, so that one stray quote does not swallow the rows behind it; after 256 of
    /// them, quotes no longer reach past their line.
    #[error("a quote that is never closed, or a row of more than {} KiB", MAX_RECORD / 1024)]
    Endless,
    /// No usable address.
    #[error("{0}")]
    Address(#[from] AddressError),
    /// No usable name, time zone, frequency or pause.
    #[error("{0}")]
    Profile(#[from] ProfileError),
}

/// Why a file cannot be imported at all.
#[derive(Debug, Error)]
pub enum ImportError {
    /// Reading failed.
    #[error("the file could not be read")]
    Read(#[source] io::Error),
    /// UTF-16, which spreadsheets call "Unicode text".
    #[error("the file is UTF-16; save it as UTF-8")]
    Utf16,
    /// No header: the file holds nothing but blank lines, if anything.
    #[error("the file is empty; it needs a header row with a column `email`")]
    Empty,
    /// A header that is not text, or has no end.
    #[error(
        "the first row is not text in UTF-8; the file must be CSV with a header row with a column `email`"
    )]
    NotText,
    /// A header without a column for the address.
    #[error("the header has no column `email` (found {found}){hint}")]
    NoEmailColumn {
        /// The header's fields, quoted, escaped and cut to a printable length.
        found: String,
        /// What is likely wrong, to be put behind; may be empty.
        hint: &'static str,
    },
    /// A column that is read twice in the header.
    #[error("the header has the column `{0}` twice; leave one")]
    DuplicateColumn(&'static str),
}

impl<R: Read> Reader<R> {
    /// Reads the header. `source` needs no buffer of its own.
    ///
    /// # Errors
    /// [`ImportError`], if the file has no header with a column for the address or cannot be read.
    pub fn new(source: R) -> Result<Self, ImportError> {
        let mut records = Records::new(source, Some(b',')).map_err(ImportError::Read)?;
        if records.starts_as_utf16() {
            return Err(ImportError::Utf16);
        }
        let columns = match records.next().map_err(ImportError::Read)? {
            None => return Err(ImportError::Empty),
            Some(Found::Endless { .. }) => return Err(ImportError::NotText),
            Some(Found::Record { fields, .. }) => Columns::from_header(&fields)?,
        };
        Ok(Self {
            records,
            columns,
            done: false,
        })
    }

    /// The names of the columns that are not read, as the header spells them.
    #[must_use]
    pub fn ignored_columns(&self) -> &[String] {
        &self.columns.ignored
    }

    /// Bytes taken from the source so far, for a progress bar: up to 128 KiB ahead of the last row.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }

    fn read_row(&mut self) -> io::Result<Option<Result<Row, Rejected>>> {
        let Some(found) = self.records.next()? else {
            return Ok(None);
        };
        Ok(Some(match found {
            Found::Endless { line, raw } => Err(Rejected {
                line,
                reason: Reason::Endless,
                raw,
            }),
            Found::Record { line, raw, fields } => {
                self.columns
                    .check(line, &fields)
                    .map_err(|reason| Rejected {
                        line,
                        reason,
                        raw: records::excerpt(raw),
                    })
            }
        }))
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Result<Row, Rejected>, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let item = self.read_row().map_err(ImportError::Read).transpose();
        self.done = !matches!(item, Some(Ok(_)));
        item
    }
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected")
            .field("line", &self.line)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// Where the columns are.
#[derive(Debug)]
struct Columns {
    count: usize,
    email: usize,
    name: Option<usize>,
    time_zone: Option<usize>,
    frequency: Option<usize>,
    paused_until: Option<usize>,
    ignored: Vec<String>,
}

/// In order of preference: a file with `email` may well call the postal address `address`.
const EMAIL: [&str; 3] = ["email", "e-mail", "address"];
const NAME: [&str; 1] = ["name"];
const TIME_ZONE: [&str; 4] = ["time_zone", "time-zone", "time zone", "timezone"];
const FREQUENCY: [&str; 1] = ["frequency"];
const PAUSED_UNTIL: [&str; 1] = ["paused_until"];

impl Columns {
    fn from_header(fields: &Fields<'_>) -> Result<Self, ImportError> {
        let text = fields.text().ok_or(ImportError::NotText)?;
        let titles: Vec<String> = (0..fields.len())
            .map(|at| text.get(at).unwrap_or_default().trim().to_owned())
            .collect();
        let email = column(&titles, &EMAIL)?.ok_or_else(|| no_email_column(&titles))?;
        let (name, time_zone) = (column(&titles, &NAME)?, column(&titles, &TIME_ZONE)?);
        let frequency = column(&titles, &FREQUENCY)?;
        let paused_until = column(&titles, &PAUSED_UNTIL)?;
        let read = [Some(email), name, time_zone, frequency, paused_until];
        let count = titles.len();
        let ignored = titles
            .into_iter()
            .enumerate()
            .filter(|(at, title)| !read.contains(&Some(*at)) && !title.is_empty())
            .map(|(_, title)| title)
            .collect();
        Ok(Self {
            count,
            email,
            name,
            time_zone,
            frequency,
            paused_until,
            ignored,
        })
    }

    fn check(&self, line: u64, fields: &Fields<'_>) -> Result<Row, Reason> {
        let text = fields.text().ok_or(Reason::NotUtf8)?;
        if fields.len() != self.count {
            return Err(Reason::Ragged {
                expected: self.count,
                found: fields.len(),
            });
        }
        let field = |at: usize| text.get(at).map(formula::unguard).ok_or(Reason::NotUtf8);
        let optional = |at: Option<usize>| at.map_or(Ok(""), field);
        Ok(Row {
            line,
            address: Address::parse(field(self.email)?)?,
            name: profile::name(optional(self.name)?)?.map(str::to_owned),
            time_zone: profile::time_zone(optional(self.time_zone)?)?
                .map(|zone| zone.name().to_owned()),
            frequency: profile::frequency(optional(self.frequency)?)?,
            paused_until: profile::paused_until(optional(self.paused_until)?)?,
        })
    }
}

/// Finds the column with the first of these titles that the header has.
fn column(titles: &[String], accepted: &[&'static str]) -> Result<Option<usize>, ImportError> {
    for title in accepted {
        let mut places = (0..titles.len()).filter(|at| titles[*at].eq_ignore_ascii_case(title));
        let first = places.next();
        if places.next().is_some() {
            return Err(ImportError::DuplicateColumn(title));
        }
        if first.is_some() {
            return Ok(first);
        }
    }
    Ok(None)
}

fn no_email_column(titles: &[String]) -> ImportError {
    const SHOWN: usize = 8;
    const WIDTH: usize = 40;
    let mut found: Vec<String> = titles
        .iter()
        .take(SHOWN)
        .map(|title| format!("`{}`", title.escape_debug().take(WIDTH).collect::<String>()))
        .collect();
    if titles.len() > SHOWN {
        found.push(format!("{} more", titles.len() - SHOWN));
    }
    let any = |c: char| titles.iter().any(|title| title.contains(c));
    let hint = if any('@') {
        "; the first row must name the columns, and this one looks like a reader"
    } else if titles.len() == 1 && (any(';') || any('\t')) {
        "; columns must be separated by commas"
    } else {
        ""
    };
    ImportError::NoEmailColumn {
        found: found.join(", "),
        hint,
    }
}

#[cfg(test)]
mod tests;
