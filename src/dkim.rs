//! DKIM signatures (RFC 6376), by RSA and by Ed25519 (RFC 8463).
//!
//! Header and body are signed in their relaxed form, which survives a relay that folds lines or trims blanks. The whole
//! body is signed (no `l=`), and a signature never expires (no `x=`): a mail may wait in a queue for days, and readers
//! check old mail too.

mod key;
mod record;
mod relaxed;

use std::fmt::Write as _;
use std::sync::Arc;

use aws_lc_rs::digest::{Digest, SHA256, SHA256_OUTPUT_LEN, digest};
use data_encoding::BASE64;
use subscribers::token::DELIVERY_FIELD;

pub use key::{KeyError, NotMade, SigningKey};
pub use record::Record;

/// The fields that are signed where a mail has them. `From` is named once more than it occurs, so that a second one
/// breaks the signature (RFC 6376 §8.15).
const SIGNED: [&str; 15] = [
    "From",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    DELIVERY_FIELD,
];

/// Names in one line of `h=`, and base64 characters in one of `b=`.
const NAMES: usize = 4;
const LINE: usize = 72;

/// About as many octets as a field has.
const FIELD: usize = 768;

/// A selector with its private key.
#[derive(Clone, Debug)]
pub struct Selector {
    /// One or more labels: the record is at `<name>._domainkey.<domain>`.
    pub name: String,
    pub key: SigningKey,
}

/// What signs the mails of a domain. Cheap to clone; Debug shows no key.
#[derive(Clone, Debug)]
pub struct Signer {
    domain: Arc<str>,
    selectors: Arc<[Selector]>,
}

impl Signer {
    /// `domain` in lower case, as A-labels.
    pub fn new(domain: &str, selectors: Vec<Selector>) -> Self {
        Self {
            domain: domain.into(),
            selectors: selectors.into(),
        }
    }

    /// The domain that signs (`d=`), as A-labels.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    pub fn selectors(&self) -> &[Selector] {
        &self.selectors
    }

    /// True if a signature takes hundreds of microseconds, too long for a thread that other tasks share.
    pub fn is_slow(&self) -> bool {
        self.selectors.iter().any(|one| one.key.is_rsa())
    }

    /// Puts a `DKIM-Signature` for each selector before a mail: a complete one with CRLF line ends, before
    /// dot-stuffing. `at` is the signatures' time, in Unix seconds.
    pub fn sign(&self, mail: &mut Vec<u8>, at: i64) {
        let Relaxed {
            names,
            header,
            body,
        } = Relaxed::of(mail);
        let fields = self.fields(&names, &header, &digest(&SHA256, &body), at);
        mail.splice(..0, fields.into_bytes());
    }

    /// What [`sign`](Self::sign) puts before a mail, given its [relaxed](Relaxed) header and the SHA-256 of its relaxed
    /// body.
    pub fn fields(&self, names: &str, header: &[u8], body_hash: &Digest, at: i64) -> String {
        self.fields_by(names, header, body_hash.as_ref(), at, SigningKey::sign)
    }

    /// How many octets the fields of a mail with these names have, until the year 2286, when `t=` grows by a digit.
    pub fn octets(&self, names: &str) -> usize {
        const TEN_DIGITS: i64 = 1_000_000_000;
        let blank = |key: &SigningKey, _: &[u8]| vec![0; key.signature_len()];
        let body_hash = [0; SHA256_OUTPUT_LEN];
        self.fields_by(names, &[], &body_hash, TEN_DIGITS, blank)
            .len()
    }

    fn fields_by(
        &self,
        names: &str,
        header: &[u8],
        body_hash: &[u8],
        at: i64,
        sign: impl Fn(&SigningKey, &[u8]) -> Vec<u8>,
    ) -> String {
        let body_hash = BASE64.encode(body_hash);
        let mut fields = String::with_capacity(self.selectors.len() * FIELD);
        for Selector { name, key } in self.selectors.iter() {
            let start = fields.len();
            let _ = write!(
                fields,
                "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; t={at};\r\n d={};\r\n s={name};\r\n \
                 h={names};\r\n bh={body_hash};\r\n b=",
                key.algorithm(),
                self.domain,
            );
            let mut input = Vec::with_capacity(header.len() + FIELD);
            input.extend_from_slice(header);
            relaxed::push_field(&fields.as_bytes()[start..], &mut input);
            // RFC 6376 §3.7: the signature's own field comes last, without its CRLF.
            input.truncate(input.len() - relaxed::CRLF.len());
            push_folded(&BASE64.encode(&sign(key, &input)), &mut fields);
            fields.push_str("\r\n");
        }
        fields
    }
}

/// A mail in the form that is signed. A frozen mail's placeholders stay where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// The value of `h=`.
    pub names: String,
    /// The fields that it names, each with its CRLF.
    pub header: Vec<u8>,
    pub body: Vec<u8>,
}

impl Relaxed {
    /// `mail` is a complete one with CRLF line ends, before dot-stuffing.
    pub fn of(mail: &[u8]) -> Self {
        let (fields, text) = relaxed::split(mail);
        let (mut names, mut header, mut body) = (Vec::new(), Vec::new(), Vec::new());
        for name in SIGNED {
            let is_it = |field: &&&[u8]| relaxed::is_named(field, name);
            let Some(field) = fields.iter().rfind(is_it) else {
                continue;
            };
            // The second `From` names a field that is not there, and adds nothing (RFC 6376 §5.4.2).
            if !names.contains(&name) {
                relaxed::push_field(field, &mut header);
            }
            names.push(name);
        }
        relaxed::push_body(text, &mut body);
        let lines: Vec<String> = names.chunks(NAMES).map(|line| line.join(":")).collect();
        Self {
            names: lines.join(":\r\n  "),
            header,
            body,
        }
    }
}

/// Adds the relaxed form of a value in a header field, to fill in for a placeholder: the whole of the field's value, or
/// one without blanks at either end, which are left out.
pub fn relaxed_words(value: &[u8], out: &mut Vec<u8>) {
    relaxed::push_words(value, out);
}

/// Adds the relaxed form of a value in a body, to fill in for a placeholder that has no blank beside it.
pub fn relaxed_text(value: &[u8], out: &mut Vec<u8>) {
    relaxed::push_text(value, out);
}

fn push_folded(base64: &str, out: &mut String) {
    let mut rest = base64;
    while rest.len() > LINE {
        let (line, after) = rest.split_at(LINE);
        out.push_str(line);
        out.push_str("\r\n ");
        rest = after;
    }
    out.push_str(rest);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn signer() -> Signer {
        let keys = [
            ("r", SigningKey::make_rsa().unwrap()),
            ("e", SigningKey::make_ed25519().unwrap()),
        ];
        let selectors = keys.map(|(name, (key, _))| Selector {
            name: name.to_owned(),
            key,
        });
        Signer::new("example.com", selectors.into())
    }

    #[test]
    fn the_octets_of_signatures_are_known_before_signing() {
        let mail = b"From: a@example.com\r\nto: b@example.com\r\nX: y\r\n\r\nHi\r\n".to_vec();
        let (signer, mut signed) = (signer(), mail.clone());
        signer.sign(&mut signed, 1_790_000_000);
        let added = signer.octets(&Relaxed::of(&mail).names);
        assert_eq!(signed.len(), mail.len() + added);
        assert!(signed.ends_with(&mail));
        let text = String::from_utf8(signed).unwrap();
        assert!(text.lines().all(|line| line.len() <= 78), "{text}");
        assert_eq!(text.matches("h=From:From:To;").count(), 2);
    }

    #[test]
    fn no_key_is_shown() {
        let (key, pem) = SigningKey::make_ed25519().unwrap();
        let secret: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let shown = format!("{key:?} {:?}", signer());
        assert!(shown.contains("ed25519"));
        assert!(!shown.contains(&secret[0][..20]), "{shown}");
    }
}
