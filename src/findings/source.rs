//! A file's text, and the line and column of each byte.

use std::ops::Range;
use std::path::{Path, PathBuf};

const BOM: &str = "\u{feff}";

/// The interval, in bytes, at which characters are counted in advance: finding a column counts at most one
/// such block, however long the line is.
const BLOCK: usize = 256;
/// Of a longer line, only a part is shown. In bytes.
const LONG_LINE: usize = 1_000;
/// How many bytes of a long line are shown before and after a place.
const BEFORE: usize = 200;
const BEHIND: usize = 400;

#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    line_starts: Vec<usize>,
    /// How many characters begin before each block; empty if the text is ASCII.
    characters: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1. A tab counts as one, a byte order mark as none.
    pub column: usize,
}

impl Source {
    pub fn new(path: impl Into<PathBuf>, text: String) -> Self {
        let bom = if text.starts_with(BOM) { BOM.len() } else { 0 };
        let later = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(bom).chain(later).collect();
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                characters.push(before);
                before += beginnings(block);
            }
        }
        Self {
            path: path.into(),
            text,
            line_starts,
            characters,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, including a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte. An offset past the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_index(offset);
        let start = self.line_starts[line];
        Position {
            line: line + 1,
            column: self.characters_before(offset.max(start)) - self.characters_before(start) + 1,
        }
    }

    /// The number of the line that a byte is in, from 1.
    pub(super) fn line_number(&self, offset: usize) -> usize {
        self.line_index(self.floor(offset)) + 1
    }

    /// The line of a byte, without its line ending; of a long line, the part around that byte.
    pub fn line(&self, offset: usize) -> &str {
        self.text[self.part_of_line(offset)].trim_end_matches(['\r', '\n'])
    }

    /// The range of the line of a byte, including its ending; of a long line, the part around that byte.
    pub(super) fn part_of_line(&self, offset: usize) -> Range<usize> {
        let offset = self.floor(offset);
        let line = self.lines_around(offset..offset);
        if line.len() <= LONG_LINE {
            return line;
        }
        let start = self.floor(offset.saturating_sub(BEFORE)).max(line.start);
        let end = self.floor(offset.saturating_add(BEHIND)).min(line.end);
        start..end.max(start)
    }

    /// The range of all lines that a span touches, including the last line ending.
    pub(super) fn lines_around(&self, span: Range<usize>) -> Range<usize> {
        let first = self.line_index(self.floor(span.start));
        // A span that ends with a line break does not touch the line after it.
        let touched = span.end.saturating_sub(1).max(span.start);
        let last = self.line_index(self.floor(touched));
        let end = self.line_starts.get(last + 1).copied();
        self.line_starts[first]..end.unwrap_or(self.text.len())
    }

    /// The span, moved onto character boundaries inside the text.
    pub(super) fn clamp(&self, span: Range<usize>) -> Range<usize> {
        let start = self.floor(span.start).max(self.line_starts[0]);
        start..self.floor(span.end).max(start)
    }

    fn characters_before(&self, offset: usize) -> usize {
        if self.characters.is_empty() {
            return offset;
        }
        // The end of a text that fills its last block belongs to that block.
        let block = (offset / BLOCK).min(self.characters.len() - 1);
        self.characters[block] + beginnings(&self.text.as_bytes()[block * BLOCK..offset])
    }

    fn line_index(&self, offset: usize) -> usize {
        let behind = self.line_starts.partition_point(|start| *start <= offset);
        behind.saturating_sub(1)
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

/// How many characters begin in these bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_the_byte_order_mark() {
        let source = Source::new("x", "\u{feff}é\tb\r\nü = 1".to_owned());
        let at = |offset| {
            let Position { line, column } = source.position(offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(4), (1, 1), "inside a character is the character");
        assert_eq!(at(5), (1, 2));
        assert_eq!(at(6), (1, 3));
        assert_eq!(at(9), (2, 1));
        assert_eq!(at(11), (2, 2));
        assert_eq!(at(999), (2, 6));
        assert_eq!(source.line(0), "é\tb");
        assert_eq!(source.line(999), "ü = 1");
    }

    #[test]
    fn columns_of_a_long_line_are_counted_by_blocks() {
        for text in ["é".repeat(600), "e".repeat(600), "漢e".repeat(256)] {
            let source = Source::new("x", format!("ü\n{text}\nä"));
            for (nth, (at, _)) in text.char_indices().enumerate() {
                let place = source.position("ü\n".len() + at);
                assert_eq!((place.line, place.column), (2, nth + 1));
            }
            assert_eq!(source.position(usize::MAX), Position { line: 3, column: 2 });
        }
    }

    #[test]
    fn a_long_line_is_shown_around_the_place() {
        let source = Source::new(
            "x",
            format!("a\n{}b{}\nc", "é".repeat(600), "-".repeat(2_000)),
        );
        let at = source.text().find('b').unwrap();
        assert_eq!(
            source.line(at),
            format!("{}b{}", "é".repeat(100), "-".repeat(399))
        );
        assert_eq!(source.line(0), "a");
        assert!(source.line(usize::MAX).ends_with('c'));
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let source = Source::new("x", String::new());
        assert_eq!(source.position(7), Position { line: 1, column: 1 });
        assert_eq!(source.line(7), "");
    }
}
