//! Words for what the editors changed after sending.

use strum::IntoEnumIterator as _;

use crate::comparison::{Comparison, Entry, Side, Tool, Verdict};
use crate::locale::{Locale, args};
use crate::sentences;

/// What differs, such as "Headline" or "Axolotl v0.16: entry price". A field that this version does not know is its own
/// name.
pub(super) fn field(_locale: &Locale, comparison: &Comparison, field: &str) -> String {
    let parts: Vec<&str> = field.split('.').collect();
    match *parts.as_slice() {
        ["title"] => "Headline".to_owned(),
        ["question"] => "Question".to_owned(),
        ["intro"] => "Introduction".to_owned(),
        ["pick"] => "Editor’s pick".to_owned(),
        ["sample"] => "Sample".to_owned(),
        ["voting_closes"] => "Last day of voting".to_owned(),
        ["tools", "a", ref rest @ ..] => of_tool(comparison.tool(Side::A), rest, field),
        ["tools", "b", ref rest @ ..] => of_tool(comparison.tool(Side::B), rest, field),
        _ => field.to_owned(),
    }
}

fn of_tool(tool: &Tool, parts: &[&str], field: &str) -> String {
    let name = &tool.name;
    let what = match *parts {
        ["name"] => "name",
        ["maker"] => "maker",
        ["category"] => "category",
        ["tagline"] => "in one line",
        ["price"] => "entry price",
        ["price_note"] => "note on the price",
        ["url"] => "address",
        ["description"] => "description",
        ["facts", number, "text"] => return format!("{name}: fact {number}"),
        ["facts", number, "source"] => return format!("{name}: source of fact {number}"),
        ["reviews", role, "verdict"] => return format!("{name}: verdict of the {role}"),
        ["reviews", role, "quote"] => return format!("{name}: review by the {role}"),
        _ => return field.to_owned(),
    };
    format!("{name}: {what}")
}

/// A field's value as readers see it on the comparison's page.
pub(super) fn value(locale: &Locale, comparison: &Comparison, field: &str, value: &str) -> String {
    let last = field.rsplit('.').next().unwrap_or(field);
    let shown = match (last, value) {
        ("pick", "a") => Some(comparison.tool(Side::A).name.clone()),
        ("pick", "b") => Some(comparison.tool(Side::B).name.clone()),
        ("pick", "tie") => Some("A tie".to_owned()),
        ("sample", "true") => Some(locale.text("sample", args![])),
        ("voting_closes", day) => day.parse().ok().map(|day| locale.date(day)),
        ("price", word) => Entry::iter()
            .find(|entry| entry.into_str() == word)
            .map(|entry| sentences::price(locale, entry).into_text()),
        ("verdict", word) => [Verdict::Ship, Verdict::Skip]
            .into_iter()
            .find(|verdict| verdict.into_str() == word)
            .map(|verdict| {
                format!(
                    "{} {}",
                    sentences::sign(verdict),
                    sentences::verdict(locale, verdict)
                )
            }),
        ("quote", quote) if field.starts_with("tools.") => Some(format!("“{quote}”")),
        _ => None,
    };
    shown.unwrap_or_else(|| value.to_owned())
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
            assert!(words != one.field, "{words}");
        }
        let mut words: Vec<String> = found
            .iter()
            .map(|one| field(&Locale::default(), &sent, &one.field))
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
            assert_eq!(field(&Locale::default(), &comparison, unknown), unknown);
        }
        let known = field(
            &Locale::default(),
            &comparison,
            "tools.b.reviews.skeptic.quote",
        );
        assert_eq!(known, "Llama & Co: review by the skeptic");
    }
}
