//! A relay's reply, as it is kept and shown.

use std::error::Error;
use std::fmt;

use lettre::transport::smtp::response::Response;

use super::redact::redacted;
use crate::bounces::{self, Class};

/// Longest text of a reply that is kept, in characters.
const KEPT: usize = 200;

/// A reply: its code (RFC 5321 §4.2) and text, cut to 200 characters, with every address in it masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// The text, lines joined by a space, control characters left out, `<address>` in place of addresses.
    pub text: String,
}

impl Reply {
    /// What it means for the delivery.
    pub fn class(&self) -> Class {
        bounces::classify(self.code, &self.text)
    }

    /// True if the receiving domain asks for fewer mails.
    pub fn asks_to_slow_down(&self) -> bool {
        bounces::asks_to_slow_down(self.code, &self.text)
    }

    /// What lettre read, under the code that the relay gave.
    pub(super) fn of(code: u16, response: &Response) -> Self {
        let text = response.message().collect::<Vec<_>>().join(" ");
        let text = kept(&text);
        Self { code, text }
    }

    /// The reply inside an error of lettre, if the relay did reply; `code` is the one that it gave.
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

/// What is kept of a relay's text: one line that names nobody.
pub(super) fn kept(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    redacted(&line).chars().take(KEPT).collect()
}

/// The innermost cause of an error: what the system said, without the wrappers.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
