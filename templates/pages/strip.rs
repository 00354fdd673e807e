//! The verdict strip: who wins, and by how much.

use maud::{Markup, html};

use crate::comparison::{Comparison, Side};
use crate::locale::{Locale, args};
use crate::sentences;

/// The level of the strip's heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    H2,
    H3,
}

/// The strip as a block of color.
pub(super) fn strip(locale: &Locale, comparison: &Comparison, level: Level) -> Markup {
    let title = html! { (tick(comparison)) (sentences::result_title(locale, comparison)) };
    html! {
        div.strip {
            p.small { (locale.text("panel", args![])) }
            @match level {
                Level::H2 => { h2.winner { (title) } }
                Level::H3 => { h3.winner { (title) } }
            }
            p { (sentences::result(locale, comparison)) }
            @if let Some(warning) = sentences::different_panels(locale, comparison) { p { (warning) } }
            @if let Some(pick) = sentences::pick(locale, comparison) { p.pick { (pick) } }
        }
    }
}

/// The strip as a line of text, for lists.
pub(super) fn line(locale: &Locale, comparison: &Comparison) -> Markup {
    let title =
        html! { strong { (tick(comparison)) (sentences::result_title(locale, comparison)) } };
    let result = sentences::result(locale, comparison);
    let warning = sentences::different_panels(locale, comparison);
    let pick = sentences::pick(locale, comparison);
    let result = locale.sentences([Some(result), warning, pick].into_iter().flatten());
    html! { p.result { (locale.html("result-line", args![title, result])) } }
}

/// Marks a winner.
fn tick(comparison: &Comparison) -> Markup {
    html! {
        @if comparison.result().winner().is_some() { span.tick aria-hidden="true" { "✓" } (sentences::NO_BREAK) }
    }
}

/// True for the panel's winner.
pub(super) fn is_winner(comparison: &Comparison, side: Side) -> bool {
    comparison.result().winner() == Some(side)
}
