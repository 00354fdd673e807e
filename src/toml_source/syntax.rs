//! Turns the TOML parser's errors into findings.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::date;
use crate::findings::{Finding, Report, Source};

pub(super) fn report_errors(
    table: &Spanned<DeTable<'_>>,
    errors: &[Error],
    text: &str,
    source: &Arc<Source>,
    report: &mut Report,
) {
    if errors.is_empty() {
        return;
    }
    let places = Places::of(table.get_ref(), text);
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let is_duplicate = error.message().starts_with("duplicate key");
        // An error inside a value ends with the value; any other may hide what follows.
        let value = places.value_around(&span);
        let hides = || value.is_none_or(|value| value.end == text.len());
        // Every byte may be an error: report one per line, and spend little on the others.
        let is_torn = report.is_torn(source, span.start);
        if is_torn && (is_duplicate || report.is_incomplete() || !hides()) {
            continue;
        }
        let written = text.get(span.clone()).unwrap_or_default();
        if let Some(Err(no_date)) = date::read(written) {
            report.push_torn(no_date.finding(written, "", source, span));
        } else if is_duplicate {
            report.push(duplicate_key(&places, text, source, span));
        } else {
            if hides() {
                report.mark_incomplete();
            }
            report.push_torn(broken(error.message(), value, text, source, span));
        }
    }
}

fn broken(
    message: &str,
    value: Option<&Range<usize>>,
    text: &str,
    source: &Arc<Source>,
    span: Range<usize>,
) -> Finding {
    let parts = message.split_once(", expected ");
    let (what, expected) = parts.map_or((message, None), |(what, one)| (what, Some(one)));
    let written = text.get(span.clone()).unwrap_or_default();
    let open =
        value.filter(|value| what.starts_with("invalid multi-line") && value.end <= span.end);
    if let Some(value) = open {
        let quotes = value.start..value.start + 3;
        return Finding::error("syntax", "this text is never closed", source, quotes)
            .label("it opens here")
            .help("close it with the same three quotes, on a line of their own");
    }
    if what == "string values must be quoted" {
        let help = match written.to_ascii_lowercase().as_str() {
            "yes" | "on" => "write `true`, or `\"…\"` around a text".to_owned(),
            "no" | "off" => "write `false`, or `\"…\"` around a text".to_owned(),
            _ => format!("write `\"{written}\"`"),
        };
        return Finding::error("syntax", "a text must stand in quotes", source, span).help(help);
    }
    let what = match expected {
        Some("`\"`" | "`'`") if written.is_empty() => "this text is never closed",
        _ => what,
    };
    let finding = Finding::error("syntax", what, source, span);
    match expected {
        Some(expected) => finding.label(format!("expected {expected}")),
        None => finding,
    }
}

fn duplicate_key(
    places: &Places<'_>,
    text: &str,
    source: &Arc<Source>,
    span: Range<usize>,
) -> Finding {
    let key = text.get(span.clone()).unwrap_or_default();
    let message = format!("`{key}` is given twice");
    let finding = Finding::error("duplicate-key", message, source, span.clone())
        .label("given again")
        .help("keep one of the two");
    match places.key_before(key, span.start) {
        Some(first) => finding.related(first.clone(), "first given here"),
        None => finding,
    }
}

/// The places of the keys and values that could be read, in the file's order. Sorted, because a file may have as many
/// errors as keys, and each of them looks up a place.
#[derive(Default)]
struct Places<'t> {
    keys: HashMap<&'t str, Vec<Range<usize>>>,
    values: Vec<Range<usize>>,
}

impl<'t> Places<'t> {
    fn of(table: &DeTable<'_>, text: &'t str) -> Self {
        let mut places = Self::default();
        places.collect(table, text);
        places.values.sort_by_key(|value| value.start);
        for spans in places.keys.values_mut() {
            spans.sort_by_key(|span| span.start);
        }
        places
    }

    fn collect(&mut self, table: &DeTable<'_>, text: &'t str) {
        for (key, value) in table {
            if let Some(written) = text.get(key.span()) {
                self.keys.entry(written).or_default().push(key.span());
            }
            self.collect_value(value, text);
        }
    }

    fn collect_value(&mut self, value: &Spanned<DeValue<'_>>, text: &'t str) {
        match value.get_ref() {
            DeValue::Table(table) => self.collect(table, text),
            DeValue::Array(items) => items.iter().for_each(|item| self.collect_value(item, text)),
            _ if value.span().is_empty() => {}
            _ => self.values.push(value.span()),
        }
    }

    /// Values do not overlap: only the last one that begins before a span can contain it.
    fn value_around(&self, span: &Range<usize>) -> Option<&Range<usize>> {
        last_before(&self.values, span.start + 1).filter(|value| span.end <= value.end)
    }

    /// The nearest key before an offset with this spelling.
    fn key_before(&self, key: &str, offset: usize) -> Option<&Range<usize>> {
        last_before(self.keys.get(key)?, offset)
    }
}

fn last_before(spans: &[Range<usize>], offset: usize) -> Option<&Range<usize>> {
    spans[..spans.partition_point(|span| span.start < offset)].last()
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::findings::render;

    fn rendered(text: &str) -> String {
        let source = Arc::new(Source::new("a.toml", text.to_owned()));
        let mut report = Report::new();
        parse(text, &source, &mut report);
        render(&report.finish(), false)
    }

    #[test]
    fn every_recoverable_mistake_is_reported() {
        let text = "\
a = builder
b = \"open
a = 1
c = 2026-02-30
d = 2026-1-5
e = yes
f = 'it' 's'
";
        assert_eq!(
            rendered(text),
            "\
error[syntax]: a text must stand in quotes
 --> a.toml:1:5
  |
1 | a = builder
  |     ^^^^^^^
  |
  = help: write `\"builder\"`

error[syntax]: this text is never closed
 --> a.toml:2:10
  |
2 | b = \"open
  |          ^ expected `\"`

error[duplicate-key]: `a` is given twice
 --> a.toml:3:1
  |
1 | a = builder
  | - first given here
2 | b = \"open
3 | a = 1
  | ^ given again
  |
  = help: keep one of the two

error[impossible-date]: `2026-02-30` is not a date
 --> a.toml:4:5
  |
4 | c = 2026-02-30
  |     ^^^^^^^^^^ February 2026 has 28 days

error[impossible-date]: `2026-1-5` is not a date
 --> a.toml:5:5
  |
5 | d = 2026-1-5
  |     ^^^^^^^^ the month and the day need two digits, the year four
  |
  = help: write `2026-01-05`

error[syntax]: a text must stand in quotes
 --> a.toml:6:5
  |
6 | e = yes
  |     ^^^
  |
  = help: write `true`, or `\"…\"` around a text

error[syntax]: unexpected key or value
 --> a.toml:7:10
  |
7 | f = 'it' 's'
  |          ^ expected newline, `#`
"
        );
    }

    #[test]
    fn an_open_text_is_reported_where_it_opens() {
        assert_eq!(
            rendered("a = 1\nb = \"\"\"\nhello\n\n[[tools]]\nname = 1\n"),
            "\
error[syntax]: this text is never closed
 --> a.toml:2:5
  |
2 | b = \"\"\"
  |     ^^^ it opens here
  |
  = help: close it with the same three quotes, on a line of their own
"
        );
    }
}
