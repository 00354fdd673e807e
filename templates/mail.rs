//! The mail: an HTML part and a plain-text part that say the same, in the same order.
//!
//! Mail programs drop style sheets more or less at will, so every style stands inline; `mail.css`
//! holds only what cannot: the narrow screen and the dark pair of each colour.

pub mod digest;
mod html;
mod style;
mod text;
pub mod transactional;

use crate::comparison::{Comparison, Newsletter, Previous};

/// What stands above the mail in a reader's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The subject.
    pub subject: String,
    /// The line that mail programs show after the subject.
    pub preheader: String,
}

/// What differs from reader to reader. The values may be placeholders: they are put into the parts
/// as they are, in HTML as text or in double-quoted attributes, in plain text at the end of a line;
/// never measured, wrapped or cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// The line that greets the reader, such as "Hi Ada,".
    pub greeting: String,
    /// The page where the reader leaves.
    pub unsubscribe_url: String,
    /// The page from which the reader gets to the settings.
    pub settings_url: String,
    /// Where the reader votes: a tool's slug and a verdict follow.
    pub vote_url: String,
    /// The reader's address.
    pub address: String,
}

/// A mail, not yet encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBody {
    /// The subject.
    pub subject: String,
    /// The line that mail programs show after the subject; the HTML part begins with it, unseen.
    pub preheader: String,
    /// The HTML part.
    pub html: String,
    /// The plain-text part: lines ended by `\n`, at most 72 characters long except for addresses.
    pub text: String,
}

/// Writes the mail.
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
