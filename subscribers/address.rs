//! What counts as an address, and when two addresses belong to the same reader.
//!
//! The grammar is that of RFC 5321 and RFC 6531, minus the forms that many relays reject: quoted local parts,
//! comments, display names, domain literals and domains without a dot. The domain must be a valid host name in its
//! A-label form (RFC 5321 §4.1.2 and §2.3.5, RFC 5890).

mod local_part;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use thiserror::Error;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The longest address, in octets: a path of 256 (RFC 5321 §4.5.3.1.3) minus its angle brackets.
pub const MAX_ADDRESS: usize = 254;
/// The longest local part, in octets (RFC 5321 §4.5.3.1.1).
pub const MAX_LOCAL_PART: usize = 64;

/// An email address as the reader wrote it, in NFC, with its canonical key. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    as_given: String,
    key: AddressKey,
}

/// The canonical form of an address: two addresses with the same key belong to the same reader. The local
/// part is folded, and the domain is in lower-case A-labels.
///
/// Folding is NFC, then Unicode lower case (character by character), then NFC again, without the joiners, which nobody
/// sees. RFC 5321 §2.4 lets a receiver tell `Ann` from `ann`, but no receiver in use does, so a list never holds both;
/// mail still goes to the address as given. Dots and `+tags` stay, because only the receiver knows what they mean.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(String);

/// Why a text is not an address that can be mailed. The message never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("the address is empty")]
    Empty,
    #[error("the address contains a control character")]
    Control,
    #[error("the address contains an invisible character; type it instead of pasting it")]
    Invisible,
    #[error("the address contains white space")]
    WhiteSpace,
    /// As given, or with the domain as A-labels.
    #[error("the address is longer than {MAX_ADDRESS} bytes")]
    TooLong,
    /// Angle brackets, as in `Ann <ann@example.com>`.
    #[error("write the bare address, without a name or angle brackets")]
    DisplayName,
    /// A comment in parentheses (RFC 5322 §3.2.2).
    #[error("comments in parentheses are not accepted")]
    Comment,
    #[error("the address has no @")]
    NoAt,
    #[error("the address has more than one @")]
    ManyAts,
    #[error("there is nothing before the @")]
    LocalEmpty,
    #[error("the part before the @ is longer than {MAX_LOCAL_PART} bytes")]
    LocalTooLong,
    /// As in `"ann b"@example.com`.
    #[error("a quoted part before the @ is not accepted")]
    LocalQuoted,
    #[error("the part before the @ has a character or a dot that is not allowed there")]
    LocalInvalid,
    #[error("there is nothing after the @")]
    DomainEmpty,
    /// With or without brackets.
    #[error("an IP address in place of a domain is not accepted")]
    DomainLiteral,
    /// Such as `localhost`.
    #[error("the domain has no dot")]
    DomainSingleLabel,
    /// A character, hyphen, dot or length that the DNS does not allow.
    #[error("the domain is not a valid name")]
    DomainInvalid,
}

impl Address {
    /// Reads one address. Drops white space around it and changes nothing else.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => text.into(),
            _ => text.nfc().collect::<String>().into(),
        };
        check_characters(&composed)?;
        let (local, domain) = split(&composed)?;
        check_local(local)?;
        let domain = ascii_domain(domain)?;
        if local.len() + 1 + domain.len() > MAX_ADDRESS {
            return Err(AddressError::TooLong);
        }
        let key = AddressKey::new(local, &domain);
        let as_given = composed.into_owned();
        Ok(Self { as_given, key })
    }

    /// An address read from a table, which [`parse`](Self::parse) accepted before.
    #[must_use]
    pub fn stored(as_given: String, key: String) -> Self {
        Self {
            as_given,
            key: AddressKey::stored(key),
        }
    }

    #[must_use]
    pub fn as_given(&self) -> &str {
        &self.as_given
    }

    #[must_use]
    pub fn key(&self) -> &AddressKey {
        &self.key
    }

    /// The part before the `@`, as given.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.parts().0
    }

    /// The part after the `@`, as given.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.parts().1
    }

    /// The domain as lower-case A-labels: what goes to the DNS, and what the throttles count by.
    #[must_use]
    pub fn domain_ascii(&self) -> &str {
        self.key.domain()
    }

    /// True if the relay must offer SMTPUTF8 (RFC 6531). A non-ASCII domain alone does not need it,
    /// because [`Address::on_the_wire`] writes A-labels.
    #[must_use]
    pub fn needs_smtputf8(&self) -> bool {
        !self.local_part().is_ascii()
    }

    /// The address for `RCPT TO`: the local part as given, and a non-ASCII domain as A-labels.
    #[must_use]
    pub fn on_the_wire(&self) -> Cow<'_, str> {
        if self.domain().is_ascii() {
            Cow::Borrowed(&self.as_given)
        } else {
            Cow::Owned(format!("{}@{}", self.local_part(), self.domain_ascii()))
        }
    }

    /// A form for pages that only the owner can recognise: `a…@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.parts();
        let first: String = local.chars().take(1).collect();
        format!("{first}…@{domain}")
    }

    fn parts(&self) -> (&str, &str) {
        let given = self.as_given.as_str();
        // Parsing accepts only texts with exactly one `@`.
        given.split_once('@').unwrap_or((given, ""))
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.as_given)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(..)")
    }
}

impl AddressKey {
    fn new(local: &str, domain: &str) -> Self {
        let mut key = String::with_capacity(local.len() + 1 + domain.len());
        if local.is_ascii() {
            key.push_str(local);
            key.make_ascii_lowercase();
        } else {
            let seen = local.chars().filter(|c| !local_part::is_joiner(*c));
            key.extend(seen.nfc().flat_map(char::to_lowercase).nfc());
        }
        key.push('@');
        key.push_str(domain);
        Self(key)
    }

    /// A key read from a table, which needs no more checking or folding.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The key as tables hold it: `local@domain`. Keep it out of logs, as you would the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressKey(..)")
    }
}

/// The rules for the text as a whole.
fn check_characters(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        Err(AddressError::Empty)
    } else if text.len() > MAX_ADDRESS {
        Err(AddressError::TooLong)
    } else if text.chars().any(char::is_control) {
        Err(AddressError::Control)
    } else if !text.is_ascii() && text.chars().any(is_invisible) {
        Err(AddressError::Invisible)
    } else if text.contains(['<', '>']) {
        Err(AddressError::DisplayName)
    } else {
        Ok(())
    }
}

/// The default-ignorable characters (Unicode's `Default_Ignorable_Code_Point`), and the line and paragraph separators.
/// The joiners U+200C and U+200D are allowed where a script needs them, in the domain by the rules of IDNA.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn split(text: &str) -> Result<(&str, &str), AddressError> {
    let (local, domain) = text.rsplit_once('@').ok_or(AddressError::NoAt)?;
    if local.starts_with('"') {
        Err(AddressError::LocalQuoted)
    } else if local.contains('@') {
        Err(AddressError::ManyAts)
    } else if text.contains(['(', ')']) {
        Err(AddressError::Comment)
    } else if text.contains(char::is_whitespace) {
        Err(AddressError::WhiteSpace)
    } else {
        Ok((local, domain))
    }
}

fn check_local(local: &str) -> Result<(), AddressError> {
    if local.is_empty() {
        Err(AddressError::LocalEmpty)
    } else if local.len() > MAX_LOCAL_PART {
        Err(AddressError::LocalTooLong)
    } else if !local_part::is_dot_string(local) {
        Err(AddressError::LocalInvalid)
    } else if !local_part::joiners_fit(local) {
        Err(AddressError::Invisible)
    } else {
        Ok(())
    }
}

/// The domain as lower-case A-labels. Hyphens in the third and fourth place are allowed, because registered
/// names have them.
fn ascii_domain(domain: &str) -> Result<Cow<'_, str>, AddressError> {
    if domain.is_empty() {
        return Err(AddressError::DomainEmpty);
    }
    if domain.starts_with('[') {
        return Err(AddressError::DomainLiteral);
    }
    let (deny, hyphens, length) = (
        AsciiDenyList::STD3,
        Hyphens::CheckFirstLast,
        DnsLength::Verify,
    );
    let ascii = Uts46::new().to_ascii(domain.as_bytes(), deny, hyphens, length);
    let ascii = ascii.map_err(|_| AddressError::DomainInvalid)?;
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err(AddressError::DomainSingleLabel);
    };
    match top.bytes().all(|b| b.is_ascii_digit()) {
        true => Err(AddressError::DomainLiteral),
        false => Ok(ascii),
    }
}
