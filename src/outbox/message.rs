//! One mail to one person as it goes over the wire, built with lettre.

use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body as Encoded, MultiPart, SinglePart};
use subscribers::address::Address;
use subscribers::token::DELIVERY_FIELD;
use templates::mail::transactional::TransactionalMail;

use crate::config::Newsletter;
use crate::header_text;

/// A mail ready to send.
pub(super) struct Mail {
    pub(super) to: Address,
    /// The envelope sender.
    pub(super) return_path: String,
    pub(super) body: Body,
    /// Without angle brackets.
    pub(super) message_id: String,
    /// The token that names the message.
    pub(super) delivery: String,
    /// What kind of message it is.
    pub(super) kind: &'static str,
}

/// What a mail says.
pub(super) struct Body {
    pub(super) subject: String,
    /// With `\n` line ends.
    pub(super) text: String,
    pub(super) html: Option<String>,
    /// The header fields of a list, by name, for a mail that can be unsubscribed from.
    pub(super) list: Vec<(&'static str, String)>,
}

impl From<TransactionalMail> for Body {
    fn from(mail: TransactionalMail) -> Self {
        Self {
            subject: mail.subject,
            text: mail.text,
            html: Some(mail.html),
            list: Vec::new(),
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("cannot build the mail: {0}")]
pub(super) struct MessageError(#[from] lettre::error::Error);

impl Mail {
    /// The mail with its headers, with CRLF at the end, not yet dot-stuffed.
    pub(super) fn content(&self, newsletter: &Newsletter) -> Result<Vec<u8>, MessageError> {
        let body = &self.body;
        // lettre's own grammar has no marks, as in Hindi or Thai; ours has checked the address.
        let to = lettre::Address::new_dangerous(self.to.local_part(), self.to.domain_ascii());
        let mut builder = lettre::Message::builder()
            .from(newsletter.from.clone())
            .raw_header(header("To", header_text::to(None, &self.to)))
            .envelope(Envelope::new(None, vec![to])?)
            .raw_header(header("Subject", header_text::subject(&body.subject)))
            .message_id(Some(format!("<{}>", self.message_id)))
            // Keeps vacation programs from answering (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
            .raw_header(header("Feedback-ID", self.feedback_id(newsletter)))
            .raw_header(header(DELIVERY_FIELD, self.delivery.clone()));
        if let Some(reply_to) = &newsletter.reply_to {
            builder = builder.raw_header(header("Reply-To", header_text::mailbox(reply_to)));
        }
        for (name, value) in &body.list {
            builder = builder.raw_header(header(name, value.clone()));
        }
        let text = part(&body.text, ContentType::TEXT_PLAIN);
        let mut message = match &body.html {
            Some(html) => {
                let html = part(html, ContentType::TEXT_HTML);
                builder.multipart(MultiPart::alternative().singlepart(text).singlepart(html))
            }
            None => builder.singlepart(text),
        }?;
        let from = header("From", header_text::mailbox(&newsletter.from));
        message.headers_mut().insert_raw(from);
        let mut content = message.formatted();
        if !content.ends_with(b"\r\n") {
            content.extend_from_slice(b"\r\n");
        }
        Ok(content)
    }

    fn feedback_id(&self, newsletter: &Newsletter) -> String {
        header_text::feedback_id(self.kind, "outbox", newsletter.from.email.domain())
    }
}

/// A mail as it goes over the wire (RFC 5321 §4.5.2).
pub(super) fn dot_stuffed(mail: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(mail);
    text.replace("\r\n.", "\r\n..").into_bytes()
}

fn part(text: &str, kind: ContentType) -> SinglePart {
    let text = text.replace('\n', "\r\n");
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Encoded::new_with_encoding(text, encoding).unwrap_or_else(Encoded::new);
    SinglePart::builder().header(kind).body(body)
}

/// A header with a value that lettre does not encode again.
fn header(name: &'static str, value: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}
