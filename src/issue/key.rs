//! A key in an issue file: what its value must be, whether it must be there, and what it means.
//!
//! The reader, the schema and the scaffold all follow these, and a test compares `issues/README.md` with them.

use strum::IntoEnumIterator;

use super::limits;
use crate::findings::Report;
use crate::toml_source::{Table, Value};

#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) need: Need,
    /// Whole sentences, in Markdown.
    pub(super) about: &'static str,
    /// The length in characters from which on there is a warning.
    pub(super) warned_past: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Text on one line, with its limit in characters.
    Line(usize),
    /// A [`Line`](Self::Line) with a warning if it may not read as it is written.
    Title(usize),
    /// Markdown, with its limit in characters.
    Prose(usize),
    /// At most [`limits::URL`] characters.
    WebAddress,
    Date,
    Boolean,
    /// In lower-case hexadecimal digits.
    Sha256,
    /// One of these.
    Words(&'static [&'static str]),
    /// A panel role.
    Role,
    Approval,
    /// Codes with reasons, each a line of at most [`limits::ALLOWANCE`] characters.
    Allowances,
    /// Texts, or tables.
    Facts,
    Reviews,
    /// Exactly two.
    Tools,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Always,
    WhenReady,
    Optional,
}

impl Key {
    pub(super) const fn new(
        name: &'static str,
        kind: Kind,
        need: Need,
        about: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            need,
            about,
            warned_past: None,
        }
    }

    pub(super) const fn warned_past(mut self, characters: usize) -> Self {
        self.warned_past = Some(characters);
        self
    }

    /// The names, for a [`Shape`](crate::toml_source::Shape).
    pub(super) const fn names<const N: usize>(keys: &[Self; N]) -> [&'static str; N] {
        let mut names = [""; N];
        let mut at = 0;
        while at < N {
            names[at] = keys[at].name;
            at += 1;
        }
        names
    }

    /// The key's value. Reports a key that is always needed and missing.
    pub(super) fn value<'d>(&self, table: &Table<'d>, report: &mut Report) -> Option<Value<'d>> {
        match self.need {
            Need::Always => table.require(self.name, report),
            Need::WhenReady | Need::Optional => table.get(self.name),
        }
    }

    /// The text of a line, a title or a web address.
    pub(super) fn text(&self, table: &Table<'_>, report: &mut Report) -> Option<String> {
        let value = self.value(table, report)?;
        self.text_of(&value, report)
    }

    pub(super) fn text_of(&self, value: &Value<'_>, report: &mut Report) -> Option<String> {
        match self.kind {
            Kind::Title(most) => value.title(most, report),
            Kind::WebAddress => value.web_address(limits::URL, report),
            _ => value.line(self.most(), report),
        }
    }

    /// One of the words of a [`Kind::Words`].
    pub(super) fn word<T>(&self, table: &Table<'_>, report: &mut Report) -> Option<T>
    where
        T: IntoEnumIterator + Into<&'static str> + Copy,
    {
        let value = self.value(table, report)?;
        let words: Vec<(&str, T)> = T::iter().map(|word| (word.into(), word)).collect();
        value.choice(&words, report)
    }

    /// The limit of a text, in characters.
    pub(super) fn most(&self) -> usize {
        match self.kind {
            Kind::Line(most) | Kind::Title(most) | Kind::Prose(most) => most,
            Kind::Role => limits::ROLE,
            Kind::Allowances => limits::ALLOWANCE,
            Kind::Sha256 => 64,
            Kind::WebAddress => limits::URL,
            _ => usize::MAX,
        }
    }

    /// The meaning and what the value must be, for people who write one.
    pub(super) fn advice(&self) -> String {
        let must = match self.kind {
            Kind::Line(most) | Kind::Title(most) => format!("At most {most} characters."),
            Kind::Prose(most) => {
                format!(
                    "Markdown: paragraphs, emphasis, links and lists; at most {most} characters."
                )
            }
            Kind::WebAddress => "Begins with `https://` or `http://`.".to_owned(),
            Kind::Date => "A day without quotes.".to_owned(),
            Kind::Words(words) => format!("One of \"{}\".", words.join("\", \"")),
            Kind::Facts => format!("At most {}.", limits::FACTS),
            Kind::Boolean
            | Kind::Sha256
            | Kind::Role
            | Kind::Approval
            | Kind::Allowances
            | Kind::Reviews
            | Kind::Tools => String::new(),
        };
        let warned_past = self.warned_past.map_or_else(String::new, |characters| {
            format!("Past {characters} there is a warning.")
        });
        let parts = [self.about, &must, &warned_past];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}
