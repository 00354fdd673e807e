//! The sentences that only mails have.

use crate::comparison::{Newsletter, Tally};

pub(crate) const READ_ONLINE: &str = "Read on the web";

/// In the scorecard, for a role that did not review a tool.
pub(crate) const NOT_REVIEWED: &str = "not reviewed";

pub(crate) const VOTE: &str = "Your verdict?";

pub(crate) const FORWARDED: &str = "Was this forwarded to you?";

pub(crate) const UNSUBSCRIBE: &str = "Unsubscribe";
pub(crate) const SETTINGS: &str = "Pause or change your settings";

pub(crate) const BUTTON_DOES_NOT_WORK: &str = "If the button doesn’t work, open this address:";

/// What the panel's share counts, where there is little room.
pub(crate) fn panel_in_short(tally: Tally) -> String {
    match tally.total() {
        0 => NOT_REVIEWED.to_owned(),
        total => format!("{} of {total} would ship", tally.ship),
    }
}

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

/// What the newsletter is about, as whole sentences.
pub(crate) fn summary(newsletter: &Newsletter) -> String {
    let tagline = &newsletter.tagline;
    match newsletter.about.as_str() {
        "" if tagline.ends_with(char::is_alphanumeric) => format!("{tagline}."),
        "" => tagline.clone(),
        about => about.to_owned(),
    }
}
