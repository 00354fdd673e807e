//! The systems with known exports: how to recognise each one, and what its words mean.

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

use super::columns::{Columns, StatusSource};
use super::element::{Element, text};
use super::header::{FileWords, Header};
use super::origin::System;
use serde_json::Value;

pub(super) use mailman::status as mailman_status;

impl System {
    /// The columns of a table, if it comes from this system.
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

/// A person of a JSON export; `None` if the system is unknown.
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

/// The title of a status column that was not read. Such a table must not be imported.
pub(super) fn unread_status(columns: &Columns, header: &Header) -> Option<String> {
    generic::unread_status(columns, header, columns.system == System::Table)
}

/// A cell in lower case, without the white space around it.
fn word(cell: &str) -> String {
    cell.trim().to_ascii_lowercase()
}

/// Reads yes or no; `None` for anything else.
fn yes(cell: &str) -> Option<bool> {
    match &*word(cell) {
        "true" | "yes" | "1" | "y" | "t" => Some(true),
        "false" | "no" | "0" | "n" | "f" => Some(false),
        _ => None,
    }
}
