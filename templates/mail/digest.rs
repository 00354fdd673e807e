//! The monthly digest: a month's verdicts in one mail.

use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Serialize;

use super::{MailBody, Personal, frame, style, text as mail_text};
use crate::comparison::{Comparison, Newsletter, Tally};
use crate::lines::wrap;
use crate::locale::{Locale, Message, args};
use crate::sentences;

use mail_text::WIDTH;

/// Its JSON is kept with the edition, but never read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Digest {
    /// The first day of the month.
    pub month: NaiveDate,
    /// Oldest first.
    pub entries: Vec<DigestEntry>,
}

/// One comparison in a digest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DigestEntry {
    pub slug: String,
    pub title: String,
    pub question: String,
    /// The panel's result, in words.
    #[serde(skip)]
    pub result: Message,
    /// Each tool's name, the panel's reviews and the readers' votes.
    pub tools: [(String, Tally, Tally); 2],
}

impl DigestEntry {
    pub fn of(locale: &Locale, comparison: &Comparison) -> Self {
        let tools = comparison.tools.each_ref();
        Self {
            slug: comparison.slug.clone(),
            title: comparison.title.clone(),
            question: comparison.question.clone(),
            result: sentences::result_line(locale, comparison),
            tools: tools.map(|tool| (tool.name.clone(), tool.panel(), tool.community)),
        }
    }

    /// One line on each tool.
    fn shares(&self, locale: &Locale) -> [Message; 2] {
        self.tools.each_ref().map(|(tool, panel, votes)| {
            let panel = sentences::share(locale, *panel);
            let community = sentences::share(locale, *votes);
            match votes.is_enough() {
                true => locale.message(
                    "mail-digest-panel-and-community",
                    args![tool, panel, community],
                ),
                false => locale.message("mail-digest-panel", args![tool, panel]),
            }
        })
    }
}

pub fn digest(digest: &Digest, newsletter: &Newsletter, personal: &Personal) -> MailBody {
    let locale = &newsletter.locale;
    let month = locale.month(digest.month);
    let (subject, preheader) = match digest.entries.as_slice() {
        [one] => {
            let title = &one.title;
            let subject = locale.message("mail-digest-subject-one", args![month, title]);
            (subject, one.result.to_string())
        }
        many => {
            let titles = many.iter().map(|entry| entry.title.as_str());
            let titles = titles.collect::<Vec<_>>().join(" · ");
            let count = many.len();
            let subject = locale.message("mail-digest-subject", args![month, count]);
            (subject, titles)
        }
    };
    MailBody {
        html: page(digest, newsletter, personal, &subject, &preheader).into_string(),
        text: text(digest, newsletter, personal, subject.as_str()),
        subject: subject.into_text(),
        preheader,
    }
}

fn text(digest: &Digest, newsletter: &Newsletter, personal: &Personal, subject: &str) -> String {
    let locale = &newsletter.locale;
    let read = locale.message("read-comparison", args![]);
    let mut parts = vec![
        wrap(&newsletter.name, WIDTH),
        wrap(subject, WIDTH),
        personal.greeting.clone(),
    ];
    for entry in &digest.entries {
        let rule = "-".repeat(WIDTH);
        parts.push(format!("\n{}\n{rule}", wrap(&entry.title, WIDTH)));
        parts.push(wrap(&entry.question, WIDTH));
        parts.push(wrap(entry.result.as_str(), WIDTH));
        let shares = entry.shares(locale);
        let shares = shares.map(|line| wrap(line.as_str(), WIDTH));
        parts.push(shares.join("\n"));
        let url = newsletter.comparison_url(&entry.slug);
        parts.push(mail_text::link(locale, &read, &url));
    }
    parts.extend(mail_text::footer(newsletter, personal));
    parts.join("\n\n") + "\n"
}

fn page(
    digest: &Digest,
    newsletter: &Newsletter,
    personal: &Personal,
    subject: &Message,
    preheader: &str,
) -> Markup {
    let rows = html! {
        (frame::masthead(newsletter, None, &html! {}))
        tr { td style=(style::HEADLINE_CELL) { h1.ink.headline style=(style::HEADLINE) { (subject) } } }
        tr { td.ink style=(style::INTRO_CELL) { (personal.greeting) } }
        @for one in &digest.entries { tr { td.ink style=(style::ENTRY) { (entry(one, newsletter)) } } }
        (frame::footer(newsletter, personal))
    };
    frame::frame(newsletter, subject.as_str(), preheader, &rows)
}

fn entry(entry: &DigestEntry, newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    html! {
        h2.ink.rule style=(style::TOOL) { (locale.isolate(&entry.title)) }
        div.quiet style=(style::QUESTION) dir=[locale.direction_of(&entry.question)] { (entry.question) }
        div.ink style=(style::DIGEST_RESULT) { (entry.result) }
        div.quiet style=(style::DIGEST_SHARES) { @for line in entry.shares(locale) { (line) br; } }
        a.spot href=(newsletter.comparison_url(&entry.slug)) style=(style::LINK) { (locale.html("read-comparison", args![])) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn personal() -> Personal {
        Personal {
            greeting: "Hi Ada,".to_owned(),
            unsubscribe_url: "https://verdict.example.org/u/x".to_owned(),
            settings_url: "https://verdict.example.org/settings/x".to_owned(),
            vote_url: String::new(),
            address: "ada@example.com".to_owned(),
        }
    }

    #[test]
    fn names_in_a_verdict_are_isolated_from_right_to_left() {
        let mut newsletter = fixture::newsletter();
        newsletter.locale = Locale::new("ar", &[]).0;
        let comparison = fixture::comparison();
        let month = Digest {
            month: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap_or_default(),
            entries: vec![DigestEntry::of(&newsletter.locale, &comparison)],
        };
        let html = digest(&month, &newsletter, &personal()).html;
        let name = "<span dir=\"auto\">Llama &amp; Co</span>";
        // In the verdict and in the share.
        assert_eq!(html.matches(name).count(), 2, "{html}");
        let title = html! { (comparison.title) }.into_string();
        let title = format!("<span dir=\"auto\">{title}</span>");
        // In the headline and in the entry.
        assert_eq!(html.matches(&title).count(), 2, "{html}");
    }

    #[test]
    fn both_parts_tell_every_verdict_of_the_month() {
        let comparison = fixture::comparison();
        let month = Digest {
            month: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap_or_default(),
            entries: vec![
                DigestEntry::of(&Locale::default(), &comparison),
                DigestEntry::of(&Locale::default(), &comparison),
            ],
        };
        let mail = digest(&month, &fixture::newsletter(), &personal());
        assert_eq!(mail.subject, "June 2026: 2 comparisons");
        for said in [
            "Llama & Co wins. All 3 reviewers would ship it",
            "Axolotl <0.16>: panel 67%, community 66%",
            "Llama & Co: panel 100%",
            "https://verdict.example.org/issues/axolotl-vs-llama",
            "Hi Ada,",
            "https://verdict.example.org/u/x",
        ] {
            let in_html = html! { (said) }.into_string();
            assert_eq!(
                mail.html.matches(&in_html).count().min(2),
                mail.html.matches(&in_html).count(),
                "{said}"
            );
            assert!(mail.html.contains(&in_html), "{said}");
            assert!(
                mail.text.replace('\n', " ").contains(said),
                "{said}\n{}",
                mail.text
            );
        }
        for line in mail.text.lines() {
            assert!(
                line.chars().count() <= WIDTH || line.contains("://"),
                "{line}"
            );
        }
    }
}
