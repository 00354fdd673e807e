//! The arguments of messages.

use std::borrow::Cow;

use fluent_bundle::FluentValue;
use maud::Markup;

use super::MARKUP;

/// An argument of a message.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    /// It also chooses among plurals.
    Number(i64),
    /// For [`Locale::html`](super::Locale::html) only.
    Markup(Markup),
}

impl<'a> Value<'a> {
    pub(super) fn to_fluent(&'a self) -> FluentValue<'a> {
        match self {
            // A text cannot pass for markup.
            Self::Text(text) => text.trim_start_matches(MARKUP).into(),
            Self::Number(number) => (*number).into(),
            Self::Markup(markup) => format!("{MARKUP}{}", markup.0).into(),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Markup> for Value<'_> {
    fn from(markup: Markup) -> Self {
        Self::Markup(markup)
    }
}

/// The arguments of a message, by its names for them: `args![slug, day = locale.date(day)]`.
macro_rules! args {
    (@value $name:ident) => {
        $crate::locale::Value::from($name)
    };
    (@value $name:ident $value:expr) => {
        $crate::locale::Value::from($value)
    };
    ($($name:ident $(= $value:expr)?),* $(,)?) => {
        &[$((stringify!($name), $crate::locale::args!(@value $name $($value)?))),*]
    };
}
pub(crate) use args;
