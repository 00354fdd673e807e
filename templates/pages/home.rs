//! The home page: an introduction, the latest comparison, and the sign-up form.

use maud::{Markup, html};

use super::archive::entry;
use super::strip::{Level, strip};
use crate::comparison::{Comparison, Newsletter};
use crate::locale::{Locale, args};
use crate::page::{Head, headline, page, sign_up_only};

/// `earlier` are the comparisons before the latest, newest first.
pub fn home(
    newsletter: &Newsletter,
    latest: Option<&Comparison>,
    earlier: &[Comparison],
) -> Markup {
    let locale = &newsletter.locale;
    let url = format!("{}/", newsletter.base_url);
    let description = match newsletter.about.is_empty() {
        true => &*newsletter.tagline,
        false => &*newsletter.about,
    };
    let head = Head {
        title: &newsletter.name,
        description: Some(description),
        canonical: Some(&url),
    };
    let main = html! {
        h1.unseen { (newsletter.name) }
        @if !newsletter.about.is_empty() {
            p.what dir=[locale.direction_of(&newsletter.about)] { (newsletter.about) }
        }
        @match latest {
            Some(latest) => (front(locale, latest)),
            None => { p { (locale.html("no-comparisons-yet", args![])) } }
        }
        (sign_up_only(newsletter))
        @if !earlier.is_empty() {
            section.year aria-labelledby="earlier" {
                h2 #earlier { (locale.html("home-earlier", args![])) }
                ol.entries { @for one in earlier { (entry(locale, one)) } }
            }
        }
        @if latest.is_some() {
            p.all { a href="/issues" { (locale.html("page-all-comparisons", args![])) } }
        }
    };
    page(newsletter, head, main)
}

fn front(locale: &Locale, latest: &Comparison) -> Markup {
    html! {
        section.front aria-labelledby="latest" {
            p.small {
                @match latest.date.map(|date| html! { time datetime=(date) { (locale.date(date)) } }) {
                    Some(date) => (locale.html("home-latest-dated", args![date])),
                    None => (locale.html("home-latest", args![])),
                }
            }
            @if latest.sample { p.mark { (locale.text("sample", args![])) } }
            h2 #latest { a href={ "/issues/" (latest.slug) } { (headline(locale, &latest.title)) } }
            p.question dir=[locale.direction_of(&latest.question)] { (latest.question) }
            (strip(locale, latest, Level::H3))
            p { a.button href={ "/issues/" (latest.slug) } { (locale.html("read-comparison", args![])) } }
        }
    }
}
