//! The archive: every comparison that was sent, newest first. It is the home page too.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::comparison::{Newsletter, Pick};
use crate::page::{Head, page};

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

/// The archive page; `entries` in the order to show.
pub fn archive(newsletter: &Newsletter, entries: &[ArchiveEntry]) -> Markup {
    let head = Head { title: "", description: None, canonical: None };
    page(newsletter, head, html! { @for e in entries { p { (e.title) } } })
}
