//! The page that a vote's link opens: one button for the verdict of the link, or what the reader voted.

use maud::{Markup, html};

use super::plain::plain;
use super::strip;
use crate::comparison::{Comparison, Newsletter, Side, Tool, Verdict};
use crate::locale::Locale;
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
        (false, _) => "Voting has closed".to_owned(),
        (true, Some(verdict)) => voted(verdict, tool),
        (true, None) => format!("{}?", would(ballot.asked, tool)),
    };
    let main = html! {
        p.small { a href={ "/issues/" (comparison.slug) } { (comparison.title) } }
        h1 { (title) }
        @if ballot.unclear { p.wrong role="status" { "Choose ship or skip." } }
        @match (ballot.open, given) {
            (true, Some(given)) => { (change(ballot, side, given)) (other(ballot, side.other())) }
            (true, None) => (ask(ballot, side)),
            (false, _) => (closed(ballot)),
        }
        @if ballot.open {
            @if let Some(closes) = sentences::voting(locale, comparison) {
                p.small { (closes) " You can change your vote until then." }
            }
        }
        (figures(locale, comparison))
        p { a href={ "/issues/" (comparison.slug) } { "Read the comparison" } }
    };
    plain(newsletter, &title, main)
}

/// Such as "You voted to ship Axolotl."
fn voted(verdict: Verdict, tool: &Tool) -> String {
    match verdict {
        Verdict::Ship => format!("You voted to ship {}.", tool.name),
        Verdict::Skip => format!("You voted to skip {}.", tool.name),
    }
}

/// The label of a vote, such as "Ship Axolotl".
fn would(verdict: Verdict, tool: &Tool) -> String {
    match verdict {
        Verdict::Ship => format!("Ship {}", tool.name),
        Verdict::Skip => format!("Skip {}", tool.name),
    }
}

fn opposite(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Ship => Verdict::Skip,
        Verdict::Skip => Verdict::Ship,
    }
}

/// One button for the verdict of the link, and a link to the other one.
fn ask(ballot: &Ballot<'_>, side: Side) -> Markup {
    let (tool, other) = (ballot.tool(side), opposite(ballot.asked));
    html! {
        form method="post" action=(ballot.actions[side as usize]) {
            (button(ballot.asked, &would(ballot.asked, tool), true))
        }
        p { "Changed your mind? " a href=(other.into_str()) { (would(other, tool)) " instead" } }
    }
}

/// One button that turns a vote around.
fn change(ballot: &Ballot<'_>, side: Side, given: Verdict) -> Markup {
    let label = match opposite(given) {
        Verdict::Ship => "Change to ship",
        Verdict::Skip => "Change to skip",
    };
    html! {
        form method="post" action=(ballot.actions[side as usize]) {
            (button(opposite(given), label, false))
        }
    }
}

/// The other tool, after a vote on the first.
fn other(ballot: &Ballot<'_>, side: Side) -> Markup {
    let tool = ballot.tool(side);
    html! {
        section aria-labelledby="other" {
            @match ballot.vote(side) {
                Some(given) => { h2 #other { (voted(given, tool)) } (change(ballot, side, given)) }
                None => {
                    h2 #other { "And " (tool.name) "?" }
                    form.choices method="post" action=(ballot.actions[side as usize]) {
                        @for verdict in [Verdict::Ship, Verdict::Skip] {
                            (button(verdict, &would(verdict, tool), false))
                        }
                    }
                }
            }
        }
    }
}

fn button(verdict: Verdict, label: &str, first: bool) -> Markup {
    html! {
        button.button.quiet[!first] type="submit" name="verdict" value=(verdict.into_str()) {
            span aria-hidden="true" { (sentences::sign(verdict)) " " } (label)
        }
    }
}

fn closed(ballot: &Ballot<'_>) -> Markup {
    html! {
        @for side in Side::BOTH {
            @if let Some(given) = ballot.vote(side) { p { (voted(given, ballot.tool(side))) } }
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
    let title = "This link doesn’t work";
    let main = html! {
        h1 { (title) }
        p { "Part of it may be missing. Open it from the email again, or copy all of it." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}
