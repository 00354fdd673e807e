//! The personal holes of a frozen mail, and the markers that stand for them.

pub(super) const OPEN: char = '\u{2}';
pub(super) const CLOSE: char = '\u{3}';

/// A personal hole in the frozen mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// The `To` header's value.
    To,
    /// The `Date` header's value, where each reader gets the mail at their own time.
    Date,
    /// The part of the Message-ID before the `@`.
    MessageId,
    /// The line that greets the reader.
    Greeting,
    /// The token of the unsubscribe link.
    UnsubscribeToken,
    /// The token of the address to which a mail to leave goes.
    UnsubscribeLocalPart,
    /// The token of the links to vote.
    VoteToken,
    /// The reader's address, as given.
    Address,
}

impl Placeholder {
    const ALL: [Self; 8] = [
        Self::To,
        Self::Date,
        Self::MessageId,
        Self::Greeting,
        Self::UnsubscribeToken,
        Self::UnsubscribeLocalPart,
        Self::VoteToken,
        Self::Address,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Date => "date",
            Self::MessageId => "message-id",
            Self::Greeting => "greeting",
            Self::UnsubscribeToken => "unsubscribe-token",
            Self::UnsubscribeLocalPart => "unsubscribe-local-part",
            Self::VoteToken => "vote-token",
            Self::Address => "address",
        }
    }

    /// What a template is given in the place of the value.
    pub(super) fn marker(self) -> String {
        format!("{OPEN}{}{CLOSE}", self.name())
    }

    /// What stands in the frozen mail: the placeholder and how its value is to be encoded.
    pub(super) fn marker_in(self, context: Context) -> String {
        format!("{OPEN}{}:{}{CLOSE}", self.name(), context.name())
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|placeholder| placeholder.name() == name)
    }
}

/// Where a placeholder stands, which decides how its value is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    Header,
    Text,
    Html,
}

impl Context {
    const ALL: [Self; 3] = [Self::Header, Self::Text, Self::Html];

    fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Text => "text",
            Self::Html => "html",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}

/// Cuts a template's output at its placeholders: `Ok` is a placeholder, `Err` the text between.
/// Marker characters around anything else are text.
pub(super) fn cut(text: &str) -> Vec<Result<Placeholder, &str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(OPEN).map(|at| at + from) {
        let inner = &rest[at + OPEN.len_utf8()..];
        let found = inner.find(CLOSE).and_then(|end| {
            Placeholder::parse(&inner[..end]).map(|placeholder| (placeholder, end))
        });
        match found {
            Some((placeholder, end)) => {
                pieces.push(Err(&rest[..at]));
                pieces.push(Ok(placeholder));
                rest = &inner[end + CLOSE.len_utf8()..];
                from = 0;
            }
            None => from = at + OPEN.len_utf8(),
        }
    }
    pieces.push(Err(rest));
    pieces.retain(|piece| *piece != Err(""));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marker_characters_around_anything_else_are_text() {
        let text = "a\u{2}b\u{2}address\u{3}c\u{2}d\u{3}";
        assert_eq!(
            cut(text),
            [
                Err("a\u{2}b"),
                Ok(Placeholder::Address),
                Err("c\u{2}d\u{3}")
            ]
        );
    }
}
