//! The home page: an introduction, the latest comparison, and the sign-up form.

use maud::{Markup, html};

use super::archive::{NOTHING_YET, entry};
use crate::comparison::{Comparison, Newsletter, Tool};
use crate::page::{Head, headline, page, sign_up};
use crate::sentences;

/// `earlier` are the comparisons before the latest, newest first.
pub fn home(
    newsletter: &Newsletter,
    latest: Option<&Comparison>,
    earlier: &[Comparison],
) -> Markup {
    let url = format!("{}/", newsletter.base_url);
    let description = format!("{}. {}", newsletter.tagline, WHAT);
    let head = Head {
        title: &newsletter.name,
        description: Some(&description),
        canonical: Some(&url),
    };
    let main = html! {
        h1.unseen { (newsletter.name) }
        p.what { (WHAT) }
        @match latest {
            Some(latest) => (front(latest)),
            None => { p { (NOTHING_YET) } }
        }
        (sign_up(newsletter))
        @if !earlier.is_empty() {
            section.year aria-labelledby="earlier" {
                h2 #earlier { "Earlier" }
                ol.entries { @for one in earlier { (entry(one)) } }
            }
        }
        @if latest.is_some() { p.all { a href="/issues" { "All comparisons, by tool, title and category" } } }
    };
    page(newsletter, head, main)
}

const WHAT: &str = "In every issue a panel of builders and skeptics tries two tools that promise the same, \
     and says of each: ship it, or skip it. Readers vote as well.";

fn front(latest: &Comparison) -> Markup {
    let [a, b] = &latest.tools;
    html! {
        section.front aria-labelledby="latest" {
            p.small {
                "The latest comparison"
                @if let Some(date) = latest.date { " · " time datetime=(date) { (sentences::day(date)) } }
            }
            @if latest.sample { p.mark { (sentences::SAMPLE) } }
            h2 #latest { a href={ "/issues/" (latest.slug) } { (headline(&latest.title)) } }
            p.question { (latest.question) }
            dl.readings.figures { (share(a)) (share(b)) }
            p { strong { (sentences::result_title(latest)) ". " } (sentences::result(latest)) }
            p { a.button href={ "/issues/" (latest.slug) } { "Read the comparison" } }
        }
    }
}

fn share(tool: &Tool) -> Markup {
    html! {
        div {
            dt { (tool.name) }
            dd.share { (sentences::share(tool.panel())) }
            dd { (sentences::panel(tool.panel())) }
        }
    }
}
