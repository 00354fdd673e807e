//! A comparison's page, with the same content in the same order as the mail.

use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};

use super::corrections as words;
use super::schema::json_ld;
use crate::card::SIZE;
use crate::comparison::{Comparison, Fact, Newsletter, Review, Tally, Tool};
use crate::page::{Head, headline, page_with, sign_up};
use crate::sentences;

/// A difference between the issue and the edition that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// See [`Difference`](crate::comparison::Difference), for the values too.
    pub field: String,
    /// May be empty.
    pub sent: String,
    /// May be empty.
    pub now: String,
    /// When it was noticed, in the newsletter's zone.
    pub date: NaiveDate,
}

pub fn comparison(
    newsletter: &Newsletter,
    comparison: &Comparison,
    corrections: &[Correction],
) -> Markup {
    let url = newsletter.comparison_url(&comparison.slug);
    let head = Head {
        title: &comparison.title,
        description: Some(&comparison.question),
        canonical: Some(&url),
    };
    let main = html! {
        (article(comparison, corrections))
        (sign_up(newsletter))
    };
    page_with(newsletter, head, meta(newsletter, comparison), main)
}

/// For link previews and search engines.
fn meta(newsletter: &Newsletter, comparison: &Comparison) -> Markup {
    let card = newsletter.card_url(&comparison.slug);
    html! {
        meta property="og:type" content="article";
        @if let Some(date) = comparison.date { meta property="article:published_time" content=(date); }
        meta property="og:image" content=(card);
        meta property="og:image:width" content=(SIZE.0);
        meta property="og:image:height" content=(SIZE.1);
        meta property="og:image:alt" content=(sentences::result_in_short(comparison));
        meta name="twitter:card" content="summary_large_image";
        script type="application/ld+json" { (PreEscaped(json_ld(newsletter, comparison))) }
    }
}

/// The comparison with its corrections, for the page and the feed.
pub fn article(comparison: &Comparison, corrections: &[Correction]) -> Markup {
    let [a, b] = &comparison.tools;
    html! {
        article {
            p.small.dateline {
                @if let Some(date) = comparison.date { time datetime=(date) { (sentences::day(date)) } }
            }
            header.title {
                @if comparison.sample { p.mark { (sentences::SAMPLE) } }
                h1 { (headline(&comparison.title)) }
                p.question { (comparison.question) }
            }
            div.prose { (comparison.intro.to_html()) }
            div.tools { (tool("A", a)) (tool("B", b)) }
            (lead(comparison))
            (scorecard(comparison))
            (corrected(comparison, corrections))
        }
    }
}

fn corrected(comparison: &Comparison, corrections: &[Correction]) -> Markup {
    let shown = |one: &Correction, value| words::value(comparison, &one.field, value);
    html! {
        @if !corrections.is_empty() {
            section.corrections aria-labelledby="corrections" {
                h2 #corrections { "Corrections" }
                p { "This page shows what was sent. The editors have changed it since:" }
                @for one in corrections {
                    div.role {
                        h3 { (words::field(&one.field)) }
                        p.small { time datetime=(one.date) { (sentences::day(one.date)) } }
                        @if !one.sent.is_empty() { p { del { (shown(one, &one.sent)) } } }
                        @if !one.now.is_empty() { p { ins { (shown(one, &one.now)) } } }
                    }
                }
            }
        }
    }
}

fn tool(letter: &str, tool: &Tool) -> Markup {
    html! {
        section.tool aria-labelledby=(tool.slug) {
            p.small { span.letter { (letter) } " · " (tool.category) }
            h2 id=(tool.slug) { a href=(tool.page_path()) { (tool.name) } }
            p.small { "by " (tool.maker) " · " a href=(tool.url) { (sentences::site(&tool.url)) } }
            p.pitch { (tool.tagline) }
            (readings(tool))
            div.prose { (tool.description.to_html()) }
            @if !tool.facts.is_empty() {
                h3 { (sentences::FACTS) }
                ul.facts { @for one in &tool.facts { (fact(one)) } }
            }
        }
    }
}

fn readings(tool: &Tool) -> Markup {
    html! {
        dl.readings {
            div {
                dt { "Entry price" }
                dd.reading { (tool.price.entry.label()) }
                @if let Some(note) = &tool.price.note { dd { (note) } }
            }
            div {
                dt { "Panel" }
                dd.share { (sentences::share(tool.panel())) }
                dd { (sentences::panel(tool.panel())) (bar(tool.panel())) }
            }
            div {
                dt { "Community" }
                dd.share { (sentences::community_share(tool.community)) }
                dd { (sentences::community(tool.community)) }
            }
        }
    }
}

/// One segment for each reviewer, ships first. Hidden from screen readers: the text beside it is equivalent.
fn bar(panel: Tally) -> Markup {
    html! {
        @if panel.total() > 0 {
            div.bar aria-hidden="true" {
                @for _ in 0..panel.ship { span.on {} }
                @for _ in 0..panel.skip { span {} }
            }
        }
    }
}

fn fact(fact: &Fact) -> Markup {
    html! {
        li {
            (fact.text)
            @if let Some(source) = &fact.source {
                " " a href=(source) { "Source: " (sentences::site(source)) }
            }
        }
    }
}

fn lead(comparison: &Comparison) -> Markup {
    html! {
        section.lead aria-labelledby="lead" {
            p.small { (sentences::PANEL) }
            h2 #lead { (sentences::result_title(comparison)) }
            p { (sentences::result(comparison)) }
            @if let Some(warning) = sentences::different_panels(comparison) { p { (warning) } }
            p { (sentences::split(comparison).join(" ")) }
            @if let Some(pick) = sentences::pick(comparison) { p.pick { (pick) } }
        }
    }
}

fn scorecard(comparison: &Comparison) -> Markup {
    let [a, b] = &comparison.tools;
    html! {
        section.scorecard aria-labelledby="scorecard" {
            h2 #scorecard { (sentences::SCORECARD) }
            @for row in comparison.scorecard() {
                div.role {
                    h3 { (sentences::capital(row.reviewer)) }
                    @if let Some(given) = row.reviews[0] { (review("A", a, given)) }
                    @if let Some(given) = row.reviews[1] { (review("B", b, given)) }
                }
            }
        }
    }
}

fn review(letter: &str, tool: &Tool, review: &Review) -> Markup {
    let verdict = review.verdict;
    html! {
        figure.review {
            span.letter aria-hidden="true" { (letter) }
            figcaption.small {
                (tool.name) " "
                span.chip.(verdict.into_str()) { (sentences::sign(verdict)) " " (sentences::chip(verdict)) }
            }
            blockquote { p { "“" (review.quote) "”" } }
        }
    }
}
