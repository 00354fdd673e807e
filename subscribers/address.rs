//! What counts as an address, and when two addresses are the same reader.
//!
//! The grammar is `email_address`'s, which `lettre::Address` also uses, minus the forms that relays
//! commonly choke on: quoted local parts, comments, display names, domain literals and domains
//! without a dot. The domain must also be a valid host name in its A-label form
//! (RFC 5321 §4.1.2 and §2.3.5, RFC 5890), which is stricter than lettre.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use email_address::EmailAddress;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use thiserror::Error;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The longest address in octets: a path of 256 (RFC 5321 §4.5.3.1.3) less its angle brackets.
pub const MAX_ADDRESS: usize = 254;
/// The longest local part in octets (RFC 5321 §4.5.3.1.1).
pub const MAX_LOCAL_PART: usize = 64;

/// An email address as given, in NFC, with its canonical key.
///
/// `Display` writes it as given; `Debug` writes no part of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    as_given: String,
    key: AddressKey,
}

/// What makes two addresses the same reader: the local part folded, the domain as lower-case
/// A-labels.
///
/// Folding is NFC, then Unicode lower case (character by character), then NFC again. RFC 5321
/// §2.4 lets a receiver tell `Ann` from `ann`, but none in use does, so one list never holds both;
/// mail still goes to the address as given. Dots and `+tags` are not touched: what they mean is
/// the receiver's own business.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey(String);

/// Why a text is not an address that can be written to. Never quotes the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// Nothing, or only white space.
    #[error("the address is empty")]
    Empty,
    /// A control character, such as a line break, within the address.
    #[error("the address contains a control character")]
    Control,
    /// A character that shows nothing, such as a zero-width space.
    #[error("the address contains an invisible character; type it instead of pasting it")]
    Invisible,
    /// White space within the address.
    #[error("the address contains white space")]
    WhiteSpace,
    /// More than [`MAX_ADDRESS`] octets, as given or with the domain as A-labels.
    #[error("the address is longer than {MAX_ADDRESS} bytes")]
    TooLong,
    /// Angle brackets, as in `Ann <ann@example.com>`.
    #[error("write the bare address, without a name or angle brackets")]
    DisplayName,
    /// A comment in parentheses (RFC 5322 §3.2.2).
    #[error("comments in parentheses are not accepted")]
    Comment,
    /// No `@`.
    #[error("the address has no @")]
    NoAt,
    /// More than one `@`.
    #[error("the address has more than one @")]
    ManyAts,
    /// Nothing before the `@`.
    #[error("there is nothing before the @")]
    LocalEmpty,
    /// More than [`MAX_LOCAL_PART`] octets before the `@`.
    #[error("the part before the @ is longer than {MAX_LOCAL_PART} bytes")]
    LocalTooLong,
    /// A quoted local part, as in `"ann b"@example.com`.
    #[error("a quoted part before the @ is not accepted")]
    LocalQuoted,
    /// A character or a dot where none may be, before the `@`.
    #[error("the part before the @ has a character or a dot where none may be")]
    LocalInvalid,
    /// Nothing after the `@`.
    #[error("there is nothing after the @")]
    DomainEmpty,
    /// An IP address in place of a domain, with or without brackets.
    #[error("an IP address in place of a domain is not accepted")]
    DomainLiteral,
    /// A domain without a dot, such as `localhost`.
    #[error("the domain has no dot")]
    DomainSingleLabel,
    /// Not a host name: a character, hyphen, dot or length that the DNS does not allow.
    #[error("the domain is not a valid name")]
    DomainInvalid,
}

impl Address {
    /// Reads one address. White space around it is dropped; nothing else is changed.
    ///
    /// # Errors
    /// The first rule that the text breaks; see [`AddressError`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => text.into(),
            _ => text.nfc().collect::<String>().into(),
        };
        let as_given = &*composed;
        check_characters(as_given)?;
        let (local, domain) = split(as_given)?;
        check_local(local)?;
        let domain = ascii_domain(domain)?;
        if local.len() + 1 + domain.len() > MAX_ADDRESS {
            return Err(AddressError::TooLong);
        }
        let key = AddressKey::new(local, &domain);
        Ok(Self {
            as_given: as_given.to_owned(),
            key,
        })
    }

    /// The address as it was given, without white space around it.
    #[must_use]
    pub fn as_given(&self) -> &str {
        &self.as_given
    }

    /// The canonical key.
    #[must_use]
    pub fn key(&self) -> &AddressKey {
        &self.key
    }

    /// What stands before the `@`, as given.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.parts().0
    }

    /// What stands after the `@`, as given.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.parts().1
    }

    /// The domain as lower-case A-labels: what the DNS is asked and what pace is kept by.
    #[must_use]
    pub fn domain_ascii(&self) -> &str {
        self.key.domain()
    }

    /// True if the relay must offer SMTPUTF8 (RFC 6531). A non-ASCII domain alone does not need
    /// it, since [`Address::on_the_wire`] writes A-labels.
    #[must_use]
    pub fn needs_smtputf8(&self) -> bool {
        !self.local_part().is_ascii()
    }

    /// The address to put into `RCPT TO`: the local part as given, and a domain outside ASCII as
    /// A-labels.
    #[must_use]
    pub fn on_the_wire(&self) -> Cow<'_, str> {
        if self.domain().is_ascii() {
            Cow::Borrowed(&self.as_given)
        } else {
            Cow::Owned(format!("{}@{}", self.local_part(), self.domain_ascii()))
        }
    }

    /// A form for pages that its owner recognises and nobody else can use: `a…@example.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.parts();
        let first = local.chars().next().map_or_else(String::new, String::from);
        format!("{first}…@{domain}")
    }

    /// Parsing leaves exactly one `@`.
    fn parts(&self) -> (&str, &str) {
        self.as_given
            .split_once('@')
            .unwrap_or((&self.as_given, ""))
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
            key.extend(local.nfc().flat_map(char::to_lowercase).nfc());
        }
        key.push('@');
        key.push_str(domain);
        Self(key)
    }

    /// The key that a table holds; nothing is checked or folded again.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The key as text, `local@domain`: what tables hold. It names a reader as the address does.
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

/// The rules for the whole text, so that what is left to tell apart is the two parts.
fn check_characters(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if text.len() > MAX_ADDRESS {
        return Err(AddressError::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(AddressError::Control);
    }
    if !text.is_ascii() && text.chars().any(is_invisible) {
        return Err(AddressError::Invisible);
    }
    if text.contains(['<', '>']) {
        return Err(AddressError::DisplayName);
    }
    Ok(())
}

/// The default-ignorable characters that pasted text brings along, and the line and paragraph
/// separators. The joiners U+200C and U+200D are not among them: some domains need them, and IDNA
/// has its own rules for them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}'
        | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn split(text: &str) -> Result<(&str, &str), AddressError> {
    let (local, domain) = text.rsplit_once('@').ok_or(AddressError::NoAt)?;
    if local.starts_with('"') {
        return Err(AddressError::LocalQuoted);
    }
    if local.contains('@') {
        return Err(AddressError::ManyAts);
    }
    if text.contains(['(', ')']) {
        return Err(AddressError::Comment);
    }
    if text.contains(char::is_whitespace) {
        return Err(AddressError::WhiteSpace);
    }
    Ok((local, domain))
}

fn check_local(local: &str) -> Result<(), AddressError> {
    if local.is_empty() {
        Err(AddressError::LocalEmpty)
    } else if local.len() > MAX_LOCAL_PART {
        Err(AddressError::LocalTooLong)
    } else if EmailAddress::is_valid_local_part(local) {
        Ok(())
    } else {
        Err(AddressError::LocalInvalid)
    }
}

/// The domain as lower-case A-labels. Hyphens in the third and fourth place are let through, since
/// registered names have them.
fn ascii_domain(domain: &str) -> Result<Cow<'_, str>, AddressError> {
    if domain.is_empty() {
        return Err(AddressError::DomainEmpty);
    }
    if domain.starts_with('[') {
        return Err(AddressError::DomainLiteral);
    }
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| AddressError::DomainInvalid)?;
    let Some((_, top)) = ascii.rsplit_once('.') else {
        return Err(AddressError::DomainSingleLabel);
    };
    if top.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AddressError::DomainLiteral);
    }
    if EmailAddress::is_valid_domain(&ascii) {
        Ok(ascii)
    } else {
        Err(AddressError::DomainInvalid)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str) -> AddressError {
        Address::parse(text).expect_err(text)
    }

    #[test]
    fn keeps_what_was_given_and_folds_only_the_key() {
        let address = Address::parse(" \tAnn.Lee+News@Example.COM\r\n").unwrap();
        assert_eq!(address.as_given(), "Ann.Lee+News@Example.COM");
        assert_eq!(address.to_string(), "Ann.Lee+News@Example.COM");
        assert_eq!(address.key().as_str(), "ann.lee+news@example.com");
        assert_eq!(address.local_part(), "Ann.Lee+News");
        assert_eq!(address.domain(), "Example.COM");
        assert_eq!(address.domain_ascii(), "example.com");
        assert_eq!(address.on_the_wire(), "Ann.Lee+News@Example.COM");
        assert!(!address.needs_smtputf8());
    }

    #[test]
    fn a_domain_outside_ascii_is_one_reader_in_either_form() {
        let unicode = Address::parse("ann@BÜCHER.example.com").unwrap();
        let ascii = Address::parse("ann@xn--bcher-kva.Example.com").unwrap();
        assert_eq!(unicode.key(), ascii.key());
        assert_eq!(unicode.on_the_wire(), "ann@xn--bcher-kva.example.com");
        assert!(!unicode.needs_smtputf8());
    }

    #[test]
    fn a_local_part_outside_ascii_folds_by_unicode() {
        let upper = Address::parse("ÅNGSTRÖM@example.com").unwrap();
        let kelvin = Address::parse("\u{212b}ngström@example.com").unwrap();
        assert_eq!(upper.key(), kelvin.key());
        assert!(upper.needs_smtputf8());
        assert_eq!(upper.on_the_wire(), "ÅNGSTRÖM@example.com");
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        use AddressError::*;
        let long = format!("{}@example.com", "a".repeat(65));
        let label = format!("ann@{}.com", "a".repeat(64));
        let whole = format!("ann@{}com", "abcdefghi.".repeat(26));
        let dotted = format!("{}@{}com", "a".repeat(64), "ü.".repeat(30));
        for (text, reason) in [
            ("", Empty),
            (" \r\n", Empty),
            ("ann@example.com\r\nBcc: bob@example.com", Control),
            ("ann\0@example.com", Control),
            ("ann@exam\u{85}ple.com", Control),
            ("\u{feff}ann@example.com", Invisible),
            ("ann@example\u{200b}.com", Invisible),
            ("ann@example\u{2028}.com", Invisible),
            ("ann lee@example.com", WhiteSpace),
            ("ann@example\u{a0}.com", WhiteSpace),
            (&whole, TooLong),
            (&dotted, TooLong),
            ("Ann <ann@example.com>", DisplayName),
            ("<ann@example.com>", DisplayName),
            ("ann(home)@example.com", Comment),
            ("ann.example.com", NoAt),
            ("ann@bob@example.com", ManyAts),
            ("ann@example.com,bob@example.com", ManyAts),
            ("@example.com", LocalEmpty),
            (&long, LocalTooLong),
            ("\"ann lee\"@example.com", LocalQuoted),
            ("\"a@b\"@example.com", LocalQuoted),
            (".ann@example.com", LocalInvalid),
            ("ann.@example.com", LocalInvalid),
            ("a..b@example.com", LocalInvalid),
            ("a,b@example.com", LocalInvalid),
            ("a\\b@example.com", LocalInvalid),
            ("ann@", DomainEmpty),
            ("ann@[192.0.2.1]", DomainLiteral),
            ("ann@[IPv6:2001:db8::1]", DomainLiteral),
            ("ann@192.0.2.1", DomainLiteral),
            ("ann@localhost", DomainSingleLabel),
            ("ann@example..com", DomainInvalid),
            ("ann@example.com.", DomainInvalid),
            ("ann@.example.com", DomainInvalid),
            ("ann@-example.com", DomainInvalid),
            ("ann@example-.com", DomainInvalid),
            ("ann@exa_mple.com", DomainInvalid),
            ("ann@exa$mple.com", DomainInvalid),
            ("ann@xn--\u{fc}.com", DomainInvalid),
            ("ann@xn--a.com", DomainInvalid),
            (&label, DomainInvalid),
        ] {
            assert_eq!(refused(text), reason, "{text:?}");
        }
    }

    #[test]
    fn takes_the_limits_themselves() {
        let local = "a".repeat(MAX_LOCAL_PART);
        let domain = format!(
            "{}.{}.{}.com",
            "b".repeat(63),
            "c".repeat(63),
            "d".repeat(57)
        );
        let text = format!("{local}@{domain}");
        assert_eq!(text.len(), MAX_ADDRESS);
        assert!(Address::parse(&text).is_ok());
        assert_eq!(
            refused(&format!("{local}@e{domain}")),
            AddressError::TooLong
        );
    }

    #[test]
    fn debug_shows_nothing_and_masking_little() {
        let address = Address::parse("ärger@example.com").unwrap();
        assert_eq!(
            format!("{address:?} {:?}", address.key()),
            "Address(..) AddressKey(..)"
        );
        assert_eq!(address.masked(), "ä…@example.com");
    }

    proptest! {
        #[test]
        fn lettre_takes_all_that_we_take(text in "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~äßΣéक한\u{3002}-]{1,12}@[a-zA-Z0-9.ü한_-]{1,16}") {
            if let Ok(address) = Address::parse(&text) {
                prop_assert!(lettre::Address::from_str(address.as_given()).is_ok());
                prop_assert!(lettre::Address::from_str(&address.on_the_wire()).is_ok());
            }
        }

        #[test]
        fn any_text_is_taken_or_refused_and_never_panics(text in "\\PC{0,20}@?\\PC{0,20}") {
            if let Ok(address) = Address::parse(&text) {
                prop_assert_eq!(address.as_given(), text.trim().nfc().collect::<String>());
                prop_assert!(address.domain_ascii().is_ascii());
                prop_assert!(!address.as_given().chars().any(char::is_control));
            }
        }

        #[test]
        fn the_key_of_a_key_is_itself(text in "[a-zA-Z0-9äßΣİǅ\u{212b}\u{1100}\u{1161}]{1,12}@[a-z]{1,9}\\.com") {
            if let Ok(address) = Address::parse(&text)
                && let Ok(again) = Address::parse(address.key().as_str())
            {
                prop_assert_eq!(again.key(), address.key());
            }
        }
    }
}
