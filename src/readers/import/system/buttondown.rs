//! Buttondown: `type` has 16 values. Those about payment say nothing about consent.

use serde_json::Value;
use subscribers::consent::Consent;

use super::{Columns, Element, Header, StatusSource, System, text, word};
use crate::readers::import::row;

/// Reads `type` (SubscriberType in its OpenAPI description).
fn status(kind: &str) -> Option<Consent> {
    Some(match &*word(kind) {
        "regular" | "premium" | "gifted" | "trialed" | "churning" | "churned" | "past_due"
        | "paused" | "unpaid" => Consent::Confirmed,
        "unactivated" | "upcoming" => Consent::Pending,
        "unsubscribed" | "removed" => Consent::Unsubscribed,
        "undeliverable" => Consent::Bounced,
        "complained" => Consent::Complained,
        "blocked" => Consent::Blocked,
        _ => return None,
    })
}

/// `id, email_address, notes, metadata, tags, …, creation_date, …, type, source, unsubscription_*, …`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let email = header.find(&["email_address", "email"])?;
    let kind = header.find(&["type"])?;
    header.find(&["creation_date", "secondary_id", "referrer_url", "source"])?;
    let status = StatusSource::Columns(vec![kind], |cells| status(cells.first()?));
    Some(Columns {
        created_at: header.find(&["creation_date"]),
        at: header.all(&["unsubscription_date", "undeliverability_date"]),
        ip: header.all(&["ip_address"]),
        why: header.all(&["unsubscription_reason", "undeliverability_reason"]),
        ..Columns::new(System::Buttondown, email, status)
    })
}

/// A subscriber of the JSON export.
pub(super) fn element(value: &Value) -> Element {
    let is_new = value.get("email_address").is_some();
    let email = if is_new { "email_address" } else { "email" };
    let mut element = Element::of(System::Buttondown, value, email);
    element.details.created_at = element.time(value, "creation_date");
    let first = |keys: [&str; 2]| {
        let mut texts = keys.into_iter().map(|key| text(value, key));
        texts.find(|text| !text.is_empty()).unwrap_or_default()
    };
    element.details.evidence = row::evidence(
        first(["unsubscription_date", "undeliverability_date"]),
        text(value, "ip_address"),
        first(["unsubscription_reason", "undeliverability_reason"]),
    );
    let kind = text(value, "type");
    element.with_status(status(kind), format!("type={kind}"))
}
