//! The sentences that the mail's two parts and the page share.

use chrono::NaiveDate;

use crate::comparison::{Comparison, FEWEST_VOTES, Pick, Previous, Side, Tally, Tool, Verdict};

pub(crate) const SIGN_UP_TITLE: &str = "Weekly AI Tool Verdicts";

pub(crate) const SIGN_UP: &str = "Get the next comparison in your inbox";

/// Marks an invented comparison.
pub(crate) const SAMPLE: &str = "Sample: the tools are invented";

/// The heading above the lead.
pub(crate) const PANEL: &str = "What the panel says";

pub(crate) const FACTS: &str = "What is known";

pub(crate) const SCORECARD: &str = "Reviewer scorecard";

/// Separates the tools in a headline.
pub(crate) const VERSUS: &str = " vs ";

/// Replaces a missing number.
pub(crate) const NONE: &str = "—";

/// Such as "2 June 2026".
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// A share, such as "75%", or a dash without verdicts.
pub(crate) fn share(tally: Tally) -> String {
    tally
        .ship_percent()
        .map_or_else(|| NONE.to_owned(), |percent| format!("{percent}%"))
}

/// What a share counts, such as "3 of 4 reviewers would ship it".
pub(crate) fn panel(tally: Tally) -> String {
    match (tally.ship, tally.total()) {
        (_, 0) => "no reviews yet".to_owned(),
        (1, 1) => "the one reviewer would ship it".to_owned(),
        (_, 1) => "the one reviewer would skip it".to_owned(),
        (ship, total) => format!("{ship} of {total} reviewers would ship it"),
    }
}

/// The readers' share, such as "62%", or a dash for too few votes.
pub(crate) fn community_share(tally: Tally) -> String {
    if tally.total() < FEWEST_VOTES {
        return NONE.to_owned();
    }
    share(tally)
}

/// What the readers' share counts, such as "ship it, 214 votes".
pub(crate) fn community(tally: Tally) -> String {
    match tally.total() {
        0..FEWEST_VOTES => "fewer than five votes so far".to_owned(),
        total => format!("ship it, {total} votes"),
    }
}

/// The readers' votes on the previous comparison, such as "Last time: A vs B. Of you, 62% would ship A."
pub(crate) fn last_time(previous: &Previous) -> String {
    let counted = previous
        .tools
        .iter()
        .filter(|(_, tally)| tally.total() >= FEWEST_VOTES);
    let shares = counted.map(|(name, tally)| {
        let (share, total) = (share(*tally), tally.total());
        format!("{share} would ship {name} ({total} votes)")
    });
    let said: Vec<String> = shares.collect();
    let title = &previous.title;
    if said.is_empty() {
        return format!("Last time: {title}. Fewer than five of you voted on either.");
    }
    format!("Last time: {title}. Of you, {}.", said.join(", and "))
}

/// When voting closes.
pub(crate) fn voting(comparison: &Comparison) -> Option<String> {
    let closes = comparison.last_day_of_voting()?;
    Some(format!("Voting closes on {}.", day(closes)))
}

/// The label of a verdict.
pub(crate) fn chip(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ship => "Ship",
        Verdict::Skip => "Skip",
    }
}

/// A verdict's sign, so that no reader has to rely on the color.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ship => "✓",
        Verdict::Skip => "✕",
    }
}

/// Capitalizes a word, such as a role in a heading: "Builder".
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Which tool leads, as a heading: "Llama leads" or "A tie".
pub(crate) fn lead_title(comparison: &Comparison) -> String {
    let [a, b] = &comparison.tools;
    lead_between(comparison.lead(), &[a.name.as_str(), b.name.as_str()])
}

/// The same from the tools' names alone.
pub(crate) fn lead_between(lead: Pick, names: &[impl AsRef<str>; 2]) -> String {
    let [a, b] = names;
    match lead {
        Pick::Tool(Side::A) => format!("{} leads", a.as_ref()),
        Pick::Tool(Side::B) => format!("{} leads", b.as_ref()),
        Pick::Tie => "A tie".to_owned(),
    }
}

/// By how much the tool leads.
pub(crate) fn lead(comparison: &Comparison) -> String {
    match comparison.lead() {
        Pick::Tool(side) => {
            let (first, second) = (comparison.tool(side), comparison.tool(other(side)));
            let (share, name) = (share(first.panel()), &second.name);
            let against = match second.panel().ship_percent() {
                Some(percent) => format!(", against {percent}% for {name}."),
                None => format!(". Nobody reviewed {name}."),
            };
            format!("{share} of its panel would ship it{against}")
        }
        Pick::Tie => tie(comparison.tools[0].panel()),
    }
}

fn tie(panel: Tally) -> String {
    match panel.ship_percent() {
        Some(100) => "The whole panel would ship either.".to_owned(),
        Some(percent) if percent > 0 => format!("{percent}% of the panel would ship either."),
        _ => "The panel would ship neither.".to_owned(),
    }
}

/// The editor's pick, if there is one.
pub(crate) fn pick(comparison: &Comparison) -> Option<String> {
    let pick = comparison.pick?;
    let aside = match pick == comparison.lead() {
        true => "",
        false => ", against the panel",
    };
    Some(match pick {
        Pick::Tool(side) => format!("Editor’s pick: {}{aside}.", comparison.tool(side).name),
        Pick::Tie => format!("Editor’s pick: neither above the other{aside}."),
    })
}

/// The split: which roles disagree between the tools, then within each tool.
pub(crate) fn split(comparison: &Comparison) -> Vec<String> {
    let split = comparison.split();
    let [a, b] = &comparison.tools;
    let mut sentences = between(comparison, &split.between);
    sentences.push(within(a, &split.within[0]));
    sentences.push(within(b, &split.within[1]));
    sentences
}

fn between(comparison: &Comparison, roles: &[&str]) -> Vec<String> {
    [Side::A, Side::B]
        .into_iter()
        .filter_map(|side| {
            let (shipped, skipped) = (comparison.tool(side), comparison.tool(other(side)));
            let would = |role: &&str| verdict_of(shipped, role) == Some(Verdict::Ship);
            let roles: Vec<&str> = roles.iter().copied().filter(would).collect();
            let (who, ship, skip) = (capital(&the(&roles)), &shipped.name, &skipped.name);
            (!roles.is_empty()).then(|| format!("{who} would ship {ship} and skip {skip}."))
        })
        .collect()
}

/// One sentence on a tool; `outvoted` are the roles in the minority.
fn within(tool: &Tool, outvoted: &[&str]) -> String {
    let (name, panel) = (&tool.name, tool.panel());
    let (most, fewest) = match panel.ship >= panel.skip {
        true => (Verdict::Ship, Verdict::Skip),
        false => (Verdict::Skip, Verdict::Ship),
    };
    if panel.total() == 0 {
        return format!("Nobody on the panel reviewed {name}.");
    }
    if outvoted.is_empty() {
        return format!("On {name} {} would {}.", everyone(tool), most.into_str());
    }
    if panel.ship == panel.skip {
        let camp = |verdict| {
            let in_it = |role: &&str| verdict_of(tool, role) == Some(verdict);
            the(&outvoted.iter().copied().filter(in_it).collect::<Vec<_>>())
        };
        let (ship, skip) = (camp(Verdict::Ship), camp(Verdict::Skip));
        return format!(
            "On {name} the panel is cut in half: {ship} would ship, {skip} would skip."
        );
    }
    let (who, verdict) = (the(outvoted), fewest.into_str());
    let alone = if outvoted.len() == 1 { " alone" } else { "" };
    format!("On {name} {who}{alone} would {verdict}.")
}

/// The reviewers of a tool if they all agree.
fn everyone(tool: &Tool) -> String {
    match tool.reviews.as_slice() {
        [one] => format!("the {}, its only reviewer,", one.reviewer),
        [_, _] => "both reviewers".to_owned(),
        all => format!("all {} reviewers", count(all.len())),
    }
}

fn verdict_of(tool: &Tool, role: &str) -> Option<Verdict> {
    tool.review_by(role).map(|review| review.verdict)
}

/// "the builder", "the builder and the skeptic", "the builder, the skeptic and the founder".
fn the(roles: &[&str]) -> String {
    let mut roles: Vec<String> = roles.iter().map(|role| format!("the {role}")).collect();
    let last = roles.pop().unwrap_or_default();
    match roles.is_empty() {
        true => last,
        false => format!("{} and {last}", roles.join(", ")),
    }
}

fn count(number: usize) -> String {
    const WORDS: [&str; 10] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let word = WORDS.get(number).map(ToString::to_string);
    word.unwrap_or_else(|| number.to_string())
}

fn other(side: Side) -> Side {
    match side {
        Side::A => Side::B,
        Side::B => Side::A,
    }
}

/// A URL's site, such as "example.com", for the text of a link.
pub(crate) fn site(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::comparison;

    #[test]
    fn the_split_is_told_between_the_tools_then_within_each() {
        let mut comparison = comparison();
        assert_eq!(
            split(&comparison),
            [
                "On Axolotl <0.16> the creator alone would skip.",
                "On Llama & Co all three reviewers would ship.",
            ]
        );
        comparison.tools[0].reviews[0].verdict = Verdict::Skip;
        comparison.tools[1].reviews.truncate(2);
        comparison.tools[1].reviews[1].verdict = Verdict::Skip;
        assert_eq!(
            split(&comparison),
            [
                "The skeptic would ship Axolotl <0.16> and skip Llama & Co.",
                "On Axolotl <0.16> the skeptic alone would ship.",
                "On Llama & Co the panel is cut in half: the founder would ship, the skeptic would skip.",
            ]
        );
        comparison.tools[0].reviews.truncate(1);
        comparison.tools[1].reviews.clear();
        assert_eq!(
            split(&comparison),
            [
                "On Axolotl <0.16> the builder, its only reviewer, would skip.",
                "Nobody on the panel reviewed Llama & Co.",
            ]
        );
    }

    #[test]
    fn the_lead_is_told_with_both_shares() {
        let mut comparison = comparison();
        assert_eq!(lead_title(&comparison), "Llama & Co leads");
        assert_eq!(
            lead(&comparison),
            "100% of its panel would ship it, against 67% for Axolotl <0.16>."
        );
        comparison.tools[0].reviews.pop();
        assert_eq!(lead_title(&comparison), "A tie");
        assert_eq!(lead(&comparison), "The whole panel would ship either.");
        comparison.tools[1].reviews.clear();
        assert_eq!(
            lead(&comparison),
            "100% of its panel would ship it. Nobody reviewed Llama & Co."
        );
        comparison.tools[0].reviews.clear();
        assert_eq!(lead(&comparison), "The panel would ship neither.");
    }

    #[test]
    fn a_pick_against_the_panel_says_so() {
        let mut comparison = comparison();
        assert_eq!(pick(&comparison), None);
        comparison.pick = Some(Pick::Tool(Side::B));
        assert_eq!(
            pick(&comparison).as_deref(),
            Some("Editor’s pick: Llama & Co.")
        );
        comparison.pick = Some(Pick::Tie);
        let said = pick(&comparison);
        assert_eq!(
            said.as_deref(),
            Some("Editor’s pick: neither above the other, against the panel.")
        );
    }

    #[test]
    fn a_source_is_shown_by_its_site() {
        let sites = [
            "https://www.example.com/a?b#c",
            "http://example.com",
            "example.com/x",
        ];
        assert!(sites.iter().all(|url| site(url) == "example.com"));
    }
}
