//! The plain-text part: everything the HTML part says, for a terminal.

use crate::comparison::{
    Comparison, Fact, Newsletter, Previous, Review, ScorecardRow, Tally, Tool, Verdict,
};
use crate::lines::{hang, wrap};
use crate::sentences;

use super::Personal;

/// Characters in a line.
const WIDTH: usize = 72;

/// The whole part. Parts of it are separated by a blank line.
pub(super) fn text(
    comparison: &Comparison,
    newsletter: &Newsletter,
    personal: &Personal,
    previous: Option<&Previous>,
) -> String {
    let [a, b] = &comparison.tools;
    let mut parts = masthead(comparison, newsletter);
    parts.extend(headline(comparison));
    parts.push(personal.greeting.clone());
    parts.push(comparison.intro.to_text(WIDTH));
    parts.extend(tool("A", a, personal));
    parts.extend(tool("B", b, personal));
    parts.extend(sentences::voting(comparison));
    parts.extend(lead(comparison));
    parts.push(heading(sentences::SCORECARD));
    parts.extend(
        comparison
            .scorecard()
            .iter()
            .flat_map(|row| scorecard_row(comparison, row)),
    );
    parts.extend(previous.map(|previous| last_time(newsletter, previous)));
    parts.extend(sign_up(newsletter));
    parts.extend(footer(newsletter, personal));
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn masthead(comparison: &Comparison, newsletter: &Newsletter) -> Vec<String> {
    let mut plate = vec![newsletter.name.to_uppercase(), newsletter.tagline.clone()];
    plate.extend(comparison.date.map(sentences::day));
    vec![
        plate.join("\n"),
        format!(
            "Read on the web:\n{}",
            newsletter.comparison_url(&comparison.slug)
        ),
    ]
}

fn headline(comparison: &Comparison) -> Vec<String> {
    let rule = "=".repeat(WIDTH);
    let mark = if comparison.sample {
        format!("[{}]\n", sentences::SAMPLE)
    } else {
        String::new()
    };
    let (title, question) = (
        wrap(&comparison.title, WIDTH),
        wrap(&comparison.question, WIDTH),
    );
    vec![format!("{rule}\n{mark}{title}\n{question}\n{rule}")]
}

fn heading(title: &str) -> String {
    format!("\n{}\n{}", wrap(title, WIDTH), "-".repeat(WIDTH))
}

fn tool(letter: &str, tool: &Tool, personal: &Personal) -> Vec<String> {
    let facts = match tool.facts.as_slice() {
        [] => String::new(),
        all => all
            .iter()
            .fold(format!("{}:", sentences::FACTS), |text, one| {
                format!("{text}\n{}", fact(one))
            }),
    };
    vec![
        heading(&format!("{letter}. {}", tool.name)),
        format!(
            "{}\n{}",
            wrap(&format!("{}, by {}", tool.category, tool.maker), WIDTH),
            tool.url
        ),
        wrap(&tool.tagline, WIDTH),
        readings(tool),
        vote(tool, personal),
        tool.description.to_text(WIDTH),
        facts,
    ]
}

/// The links end their lines, as every personal value does.
fn vote(tool: &Tool, personal: &Personal) -> String {
    let link = |verdict: Verdict| {
        let (said, url) = (sentences::chip(verdict), &personal.vote_url);
        format!("{said}: {url}/{}/{}", tool.slug, verdict.into_str())
    };
    format!(
        "Your verdict?\n{}\n{}",
        link(Verdict::Ship),
        link(Verdict::Skip)
    )
}

fn last_time(newsletter: &Newsletter, previous: &Previous) -> String {
    let said = wrap(&sentences::last_time(previous), WIDTH);
    format!("\n{said}\n{}", newsletter.comparison_url(&previous.slug))
}

fn fact(fact: &Fact) -> String {
    let text = wrap(&fact.text, WIDTH - 2);
    let source = fact
        .source
        .as_ref()
        .map(|url| format!("\n{url}"))
        .unwrap_or_default();
    hang("- ", &format!("{text}{source}"))
}

fn readings(tool: &Tool) -> String {
    let entry = tool.price.entry.label();
    let price = tool
        .price
        .note
        .as_ref()
        .map_or_else(|| entry.to_owned(), |note| format!("{entry}. {note}"));
    let panel = tool.panel();
    let lines = [
        ("Entry price  ", price),
        (
            "Panel        ",
            join(&[
                &sentences::share(panel),
                &bar(panel),
                &sentences::panel(panel),
            ]),
        ),
        (
            "Community    ",
            join(&[
                &sentences::community_share(tool.community),
                &sentences::community(tool.community),
            ]),
        ),
    ];
    lines
        .map(|(label, text)| hang(label, &wrap(&text, WIDTH - label.len())))
        .join("\n")
}

/// One mark for each reviewer, ships first: `[###.]`.
fn bar(panel: Tally) -> String {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    match panel.total() {
        0 => String::new(),
        _ => format!("[{}{}]", marks("#", panel.ship), marks(".", panel.skip)),
    }
}

fn join(words: &[&str]) -> String {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.is_empty())
        .collect();
    words.join("  ")
}

fn lead(comparison: &Comparison) -> Vec<String> {
    vec![
        heading(&sentences::lead_title(comparison)),
        wrap(&sentences::lead(comparison), WIDTH),
        wrap(&sentences::split(comparison).join(" "), WIDTH),
        sentences::pick(comparison)
            .map(|pick| wrap(&pick, WIDTH))
            .unwrap_or_default(),
    ]
}

fn scorecard_row(comparison: &Comparison, row: &ScorecardRow<'_>) -> Vec<String> {
    let [a, b] = &comparison.tools;
    let mut parts = vec![sentences::capital(row.reviewer).to_uppercase()];
    parts.extend(row.reviews[0].map(|given| review("A", a, given)));
    parts.extend(row.reviews[1].map(|given| review("B", b, given)));
    parts
}

fn review(letter: &str, tool: &Tool, review: &Review) -> String {
    let verdict = review.verdict.into_str().to_uppercase();
    let quote = wrap(&format!("\"{}\"", review.quote), WIDTH - 3);
    hang(
        &format!("{letter}  "),
        &format!("{}: {verdict}\n{quote}", tool.name),
    )
}

fn sign_up(newsletter: &Newsletter) -> Vec<String> {
    vec![
        heading(sentences::SIGN_UP_TITLE),
        format!(
            "Did somebody forward this to you?\n{}:\n{}",
            sentences::SIGN_UP,
            newsletter.join_url
        ),
    ]
}

/// The personal values end their lines: what they will be is not known here, so nothing follows.
pub(super) fn footer(newsletter: &Newsletter, personal: &Personal) -> Vec<String> {
    let why = format!(
        "You get this mail because this address is signed up for {}:",
        newsletter.name
    );
    vec![
        "-".repeat(WIDTH),
        format!("{}\n{}", wrap(&why, WIDTH), personal.address),
        format!("Unsubscribe at any time:\n{}", personal.unsubscribe_url),
        format!("Pause, or change your settings:\n{}", personal.settings_url),
        format!("Sent by {}\n{}", newsletter.name, newsletter.postal_address),
    ]
}
