//! A tool's page: its score, its price, what reviewers wrote, and every comparison with it.

use maud::{Markup, html};

use super::archive::entry;
use super::scorecard::quote;
use super::table::bar;
use crate::comparison::{Comparison, Newsletter, Tool, tool_path};
use crate::locale::{Locale, args};
use crate::page::{Head, page, sign_up};
use crate::sentences;

/// `slug` is the page's; `tool` is as in the latest comparison, with the current votes; `entries` are its comparisons,
/// the newest first.
pub fn tool(newsletter: &Newsletter, slug: &str, tool: &Tool, entries: &[Comparison]) -> Markup {
    let locale = &newsletter.locale;
    let url = format!("{}{}", newsletter.base_url, tool_path(slug));
    let head = Head {
        title: &tool.name,
        description: Some(&tool.tagline),
        canonical: Some(&url),
    };
    let main = html! {
        div.title {
            h1 { (locale.isolate(&tool.name)) }
            p.question dir=[locale.direction_of(&tool.tagline)] { (tool.tagline) }
            p.small { (line(locale, tool)) }
        }
        (figures(locale, tool))
        @if entries.len() > 1 { (source(locale, &entries[0])) }
        @if !tool.reviews.is_empty() {
            section.scorecard aria-labelledby="reviews" {
                h2 #reviews { (locale.html("tool-reviews", args![])) }
                div.quotes {
                    @for review in &tool.reviews { (quote(locale, review, &sentences::role(locale, &review.reviewer))) }
                }
            }
        }
        section.scorecard aria-labelledby="comparisons" {
            h2 #comparisons { (locale.html("tool-comparisons", args![])) }
            ol.entries { @for one in entries { (entry(locale, one)) } }
        }
        (sign_up(newsletter))
    };
    page(newsletter, head, main)
}

fn line(locale: &Locale, tool: &Tool) -> Markup {
    let Tool {
        category,
        maker,
        url,
        ..
    } = tool;
    let site = html! { a href=(url) { (locale.isolate(sentences::site(url))) } };
    locale.html("tool-line", args![category, maker, site])
}

fn figures(locale: &Locale, tool: &Tool) -> Markup {
    let (panel, votes) = (tool.panel(), tool.community);
    html! {
        dl.readings.figures {
            div {
                dt { (locale.text("row-panel", args![])) }
                dd.share { (sentences::share(locale, panel)) }
                dd { (sentences::panel(locale, panel)) (bar(panel)) }
            }
            @if votes.is_enough() {
                div {
                    dt { (locale.text("row-community", args![])) }
                    dd.share { (sentences::community_share(locale, votes)) }
                    dd { (sentences::community(locale, votes)) }
                }
            }
            div {
                dt { (locale.text("row-price", args![])) }
                dd.share { (sentences::price(locale, tool.price.entry)) }
                @if let Some(note) = &tool.price.note { dd dir=[locale.direction_of(note)] { (note) } }
            }
        }
    }
}

/// Where the figures are from, as there are several comparisons.
fn source(locale: &Locale, latest: &Comparison) -> Markup {
    let link = html! { a href={ "/issues/" (latest.slug) } { (locale.isolate(&latest.title)) } };
    html! { p.small { (locale.html("tool-figures-from", args![comparison = link])) } }
}
