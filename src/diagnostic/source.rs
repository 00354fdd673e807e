//! A file's text, and where a byte of it stands.

use std::ops::Range;
use std::path::{Path, PathBuf};

const BOM: &str = "\u{feff}";

/// A file as findings show it.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

/// A place in a text, as people count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a tab is one character, a byte order mark none.
    pub column: usize,
}

impl Source {
    /// Takes a file's name and its whole text.
    pub fn new(path: impl Into<PathBuf>, text: String) -> Self {
        let bom = if text.starts_with(BOM) { BOM.len() } else { 0 };
        let later = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(bom).chain(later).collect();
        Self {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// The file's name.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, with a byte order mark where the file has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a byte stands; one behind the end counts as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line_index(offset);
        let start = self.line_starts[line];
        Position {
            line: line + 1,
            column: self.text[start..offset.max(start)].chars().count() + 1,
        }
    }

    /// The line that a byte is in, without its line ending.
    pub fn line(&self, offset: usize) -> &str {
        self.text[self.lines_around(offset..offset)].trim_end_matches(['\r', '\n'])
    }

    /// The bytes of all lines that a span touches, the last one's ending included.
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

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1)
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

#[cfg(test)]
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
    fn an_empty_text_has_one_line() {
        let source = Source::new("x", String::new());
        assert_eq!(source.position(7), Position { line: 1, column: 1 });
        assert_eq!(source.line(7), "");
    }
}
