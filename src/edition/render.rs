//! Issue → mail → mail bytes with placeholders. Pure: no I/O, no clock.
//!
//! [`freeze`] renders a comparison once, for everybody: a complete RFC 5322 message, already
//! quoted-printable, in which each personal value is a placeholder (`U+0002 name U+0003`; neither
//! character can occur anywhere else in an encoded mail). [`Mail`] is that text cut at its
//! placeholders; composing a reader's mail is copying the pieces and the encoded values.

mod encode;
mod headers;
mod mail;
mod placeholder;

use chrono::{DateTime, FixedOffset};
use ring::digest::{self, SHA256};
use templates::comparison::{Comparison, Newsletter, Previous};
use templates::mail::digest::{Digest, digest as monthly};
use templates::mail::{Heading, MailBody, Personal, mail};

pub use headers::Sender;
pub use mail::{BrokenMail, Mail, Reader};
use placeholder::{Context, Placeholder};

/// Which date the mails carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// This one, all of them.
    At(DateTime<FixedOffset>),
    /// Each the time at which its reader is due.
    ByReader,
}

/// A comparison frozen for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The mail with its placeholders, ASCII, lines ended by CRLF.
    pub mail: String,
    /// SHA-256 of `mail`, lower-case hexadecimal.
    pub sha256: String,
    /// The subject, not encoded.
    pub subject: String,
}

/// Renders a comparison for everybody.
pub fn freeze(
    comparison: &Comparison,
    newsletter: &Newsletter,
    sender: &Sender,
    heading: &Heading,
    previous: Option<&Previous>,
    date: Dated,
) -> Frozen {
    let mail = mail(
        comparison,
        newsletter,
        heading,
        &personal(newsletter),
        previous,
    );
    seal(&comparison.slug, mail, newsletter, sender, date)
}

/// Renders a digest for everybody who wants one; `slug` is its edition's.
pub fn freeze_digest(
    slug: &str,
    digest: &Digest,
    newsletter: &Newsletter,
    sender: &Sender,
    date: Dated,
) -> Frozen {
    let mail = monthly(digest, newsletter, &personal(newsletter));
    seal(slug, mail, newsletter, sender, date)
}

/// Markers in the place of what is personal.
fn personal(newsletter: &Newsletter) -> Personal {
    let link = |path: &str, token: Placeholder| {
        format!("{}/{path}/{}", newsletter.base_url, token.marker())
    };
    Personal {
        greeting: Placeholder::Greeting.marker(),
        unsubscribe_url: link("u", Placeholder::UnsubscribeToken),
        settings_url: link("settings", Placeholder::UnsubscribeToken),
        vote_url: link("v", Placeholder::VoteToken),
        address: Placeholder::Address.marker(),
    }
}

/// Encodes the parts of a mail and puts the header before it.
fn seal(
    slug: &str,
    body: MailBody,
    newsletter: &Newsletter,
    sender: &Sender,
    date: Dated,
) -> Frozen {
    let text = encode::body(&body.text, Context::Text);
    let html = encode::body(&body.html, Context::Html);
    let boundary = boundary(&[&text, &html]);
    let mut mail = headers::headers(slug, newsletter, sender, &body.subject, date, &boundary);
    for (kind, body) in [("text/plain", &text), ("text/html", &html)] {
        mail.push_str(&format!(
            "--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
        ));
    }
    mail.push_str(&format!("--{boundary}--\r\n"));
    Frozen {
        sha256: hex(&mail),
        subject: body.subject,
        mail,
    }
}

/// A boundary that no part can contain: `=_` never occurs in quoted-printable (RFC 2045 §6.7).
fn boundary(parts: &[&str]) -> String {
    format!("=_{}", &hex(&parts.concat())[..32])
}

fn hex(text: &str) -> String {
    data_encoding::HEXLOWER.encode(digest::digest(&SHA256, text.as_bytes()).as_ref())
}
