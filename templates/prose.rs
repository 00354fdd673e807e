//! Prose: the Markdown subset for editors, parsed once and shown as HTML or plain text.
//!
//! The subset has paragraphs, line breaks, emphasis, strong emphasis, links, bullet lists and
//! numbered lists. Everything else becomes plain text, and the parser reports what it was, to warn
//! the editor. No HTML of the source ever reaches a reader as HTML.

mod html;
mod parse;
mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::web_address::names_its_host;

pub use html::Styles;

/// Parsed text. Editions store it as JSON, so its shape is a storage format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose {
    blocks: Vec<Block>,
}

/// Something in the source that is not in the subset. Its text was kept as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// In bytes of the source.
    pub range: Range<usize>,
    /// A noun: "heading", "image", "raw HTML".
    pub what: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Block {
    Paragraph(Vec<Inline>),
    List {
        /// The first number of a numbered list; `None` for bullets.
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Inline {
    Text(String),
    Break,
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Link { url: Target, content: Vec<Inline> },
}

/// A link's target. It is also validated when it is read from storage, because it becomes an `href`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Target(String);

impl Target {
    const SCHEMES: [&'static str; 3] = ["http://", "https://", "mailto:"];

    /// Normalizes a URL as the parser reads it, so that no reader's program can read it differently.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let target = Self::try_from(text.to_owned())?;
        match Url::parse(text) {
            Ok(url) if url.scheme() == "mailto" => Ok(target),
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                Err("link with a user name or a password")
            }
            Ok(url) if names_its_host(text) && !text.contains('\\') => Ok(Self(url.into())),
            _ => Err("link that is not a web address"),
        }
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Target {
    type Error = &'static str;

    fn try_from(url: String) -> Result<Self, Self::Error> {
        let rest = Self::SCHEMES.into_iter().find_map(|scheme| {
            let (start, rest) = url.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        });
        let unfit = |c: char| c.is_control() || c.is_whitespace();
        match rest {
            None => Err("link that is not http, https or mailto"),
            Some("") => Err("link that leads nowhere"),
            Some(rest) if rest.contains(unfit) => Err("link with a blank in its address"),
            Some(_) => Ok(Self(url)),
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.0
    }
}

impl Prose {
    /// Also returns what is not in the subset, in source order.
    pub fn parse(source: &str) -> (Self, Vec<Dropped>) {
        let (blocks, dropped) = parse::parse(source);
        (Self { blocks }, dropped)
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
