//! Why an address must not be mailed any more, ordered by strictness.
//!
//! A departure outlives its reader's row: the suppression list and the journal of departures keep it as
//! a keyed hash of the address. One address has one reason, the strictest that ever applied.

use std::fmt;
use std::str::FromStr;

use crate::consent::{Change, Consent};

/// Why an address must not be mailed. Later ones are stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Departure {
    /// The mailbox does not exist any more.
    Bounced,
    /// The reader left, or an editor removed them.
    Unsubscribed,
    /// The reader moved to another address.
    Moved,
    /// The reader's data was erased.
    Erased,
    /// An operator blocked the address.
    Blocked,
    /// The reader reported a mail as spam.
    Complained,
}

/// A word that names no departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the name of a departure")]
pub struct UnknownDeparture;

impl Departure {
    /// Every departure, in order of strictness.
    pub const ALL: [Self; 6] = [
        Self::Bounced,
        Self::Unsubscribed,
        Self::Moved,
        Self::Erased,
        Self::Blocked,
        Self::Complained,
    ];

    /// The departure that a consent stands for; `None` for pending and confirmed readers.
    #[must_use]
    pub fn of(consent: Consent) -> Option<Self> {
        match consent {
            Consent::Pending | Consent::Confirmed => None,
            Consent::Bounced => Some(Self::Bounced),
            Consent::Unsubscribed => Some(Self::Unsubscribed),
            Consent::Blocked => Some(Self::Blocked),
            Consent::Complained => Some(Self::Complained),
            Consent::Erased => Some(Self::Erased),
        }
    }

    /// The word that tables and the journal hold.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Unsubscribed => "unsubscribed",
            Self::Moved => "moved",
            Self::Erased => "erased",
            Self::Blocked => "blocked",
            Self::Complained => "complained",
        }
    }

    /// True if a double opt-in of the address itself brings it back. Nothing brings back an address that
    /// complained or is blocked.
    #[must_use]
    pub fn may_return(self) -> bool {
        self < Self::Blocked
    }

    /// What the departure does to a reader who is still on the list at that address. A reader who moved
    /// leaves: the new address is not known.
    #[must_use]
    pub fn change(self) -> Change {
        match self {
            Self::Bounced => Change::Bounce,
            Self::Unsubscribed | Self::Moved => Change::Leave,
            Self::Erased => Change::Erase,
            Self::Blocked => Change::Block,
            Self::Complained => Change::Complain,
        }
    }
}

impl fmt::Display for Departure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

impl FromStr for Departure {
    type Err = UnknownDeparture;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|one| one.key() == word).ok_or(UnknownDeparture)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::consent::apply;

    #[test]
    fn words_read_back_in_order_of_strictness() {
        for departure in Departure::ALL {
            assert_eq!(departure.key().parse(), Ok(departure));
        }
        assert!(Departure::ALL.is_sorted());
        assert_eq!("confirmed".parse::<Departure>(), Err(UnknownDeparture));
    }

    #[test]
    fn a_departure_stops_mail_to_everyone_on_the_list() {
        for departure in Departure::ALL {
            for from in Consent::ALL {
                let to = apply(from, departure.change()).unwrap();
                assert!(to.is_suppressed(), "{from} {departure}");
            }
        }
    }

    #[test]
    fn what_may_return_is_what_may_confirm() {
        for consent in Consent::ALL {
            let Some(departure) = Departure::of(consent) else {
                assert!(!consent.is_suppressed());
                continue;
            };
            let may_confirm = apply(consent, Change::Confirm).is_ok();
            // A row without an address cannot be confirmed; a new one for that address can.
            let erased = consent == Consent::Erased;
            assert_eq!(departure.may_return(), may_confirm || erased, "{consent}");
        }
    }
}
