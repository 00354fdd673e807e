//! `Check`: what the doctor found about one thing.

use std::fmt;

use serde::Serialize;
use strum::{Display, IntoStaticStr};

use crate::config::ConfigError;

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Display, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    Ok,
    /// Not looked at, for the reason given.
    Skipped,
    /// It may hurt, or the doctor could not find out.
    Warning,
    /// Readers would not get the mail, could not open its links, or could not leave.
    Wrong,
}

/// What the doctor found about one thing. One value for the terminal, for `--json`, and for the check before an
/// edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its name, which never changes.
    pub name: &'static str,
    pub state: State,
    /// A sentence.
    pub text: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// What to put into DNS.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Record>,
    /// Who asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// True for a warning because the doctor could not find out.
    #[serde(skip)]
    is_unsure: bool,
}

/// A DNS record, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Without a dot at the end.
    pub name: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub value: String,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind, value } = self;
        match *kind {
            "TXT" => write!(f, "{name}  {kind}  \"{value}\""),
            _ => write!(f, "{name}  {kind}  {value}"),
        }
    }
}

/// Where a rule was read, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    pub url: &'static str,
    /// `YYYY-MM-DD`.
    pub read: &'static str,
}

impl Check {
    /// The only check if the configuration cannot be used.
    #[must_use]
    pub fn unusable_config(error: &ConfigError) -> Self {
        let text = "verdict.toml cannot be used, so nothing else was looked at";
        Self::wrong("config", text).advice(error.to_string().trim_end())
    }

    pub(super) fn ok(name: &'static str, text: impl Into<String>) -> Self {
        Self::new(name, State::Ok, text)
    }

    pub(super) fn skipped(name: &'static str, text: impl Into<String>) -> Self {
        Self::new(name, State::Skipped, text)
    }

    pub(super) fn warning(name: &'static str, text: impl Into<String>) -> Self {
        Self::new(name, State::Warning, text)
    }

    pub(super) fn wrong(name: &'static str, text: impl Into<String>) -> Self {
        Self::new(name, State::Wrong, text)
    }

    pub(super) fn new(name: &'static str, state: State, text: impl Into<String>) -> Self {
        Self {
            name,
            state,
            text: text.into(),
            advice: None,
            records: Vec::new(),
            source: None,
            is_unsure: false,
        }
    }

    /// A warning because the doctor could not find out.
    pub(super) fn unsure(name: &'static str, text: impl Into<String>) -> Self {
        Self {
            is_unsure: true,
            ..Self::warning(name, text)
        }
    }

    pub(super) fn is_unsure(&self) -> bool {
        self.is_unsure
    }

    pub(super) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    pub(super) fn record(
        mut self,
        name: impl Into<String>,
        kind: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.records.push(Record {
            name: name.into(),
            kind,
            value: value.into(),
        });
        self
    }

    pub(super) fn source(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }
}

/// The check on several lines: its state, name and text, and below them what to do.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (state, name): (&str, _) = (self.state.into(), self.name);
        let below = "\n         ";
        let text = self.text.replace('\n', below);
        write!(f, "{state:<7}  {name:<20}  {text}")?;
        if let Some(advice) = &self.advice {
            write!(f, "{below}{}", advice.replace('\n', below))?;
        }
        for record in &self.records {
            write!(f, "{below}  {record}")?;
        }
        match self.source {
            Some(Source { url, read }) if self.state > State::Skipped => {
                write!(f, "{below}{url} (read {read})")
            }
            _ => Ok(()),
        }
    }
}
