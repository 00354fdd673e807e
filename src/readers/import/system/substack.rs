//! Substack: `email_disabled` shows who must not be mailed; `active_subscription` is about payment only.

use subscribers::consent::Consent;

use super::{Columns, Header, StatusSource, System, yes};

/// `email, active_subscription, expiry, plan, email_disabled, created_at, first_payment_at`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    header.find(&["active_subscription"])?;
    let status = StatusSource::Columns(vec![header.find(&["email_disabled"])?], |cells| {
        let disabled = *cells.first()?;
        match !disabled.is_empty() && yes(disabled)? {
            true => Some(Consent::Unsubscribed),
            false => Some(Consent::Confirmed),
        }
    });
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Substack, header.find(&["email"])?, status)
    })
}
