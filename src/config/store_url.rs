//! Where the list and the ledger are.

use std::fmt;
use std::ops::Deref;

use crate::findings::Report;
use crate::toml_source::Value;

use super::mask;

const SCHEMES: [&str; 3] = ["sqlite:", "postgres://", "postgresql://"];

/// The URL of a database. Debug and Display omit the password; the `str` that it dereferences to includes it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl(String);

impl StoreUrl {
    pub(super) fn read(value: &Value<'_>, report: &mut Report) -> Option<Self> {
        let text = value.text(report)?.trim();
        let scheme = SCHEMES.into_iter().find(|scheme| text.starts_with(scheme));
        let rest = scheme.map(|scheme| &text[scheme.len()..]);
        let finding = match rest {
            Some(rest) if !rest.is_empty() && !text.contains(char::is_control) => {
                return Some(Self(text.to_owned()));
            }
            Some(_) => value
                .fault("bad-url", "the store's address is not complete")
                .help("write `sqlite:subscribers/verdict.db`, or `postgres://user@host/database`"),
            None => value
                .fault("bad-url", "`url` is not the address of a store")
                .label("expected `sqlite:…` or `postgres://…`")
                .help("write `sqlite:subscribers/verdict.db`, or `postgres://user@host/database`"),
        };
        report.push(finding);
        None
    }
}

impl StoreUrl {
    /// The file of an SQLite database, from the instance folder on.
    pub fn file(&self) -> Option<&str> {
        let path = self.0.strip_prefix("sqlite:")?;
        Some(path.strip_prefix("//").unwrap_or(path))
    }
}

impl Default for StoreUrl {
    fn default() -> Self {
        Self("sqlite:subscribers/verdict.db".to_owned())
    }
}

impl From<&str> for StoreUrl {
    fn from(url: &str) -> Self {
        Self(url.to_owned())
    }
}

impl Deref for StoreUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask::masked(&self.0))
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreUrl({self})")
    }
}
