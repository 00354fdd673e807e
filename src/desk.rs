//! Telling the editors: short plain mails through the same relay.

use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, SinglePart};
use subscribers::address::Address;
use templates::notice::Notice;

use crate::engine::Engine;
use crate::smtp::{Conversation, Envelope, Failure};

/// Why a notice did not go out.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The mail cannot be made.
    #[error("the notice cannot be made: {0}")]
    Mail(#[from] lettre::error::Error),
    /// An editor's address is none.
    #[error("an editor's address cannot be used: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// The relay did not take it.
    #[error("the relay did not take the notice: {0}")]
    Relay(#[from] Failure),
}

/// Mails a notice to every configured editor. Without editors it is only logged.
///
/// # Errors
/// [`DeskError`] for the first editor who could not be told.
pub async fn tell(engine: &Engine, notice: &Notice) -> Result<(), DeskError> {
    tracing::warn!(subject = notice.subject, "a notice to the editors");
    let editors = &engine.config.desk.editors;
    if editors.is_empty() {
        return Ok(());
    }
    let from = &engine.config.newsletter.from;
    let relay = &engine.config.smtp.relay;
    let mut conversation = Conversation::open(relay, from.email.domain()).await?;
    for editor in editors {
        let mut content = content(from, editor, notice)?;
        let (from, to) = (from.email.to_string(), editor.on_the_wire());
        conversation
            .envelope(Envelope {
                from: &from,
                to: &to,
            })
            .await?;
        conversation.content(&mut content, None).await.content?;
    }
    conversation.quit().await;
    Ok(())
}

/// The mail, dot-stuffed (RFC 5321 §4.5.2).
fn content(from: &Mailbox, to: &Address, notice: &Notice) -> Result<Vec<u8>, DeskError> {
    let text = notice.text.replace('\n', "\r\n");
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Body::new_with_encoding(text, encoding).unwrap_or_else(Body::new);
    let part = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .body(body);
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.on_the_wire().parse()?))
        .subject(notice.subject.clone())
        .raw_header(auto_generated())
        .singlepart(part)?;
    let text = String::from_utf8_lossy(&message.formatted()).replace("\r\n.", "\r\n..");
    Ok(if text.ends_with("\r\n") {
        text
    } else {
        text + "\r\n"
    }
    .into_bytes())
}

/// RFC 3834: no vacation program answers it.
fn auto_generated() -> lettre::message::header::HeaderValue {
    use lettre::message::header::{HeaderName, HeaderValue};
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    HeaderValue::new(name, "auto-generated".to_owned())
}
