//! The page for voting: a form for a tool, and the figures of readers and panel.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::{Comparison, Newsletter, Tool, Verdict};
use crate::sentences;

#[derive(Clone, Debug)]
pub struct Ballot<'a> {
    /// With the current votes.
    pub comparison: &'a Comparison,
    /// The tool of the link, 0 or 1.
    pub tool: usize,
    /// Preselected.
    pub chosen: Verdict,
    /// Each tool's form posts to its own.
    pub actions: [String; 2],
    /// False once voting has closed.
    pub open: bool,
    pub said: Said,
}

/// The message above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Nothing,
    /// The vote is counted.
    Counted,
    /// No verdict was chosen.
    ChooseOne,
}

pub fn vote(newsletter: &Newsletter, ballot: &Ballot<'_>) -> Markup {
    let tool = &ballot.comparison.tools[ballot.tool];
    let title = match (ballot.open, ballot.said) {
        (false, _) => "Voting has closed".to_owned(),
        (true, Said::Counted) => format!("Your vote on {} is counted", tool.name),
        (true, _) => format!("{}: ship or skip?", tool.name),
    };
    let other = 1 - ballot.tool;
    let main = html! {
        p.small { a href={ "/issues/" (ballot.comparison.slug) } { (ballot.comparison.title) } }
        h1 { (title) }
        @if ballot.said == Said::ChooseOne { p.wrong role="status" { "Please choose one of the two." } }
        @if ballot.open && ballot.said == Said::Counted {
            (figures(tool))
            (form(&ballot.comparison.tools[other], &ballot.actions[other], None, "Vote on this one too"))
            p.small { "Changed your mind? Open the link in the mail again." }
        } @else if ballot.open {
            (form(tool, &ballot.actions[ballot.tool], Some(ballot.chosen), "Count my vote"))
            (figures(tool))
        } @else {
            @for tool in &ballot.comparison.tools { h2 { (tool.name) } (figures(tool)) }
        }
        @if let Some(closes) = sentences::voting(ballot.comparison) {
            @if ballot.open { p.small { (closes) " Until then a vote can be changed." } }
        }
        p { a href={ "/issues/" (ballot.comparison.slug) } { "Read the comparison" } }
    };
    plain(newsletter, &title, main)
}

fn form(tool: &Tool, action: &str, chosen: Option<Verdict>, label: &str) -> Markup {
    let question = match chosen {
        Some(_) => "Your verdict".to_owned(),
        None => format!("And {}?", tool.name),
    };
    html! {
        form method="post" action=(action) {
            fieldset {
                legend { (question) }
                @for verdict in [Verdict::Ship, Verdict::Skip] {
                    label.choice {
                        input type="radio" name="verdict" value=(verdict.into_str()) required
                            checked[chosen == Some(verdict)];
                        " " (sentences::sign(verdict)) " " (sentences::chip(verdict)) " it"
                    }
                }
            }
            button.button.quiet[chosen.is_none()] type="submit" { (label) }
        }
    }
}

/// The readers' votes next to the panel's.
fn figures(tool: &Tool) -> Markup {
    html! {
        dl.readings.figures {
            div {
                dt { "Community" }
                dd.share { (sentences::community_share(tool.community)) }
                dd { (sentences::community(tool.community)) }
            }
            div {
                dt { "Panel" }
                dd.share { (sentences::share(tool.panel())) }
                dd { (sentences::panel(tool.panel())) }
            }
        }
    }
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link does not work";
    let main = html! {
        h1 { (title) }
        p { "It may have been cut short on its way. Please open it from the mail again, or copy all of it." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}
