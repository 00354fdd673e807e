//! Turns Markdown events into the subset's tree, and lists what is not in the subset.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::{Block, Dropped, Inline, Target};

/// The limit for nested lists, emphases and links. The tree is rendered by recursion and stored as
/// JSON, whose readers also limit nesting.
const DEPTH: usize = 12;

/// The second value is in source order.
pub(super) fn parse(source: &str) -> (Vec<Block>, Vec<Dropped>) {
    // The parser recognizes extensions, so that they are reported and not shown as markup.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut tree = Tree::default();
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        tree.take(event, range);
    }
    let blocks = tree.root.into_blocks();
    let mut dropped = tree.dropped;
    dropped.sort_by_key(|one| (one.range.start, one.range.end));
    (blocks, dropped)
}

#[derive(Default)]
struct Tree {
    root: Content,
    open: Vec<Frame>,
    dropped: Vec<Dropped>,
}

/// An open element.
struct Frame {
    kind: Kind,
    content: Content,
}

enum Kind {
    Paragraph,
    /// A block that keeps its line breaks: code, raw HTML.
    Lines,
    List(Option<u64>),
    Item,
    Emphasis,
    Strong,
    Link(Target),
    /// A block that is not supported: only its content is shown.
    Passage,
    /// A span that is not supported: only its content is shown.
    Span,
}

/// The content of an element so far. Inlines beside blocks become paragraphs, as in a tight list.
#[derive(Default)]
struct Content {
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    inlines: Vec<Inline>,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, range),
            Event::SoftBreak => self.inline(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Html(text) => self.text(&text, range),
            Event::InlineHtml(text) => self.named_text(&text, range, "raw HTML"),
            Event::Code(text) => self.named_text(&text, range, "inline code"),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.named_text(&text, range, "formula");
            }
            Event::FootnoteReference(label) => {
                self.named_text(&format!("[{label}]"), range, "footnote");
            }
            Event::TaskListMarker(_) => self.drop(range, "task list"),
            Event::Rule => self.drop(range, "horizontal rule"),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::List(start) => Kind::List(start),
            Tag::Item if self.in_list() => Kind::Item,
            Tag::Item => Kind::Passage,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url, &range),
            Tag::TableCell => self.cell(),
            Tag::TableHead | Tag::TableRow => Kind::Paragraph,
            Tag::Heading { .. } => self.instead(Kind::Paragraph, &range, "heading"),
            Tag::CodeBlock(_) => self.instead(Kind::Lines, &range, "code block"),
            Tag::HtmlBlock => self.instead(Kind::Lines, &range, "raw HTML"),
            Tag::Table(_) => self.instead(Kind::Passage, &range, "table"),
            Tag::BlockQuote(_) => self.instead(Kind::Passage, &range, "block quote"),
            Tag::FootnoteDefinition(_) => self.instead(Kind::Passage, &range, "footnote"),
            Tag::Image { .. } => self.instead(Kind::Span, &range, "image"),
            Tag::Strikethrough => self.instead(Kind::Span, &range, "strikethrough"),
            Tag::Superscript | Tag::Subscript => self.instead(Kind::Span, &range, "raised text"),
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.instead(Kind::Passage, &range, "definition list"),
        };
        let kind = if self.open.len() < DEPTH {
            kind
        } else {
            self.too_deep(kind, &range)
        };
        self.open.push(Frame {
            kind,
            content: Content::default(),
        });
    }

    fn link(&mut self, link_type: LinkType, url: &str, range: &Range<usize>) -> Kind {
        let url = match link_type {
            LinkType::Email => format!("mailto:{url}"),
            _ => url.to_owned(),
        };
        match Target::parse(&url) {
            Ok(target) => Kind::Link(target),
            Err(what) => self.instead(Kind::Span, range, what),
        }
    }

    /// Separates a table's cells with a bar, as the source does.
    fn cell(&mut self) -> Kind {
        if !self.top().inlines.is_empty() {
            self.inline(Inline::Text(" | ".to_owned()));
        }
        Kind::Span
    }

    /// False in a list that is nested too deep, whose items are not shown as items.
    fn in_list(&self) -> bool {
        matches!(self.kind(), Some(Kind::List(_)))
    }

    fn kind(&self) -> Option<&Kind> {
        self.open.last().map(|frame| &frame.kind)
    }

    fn instead(&mut self, kind: Kind, range: &Range<usize>, what: &'static str) -> Kind {
        self.drop(range.clone(), what);
        kind
    }

    fn too_deep(&mut self, kind: Kind, range: &Range<usize>) -> Kind {
        let flat = match kind {
            Kind::Paragraph | Kind::Lines | Kind::Item | Kind::Passage | Kind::Span => return kind,
            Kind::List(_) => Kind::Passage,
            Kind::Emphasis | Kind::Strong | Kind::Link(_) => Kind::Span,
        };
        self.instead(flat, range, "nesting this deep")
    }

    fn end(&mut self) {
        let Some(Frame { kind, content }) = self.open.pop() else {
            return;
        };
        let parent = self.top();
        match kind {
            Kind::Paragraph | Kind::Lines => parent.add_paragraph(content.inlines),
            Kind::Item => parent.items.push(content.into_blocks()),
            Kind::List(start) => parent.add_block(Block::List {
                start,
                items: content.items,
            }),
            Kind::Emphasis => parent.inlines.push(Inline::Emphasis(content.inlines)),
            Kind::Strong => parent.inlines.push(Inline::Strong(content.inlines)),
            Kind::Link(url) => parent.inlines.push(Inline::Link {
                url,
                content: content.inlines,
            }),
            Kind::Passage => {
                let blocks = content.into_blocks().into_iter();
                blocks.for_each(|one| parent.add_block(one));
            }
            Kind::Span => {
                let inlines = content.inlines.into_iter();
                inlines.for_each(|one| parent.add_inline(one));
            }
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if !matches!(self.kind(), Some(Kind::Lines)) {
            return self.plain(text, range);
        }
        for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 || !self.top().inlines.is_empty() {
                self.inline(Inline::Break);
            }
            self.plain(line, range.clone());
        }
    }

    fn named_text(&mut self, text: &str, range: Range<usize>, what: &'static str) {
        self.drop(range.clone(), what);
        self.plain(text, range);
    }

    /// Removes control characters, which an editor can write as `&#2;`: two of them mark the mail's
    /// placeholders.
    fn plain(&mut self, text: &str, range: Range<usize>) {
        let text = text.replace(['\n', '\t'], " ");
        if text.contains(char::is_control) {
            self.drop(range, "control character");
            self.inline(Inline::Text(text.replace(char::is_control, "")));
        } else {
            self.inline(Inline::Text(text));
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.top().add_inline(inline);
    }

    fn drop(&mut self, range: Range<usize>, what: &'static str) {
        self.dropped.push(Dropped { range, what });
    }

    fn top(&mut self) -> &mut Content {
        self.open
            .last_mut()
            .map_or(&mut self.root, |frame| &mut frame.content)
    }
}

impl Content {
    fn add_inline(&mut self, inline: Inline) {
        match (self.inlines.last_mut(), inline) {
            (_, Inline::Text(more)) if more.is_empty() => {}
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => self.inlines.push(inline),
        }
    }

    fn add_block(&mut self, block: Block) {
        let before = mem::take(&mut self.inlines);
        self.add_paragraph(before);
        self.blocks.push(block);
    }

    fn add_paragraph(&mut self, inlines: Vec<Inline>) {
        if !inlines.iter().all(is_blank) {
            self.blocks.push(Block::Paragraph(inlines));
        }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        let rest = mem::take(&mut self.inlines);
        self.add_paragraph(rest);
        self.blocks
    }
}

fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
            content.iter().all(is_blank)
        }
    }
}
