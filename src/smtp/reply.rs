//! What a relay's reply means for a delivery.

use std::error::Error;
use std::fmt;

use lettre::transport::smtp::response::Response;

/// Longest text of a reply that is kept, in characters.
const KEPT: usize = 200;

/// A reply: its code (RFC 5321 §4.2) and text, cut to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// The text, lines joined by a space, control characters left out.
    pub text: String,
}

/// What a reply means for the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The relay took the mail.
    Accepted,
    /// Not now.
    Deferred,
    /// Not at all.
    Refused,
    /// Not at all, because the mailbox does not exist or takes no mail any more.
    DeadMailbox,
}

impl Reply {
    /// Sorts the reply: by its enhanced status code (RFC 3463) where it tells of the mailbox, else
    /// by its first digit.
    pub fn fate(&self) -> Fate {
        match (self.code / 100, self.enhanced()) {
            (2 | 3, _) => Fate::Accepted,
            (5, Some((5, 1, 1 | 2 | 6 | 10) | (5, 2, 1))) => Fate::DeadMailbox,
            (5, _) => Fate::Refused,
            _ => Fate::Deferred,
        }
    }

    /// The enhanced status code at the start of the text, such as (5, 1, 1).
    fn enhanced(&self) -> Option<(u16, u16, u16)> {
        let mut numbers = self
            .text
            .split_whitespace()
            .next()?
            .splitn(3, '.')
            .map(str::parse);
        match (numbers.next(), numbers.next(), numbers.next()) {
            (Some(Ok(class)), Some(Ok(subject)), Some(Ok(detail))) => {
                Some((class, subject, detail))
            }
            _ => None,
        }
    }

    /// The reply inside an error of lettre, if the relay did reply.
    pub(super) fn of_error(error: &lettre::transport::smtp::Error) -> Option<Self> {
        let code = error.status()?;
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        Some(Self {
            code: code.into(),
            text: kept(&text),
        })
    }
}

impl From<&Response> for Reply {
    fn from(response: &Response) -> Self {
        let text = response.message().collect::<Vec<_>>().join(" ");
        Self {
            code: response.code().into(),
            text: kept(&text),
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

fn kept(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(KEPT)
        .collect()
}

/// The innermost cause of an error: what the system said, without the wrappers.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_sorted_by_what_it_says_of_the_mailbox() {
        let fate = |code, text: &str| {
            Reply {
                code,
                text: text.to_owned(),
            }
            .fate()
        };
        assert_eq!(fate(250, "2.0.0 Ok"), Fate::Accepted);
        assert_eq!(fate(451, "4.7.1 Greylisted"), Fate::Deferred);
        assert_eq!(fate(550, "5.1.1 No such user"), Fate::DeadMailbox);
        assert_eq!(fate(550, "5.7.1 Policy"), Fate::Refused);
        assert_eq!(fate(550, "No such user"), Fate::Refused);
        assert_eq!(fate(554, "5.1"), Fate::Refused);
    }
}
