//! The frozen mail cut at its placeholders, and one reader's mail composed from it.

use chrono::{DateTime, FixedOffset};
use subscribers::address::Address;

use super::encode;
use super::placeholder::{CLOSE, Context, OPEN, Placeholder};

/// The frozen mail, ready to be composed for one reader after another.
#[derive(Clone, Debug)]
pub struct Mail {
    pieces: Vec<Piece>,
    /// The octets that are the same for everybody.
    fixed: usize,
    /// What is not, and how often it stands there.
    holes: Vec<(Placeholder, Context, usize)>,
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
    /// The token of the address to which a mail to leave goes; empty if the mail names none.
    pub unsubscribe_local_part: &'a str,
    /// The token of the links to vote.
    pub vote_token: &'a str,
    /// The date of a mail that each reader gets at their own time.
    pub date: DateTime<FixedOffset>,
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
        let (mut fixed, mut holes) = (0, Vec::<(Placeholder, Context, usize)>::new());
        for piece in &pieces {
            let (placeholder, context) = match piece {
                Piece::Fixed(text) => {
                    fixed += text.len();
                    continue;
                }
                Piece::Hole(placeholder, context) => (*placeholder, *context),
            };
            let known = holes
                .iter_mut()
                .find(|hole| (hole.0, hole.1) == (placeholder, context));
            match known {
                Some((_, _, count)) => *count += 1,
                None => holes.push((placeholder, context, 1)),
            }
        }
        Ok(Self {
            pieces,
            fixed,
            holes,
        })
    }

    /// How many octets [`compose`](Self::compose) writes for a reader. Of the tokens and the Message-ID only the
    /// lengths count.
    pub fn octets(&self, reader: &Reader<'_>) -> usize {
        let mut value = Vec::new();
        let of = |(placeholder, context, count): &(Placeholder, Context, usize)| {
            value.clear();
            reader.fill(*placeholder, *context, &mut value);
            value.len() * count
        };
        self.fixed + self.holes.iter().map(of).sum::<usize>()
    }

    /// True if the mail names an address to which a mail to leave goes.
    pub fn names_mailto(&self) -> bool {
        let names =
            |piece: &Piece| matches!(piece, Piece::Hole(Placeholder::UnsubscribeLocalPart, _));
        self.pieces.iter().any(names)
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
    let context = Context::parse(context).ok_or_else(|| broken(hole))?;
    Ok(Piece::Hole(placeholder, context))
}

fn broken(found: &str) -> BrokenMail {
    BrokenMail(found.chars().take(40).collect())
}

impl Reader<'_> {
    fn fill(&self, placeholder: Placeholder, context: Context, out: &mut Vec<u8>) {
        match placeholder {
            Placeholder::To => {
                let to = crate::header_text::to(self.name, self.address);
                encode::value(&to, context, out);
            }
            Placeholder::Date => encode::value(&self.date.to_rfc2822(), context, out),
            // Tokens are made of characters that need no encoding anywhere (base32, base64url).
            Placeholder::MessageId => out.extend_from_slice(self.message_id.as_bytes()),
            Placeholder::UnsubscribeLocalPart => {
                out.extend_from_slice(self.unsubscribe_local_part.as_bytes());
            }
            Placeholder::VoteToken => out.extend_from_slice(self.vote_token.as_bytes()),
            Placeholder::UnsubscribeToken => {
                out.extend_from_slice(self.unsubscribe_token.as_bytes());
            }
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_octets_of_a_mail_are_known_before_it_is_composed(
            name in proptest::option::of("(\\PC{0,200}|[\"\\\\&<]{0,200}|\u{10FFFD}{150,200})"),
            local in "[a-z&ü]{1,32}",
            label in "(가{1,50}|[a-z]{1,60})",
            token in "[a-z]{10,60}",
        ) {
            let frozen = "a\u{2}to:header\u{3}b\u{2}greeting:html\u{3}\u{2}greeting:text\u{3}\
                          \u{2}address:html\u{3}\u{2}message-id:header\u{3}\u{2}date:header\u{3}\
                          \u{2}greeting:html\u{3}\u{2}unsubscribe-token:html\u{3}\u{2}vote-token:text\u{3}c";
            let mail = Mail::parse(frozen).unwrap();
            let reader = Reader {
                address: &Address::parse(&format!("{local}@{label}.example.com")).unwrap(),
                name: name.as_deref(),
                unsubscribe_token: &token,
                vote_token: &token[1..],
                unsubscribe_local_part: "token",
                date: DateTime::UNIX_EPOCH.fixed_offset(),
                message_id: &token[2..],
            };
            let mut content = Vec::new();
            mail.compose(&reader, &mut content);
            prop_assert_eq!(content.len(), mail.octets(&reader));
        }
    }

    #[test]
    fn an_unknown_placeholder_is_an_error() {
        assert!(Mail::parse("x\u{2}wizard:html\u{3}y").is_err());
        assert!(Mail::parse("x\u{2}address:html").is_err());
    }
}
