//! AUTH PLAIN and LOGIN (RFC 4954, RFC 4616), against one expected user.

use data_encoding::BASE64;

/// How a client may prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// User and password in one answer (RFC 4616).
    Plain,
    /// User and password in an answer each, as Outlook and old relays do it.
    Login,
}

impl Mechanism {
    /// In the order in which they are announced.
    pub(super) const ALL: [Self; 2] = [Self::Plain, Self::Login];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|mechanism| mechanism.name().eq_ignore_ascii_case(name))
    }

    /// What the receiver asks, in order.
    pub(super) fn questions(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[""],
            Self::Login => &["Username:", "Password:"],
        }
    }

    /// User and password from the decoded answers; `None` if they have not the right form.
    pub(super) fn user_and_password(self, answers: &[String]) -> Option<(String, String)> {
        match (self, answers) {
            (Self::Login, [user, password]) => Some((user.clone(), password.clone())),
            (Self::Plain, [answer]) => {
                // Acting for somebody else (the first part) is not what this receiver does.
                let mut parts = answer.splitn(3, '\0').skip(1);
                Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
            }
            _ => None,
        }
    }
}

/// A question as it goes over the wire.
pub(super) fn encode(question: &str) -> String {
    BASE64.encode(question.as_bytes())
}

/// An answer as it came; `=` stands for an empty one.
pub(super) fn decode(answer: &[u8]) -> Option<String> {
    match answer {
        b"=" => Some(String::new()),
        _ => String::from_utf8(BASE64.decode(answer).ok()?).ok(),
    }
}
