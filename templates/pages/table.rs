//! The comparison's table: both tools side by side, line by line.

use maud::{Markup, html};

use super::strip::is_winner;
use crate::comparison::{Comparison, FEWEST_VOTES, Side, Tally, Tool};
use crate::sentences;

pub(super) fn table(comparison: &Comparison) -> Markup {
    html! {
        table.side-by-side {
            caption.unseen { "The two tools side by side" }
            thead { tr {
                td {}
                @for side in Side::BOTH { (head(comparison, side)) }
            } }
            tbody {
                (row(comparison, sentences::PANEL_ROW, |tool| panel(tool.panel())))
                @if comparison.has_community() {
                    (row(comparison, sentences::COMMUNITY_ROW, |tool| community(tool.community)))
                }
                (row(comparison, sentences::PRICE_ROW, price))
                (row(comparison, sentences::MAKER_ROW, |tool| html! { (tool.maker) }))
                (row(comparison, sentences::CATEGORY_ROW, |tool| html! { (tool.category) }))
            }
        }
    }
}

/// The column of the winner has a color of its own, and a word in its head.
fn head(comparison: &Comparison, side: Side) -> Markup {
    let wins = is_winner(comparison, side);
    html! {
        th.wins[wins] scope="col" {
            (comparison.tool(side).name)
            @if wins { span.won { span aria-hidden="true" { "✓ " } (sentences::WINNER) } }
        }
    }
}

fn row(comparison: &Comparison, label: &str, cell: impl Fn(&Tool) -> Markup) -> Markup {
    html! {
        tr {
            th scope="row" { (label) }
            @for side in Side::BOTH {
                td.wins[is_winner(comparison, side)] { (cell(comparison.tool(side))) }
            }
        }
    }
}

fn panel(panel: Tally) -> Markup {
    html! {
        span.share { (sentences::share(panel)) }
        (shipped(panel))
        (bar(panel))
    }
}

/// Such as "3 of 4 would ship".
fn shipped(panel: Tally) -> String {
    match panel.total() {
        0 => "No reviews".to_owned(),
        total => format!("{} of {total} would ship", panel.ship),
    }
}

fn community(votes: Tally) -> Markup {
    html! {
        span.share { (sentences::community_share(votes)) }
        (voted(votes))
    }
}

/// Such as "214 votes".
fn voted(votes: Tally) -> String {
    match votes.total() {
        0..FEWEST_VOTES => "Fewer than five votes".to_owned(),
        total => format!("{total} votes"),
    }
}

fn price(tool: &Tool) -> Markup {
    html! {
        b { (tool.price.entry.label()) }
        @if let Some(note) = &tool.price.note { span.note { (note) } }
    }
}

/// One segment for each reviewer, ships first. Hidden from screen readers: the text beside it is equivalent.
pub(super) fn bar(panel: Tally) -> Markup {
    html! {
        @if panel.total() > 0 {
            span.bar aria-hidden="true" {
                @for _ in 0..panel.ship { span.on {} }
                @for _ in 0..panel.skip { span {} }
            }
        }
    }
}
