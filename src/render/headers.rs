//! The header of the mail (DESIGN §6): RFC 5322, encoded words by RFC 2047, list fields by RFC 2369
//! and RFC 2919, one-click by RFC 8058.

use lettre::message::header::{self, Header};
use lettre::message::{Mailbox, Mailboxes};
use subscribers::address::Address;
use templates::comparison::Newsletter;

use super::Dated;
use super::placeholder::{Context, Placeholder};

/// Who sends.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The `From` header.
    pub from: Mailbox,
    /// The `Reply-To` header.
    pub reply_to: Option<Mailbox>,
    /// Where mails to leave go (RFC 2369 §3.2).
    pub unsubscribe: Option<Address>,
}

impl Sender {
    /// Where a reader's answer goes.
    pub fn answers(&self) -> &Mailbox {
        self.reply_to.as_ref().unwrap_or(&self.from)
    }
}

/// Longest `To` value on the header's first line (RFC 5322 §2.1.1 asks for 78 characters a line).
const TO_LINE: usize = 72;

/// Every header of the mail and the blank line after them.
pub(super) fn headers(
    slug: &str,
    newsletter: &Newsletter,
    sender: &Sender,
    subject: &str,
    date: Dated,
    boundary: &str,
) -> String {
    let base = &newsletter.base_url;
    let from_domain = sender.from.email.domain();
    let in_header = |placeholder: Placeholder| placeholder.marker_in(Context::Header);
    let mut head = String::new();
    let mut line = |name: &str, value: &str| {
        head.push_str(&format!("{name}: {value}\r\n"));
    };
    line(
        "From",
        &encoded(&header::From::from(Mailboxes::from(sender.from.clone()))),
    );
    line("To", &in_header(Placeholder::To));
    if let Some(reply_to) = &sender.reply_to {
        line(
            "Reply-To",
            &encoded(&header::ReplyTo::from(Mailboxes::from(reply_to.clone()))),
        );
    }
    line("Subject", &subject_value(subject));
    match date {
        Dated::At(date) => line("Date", &date.to_rfc2822()),
        Dated::ByReader => line("Date", &in_header(Placeholder::Date)),
    }
    line(
        "Message-ID",
        &format!("<{}@{from_domain}>", in_header(Placeholder::MessageId)),
    );
    line("List-Id", &list_id(newsletter, from_domain));
    let mut leave = format!("<{base}/u/{}>", in_header(Placeholder::UnsubscribeToken));
    if let Some(address) = &sender.unsubscribe {
        leave += &format!(
            ",\r\n <mailto:{}+{}@{}?subject=unsubscribe>",
            address.local_part(),
            in_header(Placeholder::UnsubscribeLocalPart),
            address.domain_ascii()
        );
    }
    line("List-Unsubscribe", &leave);
    line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    line("List-Archive", &format!("<{base}/>"));
    line(
        "List-Help",
        &format!("<mailto:{}?subject=help>", sender.answers().email),
    );
    line(
        "Feedback-ID",
        &format!("{slug}:edition:verdict:{from_domain}"),
    );
    line("Precedence", "bulk");
    line("MIME-Version", "1.0");
    line(
        "Content-Type",
        &format!("multipart/alternative;\r\n boundary=\"{boundary}\""),
    );
    head.push_str("\r\n");
    head
}

/// Most bytes of text in an encoded word of base64: a word has at most 75 characters (RFC 2047 §2), and `Subject: `
/// stands before the first.
const WORD: usize = 36;

/// The subject as it is. Where it looks as if it held an encoded word, it is encoded, so that it is not decoded to
/// something else.
fn subject_value(subject: &str) -> String {
    if !subject.contains("=?") {
        return encoded(&header::Subject::from(subject.to_owned()));
    }
    let mut words = Vec::new();
    let mut rest = subject;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.floor_char_boundary(WORD));
        let word = data_encoding::BASE64.encode(word.as_bytes());
        words.push(format!("=?utf-8?b?{word}?="));
        rest = after;
    }
    words.join("\r\n ")
}

/// `Name <verdict.example.org>` (RFC 2919): the pages' host, which no other list has.
fn list_id(newsletter: &Newsletter, from_domain: &str) -> String {
    let host = url::Url::parse(&newsletter.base_url)
        .ok()
        .and_then(|url| url.domain().map(str::to_owned))
        .unwrap_or_else(|| from_domain.to_owned());
    format!("{}\r\n <{host}>", encoded_phrase(&newsletter.name))
}

/// The `To` value of one reader: name and address, or the address alone.
pub(super) fn to(name: Option<&str>, address: &Address) -> String {
    let mailbox = address.on_the_wire();
    let Some(name) = name else {
        return mailbox.into_owned();
    };
    let phrase = plain_phrase(name).unwrap_or_else(|| encoded_phrase(name));
    let fold = if phrase.len() + mailbox.len() + 3 > TO_LINE {
        "\r\n <"
    } else {
        " <"
    };
    format!("{phrase}{fold}{mailbox}>")
}

/// An ASCII name as a quoted string (RFC 5322 §3.2.4), written here because it stands in every
/// mail; anything else is for the library's encoded words.
fn plain_phrase(name: &str) -> Option<String> {
    let plain = |c: char| c == ' ' || c.is_ascii_graphic();
    if name.len() > 60 || !name.chars().all(plain) {
        return None;
    }
    Some(format!(
        "\"{}\"",
        name.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

/// Any name as the library writes it before an address: quoted or in encoded words.
fn encoded_phrase(name: &str) -> String {
    let Ok(address) = "name@example.org".parse() else {
        return String::new();
    };
    let mailbox = Mailbox::new(Some(name.to_owned()), address);
    let value = encoded(&header::To::from(Mailboxes::from(mailbox)));
    value
        .rsplit_once('<')
        .map_or("", |(phrase, _)| phrase)
        .trim_end()
        .to_owned()
}

/// A header's value as the library encodes and folds it.
fn encoded<H: Header>(header: &H) -> String {
    let mut headers = header::Headers::new();
    headers.insert_raw(header.display());
    let text = headers.to_string();
    let value = text.split_once(": ").map_or("", |(_, value)| value);
    value.trim_end().to_owned()
}
