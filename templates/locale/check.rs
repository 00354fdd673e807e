//! Finds mistakes in a catalogue that would leave readers with a sentence in English.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser::{self, ParserError};

use super::ENGLISH;

/// A mistake in a catalogue, and where it is, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub kind: MistakeKind,
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// The text is not Fluent, for the reason that its parser gives.
    Syntax(String),
    /// There is no message with this name.
    UnknownMessage(String),
    /// The message gets `known`, but not this variable.
    UnknownVariable { name: String, known: Vec<String> },
    /// The catalogues of the language have no message, term or function with this name.
    UnknownReference(String),
}

static KNOWN: LazyLock<Definitions<'static>> = LazyLock::new(|| Definitions::of(ENGLISH.1));

/// The names of all messages.
pub fn message_ids() -> impl Iterator<Item = &'static str> + Clone {
    KNOWN.messages.keys().copied()
}

/// The mistakes in a catalogue, in its order. Its messages may refer to those of `language`, all catalogues of its
/// language.
pub(super) fn mistakes(text: &str, language: &[&str]) -> Vec<Mistake> {
    let (resource, errors) = parse(text);
    let mut mistakes: Vec<_> = errors.into_iter().map(|one| syntax(text, one)).collect();
    let own = Definitions::in_resource(&resource);
    let language: Vec<_> = language.iter().map(|text| Definitions::of(text)).collect();
    let mut add = |name: &str, kind| {
        let span = span(text, name);
        mistakes.push(Mistake { kind, span });
    };
    for (id, uses) in &own.messages {
        let Some(known) = KNOWN.variables(id) else {
            add(id, MistakeKind::UnknownMessage((*id).to_owned()));
            continue;
        };
        for name in uses.variables.iter().filter(|name| !known.contains(*name)) {
            let kind = MistakeKind::UnknownVariable {
                name: (*name).to_owned(),
                known: known.iter().map(ToString::to_string).collect(),
            };
            add(name, kind);
        }
    }
    for uses in own.messages.values().chain(own.terms.values()) {
        let is_message = |id: &str| language.iter().any(|one| one.messages.contains_key(id));
        let is_term = |id: &str| language.iter().any(|one| one.terms.contains_key(id));
        let messages = uses.messages.iter().filter(|id| !is_message(id));
        let terms = uses.terms.iter().filter(|id| !is_term(id));
        for name in messages.chain(terms).chain(&uses.functions) {
            add(name, MistakeKind::UnknownReference((*name).to_owned()));
        }
    }
    mistakes.sort_by_key(|mistake| mistake.span.start);
    mistakes
}

fn parse(text: &str) -> (Resource<&str>, Vec<ParserError>) {
    parser::parse(text).map_or_else(|failed| failed, |resource| (resource, Vec::new()))
}

/// The parser notices what is missing only at the next character, which may be lines below.
fn syntax(text: &str, error: ParserError) -> Mistake {
    let before = text.get(..error.pos.start).unwrap_or(text);
    let at = before.trim_end().len();
    let span = match before[at..].contains('\n') {
        true => at..at,
        false => error.pos,
    };
    Mistake {
        kind: MistakeKind::Syntax(error.kind.to_string()),
        span,
    }
}

/// Where a part of the text is in it.
fn span(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    start..start + part.len()
}

/// What a catalogue defines, by name, and what each definition uses.
#[derive(Default)]
pub(super) struct Definitions<'t> {
    pub(super) messages: BTreeMap<&'t str, Uses<'t>>,
    terms: BTreeMap<&'t str, Uses<'t>>,
}

/// Names that a message or term uses; parts of the catalogue's text.
#[derive(Default)]
pub(super) struct Uses<'t> {
    variables: Vec<&'t str>,
    pub(super) messages: Vec<&'t str>,
    terms: Vec<&'t str>,
    functions: Vec<&'t str>,
}

impl<'t> Definitions<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self::in_resource(&parse(text).0)
    }

    fn in_resource(resource: &Resource<&'t str>) -> Self {
        let mut definitions = Self::default();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    if let Some(pattern) = &message.value {
                        let uses = Uses::of(pattern);
                        definitions.messages.insert(message.id.name, uses);
                    }
                }
                Entry::Term(term) => {
                    let uses = Uses::of(&term.value);
                    definitions.terms.insert(term.id.name, uses);
                }
                _ => {}
            }
        }
        definitions
    }

    /// The variables of a message, including those of the messages that it refers to; `None` if there is no such
    /// message.
    pub(super) fn variables(&self, id: &str) -> Option<BTreeSet<&'t str>> {
        let mut variables = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![self.messages.get_key_value(id)?];
        while let Some((id, uses)) = waiting.pop() {
            if seen.insert(*id) {
                variables.extend(&uses.variables);
                let referred = uses.messages.iter();
                waiting.extend(referred.filter_map(|id| self.messages.get_key_value(id)));
            }
        }
        Some(variables)
    }
}

impl<'t> Uses<'t> {
    fn of(pattern: &Pattern<&'t str>) -> Self {
        let mut uses = Self::default();
        uses.pattern(pattern);
        uses
    }

    fn pattern(&mut self, pattern: &Pattern<&'t str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression, .. } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'t str>) {
        match expression {
            Expression::Inline(inline, ..) => self.inline(inline),
            Expression::Select {
                selector, variants, ..
            } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'t str>) {
        match inline {
            InlineExpression::VariableReference { id, .. } => self.variables.push(id.name),
            InlineExpression::MessageReference { id, .. } => self.messages.push(id.name),
            InlineExpression::TermReference { id, arguments, .. } => {
                self.terms.push(id.name);
                self.arguments(arguments.as_ref());
            }
            InlineExpression::FunctionReference { id, arguments, .. } => {
                self.functions.push(id.name);
                self.arguments(Some(arguments));
            }
            InlineExpression::Placeable { expression, .. } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: Option<&CallArguments<&'t str>>) {
        for argument in arguments.iter().flat_map(|all| &all.positional) {
            self.inline(argument);
        }
    }
}
