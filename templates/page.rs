//! The layout that all pages share. Pages need no script, and no style but the sheet: they keep to
//! a policy of `default-src 'none'; style-src 'self'; img-src data:; form-action 'self'` and, for the
//! demo's inbox, `frame-src 'self'`.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};

use crate::comparison::Newsletter;
use crate::sentences;

/// The style sheet, served at `/style.css`.
pub const STYLE_CSS: &str = include_str!("style.css");

/// The style sheet's address: another one for each text, so that it can be kept for ever.
static STYLE_URL: LazyLock<String> = LazyLock::new(|| {
    let hash = STYLE_CSS
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("/style.css?v={hash:x}")
});

/// The script, served at `/script.js`: what is nicer with it. No page needs it.
pub const SCRIPT_JS: &str = include_str!("script.js");

/// The pages' icon, a V in the spot colour. It stands in the page: without one, every browser asks
/// for `/favicon.ico`.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 32 32'%3E%3Cpath fill='%230b5a4a' d='M0 0h32v32H0z'/%3E\
    %3Cpath fill='%23fff' d='M6 7h6l4 12 4-12h6l-7 18h-6z'/%3E%3C/svg%3E";

/// What a page says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The page's title; the newsletter's name follows it where it is not the title itself.
    pub title: &'a str,
    /// One line for search engines and link previews.
    pub description: Option<&'a str>,
    /// The page's permanent address. A page without one asks not to be indexed.
    pub canonical: Option<&'a str>,
}

/// The whole document around what stands in `main`.
pub fn page(newsletter: &Newsletter, head: Head<'_>, main: Markup) -> Markup {
    shell(newsletter, head, None, main)
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

/// A page in a wider measure, for what is not meant for reading.
pub(crate) fn wide_page(newsletter: &Newsletter, head: Head<'_>, main: Markup) -> Markup {
    shell(newsletter, head, Some("wide"), main)
}

fn shell(
    newsletter: &Newsletter,
    head: Head<'_>,
    class: Option<&'static str>,
    main: Markup,
) -> Markup {
    document(newsletter, head, html! {}, class, main)
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

/// The sign-up box at the foot of what one reads.
pub(crate) fn sign_up(newsletter: &Newsletter) -> Markup {
    html! {
        aside.sign-up aria-labelledby="sign-up" {
            h2 #sign-up { (sentences::SIGN_UP_TITLE) }
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

/// A headline with its "vs" set apart; it breaks between the tools rather than within a name.
pub(crate) fn headline(title: &str) -> Markup {
    html! {
        @match title.split_once(sentences::VERSUS) {
            Some((a, b)) => { span.side { (a) } " " span.versus { "vs" } " " span.side { (b) } }
            None => (title),
        }
    }
}
