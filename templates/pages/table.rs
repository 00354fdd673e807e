//! The comparison's table: both tools side by side, line by line.

use maud::{Markup, html};

use super::strip::is_winner;
use crate::comparison::{Comparison, Side, Tally, Tool};
use crate::locale::{Locale, args};
use crate::sentences;

pub(super) fn table(locale: &Locale, comparison: &Comparison) -> Markup {
    html! {
        table.side-by-side {
            caption.unseen { (locale.html("table-caption", args![])) }
            thead { tr {
                td {}
                @for side in Side::BOTH { (head(locale, comparison, side)) }
            } }
            tbody {
                (row(comparison, &locale.text("row-panel", args![]), |tool| panel(locale, tool.panel())))
                @if comparison.has_community() {
                    (row(comparison, &locale.text("row-community", args![]), |tool| community(locale, tool.community)))
                }
                (row(comparison, &locale.text("row-price", args![]), |tool| price(locale, tool)))
                (row(comparison, &locale.text("row-maker", args![]), |tool| locale.isolate(&tool.maker)))
                (row(comparison, &locale.text("row-category", args![]), |tool| locale.isolate(&tool.category)))
            }
        }
    }
}

/// The column of the winner has a color of its own, and a word in its head.
fn head(locale: &Locale, comparison: &Comparison, side: Side) -> Markup {
    let wins = is_winner(comparison, side);
    html! {
        th.wins[wins] scope="col" {
            (locale.isolate(&comparison.tool(side).name))
            @if wins { span.won { span aria-hidden="true" { "✓ " } (locale.text("winner", args![])) } }
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

fn panel(locale: &Locale, panel: Tally) -> Markup {
    html! {
        span.share { (sentences::share(locale, panel)) }
        (sentences::panel(locale, panel))
        (bar(panel))
    }
}

fn community(locale: &Locale, votes: Tally) -> Markup {
    html! {
        span.share { (sentences::community_share(locale, votes)) }
        (sentences::community(locale, votes))
    }
}

fn price(locale: &Locale, tool: &Tool) -> Markup {
    html! {
        b { (sentences::price(locale, tool.price.entry)) }
        @if let Some(note) = &tool.price.note { span.note dir=[locale.direction_of(note)] { (note) } }
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
