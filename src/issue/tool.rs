//! Reads `[[tools]]` and `[[tools.facts]]`.

use std::ops::Range;
use std::sync::Arc;

use templates::comparison::{Fact, Price, Tally, Tool};
use unicode_normalization::UnicodeNormalization as _;

use super::{Rules, keys, limits, panel};
use crate::findings::{Finding, Report, Source};
use crate::toml_source::{Table, Value};

/// As much of a tool as could be read.
pub(super) struct ReadTool {
    header: Range<usize>,
    name: Option<(String, Range<usize>)>,
    reviewed: bool,
    /// `None` if anything is missing. The slug is still empty.
    pub(super) tool: Option<Tool>,
}

impl ReadTool {
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_ref().map(|(name, _)| name.as_str())
    }
}

/// A name for comparing: without case, white space and forms such as full width. Two tools are the same if theirs is.
pub fn folded(name: &str) -> String {
    name.nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

pub(super) fn read(table: &Table<'_>, rules: &Rules, report: &mut Report) -> ReadTool {
    let name = keys::NAME.value(table, report);
    let name = name.and_then(|v| Some((keys::NAME.text_of(&v, report)?, v.span())));
    let maker = keys::MAKER.text(table, report);
    let category = keys::CATEGORY.text(table, report);
    let tagline = keys::TAGLINE.text(table, report);
    let price = price(table, report);
    let url = keys::URL.text(table, report);
    let description = keys::DESCRIPTION.prose(table, report);
    let facts = keys::FACTS.value(table, report);
    let facts = facts.map_or(Some(Vec::new()), |v| self::facts(&v, report));
    let reviews = keys::REVIEWS.value(table, report);
    let reviewed = reviews.is_some();
    let reviews = reviews.map_or(Some(Vec::new()), |v| panel::reviews(&v, rules, report));
    let complete = || {
        Some(Tool {
            slug: String::new(),
            page: None,
            name: name.clone()?.0,
            maker: maker?,
            category: category?,
            tagline: tagline?,
            price: price?,
            url: url?,
            description: description?,
            facts: facts?,
            reviews: reviews?,
            community: Tally::default(),
        })
    };
    let tool: Option<Tool> = complete();
    let has_reviews = tool.as_ref().map(|tool| !tool.reviews.is_empty());
    ReadTool {
        header: table.span(),
        name,
        reviewed: has_reviews.unwrap_or(reviewed),
        tool,
    }
}

fn price(table: &Table<'_>, report: &mut Report) -> Option<Price> {
    let entry = keys::PRICE.word(table, report);
    let note = keys::PRICE_NOTE.text(table, report);
    Some(Price {
        entry: entry?,
        note,
    })
}

fn facts(value: &Value<'_>, report: &mut Report) -> Option<Vec<Fact>> {
    let items = value.items(report)?;
    if let Some(over) = items.get(limits::FACTS) {
        let (count, most) = (items.len(), limits::FACTS);
        let message = format!("there are {count} facts, at most {most} fit");
        let finding = over.fault("too-many", message);
        report.push(finding.label("the first one too many"));
    }
    let facts: Vec<_> = items.iter().map(|item| fact(item, report)).collect();
    facts.into_iter().collect()
}

/// A fact is a table, or just a text if it has no source.
fn fact(value: &Value<'_>, report: &mut Report) -> Option<Fact> {
    if value.is_text() {
        let text = keys::TEXT.text_of(value, report)?;
        return Some(Fact { text, source: None });
    }
    let table = value.table(&keys::FACT, report)?;
    let source = keys::SOURCE.text(&table, report);
    let text = keys::TEXT.text(&table, report)?;
    Some(Fact { text, source })
}

/// Refuses a tool that is compared with itself.
pub(super) fn refuse_repeated(tools: &[ReadTool], source: &Arc<Source>, report: &mut Report) {
    let mut named = tools.iter().filter_map(|tool| tool.name.as_ref());
    let (Some((first, first_span)), Some((name, span))) = (named.next(), named.next()) else {
        return;
    };
    if folded(first) == folded(name) {
        let message = format!("`{name}` is compared with itself");
        report.push(
            Finding::error("same-tool", message, source, span.clone())
                .label("the same tool again")
                .related(first_span.clone(), "it is here already"),
        );
    }
}

/// Refuses tools without reviews.
pub(super) fn refuse_unreviewed(tools: &[ReadTool], source: &Arc<Source>, report: &mut Report) {
    if report.is_incomplete() {
        return;
    }
    for tool in tools.iter().filter(|tool| !tool.reviewed) {
        let message = format!("nobody reviewed {}", tool.name().unwrap_or("this tool"));
        report.push(
            Finding::error("no-reviews", message, source, tool.header.clone())
                .label("no `[[tools.reviews]]` follows")
                .help("add a review, or set `status = \"draft\"` until there is one"),
        );
    }
}
