//! A TOML table whose keys are known: reads them, and reports unknown and missing ones.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Value;
use super::suggest::{closest, did_you_mean, listed};
use crate::findings::{Finding, Report, Source};

/// The keys of a table.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// In the order of the documentation.
    pub keys: &'static [&'static str],
    /// Keys of an earlier version, which are still read but never suggested.
    pub retired: &'static [&'static str],
    /// A hint for a key that belongs to another table.
    pub elsewhere: fn(&str) -> Option<String>,
}

#[derive(Debug)]
pub struct Table<'d> {
    entries: &'d DeTable<'d>,
    span: Range<usize>,
    source: &'d Arc<Source>,
    /// The likely meanings of unknown keys. They are not reported as missing as well.
    misspelt: RefCell<Vec<&'static str>>,
}

impl<'d> Table<'d> {
    /// The document's top table.
    pub fn root(
        document: &'d Spanned<DeTable<'d>>,
        source: &'d Arc<Source>,
        shape: &Shape,
        report: &mut Report,
    ) -> Self {
        let entries = document.get_ref();
        // A document has no header to point at, so point at its first key.
        let first = entries
            .keys()
            .map(Spanned::span)
            .min_by_key(|span| span.start);
        Self::open(entries, first.unwrap_or(0..0), source, shape, report)
    }

    /// A nested table; `span` is its header or its braces.
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

    /// The table's header or braces, or the document's first key.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    pub fn get(&self, key: &str) -> Option<Value<'d>> {
        let (_, value) = self.entries.get_key_value(key)?;
        Some(Value::new(key, value, self.source))
    }

    /// The place of a key.
    pub fn key_span(&self, key: &str) -> Option<Range<usize>> {
        let (key, _) = self.entries.get_key_value(key)?;
        Some(key.span())
    }

    /// The value of a key. Reports the key if it is missing.
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

    /// True if the table has the key, or an unknown key that probably stands for it.
    pub fn has_or_misspells(&self, key: &str) -> bool {
        self.entries.contains_key(key) || self.misspelt.borrow().contains(&key)
    }

    fn report_unknown_keys(&self, shape: &Shape, report: &mut Report) {
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if shape.keys.contains(&name) || shape.retired.contains(&name) {
                continue;
            }
            // Comparing words is slow, so skip it when the finding would not be kept.
            if report.is_full() {
                report.omit();
                continue;
            }
            let keys = || shape.keys.iter().copied();
            let missing = keys().filter(|key| !self.entries.contains_key(*key));
            // A missing key is a better guess than one that is there.
            let guess = closest(name, missing).or_else(|| closest(name, keys()));
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
    pub fn table(&self, shape: &Shape, report: &mut Report) -> Option<Table<'d>> {
        let Some(DeValue::Table(entries)) = self.toml() else {
            return self.wrong_type("a table", report);
        };
        Some(Table::open(
            entries,
            self.span(),
            self.source(),
            shape,
            report,
        ))
    }

    /// `[[header]]` blocks, or an array of tables in braces.
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
