//! Words for what the editors changed after sending.

use std::collections::HashSet;

use strum::IntoEnumIterator as _;

use crate::comparison::{Comparison, Entry, Side, Tool, Verdict};
use crate::locale::{Locale, Message, args};
use crate::sentences;

/// A field that the editors changed, as readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What differs, such as "Headline".
    pub what: Message,
    /// Empty if there was nothing. Several lines in prose, of which only those are left that changed.
    pub before: String,
    /// Empty if there is nothing now.
    pub now: String,
}

/// A [difference](crate::comparison::Difference) of this comparison in words.
pub fn change(
    locale: &Locale,
    comparison: &Comparison,
    field: &str,
    before: &str,
    now: &str,
) -> Change {
    let shown = |text| value(locale, comparison, field, text);
    let (before, now) = changed_lines(shown(before), shown(now));
    Change {
        what: self::field(locale, comparison, field),
        before,
        now,
    }
}

/// What differs, such as "Headline" or "Axolotl v0.16: entry price". A field that this version does not know is its own
/// name.
fn field(locale: &Locale, comparison: &Comparison, field: &str) -> Message {
    let parts: Vec<&str> = field.split('.').collect();
    let known = match *parts.as_slice() {
        ["title"] => Some(locale.message("correction-title", args![])),
        ["question"] => Some(locale.message("correction-question", args![])),
        ["intro"] => Some(locale.message("correction-intro", args![])),
        ["pick"] => Some(locale.message("correction-pick", args![])),
        ["sample"] => Some(locale.message("correction-sample", args![])),
        ["voting_closes"] => Some(locale.message("correction-voting-closes", args![])),
        ["tools", "a", ref rest @ ..] => of_tool(locale, comparison.tool(Side::A), rest),
        ["tools", "b", ref rest @ ..] => of_tool(locale, comparison.tool(Side::B), rest),
        _ => None,
    };
    known.unwrap_or_else(|| Message::from(field))
}

fn of_tool(locale: &Locale, tool: &Tool, parts: &[&str]) -> Option<Message> {
    let tool = &tool.name;
    let words = match *parts {
        ["name"] => locale.message("correction-name", args![tool]),
        ["maker"] => locale.message("correction-maker", args![tool]),
        ["category"] => locale.message("correction-category", args![tool]),
        ["tagline"] => locale.message("correction-tagline", args![tool]),
        ["price"] => locale.message("correction-price", args![tool]),
        ["price_note"] => locale.message("correction-price-note", args![tool]),
        ["url"] => locale.message("correction-url", args![tool]),
        ["description"] => locale.message("correction-description", args![tool]),
        ["facts", number, "text"] => {
            let number: u32 = number.parse().ok()?;
            locale.message("correction-fact", args![tool, number])
        }
        ["facts", number, "source"] => {
            let number: u32 = number.parse().ok()?;
            locale.message("correction-fact-source", args![tool, number])
        }
        ["reviews", role, "verdict"] => {
            let role = sentences::role_name(locale, role);
            locale.message("correction-verdict", args![tool, role])
        }
        ["reviews", role, "quote"] => {
            let role = sentences::role_name(locale, role);
            locale.message("correction-quote", args![tool, role])
        }
        _ => return None,
    };
    Some(words)
}

/// A field's value as readers see it on the comparison's page.
fn value(locale: &Locale, comparison: &Comparison, field: &str, value: &str) -> String {
    let last = field.rsplit('.').next().unwrap_or(field);
    let shown = match (last, value) {
        ("pick", "a") => Some(comparison.tool(Side::A).name.clone()),
        ("pick", "b") => Some(comparison.tool(Side::B).name.clone()),
        ("pick", "tie") => Some(locale.text("result-tie", args![])),
        ("sample", "true") => Some(locale.text("sample", args![])),
        ("voting_closes", day) => day.parse().ok().map(|day| locale.date(day)),
        ("price", word) => Entry::iter()
            .find(|entry| entry.into_str() == word)
            .map(|entry| sentences::price(locale, entry).into_text()),
        ("verdict", word) => [Verdict::Ship, Verdict::Skip]
            .into_iter()
            .find(|verdict| verdict.into_str() == word)
            .map(|verdict| {
                let (sign, verdict) = (
                    sentences::sign(verdict),
                    sentences::verdict(locale, verdict),
                );
                locale.text("correction-signed-verdict", args![sign, verdict])
            }),
        ("quote", quote) if field.starts_with("tools.") => {
            Some(locale.text("quote", args![text = quote]))
        }
        _ => None,
    };
    shown.unwrap_or_else(|| value.to_owned())
}

/// Two texts without the lines that they have in common, unless that leaves nothing: prose is long, and most of it the
/// same.
fn changed_lines(before: String, now: String) -> (String, String) {
    let without = |text: &str, other: &str| {
        let others: HashSet<&str> = other.lines().collect();
        let changed: Vec<&str> = text.lines().filter(|line| !others.contains(line)).collect();
        changed.join("\n")
    };
    match (without(&before, &now), without(&now, &before)) {
        (one, other) if one.is_empty() && other.is_empty() => (before, now),
        changed => changed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Pick;
    use crate::fixture;

    #[test]
    fn every_field_of_a_comparison_has_words() {
        let sent = fixture::comparison();
        let mut now = sent.clone();
        now.title.clear();
        now.question.clear();
        now.intro = crate::prose::Prose::parse("Other").0;
        now.pick = Some(Pick::Tie);
        now.sample = true;
        now.voting_closes = sent.date;
        now.tools.reverse();
        let found = sent.differences(&now);
        assert!(found.len() > 20, "{found:?}");
        for one in &found {
            let words = field(&Locale::default(), &sent, &one.field);
            assert!(words.as_str() != one.field, "{words}");
        }
        let mut words: Vec<String> = found
            .iter()
            .map(|one| field(&Locale::default(), &sent, &one.field).into_text())
            .collect();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), found.len(), "{words:?}");
    }

    #[test]
    fn values_are_shown_as_the_page_shows_them() {
        let comparison = fixture::comparison();
        for (field, data, shown) in [
            ("pick", "a", "Axolotl <0.16>"),
            ("pick", "tie", "A tie"),
            ("voting_closes", "2026-06-16", "16 June 2026"),
            ("tools.a.price", "open-weights", "Open weights"),
            ("tools.b.reviews.skeptic.verdict", "skip", "✕ Skip"),
            ("tools.b.reviews.skeptic.quote", "No.", "“No.”"),
            ("tools.a.name", "a", "a"),
            ("tools.a.price", "barter", "barter"),
            ("a field of another release", "a value", "a value"),
        ] {
            assert_eq!(
                value(&Locale::default(), &comparison, field, data),
                shown,
                "{field}"
            );
        }
        for unknown in [
            "a field of another release",
            "tools.c.name",
            "tools.a.weight",
        ] {
            let words = field(&Locale::default(), &comparison, unknown);
            assert_eq!(words.as_str(), unknown);
        }
        let known = field(
            &Locale::default(),
            &comparison,
            "tools.b.reviews.skeptic.quote",
        );
        assert_eq!(known.as_str(), "Llama & Co: review (skeptic)");
    }

    #[test]
    fn only_the_lines_that_changed_are_shown() {
        for (before, now, shown) in [
            ("a", "b", ("a", "b")),
            ("a", "", ("a", "")),
            ("", "b", ("", "b")),
            ("1\n\na\n\n2", "1\n\nb\n\n2", ("a", "b")),
            ("1\n\n2", "1\n\nb\n\n2", ("", "b")),
            ("a\n1\nc", "b\n1\nd", ("a\nc", "b\nd")),
            ("a\nb", "b\na", ("a\nb", "b\na")),
            ("a\na", "a", ("a\na", "a")),
        ] {
            let (before, now) = changed_lines(before.to_owned(), now.to_owned());
            assert_eq!((&*before, &*now), shown);
        }
    }
}
