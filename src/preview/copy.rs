//! Copies of a mail's or a page's HTML for a frame, which shows them in one color scheme and loads nothing.
//!
//! The HTML is ours: Maud escapes every text, so a quotation mark ends an attribute and `<style>` begins an element.

use super::choices::Look;

/// What the copies of one newsletter have in common.
pub(super) struct Copier<'a> {
    pub(super) look: Look,
    /// The address of the newsletter's logo in the HTML, and the picture as a `data:` URL.
    pub(super) logo: Option<(&'a str, String)>,
    /// Where relative links lead.
    pub(super) base: &'a str,
}

impl Copier<'_> {
    /// Links open new windows, because a page in the frame would be sandboxed like the mail.
    pub(super) fn copy(&self, html: &str) -> String {
        let scheme = match self.look.dark {
            true => "dark",
            false => "light",
        };
        let (head, body) = html.split_once("<body").unwrap_or((html, ""));
        let base = format!("<head><base href=\"{}/\" target=\"_blank\">", self.base);
        let head = self.styles(head, scheme).replacen("<head>", &base, 1);
        let head = head.replace(
            "scheme\" content=\"light dark\"",
            &format!("scheme\" content=\"{scheme}\""),
        );
        let head = head.replace(
            "schemes\" content=\"light dark\"",
            &format!("schemes\" content=\"{scheme}\""),
        );
        format!("{head}<body{}", self.images(body))
    }

    /// Frames show the scheme that they are for, whatever the browser prefers.
    fn styles(&self, html: &str, scheme: &str) -> String {
        let is_dark = match self.look.dark {
            true => "@media all",
            false => "@media not all",
        };
        between(html, "<style>", "</style>", |style| {
            if self.look.no_styles {
                return None;
            }
            let style = style.replace("@media (prefers-color-scheme:dark)", is_dark);
            let style = style.replace("@media (prefers-color-scheme: dark)", is_dark);
            let style = style.replace("color-scheme:light dark", &format!("color-scheme:{scheme}"));
            Some(style.replace(
                "color-scheme: light dark",
                &format!("color-scheme: {scheme}"),
            ))
        })
    }

    fn images(&self, html: &str) -> String {
        between(html, "<img", ">", |attributes| {
            let (before, rest) = attributes.split_once(" src=\"")?;
            let (url, rest) = rest.split_once('"')?;
            let logo = self.logo.as_ref().filter(|(address, _)| *address == url);
            Some(match logo.filter(|_| !self.look.no_images) {
                Some((_, data)) => format!("{before} src=\"{data}\"{rest}"),
                None => format!("{before}{rest}"),
            })
        })
    }
}

/// Replaces what is between two marks; with `None`, also the marks.
pub(super) fn between(
    html: &str,
    open: &str,
    close: &str,
    replace: impl Fn(&str) -> Option<String>,
) -> String {
    let mut copy = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(open)
        && let Some((inner, after)) = after.split_once(close)
    {
        copy.push_str(before);
        if let Some(inner) = replace(inner) {
            copy.push_str(open);
            copy.push_str(&inner);
            copy.push_str(close);
        }
        rest = after;
    }
    copy + rest
}

/// The ID of the element in which two versions begin to differ.
const CHANGED: &str = " id=\"changed\"";

/// Marks the element in which this version begins to differ from the one before, so that a frame can scroll to it.
pub(super) fn mark_change(html: &str, before: &str) -> String {
    let pairs = html.bytes().zip(before.bytes());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let body = html.find("<body").map_or(html.len(), |at| at + 1);
    if same <= body || html == before {
        return html.to_owned();
    }
    let is_tag = |at: &usize| {
        html.as_bytes()
            .get(at + 1)
            .is_some_and(u8::is_ascii_lowercase)
    };
    let upto = html.floor_char_boundary(same);
    let mut tags = html[body..upto]
        .rmatch_indices('<')
        .map(|(at, _)| body + at);
    let Some(tag) = tags.find(is_tag) else {
        return html.to_owned();
    };
    let name = html[tag + 1..].find(|c: char| !c.is_ascii_alphanumeric());
    let end = tag + 1 + name.unwrap_or_default();
    format!("{}{CHANGED}{}", &html[..end], &html[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<html><head><meta name=\"color-scheme\" content=\"light dark\"><style>:root{color-scheme:light \
        dark}\n@media (prefers-color-scheme:dark){\n.a{b:c}\n}</style></head><body class=\"a\">\
        <img src=\"https://example.com/logo.png\" alt=\"x\"><p>&lt;style&gt; light dark</p></body></html>";

    fn copy(look: Look) -> String {
        let logo = (
            "https://example.com/logo.png",
            "data:image/png;base64,AA".to_owned(),
        );
        let copier = Copier {
            look,
            logo: Some(logo),
            base: "https://example.org",
        };
        copier.copy(HTML)
    }

    #[test]
    fn a_copy_has_one_scheme_and_its_own_logo() {
        let light = copy(Look::default());
        assert_eq!(
            light,
            "<html><head><base href=\"https://example.org/\" target=\"_blank\"><meta name=\"color-scheme\" \
             content=\"light\"><style>:root{color-scheme:light}\n@media not all{\n.a{b:c}\n}</style></head>\
             <body class=\"a\"><img src=\"data:image/png;base64,AA\" alt=\"x\"><p>&lt;style&gt; light dark</p>\
             </body></html>"
        );
        let dark = copy(Look {
            dark: true,
            ..Look::default()
        });
        assert!(
            dark.contains("content=\"dark\"") && dark.contains("@media all{"),
            "{dark}"
        );
    }

    #[test]
    fn images_and_styles_can_be_left_out() {
        let bare = copy(Look {
            no_images: true,
            no_styles: true,
            dark: false,
        });
        assert!(
            bare.contains("<img alt=\"x\">") && !bare.contains("<style"),
            "{bare}"
        );
    }

    #[test]
    fn a_change_is_marked_on_the_element_around_it() {
        let page = |text: &str| {
            format!("<head></head><body><p class=\"a\">one</p><p>{text} <b>x</b></p></body>")
        };
        let marked = mark_change(&page("two"), &page("three"));
        assert!(marked.contains("<p id=\"changed\">two"), "{marked}");
        let marked = mark_change(&page("é"), &page("è"));
        assert!(marked.contains("<p id=\"changed\">é"), "{marked}");
        for (new, old) in [
            (page("two"), page("two")),
            ("<title>a".into(), "<title>b".into()),
            (String::new(), page("")),
        ] {
            assert_eq!(mark_change(&new, &old), new);
        }
        assert_eq!(mark_change("<body>", "<body><p>"), "<body>");
    }
}
