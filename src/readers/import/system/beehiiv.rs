//! beehiiv: `inactive` readers have left, and so have `active` ones with an unsubscribe time.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, word};

/// `email, First Name, Last Name, status, tier, created_at, …, unsubscribed_at`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, status) = (header.find(&["email"])?, header.find(&["status"])?);
    header.find(&[
        "tier",
        "free_tier",
        "premium_tier",
        "unsubscribed_at",
        "subscription_date_substack",
    ])?;
    let mut places = vec![status];
    places.extend(header.find(&["unsubscribed_at"]));
    let status = StatusSource::Columns(places, |cells| {
        let consent = match &*word(cells.first()?) {
            "active" => Consent::Confirmed,
            "inactive" => Consent::Unsubscribed,
            "pending" => Consent::Pending,
            _ => return None,
        };
        let left = cells.get(1).is_some_and(|cell| !cell.is_empty());
        Some(if left { Consent::Unsubscribed } else { consent })
    });
    Some(Columns {
        name: header.all(&["first_name", "last_name"]),
        created_at: header.find(&["created_at"]),
        at: header.all(&["unsubscribed_at"]),
        ..Columns::new(System::Beehiiv, email, status)
    })
}
