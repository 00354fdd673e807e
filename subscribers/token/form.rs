//! The bytes of a token, and the two texts that carry them.

use data_encoding::{BASE32_NOPAD_NOCASE, BASE64URL_NOPAD, Encoding};
use subtle::ConstantTimeEq;

use super::key::Label;
use super::{Key, Purpose, Token, TokenError};

/// One of the two texts that a token can have.
pub(super) struct Form {
    pub(super) label: Label,
    pub(super) encoding: Encoding,
    /// How many bytes of the 32 of HMAC-SHA-256 it has.
    pub(super) mac: usize,
}

pub(super) const LINK: Form = Form {
    label: Label::LINK,
    encoding: BASE64URL_NOPAD,
    mac: 16,
};
pub(super) const LOCAL_PART: Form = Form {
    label: Label::LOCAL_PART,
    encoding: BASE32_NOPAD_NOCASE,
    mac: 10,
};

/// The high half of the first byte, without and with an address tag; the low half is the purpose.
const VERSIONS: [u8; 2] = [0x10, 0x20];
/// The longest text of either form.
pub(super) const MAX_TEXT: usize = 66;

/// The bytes of a token before its MAC.
fn claims(token: Token) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(47);
    let has_tag = token.address_tag != 0;
    bytes.push(VERSIONS[usize::from(has_tag)] | token.purpose.code());
    write_varint(&mut bytes, token.subscriber);
    write_varint(&mut bytes, token.about);
    if has_tag {
        write_varint(&mut bytes, token.address_tag);
    }
    bytes
}

impl Form {
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
        let bytes = self.encoding.decode(text.as_bytes());
        let bytes = bytes.map_err(|_| TokenError::Malformed)?;
        let cut = bytes.len().checked_sub(self.mac);
        let (claims, given) = bytes.split_at(cut.ok_or(TokenError::Malformed)?);
        let wanted = key.mac(self.label, claims);
        if !bool::from(wanted.as_ref()[..self.mac].ct_eq(given)) {
            return Err(TokenError::Forged);
        }
        let token = read_claims(claims).ok_or(TokenError::Malformed)?;
        let fits = token.purpose == purpose;
        fits.then_some(token).ok_or(TokenError::WrongPurpose)
    }
}

/// Reads what a valid MAC covers; `None` for another version, another spelling or trailing bytes.
fn read_claims(claims: &[u8]) -> Option<Token> {
    let (&first, mut rest) = claims.split_first()?;
    let purpose = Purpose::from_code(first & 0x0f)?;
    let version = VERSIONS.iter().position(|one| *one == first & 0xf0)?;
    let has_tag = version == 1;
    let subscriber = read_varint(&mut rest)?;
    let about = read_varint(&mut rest)?;
    let address_tag = if has_tag { read_varint(&mut rest)? } else { 0 };
    // The only spelling of tag 0 is the one without a tag.
    (rest.is_empty() && has_tag == (address_tag != 0)).then_some(Token {
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

/// The inverse of [`write_varint`]. Accepts no other spelling: no padding, no overflow.
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
