//! Cuts the frozen mail at its placeholders, and composes each reader's mail from it.

use chrono::{DateTime, FixedOffset};
use subscribers::address::Address;
use templates::locale::Locale;
use templates::mail::Greeting;

use super::encode;
use super::headers::CONTENT_LANGUAGE;
use super::placeholder::{CLOSE, Context, OPEN, Placeholder};

/// The frozen mail, cut at its placeholders.
#[derive(Clone, Debug)]
pub struct Mail {
    pieces: Vec<Piece>,
    /// How many octets are the same for all readers.
    fixed: usize,
    /// The placeholders, and how often each occurs.
    holes: Vec<(Placeholder, Context, usize)>,
    greeting: Greeting,
}

#[derive(Clone, Debug)]
enum Piece {
    Fixed(Box<str>),
    Hole(Placeholder, Context),
}

/// A part of a reader's mail.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// The same for all readers.
    Fixed(&'a str),
    /// A personal value.
    Value(&'a [u8]),
}

/// This version cannot read the stored mail of an edition.
#[derive(Debug, thiserror::Error)]
#[error("the frozen mail has an unknown placeholder `{0}`")]
pub struct BrokenMail(String);

/// The personal values of one mail.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub address: &'a Address,
    pub name: Option<&'a str>,
    pub unsubscribe_token: &'a str,
    /// The token in the address for unsubscribing by mail; empty if the mail has no such address.
    pub unsubscribe_local_part: &'a str,
    pub vote_token: &'a str,
    /// The token that names the delivery in the header; empty if the mail, frozen by an earlier release, has none.
    pub delivery_token: &'a str,
    /// For a mail that each reader gets at their local time.
    pub date: DateTime<FixedOffset>,
    /// The part of the Message-ID before the `@`.
    pub message_id: &'a str,
}

/// The newsletter's language may have changed since the mail was frozen.
fn greeting(frozen: &str, locale: &Locale) -> Greeting {
    let head = frozen.split("\r\n").take_while(|line| !line.is_empty());
    let mut fields = head.filter_map(|line| line.split_once(": "));
    match fields.find(|(name, _)| *name == CONTENT_LANGUAGE) {
        Some((_, language)) if language != locale.lang() => {
            Greeting::new(&Locale::new(language, &[]).0)
        }
        _ => Greeting::new(locale),
    }
}

impl Mail {
    /// Reads a frozen mail. It greets its readers in its own language, or in that of `locale` if an earlier release
    /// froze it without naming one.
    ///
    /// # Errors
    /// [`BrokenMail`] if it has an unknown placeholder.
    pub fn parse(frozen: &str, locale: &Locale) -> Result<Self, BrokenMail> {
        Self::cut(frozen, greeting(frozen, locale))
    }

    /// Reads another text with placeholders, to fill it with the values of this mail's readers.
    ///
    /// # Errors
    /// [`BrokenMail`] if it has an unknown placeholder.
    pub fn with_text(&self, text: &str) -> Result<Self, BrokenMail> {
        Self::cut(text, self.greeting.clone())
    }

    fn cut(frozen: &str, greeting: Greeting) -> Result<Self, BrokenMail> {
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
            match piece {
                Piece::Fixed(text) => fixed += text.len(),
                Piece::Hole(placeholder, context) => {
                    let mut known = holes.iter_mut();
                    match known.find(|hole| (hole.0, hole.1) == (*placeholder, *context)) {
                        Some((_, _, count)) => *count += 1,
                        None => holes.push((*placeholder, *context, 1)),
                    }
                }
            }
        }
        Ok(Self {
            pieces,
            fixed,
            holes,
            greeting,
        })
    }

    /// The number of octets that [`compose`](Self::compose) writes for a reader. The tokens and the Message-ID need only
    /// have the right length.
    pub fn octets(&self, reader: &Reader<'_>) -> usize {
        let mut value = Vec::new();
        let of = |(placeholder, context, count): &(Placeholder, Context, usize)| {
            value.clear();
            reader.fill(*placeholder, *context, &self.greeting, &mut value);
            value.len() * count
        };
        self.fixed + self.holes.iter().map(of).sum::<usize>()
    }

    /// True if the mail has an address for unsubscribing by mail.
    pub fn names_mailto(&self) -> bool {
        self.has(Placeholder::UnsubscribeLocalPart)
    }

    /// True if the mail's header names the delivery.
    pub fn names_delivery(&self) -> bool {
        self.has(Placeholder::DeliveryToken)
    }

    /// True if each reader's mail has the date at which it is due.
    pub fn is_dated_by_reader(&self) -> bool {
        self.has(Placeholder::Date)
    }

    fn has(&self, wanted: Placeholder) -> bool {
        let mut placeholders = self.holes.iter().map(|(placeholder, ..)| *placeholder);
        placeholders.any(|placeholder| placeholder == wanted)
    }

    /// Adds one reader's mail to `out`. No line begins with a dot, and the last one ends with CRLF: only the final dot is
    /// missing.
    pub fn compose(&self, reader: &Reader<'_>, out: &mut Vec<u8>) {
        self.visit(reader, |part| {
            out.extend_from_slice(match part {
                Part::Fixed(text) => text.as_bytes(),
                Part::Value(value) => value,
            });
        });
    }

    /// Passes on what [`compose`](Self::compose) writes, part by part.
    pub fn visit(&self, reader: &Reader<'_>, mut visit: impl FnMut(Part<'_>)) {
        let mut value = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Fixed(text) => visit(Part::Fixed(text)),
                Piece::Hole(placeholder, context) => {
                    value.clear();
                    reader.fill(*placeholder, *context, &self.greeting, &mut value);
                    visit(Part::Value(&value));
                }
            }
        }
    }
}

fn parse_hole(hole: &str) -> Result<Piece, BrokenMail> {
    let (name, context) = hole.split_once(':').ok_or_else(|| broken(hole))?;
    let placeholder = name.parse().map_err(|_| broken(hole))?;
    let context = context.parse().map_err(|_| broken(hole))?;
    Ok(Piece::Hole(placeholder, context))
}

fn broken(found: &str) -> BrokenMail {
    BrokenMail(found.chars().take(40).collect())
}

impl Reader<'_> {
    fn fill(
        &self,
        placeholder: Placeholder,
        context: Context,
        greeting: &Greeting,
        out: &mut Vec<u8>,
    ) {
        let token = match placeholder {
            Placeholder::To => {
                let to = crate::header_text::to(self.name, self.address);
                return encode::value(&to, context, out);
            }
            Placeholder::Date => return encode::value(&self.date.to_rfc2822(), context, out),
            Placeholder::Address => return encode::value(self.address.as_given(), context, out),
            Placeholder::Greeting => return encode::value(&greeting.to(self.name), context, out),
            Placeholder::MessageId => self.message_id,
            Placeholder::UnsubscribeLocalPart => self.unsubscribe_local_part,
            Placeholder::VoteToken => self.vote_token,
            Placeholder::DeliveryToken => self.delivery_token,
            Placeholder::UnsubscribeToken => self.unsubscribe_token,
        };
        // The characters of tokens need no encoding anywhere (base32, base64url).
        out.extend_from_slice(token.as_bytes());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reader<'a>(address: &'a Address, name: Option<&'a str>, token: &'a str) -> Reader<'a> {
        Reader {
            address,
            name,
            unsubscribe_token: token,
            vote_token: &token[1..],
            unsubscribe_local_part: "token",
            delivery_token: &token[3..],
            date: DateTime::UNIX_EPOCH.fixed_offset(),
            message_id: &token[2..],
        }
    }

    proptest! {
        #[test]
        fn the_octets_of_a_mail_are_known_before_it_is_composed(
            name in proptest::option::of("(\\PC{0,200}|[\"\\\\&<]{0,200}|\u{10FFFD}{150,200})"),
            local in "[a-z&ü]{1,32}",
            label in "(가{1,50}|[a-z]{1,60})",
            token in "[a-z]{10,60}",
        ) {
            let frozen = "a\u{2}to:header\u{3}b\u{2}greeting:html\u{3}\u{2}greeting:text\u{3}\
                          \u{2}address:html\u{3}\u{2}message-id:header\u{3}\u{2}date:header\u{3}\u{2}delivery-token:header\u{3}\
                          \u{2}greeting:html\u{3}\u{2}unsubscribe-token:html\u{3}\u{2}vote-token:text\u{3}c";
            let mail = Mail::parse(frozen, &Locale::default()).unwrap();
            let address = Address::parse(&format!("{local}@{label}.example.com")).unwrap();
            let reader = reader(&address, name.as_deref(), &token);
            let mut content = Vec::new();
            mail.compose(&reader, &mut content);
            prop_assert_eq!(content.len(), mail.octets(&reader));
        }
    }

    #[test]
    fn an_unknown_placeholder_is_an_error() {
        for broken in ["x\u{2}wizard:html\u{3}y", "x\u{2}address:html"] {
            assert!(Mail::parse(broken, &Locale::default()).is_err());
        }
    }

    #[test]
    fn a_mail_greets_in_the_language_in_which_it_was_frozen() {
        let german = Locale::new("de-AT", &[]).0;
        for (header, locale, wanted) in [
            (
                "Content-Language: de-AT\r\n",
                &Locale::default(),
                "Guten Tag,",
            ),
            ("Content-Language: en\r\n", &german, "Hello,"),
            ("", &german, "Guten Tag,"),
        ] {
            let frozen = format!("Subject: Hi\r\n{header}\r\n\u{2}greeting:text\u{3}");
            let mail = Mail::parse(&frozen, locale).unwrap();
            let (address, mut content) = (Address::parse("a@example.com").unwrap(), Vec::new());
            mail.compose(&reader(&address, None, "token"), &mut content);
            let content = String::from_utf8(content).unwrap();
            let greeting = content.rsplit("\r\n").next();
            assert_eq!(greeting, Some(wanted), "{header}");
        }
    }
}
