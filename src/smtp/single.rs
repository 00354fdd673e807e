//! One mail to one person, made by lettre's builder: messages from the outbox, not editions.

use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use subscribers::address::Address;

use super::{Conversation, Envelope, Failure, Reply};
use crate::header_text;

/// A mail to one person.
#[derive(Clone, Copy, Debug)]
pub struct Single<'a> {
    /// Who sends it.
    pub from: &'a Mailbox,
    /// Where answers go, if not there.
    pub reply_to: Option<&'a Mailbox>,
    /// Where it goes.
    pub to: &'a Address,
    /// Where it comes back to if it cannot be delivered.
    pub return_path: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The text, lines ended by `\n`.
    pub text: &'a str,
    /// The same as HTML.
    pub html: Option<&'a str>,
    /// The Message-ID without its angle brackets; without one it is random.
    pub message_id: Option<&'a str>,
}

/// Why a mail did not go out.
#[derive(Debug, thiserror::Error)]
pub enum SingleError {
    /// The mail cannot be made.
    #[error("the mail cannot be made: {0}")]
    Mail(#[from] lettre::error::Error),
    /// The address cannot be used.
    #[error("the address cannot be used: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The relay did not take it.
    #[error("the relay did not take it: {0}")]
    Relay(#[from] Failure),
}

impl Conversation {
    /// Sends one mail. If the relay refuses it, the conversation can go on as long as it
    /// [is usable](Conversation::is_usable).
    pub async fn single(&mut self, mail: &Single<'_>) -> Result<Reply, SingleError> {
        let mut content = mail.content()?;
        let to = mail.to.on_the_wire();
        let envelope = Envelope {
            from: mail.return_path,
            to: &to,
            octets: None,
        };
        if let Err(failure) = self.envelope(envelope).await {
            if matches!(failure, Failure::Refused { .. }) {
                // If that fails, the conversation is no longer usable; the refusal stands.
                let _ = self.reset().await;
            }
            return Err(failure.into());
        }
        Ok(self.content(&mut content, None).await.content?)
    }
}

impl Single<'_> {
    /// The mail, dot-stuffed (RFC 5321 §4.5.2), ended by CRLF.
    fn content(&self) -> Result<Vec<u8>, SingleError> {
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, self.to.on_the_wire().parse()?))
            .raw_header(header("Subject", header_text::subject(self.subject)))
            .message_id(self.message_id.map(|id| format!("<{id}>")))
            // RFC 3834: no vacation program answers it.
            .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(reply_to) = self.reply_to {
            builder = builder.raw_header(header("Reply-To", header_text::mailbox(reply_to)));
        }
        let text = part(self.text, ContentType::TEXT_PLAIN);
        let mut message = match self.html {
            Some(html) => {
                let html = part(html, ContentType::TEXT_HTML);
                builder.multipart(MultiPart::alternative().singlepart(text).singlepart(html))
            }
            None => builder.singlepart(text),
        }?;
        let from = header("From", header_text::mailbox(self.from));
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
