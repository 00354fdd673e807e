//! What a message is, and where it stands.

use strum::{EnumString, IntoStaticStr};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Kind {
    /// The reader is asked to confirm.
    Confirm,
    /// The reader is on the list already.
    Already,
    /// The reader gets a link to the settings.
    Settings,
    /// The owner of a reader's new address is asked to confirm it.
    Address,
    /// The owner of the new address learns that it is on the list already.
    Taken,
    /// The former address learns that it is no longer the reader's.
    Moved,
    /// The reader is asked to confirm that everything is to be erased.
    Erase,
    /// An editor is told what needs attention.
    Alert,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum MessageState {
    /// It is still to be sent.
    Queued,
    /// The relay took it.
    Accepted,
    /// The relay refused it for good, or it cannot be sent.
    Refused,
    /// Its link expired before the relay took it.
    Expired,
    /// There is no reason left to send it.
    Withdrawn,
}
