//! The instance's secret key.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::hmac;
use data_encoding::{
    BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE,
};
use thiserror::Error;

/// The fewest secret bytes: as many as SHA-256 puts out (RFC 2104 §3).
const MIN_BYTES: usize = 32;

/// The instance's secret key. All signed links, envelope senders, Message-IDs and suppression hashes depend on
/// it, so all machines of one list need the same key. `Debug` hides it.
#[derive(Clone)]
pub struct Key(hmac::Key);

/// Why a text or bytes cannot be the key. The message never quotes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    #[error("the key is neither hexadecimal nor base64")]
    Encoding,
    #[error("the key has {0} bytes; it needs at least {MIN_BYTES}")]
    TooShort(usize),
}

/// What a MAC is used for. Each use has a key of its own in effect: the label comes first in the MAC's input
/// and ends with a NUL, so no input of one use is an input of another.
#[derive(Clone, Copy)]
pub(super) struct Label(&'static str);

/// Never change one: links in old mails, and the suppression list, depend on them.
impl Label {
    pub(super) const LINK: Self = Self("verdict/1/token/link\0");
    pub(super) const LOCAL_PART: Self = Self("verdict/1/token/local-part\0");
    pub(super) const MESSAGE_ID: Self = Self("verdict/1/message-id\0");
    pub(super) const SUPPRESSION: Self = Self("verdict/1/suppression\0");
    const FINGERPRINT: Self = Self("verdict/1/fingerprint\0");
    pub(super) const STAMP: Self = Self("verdict/1/form-stamp\0");
    pub(super) const LIMIT: Self = Self("verdict/1/limit\0");
    pub(super) const ADDRESS_TAG: Self = Self("verdict/1/address-tag\0");
}

impl Key {
    /// Takes at least 32 secret bytes, which must come from the system's random source.
    pub fn from_bytes(secret: &[u8]) -> Result<Self, KeyError> {
        if secret.len() < MIN_BYTES {
            return Err(KeyError::TooShort(secret.len()));
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, secret)))
    }

    /// Reads the key from text: hexadecimal, or base64 in either alphabet, padded or not. A text that could be
    /// both counts as hexadecimal. Ignores white space around it.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim().as_bytes();
        let secret = [
            HEXLOWER_PERMISSIVE,
            BASE64,
            BASE64_NOPAD,
            BASE64URL,
            BASE64URL_NOPAD,
        ]
        .iter()
        .find_map(|encoding| encoding.decode(text).ok())
        .ok_or(KeyError::Encoding)?;
        Self::from_bytes(&secret)
    }

    /// Sixteen hexadecimal digits that identify the key and reveal nothing of it. The store keeps them, so that
    /// a machine with another key stops before it signs anything.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        HEXLOWER.encode(&self.mac(Label::FINGERPRINT, &[]).as_ref()[..8])
    }

    pub(super) fn mac(&self, label: Label, input: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(label.0.as_bytes());
        context.update(input);
        context.sign()
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn one_key_in_every_spelling() {
        let secret: Vec<u8> = (200..=255).collect();
        let wanted = Key::from_bytes(&secret).unwrap().fingerprint();
        let hex = HEXLOWER.encode(&secret);
        for text in [
            hex.to_uppercase(),
            format!(" {hex}\n"),
            BASE64.encode(&secret),
            BASE64_NOPAD.encode(&secret),
            BASE64URL.encode(&secret),
            BASE64URL_NOPAD.encode(&secret),
        ] {
            assert_eq!(Key::parse(&text).unwrap().fingerprint(), wanted, "{text}");
        }
    }

    #[test]
    fn short_or_garbled_keys_are_refused() {
        let refused = |text: &str| Key::parse(text).unwrap_err();
        assert_eq!(refused(""), KeyError::TooShort(0));
        assert_eq!(refused(&"ab".repeat(31)), KeyError::TooShort(31));
        assert_eq!(refused("not a key at all, just words"), KeyError::Encoding);
        assert_eq!(
            Key::from_bytes(&[7; 31]).unwrap_err(),
            KeyError::TooShort(31)
        );
    }

    #[test]
    fn debug_shows_nothing() {
        let key = Key::from_bytes(&[7; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "Key(..)");
    }

    #[test]
    fn fingerprints_tell_keys_apart() {
        let fingerprint = |seed| Key::from_bytes(&[seed; 32]).unwrap().fingerprint();
        assert_ne!(fingerprint(1), fingerprint(2));
        assert_eq!(fingerprint(1).len(), 16);
    }
}
