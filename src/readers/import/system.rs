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

use std::fmt;
use std::str::FromStr;

use serde_json::Value;
use subscribers::consent::Consent;

use super::columns::Columns;
use super::element::Element;
use super::header::{FileWords, Header};

pub(super) use mailman::status as mailman_status;

/// A system that lists come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// An export of Verdict.
    Verdict,
    /// listmonk.
    Listmonk,
    /// Ghost.
    Ghost,
    /// Mailchimp.
    Mailchimp,
    /// Substack.
    Substack,
    /// Buttondown.
    Buttondown,
    /// beehiiv.
    Beehiiv,
    /// Kit, formerly ConvertKit.
    Kit,
    /// MailerLite.
    Mailerlite,
    /// Mailtrain.
    Mailtrain,
    /// phpList.
    Phplist,
    /// Sendy.
    Sendy,
    /// GNU Mailman 2 and 3.
    Mailman,
    /// Any table with a column of addresses.
    Table,
}

impl System {
    /// Every system, those first whose exports are told by more.
    pub const ALL: [Self; 14] = [
        Self::Verdict,
        Self::Listmonk,
        Self::Ghost,
        Self::Mailchimp,
        Self::Substack,
        Self::Buttondown,
        Self::Beehiiv,
        Self::Kit,
        Self::Mailerlite,
        Self::Mailtrain,
        Self::Phplist,
        Self::Sendy,
        Self::Mailman,
        Self::Table,
    ];

    /// The word for the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Listmonk => "listmonk",
            Self::Ghost => "ghost",
            Self::Mailchimp => "mailchimp",
            Self::Substack => "substack",
            Self::Buttondown => "buttondown",
            Self::Beehiiv => "beehiiv",
            Self::Kit => "kit",
            Self::Mailerlite => "mailerlite",
            Self::Mailtrain => "mailtrain",
            Self::Phplist => "phplist",
            Self::Sendy => "sendy",
            Self::Mailman => "mailman",
            Self::Table => "table",
        }
    }

    /// The name as the system itself writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verdict => "Verdict",
            Self::Ghost => "Ghost",
            Self::Mailchimp => "Mailchimp",
            Self::Substack => "Substack",
            Self::Buttondown => "Buttondown",
            Self::Kit => "Kit",
            Self::Mailerlite => "MailerLite",
            Self::Mailtrain => "Mailtrain",
            Self::Phplist => "phpList",
            Self::Sendy => "Sendy",
            Self::Mailman => "Mailman",
            Self::Table => "a table of unknown origin",
            Self::Listmonk | Self::Beehiiv => self.key(),
        }
    }

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

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for System {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let word = word.to_lowercase();
        let found = Self::ALL.into_iter().find(|system| system.key() == word);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.into_iter().map(Self::key).collect();
            format!("the systems are {}", known.join(", "))
        })
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
