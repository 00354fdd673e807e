//! The texts of an issue file with their places, as far as they could be read.

use std::ops::Range;
use std::sync::Arc;

use crate::findings::{Finding, Report, Source};
use crate::issue::content::rules::Rule;
use crate::issue::{keys, limits};
use crate::toml_source::{Table, Value};

/// What the rules look at. Texts with an error in them are left out: the reader reports them.
pub(super) struct Document<'d> {
    pub(super) source: &'d Arc<Source>,
    /// The mail's subject: the one of the file, or else the title of the file.
    pub(super) subject: Option<Text<'d>>,
    pub(super) preheader: Option<Text<'d>>,
    pub(super) pick: Option<Value<'d>>,
    pub(super) send_on: Option<Value<'d>>,
    pub(super) intro: Option<Text<'d>>,
    /// The lines above `[[tools]]`.
    pub(super) head: Vec<Text<'d>>,
    /// At most two.
    pub(super) tools: Vec<Tool<'d>>,
}

/// A text that readers get.
#[derive(Clone)]
pub(super) struct Text<'d> {
    pub(super) value: Value<'d>,
    pub(super) text: &'d str,
}

pub(super) struct Tool<'d> {
    /// The place of its `[[tools]]`.
    pub(super) header: Range<usize>,
    pub(super) url: Option<Value<'d>>,
    pub(super) description: Option<Text<'d>>,
    /// The lines about it.
    pub(super) texts: Vec<Text<'d>>,
    pub(super) facts: Vec<Fact<'d>>,
    pub(super) quotes: Vec<Text<'d>>,
}

pub(super) struct Fact<'d> {
    pub(super) text: Text<'d>,
    pub(super) source: Option<Value<'d>>,
}

/// Reviews that are looked at; the reader refuses a role's second one.
const REVIEWS: usize = 50;

impl<'d> Document<'d> {
    pub(super) fn read(root: &Table<'d>, source: &'d Arc<Source>) -> Self {
        let line = |key, most| Text::line(&root.get(key)?, most);
        let title = line("title", limits::TITLE);
        let own_subject = line("subject", limits::SUBJECT);
        let preheader = line("preheader", limits::PREHEADER);
        let question = line("question", limits::QUESTION);
        let intro = root
            .get("intro")
            .and_then(|v| Text::block(&v, limits::INTRO));
        let subject = match root.get("subject") {
            Some(_) => own_subject.clone(),
            None => title.clone(),
        };
        let head = [title, question, own_subject, preheader.clone()];
        let tools = root.get("tools");
        let tools = tools.and_then(|v| v.tables(&keys::TOOL, &mut Report::new()));
        let tools = tools.unwrap_or_default();
        Self {
            source,
            subject,
            preheader,
            pick: root.get("pick"),
            send_on: root.get("send_on"),
            intro,
            head: head.into_iter().flatten().collect(),
            tools: tools.iter().take(2).map(Tool::read).collect(),
        }
    }

    /// The tools' names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'d str> {
        let texts = self.tools.iter().flat_map(|tool| &tool.texts);
        let names = texts.filter(|text| text.value.key() == "name");
        names.map(|name| name.text.trim())
    }

    /// Every text, in no particular order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text<'d>> {
        let of_tools = self.tools.iter().flat_map(|tool| {
            let facts = tool.facts.iter().map(|fact| &fact.text);
            let texts = tool.texts.iter().chain(&tool.description);
            texts.chain(facts).chain(&tool.quotes)
        });
        self.head.iter().chain(&self.intro).chain(of_tools)
    }
}

impl<'d> Tool<'d> {
    fn read(table: &Table<'d>) -> Self {
        let lines = [
            ("name", limits::NAME),
            ("maker", limits::MAKER),
            ("category", limits::CATEGORY),
            ("tagline", limits::TAGLINE),
            ("price_note", limits::PRICE_NOTE),
        ];
        let lines = lines.map(|(key, most)| Text::line(&table.get(key)?, most));
        let description = table.get("description");
        let description = description.and_then(|v| Text::block(&v, limits::DESCRIPTION));
        let unreported = &mut Report::new();
        let facts = table.get("facts").and_then(|v| v.items(unreported));
        let facts = facts.unwrap_or_default();
        let reviews = table.get("reviews");
        let reviews = reviews.and_then(|v| v.tables(&keys::REVIEW, unreported));
        let reviews = reviews.unwrap_or_default();
        let quote = |review: &Table<'d>| Text::line(&review.get("quote")?, limits::QUOTE);
        Self {
            header: table.span(),
            url: table.get("url"),
            description,
            texts: lines.into_iter().flatten().collect(),
            facts: facts
                .iter()
                .take(limits::FACTS)
                .filter_map(Fact::read)
                .collect(),
            quotes: reviews.iter().take(REVIEWS).filter_map(quote).collect(),
        }
    }
}

impl<'d> Fact<'d> {
    fn read(value: &Value<'d>) -> Option<Self> {
        if value.is_text() {
            let text = Text::line(value, limits::FACT)?;
            return Some(Self { text, source: None });
        }
        let table = value.table(&keys::FACT, &mut Report::new())?;
        Some(Self {
            text: Text::line(&table.get("text")?, limits::FACT)?,
            source: table.get("source"),
        })
    }
}

impl<'d> Text<'d> {
    fn line(value: &Value<'d>, most: usize) -> Option<Self> {
        value.line(most, &mut Report::new())?;
        Self::of(value)
    }

    fn block(value: &Value<'d>, most: usize) -> Option<Self> {
        value.block(most, &mut Report::new())?;
        Self::of(value)
    }

    fn of(value: &Value<'d>) -> Option<Self> {
        Some(Self {
            value: value.clone(),
            text: value.text(&mut Report::new())?,
        })
    }

    /// In characters.
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// A finding about the whole text.
    pub(super) fn doubt(&self, rule: &Rule, message: impl Into<String>) -> Finding {
        self.value.doubt(rule.code, message)
    }

    /// A finding about a part of the text, in bytes.
    pub(super) fn doubt_at(
        &self,
        part: Range<usize>,
        rule: &Rule,
        message: impl Into<String>,
    ) -> Finding {
        let span = self.value.locate(part);
        Finding::warning(rule.code, message, self.value.source(), span)
    }
}
