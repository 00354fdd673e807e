//! DKIM signatures (RFC 6376), by RSA and by Ed25519 (RFC 8463).
//!
//! Header and body are signed in their relaxed form, which survives a relay that folds lines or trims blanks. The whole
//! body is signed (no `l=`), and a signature never expires (no `x=`): a mail may wait in a queue for days, and readers
//! check old mail too.

mod key;
mod record;
mod relaxed;

use std::sync::Arc;

use aws_lc_rs::digest::{Context, Digest, SHA256, digest};
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
        let mut hashed = Context::new(&SHA256);
        hashed.update(&header);
        let template = self.template(&names);
        let fields = template.fields(&hashed, &digest(&SHA256, &body), at);
        mail.splice(..0, fields.into_bytes());
    }

    /// The signatures of mails with these `names`, the value of `h=`.
    pub fn template(&self, names: &str) -> Template {
        let signature = |selector: &Selector| {
            let head = format!(
                "DKIM-Signature: v=1; a={}; c=relaxed/relaxed;\r\n d={};\r\n s={};\r\n h={names};",
                selector.key.algorithm(),
                self.domain,
                selector.name,
            );
            let mut relaxed = Vec::new();
            relaxed::push_field(head.as_bytes(), &mut relaxed);
            relaxed.truncate(relaxed.len() - relaxed::CRLF.len());
            Signature {
                head,
                relaxed,
                key: selector.key.clone(),
            }
        };
        Template(self.selectors.iter().map(signature).collect())
    }
}

/// The signatures of mails that differ only in what their fields contain.
#[derive(Debug)]
pub struct Template(Vec<Signature>);

#[derive(Debug)]
struct Signature {
    /// The field up to what differs: when it was signed, and the hashes.
    head: String,
    relaxed: Vec<u8>,
    key: SigningKey,
}

impl Template {
    /// The fields to put before a mail, given the SHA-256 of its [relaxed](Relaxed) header, not finished, and of its
    /// relaxed body. `at` is in Unix seconds.
    pub fn fields(&self, header: &Context, body: &Digest, at: i64) -> String {
        self.fields_by(header, body, at, SigningKey::sign)
    }

    /// How many octets the fields have, until the year 2286, when `t=` grows by a digit.
    pub fn octets(&self) -> usize {
        const TEN_DIGITS: i64 = 1_000_000_000;
        let blank = |key: &SigningKey, _: &Digest| vec![0; key.signature_len()];
        let (header, body) = (Context::new(&SHA256), digest(&SHA256, &[]));
        self.fields_by(&header, &body, TEN_DIGITS, blank).len()
    }

    fn fields_by(
        &self,
        header: &Context,
        body: &Digest,
        at: i64,
        sign: impl Fn(&SigningKey, &Digest) -> Vec<u8>,
    ) -> String {
        let tail = format!(" t={at}; bh={};", BASE64.encode(body.as_ref()));
        let mut fields = String::with_capacity(self.0.len() * FIELD);
        for Signature { head, relaxed, key } in &self.0 {
            // RFC 6376 §3.7: the signature's own field comes last, without its value of `b=` and its CRLF.
            let mut hash = header.clone();
            for part in [relaxed.as_slice(), tail.as_bytes(), b" b="] {
                hash.update(part);
            }
            for part in [head.as_str(), "\r\n", &tail, "\r\n b="] {
                fields.push_str(part);
            }
            push_folded(&BASE64.encode(&sign(key, &hash.finish())), &mut fields);
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
        let added = signer.template(&Relaxed::of(&mail).names).octets();
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
