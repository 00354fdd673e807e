//! The newsletter's language: what readers and editors see in words, and how dates and numbers are written.
//!
//! The words are Fluent messages in `locales/<tag>.ftl` (<https://projectfluent.org/fluent/guide/>). A message that
//! the language lacks, or that cannot be formatted, is taken from English.

mod bidi;
mod check;
mod formats;
mod message;
mod numerals;
mod tag;
mod value;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod guard;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod sources;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::fmt;
use std::sync::{Arc, LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use maud::{Markup, PreEscaped};

pub(crate) use self::bidi::is_from_right;
pub use self::check::{Mistake, MistakeKind, message_ids};
pub use self::message::Message;
use self::message::{Written, marked};
use self::numerals::Numerals;
pub use self::value::Value;
pub(crate) use self::value::args;

/// Our catalogues, by language tag.
const CATALOGUES: [(&str, &str); 11] = [
    ENGLISH,
    ("ar", include_str!("locales/ar.ftl")),
    ("de", include_str!("locales/de.ftl")),
    ("es", include_str!("locales/es.ftl")),
    ("fr", include_str!("locales/fr.ftl")),
    ("it", include_str!("locales/it.ftl")),
    ("ja", include_str!("locales/ja.ftl")),
    ("nl", include_str!("locales/nl.ftl")),
    ("pl", include_str!("locales/pl.ftl")),
    ("pt-BR", include_str!("locales/pt-BR.ftl")),
    ("zh-Hans", include_str!("locales/zh-Hans.ftl")),
];

/// The catalogue that has every message.
const ENGLISH: (&str, &str) = ("en", include_str!("locales/en.ftl"));

static DEFAULT: LazyLock<Locale> = LazyLock::new(|| Locale::new(ENGLISH.0, &[]).0);

/// A language with its texts. Cheap to clone. The default is English.
#[derive(Clone)]
pub struct Locale(Arc<Texts>);

struct Texts {
    /// As configured, such as `de-AT`.
    lang: String,
    /// The language's catalogues, the most fitting first.
    resources: Vec<Arc<FluentResource>>,
    /// One for each catalogue, with the less fitting ones behind it, and English at the end: where a message of one
    /// cannot be formatted, that of the next one is.
    bundles: Vec<FluentBundle<Arc<FluentResource>>>,
    numerals: Numerals,
}

/// What to tell the operator about a [`Locale`] that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// There is no catalogue of the language, so its readers see English.
    NoCatalogue,
    /// The override with this index is of another language.
    OtherLanguage(usize),
    /// A mistake in the override with this index.
    Mistake(usize, Mistake),
}

impl Locale {
    /// The locale of a language tag (BCP 47), such as `de-AT`. Where there is no catalogue of just that tag, one of the
    /// same language is taken, preferably of the same script.
    ///
    /// `overrides` are catalogues, each with its tag, that replace single messages of ours or add a language.
    pub fn new(tag: &str, overrides: &[(&str, &str)]) -> (Self, Vec<Warning>) {
        let mut warnings = Vec::new();
        let distance = |code: &str| tag::distance(tag, code);
        for (file, (code, _)) in overrides.iter().enumerate() {
            if distance(code).is_none() {
                warnings.push(Warning::OtherLanguage(file));
            }
        }
        let every = overrides.iter().chain(&CATALOGUES).enumerate();
        let mut fitting: Vec<_> = every
            .filter(|(_, (code, _))| distance(code).is_some())
            .collect();
        // What the operator wrote comes first, even if the tag of ours is nearer.
        fitting.sort_by_key(|(at, (code, _))| (*at >= overrides.len(), distance(code)));
        if fitting.is_empty() {
            warnings.push(Warning::NoCatalogue);
        }
        let texts: Vec<&str> = fitting.iter().map(|(_, (_, text))| *text).collect();
        for (file, (code, text)) in overrides.iter().enumerate() {
            if distance(code).is_some() {
                let mistakes = check::mistakes(text, &texts);
                warnings.extend(mistakes.into_iter().map(|one| Warning::Mistake(file, one)));
            }
        }
        let code = fitting.first().map_or(ENGLISH.0, |(_, (code, _))| *code);
        (Self::of(tag, code, &texts), warnings)
    }

    /// The locale of catalogues, the most fitting first, whose plurals are those of the tag `code`.
    fn of(lang: &str, code: &str, texts: &[&str]) -> Self {
        let resources: Vec<_> = texts.iter().map(|text| resource(text)).collect();
        let mut bundles: Vec<_> = (0..resources.len())
            .map(|first| bundle(code, &resources[first..]))
            .collect();
        if !texts.contains(&ENGLISH.1) {
            bundles.push(bundle(ENGLISH.0, &[resource(ENGLISH.1)]));
        }
        let mut texts = Arc::new(Texts {
            lang: lang.to_owned(),
            resources,
            bundles,
            numerals: Numerals::default(),
        });
        let locale = Self(Arc::clone(&texts));
        let numerals = Numerals::like(
            &locale.text("number-1234", &[]),
            &locale.text("number-12345", &[]),
        );
        drop(locale);
        if let Some(texts) = Arc::get_mut(&mut texts) {
            texts.numerals = numerals;
        }
        Self(texts)
    }

    /// The tags of our catalogues, English first.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        CATALOGUES.iter().map(|(code, _)| *code)
    }

    /// The language tag, for `lang` attributes and headers.
    pub fn lang(&self) -> &str {
        &self.0.lang
    }

    /// The direction of its script, for `dir` attributes: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        tag::direction(&self.0.lang)
    }

    pub(crate) fn is_rtl(&self) -> bool {
        self.direction() == "rtl"
    }

    /// The direction of an editor's text, for its element's `dir`, if its letters all run against the language's.
    pub(crate) fn direction_of(&self, text: &str) -> Option<&'static str> {
        let opposite = if self.is_rtl() { "ltr" } else { "rtl" };
        bidi::runs_against(text, self.is_rtl()).then_some(opposite)
    }

    /// Markup of an editor's text within a line, in the direction of that text's letters.
    pub(crate) fn directed(&self, text: &str, markup: Markup) -> Markup {
        match self.direction_of(text) {
            Some(dir) => maud::html! { span dir=(dir) { (markup) } },
            None => markup,
        }
    }

    /// An editor's text within a line, such as a name, isolated where it could reorder what is beside it.
    pub(crate) fn isolate(&self, text: &str) -> Markup {
        let mut written = Written::new(&self.0.numerals, self.is_rtl());
        // A string never fails.
        let _ = written.isolate(text);
        PreEscaped(written.message.into_html())
    }

    /// A message with its values filled in.
    pub fn message(&self, id: &'static str, args: &[(&'static str, Value<'_>)]) -> Message {
        let values = args.iter().map(|(name, value)| (*name, value.to_fluent()));
        let values: FluentArgs<'_> = values.collect();
        for bundle in &self.0.bundles {
            let message = bundle.get_message(id);
            let Some(pattern) = message.and_then(|message| message.value()) else {
                continue;
            };
            let mut written = Written::new(&self.0.numerals, self.is_rtl());
            let mut errors = Vec::new();
            let done = bundle.write_pattern(&mut written, pattern, Some(&values), &mut errors);
            if done.is_ok() && errors.is_empty() {
                return written.message;
            }
        }
        debug_assert!(false, "the message `{id}` cannot be formatted");
        Message::from(id)
    }

    /// A message as plain text, also for attributes.
    pub fn text(&self, id: &'static str, args: &[(&'static str, Value<'_>)]) -> String {
        self.message(id, args).into_text()
    }

    /// A message as HTML. Texts among the arguments are isolated where they could reorder the sentence around them.
    pub fn html(&self, id: &'static str, args: &[(&'static str, Value<'_>)]) -> Markup {
        PreEscaped(self.message(id, args).into_html())
    }
}

impl Default for Locale {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.0.lang)
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        let sources = |locale: &Self| {
            let resources = locale.0.resources.iter();
            resources
                .map(|one| one.source().to_owned())
                .collect::<Vec<_>>()
        };
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.lang == other.0.lang && sources(self) == sources(other)
    }
}

impl Eq for Locale {}

/// The messages of a catalogue that can be read.
fn resource(text: &str) -> Arc<FluentResource> {
    let read = FluentResource::try_new(text.to_owned());
    Arc::new(read.unwrap_or_else(|(readable, _)| readable))
}

/// Of messages with one name, that of the first catalogue counts.
fn bundle(code: &str, resources: &[Arc<FluentResource>]) -> FluentBundle<Arc<FluentResource>> {
    let mut bundle = FluentBundle::new_concurrent(vec![code.parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(marked));
    for resource in resources {
        // It complains of messages that it has already.
        let _ = bundle.add_resource(Arc::clone(resource));
    }
    bundle
}
