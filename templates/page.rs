//! The layout that all pages share.

use maud::{DOCTYPE, Markup, html};

use crate::comparison::Newsletter;

/// The style sheet, served at `/style.css`.
pub const STYLE_CSS: &str = include_str!("style.css");

/// What a page says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The page's title, without the newsletter's name.
    pub title: &'a str,
    /// One line for search engines and link previews.
    pub description: Option<&'a str>,
    /// The page's permanent address; a page without one asks not to be indexed.
    pub canonical: Option<&'a str>,
}

/// The whole document around `main`.
pub fn page(newsletter: &Newsletter, head: Head<'_>, main: Markup) -> Markup {
    html! { (DOCTYPE) html lang=(newsletter.language) { head { title { (head.title) } } body { main { (main) } } } }
}
