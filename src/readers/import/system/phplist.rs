//! phpList mails a subscriber who is confirmed and not blacklisted, and whose account is not disabled.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, generic, yes};
use crate::readers::import::membership::{self, Membership};

/// `id, Email, Is this subscriber confirmed, Is this subscriber blacklisted, …, Is this account disabled?, …`,
/// separated by tabs.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let email = header.find(&["email"])?;
    let mut places = vec![header.find(&["is_this_subscriber_confirmed"])?];
    places.extend(header.all(&["is_this_subscriber_blacklisted", "is_this_account_disabled"]));
    let status = StatusSource::Columns(places, |cells| {
        let (confirmed, blocked) = cells.split_first()?;
        let confirmed = yes(confirmed)?;
        for cell in blocked {
            if !cell.is_empty() && yes(cell)? {
                return Some(Consent::Blocked);
            }
        }
        match confirmed {
            true => Some(Consent::Confirmed),
            false => Some(Consent::Pending),
        }
    });
    Some(Columns {
        name: generic::name(header),
        created_at: header.find(&["entered"]),
        lists: header.find(&["list_membership"]).map(|at| Membership {
            at,
            names: membership::phplist,
        }),
        why: header.which(|title| title.contains("blacklist") && title.contains("reason")),
        ..Columns::new(System::Phplist, email, status)
    })
}
