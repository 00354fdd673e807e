//! Finds the end and the flaws of a mail's content, and removes dot-stuffing (RFC 5321 §4.1.1.4,
//! §4.5.2).

use std::io::BufRead as _;

/// The longest line, in octets without its CRLF (RFC 5321 §4.5.3.1.6).
pub(super) const LONGEST_LINE: usize = 998;
/// The final dot, after the CRLF of the last line.
pub(super) const FINAL_DOT: &[u8] = b".\r\n";

/// Finds the end of content that arrives in pieces. Looks at each octet once.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Where the current line begins. Only CRLF ends a line.
    line: usize,
    /// How far the content has been scanned.
    seen: usize,
    /// Complete lines so far.
    lines: usize,
    stuffed: bool,
    flaws: Flaws,
}

/// The first line, from 1, with each kind of flaw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flaws {
    pub(super) bare_lf: Option<usize>,
    pub(super) bare_cr: Option<usize>,
    pub(super) long_line: Option<usize>,
}

impl Scan {
    /// Scans `bytes`, which begin where the content begins and may have grown since the last call.
    /// Returns the content's length once the final dot has arrived.
    ///
    /// Only CRLF.CRLF ends the content. A receiver that accepts a bare LF as a line end can be made
    /// to see another mail inside this one.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        while let Some(found) = find(&bytes[self.seen..], b'\n') {
            let lf = self.seen + found;
            self.seen = lf + 1;
            match bytes[self.line..lf].split_last() {
                Some((b'\r', b".")) => return Some(self.line),
                Some((b'\r', line)) => self.end_line(line),
                _ => mark(&mut self.flaws.bare_lf, self.lines + 1),
            }
        }
        self.seen = bytes.len();
        None
    }

    fn end_line(&mut self, line: &[u8]) {
        let stuffing = usize::from(line.first() == Some(&b'.'));
        self.stuffed |= stuffing == 1;
        self.lines += 1;
        if line.len() - stuffing > LONGEST_LINE {
            mark(&mut self.flaws.long_line, self.lines);
        }
        if find(line, b'\r').is_some() {
            mark(&mut self.flaws.bare_cr, self.lines);
        }
        self.line = self.seen;
    }

    /// Forgets the complete lines and returns their size in octets. The caller drops them.
    pub(super) fn forget(&mut self) -> usize {
        let forgotten = self.line;
        self.seen -= forgotten;
        self.line = 0;
        forgotten
    }

    /// True if a line begins with a dot, so that [`unstuffed`] is needed.
    pub(super) fn is_stuffed(&self) -> bool {
        self.stuffed
    }

    pub(super) fn flaws(&self) -> Flaws {
        self.flaws
    }
}

impl Flaws {
    /// Describes one of the flaws.
    pub(super) fn describe(&self) -> Option<String> {
        let flaws = [
            (self.bare_lf, "a bare LF"),
            (self.bare_cr, "a bare CR"),
            (self.long_line, "more than 998 octets"),
        ];
        let flaw = flaws.iter().find_map(|(line, what)| Some(((*line)?, what)));
        flaw.map(|(line, what)| format!("line {line} of the content has {what}"))
    }
}

/// The content without the dot that stuffing puts before a line's own.
pub(super) fn unstuffed(content: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(content.len());
    let mut rest = content;
    while !rest.is_empty() {
        let line = rest.strip_prefix(b".").unwrap_or(rest);
        let end = line_end(line);
        plain.extend_from_slice(&line[..end]);
        rest = &line[end..];
    }
    plain
}

/// The length of the first line with its CRLF.
fn line_end(text: &[u8]) -> usize {
    let mut end = 0;
    while let Some(lf) = find(&text[end..], b'\n') {
        end += lf + 1;
        if text[..end].ends_with(b"\r\n") {
            return end;
        }
    }
    text.len()
}

fn mark(flaw: &mut Option<usize>, line: usize) {
    flaw.get_or_insert(line);
}

/// The place of the first such octet. `skip_until` uses the system's `memchr`, which is several
/// times faster than a loop, also in debug builds.
pub(super) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut rest = bytes;
    let skipped = rest.skip_until(wanted).ok()?.checked_sub(1)?;
    (bytes[skipped] == wanted).then_some(skipped)
}
