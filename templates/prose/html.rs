//! Shows prose as HTML. Maud escapes every text and URL.

use maud::{Markup, html};

use super::{Block, Inline, Prose};

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
    pub fn to_html(&self) -> Markup {
        self.to_styled_html(&Styles::default())
    }

    pub fn to_styled_html(&self, styles: &Styles) -> Markup {
        html! { @for block in &self.blocks { (block_html(block, styles)) } }
    }
}

fn block_html(block: &Block, styles: &Styles) -> Markup {
    html! {
        @match block {
            Block::Paragraph(content) => p style=[styles.paragraph] { (content_html(content, styles)) },
            Block::List { start: None, items } => ul style=[styles.list] { (items_html(items, styles)) },
            Block::List { start: Some(start), items } => {
                ol style=[styles.list] start=[(*start != 1).then_some(start)] { (items_html(items, styles)) }
            }
        }
    }
}

fn items_html(items: &[Vec<Block>], styles: &Styles) -> Markup {
    html! {
        @for blocks in items {
            li style=[styles.item] {
                @match blocks.as_slice() {
                    // A tight item, without the margins of a paragraph.
                    [Block::Paragraph(content)] => (content_html(content, styles)),
                    [Block::Paragraph(content), list @ Block::List { .. }] => {
                        (content_html(content, styles)) (block_html(list, styles))
                    }
                    blocks => @for block in blocks { (block_html(block, styles)) },
                }
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
