//! A formatted message, as text and as HTML.

use std::fmt::{self, Write as _};

use fluent_bundle::FluentValue;
use maud::{Escaper, Render};

use super::bidi::{has_one_direction, reorders};
use super::numerals::Numerals;

// What begins a value's piece of a message, so that `Written` knows it from the words around it.
const TEXT: char = '\u{fdd0}';
const NUMBER: char = '\u{fdd1}';
const BOTH: char = '\u{fdd2}';

/// A message with its values filled in: `Display` writes it as text, Maud as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    text: String,
    html: String,
}

impl Message {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn into_text(self) -> String {
        self.text
    }

    pub(super) fn into_html(self) -> String {
        self.html
    }

    /// As a value for Fluent.
    pub(super) fn to_value(&self) -> String {
        both(&self.text, &self.html)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        let mut html = String::new();
        // A string never fails.
        let _ = Escaper::new(&mut html).write_str(text);
        let text = text.to_owned();
        Self { text, html }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Render for Message {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.html);
    }
}

/// A value whose text and HTML are known.
pub(super) fn both(text: &str, html: &str) -> String {
    format!("{BOTH}{}:{text}{html}", text.len())
}

/// A text without what would pass for [`both`].
pub(super) fn plain(text: &str) -> &str {
    text.trim_start_matches(BOTH)
}

/// Marks a value.
pub(super) fn marked<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::String(text) if text.starts_with(BOTH) => Some(text.to_string()),
        FluentValue::String(text) => Some(format!("{TEXT}{text}")),
        FluentValue::Number(number) => Some(format!("{NUMBER}{}", number.value)),
        _ => None,
    }
}

/// A message as it is written. Fluent writes each run of words and each value as one piece.
pub(super) struct Written<'l> {
    pub(super) message: Message,
    numerals: &'l Numerals,
    is_rtl: bool,
}

impl<'l> Written<'l> {
    pub(super) fn new(numerals: &'l Numerals, is_rtl: bool) -> Self {
        Self {
            message: Message::default(),
            numerals,
            is_rtl,
        }
    }

    fn escape(&mut self, text: &str) -> fmt::Result {
        self.message.text.push_str(text);
        Escaper::new(&mut self.message.html).write_str(text)
    }

    /// Writes a text so that it doesn't reorder what is beside it.
    pub(super) fn isolate(&mut self, text: &str) -> fmt::Result {
        if !self.is_rtl && !reorders(text) {
            return self.escape(text);
        }
        // A name alone has its own direction. A title with words of both has the language's: its first word may be a
        // name. So has a figure such as "75%".
        let tag = match (has_one_direction(text), self.is_rtl) {
            (true, _) => "<bdi>",
            (false, false) => "<bdi dir=\"ltr\">",
            (false, true) => "<bdi dir=\"rtl\">",
        };
        self.message.html.push_str(tag);
        self.escape(text)?;
        self.message.html.push_str("</bdi>");
        Ok(())
    }
}

impl fmt::Write for Written<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        if let Some(number) = piece.strip_prefix(NUMBER) {
            self.escape(&self.numerals.write(number))
        } else if let Some(both) = piece.strip_prefix(BOTH) {
            let (length, both) = both.split_once(':').ok_or(fmt::Error)?;
            let length = length.parse().map_err(|_| fmt::Error)?;
            let (text, html) = both.split_at_checked(length).ok_or(fmt::Error)?;
            self.message.text.push_str(text);
            self.message.html.push_str(html);
            Ok(())
        } else if let Some(value) = piece.strip_prefix(TEXT) {
            self.isolate(value)
        } else {
            self.escape(piece)
        }
    }
}
