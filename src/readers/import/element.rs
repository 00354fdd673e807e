//! A person of a JSON export.

use serde_json::Value;
use subscribers::address::AddressError;
use subscribers::consent::Consent;

use super::origin::System;
use super::row::{self, Mended, Row};

/// What an element of a JSON export says.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) system: System,
    /// The address as it stands there.
    pub(super) email: String,
    /// Everything else.
    pub(super) row: Fields,
    /// The lists that the person is on.
    pub(super) lists: Vec<String>,
    /// True if one of them is the list that is named.
    pub(super) is_on_named_list: bool,
    /// What it says about consent.
    pub(super) status: Status,
    /// The words in which it says so.
    pub(super) words: String,
    pub(super) mended: Vec<Mended>,
}

/// What an element says about consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Says(Consent),
    /// A word that is not known.
    Unknown,
    /// The person is not on the list that is imported.
    Elsewhere,
}

/// The fields of an element beside the address.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) name: Option<String>,
    pub(super) created_at: Option<i64>,
    pub(super) evidence: Option<String>,
}

impl Element {
    /// An element whose address stands under `key`.
    pub(super) fn of(system: System, value: &Value, key: &str) -> Self {
        Self {
            system,
            email: text(value, key).trim().to_owned(),
            row: Fields::default(),
            lists: Vec::new(),
            is_on_named_list: false,
            status: Status::Unknown,
            words: String::new(),
            mended: Vec::new(),
        }
    }

    /// The name, from these keys.
    pub(super) fn name(&mut self, value: &Value, keys: &[&str]) -> Option<String> {
        let names: Vec<&str> = keys.iter().map(|key| text(value, key)).collect();
        row::name(&names.join(" "), &mut self.mended)
    }

    /// The time under a key.
    pub(super) fn time(&mut self, value: &Value, key: &str) -> Option<i64> {
        match value.get(key) {
            Some(Value::Number(number)) => row::time(&number.to_string(), &mut self.mended),
            _ => row::time(text(value, key), &mut self.mended),
        }
    }

    pub(super) fn says(mut self, consent: Consent, words: String) -> Self {
        (self.status, self.words) = (Status::Says(consent), words);
        self
    }

    pub(super) fn unknown(mut self, words: String) -> Self {
        (self.status, self.words) = (Status::Unknown, words);
        self
    }

    pub(super) fn elsewhere(mut self) -> Self {
        self.status = Status::Elsewhere;
        self
    }

    /// The row, if the address can be used.
    pub(super) fn into_row(self, mended: &mut Vec<Mended>) -> Result<Row, AddressError> {
        let row = row::mailbox_of(&self.email, self.row.name, mended)?;
        Ok(Row {
            created_at: self.row.created_at,
            evidence: self.row.evidence,
            ..row
        })
    }
}

/// The text under a key; empty if there is none.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
