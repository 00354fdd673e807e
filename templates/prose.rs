//! Prose: the Markdown subset that editors write, parsed once and shown as HTML or as plain text.
//!
//! The subset is paragraphs, line breaks, emphasis, strong emphasis, links, bullet lists and
//! numbered lists. Of everything else the text is kept, as text, and the parser says what it was,
//! so that the editor can be told. Nothing in the source ever reaches a reader as HTML.

mod html;
mod parse;
mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::web_address::names_its_host;

pub use html::Styles;

/// Text with its structure. Frozen as JSON with an edition, so its shape is a storage format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Prose {
    blocks: Vec<Block>,
}

/// Something in the source that the subset does not have. Its text was kept as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stands, in bytes of the source.
    pub range: Range<usize>,
    /// What it is, as a noun: "heading", "image", "raw HTML".
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

/// Where a link may lead. It is checked when it is read from storage too, because it ends in `href`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Target(String);

impl Target {
    const SCHEMES: [&'static str; 3] = ["http://", "https://", "mailto:"];

    /// Reads what an editor wrote. A web address is kept as the parser reads it, so that no reader's program can
    /// read it differently.
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
    /// Reads the subset. The second value lists what the subset does not have, in source order.
    pub fn parse(source: &str) -> (Self, Vec<Dropped>) {
        let (blocks, dropped) = parse::parse(source);
        (Self { blocks }, dropped)
    }

    /// True if there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
