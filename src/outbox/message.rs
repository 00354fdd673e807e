//! One mail to one person as it goes over the wire, made by lettre's builder.

use lettre::address::AddressError;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use subscribers::address::Address;

use crate::config::Newsletter;
use crate::header_text;

/// A mail ready to be sent.
pub(super) struct Mail {
    pub(super) to: Address,
    /// Where it comes back to if it cannot be delivered.
    pub(super) return_path: String,
    pub(super) subject: String,
    /// Lines ended by `\n`.
    pub(super) text: String,
    /// The same as HTML.
    pub(super) html: Option<String>,
    /// Without its angle brackets.
    pub(super) message_id: String,
}

/// Why a mail cannot be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum MessageError {
    #[error("the mail cannot be made: {0}")]
    Mail(#[from] lettre::error::Error),
    #[error("the address cannot be used: {0}")]
    Address(#[from] AddressError),
}

impl Mail {
    /// The mail from the newsletter, dot-stuffed (RFC 5321 §4.5.2), ended by CRLF.
    pub(super) fn content(&self, newsletter: &Newsletter) -> Result<Vec<u8>, MessageError> {
        let mut builder = lettre::Message::builder()
            .from(newsletter.from.clone())
            .to(Mailbox::new(None, self.to.on_the_wire().parse()?))
            .raw_header(header("Subject", header_text::subject(&self.subject)))
            .message_id(Some(format!("<{}>", self.message_id)))
            // RFC 3834: no vacation program answers it.
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(reply_to) = &newsletter.reply_to {
            builder = builder.raw_header(header("Reply-To", header_text::mailbox(reply_to)));
        }
        let text = part(&self.text, ContentType::TEXT_PLAIN);
        let mut message = match &self.html {
            Some(html) => {
                let html = part(html, ContentType::TEXT_HTML);
                builder.multipart(MultiPart::alternative().singlepart(text).singlepart(html))
            }
            None => builder.singlepart(text),
        }?;
        let from = header("From", header_text::mailbox(&newsletter.from));
        message.headers_mut().insert_raw(from);
        let mut text = String::from_utf8_lossy(&message.formatted()).replace("\r\n.", "\r\n..");
        if !text.ends_with("\r\n") {
            text += "\r\n";
        }
        Ok(text.into_bytes())
    }
}

fn part(text: &str, kind: ContentType) -> SinglePart {
    let text = text.replace('\n', "\r\n");
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Body::new_with_encoding(text, encoding).unwrap_or_else(Body::new);
    SinglePart::builder().header(kind).body(body)
}

/// A header whose value is written as it is.
fn header(name: &'static str, value: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}
