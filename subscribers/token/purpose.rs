//! What a token is for.

/// What the holder of a token may do. Each is a capability of its own: none implies another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Leave the list.
    Unsubscribe,
    /// Be the envelope sender of one delivery, so that its return is told apart (VERP).
    Bounce,
    /// Vote in one edition.
    Vote,
    /// Confirm that the mailbox's owner wants the newsletter.
    Confirm,
    /// See and change the reader's own settings; never put into an edition, which may be forwarded.
    Preferences,
    /// Confirm a new address, from the new address.
    Address,
    /// Erase everything about the reader.
    Erase,
    /// Take back what was just done on a page.
    Undo,
    /// Be the envelope sender of one message from the outbox, as [`Purpose::Bounce`] is of a delivery.
    OutboxBounce,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 9] = [
        Self::Unsubscribe,
        Self::Bounce,
        Self::Vote,
        Self::Confirm,
        Self::Preferences,
        Self::Address,
        Self::Erase,
        Self::Undo,
        Self::OutboxBounce,
    ];

    /// Never renumber: tokens live in mails for years.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Unsubscribe => 1,
            Self::Bounce => 2,
            Self::Vote => 3,
            Self::Confirm => 4,
            Self::Preferences => 5,
            Self::Address => 6,
            Self::Erase => 7,
            Self::Undo => 8,
            Self::OutboxBounce => 9,
        }
    }

    pub(super) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}
