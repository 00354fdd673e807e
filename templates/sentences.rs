//! The sentences that the mail's two parts and the page share.

pub(crate) mod mail;

use chrono::NaiveDate;

use crate::comparison::{
    Comparison, FEWEST_VOTES, PanelResult, Pick, Previous, Side, Tally, Tool, Verdict,
};

pub(crate) const SIGN_UP: &str = "Get the next comparison in your inbox";

/// Marks an invented comparison.
pub(crate) const SAMPLE: &str = "Sample: the tools are invented";

/// The heading above the result.
pub(crate) const PANEL: &str = "The panel";

/// Marks the winner in the table of both tools' figures, whose rows follow.
pub(crate) const WINNER: &str = "Winner";
pub(crate) const PANEL_ROW: &str = "Panel";
pub(crate) const COMMUNITY_ROW: &str = "Community";
pub(crate) const PRICE_ROW: &str = "Entry price";
pub(crate) const MAKER_ROW: &str = "Maker";
pub(crate) const CATEGORY_ROW: &str = "Category";

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
    if !tally.is_enough() {
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

/// The readers' votes on the previous comparison, such as "Last time: A vs B. 62% of you would ship A (214 votes)."
pub(crate) fn last_time(previous: &Previous) -> String {
    let title = &previous.title;
    let counted = previous.tools.iter().filter(|(_, tally)| tally.is_enough());
    let said: Vec<String> = counted.map(|(name, tally)| readers(name, *tally)).collect();
    match said.is_empty() {
        true => format!("Last time: {title}. Fewer than five of you voted on either."),
        false => format!("Last time: {title}. {}", said.join(" ")),
    }
}

/// The readers' votes on a tool, such as "62% of you would ship A (214 votes)."
pub(crate) fn readers(name: &str, tally: Tally) -> String {
    let (share, total) = (share(tally), tally.total());
    format!("{share} of you would ship {name} ({total} votes).")
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

/// The panel's result, as a heading: "Llama wins", "A tie".
pub(crate) fn result_title(comparison: &Comparison) -> String {
    match comparison.result() {
        PanelResult::Wins(side) => format!("{} wins", comparison.tool(side).name),
        PanelResult::Tie => "A tie".to_owned(),
        PanelResult::Split => "A split panel".to_owned(),
        PanelResult::NoContest => "No contest".to_owned(),
    }
}

/// By how much, such as "All 4 reviewers would ship it. 3 of 4 would ship Axolotl."
pub(crate) fn result(comparison: &Comparison) -> String {
    let [a, b] = &comparison.tools;
    match comparison.result() {
        PanelResult::Wins(side) => {
            let (first, second) = (comparison.tool(side), comparison.tool(side.other()));
            let all = first.panel();
            let shipped = match (all.ship, all.total()) {
                (1, 1) => "Its only reviewer".to_owned(),
                (ship, total) if ship == total => format!("All {total} reviewers"),
                (ship, total) => format!("{ship} of {total} reviewers"),
            };
            let other = ships(second.panel());
            format!(
                "{shipped} would ship it. {other} would ship {}.",
                second.name
            )
        }
        PanelResult::Tie | PanelResult::Split => match a.panel() == b.panel() {
            true => format!("{} reviewers would ship each.", ships(a.panel())),
            false => format!(
                "{} would ship {}, and {} would ship {}.",
                ships(a.panel()),
                a.name,
                ships(b.panel()),
                b.name
            ),
        },
        PanelResult::NoContest => {
            let reviewed = comparison
                .tools
                .iter()
                .find(|tool| tool.panel().total() > 0);
            match reviewed {
                Some(tool) => format!(
                    "The panel reviewed only {}: {} would ship it.",
                    tool.name,
                    ships(tool.panel())
                ),
                None => "The panel has reviewed neither.".to_owned(),
            }
        }
    }
}

/// The result on one line: who wins, and by how much.
pub fn result_line(comparison: &Comparison) -> String {
    format!("{}. {}", result_title(comparison), result(comparison))
}

/// Both tools' figures on one line, the winner first: "Llama, 4 of 4 ship · Axolotl, 3 of 4".
pub(crate) fn result_in_short(comparison: &Comparison) -> String {
    let first = comparison.result().winner().unwrap_or(Side::A);
    let of = |side: Side, ship: &str| {
        let tool = comparison.tool(side);
        match tool.panel().total() {
            0 => format!("{}, not reviewed", tool.name),
            _ => format!("{}, {}{ship}", tool.name, ships(tool.panel())),
        }
    };
    let ship_again = match comparison.tool(first).panel().total() {
        0 => " ship",
        _ => "",
    };
    format!("{} · {}", of(first, " ship"), of(first.other(), ship_again))
}

/// Such as "3 of 4".
fn ships(panel: Tally) -> String {
    format!("{} of {}", panel.ship, panel.total())
}

/// Warns that the two shares do not come from the same people.
pub(crate) fn different_panels(comparison: &Comparison) -> Option<&'static str> {
    comparison
        .has_different_panels()
        .then_some("Not every reviewer tried both tools.")
}

/// The editor's pick, if there is one.
pub(crate) fn pick(comparison: &Comparison) -> Option<String> {
    let pick = comparison.pick?;
    let aside = match comparison.result() {
        result @ PanelResult::Wins(_) if !result.agrees_with(pick) => ", against the panel",
        _ => "",
    };
    Some(match pick {
        Pick::Tool(side) => format!("Editor’s pick: {}{aside}.", comparison.tool(side).name),
        Pick::Tie => format!("Editor’s pick: a tie{aside}."),
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
            let (shipped, skipped) = (comparison.tool(side), comparison.tool(side.other()));
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
    fn the_result_says_who_wins_and_by_how_much() {
        let mut comparison = comparison();
        let said = |comparison: &Comparison| {
            [
                result_title(comparison),
                result(comparison),
                result_in_short(comparison),
            ]
        };
        assert_eq!(
            said(&comparison),
            [
                "Llama & Co wins",
                "All 3 reviewers would ship it. 2 of 3 would ship Axolotl <0.16>.",
                "Llama & Co, 3 of 3 ship · Axolotl <0.16>, 2 of 3",
            ]
        );
        comparison.tools[0].reviews[2].verdict = Verdict::Ship;
        assert_eq!(
            said(&comparison),
            [
                "A tie",
                "3 of 3 reviewers would ship each.",
                "Axolotl <0.16>, 3 of 3 ship · Llama & Co, 3 of 3",
            ]
        );
        comparison.tools[0].reviews[0].verdict = Verdict::Skip;
        comparison.tools[1].reviews[1].verdict = Verdict::Skip;
        assert_eq!(
            said(&comparison)[..2],
            ["A split panel", "2 of 3 reviewers would ship each."]
        );
        comparison.tools[0].reviews.clear();
        assert_eq!(
            said(&comparison),
            [
                "No contest",
                "The panel reviewed only Llama & Co: 2 of 3 would ship it.",
                "Axolotl <0.16>, not reviewed · Llama & Co, 2 of 3 ship",
            ]
        );
        comparison.tools[1].reviews.clear();
        assert_eq!(result(&comparison), "The panel has reviewed neither.");
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
            Some("Editor’s pick: a tie, against the panel.")
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
