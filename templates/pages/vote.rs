//! The page that a vote's link opens: one button for the verdict of the link, or what the reader voted.

use maud::{Markup, html};

use super::plain::{all_comparisons, plain};
use super::strip;
use crate::comparison::{Comparison, Newsletter, Side, Tool, Verdict};
use crate::locale::{Locale, Message, args};
use crate::sentences;

#[derive(Clone, Debug)]
pub struct Ballot<'a> {
    /// With the current votes.
    pub comparison: &'a Comparison,
    /// The tool of the link.
    pub side: Side,
    /// The verdict of the link.
    pub asked: Verdict,
    /// The reader's own votes on A and B.
    pub votes: [Option<Verdict>; 2],
    /// The URLs that the votes on A and B are posted to.
    pub actions: [String; 2],
    /// False once voting has closed.
    pub open: bool,
    /// True if a post named no verdict.
    pub unclear: bool,
}

impl Ballot<'_> {
    fn tool(&self, side: Side) -> &Tool {
        self.comparison.tool(side)
    }

    fn vote(&self, side: Side) -> Option<Verdict> {
        self.votes[side as usize]
    }
}

pub fn vote(newsletter: &Newsletter, ballot: &Ballot<'_>) -> Markup {
    let locale = &newsletter.locale;
    let (side, comparison) = (ballot.side, ballot.comparison);
    let (tool, given) = (ballot.tool(side), ballot.vote(side));
    let title = match (ballot.open, given) {
        (false, _) => locale.message("vote-closed", args![]),
        (true, Some(verdict)) => voted(locale, verdict, tool),
        (true, None) => {
            let (verdict, tool) = (ballot.asked.into_str(), &tool.name);
            locale.message("vote-question", args![verdict, tool])
        }
    };
    let main = html! {
        p.small { a href={ "/issues/" (comparison.slug) } { (locale.isolate(&comparison.title)) } }
        h1 { (title) }
        @if ballot.unclear { p.wrong role="status" { (locale.html("vote-choose", args![])) } }
        @match (ballot.open, given) {
            (true, Some(given)) => {
                (change(locale, ballot, side, given))
                (other(locale, ballot, side.other()))
            }
            (true, None) => (ask(locale, ballot, side)),
            (false, _) => (closed(locale, ballot)),
        }
        @if ballot.open {
            @if let Some(closes) = sentences::voting(locale, comparison) {
                p.small { (locale.sentences([closes, locale.message("vote-until-then", args![])])) }
            }
        }
        (figures(locale, comparison))
        p { a href={ "/issues/" (comparison.slug) } { (locale.html("read-comparison", args![])) } }
    };
    plain(newsletter, title.as_str(), main)
}

/// Such as "You voted to ship Axolotl."
fn voted(locale: &Locale, verdict: Verdict, tool: &Tool) -> Message {
    let (verdict, tool) = (verdict.into_str(), &tool.name);
    locale.message("vote-voted", args![verdict, tool])
}

fn opposite(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Ship => Verdict::Skip,
        Verdict::Skip => Verdict::Ship,
    }
}

/// One button for the verdict of the link, and a link to the other one.
fn ask(locale: &Locale, ballot: &Ballot<'_>, side: Side) -> Markup {
    let tool = ballot.tool(side);
    let other = opposite(ballot.asked).into_str();
    let instead = locale.html("vote-instead", args![verdict = other, tool = &tool.name]);
    let link = html! { a href=(other) { (instead) } };
    html! {
        form method="post" action=(ballot.actions[side as usize]) {
            (button(ballot.asked, label(locale, ballot.asked, tool), true))
        }
        p { (locale.html("vote-changed-mind", args![link])) }
    }
}

/// Such as "Ship Axolotl".
fn label(locale: &Locale, verdict: Verdict, tool: &Tool) -> Message {
    let (verdict, tool) = (verdict.into_str(), &tool.name);
    locale.message("vote-button", args![verdict, tool])
}

/// One button that turns a vote around.
fn change(locale: &Locale, ballot: &Ballot<'_>, side: Side, given: Verdict) -> Markup {
    let verdict = opposite(given);
    let label = locale.message("vote-change", args![verdict = verdict.into_str()]);
    html! {
        form method="post" action=(ballot.actions[side as usize]) { (button(verdict, label, false)) }
    }
}

/// The other tool, after a vote on the first.
fn other(locale: &Locale, ballot: &Ballot<'_>, side: Side) -> Markup {
    let tool = ballot.tool(side);
    html! {
        section aria-labelledby="other" {
            @match ballot.vote(side) {
                Some(given) => { h2 #other { (voted(locale, given, tool)) } (change(locale, ballot, side, given)) }
                None => {
                    h2 #other { (locale.html("vote-other-tool", args![tool = &tool.name])) }
                    form.choices method="post" action=(ballot.actions[side as usize]) {
                        @for verdict in [Verdict::Ship, Verdict::Skip] {
                            (button(verdict, label(locale, verdict, tool), false))
                        }
                    }
                }
            }
        }
    }
}

fn button(verdict: Verdict, label: Message, first: bool) -> Markup {
    html! {
        button.button.quiet[!first] type="submit" name="verdict" value=(verdict.into_str()) {
            span aria-hidden="true" { (sentences::sign(verdict)) (sentences::NO_BREAK) } (label)
        }
    }
}

fn closed(locale: &Locale, ballot: &Ballot<'_>) -> Markup {
    html! {
        @for side in Side::BOTH {
            @if let Some(given) = ballot.vote(side) { p { (voted(locale, given, ballot.tool(side))) } }
        }
    }
}

/// The panel's result, and the readers' votes where there are enough.
fn figures(locale: &Locale, comparison: &Comparison) -> Markup {
    html! {
        (strip::line(locale, comparison))
        @for tool in &comparison.tools {
            @if let Some(votes) = sentences::readers(locale, &tool.name, tool.community) { p.result { (votes) } }
        }
    }
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("link-broken", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("vote-link-broken", args![])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}
