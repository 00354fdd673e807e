//! AUTH PLAIN and LOGIN (RFC 4954, RFC 4616) for a single user.

use data_encoding::BASE64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// User and password in one response (RFC 4616).
    Plain,
    /// User and password in separate responses, for Outlook and old relays.
    Login,
}

impl Mechanism {
    /// In the order of announcement.
    pub(super) const ALL: [Self; 2] = [Self::Plain, Self::Login];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|mechanism| mechanism.name().eq_ignore_ascii_case(name))
    }

    /// The receiver's challenges, in order.
    pub(super) fn questions(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[""],
            Self::Login => &["Username:", "Password:"],
        }
    }

    /// User and password from the decoded responses; `None` if they are malformed.
    pub(super) fn user_and_password(self, answers: &[String]) -> Option<(String, String)> {
        match (self, answers) {
            (Self::Login, [user, password]) => Some((user.clone(), password.clone())),
            (Self::Plain, [answer]) => {
                // Ignores the authorization identity, the first part.
                let mut parts = answer.splitn(3, '\0').skip(1);
                Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
            }
            _ => None,
        }
    }
}

pub(super) fn encode(question: &str) -> String {
    BASE64.encode(question.as_bytes())
}

/// `=` stands for an empty response.
pub(super) fn decode(answer: &[u8]) -> Option<String> {
    match answer {
        b"=" => Some(String::new()),
        _ => String::from_utf8(BASE64.decode(answer).ok()?).ok(),
    }
}
