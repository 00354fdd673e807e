//! Why an address must no longer be mailed, ordered by strictness.
//!
//! A departure outlives the reader's row: the suppression list and the journal of departures keep it, under
//! a keyed hash of the address. An address has one reason, the strictest that ever applied.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::consent::{Change, Consent};

/// Why an address must not be mailed. Later reasons are stricter.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    IntoStaticStr,
    EnumString,
    EnumIter,
    Display,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Departure {
    /// The mailbox no longer exists.
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

impl Departure {
    /// The departure that a consent records; `None` for pending and confirmed readers.
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

    /// True if a double opt-in from the address brings it back. Nothing brings back an address that
    /// complained or is blocked.
    #[must_use]
    pub fn may_return(self) -> bool {
        self < Self::Blocked
    }

    /// What the departure does to a reader who is still on the list at that address. A move counts as
    /// leaving, because the new address is unknown.
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;
    use crate::consent::apply;

    #[test]
    fn words_read_back_in_order_of_strictness() {
        for departure in Departure::iter() {
            assert_eq!(departure.into_str().parse(), Ok(departure));
        }
        assert!(Departure::iter().is_sorted());
        assert!("confirmed".parse::<Departure>().is_err());
    }

    #[test]
    fn a_departure_stops_mail_to_everyone_on_the_list() {
        for departure in Departure::iter() {
            for from in Consent::iter() {
                let to = apply(from, departure.change()).unwrap();
                assert!(to.is_suppressed(), "{from} {departure}");
            }
        }
    }

    #[test]
    fn what_may_return_is_what_may_confirm() {
        for consent in Consent::iter() {
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
