//! The arguments of messages.

use std::borrow::Cow;

use fluent_bundle::FluentValue;
use maud::Markup;

use super::Message;
use super::message::{both, plain};

/// An argument of a message.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    /// It also chooses among plurals.
    Number(i64),
    /// For HTML only: it has no text.
    Markup(Markup),
    /// A part of the sentence that is a message itself.
    Message(Cow<'a, Message>),
}

impl<'a> Value<'a> {
    pub(super) fn to_fluent(&'a self) -> FluentValue<'a> {
        match self {
            Self::Text(text) => plain(text).into(),
            Self::Number(number) => (*number).into(),
            Self::Markup(markup) => both("", &markup.0).into(),
            Self::Message(message) => message.to_value().into(),
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

impl From<Message> for Value<'_> {
    fn from(message: Message) -> Self {
        Self::Message(Cow::Owned(message))
    }
}

impl<'a> From<&'a Message> for Value<'a> {
    fn from(message: &'a Message) -> Self {
        Self::Message(Cow::Borrowed(message))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
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
