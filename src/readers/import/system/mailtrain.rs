//! Mailtrain: the CSV of a list.

use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

/// Merge tags that hold a person's name; a company's or a user's is none.
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
    title
        .strip_prefix("merge_")
        .is_some_and(|tag| tags.contains(&tag))
}

/// `cid, status, HASH_EMAIL, EMAIL, MERGE_…`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    if !header.has(&["cid", "status", "email"]) {
        return None;
    }
    let says = Says::Columns(vec![header.find(&["status"])?], |cells| {
        let words = [
            ("subscribed", Consent::Confirmed),
            ("unsubscribed", Consent::Unsubscribed),
            ("bounced", Consent::Bounced),
            ("complained", Consent::Complained),
        ];
        word(cells.first()?, &words)
    });
    Some(Columns {
        name: header.which(is_name),
        time_zone: header.find(&["tz", "timezone"]),
        created_at: header.find(&["created"]),
        ip: header.all(&["opt_in_ip"]),
        ..Columns::new(System::Mailtrain, header.find(&["email"])?, says)
    })
}
