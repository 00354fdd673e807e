//! Sendy: the CSV of a list. A soft bounce is not a departure, because Sendy keeps mailing the reader.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, word};

/// `Name, Email, Joined, Last activity, Added via, Opt-in method, IP address, …, Status, GDPR`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, status) = (header.find(&["email"])?, header.find(&["status"])?);
    header.find(&["opt_in_method", "added_via", "signed_up_from", "gdpr"])?;
    let status = StatusSource::Columns(vec![status], |cells| {
        Some(match &*word(cells.first()?) {
            "active" | "subscribed" | "soft bounced" => Consent::Confirmed,
            "unconfirmed" => Consent::Pending,
            "unsubscribed" => Consent::Unsubscribed,
            "bounced" | "hard bounced" => Consent::Bounced,
            "marked as spam" => Consent::Complained,
            _ => return None,
        })
    });
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["joined"]),
        at: header.all(&["joined"]),
        ip: header.all(&["ip_address"]),
        ..Columns::new(System::Sendy, email, status)
    })
}
