//! Shows prose as HTML. Maud escapes every text and URL.

use maud::{Markup, html};

use super::{Block, Inline, Prose};
use crate::locale::Locale;

/// Inline styles and classes for a mail. Pages need none and use [`Prose::to_html`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Styles {
    pub paragraph: Option<&'static str>,
    pub list: Option<&'static str>,
    pub item: Option<&'static str>,
    pub link: Option<&'static str>,
    /// Selects the link's color in dark mode.
    pub link_class: Option<&'static str>,
}

impl Prose {
    pub fn to_html(&self, locale: &Locale) -> Markup {
        self.to_styled_html(locale, &Styles::default())
    }

    /// Blocks whose letters all run against the language's direction have one of their own.
    pub fn to_styled_html(&self, locale: &Locale, styles: &Styles) -> Markup {
        html! { @for block in &self.blocks { (block_html(block, locale, styles)) } }
    }
}

fn block_html(block: &Block, locale: &Locale, styles: &Styles) -> Markup {
    let dir = locale.direction_of(&letters(std::slice::from_ref(block)));
    html! {
        @match block {
            Block::Paragraph(content) => p dir=[dir] style=[styles.paragraph] { (content_html(content, styles)) },
            Block::List { start: None, items } => ul dir=[dir] style=[styles.list] { (items_html(items, locale, styles)) },
            Block::List { start: Some(start), items } => {
                ol dir=[dir] style=[styles.list] start=[(*start != 1).then_some(start)] { (items_html(items, locale, styles)) }
            }
        }
    }
}

fn items_html(items: &[Vec<Block>], locale: &Locale, styles: &Styles) -> Markup {
    html! {
        @for blocks in items {
            li style=[styles.item] {
                @match blocks.as_slice() {
                    // A tight item, without the margins of a paragraph.
                    [Block::Paragraph(content)] => (line_html(content, locale, styles)),
                    [Block::Paragraph(content), list @ Block::List { .. }] => {
                        (line_html(content, locale, styles)) (block_html(list, locale, styles))
                    }
                    blocks => @for block in blocks { (block_html(block, locale, styles)) },
                }
            }
        }
    }
}

/// An item's line stays beside its bullet, whatever its direction.
fn line_html(content: &[Inline], locale: &Locale, styles: &Styles) -> Markup {
    let mut text = String::new();
    collect_letters(content, &mut text);
    locale.directed(&text, content_html(content, styles))
}

/// The text of blocks without its marks.
fn letters(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(content) => collect_letters(content, &mut text),
            Block::List { items, .. } => {
                items
                    .iter()
                    .for_each(|blocks| text.push_str(&letters(blocks)));
            }
        }
    }
    text
}

fn collect_letters(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(part) => text.push_str(part),
            Inline::Break => {}
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                collect_letters(content, text);
            }
        }
    }
}

fn content_html(content: &[Inline], styles: &Styles) -> Markup {
    html! {
        @for inline in content {
            @match inline {
                Inline::Text(text) => (text),
                Inline::Break => br;,
                Inline::Emphasis(content) => em { (content_html(content, styles)) },
                Inline::Strong(content) => strong { (content_html(content, styles)) },
                Inline::Link { url, content } => {
                    a href=(url.as_str()) class=[styles.link_class] style=[styles.link] { (content_html(content, styles)) }
                }
            }
        }
    }
}
