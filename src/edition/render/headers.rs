//! The header of the mail (DESIGN §6): RFC 5322, encoded words by RFC 2047, list fields by RFC 2369
//! and RFC 2919, one-click by RFC 8058.

use std::fmt::Display;

use lettre::message::Mailbox;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use subscribers::address::Address;
use templates::comparison::Newsletter;

use super::Dated;
use super::placeholder::{Context, Placeholder};
use crate::header_text;

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
    line(
        "Message-ID",
        &format!("<{}@{from_domain}>", in_header(Placeholder::MessageId)),
    );
    line("List-Id", &list_id(newsletter, from_domain));
    let mut leave = format!("<{base}/u/{}>", in_header(Placeholder::UnsubscribeToken));
    if let Some(address) = &sender.unsubscribe {
        leave += &format!(
            ",\r\n <mailto:{}+{}@{}?subject=unsubscribe>",
            mailto_part(address.local_part()),
            in_header(Placeholder::UnsubscribeLocalPart),
            address.domain_ascii()
        );
    }
    line("List-Unsubscribe", &leave);
    line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    line("List-Archive", &format!("<{base}/>"));
    let help = &sender.answers().email;
    line(
        "List-Help",
        &format!(
            "<mailto:{}@{}?subject=help>",
            mailto_part(help.user()),
            help.domain()
        ),
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

/// A local part in a `mailto:` address (RFC 6068 §2).
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

/// `Name <verdict.example.org>` (RFC 2919): the pages' host, which no other list has.
fn list_id(newsletter: &Newsletter, from_domain: &str) -> String {
    let host = url::Url::parse(&newsletter.base_url)
        .ok()
        .and_then(|url| url.domain().map(str::to_owned))
        .unwrap_or_else(|| from_domain.to_owned());
    format!("{}\r\n <{host}>", header_text::phrase(&newsletter.name))
}
