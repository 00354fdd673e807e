//! The sentences about a comparison that mails, pages and the card share.

use crate::comparison::{
    Comparison, Entry, FEWEST_VOTES, Newsletter, PanelResult, Pick, Previous, Side, Tally, Tool,
    Verdict,
};
use crate::locale::{Locale, Message, args};

/// Keeps a sign and its word on one line.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// Replaces a missing number.
pub(crate) const NONE: &str = "—";

/// A share, such as "75%", or a dash without verdicts.
pub(crate) fn share(locale: &Locale, tally: Tally) -> String {
    let percent = tally.ship_percent();
    percent.map_or_else(|| NONE.to_owned(), |percent| locale.percent(percent))
}

/// The panel's verdicts on a tool, such as "3 of 4 would ship".
pub(crate) fn panel(locale: &Locale, panel: Tally) -> Message {
    match panel.total() {
        0 => locale.message("not-reviewed", args![]),
        count => locale.message("panel-figures", args![ship = panel.ship, count]),
    }
}

/// The readers' share, such as "62%", or a dash for too few votes.
pub(crate) fn community_share(locale: &Locale, tally: Tally) -> String {
    match tally.is_enough() {
        true => share(locale, tally),
        false => NONE.to_owned(),
    }
}

/// What the readers' share counts, such as "214 votes".
pub(crate) fn community(locale: &Locale, tally: Tally) -> Message {
    match tally.total() {
        0..FEWEST_VOTES => locale.message("votes-too-few", args![]),
        count => locale.message("votes", args![count]),
    }
}

/// The readers' votes on the previous comparison, such as "Last time: A vs B. 62% of you would ship A (214 votes)."
pub(crate) fn last_time(locale: &Locale, previous: &Previous) -> Message {
    let tools = previous.tools.iter();
    let mut votes: Vec<_> = tools
        .filter_map(|(name, tally)| readers(locale, name, *tally))
        .collect();
    if votes.is_empty() {
        votes.push(locale.message("last-time-too-few", args![]));
    }
    let title = locale.message("last-time", args![title = &previous.title]);
    locale.sentences([title].into_iter().chain(votes))
}

/// The readers' votes on a tool, such as "62% of you would ship A (214 votes).", if there are enough.
pub(crate) fn readers(locale: &Locale, tool: &str, tally: Tally) -> Option<Message> {
    let (share, count) = (share(locale, tally), tally.total());
    tally
        .is_enough()
        .then(|| locale.message("readers-would-ship", args![share, tool, count]))
}

/// When voting closes.
pub(crate) fn voting(locale: &Locale, comparison: &Comparison) -> Option<Message> {
    let date = locale.date(comparison.last_day_of_voting()?);
    Some(locale.message("voting-closes", args![date]))
}

/// A verdict as a word, such as on a button.
pub(crate) fn verdict(locale: &Locale, verdict: Verdict) -> Message {
    match verdict {
        Verdict::Ship => locale.message("ship", args![]),
        Verdict::Skip => locale.message("skip", args![]),
    }
}

/// A verdict's sign, so that no reader has to rely on the color.
pub(crate) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ship => "✓",
        Verdict::Skip => "✕",
    }
}

/// What it takes to start using a tool.
pub(crate) fn price(locale: &Locale, entry: Entry) -> Message {
    match entry {
        Entry::Free => locale.message("price-free", args![]),
        Entry::Paid => locale.message("price-paid", args![]),
        Entry::Freemium => locale.message("price-freemium", args![]),
        Entry::Trial => locale.message("price-trial", args![]),
        Entry::OpenWeights => locale.message("price-open-weights", args![]),
        Entry::OpenSource => locale.message("price-open-source", args![]),
    }
}

/// A panel role as a heading or a label: "Builder".
pub(crate) fn role(locale: &Locale, role: &str) -> String {
    let name = role_name(locale, role);
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => name,
    }
}

/// The language's own word for a role that every newsletter has.
pub(crate) fn role_name(locale: &Locale, role: &str) -> String {
    locale.text("role-name", args![role])
}

/// The headline of a comparison whose editor wrote none: "A vs B".
pub fn headline(locale: &Locale, [a, b]: [&str; 2]) -> String {
    format!("{a} {} {b}", locale.text("versus", args![]))
}

/// The two tools of such a headline, and what stands between them.
pub(crate) fn versus<'t>(locale: &Locale, title: &'t str) -> Option<(&'t str, String, &'t str)> {
    // Editors write the language's own word, or the English one.
    let words = [locale.text("versus", args![]), "vs".to_owned()];
    words.into_iter().find_map(|versus| {
        let (a, b) = title.split_once(&format!(" {versus} "))?;
        Some((a, versus, b))
    })
}

/// The panel's result, as a heading: "Llama wins", "A tie".
pub(crate) fn result_title(locale: &Locale, comparison: &Comparison) -> Message {
    match comparison.result() {
        PanelResult::Wins(side) => {
            locale.message("result-wins", args![tool = &comparison.tool(side).name])
        }
        PanelResult::Tie => locale.message("result-tie", args![]),
        PanelResult::Split => locale.message("result-split", args![]),
        PanelResult::NoContest => locale.message("result-no-contest", args![]),
    }
}

/// By how much, such as "All 4 reviewers would ship it. 3 of 4 would ship Axolotl."
pub(crate) fn result(locale: &Locale, comparison: &Comparison) -> Message {
    let [a, b] = &comparison.tools;
    match comparison.result() {
        PanelResult::Wins(side) => {
            let Tally { ship, skip } = comparison.tool(side).panel();
            let count = ship + skip;
            let winner = match skip {
                0 => locale.message("result-all-would-ship-it", args![count]),
                _ => locale.message("result-some-would-ship-it", args![ship, count]),
            };
            let other = would_ship(locale, comparison.tool(side.other()));
            locale.sentences([winner, other])
        }
        PanelResult::Tie | PanelResult::Split if a.panel() == b.panel() => {
            let (ship, count) = (a.panel().ship, a.panel().total());
            locale.message("result-each", args![ship, count])
        }
        PanelResult::Tie | PanelResult::Split => {
            locale.sentences([a, b].map(|tool| would_ship(locale, tool)))
        }
        PanelResult::NoContest => match [a, b].into_iter().find(|tool| tool.panel().total() > 0) {
            Some(tool) => {
                let (ship, count) = (tool.panel().ship, tool.panel().total());
                locale.message("result-only-one", args![tool = &tool.name, ship, count])
            }
            None => locale.message("result-neither", args![]),
        },
    }
}

/// Such as "3 of 4 would ship Axolotl."
fn would_ship(locale: &Locale, tool: &Tool) -> Message {
    let (ship, count) = (tool.panel().ship, tool.panel().total());
    locale.message("result-would-ship", args![ship, count, tool = &tool.name])
}

/// The result on one line: who wins, and by how much.
pub fn result_line(locale: &Locale, comparison: &Comparison) -> Message {
    let (title, result) = (result_title(locale, comparison), result(locale, comparison));
    locale.message("result-line", args![title, result])
}

/// Both tools' figures on one line, the winner first: "Llama, 4 of 4 ship · Axolotl, 3 of 4".
pub(crate) fn result_in_short(locale: &Locale, comparison: &Comparison) -> Message {
    let first = comparison.result().winner().unwrap_or(Side::A);
    let figures = |side: Side| {
        let Tool { name, .. } = comparison.tool(side);
        let panel = comparison.tool(side).panel();
        let (ship, count) = (panel.ship, panel.total());
        match count {
            0 => locale.message("result-short-not-reviewed", args![tool = name]),
            _ => locale.message("result-short", args![tool = name, ship, count]),
        }
    };
    let (first, second) = (figures(first), figures(first.other()));
    locale.message("result-in-short", args![first, second])
}

/// Warns that the two shares do not come from the same people.
pub(crate) fn different_panels(locale: &Locale, comparison: &Comparison) -> Option<Message> {
    comparison
        .has_different_panels()
        .then(|| locale.message("different-panels", args![]))
}

/// The editor's pick, if it differs from the panel's result.
pub(crate) fn pick(locale: &Locale, comparison: &Comparison) -> Option<Message> {
    let result = comparison.result();
    let pick = comparison.pick.filter(|pick| !result.agrees_with(*pick))?;
    let against = match result {
        PanelResult::Wins(_) => "panel",
        _ => "none",
    };
    Some(match pick {
        Pick::Tool(side) => {
            let tool = &comparison.tool(side).name;
            locale.message("pick-tool", args![tool, against])
        }
        Pick::Tie => locale.message("pick-tie", args![against]),
    })
}

/// The split: which roles disagree between the tools, then within each tool.
pub(crate) fn split(locale: &Locale, comparison: &Comparison) -> Message {
    let split = comparison.split();
    let [a, b] = &comparison.tools;
    let mut sentences = between(locale, comparison, &split.between);
    sentences.push(within(locale, a, &split.within[0]));
    sentences.push(within(locale, b, &split.within[1]));
    locale.sentences(sentences)
}

fn between(locale: &Locale, comparison: &Comparison, roles: &[&str]) -> Vec<Message> {
    let one = |side: Side| {
        let (shipped, skipped) = (comparison.tool(side), comparison.tool(side.other()));
        let roles: Vec<&str> = who(shipped, roles, Verdict::Ship);
        let [first, rest @ ..] = roles.as_slice() else {
            return None;
        };
        let (first, count) = (
            locale.message("role-at-start", args![role = *first]),
            roles.len(),
        );
        let roles = locale.list([vec![first], each(locale, rest)].concat());
        let (ship, skip) = (&shipped.name, &skipped.name);
        Some(locale.message("split-between", args![roles, count, ship, skip]))
    };
    Side::BOTH.into_iter().filter_map(one).collect()
}

/// One sentence on a tool; `outvoted` are the roles in the minority.
fn within(locale: &Locale, tool: &Tool, outvoted: &[&str]) -> Message {
    let (panel, name) = (tool.panel(), &tool.name);
    let (most, fewest) = match panel.ship >= panel.skip {
        true => (Verdict::Ship, Verdict::Skip),
        false => (Verdict::Skip, Verdict::Ship),
    };
    match (tool.reviews.as_slice(), outvoted) {
        ([], _) => locale.message("split-not-reviewed", args![tool = name]),
        ([only], []) => {
            let role = role_in_list(locale, &only.reviewer);
            let verdict = most.into_str();
            locale.message("split-only-reviewer", args![tool = name, role, verdict])
        }
        (all, []) => {
            let (count, verdict) = (all.len(), most.into_str());
            locale.message("split-unanimous", args![tool = name, count, verdict])
        }
        _ if panel.ship == panel.skip => {
            let camp = |verdict| locale.list(each(locale, &who(tool, outvoted, verdict)));
            let [ship, skip] = [Verdict::Ship, Verdict::Skip].map(camp);
            let count = panel.ship;
            locale.message("split-in-half", args![tool = name, ship, skip, count])
        }
        _ => {
            let (roles, count) = (locale.list(each(locale, outvoted)), outvoted.len());
            let verdict = fewest.into_str();
            locale.message("split-minority", args![tool = name, roles, count, verdict])
        }
    }
}

/// The roles with this verdict on the tool.
fn who<'r>(tool: &Tool, roles: &[&'r str], verdict: Verdict) -> Vec<&'r str> {
    let gave = |role: &&str| {
        tool.review_by(role)
            .is_some_and(|review| review.verdict == verdict)
    };
    roles.iter().copied().filter(gave).collect()
}

fn each(locale: &Locale, roles: &[&str]) -> Vec<Message> {
    roles
        .iter()
        .map(|role| role_in_list(locale, role))
        .collect()
}

/// Such as "the builder".
fn role_in_list(locale: &Locale, role: &str) -> Message {
    locale.message("role", args![role])
}

/// A URL's site, such as "example.com", for the text of a link.
pub(crate) fn site(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// What the newsletter is about, as whole sentences.
pub(crate) fn summary(newsletter: &Newsletter) -> String {
    let tagline = &newsletter.tagline;
    match newsletter.about.as_str() {
        "" if tagline.ends_with(char::is_alphanumeric) => format!("{tagline}."),
        "" => tagline.clone(),
        about => about.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::comparison;

    #[test]
    fn the_split_is_told_between_the_tools_then_within_each() {
        let (english, mut comparison) = (Locale::default(), comparison());
        assert_eq!(
            split(&english, &comparison).as_str(),
            "Only the creator would skip Axolotl <0.16>. All 3 reviewers would ship Llama & Co."
        );
        comparison.tools[0].reviews[0].verdict = Verdict::Skip;
        comparison.tools[1].reviews.truncate(2);
        comparison.tools[1].reviews[1].verdict = Verdict::Skip;
        assert_eq!(
            split(&english, &comparison).as_str(),
            "The skeptic would ship Axolotl <0.16> and skip Llama & Co. \
             Only the skeptic would ship Axolotl <0.16>. \
             The panel is split on Llama & Co: the founder would ship it, the skeptic would skip it."
        );
        comparison.tools[0].reviews.truncate(1);
        comparison.tools[1].reviews.clear();
        assert_eq!(
            split(&english, &comparison).as_str(),
            "Axolotl <0.16> has one reviewer, the builder, who would skip it. \
             No one on the panel reviewed Llama & Co."
        );
    }

    #[test]
    fn the_result_says_who_wins_and_by_how_much() {
        let (english, mut comparison) = (Locale::default(), comparison());
        let said = |comparison: &Comparison| {
            [
                result_title(&english, comparison),
                result(&english, comparison),
                result_in_short(&english, comparison),
            ]
            .map(Message::into_text)
        };
        assert_eq!(
            said(&comparison),
            [
                "Llama & Co wins",
                "All 3 reviewers would ship it. 2 of 3 would ship Axolotl <0.16>.",
                "Llama & Co: 3 of 3 would ship it · Axolotl <0.16>: 2 of 3 would ship it",
            ]
        );
        comparison.tools[0].reviews[2].verdict = Verdict::Ship;
        assert_eq!(
            said(&comparison),
            [
                "A tie",
                "3 of 3 reviewers would ship each tool.",
                "Axolotl <0.16>: 3 of 3 would ship it · Llama & Co: 3 of 3 would ship it",
            ]
        );
        comparison.tools[0].reviews[0].verdict = Verdict::Skip;
        comparison.tools[1].reviews[1].verdict = Verdict::Skip;
        assert_eq!(
            said(&comparison)[..2],
            ["A split panel", "2 of 3 reviewers would ship each tool."]
        );
        comparison.tools[0].reviews.clear();
        assert_eq!(
            said(&comparison),
            [
                "No contest",
                "The panel reviewed only Llama & Co: 2 of 3 would ship it.",
                "Axolotl <0.16>: not reviewed · Llama & Co: 2 of 3 would ship it",
            ]
        );
        comparison.tools[1].reviews.clear();
        assert_eq!(
            result(&english, &comparison).as_str(),
            "The panel hasn’t reviewed either tool."
        );
    }

    #[test]
    fn a_pick_that_agrees_with_the_panel_is_not_shown() {
        let (english, mut comparison) = (Locale::default(), comparison());
        let picked = |comparison: &Comparison| pick(&english, comparison).map(Message::into_text);
        assert_eq!(picked(&comparison), None);
        comparison.pick = Some(Pick::Tool(Side::B));
        assert_eq!(picked(&comparison), None);
        comparison.pick = Some(Pick::Tie);
        let tie = picked(&comparison);
        assert_eq!(
            tie.as_deref(),
            Some("Editor’s pick: a tie, against the panel.")
        );
        comparison.tools[0].reviews.clear();
        comparison.pick = Some(Pick::Tool(Side::A));
        let alone = picked(&comparison);
        assert_eq!(alone.as_deref(), Some("Editor’s pick: Axolotl <0.16>."));
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
