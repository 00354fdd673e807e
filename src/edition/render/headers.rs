//! The mail's header: RFC 5322, encoded words (RFC 2047), list fields (RFC 2369, RFC 2919), one-click
//! unsubscribing (RFC 8058).

use std::fmt::Display;

use lettre::message::Mailbox;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use subscribers::address::Address;
use subscribers::token::DELIVERY_FIELD;
use templates::comparison::Newsletter;

use super::Dated;
use super::placeholder::{Context, Placeholder};
use crate::header_text;

#[derive(Clone, Debug)]
pub struct Sender {
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    /// Receives mails that ask to unsubscribe (RFC 2369 §3.2).
    pub unsubscribe: Option<Address>,
}

impl Sender {
    /// Where a reader's reply goes.
    pub fn answers(&self) -> &Mailbox {
        self.reply_to.as_ref().unwrap_or(&self.from)
    }
}

/// The tokens in the addresses for unsubscribing.
#[derive(Clone, Copy, Debug)]
pub struct Unsubscribe<'a> {
    /// Of the page.
    pub token: &'a str,
    /// Of the address for unsubscribing by mail.
    pub local_part: &'a str,
}

/// The fields of a list, by name.
pub fn list_fields(
    newsletter: &Newsletter,
    sender: &Sender,
    unsubscribe: Unsubscribe<'_>,
) -> [(&'static str, String); 5] {
    let base = &newsletter.base_url;
    let mut leave = format!("<{base}/u/{}>", unsubscribe.token);
    if let Some(address) = &sender.unsubscribe {
        leave += &format!(
            ",\r\n <mailto:{}+{}@{}?subject=unsubscribe>",
            mailto_part(address.local_part()),
            unsubscribe.local_part,
            address.domain_ascii()
        );
    }
    let help = &sender.answers().email;
    let (user, domain) = (mailto_part(help.user()), help.domain());
    [
        ("List-Id", list_id(newsletter, sender.from.email.domain())),
        ("List-Unsubscribe", leave),
        (
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ),
        ("List-Archive", format!("<{base}/issues>")),
        (
            "List-Help",
            format!("<mailto:{user}@{domain}?subject=help>"),
        ),
    ]
}

/// Names the mail's language (RFC 3282), also for the greeting.
pub(super) const CONTENT_LANGUAGE: &str = "Content-Language";

/// All headers of the mail, and the blank line after them. `slug` and `kind` are the edition's.
pub(super) fn headers(
    (slug, kind): (&str, &str),
    newsletter: &Newsletter,
    sender: &Sender,
    subject: &str,
    date: Dated,
    boundary: &str,
) -> String {
    let from_domain = sender.from.email.domain();
    let in_header = |placeholder: Placeholder| placeholder.marker_in(Context::Header);
    let mut head = String::new();
    let mut line = |name: &str, value: &str| head.push_str(&format!("{name}: {value}\r\n"));
    line("From", &header_text::mailbox(&sender.from));
    line("To", &in_header(Placeholder::To));
    if let Some(reply_to) = &sender.reply_to {
        line("Reply-To", &header_text::mailbox(reply_to));
    }
    line("Subject", &header_text::subject(subject));
    match date {
        Dated::At(date) => line("Date", &date.to_rfc2822()),
        Dated::ByReader => line("Date", &in_header(Placeholder::Date)),
    }
    let message_id = in_header(Placeholder::MessageId);
    line("Message-ID", &format!("<{message_id}@{from_domain}>"));
    let unsubscribe = Unsubscribe {
        token: &in_header(Placeholder::UnsubscribeToken),
        local_part: &in_header(Placeholder::UnsubscribeLocalPart),
    };
    for (name, value) in list_fields(newsletter, sender, unsubscribe) {
        line(name, &value);
    }
    let feedback_id = header_text::feedback_id(slug, kind, from_domain);
    line("Feedback-ID", &feedback_id);
    line(DELIVERY_FIELD, &in_header(Placeholder::DeliveryToken));
    line("Precedence", "bulk");
    line("MIME-Version", "1.0");
    line(CONTENT_LANGUAGE, newsletter.locale.lang());
    let content_type = format!("multipart/alternative;\r\n boundary=\"{boundary}\"");
    line("Content-Type", &content_type);
    head + "\r\n"
}

/// A local part in a `mailto:` URL (RFC 6068 §2).
fn mailto_part(local_part: &str) -> impl Display + '_ {
    const NOT_ENCODED: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'!')
        .remove(b'$')
        .remove(b'\'')
        .remove(b'*')
        .remove(b'+');
    utf8_percent_encode(local_part, NOT_ENCODED)
}

/// `Name <verdict.example.org>` (RFC 2919), with the pages' host, which no other list has.
fn list_id(newsletter: &Newsletter, from_domain: &str) -> String {
    let url = url::Url::parse(&newsletter.base_url).ok();
    let host = url
        .as_ref()
        .and_then(url::Url::domain)
        .unwrap_or(from_domain);
    format!("{}\r\n <{host}>", header_text::phrase(&newsletter.name))
}
