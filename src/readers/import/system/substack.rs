//! Substack: `email_disabled` is true for who is not to be mailed; `active_subscription` is about payment only.

use subscribers::consent::Consent;

use super::yes;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;

/// `email, active_subscription, expiry, plan, email_disabled, created_at, first_payment_at`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    header.find(&["active_subscription"])?;
    let says = Says::Columns(
        vec![header.find(&["email_disabled"])?],
        |cells| match cells.first()? {
            &"" => Some(Consent::Confirmed),
            cell => yes(cell).map(|disabled| match disabled {
                true => Consent::Unsubscribed,
                false => Consent::Confirmed,
            }),
        },
    );
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Substack, header.find(&["email"])?, says)
    })
}
