//! The charts of a report's page: SVG without text, which would shrink with the picture. The tables beside them have
//! every number.

use maud::{Markup, html};

use super::{CHART_HOURS, Hour, Outcome};

/// The width of a chart in its own units.
const WIDTH: f64 = 1000.0;

/// The narrowest part that can be seen on a phone.
const LEAST: f64 = 6.0;

/// One bar in parts, each a share of the whole from 0 to 1. A part that is not nothing can be seen.
pub(super) fn stacked(label: &str, parts: &[(Outcome, f64)]) -> Markup {
    let widths = parts.iter().map(|(_, share)| (share * WIDTH).max(LEAST));
    let total: f64 = widths.clone().sum();
    let mut x = 0.0;
    let parts = parts.iter().zip(widths).map(|((outcome, _), width)| {
        let width = width / total * WIDTH;
        let at = x;
        x += width;
        (class(*outcome), at, width)
    });
    html! {
        svg.stack viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for (class, x, width) in parts {
                rect class=(class) x=(units(x)) y="0" width=(units(width)) height="10" {}
            }
        }
    }
}

pub(super) fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Waiting => "waiting",
        Outcome::Refused => "refused",
        Outcome::InDoubt => "doubt",
        Outcome::Settled => "settled",
        Outcome::Skipped => "skipped",
    }
}

/// A square in the color of a part, beside its name.
pub(super) fn key(class: &str) -> Markup {
    html! { svg.key viewBox="0 0 10 10" aria-hidden="true" { rect class=(class) width="10" height="10" {} } }
}

/// The bar of a table's row. `share` is from 0 to 1.
pub(super) fn bar(share: f64) -> Markup {
    let width = if share > 0.0 {
        (share * WIDTH).max(LEAST)
    } else {
        0.0
    };
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            rect class="plain" width=(units(width)) height="10" {}
        }
    }
}

/// Columns of votes by hour, ships below skips. `most` is the height of the chart in votes.
pub(super) fn hours(label: &str, hours: &[Hour], most: i64) -> Markup {
    let step = WIDTH / CHART_HOURS as f64;
    let height = |votes: i64| super::share(votes, most) * 100.0;
    html! {
        svg.hours viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label=(label) {
            @for at in [0.0, 50.0] { line class="grid" x1="0" x2="1000" y1=(at) y2=(at) {} }
            @for (hour, at) in hours.iter().zip(0_u32..).filter(|(hour, _)| hour.total() > 0) {
                @let (ship, skip) = (height(hour.ship), height(hour.skip));
                @let (x, width) = (units(f64::from(at) * step + step * 0.1), units(step * 0.8));
                @if hour.ship > 0 {
                    rect class="ship" x=(x) y=(units(100.0 - ship)) width=(width) height=(units(ship)) {}
                }
                @if hour.skip > 0 {
                    rect class="skip" x=(x) y=(units(100.0 - ship - skip)) width=(width) height=(units(skip)) {}
                }
            }
            line class="ground" x1="0" x2="1000" y1="100" y2="100" {}
        }
    }
}

/// A length in a chart.
fn units(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
