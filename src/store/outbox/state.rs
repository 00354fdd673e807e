//! What a message is, and where it stands.

use std::str::FromStr;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl Kind {
    const ALL: [Self; 8] = [
        Self::Confirm,
        Self::Already,
        Self::Settings,
        Self::Address,
        Self::Taken,
        Self::Moved,
        Self::Erase,
        Self::Alert,
    ];

    /// The word in the table.
    pub fn key(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Already => "already",
            Self::Settings => "settings",
            Self::Address => "address",
            Self::Taken => "taken",
            Self::Moved => "moved",
            Self::Erase => "erase",
            Self::Alert => "alert",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.key() == word)
            .ok_or(())
    }
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl MessageState {
    const ALL: [Self; 5] = [
        Self::Queued,
        Self::Accepted,
        Self::Refused,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// The word in the table.
    pub fn key(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl FromStr for MessageState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|state| state.key() == word)
            .ok_or(())
    }
}
