//! Telling the editors: short plain mails through the same relay.

use subscribers::address::Address;
use templates::notice::Notice;

use crate::engine::Engine;
use crate::smtp::{Conversation, Single, SingleError};

/// Mails a notice to every configured editor. Without editors it is only logged.
///
/// # Errors
/// [`SingleError`] for the first editor who could not be told.
pub async fn tell(engine: &Engine, notice: &Notice) -> Result<(), SingleError> {
    tracing::warn!(subject = notice.subject, "a notice to the editors");
    let editors = &engine.config.desk.editors;
    if editors.is_empty() {
        return Ok(());
    }
    let from = &engine.config.newsletter.from;
    // The configuration takes no other.
    let return_path = Address::parse(from.email.as_ref());
    let return_path = return_path
        .as_ref()
        .unwrap_or(&engine.config.smtp.bounce_address);
    let relay = &engine.config.smtp.relay;
    let mut conversation = Conversation::open(relay, from.email.domain()).await?;
    for editor in editors {
        let mail = Single {
            from,
            reply_to: None,
            to: editor,
            return_path,
            subject: &notice.subject,
            text: &notice.text,
            html: None,
            message_id: None,
        };
        conversation.single(&mail).await?;
    }
    conversation.quit().await;
    Ok(())
}
