//! Whether the comparison is fair to both tools.

use std::ops::Range;

use templates::comparison::{Comparison, Verdict};

use super::document::{Document, Tool};
use super::leftovers::is_unwritten;
use super::rules::{AGAINST_PANEL, LONG_QUOTE, LOPSIDED, NO_OBJECTION};
use crate::findings::{Finding, Report};
use crate::issue::limits;

/// How many times the other's text a tool may have, in percent.
const MOST_PERCENT: usize = 200;

/// Below this, in characters, a difference is that of a draft or of a note.
const LEAST_TEXT: usize = 300;

/// Quotes that are too long to scan.
pub(super) fn quotes(document: &Document<'_>, report: &mut Report) {
    for quote in document.tools.iter().flat_map(|tool| &tool.quotes) {
        let Some((cut, _)) = quote.text.char_indices().nth(limits::QUOTE_ON_A_SCREEN) else {
            continue;
        };
        let length = quote.length();
        let message = format!("a quote of {length} characters fills more than a phone's screen");
        let over = length - limits::QUOTE_ON_A_SCREEN;
        let finding = quote.doubt_at(cut..quote.text.len(), LONG_QUOTE, message);
        report.push(finding.label(format!("{over} past {}", limits::QUOTE_ON_A_SCREEN)));
    }
}

/// A tool that has more than twice the text of the other.
pub(super) fn balance(document: &Document<'_>, report: &mut Report) {
    let [a, b] = &document.tools[..] else { return };
    let is_written = |tool: &&Tool<'_>| {
        let mut texts = tool.description.iter().chain(&tool.quotes);
        texts.all(|text| !is_unwritten(text.text))
    };
    if ![a, b].iter().all(is_written) {
        return;
    }
    let lengths = [a, b].map(Tool::length);
    let (long, short) = match lengths[0] > lengths[1] {
        true => ((a, lengths[0]), (b, lengths[1])),
        false => ((b, lengths[1]), (a, lengths[0])),
    };
    if long.1 < LEAST_TEXT || long.1 * 100 <= short.1 * MOST_PERCENT {
        return;
    }
    let name = |span: &Range<usize>| if *span == a.header { "first" } else { "second" };
    let message = format!(
        "the {} tool has more than twice the text of the {}",
        name(&long.0.header),
        name(&short.0.header)
    );
    let source = document.source;
    report.push(
        Finding::warning(LOPSIDED.code, message, source, short.0.header.clone())
            .label(format!("{} characters on this one", short.1))
            .related(long.0.header.clone(), format!("{} on this one", long.1))
            .help("description, facts and quotes count; say more here, or less there"),
    );
}

impl Tool<'_> {
    /// How much it says of the tool, in characters.
    fn length(&self) -> usize {
        let facts = self.facts.iter().map(|fact| &fact.text);
        let texts = self.description.iter().chain(facts).chain(&self.quotes);
        texts.map(|text| text.length()).sum()
    }
}

/// An editor's pick that the panel does not share.
pub(super) fn pick(document: &Document<'_>, comparison: &Comparison, report: &mut Report) {
    let (Some(pick), Some(value)) = (comparison.pick, &document.pick) else {
        return;
    };
    let result = comparison.result();
    // Unless one tool wins, the editor is free to pick one.
    let Some(side) = result.winner() else { return };
    if result.agrees_with(pick) {
        return;
    }
    let shares = comparison.tools.each_ref().map(|tool| {
        let percent = tool.panel().ship_percent().unwrap_or(0);
        format!("{percent} % would ship `{}`", tool.name)
    });
    let message = format!("the panel's winner is `{}`", comparison.tool(side).name);
    report.push(
        value
            .doubt(AGAINST_PANEL.code, message)
            .label("the pick is the other one")
            .help(format!(
                "{}; keep the pick if you mean it",
                shares.join(", ")
            )),
    );
}

/// A panel that objects to nothing.
pub(super) fn objections(document: &Document<'_>, comparison: &Comparison, report: &mut Report) {
    let reviews = || comparison.tools.iter().flat_map(|tool| &tool.reviews);
    let is_reviewed = comparison.tools.iter().all(|tool| !tool.reviews.is_empty());
    let is_written = reviews().all(|review| !is_unwritten(&review.quote));
    let is_praise = reviews().all(|review| review.verdict == Verdict::Ship);
    let Some(second) = document.tools.get(1) else {
        return;
    };
    if !(is_reviewed && is_written && is_praise) {
        return;
    }
    let message = format!(
        "all {} reviews would ship: nobody objects to anything",
        reviews().count()
    );
    let span = second.header.clone();
    report.push(
        Finding::warning(NO_OBJECTION.code, message, document.source, span)
            .label("as little as to the tool above")
            .help("a comparison helps readers by what speaks against a tool: ask the skeptic"),
    );
}
