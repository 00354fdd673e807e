//! The archive: every comparison that was sent, newest first. It is the home page too.

use chrono::NaiveDate;
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

/// The archive page; `entries` in the order to show. Its address is the newsletter's.
pub fn archive(newsletter: &Newsletter, entries: &[ArchiveEntry]) -> Markup {
    let home = format!("{}/", newsletter.base_url);
    let head = Head {
        title: &newsletter.name,
        description: Some(&newsletter.tagline),
        canonical: Some(&home),
    };
    let main = html! {
        div.title {
            h1 { "All comparisons" }
            p.question { "Two tools, one panel, newest first." }
        }
        @if entries.is_empty() {
            p { "Nothing has been sent yet. The first comparison will appear here on the day it goes out." }
        } @else {
            ol.entries { @for one in entries { (entry(one)) } }
        }
        (sign_up(newsletter))
    };
    page(newsletter, head, main)
}

fn entry(entry: &ArchiveEntry) -> Markup {
    html! {
        li.entry {
            p.small { time datetime=(entry.date) { (sentences::day(entry.date)) } }
            h2 { a href={ "/issues/" (entry.slug) } { (headline(&entry.title)) } }
            p.question { (entry.question) }
            p.leads { (sentences::lead_between(entry.lead, &entry.tools)) }
        }
    }
}
