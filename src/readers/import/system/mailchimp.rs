//! Mailchimp: a zip with a file for each status: `subscribed_…`, `unsubscribed_…`, `cleaned_…` (the address
//! bounced) and `nonsubscribed_…` (never agreed). The first one alone hides who left.

use subscribers::consent::Consent;

use super::{Columns, FileWords, Header, StatusSource, System};

/// `Email Address, First Name, Last Name, …, MEMBER_RATING, OPTIN_TIME, …, LEID, EUID, NOTES, TAGS`.
pub(super) fn columns(header: &Header, file: &FileWords) -> Option<Columns> {
    let known = [
        "member_rating",
        "leid",
        "euid",
        "unsub_time",
        "clean_time",
        "optin_time",
    ];
    let email = header.find(&["email_address"])?;
    header.find(&known)?;
    let consent = if header.has(&["clean_time"]) || file.any(&["cleaned"]) {
        Consent::Bounced
    } else if header.has(&["unsub_time"]) || file.any(&["unsubscribed"]) {
        Consent::Unsubscribed
    } else if file.any(&["nonsubscribed", "non"]) {
        Consent::Pending
    } else {
        Consent::Confirmed
    };
    let (at, ip): (&[&str], &[&str]) = match consent {
        Consent::Bounced => (&["clean_time"], &[]),
        Consent::Unsubscribed => (&["unsub_time"], &[]),
        _ => (&["confirm_time", "optin_time"], &["confirm_ip", "optin_ip"]),
    };
    Some(Columns {
        name: header.all(&["first_name", "last_name"]),
        time_zone: header.find(&["timezone"]),
        language: header.find(&["language"]),
        created_at: header.find(&["optin_time", "confirm_time"]),
        at: header.all(at),
        ip: header.all(ip),
        why: header.all(&["unsub_reason", "unsub_reason_other"]),
        ..Columns::new(System::Mailchimp, email, StatusSource::All(consent))
    })
}
