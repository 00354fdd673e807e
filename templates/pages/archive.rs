//! The archive: every comparison that was sent, newest first, to be looked through; and the pages of tools.

use chrono::{Datelike as _, NaiveDate};
use maud::{Markup, html};

use crate::comparison::{Newsletter, Pick};
use crate::page::{Head, headline, page, sign_up};
use crate::sentences;

/// A comparison that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveEntry {
    /// The slug.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// The question that the comparison answers.
    pub question: String,
    /// The day it was sent, in the newsletter's zone.
    pub date: NaiveDate,
    /// The names of tool A and of tool B.
    pub tools: [String; 2],
    /// Which tool the panel would ship.
    pub lead: Pick,
}

/// What a reader looks for in the archive.
#[derive(Clone, Debug, Default)]
pub struct Search<'a> {
    /// The words, as typed.
    pub words: &'a str,
    /// The category, as chosen.
    pub category: &'a str,
    /// How many words count and how many characters of each, if more were typed.
    pub limits: Option<(usize, usize)>,
    /// Every category, and how many comparisons it has.
    pub categories: &'a [(String, i64)],
    /// The addresses of the pages before and after this one.
    pub newer: Option<String>,
    /// See `newer`.
    pub older: Option<String>,
}

/// The archive; `entries` in the order to show.
pub fn archive(newsletter: &Newsletter, entries: &[ArchiveEntry], search: &Search<'_>) -> Markup {
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
            p.question { "Two tools, one panel, newest first." }
        }
        (search_form(search))
        @if let Some((words, characters)) = search.limits {
            p role="status" {
                "That is a long search. The first " (words) " words count, " (characters) " characters of each."
            }
        }
        @if entries.is_empty() && whole {
            p { (NOTHING_YET) }
        } @else if entries.is_empty() {
            p role="status" { "Nothing was found. " a href="/issues" { "All comparisons" } }
        } @else {
            (by_year(entries))
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
    "Nothing has been sent yet. The first comparison will appear here on the day it goes out.";

fn search_form(search: &Search<'_>) -> Markup {
    html! {
        form.search method="get" action="/issues" role="search" {
            label {
                "Look for a tool or a title"
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
            button.button type="submit" { "Find" }
        }
    }
}

fn by_year(entries: &[ArchiveEntry]) -> Markup {
    html! {
        @for year in entries.chunk_by(|a, b| a.date.year() == b.date.year()) {
            section.year {
                h2 { (year[0].date.year()) }
                ol.entries { @for one in year { (entry(one)) } }
            }
        }
    }
}

/// Every comparison that a tool appeared in, the newest first.
pub fn tool(newsletter: &Newsletter, slug: &str, name: &str, entries: &[ArchiveEntry]) -> Markup {
    let url = format!("{}/tools/{slug}", newsletter.base_url);
    let description = format!("Every comparison of {name} in {}", newsletter.name);
    let head = Head {
        title: name,
        description: Some(&description),
        canonical: Some(&url),
    };
    let main = html! {
        div.title {
            h1 { (name) }
            p.question { "Every comparison that it appeared in." }
        }
        (by_year(entries))
        (sign_up(newsletter))
    };
    page(newsletter, head, main)
}

/// One comparison in a list, below a heading of the second level.
pub(super) fn entry(entry: &ArchiveEntry) -> Markup {
    html! {
        li.entry {
            p.small { time datetime=(entry.date) { (sentences::day(entry.date)) } }
            h3 { a href={ "/issues/" (entry.slug) } { (headline(&entry.title)) } }
            p.question { (entry.question) }
            p.leads { (sentences::lead_between(entry.lead, &entry.tools)) }
        }
    }
}
