//! From the bytes of a table (RFC 4180) to its records: fields, the line they begin on, and the bytes they were
//! read from. Lines end in LF, CRLF or CR; fields may be quoted; blank lines are skipped.

use std::io::{self, Read};

use csv_core::ReadRecordResult;

/// How many bytes of a record are kept for a report.
pub const MAX_RAW: usize = 2048;
/// The longest row in bytes, its line end included.
pub const MAX_RECORD: usize = 64 * 1024;
/// Room for the longest row and as much again to read ahead.
const BUFFER: usize = 2 * MAX_RECORD;
/// A parsed row has no more bytes, and no more fields, than the bytes it is read from and the
/// line end that is lent to the file's last row.
const PARSED: usize = BUFFER + 2;

/// Enough for a byte order mark and `"sep=;"` with one byte of its line end.
const FIRST_BYTES: usize = 11;

/// After so many records without end, quotes no longer reach past their line. Each of them costs a
/// look [`MAX_RECORD`] bytes ahead, which a hostile file could ask for on every line.
const MAX_ENDLESS: u32 = 256;

/// Cuts a source into records, in a fixed amount of memory.
pub struct Records<R> {
    source: R,
    parser: csv_core::Reader,
    buffer: Box<[u8]>,
    /// The bytes of `buffer` that are read and not yet used: `start..end`.
    start: usize,
    end: usize,
    at_end: bool,
    bytes_read: u64,
    /// The line that `buffer[start]` is on.
    line: u64,
    /// The byte before `buffer[start]` was CR, so a LF there ends no second line.
    after_cr: bool,
    /// How many records without end were met.
    endless: u32,
    content: Box<[u8]>,
    ends: Box<[usize]>,
}

/// What stands at one place of the file.
pub enum Found<'a> {
    /// A whole record.
    Record {
        /// The line, from 1, on which it begins.
        line: u64,
        /// Its bytes, the line end included.
        raw: &'a [u8],
        /// Its fields.
        fields: Fields<'a>,
    },
    /// A record without end: a quote that is never closed, or more than [`MAX_RECORD`] bytes. Only its first
    /// line was passed over.
    Endless {
        /// The line, from 1, on which it begins.
        line: u64,
        /// Its first line, as [`excerpt`] shows it.
        raw: String,
    },
}

/// The fields of one record, unquoted, in one run of bytes.
pub struct Fields<'a> {
    content: &'a [u8],
    ends: &'a [usize],
}

/// How far a record goes: its bytes in the buffer, and what was parsed from them.
struct Extent {
    bytes: usize,
    content: usize,
    fields: usize,
}

impl<R: Read> Records<R> {
    /// Reads the first bytes, and passes over a UTF-8 byte order mark and over the line `sep=;` by which a table
    /// names its delimiter to Excel. `delimiter` stands between fields; `None` for the one that is named, or else
    /// for whichever of comma, semicolon and tab the first line has most of.
    pub fn new(source: R, delimiter: Option<u8>) -> io::Result<Self> {
        let mut records = Self {
            source,
            parser: csv_core::Reader::new(),
            buffer: vec![0; BUFFER].into_boxed_slice(),
            start: 0,
            end: 0,
            at_end: false,
            bytes_read: 0,
            line: 1,
            after_cr: false,
            endless: 0,
            content: vec![0; PARSED].into_boxed_slice(),
            ends: vec![0; PARSED].into_boxed_slice(),
        };
        while records.unread().len() < FIRST_BYTES && records.fill()? {}
        if records.unread().starts_with(b"\xef\xbb\xbf") {
            records.advance(3);
        }
        let named = match named_delimiter(records.unread()) {
            Some((delimiter, bytes)) => {
                records.advance(bytes);
                Some(delimiter)
            }
            None => None,
        };
        let delimiter = match delimiter.or(named) {
            Some(delimiter) => delimiter,
            None => records.usual_delimiter()?,
        };
        records.parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Ok(records)
    }

    /// The delimiter that the first line has most of; a comma if it has none.
    fn usual_delimiter(&mut self) -> io::Result<u8> {
        while self.unread().len() < MAX_RECORD && self.fill()? {}
        let line = self.unread().split(ends_line).find(|line| !line.is_empty());
        let count = |delimiter: u8| {
            let mut quoted = false;
            let outside = line.unwrap_or_default().iter().filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == delimiter
            });
            outside.count()
        };
        // Of two that are there as often, the one that titles hold less often.
        let usual = [b',', b';', b'\t']
            .into_iter()
            .filter(|delimiter| count(*delimiter) > 0);
        Ok(usual
            .max_by_key(|delimiter| count(*delimiter))
            .unwrap_or(b','))
    }

    /// Bytes taken from the source so far, for a progress bar: up to 128 KiB ahead of the last record.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next record that is not a blank line; `None` at the end.
    #[allow(clippy::should_implement_trait, reason = "it lends from the reader")]
    pub fn next(&mut self) -> io::Result<Option<Found<'_>>> {
        if !self.skip_blank_lines()? {
            return Ok(None);
        }
        let line = self.line;
        let Some(extent) = self.measure()? else {
            let raw = self.skip_line()?;
            return Ok(Some(Found::Endless { line, raw }));
        };
        let first = self.start;
        self.advance(extent.bytes);
        let fields = Fields {
            content: &self.content[..extent.content],
            ends: &self.ends[..extent.fields],
        };
        let raw = &self.buffer[first..self.start];
        Ok(Some(Found::Record { line, raw, fields }))
    }

    /// Parses the record at `start` without passing over it; `None` if it has no end within
    /// [`MAX_RECORD`] bytes, or none at all.
    fn measure(&mut self) -> io::Result<Option<Extent>> {
        let mut at = Extent {
            bytes: 0,
            content: 0,
            fields: 0,
        };
        loop {
            if at.bytes > MAX_RECORD {
                return Ok(None);
            }
            // A line end lent to the file's last row closes it, unless it stands inside a quote.
            let lent = at.bytes == self.unread().len() && !self.fill()?;
            let seen = self.start + at.bytes;
            let ahead = self.ahead(seen);
            let input = if lent {
                b"\n"
            } else {
                &self.buffer[seen..ahead]
            };
            let last = lent || (self.one_line() && input.last().is_some_and(ends_line));
            let (result, bytes, content, fields) = self.parser.read_record(
                input,
                &mut self.content[at.content..],
                &mut self.ends[at.fields..],
            );
            at.bytes += if lent { 0 } else { bytes };
            at.content += content;
            at.fields += fields;
            match result {
                ReadRecordResult::Record if at.bytes <= MAX_RECORD => return Ok(Some(at)),
                ReadRecordResult::InputEmpty if !last => {}
                _ => return Ok(None),
            }
        }
    }

    /// How far the parser may look from a place in the buffer on.
    fn ahead(&self, from: usize) -> usize {
        let unseen = &self.buffer[from..self.end];
        let line = || {
            unseen
                .split_inclusive(ends_line)
                .next()
                .map_or(0, <[u8]>::len)
        };
        from + if self.one_line() {
            line()
        } else {
            unseen.len()
        }
    }

    fn one_line(&self) -> bool {
        self.endless >= MAX_ENDLESS
    }

    /// Passes over the rest of the line at `start`, quoted or not, however long it is, and returns
    /// its beginning. This is how reading goes on behind a record without end.
    fn skip_line(&mut self) -> io::Result<String> {
        self.parser.reset();
        self.endless = self.endless.saturating_add(1);
        let first = self.unread().split(ends_line).next().unwrap_or_default();
        let raw = excerpt(first);
        loop {
            if let Some(at) = self.unread().iter().position(ends_line) {
                self.advance(at + 1);
                return Ok(raw);
            }
            self.advance(self.unread().len());
            if !self.fill()? {
                return Ok(raw);
            }
        }
    }

    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        loop {
            match self.unread().first() {
                Some(b'\n' | b'\r') => self.advance(1),
                Some(_) => return Ok(true),
                None => {
                    if !self.fill()? {
                        return Ok(false);
                    }
                }
            }
        }
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Uses up bytes and counts the lines that end in them.
    fn advance(&mut self, bytes: usize) {
        let used = &self.buffer[self.start..self.start + bytes];
        for &byte in used {
            let counts = byte == b'\r' || (byte == b'\n' && !self.after_cr);
            self.line += u64::from(counts);
            self.after_cr = byte == b'\r';
        }
        self.start += bytes;
    }

    /// Reads more behind what is unread, once; false at the end of the source. Never called with
    /// more than [`MAX_RECORD`] bytes unread, so there is room.
    fn fill(&mut self) -> io::Result<bool> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        while !self.at_end {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(bytes) => {
                    self.end += bytes;
                    self.bytes_read += bytes as u64;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

impl<'a> Fields<'a> {
    /// How many there are.
    #[allow(
        clippy::len_without_is_empty,
        reason = "a record has one field at least"
    )]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// One field; `None` if there is none.
    pub fn get(&self, at: usize) -> Option<&'a [u8]> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.content.get(start..*self.ends.get(at)?)
    }
}

fn ends_line(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The delimiter that a first line `sep=;` names, and how many bytes that line has without its end.
fn named_delimiter(text: &[u8]) -> Option<(u8, usize)> {
    let quotes = usize::from(text.first() == Some(&b'"'));
    let (name, rest) = text.get(quotes..)?.split_at_checked(4)?;
    let (delimiter, rest) = rest.split_first()?;
    let rest = if quotes == 0 {
        rest
    } else {
        rest.strip_prefix(b"\"")?
    };
    let ends = rest.first().is_none_or(ends_line);
    let can_be = !delimiter.is_ascii_alphanumeric() && delimiter.is_ascii();
    let can_be = can_be && !matches!(delimiter, b'"' | b'\n' | b'\r');
    (name.eq_ignore_ascii_case(b"sep=") && ends && can_be).then_some((*delimiter, 5 + 2 * quotes))
}

/// A row for the report: text, without its line end, cut to [`MAX_RAW`] bytes.
pub fn excerpt(raw: &[u8]) -> String {
    let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
    let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
    match raw.get(..MAX_RAW) {
        Some(cut) if cut.len() < raw.len() => String::from_utf8_lossy(cut).into_owned() + "…",
        _ => String::from_utf8_lossy(raw).into_owned(),
    }
}

#[cfg(test)]
mod tests;
