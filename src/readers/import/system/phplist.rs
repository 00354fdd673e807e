//! phpList: mailed only if confirmed, not blacklisted, and the account not disabled.

use subscribers::consent::Consent;

use super::{generic, yes};
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::membership::{self, Membership};
use crate::readers::import::origin::System;

/// `id, Email, Is this subscriber confirmed, Is this subscriber blacklisted, …, Is this account disabled?, …`,
/// separated by tabs.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, confirmed) = (
        header.find(&["email"])?,
        header.find(&["is_this_subscriber_confirmed"])?,
    );
    let mut places = vec![confirmed];
    places.extend(header.all(&["is_this_subscriber_blacklisted", "is_this_account_disabled"]));
    let says = Says::Columns(places, |cells| {
        let (confirmed, kept_away) = cells.split_first()?;
        let confirmed = yes(confirmed)?;
        for cell in kept_away {
            if !cell.is_empty() && yes(cell)? {
                return Some(Consent::Blocked);
            }
        }
        Some(if confirmed {
            Consent::Confirmed
        } else {
            Consent::Pending
        })
    });
    Some(Columns {
        name: generic::name(header),
        created_at: header.find(&["entered"]),
        lists: header.find(&["list_membership"]).map(|at| Membership {
            at,
            names: membership::phplist,
        }),
        why: header.which(|title| title.contains("blacklist") && title.contains("reason")),
        ..Columns::new(System::Phplist, email, says)
    })
}
