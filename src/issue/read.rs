//! An issue's own keys, and what only shows when they are seen together.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use templates::comparison::{Comparison, Pick, Side};
use templates::prose::Prose;

use super::prose::prose;
use super::tool::{self, ReadTool};
use super::{Issue, Rules, Status, keys, limits, slug};
use crate::findings::{Finding, Report, Source};
use crate::toml_source::{self, Table, Value};

const STATUSES: [(&str, Status); 2] = [("draft", Status::Draft), ("ready", Status::Ready)];

/// The word for a pick of neither.
const TIE: &str = "tie";

/// The last day of voting, which must not be before the issue is sent.
fn voting_closes(root: &Table<'_>, report: &mut Report) -> Option<NaiveDate> {
    let value = root.get("voting_closes")?;
    let closes = value.date(report)?;
    // What is wrong with that date is reported with its own key.
    let sent = root
        .get("send_on")
        .and_then(|sent| sent.date(&mut Report::new()));
    if sent.is_some_and(|sent| closes < sent) {
        let message = "`voting_closes` is before `send_on`";
        let finding = value.fault("voting-closed", message);
        report.push(finding.help("leave it out to let readers vote for 14 days"));
        return None;
    }
    Some(closes)
}

/// What could be read of a file.
pub(super) struct Read {
    /// The issue, if nothing that it needs is missing.
    pub(super) issue: Option<Issue>,
    /// The finding to add if another issue has the same date.
    pub(super) clash: Option<Finding>,
    /// True if the file calls itself a draft.
    pub(super) draft: bool,
}

/// Reads an issue as far as it goes.
pub(super) fn issue(
    source: &Arc<Source>,
    slug: String,
    rules: &Rules,
    report: &mut Report,
) -> Read {
    let document = toml_source::parse(source.text(), source, report);
    let root = Table::root(&document, source, &keys::TOP, report);
    let head = Head::read(&root, report);
    let tools = tools(&root, source, rules, report);
    let draft = head.status == Some(Status::Draft);
    if head.status == Some(Status::Ready) {
        tool::refuse_unreviewed(&tools, source, report);
    }
    let pick = root
        .get("pick")
        .and_then(|value| Some((pick(&value, &tools, report)?, value)));
    let clash = head.status.filter(|status| *status == Status::Ready).and(
        root.get("send_on")
            .map(|value| value.doubt("same-date", "another ready issue has this date")),
    );
    let issue = assemble(
        head,
        tools,
        pick.as_ref().map(|(pick, _)| *pick),
        slug,
        source,
    );
    if let (Some(issue), Some((picked, value))) = (&issue, &pick) {
        doubt_pick(*picked, value, &issue.comparison, report);
    }
    Read {
        issue,
        clash,
        draft,
    }
}

/// The keys above the tools.
struct Head {
    title: Option<String>,
    question: Option<String>,
    intro: Option<Prose>,
    subject: Option<String>,
    preheader: Option<String>,
    status: Option<Status>,
    send_on: Option<NaiveDate>,
    added: Option<NaiveDate>,
    voting_closes: Option<NaiveDate>,
    sample: bool,
}

impl Head {
    fn read(root: &Table<'_>, report: &mut Report) -> Self {
        let title = root.get("title");
        let subject = root.get("subject");
        let head = Self {
            title: title.as_ref().and_then(|v| v.title(limits::TITLE, report)),
            question: root
                .require("question", report)
                .and_then(|v| v.title(limits::QUESTION, report)),
            intro: root
                .require("intro", report)
                .and_then(|v| prose(&v, limits::INTRO, report)),
            subject: subject
                .as_ref()
                .and_then(|v| v.title(limits::SUBJECT, report)),
            preheader: root
                .get("preheader")
                .and_then(|v| v.title(limits::PREHEADER, report)),
            status: root
                .require("status", report)
                .and_then(|v| v.choice(&STATUSES, report)),
            send_on: root.get("send_on").and_then(|v| v.date(report)),
            added: root.get("added").and_then(|v| v.date(report)),
            voting_closes: voting_closes(root, report),
            sample: root
                .get("sample")
                .and_then(|v| v.boolean(report))
                .unwrap_or(false),
        };
        // Without a subject of its own, the title is the subject.
        match (&subject, &head.subject, &title, &head.title) {
            (Some(value), Some(text), _, _) | (None, _, Some(value), Some(text)) => {
                doubt_subject(value, text, report);
            }
            _ => {}
        }
        head
    }
}

fn doubt_subject(value: &Value<'_>, text: &str, report: &mut Report) {
    let length = text.chars().count();
    if length > limits::SUBJECT_SHOWN {
        let most = limits::SUBJECT_SHOWN;
        let message = format!("a subject of {length} characters is cut off in most mailboxes");
        report.push(
            value
                .doubt("long-subject", message)
                .label(format!("{most} or fewer are shown whole")),
        );
    }
}

/// The tools of the file, if there are two of them.
fn tools<'d>(
    root: &Table<'d>,
    source: &'d Arc<Source>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<ReadTool> {
    let Some(value) = root.get("tools") else {
        refuse_count(0, end_of(source), source, report);
        return Vec::new();
    };
    let Some(tables) = value.tables(&keys::TOOL, report) else {
        return Vec::new();
    };
    match tables.get(2) {
        Some(third) => refuse_count(tables.len(), third.span(), source, report),
        None if tables.len() < 2 => refuse_count(tables.len(), end_of(source), source, report),
        None => {}
    }
    let tools: Vec<ReadTool> = tables
        .iter()
        .take(2)
        .map(|table| tool::read(table, rules, report))
        .collect();
    tool::refuse_repeated(&tools, source, report);
    tools
}

fn end_of(source: &Source) -> Range<usize> {
    let end = source.text().trim_end().len();
    end..end
}

fn refuse_count(count: usize, span: Range<usize>, source: &Arc<Source>, report: &mut Report) {
    let (message, label) = match count {
        0 => (
            "there is no `[[tools]]`, but a comparison has two",
            "two are missing here",
        ),
        1 => (
            "there is only one `[[tools]]`, but a comparison has two",
            "the second is missing here",
        ),
        _ => (
            "there are more than two `[[tools]]`, but a comparison has two",
            "one too many",
        ),
    };
    // Tools that a syntax error hides are not missing.
    if count >= 2 || !report.is_incomplete() {
        report.push(Finding::error("tool-count", message, source, span).label(label));
    }
}

fn pick(value: &Value<'_>, tools: &[ReadTool], report: &mut Report) -> Option<Pick> {
    let text = value.line(limits::NAME, report)?;
    if text.eq_ignore_ascii_case(TIE) {
        return Some(Pick::Tie);
    }
    let names: Vec<&str> = tools.iter().filter_map(ReadTool::name).collect();
    let wanted = tool::folded(&text);
    match names.iter().position(|name| tool::folded(name) == wanted) {
        Some(0) => Some(Pick::Tool(Side::A)),
        Some(_) => Some(Pick::Tool(Side::B)),
        // With a tool's name unread, the pick may well be that one.
        None if names.len() < 2 => None,
        None => {
            let words: Vec<&str> = names.into_iter().chain([TIE]).collect();
            report.push(value.unknown_word(&text, &words));
            None
        }
    }
}

fn doubt_pick(pick: Pick, value: &Value<'_>, comparison: &Comparison, report: &mut Report) {
    let lead = comparison.lead();
    // On the panel's tie, an editor may well pick one.
    let Pick::Tool(side) = lead else { return };
    if pick == lead {
        return;
    }
    let shares = comparison.tools.each_ref().map(|tool| {
        let percent = tool.panel().ship_percent().unwrap_or(0);
        format!("{percent} % would ship `{}`", tool.name)
    });
    let message = format!("the panel leads with `{}`", comparison.tool(side).name);
    report.push(
        value
            .doubt("pick-against-panel", message)
            .label("the pick is another")
            .help(format!(
                "{}; keep the pick if it is meant",
                shares.join(", ")
            )),
    );
}

fn assemble(
    head: Head,
    tools: Vec<ReadTool>,
    pick: Option<Pick>,
    slug: String,
    source: &Source,
) -> Option<Issue> {
    let tools: Vec<_> = tools
        .into_iter()
        .map(|read| read.tool)
        .collect::<Option<_>>()?;
    let mut tools: [_; 2] = tools.try_into().ok()?;
    let [a, b] = &tools;
    let slugs = slug::of_tools([&a.name, &b.name]);
    let title = head
        .title
        .unwrap_or_else(|| format!("{} vs {}", a.name, b.name));
    for (tool, slug) in tools.iter_mut().zip(slugs) {
        tool.slug = slug;
    }
    let question = head.question?;
    Some(Issue {
        path: source.path().to_owned(),
        status: head.status?,
        send_on: head.send_on,
        added: head.added,
        subject: head.subject.unwrap_or_else(|| title.clone()),
        preheader: head
            .preheader
            .unwrap_or_else(|| fitted(&question, limits::PREHEADER)),
        comparison: Comparison {
            slug: slug.clone(),
            title,
            question,
            intro: head.intro?,
            date: head.send_on,
            tools,
            pick,
            sample: head.sample,
            voting_closes: head.voting_closes,
        },
        slug,
    })
}

/// The text, cut behind a word if it is longer than `most` characters.
fn fitted(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    // One character less, for the ellipsis.
    let kept = text[..cut].trim_end_matches(|c: char| !c.is_whitespace());
    let kept = if kept.trim().is_empty() {
        let last = text[..cut].char_indices().next_back();
        &text[..last.map_or(0, |(at, _)| at)]
    } else {
        kept
    };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod fitted_tests {
    use super::fitted;

    #[test]
    fn a_long_question_is_cut_behind_a_word() {
        assert_eq!(fitted("one two", 7), "one two");
        assert_eq!(fitted("one two three", 9), "one two…");
        assert_eq!(fitted("one two three", 7), "one…");
        assert_eq!(fitted("ééééééé", 4), "ééé…");
    }
}
