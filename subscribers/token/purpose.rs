//! What a token is for.

/// What the holder of a token may do. Each purpose is a separate capability: none implies another.
///
/// Never renumber one: tokens stay in mails for years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Leave the list.
    Unsubscribe = 1,
    /// Be the envelope sender of one delivery, to identify it when it is returned (VERP).
    Bounce = 2,
    /// Vote in one edition.
    Vote = 3,
    /// Confirm that the mailbox's owner wants the newsletter.
    Confirm = 4,
    /// See and change the reader's settings. Never part of an edition, which may be forwarded.
    Preferences = 5,
    /// Confirm a new address, from the new address.
    Address = 6,
    /// Erase everything about the reader.
    Erase = 7,
    /// Undo what the reader just did on a page.
    Undo = 8,
    /// Be the envelope sender of one outbox message, like [`Purpose::Bounce`] for a delivery.
    OutboxBounce = 9,
    /// Ask an instance whether it holds the key. Belongs to no reader and changes nothing.
    SelfCheck = 10,
    /// Answer a [`Purpose::SelfCheck`].
    SelfAnswer = 11,
    /// Name one delivery in the header of its mail, to identify it when the mail is returned or complained about.
    Delivery = 12,
    /// Name one outbox message, like [`Purpose::Delivery`] a delivery.
    OutboxDelivery = 13,
}

impl Purpose {
    pub const ALL: [Self; 13] = [
        Self::Unsubscribe,
        Self::Bounce,
        Self::Vote,
        Self::Confirm,
        Self::Preferences,
        Self::Address,
        Self::Erase,
        Self::Undo,
        Self::OutboxBounce,
        Self::SelfCheck,
        Self::SelfAnswer,
        Self::Delivery,
        Self::OutboxDelivery,
    ];

    pub(super) fn code(self) -> u8 {
        self as u8
    }

    pub(super) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }
}
