//! What counts as an address, and when two addresses belong to the same reader.
//!
//! The grammar comes from `email_address`, which `lettre::Address` also uses, minus the forms that many
//! relays reject: quoted local parts, comments, display names, domain literals and domains without a dot.
//! The domain must also be a valid host name in its A-label form (RFC 5321 §4.1.2 and §2.3.5, RFC 5890),
//! which is stricter than lettre.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use email_address::EmailAddress;
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
/// Folding is NFC, then Unicode lower case (character by character), then NFC again. RFC 5321 §2.4 lets a
/// receiver tell `Ann` from `ann`, but no receiver in use does, so a list never holds both; mail still goes
/// to the address as given. Dots and `+tags` stay, because only the receiver knows what they mean.
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
            key.extend(local.nfc().flat_map(char::to_lowercase).nfc());
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

/// The default-ignorable characters that come with pasted text, and the line and paragraph separators. The
/// joiners U+200C and U+200D are allowed: some domains need them, and IDNA has its own rules for them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}'
        | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
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
    } else if EmailAddress::is_valid_local_part(local) {
        Ok(())
    } else {
        Err(AddressError::LocalInvalid)
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
    if top.bytes().all(|b| b.is_ascii_digit()) {
        return Err(AddressError::DomainLiteral);
    }
    let valid = EmailAddress::is_valid_domain(&ascii);
    valid.then_some(ascii).ok_or(AddressError::DomainInvalid)
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
