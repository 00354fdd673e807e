//! A comparison's page, with the same content in the same order as the mail.

use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};

use super::schema::json_ld;
use super::scorecard::scorecard;
use super::strip::{self, Level};
use super::table::table;
use crate::card::SIZE;
use crate::comparison::{Comparison, Fact, Headline, Newsletter, Tool};
use crate::corrections::change;
use crate::locale::{Locale, args};
use crate::page::{Head, headline, page_with, sign_up};
use crate::sentences;

/// A difference between what the issue says now and what was sent.
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

/// What the editors changed since they first sent a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// In the order in which they were noticed.
    pub all: Vec<Correction>,
    /// True if the comparison was corrected while it was being sent, so that only some readers got the earlier text, and
    /// the page shows the corrected one.
    pub while_it_was_sent: bool,
}

/// Other comparisons to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOn {
    /// The one sent before.
    pub previous: Option<Headline>,
    /// The one sent after.
    pub next: Option<Headline>,
    /// Others with one of the two tools, the newest first.
    pub related: Vec<Headline>,
}

pub fn comparison(
    newsletter: &Newsletter,
    comparison: &Comparison,
    corrections: &Corrections,
    read_on: &ReadOn,
) -> Markup {
    let url = newsletter.comparison_url(&comparison.slug);
    let head = Head {
        title: &comparison.title,
        description: Some(&comparison.question),
        canonical: Some(&url),
    };
    let main = html! {
        (article(&newsletter.locale, comparison, corrections, ""))
        (more(&newsletter.locale, comparison, read_on))
        (sign_up(newsletter))
    };
    page_with(newsletter, head, meta(newsletter, comparison), main)
}

fn more(locale: &Locale, comparison: &Comparison, read_on: &ReadOn) -> Markup {
    html! {
        section.more aria-labelledby="more" {
            h2 #more { (locale.html("comparison-more", args![])) }
            ul {
                @for one in &read_on.related { li { (link(locale, one)) } }
                @for tool in &comparison.tools {
                    li {
                        a href=(tool.page_path()) { (locale.html("comparison-all-of-tool", args![tool = &tool.name])) }
                    }
                }
            }
        }
        @if read_on.previous.is_some() || read_on.next.is_some() {
            nav.neighbours aria-label=(locale.text("comparison-neighbors", args![])) {
                @if let Some(previous) = &read_on.previous {
                    p { span.small { (locale.html("comparison-previous", args![])) } (link(locale, previous)) }
                }
                @if let Some(next) = &read_on.next {
                    p.next-one { span.small { (locale.html("comparison-next", args![])) } (link(locale, next)) }
                }
            }
        }
    }
}

fn link(locale: &Locale, other: &Headline) -> Markup {
    html! { a href={ "/issues/" (other.slug) } { (locale.isolate(&other.title)) } }
}

/// For link previews and search engines.
fn meta(newsletter: &Newsletter, comparison: &Comparison) -> Markup {
    let locale = &newsletter.locale;
    let card = newsletter.card_url(&comparison.slug);
    html! {
        meta property="og:type" content="article";
        @if let Some(date) = comparison.date { meta property="article:published_time" content=(date); }
        meta property="og:image" content=(card);
        meta property="og:image:width" content=(SIZE.0);
        meta property="og:image:height" content=(SIZE.1);
        meta property="og:image:alt" content=(sentences::result_in_short(locale, comparison).as_str());
        meta name="twitter:card" content="summary_large_image";
        script type="application/ld+json" { (PreEscaped(json_ld(newsletter, comparison))) }
    }
}

/// The comparison in the feed, as it was sent. Feed readers know neither the newsletter's language nor its direction,
/// and many resolve no relative links.
pub fn in_feed(newsletter: &Newsletter, comparison: &Comparison) -> Markup {
    let locale = &newsletter.locale;
    let article = article(
        locale,
        comparison,
        &Corrections::default(),
        &newsletter.base_url,
    );
    html! { div lang=(locale.lang()) dir=(locale.direction()) { (article) } }
}

/// The comparison with its corrections. `site` stands before the paths of links.
pub(super) fn article(
    locale: &Locale,
    comparison: &Comparison,
    corrections: &Corrections,
    site: &str,
) -> Markup {
    html! {
        article {
            p.small.dateline {
                @if let Some(date) = comparison.date { time datetime=(date) { (locale.date(date)) } }
            }
            header.title {
                @if comparison.sample { p.mark { (locale.text("sample", args![])) } }
                h1 { (headline(locale, &comparison.title)) }
                p.question dir=[locale.direction_of(&comparison.question)] { (comparison.question) }
            }
            (strip::strip(locale, comparison, Level::H2))
            (table(locale, comparison))
            div.prose.intro { (comparison.intro.to_html(locale)) }
            div.tools { @for one in &comparison.tools { (tool(locale, one, site)) } }
            (scorecard(locale, comparison))
            (corrected(locale, comparison, corrections))
        }
    }
}

fn corrected(locale: &Locale, comparison: &Comparison, corrections: &Corrections) -> Markup {
    let intro = match corrections.while_it_was_sent {
        false => locale.html("corrections-intro", args![]),
        true => locale.html("corrections-intro-revised", args![]),
    };
    html! {
        @if !corrections.all.is_empty() {
            section.corrections aria-labelledby="corrections" {
                h2 #corrections { (locale.html("corrections", args![])) }
                p { (intro) }
                @for one in &corrections.all {
                    @let change = change(locale, comparison, &one.field, &one.sent, &one.now);
                    div.role {
                        h3 { (change.what) }
                        p.small { time datetime=(one.date) { (locale.date(one.date)) } }
                        @if !change.before.is_empty() {
                            p.changed dir=[locale.direction_of(&change.before)] { del { (change.before) } }
                        }
                        @if !change.now.is_empty() {
                            p.changed dir=[locale.direction_of(&change.now)] { ins { (change.now) } }
                        }
                    }
                }
            }
        }
    }
}

fn tool(locale: &Locale, tool: &Tool, site: &str) -> Markup {
    html! {
        section.tool aria-labelledby=(tool.slug) {
            h2 id=(tool.slug) { a href={ (site) (tool.page_path()) } { (locale.isolate(&tool.name)) } }
            p.pitch dir=[locale.direction_of(&tool.tagline)] { (tool.tagline) }
            p.small { a href=(tool.url) { (sentences::site(&tool.url)) } }
            div.prose { (tool.description.to_html(locale)) }
            @if !tool.facts.is_empty() {
                h3 { (locale.text("facts", args![])) }
                ul.facts { @for one in &tool.facts { (fact(locale, one)) } }
            }
        }
    }
}

fn fact(locale: &Locale, fact: &Fact) -> Markup {
    html! {
        li {
            span dir=[locale.direction_of(&fact.text)] { (fact.text) }
            @if let Some(source) = &fact.source {
                " " a href=(source) { (locale.html("source", args![site = sentences::site(source)])) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_feed_says_in_which_direction_it_is_written() {
        let comparison = fixture::comparison();
        let start = |tag| {
            let mut newsletter = fixture::newsletter();
            newsletter.locale = Locale::new(tag, &[]).0;
            let entry = in_feed(&newsletter, &comparison).into_string();
            assert!(!entry.contains("href=\"/"), "{entry}");
            entry.split_inclusive('>').next().map(str::to_owned)
        };
        let arabic = start("ar-EG");
        assert_eq!(arabic.as_deref(), Some("<div lang=\"ar-EG\" dir=\"rtl\">"));
        assert_eq!(
            start("ja").as_deref(),
            Some("<div lang=\"ja\" dir=\"ltr\">")
        );
    }
}
