//! What an editor should look at although the file can be used: the rules `V001`, `V002` and so on.
//!
//! Each finding is a warning. The rules that need only the file are checked when it is read; [`Followup`] is for the
//! others. A file silences a rule with `allow = ["V010: reason"]`.

mod allow;
mod claims;
mod document;
mod followup;
mod html;
mod inbox;
mod leftovers;
mod mail;
mod panel;
mod rules;

use std::sync::Arc;

use self::allow::Allowances;
use self::document::Document;
use super::{Issue, Rules, length};
use crate::findings::{Findings, Report, Source};
use crate::toml_source::Table;

pub use self::followup::{Followup, Link};
pub(crate) use self::rules::{DEAD_LINK, MARKUP, NO_SLOT, PAST_DATE, SAME_DATE, TAKEN_SLOT};
pub use self::rules::{Needs, RULES, Rule, rule};

/// Checks the texts of a file, and if there is an issue without errors, that as a whole.
pub(super) fn check(
    root: &Table<'_>,
    source: &Arc<Source>,
    issue: Option<&Issue>,
    rules: &Rules,
    report: &mut Report,
) -> Followup {
    let allowed = Allowances::read(root, report);
    let document = Document::read(root, source);
    leftovers::check(&document, report);
    claims::check(&document, report);
    inbox::check(&document, report);
    panel::quotes(&document, report);
    if let Some(issue) = issue {
        panel::balance(&document, report);
        panel::pick(&document, &issue.comparison, report);
        panel::objections(&document, &issue.comparison, report);
    }
    if let Some(issue) = issue.filter(|_| !report.has_errors()) {
        let html = length::html(issue, &rules.newsletter);
        mail::check(&html, source.path(), report);
    }
    Followup::of(&document, allowed)
}

/// Removes the findings that the file allows. If it has no errors, all rules were checked, and entries of `allow` that
/// silenced nothing are reported.
pub(super) fn settle(findings: &mut Findings, followup: &mut Followup) {
    findings.retain(|finding| followup.admits(finding));
    if !findings.has_errors() {
        findings.extend(followup.idle(Needs::File));
        findings.sort();
    }
}
