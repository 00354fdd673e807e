//! A relay's reply, as it is stored and shown.

use std::error::Error;
use std::fmt;

use lettre::transport::smtp::response::Response;

use super::redact::redacted;
use crate::bounces::{self, Class};

/// How much of a reply's text is kept, in characters.
const KEPT: usize = 200;

/// The code (RFC 5321 §4.2) and the text, cut to 200 characters, with every address masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// Lines are joined by a space, control characters replaced by one, and addresses by `<address>`.
    pub text: String,
}

impl Reply {
    pub fn class(&self) -> Class {
        bounces::classify(self.code, &self.text)
    }

    /// True if the receiving domain asks for fewer mails.
    pub fn asks_to_slow_down(&self) -> bool {
        bounces::asks_to_slow_down(self.code, &self.text)
    }

    /// The text that lettre read, with the relay's own code.
    pub(super) fn of(code: u16, response: &Response) -> Self {
        let text = kept(&response.message().collect::<Vec<_>>().join(" "));
        Self { code, text }
    }

    /// The reply in lettre's error, if the relay replied, with the relay's own code.
    pub(super) fn of_error(code: u16, error: &lettre::transport::smtp::Error) -> Option<Self> {
        error.status()?;
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        let text = kept(&text);
        Some(Self { code, text })
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

/// A relay's text as it is stored: one line without addresses.
pub(super) fn kept(text: &str) -> String {
    let line = text.replace(char::is_control, " ");
    let mut kept = redacted(&line).into_owned();
    if let Some((end, _)) = kept.char_indices().nth(KEPT) {
        kept.truncate(end);
    }
    kept
}

/// The innermost cause of an error, such as the system's message.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
