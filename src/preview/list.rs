//! The list of the instance's issues, that of the next slot first.

use std::collections::BTreeSet;
use std::path::Path;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use super::setup::Setup;
use super::shell::{self, Place, document};
use super::workspace::Workspace;
use super::{Failure, issue_path};
use crate::edition;
use crate::findings::{Finding, harmless, tally};
use crate::issue::{Folder, Issue, Status, stem};
use crate::schedule::pick::{self, Plan};

/// How many slots are planned.
const SLOTS: usize = 26;

pub(super) async fn show(State(workspace): State<Workspace>) -> Result<Response, Failure> {
    if let Some(only) = workspace.only() {
        return Ok(Redirect::to(&issue_path(&stem(only))).into_response());
    }
    let (folder, setup, revision) = workspace.folder().await?;
    let schedule = &setup.config.schedule;
    let slots = edition::schedule_of(schedule);
    let candidates = edition::candidates_in(&folder, false);
    let candidates: Vec<_> = candidates.map(|(_, candidate)| candidate).collect();
    let slots = slots.slots_after(workspace.now()).take(SLOTS);
    let sent = &setup.history.sent;
    let plan = pick::plan(slots, &candidates, sent.clone());
    let rows = rows(&folder, &plan, sent);
    let findings: Vec<Finding> = folder
        .findings
        .iter()
        .chain(setup.findings.iter())
        .cloned()
        .collect();
    let place = Place {
        title: "Issues",
        events: "/events",
        revision: &revision,
        findings: &findings,
    };
    let heading =
        html! { div { p.back { (harmless(&setup.config.newsletter.name)) } h1 { "Issues" } } };
    Ok(document(&place, heading, main(&rows, &setup)).into_response())
}

struct Row<'a> {
    name: &'a str,
    /// `None` if the file has errors.
    issue: Option<&'a Issue>,
    /// When it goes out, if a coming slot takes it.
    when: Option<String>,
    /// Empty if the file has errors.
    state: &'static str,
    findings: Vec<Finding>,
}

/// In the order of the slots; then the issues that no slot takes, by name, and last those that were sent.
fn rows<'a>(folder: &'a Folder, plan: &Plan<'_>, sent: &BTreeSet<String>) -> Vec<Row<'a>> {
    let findings_of = |name: &str| {
        let of_file = |one: &&Finding| stem(Path::new(&one.path)) == name;
        folder.findings.iter().filter(of_file).cloned().collect()
    };
    let row = |issue: &'a Issue, when| Row {
        name: &issue.slug,
        issue: Some(issue),
        when,
        state: match sent.contains(&issue.slug) {
            true => "sent",
            false => state(issue),
        },
        findings: findings_of(&issue.slug),
    };
    let issues = || folder.issues.iter();
    let mut rows = Vec::new();
    for (slot, pick) in &plan.slots {
        let picked = pick.candidate();
        let issue = picked.and_then(|picked| issues().find(|issue| issue.slug == picked.slug));
        let when = slot.wall.format("%a %-d %b %Y %H:%M").to_string();
        rows.extend(issue.map(|issue| row(issue, Some(when))));
    }
    let planned: BTreeSet<&str> = rows.iter().map(|row| row.name).collect();
    let rest = issues().filter(|issue| !planned.contains(issue.slug.as_str()));
    let (over, rest): (Vec<_>, Vec<_>) = rest.partition(|issue| sent.contains(&issue.slug));
    rows.extend(rest.into_iter().map(|issue| row(issue, None)));
    rows.extend(folder.failed.iter().map(|failed| Row {
        name: &failed.slug,
        issue: None,
        when: None,
        state: "",
        findings: findings_of(&failed.slug),
    }));
    rows.extend(over.into_iter().map(|issue| row(issue, None)));
    rows
}

fn state(issue: &Issue) -> &'static str {
    match issue.status {
        _ if issue.comparison.sample => "sample",
        Status::Draft => "draft",
        Status::Ready => "ready",
    }
}

fn main(rows: &[Row<'_>], setup: &Setup) -> Markup {
    let zone = setup.config.schedule.time_zone;
    html! {
        div.list data-part="list" {
            @if !setup.findings.is_empty() { section.checks { (shell::findings(&setup.findings)) } }
            @if rows.is_empty() { p.fine { "There are no issues yet." } }
            ol.issues {
                @for (number, row) in rows.iter().enumerate() {
                    @let is_next = number == 0 && row.when.is_some();
                    li.next[is_next] { (entry(row, is_next)) }
                }
            }
            p.quiet { "Times are in " (zone) "." }
        }
    }
}

fn entry(row: &Row<'_>, is_next: bool) -> Markup {
    let title = row.issue.map_or(row.name, |issue| &issue.comparison.title);
    let send_on = row.issue.and_then(|issue| issue.send_on);
    html! {
        a href=(issue_path(row.name)) { (harmless(title)) }
        p {
            @match (&row.when, send_on) {
                (Some(when), _) => { b { @if is_next { "Next: " } (when) } " · " }
                (None, Some(day)) => { "dated " (day) " · " }
                (None, None) => {}
            }
            @if !row.state.is_empty() { (row.state) " · " }
            @if let Some(tally) = tally(&row.findings) { span.tally { (tally) } " · " }
            code { (harmless(row.name)) ".toml" }
        }
    }
}
