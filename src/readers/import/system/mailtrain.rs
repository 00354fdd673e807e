//! Mailtrain: the CSV of a list.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, word};

/// True for merge tags with a person's name, not a company's or a user's.
fn is_name(title: &str) -> bool {
    let tags = [
        "name",
        "full_name",
        "first_name",
        "last_name",
        "firstname",
        "lastname",
        "surname",
        "fname",
        "lname",
    ];
    let tag = title.strip_prefix("merge_");
    tag.is_some_and(|tag| tags.contains(&tag))
}

/// `cid, status, HASH_EMAIL, EMAIL, MERGE_…`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    if !header.has(&["cid", "status", "email"]) {
        return None;
    }
    let status = StatusSource::Columns(vec![header.find(&["status"])?], |cells| {
        Some(match &*word(cells.first()?) {
            "subscribed" => Consent::Confirmed,
            "unsubscribed" => Consent::Unsubscribed,
            "bounced" => Consent::Bounced,
            "complained" => Consent::Complained,
            _ => return None,
        })
    });
    Some(Columns {
        name: header.which(is_name),
        time_zone: header.find(&["tz", "timezone"]),
        created_at: header.find(&["created"]),
        ip: header.all(&["opt_in_ip"]),
        ..Columns::new(System::Mailtrain, header.find(&["email"])?, status)
    })
}
