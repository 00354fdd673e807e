//! Buttondown: `type` has 16 words. Those about payment say nothing about consent.

use serde_json::Value;
use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::element::{Element, text};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;
use crate::readers::import::row;

/// The words of `type` (SubscriberType of its OpenAPI description).
const WORDS: [(&str, Consent); 16] = [
    ("regular", Consent::Confirmed),
    ("premium", Consent::Confirmed),
    ("gifted", Consent::Confirmed),
    ("trialed", Consent::Confirmed),
    ("churning", Consent::Confirmed),
    ("churned", Consent::Confirmed),
    ("past_due", Consent::Confirmed),
    ("paused", Consent::Confirmed),
    ("unpaid", Consent::Confirmed),
    ("unactivated", Consent::Pending),
    ("upcoming", Consent::Pending),
    ("unsubscribed", Consent::Unsubscribed),
    ("removed", Consent::Unsubscribed),
    ("undeliverable", Consent::Bounced),
    ("complained", Consent::Complained),
    ("blocked", Consent::Blocked),
];

/// What a word of `type` says.
fn status(said: &str) -> Option<Consent> {
    word(said, &WORDS)
}

/// `id, email_address, notes, metadata, tags, …, creation_date, …, type, source, unsubscription_*, …`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let (email, kind) = (
        header.find(&["email_address", "email"])?,
        header.find(&["type"])?,
    );
    header.find(&["creation_date", "secondary_id", "referrer_url", "source"])?;
    let says = Says::Columns(vec![kind], |cells| status(cells.first()?));
    Some(Columns {
        created_at: header.find(&["creation_date"]),
        at: header.all(&["unsubscription_date", "undeliverability_date"]),
        ip: header.all(&["ip_address"]),
        why: header.all(&["unsubscription_reason", "undeliverability_reason"]),
        ..Columns::new(System::Buttondown, email, says)
    })
}

/// A subscriber of the JSON export.
pub(super) fn element(value: &Value) -> Element {
    let email = if value.get("email_address").is_some() {
        "email_address"
    } else {
        "email"
    };
    let mut element = Element::of(System::Buttondown, value, email);
    element.row.created_at = element.time(value, "creation_date");
    let first = |keys: [&str; 2]| {
        let texts = keys.map(|key| text(value, key));
        texts
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    };
    element.row.evidence = row::evidence(
        first(["unsubscription_date", "undeliverability_date"]),
        text(value, "ip_address"),
        first(["unsubscription_reason", "undeliverability_reason"]),
    );
    let kind = text(value, "type");
    match status(kind) {
        Some(consent) => element.says(consent, format!("type={kind}")),
        None => element.unknown(format!("type={kind}")),
    }
}
