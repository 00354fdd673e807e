//! Signed tokens: what a link, an envelope sender or a Message-ID carries instead of a login.
//!
//! A token is `version and purpose (1 byte) · subscriber · about · address tag (LEB128 varints) · MAC`. Version
//! 2 has an address tag; version 1 omits it, which stands for 0. The MAC is HMAC-SHA-256 (RFC 2104) under the
//! instance's [`Key`], over everything before it and a label for its use, so a token made for one use is not
//! valid for another. Each token has exactly one text: other spellings of the same bytes are refused.
//!
//! Links carry a token as base64url with a 16-byte MAC. The local part of an email address carries it as
//! lower-case base32 with a 10-byte MAC, because RFC 5321 §4.5.3.1.1 allows 64 octets and relays may change
//! the case. 80 bits are the minimum of RFC 2104, and each guess costs a mail.
//!
//! A token contains no time, so it does not expire by itself.

mod form;
mod key;
mod purpose;
pub mod stamp;

pub use key::{Key, KeyError};
pub use purpose::Purpose;

use data_encoding::{BASE32_NOPAD_NOCASE, HEXLOWER};
use thiserror::Error;

use crate::address::{Address, AddressKey};
use form::{LINK, LOCAL_PART};
use key::Label;

/// What a token contains. Any id fits; small ids make shorter tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    pub purpose: Purpose,
    pub subscriber: i64,
    /// The edition or outbox message that contains the link.
    pub about: i64,
    /// The [`address_tag`] of the address that the link is mailed to; 0 in links from before tags existed. It
    /// exposes a link to a former address, and a link to the reader who had this subscriber id before a backup
    /// was restored.
    pub address_tag: i64,
}

impl Token {
    /// A token without an address tag: for a subscriber from before tags existed, or for an editor.
    #[must_use]
    pub fn new(purpose: Purpose, subscriber: i64, about: i64) -> Self {
        Self {
            purpose,
            subscriber,
            about,
            address_tag: 0,
        }
    }
}

/// Why a token is refused. Pages should answer all three alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Not the text of a token: cut off, extended, spelled differently, or of another version.
    #[error("the link is incomplete or damaged")]
    Malformed,
    /// The MAC is wrong: the token was changed, or signed with another key.
    #[error("the link was not made here")]
    Forged,
    #[error("the link is for something else")]
    WrongPurpose,
}

/// Signs a token for a link: at most 63 characters of `A–Z a–z 0–9 - _`, or 46 if each id takes six bytes and
/// the address tag four.
#[must_use]
pub fn sign(key: &Key, token: Token) -> String {
    LINK.sign(key, token)
}

/// Reads a token from a link. Compares the MAC, in constant time, before it trusts anything in the token.
pub fn verify(key: &Key, text: &str, purpose: Purpose) -> Result<Token, TokenError> {
    LINK.verify(key, text, purpose)
}

/// Signs a token for the local part of an email address: at most 66 characters of `a–z 2–7`, or 40 while both
/// ids are below 2³⁵ and the address tag is below 2²⁸.
#[must_use]
pub fn sign_local_part(key: &Key, token: Token) -> String {
    lower(LOCAL_PART.sign(key, token))
}

/// The longest token in the local part of an envelope sender, in octets: subscribers and editions are numbered
/// from 1 and stay below 2³⁵, messages have random numbers below 2⁴², and an address tag has 28 bits.
pub const MAX_LOCAL_PART_TOKEN: usize = 42;

/// The envelope sender with a token (VERP): `local+token@domain` of the address for returned mail, with its
/// domain as A-labels.
#[must_use]
pub fn return_path(key: &Key, bounce: &Address, token: Token) -> String {
    let token = sign_local_part(key, token);
    format!("{}+{token}@{}", bounce.local_part(), bounce.domain_ascii())
}

/// The header field that names a mail by a token, of [`Purpose::Delivery`] or [`Purpose::OutboxDelivery`], as [`sign`]
/// writes it.
pub const DELIVERY_FIELD: &str = "Verdict-Delivery";

/// Reads a token from an email address, in upper or lower case.
pub fn verify_local_part(key: &Key, text: &str, purpose: Purpose) -> Result<Token, TokenError> {
    LOCAL_PART.verify(key, text, purpose)
}

/// The local part of a delivery's Message-ID: 26 characters, the same at every attempt. You
/// cannot guess it from the ids.
#[must_use]
pub fn message_id(key: &Key, edition: i64, subscriber: i64) -> String {
    let ids = [edition, subscriber].map(i64::to_be_bytes).concat();
    let mac = key.mac(Label::MESSAGE_ID, &ids);
    lower(BASE32_NOPAD_NOCASE.encode(&mac.as_ref()[..16]))
}

/// The entry of an address on the suppression list: 64 hexadecimal digits that reveal nothing without the key.
/// Another key gives another hash, so changing the key loses the list; compare [`Key::fingerprint`] first.
#[must_use]
pub fn suppression_hash(key: &Key, address: &AddressKey) -> String {
    let mac = key.mac(Label::SUPPRESSION, address.as_str().as_bytes());
    HEXLOWER.encode(mac.as_ref())
}

/// The tag that links carry of the address they are mailed to: 28 bits, never 0, that reveal nothing without
/// the key.
#[must_use]
pub fn address_tag(key: &Key, address: &AddressKey) -> i64 {
    let mac = key.mac(Label::ADDRESS_TAG, address.as_str().as_bytes());
    let bytes = mac.as_ref().iter().take(4);
    let tag = bytes.fold(0_u32, |tag, byte| tag << 8 | u32::from(*byte));
    i64::from(tag >> 4).max(1)
}

/// The key under which a limit counts an address or a network: 32 hexadecimal digits that reveal nothing
/// without the key.
#[must_use]
pub fn limit_hash(key: &Key, subject: &str) -> String {
    HEXLOWER.encode(&key.mac(Label::LIMIT, subject.as_bytes()).as_ref()[..16])
}

/// The encoding reads both cases and writes upper case.
fn lower(mut text: String) -> String {
    text.make_ascii_lowercase();
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use data_encoding::BASE64URL_NOPAD;

    use super::form::{Form, MAX_TEXT, read_varint, write_varint};
    use super::*;
    use crate::address::Address;

    fn key(seed: u8) -> Key {
        Key::from_bytes(&[seed; 32]).unwrap()
    }

    const FORMS: [&Form; 2] = [&LINK, &LOCAL_PART];

    fn any_token() -> impl Strategy<Value = Token> {
        (
            0..Purpose::ALL.len(),
            any::<i64>(),
            any::<i64>(),
            prop_oneof![Just(0), any::<i64>()],
            prop::array::uniform3(0..64_u32),
        )
            .prop_map(|(purpose, subscriber, about, address_tag, shift)| Token {
                purpose: Purpose::ALL[purpose],
                // Shifted, so that every length of varint is tried.
                subscriber: subscriber >> shift[0],
                about: about >> shift[1],
                address_tag: address_tag >> shift[2],
            })
    }

    proptest! {
        #[test]
        fn a_token_reads_back(token in any_token()) {
            for form in FORMS {
                let text = form.sign(&key(1), token);
                prop_assert!(text.len() <= MAX_TEXT);
                prop_assert_eq!(form.verify(&key(1), &text, token.purpose), Ok(token));
            }
        }

        #[test]
        fn any_flipped_bit_fails(token in any_token(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
            for form in FORMS {
                let mut bytes = form.encoding.decode(form.sign(&key(1), token).as_bytes()).unwrap();
                let at = at.index(bytes.len());
                bytes[at] ^= 1_u8 << bit;
                let text = form.encoding.encode(&bytes);
                prop_assert_eq!(form.verify(&key(1), &text, token.purpose), Err(TokenError::Forged));
            }
        }

        #[test]
        fn another_key_purpose_or_form_fails(token in any_token()) {
            for (form, other) in FORMS.into_iter().zip(FORMS.into_iter().rev()) {
                let text = form.sign(&key(1), token);
                prop_assert_eq!(form.verify(&key(2), &text, token.purpose), Err(TokenError::Forged));
                for purpose in Purpose::ALL.into_iter().filter(|p| *p != token.purpose) {
                    prop_assert_eq!(form.verify(&key(1), &text, purpose), Err(TokenError::WrongPurpose));
                }
                prop_assert!(other.verify(&key(1), &text, token.purpose).is_err());
            }
        }

        #[test]
        fn any_other_text_fails(token in any_token(), text in "[A-Za-z0-9_=+/ -]{0,60}") {
            prop_assert!(verify(&key(1), &text, token.purpose).is_err());
            let good = sign(&key(1), token);
            for longer in [format!("{good}A"), format!("{good}="), format!("{good} "), format!("A{good}")] {
                prop_assert!(verify(&key(1), &longer, token.purpose).is_err());
            }
            prop_assert!(verify(&key(1), &good[1..], token.purpose).is_err());
            prop_assert!(verify(&key(1), &good[..good.len() - 1], token.purpose).is_err());
        }

        #[test]
        fn varints_have_one_spelling(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
            let mut rest = &bytes[..];
            if let Some(id) = read_varint(&mut rest) {
                let mut again = Vec::new();
                write_varint(&mut again, id);
                prop_assert_eq!(&again[..], &bytes[..bytes.len() - rest.len()]);
            }
        }
    }

    fn unsubscribe() -> Token {
        Token::new(Purpose::Unsubscribe, 1_234_567, 42)
    }

    /// Signed claims that [`Form::sign`] would never write.
    fn signed(claims: &[u8]) -> String {
        let mac = key(1).mac(Label::LINK, claims);
        BASE64URL_NOPAD.encode(&[claims, &mac.as_ref()[..16]].concat())
    }

    #[test]
    fn only_the_canonical_claims_are_read_even_with_a_good_mac() {
        let read = |claims: &[u8]| verify(&key(1), &signed(claims), Purpose::Unsubscribe);
        assert!(read(&[0x11, 5, 6]).is_ok());
        let overflow = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        for claims in [
            &[][..],
            &[0x11],
            &[0x11, 5],
            &[0x11, 5, 6, 7],
            &[0x11, 0x85, 0x00, 6],
            &[0x21, 5, 6],
            &[0x21, 5, 6, 0],
            &[0x31, 5, 6],
            &[0x10, 5, 6],
            &[0x1f, 5, 6],
            &[&[0x11][..], &overflow, &[6]].concat(),
        ] {
            assert_eq!(read(claims), Err(TokenError::Malformed), "{claims:?}");
        }
    }

    #[test]
    fn a_second_spelling_of_the_same_bytes_is_refused() {
        let (mut seen, alphabet) = (
            0,
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        );
        let token = Token {
            about: 420,
            ..unsubscribe()
        };
        let good = sign(&key(1), token);
        assert_ne!(good.len() % 4, 0, "the last character must have spare bits");
        for last in alphabet.chars() {
            let text = format!("{}{last}", &good[..good.len() - 1]);
            seen += usize::from(verify(&key(1), &text, Purpose::Unsubscribe).is_ok());
        }
        assert_eq!(seen, 1);
    }

    #[test]
    fn what_is_signed_stays_the_same_for_good() {
        // Mails already sent and suppression lists contain these, so a failure here means that links break and
        // lists are lost. Computed with another implementation of HMAC.
        let bounce = Token {
            purpose: Purpose::Bounce,
            ..unsubscribe()
        };
        let ann = Address::parse("ann@example.com").unwrap();
        let hash = "f526079c9f3843f6b8829ee687b50c4a4e893f6f8ea0b8ab7f1e99b1c2d31131";
        assert_eq!(sign(&key(1), unsubscribe()), "EYetSyr5kYZimLZ9BS5pl2X0wBWW");
        assert_eq!(sign_local_part(&key(1), bounce), "ckd22szkbuucn5eqnflld2ud");
        assert_eq!(
            message_id(&key(1), 42, 1_234_567),
            "ly5plqif3eejddsu3o62wcpd2i"
        );
        assert_eq!(suppression_hash(&key(1), ann.key()), hash);
        assert_eq!(key(1).fingerprint(), "3cc000aecbdbeef9");
    }

    #[test]
    fn the_longest_token_of_an_address_is_as_long_as_is_said() {
        let token = Token {
            purpose: Purpose::OutboxBounce,
            subscriber: (1 << 35) - 1,
            about: (1 << 42) - 1,
            address_tag: (1 << 28) - 1,
        };
        let text = sign_local_part(&key(1), token);
        assert_eq!(text.len(), MAX_LOCAL_PART_TOKEN);
    }

    #[test]
    fn a_message_id_has_26_characters() {
        assert_eq!(message_id(&key(1), 1, 1).len(), 26);
    }

    #[test]
    fn a_local_part_survives_a_change_of_case_and_stays_short() {
        let token = Token::new(Purpose::Bounce, (1 << 49) - 1, (1 << 49) - 1);
        let text = sign_local_part(&key(1), token);
        assert_eq!(text.len(), 40);
        assert!(
            text.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        );
        let upper = text.to_uppercase();
        assert_eq!(
            verify_local_part(&key(1), &upper, Purpose::Bounce),
            Ok(token)
        );
    }

    #[test]
    fn message_ids_differ_by_edition_subscriber_and_key() {
        let ids = [
            message_id(&key(1), 1, 2),
            message_id(&key(1), 2, 1),
            message_id(&key(1), 1, 3),
            message_id(&key(2), 1, 2),
        ];
        for (at, id) in ids.iter().enumerate() {
            assert_eq!(id.len(), 26);
            assert!(!ids[..at].contains(id));
        }
        assert_eq!(ids[0], message_id(&key(1), 1, 2));
    }

    #[test]
    fn an_address_tag_follows_the_key_of_the_address_and_fits_four_bytes() {
        let tag = |seed, text| address_tag(&key(seed), Address::parse(text).unwrap().key());
        assert_eq!(tag(1, "Ann@Example.com"), tag(1, "ann@example.COM"));
        assert_ne!(tag(1, "ann@example.com"), tag(1, "bob@example.com"));
        assert_ne!(tag(1, "ann@example.com"), tag(2, "ann@example.com"));
        assert!((1..1 << 28).contains(&tag(1, "ann@example.com")));
    }

    #[test]
    fn a_suppression_hash_follows_the_key_of_the_address() {
        let hash = |seed, text| suppression_hash(&key(seed), Address::parse(text).unwrap().key());
        assert_eq!(hash(1, "Ann@Example.com"), hash(1, "ann@example.COM"));
        assert_ne!(hash(1, "ann@example.com"), hash(1, "bob@example.com"));
        assert_ne!(hash(1, "ann@example.com"), hash(2, "ann@example.com"));
        assert_eq!(hash(1, "ann@example.com").len(), 64);
    }
}
