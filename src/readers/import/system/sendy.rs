//! Sendy: the CSV of a list. A soft bounce is no departure: Sendy goes on mailing.

use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

/// `Name, Email, Joined, Last activity, Added via, Opt-in method, IP address, …, Status, GDPR`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, status) = (header.find(&["email"])?, header.find(&["status"])?);
    header.find(&["opt_in_method", "added_via", "signed_up_from", "gdpr"])?;
    let says = Says::Columns(vec![status], |cells| {
        let words = [
            ("active", Consent::Confirmed),
            ("subscribed", Consent::Confirmed),
            ("soft bounced", Consent::Confirmed),
            ("unconfirmed", Consent::Pending),
            ("unsubscribed", Consent::Unsubscribed),
            ("bounced", Consent::Bounced),
            ("hard bounced", Consent::Bounced),
            ("marked as spam", Consent::Complained),
        ];
        word(cells.first()?, &words)
    });
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["joined"]),
        at: header.all(&["joined"]),
        ip: header.all(&["ip_address"]),
        ..Columns::new(System::Sendy, email, says)
    })
}
