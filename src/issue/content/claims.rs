//! Facts that give a figure, and no source for it.

use std::ops::Range;

use super::document::Document;
use super::rules::NO_SOURCE;
use crate::findings::Report;

/// What a figure is counted in, even behind a capitalized word.
const UNITS: &[&str] = &[
    "%",
    "percent",
    "times",
    "x",
    "×",
    "kb",
    "mb",
    "gb",
    "tb",
    "kib",
    "mib",
    "gib",
    "ns",
    "ms",
    "s",
    "seconds",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "users",
    "people",
    "customers",
    "teams",
    "languages",
    "tokens",
    "parameters",
    "billion",
    "million",
    "thousand",
    "dollars",
    "euros",
    "tests",
    "stars",
    "points",
];

/// First words of a sentence that are not a name, in addition to verbs that end in "s".
const NO_NAMES: &[&str] = &[
    "a", "about", "all", "almost", "an", "and", "around", "at", "exactly", "first", "for", "from",
    "has", "in", "just", "nearly", "now", "only", "over", "some", "the", "under", "up", "with",
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) fn check(document: &Document<'_>, report: &mut Report) {
    let names: Vec<&str> = document.names().collect();
    let facts = document.tools.iter().flat_map(|tool| &tool.facts);
    for fact in facts.filter(|fact| fact.source.is_none()) {
        let text = &fact.text;
        let Some(figure) = figure(text.text, &names) else {
            continue;
        };
        let start = figure.as_ptr() as usize - text.text.as_ptr() as usize;
        report.push(
            text.doubt_at(
                start..start + figure.len(),
                NO_SOURCE,
                format!("“{figure}” has no source"),
            )
            .label("where does this figure come from?")
            .help(
                "write `{ text = \"…\", source = \"https://…\" }`, so that readers can look it up",
            ),
        );
    }
}

/// The first word with a figure that claims something. Figures in names and dates claim nothing: "Gemma 4", "v0.16",
/// "2024".
fn figure<'t>(text: &'t str, names: &[&str]) -> Option<&'t str> {
    let mut previous = Before::Start;
    let mut words = text.split_whitespace().map(bare).peekable();
    let named: Vec<Range<usize>> = names
        .iter()
        .filter(|name| !name.is_empty())
        .flat_map(|name| {
            text.match_indices(name)
                .map(|(at, found)| at..at + found.len())
        })
        .collect();
    while let Some(word) = words.next() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let next = words
            .peek()
            .map(|next| next.to_lowercase())
            .unwrap_or_default();
        let is_named = named.iter().any(|name| name.contains(&at));
        if !is_named && word.contains(char::is_numeric) && claims(word, &next, &previous) {
            return Some(word);
        }
        previous = Before::of(word, &previous, is_named);
    }
    None
}

/// What stands before a word.
#[derive(PartialEq, Eq)]
enum Before {
    /// The beginning of the text or of a sentence.
    Start,
    /// A name, or a figure that belongs to it.
    Name,
    Month,
    Other,
}

impl Before {
    fn of(word: &str, before: &Self, is_named: bool) -> Self {
        let lower = word.to_lowercase();
        // Not only at its start: "macOS 15".
        let capital = word.contains(char::is_uppercase) || lower == "version";
        let is_verb = lower.len() > 3 && lower.ends_with('s') && lower != "windows";
        let is_first_word = *before == Self::Start && (NO_NAMES.contains(&&*lower) || is_verb);
        let extends = *before == Self::Name && word.starts_with(char::is_numeric);
        if word.ends_with(['.', ':', '?', '!', ';']) && !extends {
            Self::Start
        } else if MONTHS.contains(&&*lower) {
            Self::Month
        } else if is_named || extends || capital && !is_first_word {
            Self::Name
        } else {
            Self::Other
        }
    }
}

/// True if a word with a figure in it claims something.
fn claims(word: &str, next: &str, before: &Before) -> bool {
    // "Phi-4", "v0.16", "Qwen2.5-14B". Scripts without capitals write figures without a space: "速度58％".
    let begins = word.chars().next().unwrap_or_default();
    if begins.is_lowercase() || begins.is_uppercase() {
        return false;
    }
    let digits = word.trim_start_matches(|c: char| !c.is_numeric());
    let end = digits.rfind(char::is_numeric).unwrap_or(0);
    let unit = digits.get(end + 1..).unwrap_or_default();
    let number = &digits[..digits.len() - unit.len()];
    let has_currency = begins != digits.chars().next().unwrap_or_default();
    let counted = |unit: &str| UNITS.contains(&unit) || unit.starts_with(['%', '٪', '％', '×']);
    if has_currency && !matches!(begins, '#' | '(' | '-' | '"' | '“') {
        return true;
    }
    if counted(&unit.to_lowercase()) || unit.is_empty() && counted(next) {
        return true;
    }
    // "12B", "5G", "3D", "2FA"; "1st", "2nd"; "24/7", "1.2.3", "2026-11-02".
    let is_name = unit.starts_with(char::is_uppercase)
        || matches!(unit, "st" | "nd" | "rd" | "th")
        || number.contains('/')
        || number.matches('.').count() > 1
        || number.matches('-').count() > 1;
    let year = number.len() == 4
        && (number.starts_with("19") || number.starts_with("20"))
        && (unit.is_empty() || unit.starts_with(['年', '년']));
    let of_date = *before == Before::Month || MONTHS.contains(&next);
    !(is_name || year || of_date || *before == Before::Name)
}

/// The word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c| matches!(c, ',' | '(' | ')' | '"' | '“' | '”' | '‘' | '’' | '\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 2] = ["Axolotl v0.16", "Studio 3"];

    #[test]
    fn figures_that_claim_something() {
        for (text, claim) in [
            ("Runs asynchronous GRPO 58 % faster", "58"),
            ("Trains models 15 times faster than before", "15"),
            ("Needs 12 GB of memory", "12"),
            ("Supports 40 languages", "40"),
            ("Only 4 languages", "4"),
            ("Starts in 80ms on a laptop", "80ms"),
            ("The team plan is $20 a month", "$20"),
            ("58% of teams renew", "58%"),
            ("12 billion parameters, quantized", "12"),
            ("Free. 30 days of history", "30"),
            ("Axolotl v0.16 is 3x faster", "3x"),
            ("Beats Gemma 4 by 7 points", "7"),
            ("GPT-4 12 times a day", "12"),
            ("速度提高58％", "速度提高58％"),
            ("3,000,000 users", "3,000,000"),
        ] {
            assert_eq!(figure(text, &NAMES), Some(claim), "{text}");
        }
    }

    #[test]
    fn figures_in_names_and_dates_claim_nothing() {
        for text in [
            "Supports Gemma 4 since the day of its release",
            "Stands beside Gemma 3 12B, Phi-4 and Qwen2.5-14B",
            "Reads H.264, MP3 and 3D files over 5G and IPv6",
            "Works with Studio 3 and Axolotl v0.16",
            "Studio 3 works without a network",
            "Gemma 4 runs on it",
            "Released in 2024, rewritten since 1 March 2026",
            "Released on March 3",
            "Version 2.0.1 or later",
            "Answers eleven tokens a second on a phone of 2024",
            "Found two of three planted faults",
            "Support is there 24/7",
            "The 3rd release of the year",
            "Windows 11 and macOS 15",
            "2024年の電話機で毎秒十一トークンを返す",
        ] {
            let wrong = figure(text, &NAMES);
            assert_eq!(wrong, None, "{text}");
        }
    }
}
