//! The HTML part.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::comparison::{
    Comparison, Fact, Newsletter, Previous, Review, ScorecardRow, Tally, Tool, Verdict,
};
use crate::sentences;

use super::style::{self, MAIL_CSS};
use super::{Heading, Personal};

/// Outlook for Windows does not support `max-width`, so it gets a table of fixed width around the sheet.
const OUTLOOK_OPEN: PreEscaped<&str> = PreEscaped(
    "<!--[if mso]><table role=\"presentation\" width=\"640\" align=\"center\"><tr><td><![endif]-->",
);
const OUTLOOK_CLOSE: PreEscaped<&str> = PreEscaped("<!--[if mso]></td></tr></table><![endif]-->");

/// The whole document.
pub(super) fn html(
    comparison: &Comparison,
    newsletter: &Newsletter,
    heading: &Heading,
    personal: &Personal,
    previous: Option<&Previous>,
) -> Markup {
    let rows = html! {
        tr { td { (masthead(comparison, newsletter)) } }
        tr { td style=(style::HEADLINE_CELL) { (headline(comparison)) } }
        tr { td.ink style=(style::INTRO_CELL) {
            p style=(style::PARAGRAPH) { (personal.greeting) }
            (comparison.intro.to_styled_html(&style::PROSE))
        } }
        tr { td { (tools(comparison, personal)) } }
        @if let Some(closes) = sentences::voting(comparison) {
            tr { td.quiet style=(style::VOTING) { (closes) } }
        }
        tr { td.verdict style=(style::VERDICT) { (lead(comparison)) } }
        tr { td style=(style::SCORECARD) { (scorecard(comparison)) } }
        @if let Some(previous) = previous {
            tr { td.ink.hair style=(style::LAST_TIME) {
                (sentences::last_time(previous)) " "
                a.spot href=(newsletter.comparison_url(&previous.slug)) style=(style::LINK) { "Read it again" }
            } }
        }
        tr { td.box style=(style::BOX) { (sign_up(newsletter)) } }
        tr { td.quiet style=(style::FOOTER) { (footer(newsletter, personal)) } }
    };
    frame(newsletter, &heading.subject, &heading.preheader, &rows)
}

/// The document around the rows of a mail's sheet.
pub(super) fn frame(
    newsletter: &Newsletter,
    subject: &str,
    preheader: &str,
    rows: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(newsletter.language) {
            (head(subject))
            body.paper style=(style::BODY) {
                div role="main" {
                    @if !preheader.is_empty() { div style=(style::PREHEADER) { (preheader) } }
                    table.paper role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::OUTER) {
                        tr { td.margin align="center" style=(style::MARGIN) {
                            (OUTLOOK_OPEN)
                            table role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::SHEET) { (rows) }
                            (OUTLOOK_CLOSE)
                        } }
                    }
                }
            }
        }
    }
}

/// The newsletter's name and tagline, over the whole width.
pub(super) fn nameplate(newsletter: &Newsletter) -> Markup {
    html! {
        tr { td.rule style=(style::NAMEPLATE) {
            p.ink style=(style::NAME) { (newsletter.name) }
            p.quiet style=(style::TAGLINE) { (newsletter.tagline) }
        } }
    }
}

fn head(subject: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="supported-color-schemes" content="light dark";
            meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no";
            meta name="x-apple-disable-message-reformatting";
            title { (subject) }
            style { (PreEscaped(MAIL_CSS)) }
        }
    }
}

fn masthead(comparison: &Comparison, newsletter: &Newsletter) -> Markup {
    html! {
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::FILL) {
            tr { td.rule colspan="2" style=(style::NAMEPLATE) {
                p.ink style=(style::NAME) { (newsletter.name) }
                p.quiet style=(style::TAGLINE) { (newsletter.tagline) }
            } }
            tr {
                td.quiet style=(style::DATELINE) {
                    @if let Some(date) = comparison.date { (sentences::day(date)) }
                }
                td.quiet align="right" style=(style::DATELINE_END) {
                    a.spot href=(newsletter.comparison_url(&comparison.slug)) style=(style::LINK) { "Read on the web" }
                }
            }
        }
    }
}

fn headline(comparison: &Comparison) -> Markup {
    html! {
        @if comparison.sample {
            p.rule.ink style=(style::SAMPLE) { (sentences::SAMPLE) }
        }
        h1.ink.headline style=(style::HEADLINE) { (title(&comparison.title)) }
        p.quiet.question style=(style::QUESTION) { (comparison.question) }
    }
}

/// Sets off the "vs" of a headline, and breaks lines between the tools rather than within a name.
fn title(title: &str) -> Markup {
    html! {
        @match title.split_once(sentences::VERSUS) {
            Some((a, b)) => {
                span style=(style::NAMED) { (a) } " "
                span.spot style=(style::VERSUS) { "vs" } " "
                span style=(style::NAMED) { (b) }
            }
            None => (title),
        }
    }
}

fn tools(comparison: &Comparison, personal: &Personal) -> Markup {
    let [a, b] = &comparison.tools;
    html! {
        table role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::FILL) {
            tr {
                td.column.ink.rule width="50%" valign="top" style=(style::COLUMN_A) { (tool("A", a, personal)) }
                td.column.ink.gutter width="50%" valign="top" style=(style::COLUMN_B) { (tool("B", b, personal)) }
            }
        }
    }
}

fn tool(letter: &str, tool: &Tool, personal: &Personal) -> Markup {
    html! {
        p.quiet style=(style::KICKER) { span.spot style=(style::LETTER) { (letter) } " · " (tool.category) }
        h2.ink style=(style::TOOL) { (tool.name) }
        p.quiet style=(style::MAKER) {
            "by " (tool.maker) " · "
            a.spot href=(tool.url) style=(style::LINK) { (sentences::site(&tool.url)) }
        }
        p style=(style::PITCH) { (tool.tagline) }
        p.ink.hair style=(style::READING) { "Entry price: " b { (tool.price.entry.label()) } }
        p.quiet style=(style::NOTE) { @if let Some(note) = &tool.price.note { (note) } }
        p.ink.hair style=(style::READING) {
            span style=(style::SHARE) { (sentences::share(tool.panel())) }
            br;
            (sentences::panel(tool.panel()))
        }
        (bar(tool.panel()))
        p.quiet style=(style::NOTE) {
            "Community: " b { (sentences::community_share(tool.community)) }
            " · " (sentences::community(tool.community))
        }
        (vote(tool, personal))
        div.hair style=(style::DESCRIPTION) { (tool.description.to_styled_html(&style::PROSE)) }
        @if !tool.facts.is_empty() {
            h3.ink style=(style::FACTS) { (sentences::FACTS) }
            @for fact in &tool.facts { (fact_html(fact)) }
        }
    }
}

/// The links for voting. Each one opens a page with a button.
fn vote(tool: &Tool, personal: &Personal) -> Markup {
    html! {
        p.ink style=(style::ASKED) { "Your verdict?" }
        p style=(style::PARAGRAPH) {
            @for (verdict, style) in [(Verdict::Ship, style::VOTE_SHIP), (Verdict::Skip, style::VOTE_SKIP)] {
                a class=(verdict.into_str()) style=(style)
                    href={ (personal.vote_url) "/" (tool.slug) "/" (verdict.into_str()) } {
                    (sentences::sign(verdict)) " " (sentences::chip(verdict))
                } " "
            }
        }
    }
}

/// One segment for each reviewer, ships first.
fn bar(panel: Tally) -> Markup {
    html! {
        @if panel.total() > 0 {
            table role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0" style=(style::BAR) {
                tr {
                    @for _ in 0..panel.ship { td.on style=(style::SEGMENT_ON) { "\u{a0}" } }
                    @for _ in 0..panel.skip { td.off style=(style::SEGMENT_OFF) { "\u{a0}" } }
                }
            }
        }
    }
}

fn fact_html(fact: &Fact) -> Markup {
    html! {
        p.hair style=(style::FACT) {
            (fact.text)
            @if let Some(source) = &fact.source {
                br; a.spot href=(source) style=(style::SOURCE) { "Source: " (sentences::site(source)) }
            }
        }
    }
}

fn lead(comparison: &Comparison) -> Markup {
    html! {
        p.aside style=(style::LABEL) { (sentences::PANEL) }
        h2.said.lead style=(style::LEAD) { (sentences::result_title(comparison)) }
        p.said style=(style::SAYS) { (sentences::result(comparison)) }
        p.said style=(style::SAYS) { (sentences::split(comparison).join(" ")) }
        @if let Some(pick) = sentences::pick(comparison) { p.said style=(style::PICK) { (pick) } }
    }
}

fn scorecard(comparison: &Comparison) -> Markup {
    html! {
        h2.ink.rule style=(style::SECTION) { (sentences::SCORECARD) }
        @for row in comparison.scorecard() { (scorecard_row(comparison, &row)) }
    }
}

fn scorecard_row(comparison: &Comparison, row: &ScorecardRow<'_>) -> Markup {
    let [a, b] = &comparison.tools;
    html! {
        h3.ink style=(style::ROLE) { (sentences::capital(row.reviewer)) }
        table.hair role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::REVIEWS) {
            @if let Some(given) = row.reviews[0] { (review("A", a, given)) }
            @if let Some(given) = row.reviews[1] { (review("B", b, given)) }
        }
    }
}

fn review(letter: &str, tool: &Tool, review: &Review) -> Markup {
    html! {
        tr {
            td.spot width="28" valign="top" style=(style::SIDE) { (letter) }
            td valign="top" style=(style::REVIEW) {
                p.quiet style=(style::REVIEWED) { (tool.name) " " (chip(review.verdict)) }
                p.ink style=(style::QUOTE) { "“" (review.quote) "”" }
            }
        }
    }
}

fn chip(verdict: Verdict) -> Markup {
    let style = match verdict {
        Verdict::Ship => style::SHIP,
        Verdict::Skip => style::SKIP,
    };
    html! { b class=(verdict.into_str()) style=(style) { (sentences::sign(verdict)) " " (sentences::chip(verdict)) } }
}

fn sign_up(newsletter: &Newsletter) -> Markup {
    html! {
        h2.ink style=(style::BOX_TITLE) { (newsletter.name) }
        p.ink style=(style::OFFER) { "Did somebody forward this to you? " (sentences::SIGN_UP) "." }
        (button(&format!("Join {}", newsletter.name), &newsletter.join_url))
    }
}

pub(super) fn button(label: &str, url: &str) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" {
            tr { td.button style=(style::BUTTON_CELL) {
                a.pressed href=(url) style=(style::BUTTON) { (label) }
            } }
        }
    }
}

pub(super) fn footer(newsletter: &Newsletter, personal: &Personal) -> Markup {
    html! {
        p style=(style::PARAGRAPH) {
            "You get this mail because " (personal.address) " is signed up for " (newsletter.name) ". "
            a.spot href=(personal.unsubscribe_url) style=(style::LINK) { "Unsubscribe" }
            " at any time, or "
            a.spot href=(personal.settings_url) style=(style::LINK) { "pause, or change your settings" } "."
        }
        p style=(style::PARAGRAPH) {
            "Sent by " (newsletter.name)
            @for line in newsletter.postal_address.lines() { br; (line) }
        }
    }
}
