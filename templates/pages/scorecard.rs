//! The scorecard: who would ship what, then the quotes, role by role.

use maud::{Markup, html};

use crate::comparison::{Comparison, Review, ScorecardRow, Verdict};
use crate::sentences;

pub(super) fn scorecard(comparison: &Comparison) -> Markup {
    let rows = comparison.scorecard();
    html! {
        @if !rows.is_empty() {
            section.scorecard aria-labelledby="scorecard" {
                h2 #scorecard { (sentences::SCORECARD) }
                (matrix(comparison, &rows))
                @for row in &rows { (quotes(comparison, row)) }
            }
        }
    }
}

fn matrix(comparison: &Comparison, rows: &[ScorecardRow<'_>]) -> Markup {
    html! {
        table.matrix {
            caption.unseen { "Each reviewer’s verdict" }
            thead { tr {
                td {}
                @for tool in &comparison.tools { th scope="col" { (tool.name) } }
            } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (sentences::capital(row.reviewer)) }
                        @for review in row.reviews { (verdict(review)) }
                    }
                }
            }
        }
    }
}

fn verdict(review: Option<&Review>) -> Markup {
    html! {
        @match review.map(|review| review.verdict) {
            Some(verdict) => { td.(verdict.into_str()) { (signed(verdict)) } }
            None => { td.none { span aria-hidden="true" { "–" } span.unseen { "Not reviewed" } } }
        }
    }
}

/// A verdict with its sign, which screen readers need not read.
fn signed(verdict: Verdict) -> Markup {
    html! { span aria-hidden="true" { (sentences::sign(verdict)) " " } (sentences::chip(verdict)) }
}

/// What a role wrote about A and about B. On wide screens each tool keeps its column.
fn quotes(comparison: &Comparison, row: &ScorecardRow<'_>) -> Markup {
    html! {
        div.role {
            h3 { (sentences::capital(row.reviewer)) }
            div.quotes {
                @for (tool, given) in comparison.tools.iter().zip(row.reviews) {
                    @if let Some(given) = given { (quote(given, &tool.name)) } @else { div {} }
                }
            }
        }
    }
}

/// A quote under what it is about, or who said it.
pub(super) fn quote(review: &Review, about: &str) -> Markup {
    let verdict = review.verdict;
    html! {
        figure.review {
            figcaption.small { (about) " " span.chip.(verdict.into_str()) { (signed(verdict)) } }
            blockquote { p { "“" (review.quote) "”" } }
        }
    }
}
