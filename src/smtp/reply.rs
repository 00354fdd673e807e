//! What a relay's reply means for a delivery.

use std::error::Error;
use std::fmt;

use lettre::transport::smtp::response::Response;

use super::redact::redacted;

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
    /// Not at all, by policy: the relay may object to this reader alone, or to the message or the sender.
    Objection,
}

impl Reply {
    /// Sorts the reply: by its enhanced status code (RFC 3463) where it has one, else by its code. A
    /// mail that was taken by its code is taken whatever else is said: the relay answers for it then
    /// (RFC 5321 §4.2.5).
    pub fn fate(&self) -> Fate {
        if self.code / 100 == 2 {
            return Fate::Accepted;
        }
        match self.enhanced() {
            Some((4, _, _)) => Fate::Deferred,
            Some((5, 1, 1 | 2 | 6 | 10) | (5, 2, 1)) => Fate::DeadMailbox,
            // Security and policy; a message too large for the system.
            Some((5, 7, _) | (5, 3, 4)) => Fate::Objection,
            Some((5, _, _)) => Fate::Refused,
            // RFC 4954 §6: authentication is required, failed, or must be encrypted.
            _ if matches!(self.code, 530 | 534 | 535 | 538) => Fate::Objection,
            _ if self.code / 100 == 5 => Fate::Refused,
            _ => Fate::Deferred,
        }
    }

    /// True if the receiving domain asks for fewer mails: 421, or a temporary objection by policy.
    pub fn asks_to_slow_down(&self) -> bool {
        self.code == 421 || (self.code / 100 == 4 && matches!(self.enhanced(), Some((4, 7, _))))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_asks_to_be_slowed_down() {
        let asks = |code, text: &str| {
            let text = text.to_owned();
            Reply { code, text }.asks_to_slow_down()
        };
        assert!(asks(421, "Come back later"));
        assert!(asks(451, "4.7.1 Greylisted"));
        assert!(!asks(452, "4.2.2 Mailbox full"));
        assert!(!asks(550, "4.7.1 Odd"));
    }

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
        assert_eq!(fate(550, "5.7.1 Policy"), Fate::Objection);
        assert_eq!(fate(552, "5.3.4 Too big"), Fate::Objection);
        assert_eq!(fate(535, "Who are you?"), Fate::Objection);
        assert_eq!(fate(552, "5.2.2 Mailbox full"), Fate::Refused);
        assert_eq!(fate(550, "4.2.2 Mailbox full for now"), Fate::Deferred);
        assert_eq!(fate(250, "5.7.1 Taken all the same"), Fate::Accepted);
        assert_eq!(fate(550, "No such user"), Fate::Refused);
        assert_eq!(fate(554, "5.1"), Fate::Refused);
    }
}
