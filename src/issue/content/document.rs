//! The texts of an issue file with their places, as far as they could be read.

use std::ops::Range;
use std::sync::Arc;

use crate::findings::{Finding, Report, Source};
use crate::issue::content::rules::Rule;
use crate::issue::key::{Key, Kind};
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
        let text = |key| Text::read(key, root);
        let title = text(&keys::TITLE);
        let own_subject = text(&keys::SUBJECT);
        let preheader = text(&keys::PREHEADER);
        let question = text(&keys::QUESTION);
        let intro = text(&keys::INTRO);
        let subject = match root.get(keys::SUBJECT.name) {
            Some(_) => own_subject.clone(),
            None => title.clone(),
        };
        let head = [title, question, own_subject, preheader.clone()];
        let tools = root.get(keys::TOOLS.name);
        let tools = tools.and_then(|v| v.tables(&keys::TOOL, &mut Report::new()));
        let tools = tools.unwrap_or_default();
        Self {
            source,
            subject,
            preheader,
            pick: root.get(keys::PICK.name),
            send_on: root.get(keys::SEND_ON.name),
            intro,
            head: head.into_iter().flatten().collect(),
            tools: tools.iter().take(2).map(Tool::read).collect(),
        }
    }

    /// The tools' names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'d str> {
        let texts = self.tools.iter().flat_map(|tool| &tool.texts);
        let names = texts.filter(|text| text.value.key() == keys::NAME.name);
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
            keys::NAME,
            keys::MAKER,
            keys::CATEGORY,
            keys::TAGLINE,
            keys::PRICE_NOTE,
        ];
        let lines = lines.iter().filter_map(|key| Text::read(key, table));
        let unreported = &mut Report::new();
        let facts = table
            .get(keys::FACTS.name)
            .and_then(|v| v.items(unreported));
        let facts = facts.unwrap_or_default();
        let reviews = table.get(keys::REVIEWS.name);
        let reviews = reviews.and_then(|v| v.tables(&keys::REVIEW, unreported));
        let reviews = reviews.unwrap_or_default();
        let quote = |review: &Table<'d>| Text::read(&keys::QUOTE, review);
        Self {
            header: table.span(),
            url: table.get(keys::URL.name),
            description: Text::read(&keys::DESCRIPTION, table),
            texts: lines.collect(),
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
            let text = Text::of(&keys::TEXT, value)?;
            return Some(Self { text, source: None });
        }
        let table = value.table(&keys::FACT, &mut Report::new())?;
        Some(Self {
            text: Text::read(&keys::TEXT, &table)?,
            source: table.get(keys::SOURCE.name),
        })
    }
}

impl<'d> Text<'d> {
    fn read(key: &Key, table: &Table<'d>) -> Option<Self> {
        Self::of(key, &table.get(key.name)?)
    }

    fn of(key: &Key, value: &Value<'d>) -> Option<Self> {
        let unreported = &mut Report::new();
        match key.kind {
            Kind::Prose(most) => drop(value.block(most, unreported)?),
            _ => drop(value.line(key.most(), unreported)?),
        }
        Some(Self {
            value: value.clone(),
            text: value.text(unreported)?,
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
