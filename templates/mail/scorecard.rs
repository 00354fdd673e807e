//! The panel's reviews: who would ship what, then why.

use maud::{Markup, PreEscaped, html};

use crate::comparison::{Comparison, Newsletter, Review, ScorecardRow, Tool, Verdict};
use crate::locale::{Locale, args};
use crate::sentences;

use super::frame::Sides;
use super::style;

// Outlook for Windows does not know inline blocks, so it gets a table around two of them.
const OUTLOOK_PAIR: PreEscaped<&str> = PreEscaped(
    "<!--[if mso]><table role=\"presentation\" width=\"100%\"><tr><td width=\"50%\" valign=\"top\"><![endif]-->",
);
const OUTLOOK_BETWEEN: PreEscaped<&str> =
    PreEscaped("<!--[if mso]></td><td width=\"50%\" valign=\"top\"><![endif]-->");
const OUTLOOK_AFTER: PreEscaped<&str> = PreEscaped("<!--[if mso]></td></tr></table><![endif]-->");

pub(super) fn scorecard(comparison: &Comparison, newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let rows = comparison.scorecard();
    html! {
        h2.ink.rule style=(style::TOOL) { (locale.text("scorecard", args![])) }
        div.ink style=(style::SPLIT) { (sentences::split(locale, comparison)) }
        (matrix(comparison, &rows, newsletter))
        @for row in &rows {
            h3.ink style=(style::ROLE) { (sentences::role(locale, row.reviewer)) }
            (reviews(locale, comparison, row))
        }
    }
}

/// Every role's verdict on each tool.
fn matrix(comparison: &Comparison, rows: &[ScorecardRow<'_>], newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let start = Sides::of(newsletter).start;
    html! {
        table width="100%" cellpadding="0" cellspacing="0" style=(style::TABLE) {
            tr {
                td width="30%" {}
                @for tool in &comparison.tools {
                    th.quiet scope="col" align=(start) style=(style::MATRIX_COLUMN) { (locale.isolate(&tool.name)) }
                }
            }
            @for row in rows {
                tr {
                    th.ink.hair scope="row" align=(start) style=(style::MATRIX_ROLE) { (sentences::role(locale, row.reviewer)) }
                    @for review in row.reviews { td.ink.hair style=(style::CELL) {
                        @match review {
                            Some(review) => (verdict(locale, review.verdict)),
                            None => span.quiet style=(style::NOTE) { "– " (locale.text("not-reviewed", args![])) },
                        }
                    } }
                }
            }
        }
    }
}

fn verdict(locale: &Locale, verdict: Verdict) -> Markup {
    let (class, style) = match verdict {
        Verdict::Ship => ("spot", style::SHIP),
        Verdict::Skip => ("ink", style::SKIP),
    };
    html! { b class=(class) style=(style) { (sentences::sign(verdict)) (sentences::NO_BREAK) (sentences::verdict(locale, verdict)) } }
}

/// A role's quotes, the one on A beside the one on B where there is room.
fn reviews(locale: &Locale, comparison: &Comparison, row: &ScorecardRow<'_>) -> Markup {
    let [a, b] = &comparison.tools;
    let half = |tool, given| {
        html! { div.half style=(style::HALF) { div style=(style::IN_HALF) { (review(locale, tool, given)) } } }
    };
    let alone = |tool, given| html! { div style=(style::ALONE) { (review(locale, tool, given)) } };
    html! {
        @match row.reviews {
            [Some(of_a), Some(of_b)] => {
                (OUTLOOK_PAIR) (half(a, of_a)) (OUTLOOK_BETWEEN) (half(b, of_b)) (OUTLOOK_AFTER)
            }
            [Some(of_a), None] => (alone(a, of_a)),
            [None, Some(of_b)] => (alone(b, of_b)),
            [None, None] => {}
        }
    }
}

fn review(locale: &Locale, tool: &Tool, review: &Review) -> Markup {
    html! {
        div.quiet style=(style::REVIEWED) { (locale.isolate(&tool.name)) " · " (verdict(locale, review.verdict)) }
        div.ink style=(style::QUOTE) dir=[locale.direction_of(&review.quote)] { (locale.html("quote", args![text = &review.quote])) }
    }
}
