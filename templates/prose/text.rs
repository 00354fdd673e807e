//! Shows prose as plain text, for the mail's text part and for terminals.

use crate::lines::{hang, wrap};

use super::{Block, Inline, Prose};

impl Prose {
    /// Plain text in lines of at most `width` characters, but words and URLs are never cut. A blank
    /// line separates paragraphs, a link is `text (URL)`, and no line break ends the text.
    pub fn to_text(&self, width: usize) -> String {
        blocks_text(&self.blocks, width, "\n\n")
    }
}

fn blocks_text(blocks: &[Block], width: usize, gap: &str) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(content) => wrap(&content_text(content), width),
        Block::List { start, items } => list_text(*start, items, width),
    };
    blocks.iter().map(text).collect::<Vec<_>>().join(gap)
}

fn list_text(start: Option<u64>, items: &[Vec<Block>], width: usize) -> String {
    let mut number = start;
    let text = |blocks: &Vec<Block>| {
        let mark = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        number = number.map(|number| number.saturating_add(1));
        // As in HTML, there is no gap between an item's line and its list.
        let tight = matches!(blocks.as_slice(), [Block::Paragraph(_), Block::List { .. }]);
        let gap = if tight { "\n" } else { "\n\n" };
        let width = width.saturating_sub(mark.len());
        hang(&mark, &blocks_text(blocks, width, gap))
    };
    items.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn content_text(content: &[Inline]) -> String {
    content.iter().map(inline_text).collect()
}

fn inline_text(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Break => "\n".to_owned(),
        Inline::Emphasis(content) => format!("_{}_", content_text(content)),
        Inline::Strong(content) => format!("*{}*", content_text(content)),
        Inline::Link { url, content } => {
            let text = content_text(content);
            let address = url.as_str().strip_prefix("mailto:").unwrap_or(url.as_str());
            if text == address || address.strip_suffix('/') == Some(&text) {
                text
            } else {
                format!("{text} ({address})")
            }
        }
    }
}
