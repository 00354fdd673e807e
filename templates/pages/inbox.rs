//! The demo's inbox: the mails that the built-in catcher received.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::locale::{Locale, args};
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
    let locale = &newsletter.locale;
    let title = locale.text("inbox-title", args![]);
    let head = Head {
        title: &title,
        ..Head::default()
    };
    let main = html! {
        (banner(locale))
        div.title {
            h1 { (title) }
            p.question { (locale.html("inbox-count", args![count = mails.len()])) }
        }
        @if let Some(title) = next {
            form.next method="post" action="/inbox/next" {
                p { (locale.html("inbox-next", args![])) }
                button.button type="submit" { (locale.html("inbox-send", args![title])) }
            }
        }
        @if !mails.is_empty() {
            ol.mails { @for mail in mails { (line(locale, mail)) } }
        }
    };
    wide_page(newsletter, head, main)
}

fn line(locale: &Locale, mail: &Received) -> Markup {
    html! {
        li {
            a href={ "/inbox/" (mail.number) } {
                span { (locale.isolate(&mail.to)) }
                span.subject { (locale.isolate(&mail.subject)) }
                span.small { (mail.at) }
            }
        }
    }
}

/// `/inbox/N` shows the HTML, `/inbox/N/text` and `/inbox/N/source` the other views.
pub fn mail(newsletter: &Newsletter, mail: &Received, view: View<'_>) -> Markup {
    let locale = &newsletter.locale;
    let head = Head {
        title: &mail.subject,
        ..Head::default()
    };
    let main = html! {
        (banner(locale))
        article.mail {
            a.back.small href="/inbox" { (locale.html("inbox-all", args![])) }
            h1 { (locale.isolate(&mail.subject)) }
            dl.envelope {
                dt { (locale.html("inbox-to", args![])) } dd { (locale.isolate(&mail.to)) }
                dt { (locale.html("inbox-from", args![])) } dd { (locale.isolate(&mail.from)) }
                dt { (locale.html("inbox-received", args![])) } dd { (mail.at) }
            }
            (tabs(locale, mail.number, view))
            @match view {
                View::Html => {
                    iframe.frame src={ "/inbox/" (mail.number) "/html" } title=(locale.text("inbox-frame", args![]))
                        sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
                View::Text(text) | View::Source(text) => pre.letter-text dir="auto" { (text) },
            }
        }
    };
    wide_page(newsletter, head, main)
}

fn tabs(locale: &Locale, number: usize, view: View<'_>) -> Markup {
    let tabs = [
        (
            locale.html("inbox-html", args![]),
            "",
            matches!(view, View::Html),
        ),
        (
            locale.html("inbox-text", args![]),
            "/text",
            matches!(view, View::Text(_)),
        ),
        (
            locale.html("inbox-source", args![]),
            "/source",
            matches!(view, View::Source(_)),
        ),
    ];
    html! {
        nav.tabs aria-label=(locale.text("inbox-views", args![])) {
            @for (name, path, current) in tabs {
                a href={ "/inbox/" (number) (path) } aria-current=[current.then_some("page")] { (name) }
            }
        }
    }
}

fn banner(locale: &Locale) -> Markup {
    let first = html! { strong { (locale.html("inbox-catcher", args![])) } };
    let second = locale.message("inbox-local", args![]);
    html! {
        div.banner role="note" {
            p { (locale.html("two-sentences", args![first, second])) }
            a href="/" { (locale.html("inbox-site", args![])) }
        }
    }
}

/// The mail's HTML part for the frame, served at `/inbox/N/html`. Its links open new windows, because a
/// page in the frame would be sandboxed like the mail.
pub fn framed(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_blank\">", 1)
}
