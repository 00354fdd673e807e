//! The scorecard: who would ship what, then the quotes, role by role.

use maud::{Markup, html};

use crate::comparison::{Comparison, Review, ScorecardRow, Verdict};
use crate::locale::{Locale, args};
use crate::sentences;

pub(super) fn scorecard(locale: &Locale, comparison: &Comparison) -> Markup {
    let rows = comparison.scorecard();
    html! {
        @if !rows.is_empty() {
            section.scorecard aria-labelledby="scorecard" {
                h2 #scorecard { (locale.text("scorecard", args![])) }
                (matrix(locale, comparison, &rows))
                @for row in &rows { (quotes(locale, comparison, row)) }
            }
        }
    }
}

fn matrix(locale: &Locale, comparison: &Comparison, rows: &[ScorecardRow<'_>]) -> Markup {
    html! {
        table.matrix {
            caption.unseen { (locale.html("matrix-caption", args![])) }
            thead { tr {
                td {}
                @for tool in &comparison.tools { th scope="col" { (locale.isolate(&tool.name)) } }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (sentences::role(locale, row.reviewer)) }
                        @for review in row.reviews { (verdict(locale, review)) }
                    }
                }
            }
        }
    }
}

fn verdict(locale: &Locale, review: Option<&Review>) -> Markup {
    html! {
        @match review.map(|review| review.verdict) {
            Some(verdict) => { td.(verdict.into_str()) { (signed(locale, verdict)) } }
            None => { td.none { span aria-hidden="true" { "–" } span.unseen { (locale.html("not-reviewed", args![])) } } }
        }
    }
}

/// A verdict with its sign, which screen readers need not read.
fn signed(locale: &Locale, verdict: Verdict) -> Markup {
    html! { span aria-hidden="true" { (sentences::sign(verdict)) (sentences::NO_BREAK) } (sentences::verdict(locale, verdict)) }
}

/// What a role wrote about A and about B. On wide screens each tool keeps its column.
fn quotes(locale: &Locale, comparison: &Comparison, row: &ScorecardRow<'_>) -> Markup {
    html! {
        div.role {
            h3 { (sentences::role(locale, row.reviewer)) }
            div.quotes {
                @for (tool, given) in comparison.tools.iter().zip(row.reviews) {
                    @if let Some(given) = given { (quote(locale, given, &tool.name)) } @else { div {} }
                }
            }
        }
    }
}

/// A quote under what it is about, or who said it.
pub(super) fn quote(locale: &Locale, review: &Review, about: &str) -> Markup {
    let verdict = review.verdict;
    html! {
        figure.review {
            figcaption.small { (locale.isolate(about)) " " span.chip.(verdict.into_str()) { (signed(locale, verdict)) } }
            blockquote {
                p dir=[locale.direction_of(&review.quote)] { (locale.html("quote", args![text = &review.quote])) }
            }
        }
    }
}
