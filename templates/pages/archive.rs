//! The archive of all comparisons, newest first, with a search.

use chrono::Datelike as _;
use maud::{Markup, html};

use super::strip;
use crate::comparison::{Comparison, Newsletter};
use crate::locale::Locale;
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
    let url = format!("{}/issues", newsletter.base_url);
    let whole = search.words.is_empty() && search.category.is_empty() && search.newer.is_none();
    let head = Head {
        title: "All comparisons",
        description: Some(&newsletter.tagline),
        canonical: whole.then_some(&*url),
    };
    let main = html! {
        div.title {
            h1 { (head.title) }
            p.question { "Newest first." }
        }
        (search_form(search))
        @if let Some((words, characters)) = search.limits {
            p role="status" {
                "Your search is long. We used its first " (words) " words, up to " (characters) " characters of each."
            }
        }
        @if entries.is_empty() && whole {
            p { (NOTHING_YET) }
        } @else if entries.is_empty() {
            p role="status" { "No results. " a href="/issues" { "All comparisons" } }
        } @else {
            (by_year(&newsletter.locale, entries))
        }
        @if search.newer.is_some() || search.older.is_some() {
            nav.pages aria-label="Pages" {
                @if let Some(newer) = &search.newer { a href=(newer) { "Newer" } }
                @if let Some(older) = &search.older { a href=(older) { "Older" } }
            }
        }
        (sign_up(newsletter))
    };
    page(newsletter, head, main)
}

pub(super) const NOTHING_YET: &str =
    "No comparisons yet. The first one will be here on the day it goes out.";

fn search_form(search: &Search<'_>) -> Markup {
    html! {
        form.search method="get" action="/issues" role="search" {
            label {
                "Search by tool or title"
                input type="search" name="q" value=(search.words) maxlength="100";
            }
            label {
                "Category"
                select name="category" {
                    option value="" selected[search.category.is_empty()] { "All" }
                    @for (name, count) in search.categories {
                        option value=(name) selected[name == search.category] { (name) " (" (count) ")" }
                    }
                }
            }
            button.button type="submit" { "Search" }
        }
    }
}

fn by_year(locale: &Locale, entries: &[Comparison]) -> Markup {
    html! {
        @for year in entries.chunk_by(|a, b| year(a) == year(b)) {
            section.year {
                @if let Some(number) = year[0].date { h2 { (number.year()) } }
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
            p.question { (entry.question) }
            (strip::line(locale, entry))
        }
    }
}
