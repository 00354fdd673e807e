//! The HTML part of an edition.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr as _;

use crate::comparison::{Comparison, Fact, Newsletter, Previous, Tool, Verdict};
use crate::locale::{Locale, Message, args};
use crate::sentences;

use super::frame::{self, frame};
use super::scorecard::scorecard;
use super::style;
use super::table::table;
use super::{Heading, Personal};

// Wider texts, in columns of a terminal, are set smaller, so that the verdict stays on the first screen of a phone.
const LONG_HEADLINE: usize = 60;
const LONG_QUESTION: usize = 120;
const LONG_RESULT: usize = 40;

/// The whole document: the verdict first, then the figures, the prose and the reviews.
pub(super) fn html(
    comparison: &Comparison,
    newsletter: &Newsletter,
    heading: &Heading,
    personal: &Personal,
    previous: Option<&Previous>,
) -> Markup {
    let locale = &newsletter.locale;
    let date = comparison.date.map(|day| locale.date(day));
    let online = html! {
        a.spot href=(newsletter.comparison_url(&comparison.slug)) style=(style::LINK) { (locale.html("mail-read-online", args![])) }
    };
    let rows = html! {
        (frame::masthead(newsletter, date.as_deref(), &online))
        tr { td style=(style::HEADLINE_CELL) { (headline(locale, comparison)) } }
        (strip(locale, comparison))
        tr { td style=(style::TABLE_CELL) { (table(comparison, newsletter)) } }
        tr { td.box style=(style::BOX) { (vote(locale, comparison, personal)) } }
        tr { td.ink style=(style::INTRO_CELL) {
            p style=(style::PARAGRAPH) { (personal.greeting) }
            (comparison.intro.to_styled_html(locale, &style::PROSE))
        } }
        @for one in &comparison.tools { tr { td.ink style=(style::TOOL_CELL) { (tool(locale, one)) } } }
        tr { td style=(style::SCORECARD) { (scorecard(comparison, newsletter)) } }
        tr { td.box style=(style::BOX) { (vote(locale, comparison, personal)) } }
        @if let Some(previous) = previous {
            tr { td.ink style=(style::LAST_TIME) {
                (sentences::last_time(locale, previous)) " "
                a.spot href=(newsletter.comparison_url(&previous.slug)) style=(style::LINK) { (locale.html("mail-last-time-link", args![])) }
            } }
        }
        tr { td style=(style::BOX_AROUND) {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::FILL) {
                tr { td.box style=(style::BOX) { (sign_up(newsletter)) } }
            }
        } }
        (frame::footer(newsletter, personal))
    };
    frame(newsletter, &heading.subject, &heading.preheader, &rows)
}

fn headline(locale: &Locale, comparison: &Comparison) -> Markup {
    let question = match comparison.question.width() > LONG_QUESTION {
        true => style::LONG_QUESTION,
        false => style::QUESTION,
    };
    html! {
        @if comparison.sample { div.ink style=(style::SAMPLE) { (locale.text("sample", args![])) } }
        @if comparison.title.width() > LONG_HEADLINE {
            h1.ink style=(style::LONG_HEADLINE) { (title(locale, &comparison.title)) }
        } @else {
            h1.ink.headline style=(style::HEADLINE) { (title(locale, &comparison.title)) }
        }
        div.quiet style=(question) dir=[locale.direction_of(&comparison.question)] { (comparison.question) }
    }
}

/// Sets off the "vs" of a headline, and breaks lines between the tools rather than within a name.
fn title(locale: &Locale, title: &str) -> Markup {
    let Some((a, versus, b)) = sentences::versus(locale, title) else {
        return locale.isolate(title);
    };
    let sides = html! {
        span style=(style::NAMED) { (locale.isolate(a)) } " "
        span.spot style=(style::VERSUS) { (versus) } " "
        span style=(style::NAMED) { (locale.isolate(b)) }
    };
    locale.directed(title, sides)
}

/// The panel's result, and the editor's pick beneath it.
pub(super) fn strip(locale: &Locale, comparison: &Comparison) -> Markup {
    let result = sentences::result_title(locale, comparison);
    let style = match result.as_str().width() > LONG_RESULT {
        true => style::LONG_RESULT,
        false => style::RESULT,
    };
    let figures = sentences::result(locale, comparison);
    html! {
        tr { td.verdict style=(style::VERDICT) {
            div.aside style=(style::LABEL) { (locale.text("panel", args![])) }
            h2.said style=(style) {
                @if comparison.result().winner().is_some() { (sentences::sign(Verdict::Ship)) " " }
                (result)
            }
            div.said style=(style::SAYS) {
                (locale.sentences([figures].into_iter().chain(sentences::different_panels(locale, comparison))))
            }
        } }
        @if let Some(pick) = sentences::pick(locale, comparison) {
            tr { td.soft.ink style=(style::PICK) { (pick) } }
        }
    }
}

/// The links for voting. Each one opens a page with a button.
fn vote(locale: &Locale, comparison: &Comparison, personal: &Personal) -> Markup {
    html! {
        h2.ink style=(style::BOX_TITLE) { (locale.html("mail-vote", args![])) }
        @for tool in &comparison.tools {
            div.ink style=(style::ASKED) { (locale.isolate(&tool.name)) }
            table role="presentation" cellpadding="0" cellspacing="0" { tr {
                td.ship style=(style::VOTE_SHIP) { (vote_link(locale, tool, Verdict::Ship, personal)) }
                td width="8" style=(style::GAP) { (sentences::NO_BREAK) }
                td.skip style=(style::VOTE_SKIP) { (vote_link(locale, tool, Verdict::Skip, personal)) }
            } }
        }
        @if let Some(closes) = sentences::voting(locale, comparison) { div.quiet style=(style::CLOSES) { (closes) } }
    }
}

fn vote_link(locale: &Locale, tool: &Tool, verdict: Verdict, personal: &Personal) -> Markup {
    let (class, style) = match verdict {
        Verdict::Ship => ("pressed", style::SHIP_IT),
        Verdict::Skip => ("ink", style::SKIP_IT),
    };
    html! {
        a class=(class) style=(style) href={ (personal.vote_url) "/" (tool.slug) "/" (verdict.into_str()) } {
            (sentences::sign(verdict)) (sentences::NO_BREAK) (sentences::verdict(locale, verdict))
        }
    }
}

fn tool(locale: &Locale, tool: &Tool) -> Markup {
    html! {
        h2.ink.rule style=(style::TOOL) { (locale.isolate(&tool.name)) }
        div.quiet style=(style::MAKER) {
            (locale.html("mail-maker", args![maker = &tool.maker])) " · "
            a.spot href=(tool.url) style=(style::LINK) { (locale.isolate(sentences::site(&tool.url))) }
        }
        div style=(style::PITCH) dir=[locale.direction_of(&tool.tagline)] { (tool.tagline) }
        (tool.description.to_styled_html(locale, &style::PROSE))
        @if !tool.facts.is_empty() {
            h3.ink style=(style::FACTS) { (locale.text("facts", args![])) }
            @for one in &tool.facts { (fact(locale, one)) }
        }
    }
}

fn fact(locale: &Locale, fact: &Fact) -> Markup {
    html! {
        div.ink.hair style=(style::FACT) {
            (locale.isolate(&fact.text))
            @if let Some(source) = &fact.source {
                br; a.spot href=(source) style=(style::SOURCE) { (locale.html("source", args![site = sentences::site(source)])) }
            }
        }
    }
}

fn sign_up(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let subscribe = locale.message("subscribe-to", args![newsletter = &newsletter.name]);
    html! {
        h2.ink style=(style::BOX_TITLE) { (locale.html("mail-forwarded", args![])) }
        div.ink style=(style::OFFER) { (offer(newsletter)) }
        (frame::button(&subscribe, &newsletter.join_url))
    }
}

/// What the newsletter is about, and the invitation to subscribe.
pub(super) fn offer(newsletter: &Newsletter) -> Message {
    let summary = Message::from(&*sentences::summary(newsletter));
    let locale = &newsletter.locale;
    locale.sentences([summary, locale.message("mail-forwarded-text", args![])])
}
