//! What is left to check of a file once it is read: its date and its links.

use std::ops::Range;
use std::sync::Arc;

use url::Url;

use super::allow::Allowances;
use super::document::{Document, Text};
use super::rules::{Needs, Rule};
use crate::findings::{Finding, Report, Source};
use crate::issue::limits;
use crate::toml_source::Value;

/// The places of an issue's date and links, for checks that need more than its file, and the findings that the file
/// allows.
#[derive(Debug)]
pub struct Followup {
    source: Arc<Source>,
    send_on: Option<Range<usize>>,
    links: Vec<Link>,
    allowed: Allowances,
}

/// An http or https URL that readers can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As readers get it.
    pub url: String,
    span: Range<usize>,
}

impl Followup {
    pub(super) fn of(document: &Document<'_>, allowed: Allowances) -> Self {
        let tools = &document.tools;
        let sources = tools.iter().flat_map(|tool| &tool.facts);
        let sources = sources.filter_map(|fact| fact.source.as_ref());
        let values = tools.iter().filter_map(|tool| tool.url.as_ref());
        let prose = tools.iter().filter_map(|tool| tool.description.as_ref());
        let prose = document.intro.iter().chain(prose);
        let links = values.chain(sources).filter_map(link);
        Self {
            source: Arc::clone(document.source),
            send_on: document.send_on.as_ref().map(Value::span),
            links: links.chain(prose.flat_map(links_in)).collect(),
            allowed,
        }
    }

    /// In no particular order; one for each place.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// A finding about a link.
    pub fn at_link(&self, link: &Link, rule: &Rule, message: String) -> Finding {
        Finding::warning(rule.code, message, &self.source, link.span.clone())
    }

    /// A finding about `send_on`; `None` if the file has none.
    pub fn at_date(&self, rule: &Rule, message: String) -> Option<Finding> {
        let span = self.send_on.clone()?;
        Some(Finding::warning(rule.code, message, &self.source, span))
    }

    /// True unless the file allows such a finding.
    pub fn admits(&mut self, finding: &Finding) -> bool {
        !self.allowed.silence(finding.code)
    }

    /// The entries of `allow` that silenced nothing, among the rules that were checked. Ask after all of them were.
    pub fn idle(&self, checked: Needs) -> impl Iterator<Item = Finding> {
        self.allowed.idle(checked)
    }
}

fn link(value: &Value<'_>) -> Option<Link> {
    let url = value.web_address(limits::URL, &mut Report::new())?;
    let span = value.span();
    Some(Link { url, span })
}

/// The links in Markdown: what begins with a scheme, up to a space or the bracket around it.
fn links_in(text: &Text<'_>) -> impl Iterator<Item = Link> {
    let starts = text.text.match_indices("http").map(|(at, _)| at);
    starts.filter_map(|start| {
        let written = address(&text.text[start..])?;
        let url = Url::parse(written).ok()?.into();
        let span = text.value.locate(start..start + written.len());
        Some(Link { url, span })
    })
}

/// The URL that a text begins with.
fn address(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let end = text.find(|c: char| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth > 0 => {
            depth -= 1;
            false
        }
        ')' | '<' | '>' | '"' | '*' | ']' => true,
        c => c.is_whitespace(),
    });
    let written = &text[..end.unwrap_or(text.len())];
    let written = written.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    let is_address = written.starts_with("http://") || written.starts_with("https://");
    is_address.then_some(written)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_link_ends_where_markdown_ends_it() {
        for (text, url) in [
            ("https://a.example.com/x) and", "https://a.example.com/x"),
            (
                "https://a.example.com/x_(y)) and",
                "https://a.example.com/x_(y)",
            ),
            ("https://a.example.com/.", "https://a.example.com/"),
            ("https://a.example.com> \"t\"", "https://a.example.com"),
            ("http://a.example.com \"title\")", "http://a.example.com"),
        ] {
            assert_eq!(address(text), Some(url), "{text}");
        }
        assert_eq!(address("httpd is a server"), None);
    }
}
