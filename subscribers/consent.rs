//! The states of a reader's consent, and the allowed moves between them.
//!
//! | from \ change | add | add, confirmed | vouch | confirm | bounce | leave | block | complain | erase |
//! |---|---|---|---|---|---|---|---|---|---|
//! | pending | = | = | confirmed | confirmed | bounced | unsubscribed | blocked | complained | erased |
//! | confirmed | = | = | = | = | bounced | unsubscribed | blocked | complained | erased |
//! | bounced | refused | refused | refused | confirmed | = | unsubscribed | blocked | complained | erased |
//! | unsubscribed | refused | refused | refused | confirmed | = | = | blocked | complained | erased |
//! | blocked | refused | refused | refused | refused | = | = | = | complained | erased |
//! | complained | refused | refused | refused | refused | = | = | = | = | erased |
//! | erased | refused | refused | refused | refused | = | = | = | = | = |
//!
//! Four properties follow, and the tests check them:
//! - Leaving never fails, and only the reader's own confirmation undoes it.
//! - An imported list can vouch for new addresses only: a pending reader was asked and has not answered. An
//!   editor can vouch for one reader at a time, after asking them.
//! - Changes that stop mail (bounce, leave, block, complain, erase) end in the same state in any order,
//!   because each moves only up the list bounced < unsubscribed < blocked < complained < erased. So returned
//!   mail can be read late, twice or out of order.
//! - Making a change twice is the same as making it once.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};
use thiserror::Error;

/// Whether a reader may be mailed, and if not, why. From [`Consent::Bounced`] on, later states are stricter.
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
pub enum Consent {
    /// Not yet confirmed by the reader.
    Pending,
    /// The reader wants the newsletter.
    Confirmed,
    /// The mailbox no longer exists.
    Bounced,
    /// The reader left, or an editor removed them.
    Unsubscribed,
    /// An operator blocked the address, here or in an earlier system.
    Blocked,
    /// The reader reported a mail as spam.
    Complained,
    /// The reader asked to be erased: only a hash of the address is left.
    Erased,
}

/// What happened to a reader's consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// An import, an editor or the sign-up form brings the address, without proof from the reader.
    Add {
        /// True if the imported list records that a new reader has confirmed elsewhere.
        confirmed: bool,
    },
    /// An editor vouches for one reader, who has agreed.
    Vouch,
    /// The reader confirms, with the link mailed to the address.
    Confirm,
    /// The mailbox refused mail for good.
    Bounce,
    /// The reader leaves, or an editor removes the address.
    Leave,
    /// An operator blocks the address.
    Block,
    /// The reader's provider sends a complaint.
    Complain,
    /// The reader asks to be erased.
    Erase,
}

/// Where a change came from; stored with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumString, EnumIter, Display)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum ConsentSource {
    /// A file that an editor imported.
    Import,
    /// An editor, for one address.
    Editor,
    /// The sign-up form.
    Form,
    /// One-click unsubscribe (RFC 8058).
    OneClick,
    /// A button on a page.
    Page,
    /// A mail to the `mailto` of List-Unsubscribe (RFC 2369).
    Mailto,
    /// A returned mail, or a refusal by the relay.
    Bounce,
    Complaint,
    /// The journal of departures, after the database was restored from a backup.
    Journal,
}

/// Why a change was refused: the address is suppressed, in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the address is suppressed ({0})")]
pub struct Refusal(pub Consent);

/// Moves a known reader's consent by the table above.
///
/// # Errors
/// [`Refusal`] if the change would bring back a reader whom only their own confirmation, or nothing, can
/// bring back.
pub fn apply(from: Consent, change: Change) -> Result<Consent, Refusal> {
    use Consent::{Blocked, Bounced, Complained, Confirmed, Erased, Pending, Unsubscribed};
    match change {
        Change::Add { .. } | Change::Vouch if from.is_suppressed() => Err(Refusal(from)),
        Change::Add { .. } => Ok(from),
        Change::Vouch => Ok(Confirmed),
        Change::Confirm => match from {
            Pending | Confirmed | Bounced | Unsubscribed => Ok(Confirmed),
            Blocked | Complained | Erased => Err(Refusal(from)),
        },
        Change::Bounce => Ok(from.max(Bounced)),
        Change::Leave => Ok(from.max(Unsubscribed)),
        Change::Block => Ok(from.max(Blocked)),
        Change::Complain => Ok(from.max(Complained)),
        Change::Erase => Ok(Erased),
    }
}

impl Change {
    /// The consent of a new address; `None` if this change adds no reader. An address on the suppression
    /// list is not new: it must go through [`apply`].
    #[must_use]
    pub fn first(self) -> Option<Consent> {
        match self {
            Change::Add { confirmed: true } | Change::Vouch => Some(Consent::Confirmed),
            Change::Add { confirmed: false } => Some(Consent::Pending),
            _ => None,
        }
    }
}

impl Consent {
    /// True if the reader gets editions.
    #[must_use]
    pub fn may_receive(self) -> bool {
        self == Self::Confirmed
    }

    /// True if a sign-up may send a confirmation mail: there is something to confirm, and the rules allow it.
    #[must_use]
    pub fn may_be_asked(self) -> bool {
        self != Self::Confirmed && apply(self, Change::Confirm).is_ok()
    }

    /// True if neither an import nor an editor may bring the address back.
    #[must_use]
    pub fn is_suppressed(self) -> bool {
        !matches!(self, Self::Pending | Self::Confirmed)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    const CHANGES: [Change; 9] = [
        Change::Add { confirmed: false },
        Change::Add { confirmed: true },
        Change::Vouch,
        Change::Confirm,
        Change::Bounce,
        Change::Leave,
        Change::Block,
        Change::Complain,
        Change::Erase,
    ];

    /// The table of the module documentation, with `x` for refused.
    const TABLE: &str = "
        pending      = = confirmed confirmed bounced unsubscribed blocked complained erased
        confirmed    = = =         =         bounced unsubscribed blocked complained erased
        bounced      x x x         confirmed =       unsubscribed blocked complained erased
        unsubscribed x x x         confirmed =       =            blocked complained erased
        blocked      x x x         x         =       =            =       complained erased
        complained   x x x         x         =       =            =       =          erased
        erased       x x x         x         =       =            =       =          =";

    #[test]
    fn the_table_is_the_rule() {
        let rows: Vec<&str> = TABLE.lines().skip(1).collect();
        assert_eq!(rows.len(), Consent::iter().count());
        for row in rows {
            let mut words = row.split_whitespace();
            let from: Consent = words.next().unwrap().parse().unwrap();
            let cells: Vec<&str> = words.collect();
            assert_eq!(cells.len(), CHANGES.len());
            for (change, cell) in CHANGES.into_iter().zip(cells) {
                let wanted = match cell {
                    "x" => Err(Refusal(from)),
                    "=" => Ok(from),
                    word => Ok(word.parse().unwrap()),
                };
                assert_eq!(apply(from, change), wanted, "{from} {change:?}");
            }
        }
    }

    #[test]
    fn a_change_made_twice_is_made_once() {
        for from in Consent::iter() {
            for change in CHANGES {
                if let Ok(once) = apply(from, change) {
                    assert_eq!(apply(once, change), Ok(once), "{from} {change:?}");
                }
            }
        }
    }

    #[test]
    fn what_stops_mail_ends_the_same_in_any_order() {
        let stops = [
            Change::Bounce,
            Change::Leave,
            Change::Block,
            Change::Complain,
            Change::Erase,
        ];
        for from in Consent::iter() {
            for a in stops {
                for b in stops {
                    let one = apply(from, a).and_then(|c| apply(c, b)).unwrap();
                    let other = apply(from, b).and_then(|c| apply(c, a)).unwrap();
                    assert_eq!(one, other);
                    assert!(!one.may_receive());
                }
            }
        }
    }

    #[test]
    fn only_the_reader_comes_back() {
        for from in Consent::iter().filter(|c| c.is_suppressed()) {
            for change in CHANGES.into_iter().filter(|c| *c != Change::Confirm) {
                let to = apply(from, change).unwrap_or(from);
                assert!(to.is_suppressed() && to >= from, "{from} {change:?}");
            }
        }
    }

    #[test]
    fn words_read_back_and_no_others() {
        for consent in Consent::iter() {
            assert_eq!(consent.into_str().parse(), Ok(consent));
        }
        for source in ConsentSource::iter() {
            assert_eq!(source.into_str().parse(), Ok(source));
        }
        assert!("Confirmed".parse::<Consent>().is_err());
        assert!("telepathy".parse::<ConsentSource>().is_err());
    }

    #[test]
    fn a_new_address_starts_as_it_is_added_and_no_other_way() {
        assert_eq!(
            Change::Add { confirmed: true }.first(),
            Some(Consent::Confirmed)
        );
        assert_eq!(
            Change::Add { confirmed: false }.first(),
            Some(Consent::Pending)
        );
        assert_eq!(Change::Vouch.first(), Some(Consent::Confirmed));
        assert_eq!(Change::Confirm.first(), None);
        assert_eq!(Change::Leave.first(), None);
    }

    #[test]
    fn who_is_mailed_and_who_is_asked() {
        let mailed: Vec<_> = Consent::iter().filter(|c| c.may_receive()).collect();
        assert_eq!(mailed, [Consent::Confirmed]);
        let asked: Vec<_> = Consent::iter().filter(|c| c.may_be_asked()).collect();
        assert_eq!(
            asked,
            [Consent::Pending, Consent::Bounced, Consent::Unsubscribed]
        );
    }
}
