//! The kinds and states of messages.

use strum::{EnumString, IntoStaticStr, VariantArray};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Kind {
    /// Asks a reader to confirm the sign-up.
    Confirm,
    /// Brings the latest comparison to a reader who has confirmed.
    Welcome,
    /// Tells a reader that they are on the list already.
    Already,
    /// Sends a link to the settings.
    Settings,
    /// Asks the owner of a reader's new address to confirm it.
    Address,
    /// Tells the owner of the new address that it is on the list already.
    Taken,
    /// Tells the former address that it is no longer the reader's.
    Moved,
    /// Asks a reader to confirm that everything is to be erased.
    Erase,
    /// Tells an editor what needs attention.
    Alert,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum MessageState {
    Queued,
    Accepted,
    /// The relay refused it for good, or it cannot be sent.
    Refused,
    /// Its link expired before the relay accepted it.
    Expired,
    /// There is no longer a reason to send it.
    Withdrawn,
}
