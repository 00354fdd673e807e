//! The frozen mail cut at its placeholders, and one reader's mail composed from it.

use subscribers::address::Address;

use super::encode;

const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// A personal hole in the frozen mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// The `To` header's value.
    To,
    /// The part of the Message-ID before the `@`.
    MessageId,
    /// The line that greets the reader.
    Greeting,
    /// The token of the unsubscribe link.
    UnsubscribeToken,
    /// The reader's address, as given.
    Address,
}

impl Placeholder {
    const ALL: [Self; 5] = [
        Self::To,
        Self::MessageId,
        Self::Greeting,
        Self::UnsubscribeToken,
        Self::Address,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::MessageId => "message-id",
            Self::Greeting => "greeting",
            Self::UnsubscribeToken => "unsubscribe-token",
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

    fn parse(name: &str) -> Option<Self> {
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

/// The frozen mail, ready to be composed for one reader after another.
#[derive(Clone, Debug)]
pub struct Mail {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Fixed(Box<str>),
    Hole(Placeholder, Context),
}

/// The stored text of an edition is not a mail of this version.
#[derive(Debug, thiserror::Error)]
#[error("the frozen mail has an unknown placeholder `{0}`")]
pub struct BrokenMail(String);

/// The personal values of one mail.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Whom it goes to.
    pub address: &'a Address,
    /// The name, where one is known.
    pub name: Option<&'a str>,
    /// The token of the unsubscribe link.
    pub unsubscribe_token: &'a str,
    /// The part of the Message-ID before the `@`.
    pub message_id: &'a str,
}

impl Mail {
    /// Reads a frozen mail.
    ///
    /// # Errors
    /// [`BrokenMail`] if it holds a placeholder that this version does not know.
    pub fn parse(frozen: &str) -> Result<Self, BrokenMail> {
        let mut pieces = Vec::new();
        for part in frozen.split(OPEN) {
            let fixed = if pieces.is_empty() {
                part
            } else {
                let (hole, fixed) = part.split_once(CLOSE).ok_or_else(|| broken(part))?;
                pieces.push(parse_hole(hole)?);
                fixed
            };
            pieces.push(Piece::Fixed(fixed.into()));
        }
        Ok(Self { pieces })
    }

    /// Writes one reader's mail into `out`, which is emptied first. The result is dot-free at line
    /// starts and ends with CRLF: only the final dot is missing.
    pub fn compose(&self, reader: &Reader<'_>, out: &mut Vec<u8>) {
        out.clear();
        for piece in &self.pieces {
            match piece {
                Piece::Fixed(text) => out.extend_from_slice(text.as_bytes()),
                Piece::Hole(placeholder, context) => reader.fill(*placeholder, *context, out),
            }
        }
    }
}

fn parse_hole(hole: &str) -> Result<Piece, BrokenMail> {
    let (name, context) = hole.split_once(':').ok_or_else(|| broken(hole))?;
    let placeholder = Placeholder::parse(name).ok_or_else(|| broken(hole))?;
    let context = Context::ALL
        .into_iter()
        .find(|known| known.name() == context)
        .ok_or_else(|| broken(hole))?;
    Ok(Piece::Hole(placeholder, context))
}

fn broken(found: &str) -> BrokenMail {
    BrokenMail(found.chars().take(40).collect())
}

impl Reader<'_> {
    fn fill(&self, placeholder: Placeholder, context: Context, out: &mut Vec<u8>) {
        match placeholder {
            Placeholder::To => {
                let to = super::headers::to(self.name, self.address);
                encode::value(&to, context, out);
            }
            Placeholder::MessageId => encode::value(self.message_id, context, out),
            Placeholder::UnsubscribeToken => encode::value(self.unsubscribe_token, context, out),
            Placeholder::Address => encode::value(self.address.as_given(), context, out),
            Placeholder::Greeting => match self.name {
                Some(name) => encode::value(&format!("Hi {name},"), context, out),
                None => encode::value("Hello,", context, out),
            },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
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

    #[test]
    fn an_unknown_placeholder_is_an_error() {
        assert!(Mail::parse("x\u{2}wizard:html\u{3}y").is_err());
        assert!(Mail::parse("x\u{2}address:html").is_err());
    }
}
