//! Which mail a returned mail (RFC 3464), a complaint (RFC 5965) or a forwarded copy is about.
//!
//! The field `Verdict-Delivery` of the original says it, wherever the report quotes it: attached, as its header alone,
//! or in the text behind quotation marks. Mails of earlier releases have no such field, and some servers quote nothing.
//! Then the envelope sender says it, in whatever repeats its local part (`To`, `Return-Path`, `Original-Envelope-Id`).
//! Both are trusted for their MAC alone, wherever they stand.

use mail_parser::MessageParser;
use subscribers::token::{self, DELIVERY_FIELD, Key, Purpose, Token, TokenError};

/// The shortest token in an address: 13 bytes, 10 of them the MAC, in base32.
const SHORTEST: usize = 21;

/// Why it is not known which mail another one is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unnamed {
    #[error(
        "it names no mail of this instance, neither in a `Verdict-Delivery` field nor by a return address"
    )]
    Nothing,
    /// It has the field, but no token that this key signed.
    #[error("its `Verdict-Delivery` field was made by another instance, or changed")]
    Foreign,
}

/// The token of the delivery or outbox message that a mail is about: of [`Purpose::Delivery`] or
/// [`Purpose::OutboxDelivery`], or else of [`Purpose::Bounce`] or [`Purpose::OutboxBounce`].
///
/// It names a mail and proves nothing: everyone who has a copy of the mail has its token.
///
/// # Errors
/// [`Unnamed`] if no token of this key is in it.
pub fn named_in(key: &Key, mail: &[u8]) -> Result<Token, Unnamed> {
    let parsed = MessageParser::default().parse(mail);
    let parts = parsed.iter().flat_map(|mail| &mail.parts);
    let decoded = parts.map(|part| part.contents());
    let texts: Vec<&[u8]> = [mail].into_iter().chain(decoded).collect();
    let mut unnamed = Unnamed::Nothing;
    for word in texts.iter().flat_map(|text| fields(text)) {
        let read = |purpose| token::verify(key, word, purpose);
        match read(Purpose::Delivery).or_else(|_| read(Purpose::OutboxDelivery)) {
            Ok(token) => return Ok(token),
            Err(TokenError::Forged) => unnamed = Unnamed::Foreign,
            Err(TokenError::Malformed | TokenError::WrongPurpose) => {}
        }
    }
    let mut envelopes = texts.iter().flat_map(|text| tags(text));
    let envelope = envelopes.find_map(|word| {
        let read = |purpose| token::verify_local_part(key, word, purpose).ok();
        read(Purpose::Bounce).or_else(|| read(Purpose::OutboxBounce))
    });
    envelope.ok_or(unnamed)
}

/// The values of the field, folded and quoted as it may be.
fn fields(text: &[u8]) -> impl Iterator<Item = &str> {
    let name = DELIVERY_FIELD.as_bytes();
    behind(text, b':').filter_map(move |(before, behind)| {
        let start = before.len().checked_sub(name.len())?;
        let is_quote = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
        let quotes = behind.iter().take_while(|byte| is_quote(byte)).count();
        before[start..]
            .eq_ignore_ascii_case(name)
            .then(|| word(&behind[quotes..]))
    })
}

/// What stands behind a plus sign, as an address has it or as an envelope id does (RFC 3461 §4), and is long enough for
/// a token.
fn tags(text: &[u8]) -> impl Iterator<Item = &str> {
    let words = behind(text, b'+').flat_map(|(_, behind)| {
        let encoded = behind.strip_prefix(b"2B").map(word);
        encoded.into_iter().chain([word(behind)])
    });
    words.filter(|word| word.len() >= SHORTEST)
}

/// What stands before and behind each of these bytes.
fn behind(text: &[u8], byte: u8) -> impl Iterator<Item = (&[u8], &[u8])> {
    let places = text
        .iter()
        .enumerate()
        .filter(move |(_, one)| **one == byte);
    places.map(|(at, _)| (&text[..at], &text[at + 1..]))
}

/// The characters of a token at the start.
fn word(text: &[u8]) -> &str {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = text.iter().take_while(|byte| is_token(byte)).count();
    str::from_utf8(&text[..length]).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn key(seed: u8) -> Key {
        Key::from_bytes(&[seed; 32]).unwrap()
    }

    fn token(purpose: Purpose, subscriber: i64) -> Token {
        Token {
            address_tag: 0x0b5a_4a71,
            ..Token::new(purpose, subscriber, 12)
        }
    }

    fn field(token: Token) -> String {
        format!("{DELIVERY_FIELD}: {}", token::sign(&key(1), token))
    }

    fn envelope(token: Token) -> String {
        format!(
            "bounces+{}@example.org",
            token::sign_local_part(&key(1), token)
        )
    }

    #[test]
    fn the_field_is_found_however_a_report_quotes_it() {
        let delivery = token(Purpose::Delivery, 7);
        let field = field(delivery);
        let (name, value) = field.split_once(": ").unwrap();
        let base64 = data_encoding::BASE64.encode(format!("X: y\r\n{field}\r\n\r\n").as_bytes());
        for mail in [
            format!("From: a@example.com\r\n{field}\r\n\r\nHi\r\n"),
            format!("{name}:\r\n\t{value}\n\nHi\n"),
            format!("Subject: Fwd\n\n> {}: {value}\n", name.to_uppercase()),
            format!("Subject: Fwd\n\n> > {name}:\n> > {value}\n"),
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nSorry\r\n--b\r\n\
                 Content-Type: text/rfc822-headers\r\n\r\nTo: redacted\r\n{field}\r\n--b--\r\n"
            ),
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\
                 Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--b--\r\n"
            ),
        ] {
            assert_eq!(named_in(&key(1), mail.as_bytes()), Ok(delivery), "{mail}");
            assert_eq!(
                named_in(&key(2), mail.as_bytes()),
                Err(Unnamed::Foreign),
                "{mail}"
            );
        }
    }

    #[test]
    fn the_envelope_sender_says_it_where_no_field_does() {
        let bounce = token(Purpose::Bounce, 7);
        let to = envelope(bounce);
        for mail in [
            format!("To: <{to}>\r\n\r\nNo such user\r\n"),
            format!("Delivered-To: {}\n\n", to.to_uppercase()),
            format!("To: b@example.org\n\nReturn-Path: <{to}>\n"),
            format!("\n\nOriginal-Envelope-Id: {}\n", to.replace('+', "+2B")),
            format!(
                "Return-Path: <SRS0=abcd=xy=example.org={}@example.net>\n\n",
                &to[..to.len() - 12]
            ),
        ] {
            assert_eq!(named_in(&key(1), mail.as_bytes()), Ok(bounce), "{mail}");
            assert_eq!(
                named_in(&key(2), mail.as_bytes()),
                Err(Unnamed::Nothing),
                "{mail}"
            );
        }
    }

    #[test]
    fn the_field_goes_before_the_envelope_sender_and_a_forged_one_does_not() {
        let (delivery, bounce) = (token(Purpose::Delivery, 7), token(Purpose::Bounce, 8));
        let to = envelope(bounce);
        let mail = format!("To: {to}\r\n\r\n{}\r\n", field(delivery));
        assert_eq!(named_in(&key(1), mail.as_bytes()), Ok(delivery));
        let mut forged = mail.into_bytes();
        let last = forged.len() - 3;
        forged[last] = if forged[last] == b'A' { b'E' } else { b'A' };
        assert_eq!(named_in(&key(1), &forged), Ok(bounce));
        let other = format!(
            "{DELIVERY_FIELD}: {}\r\n\r\n{}",
            token::sign(&key(2), delivery),
            field(delivery)
        );
        assert_eq!(named_in(&key(1), other.as_bytes()), Ok(delivery));
    }

    #[test]
    fn a_token_for_anything_else_names_no_mail() {
        for purpose in Purpose::ALL {
            let is_field = matches!(purpose, Purpose::Delivery | Purpose::OutboxDelivery);
            let is_envelope = matches!(purpose, Purpose::Bounce | Purpose::OutboxBounce);
            let one = token(purpose, 7);
            let named = |text: String| named_in(&key(1), text.as_bytes()).is_ok();
            assert_eq!(
                named(format!("{}\r\n\r\n", field(one))),
                is_field,
                "{purpose:?}"
            );
            assert_eq!(
                named(format!("To: {}\r\n\r\n", envelope(one))),
                is_envelope,
                "{purpose:?}"
            );
        }
    }

    #[test]
    fn a_mail_without_a_token_names_none() {
        for mail in [
            "",
            "To: ann+news@example.org\r\n\r\n+ + +2B +\r\n",
            "Verdict-Delivery:",
            "Verdict-Delivery: ä",
            ":",
        ] {
            assert_eq!(
                named_in(&key(1), mail.as_bytes()),
                Err(Unnamed::Nothing),
                "{mail}"
            );
        }
    }
}
