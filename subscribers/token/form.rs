//! The bytes of a token, and the two texts that carry them.

use data_encoding::{BASE32_NOPAD_NOCASE, BASE64URL_NOPAD, Encoding};
use subtle::ConstantTimeEq;

use super::key::Label;
use super::{Key, Purpose, Token, TokenError};

/// One of the two texts that a token can have.
pub(super) struct Form {
    pub(super) label: Label,
    pub(super) encoding: Encoding,
    /// Bytes kept of the 32 of HMAC-SHA-256.
    pub(super) mac: usize,
}

pub(super) const LINK: Form = Form {
    label: Label::Link,
    encoding: BASE64URL_NOPAD,
    mac: 16,
};
pub(super) const LOCAL_PART: Form = Form {
    label: Label::LocalPart,
    encoding: BASE32_NOPAD_NOCASE,
    mac: 10,
};

/// The high half of the first byte, without and with an address tag; the low half is the purpose.
pub(super) const VERSIONS: [u8; 2] = [0x10, 0x20];
/// The longest text of either form. Anything longer is not worth decoding.
pub(super) const MAX_TEXT: usize = 66;

/// What a token says, before its MAC.
pub(super) fn claims(token: Token) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(47);
    let moved = token.address_tag != 0;
    bytes.push(VERSIONS[usize::from(moved)] | token.purpose.code());
    write_varint(&mut bytes, token.subscriber);
    write_varint(&mut bytes, token.about);
    if moved {
        write_varint(&mut bytes, token.address_tag);
    }
    bytes
}

impl Form {
    pub(super) fn len(&self, token: Token) -> usize {
        self.encoding.encode_len(claims(token).len() + self.mac)
    }

    pub(super) fn sign(&self, key: &Key, token: Token) -> String {
        let mut bytes = claims(token);
        let mac = key.mac(self.label, &bytes);
        bytes.extend_from_slice(&mac.as_ref()[..self.mac]);
        self.encoding.encode(&bytes)
    }

    pub(super) fn verify(
        &self,
        key: &Key,
        text: &str,
        purpose: Purpose,
    ) -> Result<Token, TokenError> {
        if text.len() > MAX_TEXT {
            return Err(TokenError::Malformed);
        }
        let bytes = self
            .encoding
            .decode(text.as_bytes())
            .map_err(|_| TokenError::Malformed)?;
        let cut = bytes
            .len()
            .checked_sub(self.mac)
            .ok_or(TokenError::Malformed)?;
        let (claims, given) = bytes.split_at(cut);
        let wanted = key.mac(self.label, claims);
        if !bool::from(wanted.as_ref()[..self.mac].ct_eq(given)) {
            return Err(TokenError::Forged);
        }
        let token = read_claims(claims).ok_or(TokenError::Malformed)?;
        if token.purpose == purpose {
            Ok(token)
        } else {
            Err(TokenError::WrongPurpose)
        }
    }
}

/// Reads what a valid MAC covers; `None` for another version, a stray spelling or trailing bytes.
pub(super) fn read_claims(claims: &[u8]) -> Option<Token> {
    let (&first, mut rest) = claims.split_first()?;
    let purpose = Purpose::from_code(first & 0x0f)?;
    let moved = VERSIONS
        .iter()
        .position(|version| *version == first & 0xf0)?
        != 0;
    let subscriber = read_varint(&mut rest)?;
    let about = read_varint(&mut rest)?;
    let address_tag = if moved { read_varint(&mut rest)? } else { 0 };
    // A tag of 0 has one spelling: the one without it.
    (rest.is_empty() && moved == (address_tag != 0)).then_some(Token {
        purpose,
        subscriber,
        about,
        address_tag,
    })
}

/// Unsigned LEB128 of the id's 64 bits.
pub(super) fn write_varint(bytes: &mut Vec<u8>, id: i64) {
    let mut rest = id.cast_unsigned();
    while rest >= 0x80 {
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// The inverse of [`write_varint`], for its own spelling only: no padding, no overflow.
pub(super) fn read_varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let group = u64::from(byte & 0x7f);
        if group << shift >> shift != group {
            return None;
        }
        value |= group << shift;
        if byte < 0x80 {
            let padded = byte == 0 && shift > 0;
            return (!padded).then_some(value.cast_signed());
        }
    }
    None
}
