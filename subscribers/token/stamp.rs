//! Stamps: the signed time at which a form was served, so that a post can be refused if its form was never
//! fetched, was fetched too long ago, or is posted too fast for a person.

use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq as _;

use super::key::{Key, Label};

/// How many bytes of the MAC a stamp has.
const MAC: usize = 16;
/// How many bytes are signed: the time, and the form's own number.
const SIGNED: usize = 16;
/// How many characters a stamp has.
const LENGTH: usize = 43;

/// Stamps a form served at `at`, in Unix milliseconds UTC: 43 characters of `A–Z a–z 0–9 - _`. Give each form a
/// random number, which makes its stamp unique.
#[must_use]
pub fn sign(key: &Key, at: i64, number: [u8; 8]) -> String {
    let mut bytes = [at.to_be_bytes(), number].concat();
    let mac = key.mac(Label::STAMP, &bytes);
    bytes.extend_from_slice(&mac.as_ref()[..MAC]);
    BASE64URL_NOPAD.encode(&bytes)
}

/// When a form was served; `None` if this key did not sign the stamp.
#[must_use]
pub fn read(key: &Key, stamp: &str) -> Option<i64> {
    if stamp.len() > LENGTH {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(stamp.as_bytes()).ok()?;
    let (signed, given) = bytes.split_first_chunk::<SIGNED>()?;
    let (at, _) = signed.split_first_chunk::<8>()?;
    let wanted = key.mac(Label::STAMP, signed);
    bool::from(wanted.as_ref()[..MAC].ct_eq(given)).then(|| i64::from_be_bytes(*at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_its_time_to_its_own_key_only() {
        let [key, other] = [1, 2].map(|seed| Key::from_bytes(&[seed; 32]).unwrap());
        for at in [0, 1_795_000_000_000, i64::MAX, -1] {
            let stamp = sign(&key, at, *b"a number");
            assert_eq!(stamp.len(), LENGTH);
            assert_ne!(stamp, sign(&key, at, *b"another!"));
            assert_eq!(read(&key, &stamp), Some(at));
            assert_eq!(read(&other, &stamp), None);
            for place in 0..stamp.len() {
                let mut changed = stamp.clone().into_bytes();
                changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
                assert_eq!(read(&key, &String::from_utf8(changed).unwrap()), None);
            }
        }
        for text in [
            "",
            "x",
            "AAAAAAAA",
            &"A".repeat(32),
            &"A".repeat(LENGTH - 1),
            &"A".repeat(LENGTH),
            &"A".repeat(1_000),
        ] {
            assert_eq!(read(&key, text), None, "{text}");
        }
    }
}
