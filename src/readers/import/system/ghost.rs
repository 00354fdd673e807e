//! Ghost: the CSV of its members. `subscribed_to_emails` is `true` there also for members whose address bounced
//! or complained; only the Admin API's JSON knows.

use serde_json::Value;
use subscribers::consent::Consent;

use super::yes;
use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::element::{Element, text};
use crate::readers::import::header::Header;
use crate::readers::import::origin::System;
use crate::readers::import::row;

/// `id, email, name, note, subscribed_to_emails, …, created_at, deleted_at, …`.
pub(super) fn columns(header: &Header) -> Option<Columns> {
    let mut places = vec![header.find(&["subscribed_to_emails"])?];
    places.extend(header.find(&["deleted_at"]));
    let says = Says::Columns(places, |cells| {
        if cells.get(1).is_some_and(|cell| !cell.is_empty()) {
            return Some(Consent::Unsubscribed);
        }
        match yes(cells.first()?)? {
            true => Some(Consent::Confirmed),
            false => Some(Consent::Unsubscribed),
        }
    });
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        at: header.all(&["deleted_at"]),
        ..Columns::new(System::Ghost, header.find(&["email"])?, says)
    })
}

/// A member of the Admin API's JSON: subscribed to the newsletter that is named, or to any.
pub(super) fn element(value: &Value, list: Option<&str>) -> Element {
    let mut element = Element::of(System::Ghost, value, "email");
    element.row.name = element.name(value, &["name"]);
    element.row.created_at = element.time(value, "created_at");
    let newsletters = value.get("newsletters").and_then(Value::as_array);
    let names = newsletters
        .into_iter()
        .flatten()
        .map(|one| text(one, "name").to_owned());
    element.lists = names.collect();
    let is_named = |name: &String| list.is_some_and(|list| name == list);
    element.is_on_named_list = element.lists.iter().any(is_named);
    let suppression = value.get("email_suppression");
    let is_suppressed =
        suppression.and_then(|found| found.get("suppressed")) == Some(&Value::Bool(true));
    if is_suppressed {
        let info = suppression
            .and_then(|found| found.get("info"))
            .unwrap_or(&Value::Null);
        let reason = text(info, "reason");
        element.row.evidence = row::evidence(text(info, "timestamp"), "", reason);
        let consent = match reason {
            "spam" | "complaint" => Consent::Complained,
            _ => Consent::Bounced,
        };
        return element.says(consent, format!("email_suppression={reason}"));
    }
    if value
        .get("email_disabled")
        .is_some_and(|found| *found != Value::Bool(false) && !found.is_null())
    {
        return element.says(Consent::Bounced, "email_disabled=true".to_owned());
    }
    let subscribed = match newsletters {
        Some(_) => element
            .lists
            .iter()
            .any(|name| list.is_none_or(|list| name == list)),
        None => match value.get("subscribed").and_then(Value::as_bool) {
            Some(subscribed) => subscribed,
            None => return element.unknown("no newsletters and no subscribed".to_owned()),
        },
    };
    match subscribed {
        true => element.says(Consent::Confirmed, "subscribed=true".to_owned()),
        false => element.says(Consent::Unsubscribed, "subscribed=false".to_owned()),
    }
}
