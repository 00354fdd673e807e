//! Mailtrain: the CSV of a list.

use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::system::System;

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
        name: header.which(|title| title.starts_with("merge_") && title.contains("name")),
        time_zone: header.find(&["tz", "timezone"]),
        created_at: header.find(&["created"]),
        ip: header.all(&["opt_in_ip"]),
        ..Columns::new(System::Mailtrain, header.find(&["email"])?, says)
    })
}
