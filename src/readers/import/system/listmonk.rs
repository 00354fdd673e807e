//! listmonk: the CSV of its subscribers. `status` there is the person's, not the list's: people who left a list
//! are `enabled` all the same. Which file says who left is told by its name, `…-unsubscribed.csv`, as an export
//! of one subscription status is best named; the API's JSON says it by itself.

use serde_json::Value;
use subscribers::consent::Consent;

use super::word;
use crate::readers::import::columns::{Columns, Rule, Says};
use crate::readers::import::element::{Element, text};
use crate::readers::import::header::{FileWords, Header};
use crate::readers::import::origin::System;
use crate::readers::import::people::strictness;

/// `uuid, email, name, attributes, status, created_at, updated_at`.
pub(super) fn columns(header: &Header, file: &FileWords) -> Option<Columns> {
    if !header.has(&["uuid", "email", "attributes", "status"]) {
        return None;
    }
    let rule: Rule = if file.any(&["unsubscribed"]) {
        |cells| person(cells, Consent::Unsubscribed)
    } else if file.any(&["unconfirmed"]) {
        |cells| person(cells, Consent::Pending)
    } else {
        |cells| person(cells, Consent::Confirmed)
    };
    let says = Says::Columns(vec![header.find(&["status"])?], rule);
    Some(Columns {
        name: header.all(&["name"]),
        created_at: header.find(&["created_at"]),
        ..Columns::new(System::Listmonk, header.find(&["email"])?, says)
    })
}

/// What the person's status says, where the list says `enabled`. listmonk mails who is `disabled`, though its
/// documentation says otherwise: they are asked first.
fn person(cells: &[&str], enabled: Consent) -> Option<Consent> {
    let disabled = match enabled {
        Consent::Confirmed => Consent::Pending,
        other => other,
    };
    let words = [
        ("enabled", enabled),
        ("disabled", disabled),
        ("blocklisted", Consent::Blocked),
        ("blacklisted", Consent::Blocked),
    ];
    word(cells.first()?, &words)
}

/// A subscriber of the API's JSON, on the list that is named, or on the only one.
pub(super) fn element(value: &Value, list: Option<&str>) -> Element {
    let mut element = Element::of(System::Listmonk, value, "email");
    element.row.name = element.name(value, &["name"]);
    element.row.created_at = element.time(value, "created_at");
    let status = text(value, "status");
    let lists = value
        .get("lists")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    element.lists = lists
        .iter()
        .map(|list| text(list, "name").to_owned())
        .collect();
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
            ("confirmed", _) | ("unconfirmed", "single") => Consent::Confirmed,
            ("unconfirmed", _) => Consent::Pending,
            ("unsubscribed", _) => Consent::Unsubscribed,
            _ => return element.unknown(words),
        };
        match person(&[status], enabled) {
            Some(consent) => consents.push((consent, words)),
            None => return element.unknown(words),
        }
    }
    // Several lists may have the same name.
    match consents
        .into_iter()
        .max_by_key(|(consent, _)| strictness(*consent))
    {
        Some((consent, words)) => element.says(consent, words),
        // Whom listmonk never mails is never mailed here, on whichever list they were.
        None if person(&[status], Consent::Confirmed) == Some(Consent::Blocked) => {
            element.says(Consent::Blocked, format!("status={status}"))
        }
        None => element.elsewhere(),
    }
}
