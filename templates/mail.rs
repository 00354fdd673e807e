//! The mail: an HTML part and a plain-text part with the same content in the same order.
//!
//! Many mail programs drop style sheets, so all styles are inline. A style sheet has only what cannot be
//! inline: rules for the width of the screen (`mail.css`) and for dark mode.

pub mod correction;
pub mod digest;
mod frame;
mod html;
mod look;
mod scorecard;
mod style;
mod table;
mod text;
pub mod transactional;
pub mod welcome;

use std::borrow::Cow;

use crate::comparison::{Comparison, Newsletter, Previous};
use crate::locale::{Locale, args};
use crate::sentences;

/// The version of an edition's mail. Raise it when a change to the templates makes a mail say something else, so that
/// approvals of issues are asked for again; not for a change of looks.
pub const TEMPLATES: u32 = 1;

/// What an inbox shows of the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub subject: String,
    /// The line that mail programs show after the subject.
    pub preheader: String,
}

/// The personal values, which may be placeholders. Templates insert them unchanged: in HTML as text or
/// in double-quoted attributes, in plain text at the end of a line. They never measure, wrap or cut
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// The line that greets the reader: a [`Greeting`].
    pub greeting: String,
    pub unsubscribe_url: String,
    /// The page that mails a link to the settings.
    pub settings_url: String,
    /// Completed by a tool's slug and a verdict.
    pub vote_url: String,
    pub address: String,
}

/// The line that greets a reader, in the newsletter's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// With [`Greeting::NAME`] for the name.
    named: String,
    unnamed: String,
}

impl Greeting {
    const NAME: &str = "\u{1}";

    pub fn new(locale: &Locale) -> Self {
        Self {
            named: locale.text("mail-greeting", args![name = Self::NAME]),
            unnamed: locale.text("mail-greeting-without-name", args![]),
        }
    }

    /// Such as "Hi Ada,".
    pub fn to(&self, name: Option<&str>) -> Cow<'_, str> {
        match name {
            Some(name) => self.named.replace(Self::NAME, name).into(),
            None => self.unnamed.as_str().into(),
        }
    }
}

/// A mail, not yet encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    pub subject: String,
    /// The line that mail programs show after the subject. The HTML part begins with it, hidden.
    pub preheader: String,
    pub html: String,
    /// Lines ended by `\n`, at most 72 characters long except for URLs.
    pub text: String,
}

/// The preheader of an edition whose editor wrote none: who wins, and by how much.
pub fn preheader(locale: &Locale, comparison: &Comparison) -> String {
    sentences::result_line(locale, comparison).into_text()
}

pub fn mail(
    comparison: &Comparison,
    newsletter: &Newsletter,
    heading: &Heading,
    personal: &Personal,
    previous: Option<&Previous>,
) -> MailBody {
    MailBody {
        subject: heading.subject.clone(),
        preheader: heading.preheader.clone(),
        html: html::html(comparison, newsletter, heading, personal, previous).into_string(),
        text: text::text(comparison, newsletter, personal, previous),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
