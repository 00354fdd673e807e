//! Renders an issue to the bytes of a mail with placeholders. Pure: no I/O, no clock.
//!
//! [`freeze`] renders a comparison once for all readers: a complete RFC 5322 message, already
//! quoted-printable, with a placeholder for each personal value (`U+0002 name U+0003`; neither
//! character occurs elsewhere in an encoded mail). [`Mail`] is that text cut at its placeholders:
//! composing a reader's mail copies the pieces and the encoded values.

mod encode;
mod headers;
mod mail;
mod placeholder;

use aws_lc_rs::digest::{self, SHA256};
use chrono::{DateTime, FixedOffset};
use templates::comparison::{Comparison, Newsletter, Previous};
use templates::mail::correction::{CorrectionNotice, correction};
use templates::mail::digest::{Digest, digest as monthly};
use templates::mail::{Heading, MailBody, Personal, mail};

pub use headers::{Sender, Unsubscribe, list_fields};
pub use mail::{BrokenMail, Mail, Part, Reader};
use placeholder::{Context, Placeholder};

/// The mails' `Date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// The same for all.
    At(DateTime<FixedOffset>),
    /// For each mail the time at which it is due.
    ByReader,
}

/// A comparison frozen for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// With placeholders; ASCII, with CRLF line endings.
    pub mail: String,
    /// SHA-256 of `mail`, lower-case hexadecimal.
    pub sha256: String,
    /// Not encoded.
    pub subject: String,
}

pub fn freeze(
    comparison: &Comparison,
    newsletter: &Newsletter,
    sender: &Sender,
    heading: &Heading,
    previous: Option<&Previous>,
    date: Dated,
) -> Frozen {
    let personal = personal(newsletter);
    let mail = mail(comparison, newsletter, heading, &personal, previous);
    seal(
        (&comparison.slug, "edition"),
        mail,
        newsletter,
        sender,
        date,
    )
}

/// `slug` is the edition's.
pub fn freeze_digest(
    slug: &str,
    digest: &Digest,
    newsletter: &Newsletter,
    sender: &Sender,
    date: Dated,
) -> Frozen {
    let mail = monthly(digest, newsletter, &personal(newsletter));
    seal((slug, "digest"), mail, newsletter, sender, date)
}

/// `slug` is the edition's.
pub fn freeze_correction(
    slug: &str,
    notice: &CorrectionNotice,
    newsletter: &Newsletter,
    sender: &Sender,
    date: Dated,
) -> Frozen {
    let mail = correction(notice, newsletter, &personal(newsletter));
    seal((slug, "correction"), mail, newsletter, sender, date)
}

/// Markers for the personal values.
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

/// Encodes the parts of a mail and adds the header. `edition` is its slug and kind.
fn seal(
    edition: (&str, &str),
    body: MailBody,
    newsletter: &Newsletter,
    sender: &Sender,
    date: Dated,
) -> Frozen {
    let text = encode::body(&body.text, Context::Text);
    let html = encode::body(&body.html, Context::Html);
    let boundary = boundary(&[&text, &html]);
    let mut mail = headers::headers(edition, newsletter, sender, &body.subject, date, &boundary);
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

/// No part can contain the boundary: `=_` never occurs in quoted-printable (RFC 2045 §6.7).
fn boundary(parts: &[&str]) -> String {
    format!("=_{}", &hex(&parts.concat())[..32])
}

fn hex(text: &str) -> String {
    data_encoding::HEXLOWER.encode(digest::digest(&SHA256, text.as_bytes()).as_ref())
}
