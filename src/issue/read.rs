//! Reads an issue's own keys, and checks them against each other and the tools.

use std::sync::Arc;

use chrono::NaiveDate;
use templates::comparison::{Comparison, Pick, Side, headline};
use templates::mail;
use templates::prose::Prose;

use super::approval::approval;
use super::content::{self, Followup};
use super::key::Key;
use super::tool::{self, ReadTool};
use super::{FileApproval, Issue, Rules, Status, keys, limits, slug};
use crate::findings::{Finding, Report, Source};
use crate::toml_source::{self, Table, Value};

/// The `pick` of neither tool.
const TIE: &str = "tie";

/// The last day of voting, which must not be before the issue is sent.
fn voting_closes(root: &Table<'_>, report: &mut Report) -> Option<NaiveDate> {
    let value = keys::VOTING_CLOSES.value(root, report)?;
    let closes = value.date(report)?;
    // `Head::read` reports errors in `send_on`.
    let send_on = root.get(keys::SEND_ON.name);
    let sent = send_on.and_then(|v| v.date(&mut Report::new()));
    if sent.is_some_and(|sent| closes < sent) {
        let message = "`voting_closes` is before `send_on`";
        let finding = value.fault("voting-closed", message);
        report.push(finding.help("leave it out to let readers vote for 14 days"));
        return None;
    }
    Some(closes)
}

pub(super) struct Read {
    /// `None` if something that it needs is missing.
    pub(super) issue: Option<Issue>,
    pub(super) followup: Followup,
    pub(super) draft: bool,
    pub(super) send_on: Option<NaiveDate>,
}

/// Reads as much of an issue as possible.
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
    let dated = head.send_on;
    if head.status == Some(Status::Ready) {
        tool::refuse_unreviewed(&tools, source, report);
    }
    let pick = keys::PICK.value(&root, report);
    let pick = pick.and_then(|v| pick_of(&v, &tools, report));
    let issue = assemble(head, tools, pick, slug, source, rules);
    let followup = content::check(&root, source, issue.as_ref(), rules, report);
    Read {
        issue,
        followup,
        draft,
        send_on: dated,
    }
}

/// The keys above `[[tools]]`.
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
    author: Option<String>,
    approval: Option<FileApproval>,
}

impl Head {
    fn read(root: &Table<'_>, report: &mut Report) -> Self {
        let own_title = keys::TITLE.text(root, report);
        let subject = keys::SUBJECT.text(root, report);
        let mut date = |key: &Key| key.value(root, report)?.date(report);
        let (send_on, added) = (date(&keys::SEND_ON), date(&keys::ADDED));
        let sample = keys::SAMPLE.value(root, report);
        let approved = keys::FILE_APPROVAL.value(root, report);
        Self {
            title: own_title,
            question: keys::QUESTION.text(root, report),
            intro: keys::INTRO.prose(root, report),
            subject,
            preheader: keys::PREHEADER.text(root, report),
            status: keys::STATUS.word(root, report),
            send_on,
            added,
            voting_closes: voting_closes(root, report),
            sample: sample.and_then(|v| v.boolean(report)) == Some(true),
            author: keys::AUTHOR.text(root, report),
            approval: approved.and_then(|v| approval(&v, report)),
        }
    }
}

/// Reads at most two tools, and refuses any other number.
fn tools<'d>(
    root: &Table<'d>,
    source: &'d Arc<Source>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<ReadTool> {
    let tables = match root.get(keys::TOOLS.name) {
        Some(value) => value.tables(&keys::TOOL, report),
        None => Some(Vec::new()),
    };
    let Some(tables) = tables else {
        return Vec::new();
    };
    refuse_count(&tables, source, report);
    let first_two = tables.iter().take(2);
    let tools: Vec<ReadTool> = first_two.map(|t| tool::read(t, rules, report)).collect();
    tool::refuse_repeated(&tools, source, report);
    tools
}

fn refuse_count(tables: &[Table<'_>], source: &Arc<Source>, report: &mut Report) {
    let (message, label) = match tables.len() {
        0 => (
            "there is no `[[tools]]`, but a comparison has two",
            "two are missing here",
        ),
        1 => (
            "there is only one `[[tools]]`, but a comparison has two",
            "the second is missing here",
        ),
        2 => return,
        _ => (
            "there are more than two `[[tools]]`, but a comparison has two",
            "one too many",
        ),
    };
    let end = source.text().trim_end().len();
    let span = tables.get(2).map_or(end..end, Table::span);
    // A tool that a syntax error hides is not missing.
    if tables.len() > 2 || !report.is_incomplete() {
        report.push(Finding::error("tool-count", message, source, span).label(label));
    }
}

fn pick_of(value: &Value<'_>, tools: &[ReadTool], report: &mut Report) -> Option<Pick> {
    let text = keys::PICK.text_of(value, report)?;
    if text.eq_ignore_ascii_case(TIE) {
        return Some(Pick::Tie);
    }
    let names: Vec<&str> = tools.iter().filter_map(ReadTool::name).collect();
    let wanted = tool::folded(&text);
    match names.iter().position(|name| tool::folded(name) == wanted) {
        Some(0) => Some(Pick::Tool(Side::A)),
        Some(_) => Some(Pick::Tool(Side::B)),
        // The pick may be a tool whose name could not be read.
        None if names.len() < 2 => None,
        None => {
            let words: Vec<&str> = names.into_iter().chain([TIE]).collect();
            report.push(value.unknown_word(&text, &words));
            None
        }
    }
}

fn assemble(
    head: Head,
    tools: Vec<ReadTool>,
    pick: Option<Pick>,
    slug: String,
    source: &Source,
    rules: &Rules,
) -> Option<Issue> {
    let tools: Vec<_> = tools
        .into_iter()
        .map(|read| read.tool)
        .collect::<Option<_>>()?;
    let mut tools: [_; 2] = tools.try_into().ok()?;
    let locale = &rules.newsletter.locale;
    let [a, b] = &tools;
    let slugs = slug::of_tools([&a.name, &b.name]);
    let title = head
        .title
        .unwrap_or_else(|| headline(locale, [&a.name, &b.name]));
    for (tool, slug) in tools.iter_mut().zip(slugs) {
        tool.slug = slug;
    }
    let comparison = Comparison {
        slug: slug.clone(),
        title,
        question: head.question?,
        intro: head.intro?,
        date: head.send_on,
        tools,
        pick,
        sample: head.sample,
        voting_closes: head.voting_closes,
    };
    let preheader = || fitted(&mail::preheader(locale, &comparison), limits::PREHEADER);
    Some(Issue {
        path: source.path().to_owned(),
        status: head.status?,
        send_on: head.send_on,
        added: head.added,
        subject: head.subject.unwrap_or_else(|| comparison.title.clone()),
        preheader: head.preheader.unwrap_or_else(preheader),
        author: head.author,
        approval: head.approval,
        comparison,
        slug,
    })
}

/// The text, cut after a word if it is longer than `most` characters.
fn fitted(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let mut kept = text[..cut].trim_end_matches(|c: char| !c.is_whitespace());
    if kept.trim().is_empty() {
        // One character less makes room for the ellipsis.
        let last = text[..cut].char_indices().next_back();
        kept = &text[..last.map_or(0, |(at, _)| at)];
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod fitted_tests {
    use super::fitted;

    #[test]
    fn a_long_text_is_cut_behind_a_word() {
        assert_eq!(fitted("one two", 7), "one two");
        assert_eq!(fitted("one two three", 9), "one two…");
        assert_eq!(fitted("one two three", 7), "one…");
        assert_eq!(fitted("ééééééé", 4), "ééé…");
    }
}
