//! The layout of all pages. They load only our own style sheet, script and logo, as the policy in
//! `src/web/headers.rs` demands, and work without the script.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};

use crate::accent;
use crate::comparison::Newsletter;
use crate::locale::{Locale, Message, args};
use crate::sentences;

/// The style sheet without the newsletter's accent, which replaces the line [`ACCENT`].
pub(crate) const STYLE_CSS: &str = include_str!("style.css");

const ACCENT: &str = "/* accent */\n";

/// Served at `/style.css`.
pub fn style_css(newsletter: &Newsletter) -> String {
    STYLE_CSS.replacen(ACCENT, &accent::properties(newsletter), 1)
}

/// The style sheet's URL. It changes with the content, so that browsers can cache it forever.
fn style_url(newsletter: &Newsletter) -> String {
    static HASH: LazyLock<u64> = LazyLock::new(|| fnv(0xcbf2_9ce4_8422_2325, STYLE_CSS));
    format!(
        "/style.css?v={:x}",
        fnv(*HASH, &accent::properties(newsletter))
    )
}

/// Continues an FNV-1a hash.
fn fnv(hash: u64, text: &str) -> u64 {
    let add = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(hash, add)
}

/// Served at `/script.js`. Optional: every page works without it.
pub const SCRIPT_JS: &str = include_str!("script.js");

/// The pages' icon: the newsletter's initial on its accent. It is inline, because browsers request `/favicon.ico`
/// otherwise.
fn icon(newsletter: &Newsletter) -> String {
    let block = accent::block(newsletter);
    let (ground, ink) = (block.to_string(), block.text_on().to_string());
    let (ground, ink) = (ground.trim_start_matches('#'), ink.trim_start_matches('#'));
    // Neither a letter nor a digit means anything in XML.
    let initial = newsletter.name.chars().find(|c| c.is_alphanumeric());
    let initial: String = initial.into_iter().flat_map(char::to_uppercase).collect();
    let initial: String = initial.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E\
         %3Cpath fill='%23{ground}' d='M0 0h32v32H0z'/%3E\
         %3Ctext x='16' y='24' text-anchor='middle' font-family='Georgia,serif' font-weight='700' font-size='23' \
         fill='%23{ink}'%3E{initial}%3C/text%3E%3C/svg%3E"
    )
}

/// The name of a field in sign-up forms that people leave empty and bots fill in.
pub const HONEYPOT: &str = "website";

/// A page's metadata.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    /// The newsletter's name follows it, unless it is already part of it.
    pub title: &'a str,
    /// One line for search engines and link previews; none if it is empty.
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
        html lang=(newsletter.locale.lang()) dir=(newsletter.locale.direction()) {
            (head_element(newsletter, head, more))
            body class=[class] {
                a.skip-link href="#main" { (newsletter.locale.html("page-skip", args![])) }
                (masthead(newsletter))
                main #main { (main) }
                (colophon(newsletter))
            }
        }
    }
}

fn head_element(newsletter: &Newsletter, head: Head<'_>, more: Markup) -> Markup {
    let title = match head.title.contains(&newsletter.name) {
        true => head.title.to_owned(),
        false => format!("{} · {}", head.title, newsletter.name),
    };
    let description = head.description.filter(|text| !text.is_empty());
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) }
            @if let Some(description) = description {
                meta name="description" content=(description);
            }
            @match head.canonical {
                Some(url) => {
                    link rel="canonical" href=(url);
                    meta property="og:url" content=(url);
                    meta property="og:title" content=(head.title);
                    meta property="og:site_name" content=(newsletter.name);
                    @if let Some(description) = description {
                        meta property="og:description" content=(description);
                    }
                }
                None => { meta name="robots" content="noindex"; }
            }
            (more)
            link rel="alternate" type="application/atom+xml" title=(newsletter.name) href="/feed.xml";
            link rel="icon" href=(icon(newsletter));
            link rel="stylesheet" href=(style_url(newsletter));
        }
    }
}

fn masthead(newsletter: &Newsletter) -> Markup {
    let (locale, tagline) = (&newsletter.locale, &newsletter.tagline);
    html! {
        header.masthead {
            p.nameplate {
                a href="/" {
                    @match &newsletter.logo {
                        Some(logo) => { img.logo src=(logo) alt=(newsletter.name); }
                        None => (locale.isolate(&newsletter.name)),
                    }
                }
            }
            nav aria-label=(locale.text("page-links-main", args![])) {
                a href="/issues" { (locale.html("page-archive", args![])) }
                a href="/subscribe" { (locale.html("page-subscribe", args![])) }
            }
            @if !tagline.is_empty() { p.motto dir=[locale.direction_of(tagline)] { (tagline) } }
        }
    }
}

fn colophon(newsletter: &Newsletter) -> Markup {
    let (locale, address) = (&newsletter.locale, &newsletter.postal_address);
    html! {
        footer.colophon {
            nav aria-label=(locale.text("page-links-site", args![])) {
                a href="/issues" { (locale.html("page-all-comparisons", args![])) }
                a href="/feed.xml" { (locale.html("page-feed", args![])) }
                a href=(newsletter.join_url) { (subscribe_to(newsletter)) }
            }
            address dir=[locale.direction_of(address)] { (address) }
        }
    }
}

/// The sign-up box at the foot of a page.
pub(crate) fn sign_up(newsletter: &Newsletter) -> Markup {
    sign_up_about(newsletter, &newsletter.about)
}

/// The sign-up box of a page that says itself what the newsletter is about.
pub(crate) fn sign_up_only(newsletter: &Newsletter) -> Markup {
    sign_up_about(newsletter, "")
}

fn sign_up_about(newsletter: &Newsletter, about: &str) -> Markup {
    let locale = &newsletter.locale;
    html! {
        aside.sign-up aria-labelledby="sign-up" {
            h2 #sign-up { (locale.html("sign-up", args![])) }
            @if !about.is_empty() { p dir=[locale.direction_of(about)] { (about) } }
            form method="post" action="/subscribe" {
                input type="hidden" name="form" value="page-1";
                input type="hidden" name="stamp" data-stamp;
                label {
                    (locale.html("page-email", args![]))
                    input type="text" inputmode="email" name="email" autocomplete="email"
                        autocapitalize="none" spellcheck="false" required maxlength="254";
                }
                (honeypot(locale))
                button.button type="submit" { (subscribe_to(newsletter)) }
            }
            script src="/script.js" defer {}
        }
    }
}

/// The label of a button or a link, and a heading.
pub(crate) fn subscribe_to(newsletter: &Newsletter) -> Message {
    let locale = &newsletter.locale;
    locale.message("subscribe-to", args![newsletter = &newsletter.name])
}

/// A field off screen that people leave empty and bots fill in. Not `hidden`, which bots look for.
pub(crate) fn honeypot(locale: &Locale) -> Markup {
    html! {
        div.unseen aria-hidden="true" {
            label {
                (locale.html("page-honeypot", args![]))
                input type="text" name=(HONEYPOT) tabindex="-1" autocomplete="off";
            }
        }
    }
}

/// Sets off the "vs" of a headline, and breaks lines between the tools rather than within a name.
pub(crate) fn headline(locale: &Locale, title: &str) -> Markup {
    let Some((a, versus, b)) = sentences::versus(locale, title) else {
        return locale.isolate(title);
    };
    let sides = html! {
        span.side { (locale.isolate(a)) } " " span.versus { (versus) } " " span.side { (locale.isolate(b)) }
    };
    locale.directed(title, sides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_accent_changes_the_style_sheet_and_its_url() {
        let plain = fixture::newsletter();
        let red = Newsletter {
            accent: Some("#aa1133".to_owned()),
            ..plain.clone()
        };
        assert_ne!(style_url(&plain), style_url(&red));
        assert_eq!(style_css(&plain), STYLE_CSS.replacen(ACCENT, "", 1));
        let css = style_css(&red);
        assert!(
            css.contains("--block: #aa1133; --on-block: #ffffff"),
            "{css}"
        );
        let (accent, print) = (css.find("#aa1133"), css.find("@media print"));
        assert!(accent < print, "print keeps its black");
    }

    #[test]
    fn the_icon_shows_the_initial_on_the_accent() {
        let mut newsletter = fixture::newsletter();
        newsletter.accent = Some("#ffd400".to_owned());
        for (name, initial) in [
            ("'<news>", "%4E"),
            ("écran", "%C3%89"),
            ("通义", "%E9%80%9A"),
            ("<&>", ""),
        ] {
            name.clone_into(&mut newsletter.name);
            let icon = icon(&newsletter);
            let text = format!("fill='%23000000'%3E{initial}%3C/text%3E");
            assert!(icon.contains(&text), "{name}: {icon}");
            assert!(icon.contains("fill='%23ffd400'"), "{icon}");
            assert!(!icon.contains(['<', '>', '"', '#']), "{icon}");
        }
    }

    #[test]
    fn a_page_of_a_newsletter_without_a_tagline_has_no_description() {
        let mut newsletter = fixture::newsletter();
        newsletter.tagline.clear();
        let archive = crate::pages::archive::archive(&newsletter, &[], &Default::default());
        let (head, _) = archive.0.split_once("</head>").unwrap_or_default();
        assert!(
            head.contains("canonical") && !head.contains("description"),
            "{head}"
        );
    }

    #[test]
    fn a_logo_has_the_name_as_its_text() {
        let mut newsletter = fixture::newsletter();
        newsletter.logo = Some("/logo.svg".to_owned());
        let page = page(&newsletter, Head::default(), html! {}).into_string();
        let logo = "<img class=\"logo\" src=\"/logo.svg\" alt=\"Verdict &amp; Sons\">";
        assert!(page.contains(logo), "{page}");
    }
}
