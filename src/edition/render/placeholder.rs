//! The placeholders of a frozen mail, and the markers that represent them.

use strum::{EnumString, IntoStaticStr};

pub(super) const OPEN: char = '\u{2}';
pub(super) const CLOSE: char = '\u{3}';

/// A personal value in the frozen mail. The names are stored with editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(super) enum Placeholder {
    /// The value of the `To` header.
    To,
    /// The value of the `Date` header, if readers get the mail at their local time.
    Date,
    /// The part of the Message-ID before the `@`.
    MessageId,
    Greeting,
    UnsubscribeToken,
    /// The token in the address for unsubscribing by mail.
    UnsubscribeLocalPart,
    VoteToken,
    /// The token that names the delivery in the header.
    DeliveryToken,
    /// The reader's address, as given.
    Address,
}

impl Placeholder {
    /// What a template gets instead of the value.
    pub(super) fn marker(self) -> String {
        format!("{OPEN}{}{CLOSE}", self.into_str())
    }

    /// The marker in the frozen mail, with the encoding of the value.
    pub(super) fn marker_in(self, context: Context) -> String {
        format!("{OPEN}{}:{}{CLOSE}", self.into_str(), context.into_str())
    }
}

/// The part of the mail that a placeholder is in, which decides how its value is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub(super) enum Context {
    Header,
    Text,
    Html,
}

/// Cuts a template's output at its placeholders: `Ok` is a placeholder, `Err` the text between two.
/// Marker characters around anything else are text.
pub(super) fn cut(text: &str) -> Vec<Result<Placeholder, &str>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(OPEN).map(|at| at + from) {
        let inner = &rest[at + OPEN.len_utf8()..];
        let marker = inner.split_once(CLOSE);
        match marker.and_then(|(name, after)| Some((name.parse().ok()?, after))) {
            Some((placeholder, after)) => {
                pieces.extend([Err(&rest[..at]), Ok(placeholder)]);
                (rest, from) = (after, 0);
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
