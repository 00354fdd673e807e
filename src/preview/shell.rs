//! The document around the preview's own pages, their style sheet and their script.

use axum::http::header;
use axum::response::IntoResponse;
use maud::{DOCTYPE, Markup, html};

use crate::findings::{Finding, Severity, harmless, tally};

/// Where a page stands.
pub(super) struct Place<'a> {
    /// What is shown, for the tab.
    pub(super) title: &'a str,
    /// The path of its event stream.
    pub(super) events: &'a str,
    /// What it shows.
    pub(super) revision: &'a str,
    pub(super) findings: &'a [Finding],
}

/// A page. Elements with `data-part` are replaced when the files change.
pub(super) fn document(place: &Place<'_>, heading: Markup, main: Markup) -> Markup {
    let tally = tally(place.findings);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if let Some(tally) = &tally { (tally) " · " } (harmless(place.title)) " · Preview" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/preview.css";
                script src="/preview.js" defer {}
            }
            body data-events=(place.events) data-revision=(place.revision) {
                header.bar {
                    (heading)
                    p.live #live role="status" { "Reload this page after you save" }
                }
                main { (main) }
            }
        }
    }
}

/// What is wrong, each with its line.
pub(super) fn findings(findings: &[Finding]) -> Markup {
    html! {
        @if findings.is_empty() {
            p.fine { "No problems found." }
        } @else {
            p.tally { (tally(findings).unwrap_or_default()) }
            ol.findings { @for one in findings { (finding(one)) } }
        }
    }
}

fn finding(finding: &Finding) -> Markup {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let has_line = !finding.source_line.is_empty();
    html! {
        li class={ "finding " (kind) } {
            p.message { strong { (kind) } " " (with_code(&finding.message)) }
            p.where {
                @if has_line { "Line " b { (finding.line) } ", column " (finding.column) " · " }
                (harmless(&finding.path)) " · " code { (finding.code) }
            }
            @if has_line { pre.line { (excerpt(finding)) } }
            @if let Some(label) = &finding.label { p.label { "↑ " (with_code(label)) } }
            @for related in &finding.related {
                p.where { "Line " b { (related.line) } ": " (with_code(&related.label)) }
            }
            @if let Some(help) = &finding.help { p.help { (with_code(help)) } }
        }
    }
}

/// A text in which backticks enclose code. The last one of an odd number stands for itself.
fn with_code(text: &str) -> Markup {
    let text = harmless(text);
    let mut parts: Vec<&str> = text.split('`').collect();
    let last = match parts.len() % 2 {
        0 => parts.pop(),
        _ => None,
    };
    html! {
        @for (at, part) in parts.iter().enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
        @if let Some(last) = last { "`" (last) }
    }
}

/// The line, with the place marked. Of a longer line, only a part is known, so nothing is marked.
fn excerpt(finding: &Finding) -> Markup {
    const WHOLE: usize = 500;
    let line = &finding.source_line;
    let chars = || line.char_indices().map(|(at, _)| at).chain([line.len()]);
    let start = chars().nth(finding.column.saturating_sub(1));
    let start = start.filter(|_| line.len() < WHOLE).unwrap_or(line.len());
    let end = start.saturating_add(finding.span.len());
    let end = line.floor_char_boundary(end);
    html! {
        (harmless(&line[..start]))
        mark { (harmless(&line[start..end])) }
        (harmless(&line[end..]))
    }
}

pub(super) async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (headers, include_str!("page.css"))
}

pub(super) async fn script() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (headers, include_str!("page.js"))
}
