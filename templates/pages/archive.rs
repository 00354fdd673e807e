//! The archive of all comparisons, newest first, with a search.

use chrono::Datelike as _;
use maud::{Markup, html};

use super::strip;
use crate::comparison::{Comparison, Newsletter};
use crate::locale::{Locale, args};
use crate::page::{Head, headline, page, sign_up};

#[derive(Clone, Debug, Default)]
pub struct Search<'a> {
    /// As typed.
    pub words: &'a str,
    pub category: &'a str,
    /// The limits of words and of characters in each, if the search exceeded them.
    pub limits: Option<(usize, usize)>,
    /// Every category, with its number of comparisons.
    pub categories: &'a [(String, i64)],
    /// The URL of the previous page.
    pub newer: Option<String>,
    /// The URL of the next page.
    pub older: Option<String>,
}

/// Shows `entries` in order.
pub fn archive(newsletter: &Newsletter, entries: &[Comparison], search: &Search<'_>) -> Markup {
    let locale = &newsletter.locale;
    let url = format!("{}/issues", newsletter.base_url);
    let title = locale.text("page-all-comparisons", args![]);
    let whole = search.words.is_empty() && search.category.is_empty() && search.newer.is_none();
    let head = Head {
        title: &title,
        description: Some(&newsletter.tagline),
        canonical: whole.then_some(&*url),
    };
    let main = html! {
        div.title {
            h1 { (title) }
            p.question { (locale.html("archive-order", args![])) }
        }
        (search_form(locale, search))
        @if let Some((words, characters)) = search.limits {
            p role="status" { (locale.html("archive-search-long", args![words, characters])) }
        }
        @if entries.is_empty() && whole {
            p { (locale.html("no-comparisons-yet", args![])) }
        } @else if entries.is_empty() {
            p role="status" { (locale.html("archive-nothing-found", args![])) }
            p { a href="/issues" { (title) } }
        } @else {
            (by_year(locale, entries))
        }
        @if search.newer.is_some() || search.older.is_some() {
            nav.pages aria-label=(locale.text("archive-pages", args![])) {
                @if let Some(newer) = &search.newer { a href=(newer) { (locale.html("archive-newer", args![])) } }
                @if let Some(older) = &search.older { a href=(older) { (locale.html("archive-older", args![])) } }
            }
        }
        (sign_up(newsletter))
    };
    page(newsletter, head, main)
}

fn search_form(locale: &Locale, search: &Search<'_>) -> Markup {
    html! {
        form.search method="get" action="/issues" role="search" {
            label {
                (locale.html("archive-words", args![]))
                input type="search" name="q" value=(search.words) maxlength="100";
            }
            label {
                (locale.html("archive-category", args![]))
                select name="category" {
                    option value="" selected[search.category.is_empty()] {
                        (locale.text("archive-every-category", args![]))
                    }
                    @for (category, count) in search.categories {
                        option value=(category) selected[category == search.category] {
                            (locale.text("archive-category-count", args![category, count = *count]))
                        }
                    }
                }
            }
            button.button type="submit" { (locale.html("archive-search", args![])) }
        }
    }
}

fn by_year(locale: &Locale, entries: &[Comparison]) -> Markup {
    html! {
        @for year in entries.chunk_by(|a, b| year(a) == year(b)) {
            section.year {
                @if let Some(date) = year[0].date {
                    h2 { (locale.html("archive-year", args![year = locale.year(date)])) }
                }
                ol.entries { @for one in year { (entry(locale, one)) } }
            }
        }
    }
}

fn year(entry: &Comparison) -> Option<i32> {
    entry.date.map(|date| date.year())
}

/// A comparison in a list below an `h2`.
pub(super) fn entry(locale: &Locale, entry: &Comparison) -> Markup {
    html! {
        li.entry {
            @if let Some(date) = entry.date {
                p.small { time datetime=(date) { (locale.date(date)) } }
            }
            h3 { a href={ "/issues/" (entry.slug) } { (headline(locale, &entry.title)) } }
            p.question dir=[locale.direction_of(&entry.question)] { (entry.question) }
            (strip::line(locale, entry))
        }
    }
}
