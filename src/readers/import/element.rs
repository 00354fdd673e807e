//! A person of a JSON export.

use serde_json::Value;
use subscribers::address::AddressError;
use subscribers::consent::Consent;

use super::origin::System;
use super::row::{self, Details, Fixed, Row};

/// A person in a JSON export.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) system: System,
    /// The address as the file spells it.
    pub(super) email: String,
    pub(super) details: Details,
    /// The lists that the person is on.
    pub(super) lists: Vec<String>,
    /// True if the list in the options is one of them.
    pub(super) is_on_named_list: bool,
    pub(super) status: Status,
    /// The words of the status, as in `type=regular`.
    pub(super) words: String,
    pub(super) fixed: Vec<Fixed>,
}

/// The consent of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Status {
    Known(Consent),
    /// The words are unknown.
    #[default]
    Unknown,
    /// The person is not on the list that is imported.
    Elsewhere,
}

impl Element {
    /// An element with its address under `key`.
    pub(super) fn of(system: System, value: &Value, key: &str) -> Self {
        Self {
            system,
            email: text(value, key).trim().to_owned(),
            ..Self::default()
        }
    }

    /// The name, in parts under these keys.
    pub(super) fn name(&mut self, value: &Value, keys: &[&str]) -> Option<String> {
        let names: Vec<&str> = keys.iter().map(|key| text(value, key)).collect();
        row::name(&names.join(" "), &mut self.fixed)
    }

    /// The time under a key.
    pub(super) fn time(&mut self, value: &Value, key: &str) -> Option<i64> {
        match value.get(key) {
            Some(Value::Number(number)) => row::time(&number.to_string(), &mut self.fixed),
            _ => row::time(text(value, key), &mut self.fixed),
        }
    }

    /// Sets the consent, or that its words are unknown.
    pub(super) fn with_status(
        mut self,
        consent: Option<Consent>,
        words: impl Into<String>,
    ) -> Self {
        self.status = consent.map_or(Status::Unknown, Status::Known);
        self.words = words.into();
        self
    }

    pub(super) fn elsewhere(mut self) -> Self {
        self.status = Status::Elsewhere;
        self
    }

    /// The row, if the address can be used.
    pub(super) fn into_row(self, fixed: &mut Vec<Fixed>) -> Result<Row, AddressError> {
        let mut details = self.details;
        let row = row::mailbox_of(&self.email, details.name, fixed)?;
        details.name = row.details.name;
        Ok(Row { details, ..row })
    }
}

/// The text under a key, or an empty one.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
