//! Kit, formerly ConvertKit. Its help page and its API name the states differently.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, word};

/// `first_name, email, created_at, status`, and no others.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    if !header.is(&["first_name", "email", "created_at", "status"]) {
        return None;
    }
    let status = StatusSource::Columns(vec![header.find(&["status"])?], |cells| {
        Some(match &*word(cells.first()?) {
            "active" | "confirmed" => Consent::Confirmed,
            "inactive" | "unconfirmed" => Consent::Pending,
            "cancelled" => Consent::Unsubscribed,
            "bounced" => Consent::Bounced,
            "complained" => Consent::Complained,
            _ => return None,
        })
    });
    Some(Columns {
        name: header.all(&["first_name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Kit, header.find(&["email"])?, status)
    })
}
