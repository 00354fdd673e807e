//! Both tools' figures, side by side: a row for each figure.

use maud::{Markup, html};

use crate::comparison::{Comparison, Newsletter, Price, Side, Tally, Tool, Verdict};
use crate::sentences;
use crate::sentences::mail as words;

use super::frame::Sides;
use super::style;

pub(super) fn table(comparison: &Comparison, newsletter: &Newsletter) -> Markup {
    let winner = comparison.result().winner();
    let start = Sides::of(newsletter).start;
    let row = |label: &str, cell: &dyn Fn(&Tool) -> Markup| {
        html! {
            tr {
                th.quiet.hair.label scope="row" align=(start) style=(style::ROW) { (label) }
                @for side in Side::BOTH {
                    @let cell = cell(comparison.tool(side));
                    @if winner == Some(side) { td.ink.hair.soft style=(style::WINNERS_CELL) { (cell) } }
                    @else { td.ink.hair style=(style::CELL) { (cell) } }
                }
            }
        }
    };
    let mark = html! { (sentences::sign(Verdict::Ship)) " " (sentences::WINNER) };
    html! {
        table width="100%" cellpadding="0" cellspacing="0" style=(style::TABLE) {
            tr {
                td width="23%" {}
                @for side in Side::BOTH {
                    @let name = &comparison.tool(side).name;
                    @if winner == Some(side) {
                        th.ink.soft scope="col" align=(start) style=(style::NAMED_WINNER) {
                            (name) div.spot style=(style::WINNER) { (mark) }
                        }
                    } @else {
                        th.ink scope="col" align=(start) style=(style::NAMED_COLUMN) { (name) }
                    }
                }
            }
            (row(sentences::PANEL_ROW, &|tool| panel(tool.panel())))
            @if comparison.has_community() {
                (row(sentences::COMMUNITY_ROW, &|tool| community(tool.community)))
            }
            (row(sentences::PRICE_ROW, &|tool| price(&tool.price)))
            (row(sentences::MAKER_ROW, &|tool| html! { (tool.maker) }))
            (row(sentences::CATEGORY_ROW, &|tool| html! { (tool.category) }))
        }
    }
}

/// The share, what it counts, and a mark for each reviewer: filled for a ship.
fn panel(panel: Tally) -> Markup {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    html! {
        div style=(style::SHARE) { (sentences::share(panel)) }
        (words::panel_in_short(panel))
        @if panel.total() > 0 {
            div.quiet aria-hidden="true" style=(style::BAR) {
                span.spot style=(style::BAR_SHIP) { (marks("■", panel.ship)) } (marks("□", panel.skip))
            }
        }
    }
}

fn community(community: Tally) -> Markup {
    html! { b { (sentences::community_share(community)) } " " (sentences::community(community)) }
}

fn price(price: &Price) -> Markup {
    html! {
        (price.entry.label())
        @if let Some(note) = &price.note { br; span.quiet style=(style::NOTE) { (note) } }
    }
}
