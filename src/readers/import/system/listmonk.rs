//! listmonk: the CSV of its subscribers, and the JSON of its API. In the CSV, `status` belongs to the person and not
//! to the list, so people who left a list stay `enabled`. An export of one subscription status needs that status in
//! its file name, as in `…-unsubscribed.csv`; the JSON contains it.

use serde_json::Value;
use subscribers::consent::Consent;

use super::{Columns, Element, FileWords, Header, StatusSource, System, text, word};
use crate::readers::import::columns::Rule;
use crate::readers::import::people::strictness;

/// `uuid, email, name, attributes, status, created_at, updated_at`.
pub(super) fn columns(header: &Header, file: &FileWords) -> Option<Columns> {
    if !header.has(&["uuid", "email", "attributes", "status"]) {
        return None;
    }
    let rule: Rule = if file.any(&["unsubscribed"]) {
        |cells| person(cells.first()?, Consent::Unsubscribed)
    } else if file.any(&["unconfirmed"]) {
        |cells| person(cells.first()?, Consent::Pending)
    } else {
        |cells| person(cells.first()?, Consent::Confirmed)
    };
    let status = StatusSource::Columns(vec![header.find(&["status"])?], rule);
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Listmonk, header.find(&["email"])?, status)
    })
}

/// Reads a person's status; `enabled` is their consent on the list. listmonk mails `disabled` people, although its
/// documentation denies it, so they are asked first.
fn person(status: &str, enabled: Consent) -> Option<Consent> {
    Some(match &*word(status) {
        "disabled" if enabled == Consent::Confirmed => Consent::Pending,
        "enabled" | "disabled" => enabled,
        "blocklisted" | "blacklisted" => Consent::Blocked,
        _ => return None,
    })
}

/// A subscriber in the JSON of the API, on the list `list`, or on the only one.
pub(super) fn element(value: &Value, list: Option<&str>) -> Element {
    let mut element = Element::of(System::Listmonk, value, "email");
    element.details.name = element.name(value, &["name"]);
    element.details.created_at = element.time(value, "created_at");
    let status = text(value, "status");
    let lists = value.get("lists").and_then(Value::as_array);
    let lists = lists.map_or(&[][..], Vec::as_slice);
    let names = lists.iter().map(|list| text(list, "name").to_owned());
    element.lists = names.collect();
    let named = |one: &&Value| {
        let id = one.get("id").map(ToString::to_string);
        list.is_none_or(|list| text(one, "name") == list || id.as_deref() == Some(list))
    };
    element.is_on_named_list = list.is_some() && lists.iter().any(|list| named(&list));
    let mut consents = Vec::new();
    for list in lists.iter().filter(named) {
        let (subscription, optin) = (text(list, "subscription_status"), text(list, "optin"));
        let words = format!("status={status}, subscription_status={subscription}, optin={optin}");
        let enabled = match (subscription, optin) {
            ("confirmed", _) | ("unconfirmed", "single") => Some(Consent::Confirmed),
            ("unconfirmed", _) => Some(Consent::Pending),
            ("unsubscribed", _) => Some(Consent::Unsubscribed),
            _ => None,
        };
        match enabled.and_then(|enabled| person(status, enabled)) {
            Some(consent) => consents.push((consent, words)),
            None => return element.with_status(None, words),
        }
    }
    // Several lists may have the same name.
    consents.sort_by_key(|(consent, _)| strictness(*consent));
    match consents.pop() {
        Some((consent, words)) => element.with_status(Some(consent), words),
        // listmonk never mails blocked people, on any list, so Verdict does not either.
        None if person(status, Consent::Confirmed) == Some(Consent::Blocked) => {
            element.with_status(Some(Consent::Blocked), format!("status={status}"))
        }
        None => element.elsewhere(),
    }
}
