//! The layout of all pages. Pages need no script and only one style sheet, so that they work with the
//! policy `default-src 'none'; style-src 'self'; img-src data:; form-action 'self'` and, for the
//! demo's inbox, `frame-src 'self'`.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};

use crate::comparison::Newsletter;
use crate::sentences;

/// Served at `/style.css`.
pub const STYLE_CSS: &str = include_str!("style.css");

/// The style sheet's URL. It changes with the content, so that browsers can cache it forever.
static STYLE_URL: LazyLock<String> = LazyLock::new(|| {
    let fnv = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = STYLE_CSS.bytes().fold(0xcbf2_9ce4_8422_2325, fnv);
    format!("/style.css?v={hash:x}")
});

/// Served at `/script.js`. Optional: every page works without it.
pub const SCRIPT_JS: &str = include_str!("script.js");

/// The pages' icon, a V in the spot color. It is inline, because browsers request `/favicon.ico`
/// otherwise.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 32 32'%3E%3Cpath fill='%230b5a4a' d='M0 0h32v32H0z'/%3E\
    %3Cpath fill='%23fff' d='M6 7h6l4 12 4-12h6l-7 18h-6z'/%3E%3C/svg%3E";

/// A page's metadata.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    /// The newsletter's name follows it, unless it is the title itself.
    pub title: &'a str,
    /// One line for search engines and link previews.
    pub description: Option<&'a str>,
    /// The page's permanent URL. A page without one asks not to be indexed.
    pub canonical: Option<&'a str>,
}

/// A whole page around the content of `main`.
pub fn page(newsletter: &Newsletter, head: Head<'_>, main: Markup) -> Markup {
    document(newsletter, head, html! {}, None, main)
}

/// A page with more in its head.
pub(crate) fn page_with(
    newsletter: &Newsletter,
    head: Head<'_>,
    more: Markup,
    main: Markup,
) -> Markup {
    document(newsletter, head, more, None, main)
}

/// A wider page, for tools rather than text.
pub(crate) fn wide_page(newsletter: &Newsletter, head: Head<'_>, main: Markup) -> Markup {
    document(newsletter, head, html! {}, Some("wide"), main)
}

fn document(
    newsletter: &Newsletter,
    head: Head<'_>,
    more: Markup,
    class: Option<&'static str>,
    main: Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(newsletter.language) {
            (head_element(newsletter, head, more))
            body class=[class] {
                a.skip-link href="#main" { "Skip to the content" }
                header.masthead {
                    p.nameplate { a href="/" { (newsletter.name) } }
                    p.motto { (newsletter.tagline) }
                }
                main #main { (main) }
                (colophon(newsletter))
            }
        }
    }
}

fn head_element(newsletter: &Newsletter, head: Head<'_>, more: Markup) -> Markup {
    let title = if head.title == newsletter.name {
        newsletter.name.clone()
    } else {
        format!("{} · {}", head.title, newsletter.name)
    };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            @if let Some(description) = head.description {
                meta name="description" content=(description);
            }
            @match head.canonical {
                Some(url) => {
                    link rel="canonical" href=(url);
                    meta property="og:url" content=(url);
                    meta property="og:title" content=(head.title);
                    meta property="og:site_name" content=(newsletter.name);
                    @if let Some(description) = head.description {
                        meta property="og:description" content=(description);
                    }
                }
                None => { meta name="robots" content="noindex"; }
            }
            (more)
            link rel="alternate" type="application/atom+xml" title=(newsletter.name) href="/feed.xml";
            link rel="icon" href=(ICON);
            link rel="stylesheet" href=(*STYLE_URL);
        }
    }
}

fn colophon(newsletter: &Newsletter) -> Markup {
    html! {
        footer.colophon {
            nav aria-label="Site" {
                a href="/issues" { "All comparisons" }
                a href="/feed.xml" { "Feed" }
                a href=(newsletter.join_url) { "Join " (newsletter.name) }
            }
            address { (newsletter.postal_address) }
        }
    }
}

/// The sign-up box at the foot of a page.
pub(crate) fn sign_up(newsletter: &Newsletter) -> Markup {
    html! {
        aside.sign-up aria-labelledby="sign-up" {
            h2 #sign-up { (newsletter.name) }
            p { (sentences::SIGN_UP) "." }
            form method="post" action="/subscribe" {
                input type="hidden" name="form" value="page-1";
                label {
                    "Your mail address"
                    input type="email" name="email" autocomplete="email" required maxlength="254";
                }
                button.button type="submit" { "Join " (newsletter.name) }
            }
        }
    }
}

/// Sets off the "vs" of a headline, and breaks lines between the tools rather than within a name.
pub(crate) fn headline(title: &str) -> Markup {
    html! {
        @match title.split_once(sentences::VERSUS) {
            Some((a, b)) => { span.side { (a) } " " span.versus { "vs" } " " span.side { (b) } }
            None => (title),
        }
    }
}
