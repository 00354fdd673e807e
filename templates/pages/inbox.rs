//! The demo's inbox: the mails that the built-in catcher received.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::page::{Head, page};

/// A mail that the catcher received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its number, from 1: part of its address `/inbox/N`.
    pub number: usize,
    /// Whom it was for.
    pub to: String,
    /// Who sent it.
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// When it came, as shown to the reader.
    pub at: String,
}

/// One way to look at a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View<'a> {
    /// The HTML part, in a sandboxed frame that loads `/inbox/N/html`.
    Html,
    /// The text part, decoded.
    Text(&'a str),
    /// The whole message as it came.
    Source(&'a str),
}

/// The list of mails, in the order to show.
pub fn list(newsletter: &Newsletter, mails: &[Received]) -> Markup {
    let head = Head { title: "Inbox", description: None, canonical: None };
    page(newsletter, head, html! { @for m in mails { p { (m.subject) } } })
}

/// One mail: `/inbox/N` shows its HTML, `/inbox/N/text` and `/inbox/N/source` the other two.
pub fn mail(newsletter: &Newsletter, mail: &Received, view: View<'_>) -> Markup {
    let head = Head { title: &mail.subject, description: None, canonical: None };
    let shown = match view { View::Html => "", View::Text(t) | View::Source(t) => t };
    page(newsletter, head, html! { pre { (shown) } })
}
