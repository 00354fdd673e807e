//! The systems whose exports are known: how each is told, and what its words mean.

mod beehiiv;
mod buttondown;
mod generic;
mod ghost;
mod kit;
mod listmonk;
mod mailchimp;
mod mailerlite;
mod mailman;
mod mailtrain;
mod phplist;
mod sendy;
mod substack;
mod verdict;

use serde_json::Value;
use subscribers::consent::Consent;

use super::columns::Columns;
use super::element::Element;
use super::header::{FileWords, Header};
use super::origin::System;

pub(super) use mailman::status as mailman_status;

impl System {
    /// The columns, if a table is this system's.
    pub(super) fn columns(self, header: &Header, file: &FileWords) -> Option<Columns> {
        match self {
            Self::Verdict => verdict::columns(header),
            Self::Listmonk => listmonk::columns(header, file),
            Self::Ghost => ghost::columns(header),
            Self::Mailchimp => mailchimp::columns(header, file),
            Self::Substack => substack::columns(header),
            Self::Buttondown => buttondown::columns(header),
            Self::Beehiiv => beehiiv::columns(header),
            Self::Kit => kit::columns(header),
            Self::Mailerlite => mailerlite::columns(header, file),
            Self::Mailtrain => mailtrain::columns(header),
            Self::Phplist => phplist::columns(header),
            Self::Sendy => sendy::columns(header),
            Self::Mailman => None,
            Self::Table => generic::columns(header),
        }
    }
}

/// A person of a JSON export; `None` if it is of no system that is known.
pub(super) fn element(value: &Value, list: Option<&str>) -> Option<Element> {
    let has = |keys: &[&str]| keys.iter().all(|key| value.get(key).is_some());
    if has(&["uuid", "email", "lists"]) {
        Some(listmonk::element(value, list))
    } else if has(&["email", "newsletters"])
        || has(&["email", "email_suppression"])
        || has(&["email", "subscribed"])
    {
        Some(ghost::element(value, list))
    } else if has(&["email_address", "type"]) || has(&["email", "type", "creation_date"]) {
        Some(buttondown::element(value))
    } else {
        None
    }
}

/// Titles of a status column that was not read: a table may not be imported without it.
pub(super) fn unread_status(columns: &Columns, header: &Header) -> Option<String> {
    generic::unread_status(columns, header, columns.system == System::Table)
}

/// A word of `words`, whatever its letter case.
fn word(said: &str, words: &[(&str, Consent)]) -> Option<Consent> {
    let found = words
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(said.trim()));
    found.map(|(_, consent)| *consent)
}

/// A cell that says yes or no; `None` if it says something else.
fn yes(cell: &str) -> Option<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "y" | "t" => Some(true),
        "false" | "no" | "0" | "n" | "f" => Some(false),
        _ => None,
    }
}
