//! The plain-text part: all the content of the HTML part, in the same order.

use crate::comparison::{
    Comparison, Fact, Newsletter, Previous, Review, ScorecardRow, Side, Tally, Tool, Verdict,
};
use crate::lines::{columns, hang, wrap};
use crate::sentences;
use crate::sentences::mail as words;

use super::Personal;

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
    let mut parts = masthead(comparison, newsletter);
    parts.extend(headline(comparison));
    parts.extend(strip(comparison));
    parts.push(table(comparison));
    parts.push(personal.greeting.clone());
    parts.push(comparison.intro.to_text(WIDTH));
    parts.extend(comparison.tools.iter().flat_map(tool));
    parts.extend(scorecard(comparison));
    parts.extend(vote(comparison, personal));
    parts.extend(previous.map(|previous| last_time(newsletter, previous)));
    parts.extend(sign_up(newsletter));
    parts.extend(footer(newsletter, personal));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn masthead(comparison: &Comparison, newsletter: &Newsletter) -> Vec<String> {
    let mut plate = vec![newsletter.name.to_uppercase()];
    plate.extend(comparison.date.map(sentences::day));
    let url = newsletter.comparison_url(&comparison.slug);
    let online = format!("{}:\n{url}", words::READ_ONLINE);
    vec![plate.join("\n"), online]
}

fn headline(comparison: &Comparison) -> Vec<String> {
    let rule = "=".repeat(WIDTH);
    let mark = match comparison.sample {
        true => format!("[{}]\n", sentences::SAMPLE),
        false => String::new(),
    };
    let [title, question] = [&comparison.title, &comparison.question].map(|text| wrap(text, WIDTH));
    vec![format!("{rule}\n{mark}{title}\n{question}\n{rule}")]
}

fn strip(comparison: &Comparison) -> Vec<String> {
    let title = sentences::result_title(comparison);
    let mut lines = vec![
        format!("{}: {title}", sentences::PANEL.to_uppercase()),
        sentences::result(comparison),
    ];
    lines.extend(sentences::different_panels(comparison).map(str::to_owned));
    lines.extend(sentences::pick(comparison));
    let lines = lines.iter().map(|line| wrap(line, WIDTH));
    vec![lines.collect::<Vec<_>>().join("\n")]
}

/// Both tools' figures, side by side.
fn table(comparison: &Comparison) -> String {
    let winner = comparison.result().winner();
    let row = |label: &str, cell: &dyn Fn(Side) -> String| {
        let [a, b] = Side::BOTH.map(cell);
        [label.to_owned(), a, b]
    };
    let of = |cell: fn(&Tool) -> String| move |side| cell(comparison.tool(side));
    let mut rows = vec![row("", &of(|tool| tool.name.clone()))];
    if winner.is_some() {
        let mark = format!("{} {}", sentences::sign(Verdict::Ship), sentences::WINNER);
        let marked = |side| match winner == Some(side) {
            true => mark.clone(),
            false => String::new(),
        };
        rows.push(row("", &marked));
    }
    rows.push(row(sentences::PANEL_ROW, &of(|tool| panel(tool.panel()))));
    if comparison.has_community() {
        rows.push(row(
            sentences::COMMUNITY_ROW,
            &of(|tool| community(tool.community)),
        ));
    }
    rows.push(row(sentences::PRICE_ROW, &of(price)));
    rows.push(row(sentences::MAKER_ROW, &of(|tool| tool.maker.clone())));
    rows.push(row(
        sentences::CATEGORY_ROW,
        &of(|tool| tool.category.clone()),
    ));
    columns(TABLE, &rows)
}

fn panel(panel: Tally) -> String {
    let share = sentences::share(panel);
    format!("{share} {}\n{}", bar(panel), words::panel_in_short(panel))
}

/// One mark for each reviewer, ships first: `[###.]`.
fn bar(panel: Tally) -> String {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    match panel.total() {
        0 => String::new(),
        _ => format!("[{}{}]", marks("#", panel.ship), marks(".", panel.skip)),
    }
}

fn community(community: Tally) -> String {
    let share = sentences::community_share(community);
    format!("{share} {}", sentences::community(community))
}

fn price(tool: &Tool) -> String {
    let note = tool.price.note.iter().map(|note| format!("\n{note}"));
    tool.price.entry.label().to_owned() + &note.collect::<String>()
}

fn heading(title: &str) -> String {
    format!("\n{}\n{}", wrap(title, WIDTH), "-".repeat(WIDTH))
}

fn tool(tool: &Tool) -> Vec<String> {
    let mut facts = Vec::new();
    if !tool.facts.is_empty() {
        facts.push(format!("{}:", sentences::FACTS));
        facts.extend(tool.facts.iter().map(fact));
    }
    let maker = wrap(&words::by(&tool.maker), WIDTH);
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

fn scorecard(comparison: &Comparison) -> Vec<String> {
    let rows = comparison.scorecard();
    let mut parts = vec![
        heading(sentences::SCORECARD),
        wrap(&sentences::split(comparison).join(" "), WIDTH),
        matrix(comparison, &rows),
    ];
    parts.extend(rows.iter().flat_map(|row| reviews(comparison, row)));
    parts
}

/// Every role's verdict on each tool.
fn matrix(comparison: &Comparison, rows: &[ScorecardRow<'_>]) -> String {
    let [a, b] = comparison.tools.each_ref().map(|tool| tool.name.clone());
    let verdict = |review: Option<&Review>| match review {
        Some(review) => said(review.verdict),
        None => format!("– {}", words::NOT_REVIEWED),
    };
    let row = |row: &ScorecardRow<'_>| {
        let [a, b] = row.reviews.map(verdict);
        [sentences::capital(row.reviewer), a, b]
    };
    let mut lines = vec![[String::new(), a, b]];
    lines.extend(rows.iter().map(row));
    columns(TABLE, &lines)
}

fn said(verdict: Verdict) -> String {
    format!("{} {}", sentences::sign(verdict), sentences::chip(verdict))
}

fn reviews(comparison: &Comparison, row: &ScorecardRow<'_>) -> Vec<String> {
    let mut parts = vec![sentences::capital(row.reviewer).to_uppercase()];
    let given = comparison.tools.iter().zip(row.reviews);
    parts.extend(given.filter_map(|(tool, given)| Some(review(tool, given?))));
    parts
}

fn review(tool: &Tool, review: &Review) -> String {
    let name = wrap(&format!("{}: {}", tool.name, said(review.verdict)), WIDTH);
    let quote = wrap(&format!("\"{}\"", review.quote), WIDTH - 2);
    format!("{name}\n{}", hang("  ", &quote))
}

fn vote(comparison: &Comparison, personal: &Personal) -> Vec<String> {
    let mut parts = vec![heading(words::VOTE)];
    let tools = comparison.tools.iter();
    parts.extend(tools.map(|tool| vote_on(tool, personal)));
    parts.extend(sentences::voting(comparison));
    parts
}

/// Each link ends its line, as every personal value does.
fn vote_on(tool: &Tool, personal: &Personal) -> String {
    let link = |verdict: Verdict| {
        let (label, url) = (sentences::chip(verdict), &personal.vote_url);
        format!("{label}: {url}/{}/{}", tool.slug, verdict.into_str())
    };
    let links = [Verdict::Ship, Verdict::Skip].map(link).join("\n");
    format!("{}\n{links}", wrap(&tool.name, WIDTH))
}

fn last_time(newsletter: &Newsletter, previous: &Previous) -> String {
    let said = wrap(&sentences::last_time(previous), WIDTH);
    format!("\n{said}\n{}", newsletter.comparison_url(&previous.slug))
}

fn sign_up(newsletter: &Newsletter) -> Vec<String> {
    let offer = format!("{} {}:", words::summary(newsletter), sentences::SIGN_UP);
    vec![
        heading(words::FORWARDED),
        format!("{}\n{}", wrap(&offer, WIDTH), newsletter.join_url),
    ]
}

/// Personal values end their lines, because their length is not known here.
pub(super) fn footer(newsletter: &Newsletter, personal: &Personal) -> Vec<String> {
    let why = wrap(&words::why_before(newsletter), WIDTH);
    vec![
        "-".repeat(WIDTH),
        format!("{why}\n{}", personal.address),
        format!("{}:\n{}", words::UNSUBSCRIBE, personal.unsubscribe_url),
        format!("{}:\n{}", words::SETTINGS, personal.settings_url),
        newsletter.postal_address.clone(),
    ]
}
