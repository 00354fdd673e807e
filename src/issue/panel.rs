//! Reads `[[tools.reviews]]`.

use std::ops::Range;

use templates::comparison::Review;

use super::{Rules, keys};
use crate::findings::{Finding, Report};
use crate::toml_source::{Table, Value};

/// A tool's reviews, in the file's order.
pub(super) fn reviews(
    value: &Value<'_>,
    rules: &Rules,
    report: &mut Report,
) -> Option<Vec<Review>> {
    let tables = value.tables(&keys::REVIEW, report)?;
    let mut seen = Vec::new();
    let mut read = |table| review(table, rules, &mut seen, report);
    // Read all reviews before the first missing one ends the result, to report every finding.
    let reviews: Vec<_> = tables.iter().map(&mut read).collect();
    reviews.into_iter().collect()
}

fn review(
    table: &Table<'_>,
    rules: &Rules,
    seen: &mut Vec<(String, Range<usize>)>,
    report: &mut Report,
) -> Option<Review> {
    let reviewer = keys::REVIEWER.value(table, report);
    let reviewer = reviewer.and_then(|v| Some((reviewer_of(&v, rules, report)?, v)));
    if let Some((role, value)) = &reviewer {
        refuse_second(role, value, seen, report);
    }
    let verdict = keys::VERDICT.word(table, report);
    let quote = keys::QUOTE.text(table, report);
    Some(Review {
        reviewer: reviewer?.0,
        verdict: verdict?,
        quote: quote?,
    })
}

fn reviewer_of(value: &Value<'_>, rules: &Rules, report: &mut Report) -> Option<String> {
    let text = keys::REVIEWER.text_of(value, report)?;
    let roles: Vec<&str> = rules.all_roles().collect();
    if roles.contains(&text.as_str()) {
        return Some(text);
    }
    if report.is_full() {
        report.omit();
        return None;
    }
    let finding = value.unknown_word(&text, &roles);
    let known = finding.help.clone().unwrap_or_default();
    report.push(finding.help(format!(
        "{known}; `issues.panel_roles` in verdict.toml can name more"
    )));
    None
}

fn refuse_second(
    role: &str,
    value: &Value<'_>,
    seen: &mut Vec<(String, Range<usize>)>,
    report: &mut Report,
) {
    match seen.iter().find(|(other, _)| other == role) {
        Some((_, first)) => {
            let message = format!("the {role} reviews this tool twice");
            report.push(
                Finding::error("same-reviewer", message, value.source(), value.span())
                    .label("again")
                    .related(first.clone(), "first review here")
                    .help("keep one of the two"),
            );
        }
        None => seen.push((role.to_owned(), value.span())),
    }
}
