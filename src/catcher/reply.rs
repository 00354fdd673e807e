//! Replies (RFC 5321 §4.2) with enhanced status codes (RFC 3463).

use std::borrow::Cow;

/// Each line of the text becomes a line of the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    /// The enhanced status code; empty if there is none, as in the reply to EHLO.
    status: &'static str,
    text: Cow<'static, str>,
}

impl Reply {
    pub(super) const fn new(code: u16, status: &'static str, text: &'static str) -> Self {
        let text = Cow::Borrowed(text);
        Self { code, status, text }
    }

    pub(super) fn told(code: u16, status: &'static str, text: String) -> Self {
        let text = Cow::Owned(text);
        Self { code, status, text }
    }

    /// True for 2xx and 3xx: the command takes effect.
    pub(super) fn is_positive(&self) -> bool {
        (200..400).contains(&self.code)
    }

    /// True for the code that announces the end of the connection (RFC 5321 §3.8).
    pub(super) fn ends_connection(&self) -> bool {
        self.code == 421
    }

    /// The reply's lines, without line endings.
    pub(super) fn lines(&self, enhanced: bool) -> impl Iterator<Item = String> {
        let last = self.text.lines().count().saturating_sub(1);
        let status = if enhanced { self.status } else { "" };
        let space = if status.is_empty() { "" } else { " " };
        // An empty text is still one line.
        let text = match &*self.text {
            "" => "\n",
            text => text,
        };
        text.lines().enumerate().map(move |(number, line)| {
            let mark = if number < last { '-' } else { ' ' };
            format!("{}{mark}{status}{space}{line}", self.code)
        })
    }
}
