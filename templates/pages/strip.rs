//! The verdict strip: who wins, and by how much.

use maud::{Markup, html};

use crate::comparison::{Comparison, Side};
use crate::sentences;

/// The level of the strip's heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    H2,
    H3,
}

/// The strip as a block of color.
pub(super) fn strip(comparison: &Comparison, level: Level) -> Markup {
    let title = html! { (tick(comparison)) (sentences::result_title(comparison)) };
    html! {
        div.strip {
            p.small { (sentences::PANEL) }
            @match level {
                Level::H2 => { h2.winner { (title) } }
                Level::H3 => { h3.winner { (title) } }
            }
            p { (sentences::result(comparison)) }
            @if let Some(warning) = sentences::different_panels(comparison) { p { (warning) } }
            @if let Some(pick) = dissent(comparison) { p.pick { (pick) } }
        }
    }
}

/// The strip as a line of text, for lists.
pub(super) fn line(comparison: &Comparison) -> Markup {
    html! {
        p.result {
            strong { (tick(comparison)) (sentences::result_title(comparison)) "." } " "
            (sentences::result(comparison))
            @if let Some(warning) = sentences::different_panels(comparison) { " " (warning) }
            @if let Some(pick) = dissent(comparison) { " " em { (pick) } }
        }
    }
}

/// Marks a winner.
fn tick(comparison: &Comparison) -> Markup {
    html! {
        @if comparison.result().winner().is_some() { span.tick aria-hidden="true" { "✓" } " " }
    }
}

/// The editor's pick, if it differs from the panel's result.
fn dissent(comparison: &Comparison) -> Option<String> {
    let result = comparison.result();
    comparison.pick.filter(|pick| !result.agrees_with(*pick))?;
    sentences::pick(comparison)
}

/// True for the panel's winner.
pub(super) fn is_winner(comparison: &Comparison, side: Side) -> bool {
    comparison.result().winner() == Some(side)
}
