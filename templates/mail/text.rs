//! The plain-text part: all the content of the HTML part.

use crate::comparison::{
    Comparison, Fact, Newsletter, Previous, Review, ScorecardRow, Tally, Tool, Verdict,
};
use crate::lines::{hang, wrap};
use crate::sentences;

use super::Personal;

/// Characters in a line.
const WIDTH: usize = 72;

/// The whole part: its paragraphs, separated by blank lines.
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
    let scorecard = comparison.scorecard();
    parts.extend(
        scorecard
            .iter()
            .flat_map(|row| scorecard_row(comparison, row)),
    );
    parts.extend(previous.map(|previous| last_time(newsletter, previous)));
    parts.extend(sign_up(newsletter));
    parts.extend(footer(newsletter, personal));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn masthead(comparison: &Comparison, newsletter: &Newsletter) -> Vec<String> {
    let mut plate = vec![newsletter.name.to_uppercase(), newsletter.tagline.clone()];
    plate.extend(comparison.date.map(sentences::day));
    let url = newsletter.comparison_url(&comparison.slug);
    vec![plate.join("\n"), format!("Read on the web:\n{url}")]
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

fn heading(title: &str) -> String {
    format!("\n{}\n{}", wrap(title, WIDTH), "-".repeat(WIDTH))
}

fn tool(letter: &str, tool: &Tool, personal: &Personal) -> Vec<String> {
    let mut facts = Vec::new();
    if !tool.facts.is_empty() {
        facts.push(format!("{}:", sentences::FACTS));
        facts.extend(tool.facts.iter().map(fact));
    }
    let maker = wrap(&format!("{}, by {}", tool.category, tool.maker), WIDTH);
    vec![
        heading(&format!("{letter}. {}", tool.name)),
        format!("{maker}\n{}", tool.url),
        wrap(&tool.tagline, WIDTH),
        readings(tool),
        vote(tool, personal),
        tool.description.to_text(WIDTH),
        facts.join("\n"),
    ]
}

/// Each link ends its line, as every personal value does.
fn vote(tool: &Tool, personal: &Personal) -> String {
    let link = |verdict: Verdict| {
        let (said, url) = (sentences::chip(verdict), &personal.vote_url);
        format!("{said}: {url}/{}/{}", tool.slug, verdict.into_str())
    };
    let links = [Verdict::Ship, Verdict::Skip].map(link).join("\n");
    format!("Your verdict?\n{links}")
}

fn last_time(newsletter: &Newsletter, previous: &Previous) -> String {
    let said = wrap(&sentences::last_time(previous), WIDTH);
    format!("\n{said}\n{}", newsletter.comparison_url(&previous.slug))
}

fn fact(fact: &Fact) -> String {
    let mut lines = vec![wrap(&fact.text, WIDTH - 2)];
    lines.extend(fact.source.clone());
    hang("- ", &lines.join("\n"))
}

fn readings(tool: &Tool) -> String {
    let (panel, community) = (tool.panel(), tool.community);
    let panel = [sentences::share(panel), bar(panel), sentences::panel(panel)];
    let community = [
        sentences::community_share(community),
        sentences::community(community),
    ];
    let lines = [
        ("Entry price  ", tool.price.in_words()),
        ("Panel        ", join(&panel)),
        ("Community    ", join(&community)),
    ];
    let lines = lines.map(|(label, text)| hang(label, &wrap(&text, WIDTH - label.len())));
    lines.join("\n")
}

/// One mark for each reviewer, ships first: `[###.]`.
fn bar(panel: Tally) -> String {
    let marks = |mark: &str, count| mark.repeat(usize::try_from(count).unwrap_or(0));
    match panel.total() {
        0 => String::new(),
        _ => format!("[{}{}]", marks("#", panel.ship), marks(".", panel.skip)),
    }
}

fn join(words: &[String]) -> String {
    let words = words.iter().map(String::as_str);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("  ")
}

fn lead(comparison: &Comparison) -> Vec<String> {
    let pick = sentences::pick(comparison).unwrap_or_default();
    vec![
        heading(&sentences::result_title(comparison)),
        wrap(&sentences::result(comparison), WIDTH),
        wrap(&sentences::split(comparison).join(" "), WIDTH),
        wrap(&pick, WIDTH),
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
    let text = format!("{}: {verdict}\n{quote}", tool.name);
    hang(&format!("{letter}  "), &text)
}

fn sign_up(newsletter: &Newsletter) -> Vec<String> {
    let (offer, url) = (sentences::SIGN_UP, &newsletter.join_url);
    vec![
        heading(&newsletter.name),
        format!("Did somebody forward this to you?\n{offer}:\n{url}"),
    ]
}

/// Personal values end their lines, because their length is not known here.
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
