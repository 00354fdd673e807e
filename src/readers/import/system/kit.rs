//! Kit, formerly ConvertKit. Its help page and its API name the states differently.

use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

/// `first_name, email, created_at, status`, and no others.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    if !header.is(&["first_name", "email", "created_at", "status"]) {
        return None;
    }
    let says = Says::Columns(vec![header.find(&["status"])?], |cells| {
        let words = [
            ("active", Consent::Confirmed),
            ("confirmed", Consent::Confirmed),
            ("inactive", Consent::Pending),
            ("unconfirmed", Consent::Pending),
            ("cancelled", Consent::Unsubscribed),
            ("bounced", Consent::Bounced),
            ("complained", Consent::Complained),
        ];
        word(cells.first()?, &words)
    });
    Some(Columns {
        name: header.all(&["first_name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Kit, header.find(&["email"])?, says)
    })
}
