//! The sentences that only mails have.

use super::{result, result_title};
use crate::comparison::{Comparison, FEWEST_VOTES, Newsletter, Tally, Tool};

pub(crate) const READ_ONLINE: &str = "Read on the web";

/// Marks the winner in the table.
pub(crate) const WINNER: &str = "Winner";

pub(crate) const PANEL_ROW: &str = "Panel";
pub(crate) const COMMUNITY_ROW: &str = "Community";
pub(crate) const PRICE_ROW: &str = "Entry price";
pub(crate) const MAKER_ROW: &str = "Maker";
pub(crate) const CATEGORY_ROW: &str = "Category";

/// In the scorecard, for a role that did not review a tool.
pub(crate) const NOT_REVIEWED: &str = "not reviewed";

pub(crate) const VOTE: &str = "Your verdict?";

pub(crate) const FORWARDED: &str = "Was this forwarded to you?";

pub(crate) const UNSUBSCRIBE: &str = "Unsubscribe";
pub(crate) const SETTINGS: &str = "Pause or change your settings";

pub(crate) const BUTTON_DOES_NOT_WORK: &str = "If the button doesn’t work, open this address:";

/// The line that mailboxes show beside the subject: who wins, and by how much.
pub(crate) fn preheader(comparison: &Comparison) -> String {
    format!("{}. {}", result_title(comparison), result(comparison))
}

/// What the panel's share counts, where there is little room.
pub(crate) fn panel_in_short(tally: Tally) -> String {
    match tally.total() {
        0 => NOT_REVIEWED.to_owned(),
        total => format!("{} of {total} would ship", tally.ship),
    }
}

/// True if readers' votes are shown for any of the tools.
pub(crate) fn has_community(tools: &[Tool]) -> bool {
    tools
        .iter()
        .any(|tool| tool.community.total() >= FEWEST_VOTES)
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
