//! The sentences that only mails have.

use crate::comparison::Newsletter;

pub(crate) const READ_ONLINE: &str = "Read on the web";

pub(crate) const VOTE: &str = "Your verdict?";

pub(crate) const FORWARDED: &str = "Was this forwarded to you?";

pub(crate) const UNSUBSCRIBE: &str = "Unsubscribe";
pub(crate) const SETTINGS: &str = "Pause or change your settings";

pub(crate) const BUTTON_DOES_NOT_WORK: &str = "If the button doesn’t work, open this address:";

pub(crate) fn by(maker: &str) -> String {
    format!("by {maker}")
}

pub(crate) fn subscribe(newsletter: &Newsletter) -> String {
    format!("Subscribe to {}", newsletter.name)
}

/// Stands before the reader's address.
pub(crate) fn why_before(newsletter: &Newsletter) -> String {
    format!(
        "You get this email because you subscribed to {} with this address:",
        newsletter.name
    )
}
