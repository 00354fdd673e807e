//! Both tools' figures, side by side: a row for each figure.

use maud::{Markup, html};

use crate::comparison::{Comparison, Newsletter, Price, Side, Tally, Tool, Verdict};
use crate::locale::{Locale, args};
use crate::sentences;

use super::frame::Sides;
use super::style;

pub(super) fn table(comparison: &Comparison, newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
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
    let mark = html! { (sentences::sign(Verdict::Ship)) " " (locale.text("winner", args![])) };
    html! {
        table width="100%" cellpadding="0" cellspacing="0" style=(style::TABLE) {
            tr {
                td width="23%" {}
                @for side in Side::BOTH {
                    @let name = locale.isolate(&comparison.tool(side).name);
                    @if winner == Some(side) {
                        th.ink.soft scope="col" align=(start) style=(style::NAMED_WINNER) {
                            (name) div.spot style=(style::WINNER) { (mark) }
                        }
                    } @else {
                        th.ink scope="col" align=(start) style=(style::NAMED_COLUMN) { (name) }
                    }
                }
            }
            (row(&locale.text("row-panel", args![]), &|tool| panel(locale, tool.panel())))
            @if comparison.has_community() {
                (row(&locale.text("row-community", args![]), &|tool| community(locale, tool.community)))
            }
            (row(&locale.text("row-price", args![]), &|tool| price(locale, &tool.price)))
            (row(&locale.text("row-maker", args![]), &|tool| locale.isolate(&tool.maker)))
            (row(&locale.text("row-category", args![]), &|tool| locale.isolate(&tool.category)))
        }
    }
}

/// The share, what it counts, and a mark for each reviewer: filled for a ship.
fn panel(locale: &Locale, panel: Tally) -> Markup {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    html! {
        div style=(style::SHARE) { (sentences::share(locale, panel)) }
        (sentences::panel(locale, panel))
        @if panel.total() > 0 {
            div.quiet aria-hidden="true" style=(style::BAR) {
                span.spot style=(style::BAR_SHIP) { (marks("■", panel.ship)) } (marks("□", panel.skip))
            }
        }
    }
}

fn community(locale: &Locale, community: Tally) -> Markup {
    html! { b { (sentences::community_share(locale, community)) } " " (sentences::community(locale, community)) }
}

fn price(locale: &Locale, price: &Price) -> Markup {
    html! {
        (sentences::price(locale, price.entry))
        @if let Some(note) = &price.note { br; span.quiet style=(style::NOTE) { (locale.isolate(note)) } }
    }
}
