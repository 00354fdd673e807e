//! A reader for CSV (RFC 4180): the fields of each record, the line it begins on, and its bytes. Lines end in
//! LF, CRLF or CR; fields may be quoted; blank lines are skipped.

use std::io::{self, Read};

use csv_core::ReadRecordResult;

/// How many bytes of a record a report shows.
pub const MAX_RAW: usize = 2048;
/// The longest record in bytes, including its line end.
pub const MAX_RECORD: usize = 64 * 1024;
/// Room for the longest record, and as much again to read ahead.
const BUFFER: usize = 2 * MAX_RECORD;
/// A parsed record has at most as many bytes, and as many fields, as the bytes it is read from plus the line
/// end that [`Records::measure`] adds to the last one.
const PARSED: usize = BUFFER + 2;

/// Enough for a byte order mark and `"sep=;"` with one byte of its line end.
const FIRST_BYTES: usize = 11;

/// After this many endless records, a quote no longer reaches past its line. Each endless record costs a scan
/// of [`MAX_RECORD`] bytes, which a hostile file could force on every line.
const MAX_ENDLESS: u32 = 256;

/// Splits a source into records, in a fixed amount of memory.
pub struct Records<R> {
    source: R,
    parser: csv_core::Reader,
    buffer: Box<[u8]>,
    /// `start..end` in `buffer` is read and not yet used.
    start: usize,
    end: usize,
    at_end: bool,
    bytes_read: u64,
    /// The line that `buffer[start]` is on.
    line: u64,
    /// The byte before `buffer[start]` was CR, so an LF there does not end another line.
    after_cr: bool,
    endless: u32,
    content: Box<[u8]>,
    ends: Box<[usize]>,
}

/// One step of reading. Lines count from 1.
pub enum Found<'a> {
    Record {
        /// The line on which the record begins.
        line: u64,
        /// Includes the line end.
        raw: &'a [u8],
        fields: Fields<'a>,
    },
    /// A quote that is never closed, or more than [`MAX_RECORD`] bytes. Reading continues on the next line.
    Endless {
        /// The line on which the record begins.
        line: u64,
        /// Its first line, as [`excerpt`] shows it.
        raw: String,
    },
}

/// The fields of one record, unquoted, one after another in `content`.
pub struct Fields<'a> {
    content: &'a [u8],
    ends: &'a [usize],
}

/// How many bytes of the buffer a record has, and how much was parsed from them.
#[derive(Default)]
struct Extent {
    bytes: usize,
    content: usize,
    fields: usize,
}

impl<R: Read> Records<R> {
    /// Reads the first bytes, and skips a UTF-8 byte order mark and the line `sep=;`, which names the delimiter
    /// for Excel. With `None`, the delimiter is the one in that line, or else the one of comma, semicolon and
    /// tab that the first line has most often.
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
        let named = named_delimiter(records.unread());
        records.advance(named.map_or(0, |(_, bytes)| bytes));
        let delimiter = match delimiter.or(named.map(|(delimiter, _)| delimiter)) {
            Some(delimiter) => delimiter,
            None => records.usual_delimiter()?,
        };
        records.parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Ok(records)
    }

    /// The delimiter that the first line has most often; a comma if it has none.
    fn usual_delimiter(&mut self) -> io::Result<u8> {
        while self.unread().len() < MAX_RECORD && self.fill()? {}
        let line = self.unread().split(ends_line).find(|line| !line.is_empty());
        let line = line.unwrap_or_default();
        let count = |delimiter: u8| {
            let mut quoted = false;
            let outside = line.iter().filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == delimiter
            });
            outside.count()
        };
        // In a tie, the last one wins: it is rarer in titles.
        let usual = [b',', b';', b'\t'].map(|delimiter| (count(delimiter), delimiter));
        let most = usual.into_iter().filter(|(count, _)| *count > 0);
        Ok(most
            .max_by_key(|(count, _)| *count)
            .map_or(b',', |(_, delimiter)| delimiter))
    }

    /// Bytes read from the source so far, for a progress bar: up to 128 KiB ahead of the last record.
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

    /// Parses the record at `start` without moving past it; `None` if it has no end within [`MAX_RECORD`]
    /// bytes.
    fn measure(&mut self) -> io::Result<Option<Extent>> {
        let mut at = Extent::default();
        loop {
            if at.bytes > MAX_RECORD {
                return Ok(None);
            }
            // An extra line end closes the source's last record, unless a quote is open.
            let is_extra = at.bytes == self.unread().len() && !self.fill()?;
            let one_line = self.endless >= MAX_ENDLESS;
            let unseen = &self.buffer[self.start + at.bytes..self.end];
            let input = if is_extra {
                b"\n"
            } else if one_line {
                unseen.split_inclusive(ends_line).next().unwrap_or_default()
            } else {
                unseen
            };
            let last = is_extra || (one_line && input.last().is_some_and(ends_line));
            let (result, bytes, content, fields) = self.parser.read_record(
                input,
                &mut self.content[at.content..],
                &mut self.ends[at.fields..],
            );
            at.bytes += if is_extra { 0 } else { bytes };
            at.content += content;
            at.fields += fields;
            match result {
                ReadRecordResult::Record if at.bytes <= MAX_RECORD => return Ok(Some(at)),
                ReadRecordResult::InputEmpty if !last => {}
                _ => return Ok(None),
            }
        }
    }

    /// Skips the line at `start`, whatever quotes it has and however long it is, and returns its beginning, so
    /// that reading continues after an endless record.
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
            match self.unread().first().copied() {
                Some(b'\n' | b'\r') => self.advance(1),
                Some(_) => return Ok(true),
                None if !self.fill()? => return Ok(false),
                None => {}
            }
        }
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Moves past bytes and counts the lines that end in them.
    fn advance(&mut self, bytes: usize) {
        let used = &self.buffer[self.start..self.start + bytes];
        for &byte in used {
            let counts = byte == b'\r' || (byte == b'\n' && !self.after_cr);
            self.line += u64::from(counts);
            self.after_cr = byte == b'\r';
        }
        self.start += bytes;
    }

    /// Reads once from the source; false at its end. There is room, because no caller has more than
    /// [`MAX_RECORD`] bytes unread.
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
    #[allow(clippy::len_without_is_empty, reason = "a record has a field")]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, at: usize) -> Option<&'a [u8]> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.content.get(start..*self.ends.get(at)?)
    }
}

fn ends_line(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// The delimiter in a first line `sep=;`, and the length of that line without its end.
fn named_delimiter(text: &[u8]) -> Option<(u8, usize)> {
    let quotes = usize::from(text.first() == Some(&b'"'));
    let (name, rest) = text.get(quotes..)?.split_at_checked(4)?;
    let (delimiter, rest) = rest.split_first()?;
    let rest = rest.strip_prefix(&b"\""[..quotes])?;
    let ends = rest.first().is_none_or(ends_line);
    let can_be = !delimiter.is_ascii_alphanumeric() && delimiter.is_ascii();
    let can_be = can_be && !matches!(delimiter, b'"' | b'\n' | b'\r');
    (name.eq_ignore_ascii_case(b"sep=") && ends && can_be).then_some((*delimiter, 5 + 2 * quotes))
}

/// A record as a report shows it: text without its line end, cut to [`MAX_RAW`] bytes.
pub fn excerpt(raw: &[u8]) -> String {
    let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
    let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
    let cut = &raw[..raw.len().min(MAX_RAW)];
    let ellipsis = if cut.len() < raw.len() { "…" } else { "" };
    String::from_utf8_lossy(cut).into_owned() + ellipsis
}

#[cfg(test)]
mod tests;
