//! Ghost: the CSV of its members. Its `subscribed_to_emails` stays `true` for members whose address bounced or who
//! complained; only the JSON of the Admin API shows them.

use serde_json::Value;
use subscribers::consent::Consent;

use super::{Columns, Element, Header, StatusSource, System, text, yes};
use crate::readers::import::row;

/// `id, email, name, note, subscribed_to_emails, …, created_at, deleted_at, …`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let mut places = vec![header.find(&["subscribed_to_emails"])?];
    places.extend(header.find(&["deleted_at"]));
    let status = StatusSource::Columns(places, |cells| {
        let is_deleted = cells.get(1).is_some_and(|cell| !cell.is_empty());
        match !is_deleted && yes(cells.first()?)? {
            true => Some(Consent::Confirmed),
            false => Some(Consent::Unsubscribed),
        }
    });
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        at: header.all(&["deleted_at"]),
        ..Columns::new(System::Ghost, header.find(&["email"])?, status)
    })
}

/// A member in the JSON of the Admin API: subscribed to the newsletter `list`, or to any.
pub(super) fn element(value: &Value, list: Option<&str>) -> Element {
    let mut element = Element::of(System::Ghost, value, "email");
    element.details.name = element.name(value, &["name"]);
    element.details.created_at = element.time(value, "created_at");
    let newsletters = value.get("newsletters").and_then(Value::as_array);
    let names = newsletters.into_iter().flatten();
    element.lists = names.map(|one| text(one, "name").to_owned()).collect();
    let is_on = |list: &str| element.lists.iter().any(|name| name == list);
    element.is_on_named_list = list.is_some_and(is_on);
    if value.pointer("/email_suppression/suppressed") == Some(&Value::Bool(true)) {
        let info = value.pointer("/email_suppression/info");
        let info = info.unwrap_or(&Value::Null);
        let reason = text(info, "reason");
        element.details.evidence = row::evidence(text(info, "timestamp"), "", reason);
        let consent = match reason {
            "spam" | "complaint" => Consent::Complained,
            _ => Consent::Bounced,
        };
        return element.with_status(Some(consent), format!("email_suppression={reason}"));
    }
    if let Some(disabled) = value.get("email_disabled")
        && !matches!(disabled, Value::Null | Value::Bool(false))
    {
        return element.with_status(Some(Consent::Bounced), "email_disabled=true");
    }
    let subscribed = match (newsletters, list) {
        (None, _) => value.get("subscribed").and_then(Value::as_bool),
        (Some(_), None) => Some(!element.lists.is_empty()),
        (Some(_), Some(_)) => Some(element.is_on_named_list),
    };
    match subscribed {
        Some(true) => element.with_status(Some(Consent::Confirmed), "subscribed=true"),
        Some(false) => element.with_status(Some(Consent::Unsubscribed), "subscribed=false"),
        None => element.with_status(None, "no newsletters and no subscribed"),
    }
}
