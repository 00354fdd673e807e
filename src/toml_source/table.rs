//! A table whose keys are known.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Value;
use super::suggest::{closest, did_you_mean, listed};
use crate::findings::{Finding, Report, Source};

/// Which keys a table has.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The keys, in the order of the documentation.
    pub keys: &'static [&'static str],
    /// Keys of an earlier version, which are still read, but never suggested.
    pub retired: &'static [&'static str],
    /// Says where a key belongs that is known, but not here.
    pub elsewhere: fn(&str) -> Option<String>,
}

/// A table of a document.
#[derive(Debug)]
pub struct Table<'d> {
    entries: &'d DeTable<'d>,
    span: Range<usize>,
    source: &'d Arc<Source>,
    /// Keys that an unknown one was probably meant to be: they are not reported as missing, too.
    misspelt: RefCell<Vec<&'static str>>,
}

impl<'d> Table<'d> {
    /// The document's own table.
    pub fn root(
        document: &'d Spanned<DeTable<'d>>,
        source: &'d Arc<Source>,
        shape: &Shape,
        report: &mut Report,
    ) -> Self {
        let entries = document.get_ref();
        // A document has no header to point at; its first key is the nearest thing.
        let first = entries
            .keys()
            .map(Spanned::span)
            .min_by_key(|span| span.start);
        Self::open(entries, first.unwrap_or(0..0), source, shape, report)
    }

    /// A table below another one; `span` is its header or its braces.
    pub(super) fn open(
        entries: &'d DeTable<'d>,
        span: Range<usize>,
        source: &'d Arc<Source>,
        shape: &Shape,
        report: &mut Report,
    ) -> Self {
        let table = Self {
            entries,
            span,
            source,
            misspelt: RefCell::default(),
        };
        table.report_unknown_keys(shape, report);
        table
    }

    /// Where the table is: its header, its braces, or the document's first key.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &str) -> Option<Value<'d>> {
        let (_, value) = self.entries.get_key_value(key)?;
        Some(Value::new(key, value, self.source))
    }

    /// Where a key stands, if it is there.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        let (key, _) = self.entries.get_key_value(key)?;
        Some(key.span())
    }

    /// The value of a key that must be there.
    pub fn require(&self, key: &'static str, report: &mut Report) -> Option<Value<'d>> {
        let value = self.get(key);
        let excused = report.is_incomplete() || self.misspelt.borrow().contains(&key);
        if value.is_none() && !excused {
            let message = format!("the key `{key}` is missing");
            report.push(
                Finding::error("missing-key", message, self.source, self.span())
                    .label(format!("`{key}` belongs here")),
            );
        }
        value
    }

    /// True if a key is there, or an unknown one that was probably meant to be it.
    pub fn has_or_misspells(&self, key: &str) -> bool {
        self.entries.contains_key(key) || self.misspelt.borrow().contains(&key)
    }

    fn report_unknown_keys(&self, shape: &Shape, report: &mut Report) {
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if shape.keys.contains(&name) || shape.retired.contains(&name) {
                continue;
            }
            // Words are compared for each: only as long as it is told.
            if report.is_full() {
                report.omit();
                continue;
            }
            let missing = || {
                let keys = shape.keys.iter().copied();
                keys.filter(|key| !self.entries.contains_key(*key))
            };
            // A key that is not there yet is a better guess than one that is.
            let guess =
                closest(name, missing()).or_else(|| closest(name, shape.keys.iter().copied()));
            self.misspelt.borrow_mut().extend(guess);
            let end = did_you_mean(name, guess);
            let help = (shape.elsewhere)(name)
                .filter(|_| guess.is_none())
                .unwrap_or_else(|| format!("the keys here are {}", listed(shape.keys)));
            let message = format!("unknown key `{name}`{end}");
            report.push(Finding::error("unknown-key", message, self.source, key.span()).help(help));
        }
    }
}

impl<'d> Value<'d> {
    /// A table.
    pub fn table(&self, shape: &Shape, report: &mut Report) -> Option<Table<'d>> {
        match self.toml() {
            Some(DeValue::Table(entries)) => {
                let span = self.span();
                Some(Table::open(entries, span, self.source(), shape, report))
            }
            _ => self.wrong_type("a table", report),
        }
    }

    /// Several tables: `[[header]]` blocks, or an array of tables in braces.
    pub fn tables(&self, shape: &Shape, report: &mut Report) -> Option<Vec<Table<'d>>> {
        let key = self.key();
        let Some(DeValue::Array(_)) = self.toml() else {
            return self.wrong_type(&format!("a list: `[[{key}]]`"), report);
        };
        let items = self.items(report)?;
        let tables = items.iter().filter_map(|item| item.table(shape, report));
        Some(tables.collect())
    }
}
