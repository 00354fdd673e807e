//! The bytes of a file as lines, cells and text.

use std::borrow::Cow;
use std::io::{self, BufRead as _, BufReader, Read};

use encoding_rs::WINDOWS_1252;
use subscribers::records;

use super::ImportError;
use super::files::File;

/// Passes each line that is not blank to `take`, with its number, until it returns false. Lines end in LF, CRLF or
/// CR. Reads only the beginning of a line that is longer than a record may be.
pub(super) fn lines(
    file: &File,
    tick: &dyn Fn(u64),
    take: &mut dyn FnMut(u64, &str) -> bool,
) -> Result<(), ImportError> {
    let unreadable = |cause| ImportError::Unreadable(file.name.clone(), cause);
    file.read(|source| {
        let mut source = BufReader::new(source);
        let (mut line, mut number, mut bytes, mut after_cr) = (Vec::new(), 1, 0, false);
        loop {
            let found = source.fill_buf().map_err(unreadable)?;
            let at_end = found.is_empty();
            let end = found.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let text = &found[..end.unwrap_or(found.len())];
            let is_second_half = after_cr && end == Some(0) && found[0] == b'\n';
            after_cr = end.map_or(after_cr && at_end, |at| found[at] == b'\r');
            let room = records::MAX_RECORD.saturating_sub(line.len());
            line.extend_from_slice(&text[..text.len().min(room)]);
            let used = end.map_or(found.len(), |at| at + 1);
            source.consume(used);
            bytes += used as u64;
            if is_second_half || end.is_none() && !at_end {
                continue;
            }
            let text = decoded(&line);
            if !text.trim().is_empty() && !take(number, text.trim()) || at_end {
                return Ok(());
            }
            line.clear();
            number += 1;
            if number % 4096 == 0 {
                tick(bytes);
            }
        }
    })
}

/// The fields of a record as text.
pub(super) fn cells<'a>(fields: &records::Fields<'a>) -> Vec<Cow<'a, str>> {
    let bytes = (0..fields.len()).map(|at| fields.get(at).unwrap_or_default());
    bytes.map(decoded).collect()
}

/// As UTF-8, or else as Windows-1252, where every byte is a character.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Counts the bytes that are read.
pub(super) struct Counted<'a> {
    pub(super) inner: &'a mut dyn Read,
    pub(super) bytes: u64,
    pub(super) tick: &'a dyn Fn(u64),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        (self.tick)(self.bytes);
        Ok(read)
    }
}
