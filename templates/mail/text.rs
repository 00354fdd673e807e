//! The plain-text part: all the content of the HTML part, in the same order.

use unicode_width::UnicodeWidthStr;

use crate::comparison::{
    Comparison, Fact, Newsletter, Previous, Review, ScorecardRow, Side, Tally, Tool, Verdict,
};
use crate::lines::{columns, hang, wrap};
use crate::locale::{Locale, Message, args};
use crate::sentences;

use super::{Personal, html::offer};

/// Columns of a line.
pub(super) const WIDTH: usize = 72;

/// The columns of both tables: what a row is about, A and B, with two blanks between.
const TABLE: [usize; 3] = [14, 27, 27];

/// The whole part: its paragraphs, separated by blank lines.
pub(super) fn text(
    comparison: &Comparison,
    newsletter: &Newsletter,
    personal: &Personal,
    previous: Option<&Previous>,
) -> String {
    let locale = &newsletter.locale;
    let mut parts = masthead(comparison, newsletter);
    parts.extend(headline(locale, comparison));
    parts.extend(strip(locale, comparison));
    parts.push(table(locale, comparison));
    parts.push(personal.greeting.clone());
    parts.push(comparison.intro.to_text(WIDTH));
    parts.extend(comparison.tools.iter().flat_map(|one| tool(locale, one)));
    parts.extend(scorecard(locale, comparison));
    parts.extend(vote(locale, comparison, personal));
    parts.extend(previous.map(|previous| last_time(newsletter, previous)));
    parts.extend(sign_up(newsletter));
    parts.extend(footer(newsletter, personal));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn masthead(comparison: &Comparison, newsletter: &Newsletter) -> Vec<String> {
    let locale = &newsletter.locale;
    let mut plate = vec![wrap(&newsletter.name, WIDTH)];
    plate.extend(comparison.date.map(|day| locale.date(day)));
    let url = newsletter.comparison_url(&comparison.slug);
    let online = link(locale, &locale.message("mail-read-online", args![]), &url);
    vec![plate.join("\n"), online]
}

/// What an address is for, and the address on a line of its own.
pub(super) fn link(locale: &Locale, label: &Message, url: &str) -> String {
    let label = locale.text("mail-label", args![label]);
    format!("{}\n{url}", wrap(&label, WIDTH))
}

fn headline(locale: &Locale, comparison: &Comparison) -> Vec<String> {
    let rule = "=".repeat(WIDTH);
    let mark = match comparison.sample {
        true => format!("[{}]\n", locale.text("sample", args![])),
        false => String::new(),
    };
    let [title, question] = [&comparison.title, &comparison.question].map(|text| wrap(text, WIDTH));
    vec![format!("{rule}\n{mark}{title}\n{question}\n{rule}")]
}

fn strip(locale: &Locale, comparison: &Comparison) -> Vec<String> {
    let label = locale.message("panel", args![]);
    let title = sentences::result_title(locale, comparison);
    let mut lines = vec![
        locale.text("mail-labeled", args![label, value = title]),
        sentences::result(locale, comparison).into_text(),
    ];
    lines.extend(sentences::different_panels(locale, comparison).map(Message::into_text));
    lines.extend(sentences::pick(locale, comparison).map(Message::into_text));
    let lines = lines.iter().map(|line| wrap(line, WIDTH));
    vec![lines.collect::<Vec<_>>().join("\n")]
}

/// Both tools' figures, side by side.
fn table(locale: &Locale, comparison: &Comparison) -> String {
    let winner = comparison.result().winner();
    let row = |label: &str, cell: &dyn Fn(Side) -> String| {
        let [a, b] = Side::BOTH.map(cell);
        [label.to_owned(), a, b]
    };
    let of = |cell: fn(&Locale, &Tool) -> String| move |side| cell(locale, comparison.tool(side));
    let mut rows = vec![row("", &of(|_, tool| tool.name.clone()))];
    if winner.is_some() {
        let mark = format!(
            "{} {}",
            sentences::sign(Verdict::Ship),
            locale.text("winner", args![])
        );
        let marked = |side| match winner == Some(side) {
            true => mark.clone(),
            false => String::new(),
        };
        rows.push(row("", &marked));
    }
    rows.push(row(
        &locale.text("row-panel", args![]),
        &of(|locale, tool| panel(locale, tool.panel())),
    ));
    if comparison.has_community() {
        rows.push(row(
            &locale.text("row-community", args![]),
            &of(|locale, tool| community(locale, tool.community)),
        ));
    }
    rows.push(row(&locale.text("row-price", args![]), &of(price)));
    rows.push(row(
        &locale.text("row-maker", args![]),
        &of(|_, tool| tool.maker.clone()),
    ));
    rows.push(row(
        &locale.text("row-category", args![]),
        &of(|_, tool| tool.category.clone()),
    ));
    columns(TABLE, &rows)
}

fn panel(locale: &Locale, panel: Tally) -> String {
    let share = sentences::share(locale, panel);
    format!(
        "{share} {}\n{}",
        bar(panel),
        sentences::panel(locale, panel)
    )
}

/// One mark for each reviewer, ships first: `[###.]`.
fn bar(panel: Tally) -> String {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    match panel.total() {
        0 => String::new(),
        _ => format!("[{}{}]", marks("#", panel.ship), marks(".", panel.skip)),
    }
}

fn community(locale: &Locale, community: Tally) -> String {
    let share = sentences::community_share(locale, community);
    format!("{share} {}", sentences::community(locale, community))
}

fn price(locale: &Locale, tool: &Tool) -> String {
    let note = tool.price.note.iter().map(|note| format!("\n{note}"));
    sentences::price(locale, tool.price.entry).into_text() + &note.collect::<String>()
}

fn heading(title: &str) -> String {
    format!("\n{}\n{}", wrap(title, WIDTH), "-".repeat(WIDTH))
}

fn tool(locale: &Locale, tool: &Tool) -> Vec<String> {
    let mut facts = Vec::new();
    if !tool.facts.is_empty() {
        let label = locale.message("facts", args![]);
        facts.push(locale.text("mail-label", args![label]));
        facts.extend(tool.facts.iter().map(fact));
    }
    let maker = wrap(
        &locale.text("mail-maker", args![maker = &tool.maker]),
        WIDTH,
    );
    vec![
        heading(&tool.name),
        format!("{maker}\n{}", tool.url),
        wrap(&tool.tagline, WIDTH),
        tool.description.to_text(WIDTH),
        facts.join("\n"),
    ]
}

fn fact(fact: &Fact) -> String {
    let mut lines = vec![wrap(&fact.text, WIDTH - 2)];
    lines.extend(fact.source.clone());
    hang("- ", &lines.join("\n"))
}

fn scorecard(locale: &Locale, comparison: &Comparison) -> Vec<String> {
    let rows = comparison.scorecard();
    let mut parts = vec![
        heading(&locale.text("scorecard", args![])),
        wrap(sentences::split(locale, comparison).as_str(), WIDTH),
        matrix(locale, comparison, &rows),
    ];
    parts.extend(rows.iter().flat_map(|row| reviews(locale, comparison, row)));
    parts
}

/// Every role's verdict on each tool.
fn matrix(locale: &Locale, comparison: &Comparison, rows: &[ScorecardRow<'_>]) -> String {
    let [a, b] = comparison.tools.each_ref().map(|tool| tool.name.clone());
    let verdict = |review: Option<&Review>| match review {
        Some(review) => said(locale, review.verdict),
        None => format!("– {}", locale.text("not-reviewed", args![])),
    };
    let row = |row: &ScorecardRow<'_>| {
        let [a, b] = row.reviews.map(verdict);
        [sentences::role(locale, row.reviewer), a, b]
    };
    let mut lines = vec![[String::new(), a, b]];
    lines.extend(rows.iter().map(row));
    columns(TABLE, &lines)
}

fn said(locale: &Locale, verdict: Verdict) -> String {
    format!(
        "{} {}",
        sentences::sign(verdict),
        sentences::verdict(locale, verdict)
    )
}

fn reviews(locale: &Locale, comparison: &Comparison, row: &ScorecardRow<'_>) -> Vec<String> {
    let role = wrap(&sentences::role(locale, row.reviewer), WIDTH);
    let rule = "-".repeat(role.lines().map(UnicodeWidthStr::width).max().unwrap_or(0));
    let mut parts = vec![format!("{role}\n{rule}")];
    let given = comparison.tools.iter().zip(row.reviews);
    parts.extend(given.filter_map(|(tool, given)| Some(review(locale, tool, given?))));
    parts
}

fn review(locale: &Locale, tool: &Tool, review: &Review) -> String {
    let value = said(locale, review.verdict);
    let verdict = locale.text("mail-labeled", args![label = &tool.name, value]);
    let quote = locale.text("quote", args![text = &review.quote]);
    let (verdict, quote) = (wrap(&verdict, WIDTH), wrap(&quote, WIDTH - 2));
    format!("{verdict}\n{}", hang("  ", &quote))
}

fn vote(locale: &Locale, comparison: &Comparison, personal: &Personal) -> Vec<String> {
    let mut parts = vec![heading(&locale.text("mail-vote", args![]))];
    let tools = comparison.tools.iter();
    parts.extend(tools.map(|tool| vote_on(locale, tool, personal)));
    parts.extend(sentences::voting(locale, comparison).map(Message::into_text));
    parts
}

/// Each link ends its line, as every personal value does.
fn vote_on(locale: &Locale, tool: &Tool, personal: &Personal) -> String {
    let link = |verdict: Verdict| {
        let label = sentences::verdict(locale, verdict);
        let (url, slug, verdict) = (&personal.vote_url, &tool.slug, verdict.into_str());
        let value = format!("{url}/{slug}/{verdict}");
        locale.text("mail-labeled", args![label, value])
    };
    let links = [Verdict::Ship, Verdict::Skip].map(link).join("\n");
    format!("{}\n{links}", wrap(&tool.name, WIDTH))
}

fn last_time(newsletter: &Newsletter, previous: &Previous) -> String {
    let said = wrap(
        sentences::last_time(&newsletter.locale, previous).as_str(),
        WIDTH,
    );
    format!("\n{said}\n{}", newsletter.comparison_url(&previous.slug))
}

fn sign_up(newsletter: &Newsletter) -> Vec<String> {
    let locale = &newsletter.locale;
    let subscribe = locale.message("subscribe-to", args![newsletter = &newsletter.name]);
    vec![
        heading(&locale.text("mail-forwarded", args![])),
        wrap(offer(newsletter).as_str(), WIDTH),
        link(locale, &subscribe, &newsletter.join_url),
    ]
}

/// Personal values end their lines, because their length is not known here.
pub(super) fn footer(newsletter: &Newsletter, personal: &Personal) -> Vec<String> {
    let locale = &newsletter.locale;
    let why = locale.text("mail-why", args![newsletter = &newsletter.name]);
    let leave = locale.message("mail-unsubscribe", args![]);
    let settings = locale.message("mail-settings-link", args![]);
    vec![
        "-".repeat(WIDTH),
        format!("{}\n{}", wrap(&why, WIDTH), personal.address),
        link(locale, &leave, &personal.unsubscribe_url),
        link(locale, &settings, &personal.settings_url),
        newsletter.postal_address.clone(),
    ]
}
