//! The content of a mail on its way in (RFC 5321 §4.1.1.4, §4.5.2): where it ends, what is wrong
//! with it, and how dot-stuffing is undone.

use std::io::BufRead as _;

/// The longest line, in octets without its CRLF (RFC 5321 §4.5.3.1.6).
pub(super) const LONGEST_LINE: usize = 998;
/// The final dot, which follows the last line's CRLF.
pub(super) const FINAL_DOT: &[u8] = b".\r\n";

/// Looks for the end of a content that arrives in pieces. Each octet is looked at once.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Where the current line begins. Lines end with CRLF and with nothing else.
    line: usize,
    /// What is before this was looked at.
    seen: usize,
    /// How many lines are complete.
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
    /// Goes on with `bytes`, which begin where the content begins and may have grown since the
    /// last call. Returns the content's length when the final dot is there.
    ///
    /// Only CRLF.CRLF ends it. Whoever takes a bare LF for a line end can be made to see another
    /// mail inside this one.
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

    /// Forgets the complete lines; returns how many octets they were. The caller drops them.
    pub(super) fn forget(&mut self) -> usize {
        let forgotten = self.line;
        self.seen -= forgotten;
        self.line = 0;
        forgotten
    }

    /// True if a line begins with a dot, so that [`unstuffed`] has something to do.
    pub(super) fn is_stuffed(&self) -> bool {
        self.stuffed
    }

    /// What was wrong so far.
    pub(super) fn flaws(&self) -> Flaws {
        self.flaws
    }
}

impl Flaws {
    /// What is wrong first, in words.
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

/// The content without the dot that was put before each line that begins with one.
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

/// How long the first line is with its CRLF.
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

/// Where the first such octet is. `skip_until` is the standard library's door to the system's
/// `memchr`: several times faster than a loop, and fast in debug builds, too.
pub(super) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut rest = bytes;
    let skipped = rest.skip_until(wanted).ok()?.checked_sub(1)?;
    (bytes[skipped] == wanted).then_some(skipped)
}
