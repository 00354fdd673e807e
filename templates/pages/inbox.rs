//! The demo's inbox: the mails that the built-in catcher received.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::page::{Head, wide_page};

/// A mail that the catcher received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// From 1; the N in `/inbox/N`.
    pub number: usize,
    pub to: String,
    pub from: String,
    /// Decoded.
    pub subject: String,
    /// When it arrived, as shown.
    pub at: String,
}

/// A way to show a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View<'a> {
    /// The HTML part, in a sandboxed frame that loads `/inbox/N/html`.
    Html,
    /// The decoded text part.
    Text(&'a str),
    /// The whole message.
    Source(&'a str),
}

/// Shows the mails in order, and a button that posts to `/inbox/next` to send the issue with the title
/// `next`.
pub fn list(newsletter: &Newsletter, mails: &[Received], next: Option<&str>) -> Markup {
    let head = Head {
        title: "Demo inbox",
        ..Head::default()
    };
    let main = html! {
        (banner())
        div.title {
            h1 { (head.title) }
            p.question { (counted(mails.len())) }
        }
        @if let Some(title) = next {
            form.next method="post" action="/inbox/next" {
                p { "Open an email and unsubscribe. Then send the next issue: everyone else gets it." }
                button.button type="submit" { "Send “" (title) "”" }
            }
        }
        @if !mails.is_empty() {
            ol.mails { @for mail in mails { (line(mail)) } }
        }
    };
    wide_page(newsletter, head, main)
}

fn counted(mails: usize) -> String {
    match mails {
        0 => "No emails yet. Reload this page in a moment.".to_owned(),
        1 => "1 email.".to_owned(),
        many => format!("{many} emails."),
    }
}

fn line(mail: &Received) -> Markup {
    html! {
        li {
            a href={ "/inbox/" (mail.number) } {
                span { (mail.to) }
                span.subject { (mail.subject) }
                span.small { (mail.at) }
            }
        }
    }
}

/// `/inbox/N` shows the HTML, `/inbox/N/text` and `/inbox/N/source` the other views.
pub fn mail(newsletter: &Newsletter, mail: &Received, view: View<'_>) -> Markup {
    let head = Head {
        title: &mail.subject,
        ..Head::default()
    };
    let main = html! {
        (banner())
        article.mail {
            a.back.small href="/inbox" { "All emails" }
            h1 { (mail.subject) }
            dl.envelope {
                dt { "To" } dd { (mail.to) }
                dt { "From" } dd { (mail.from) }
                dt { "Received" } dd { (mail.at) }
            }
            (tabs(mail.number, view))
            @match view {
                View::Html => {
                    iframe.frame src={ "/inbox/" (mail.number) "/html" } title="The email’s HTML part"
                        sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
                View::Text(text) | View::Source(text) => pre.letter-text { (text) },
            }
        }
    };
    wide_page(newsletter, head, main)
}

fn tabs(number: usize, view: View<'_>) -> Markup {
    let tabs = [
        ("HTML", "", matches!(view, View::Html)),
        ("Text", "/text", matches!(view, View::Text(_))),
        ("Source", "/source", matches!(view, View::Source(_))),
    ];
    html! {
        nav.tabs aria-label="Views of this email" {
            @for (name, path, current) in tabs {
                a href={ "/inbox/" (number) (path) } aria-current=[current.then_some("page")] { (name) }
            }
        }
    }
}

fn banner() -> Markup {
    html! {
        div.banner role="note" {
            p { strong { "This is the demo’s mail catcher." } " Nothing here left this machine." }
            a href="/" { "Go to the site" }
        }
    }
}

/// The mail's HTML part for the frame, served at `/inbox/N/html`. Its links open new windows, because a
/// page in the frame would be sandboxed like the mail.
pub fn framed(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}
