//! The welcome: the latest comparison in short, for a reader who has just confirmed.

use maud::{Markup, html};

use super::html::strip;
use super::text::{self as mail_text, WIDTH};
use super::transactional::TransactionalMail;
use super::{Personal, frame, style};
use crate::comparison::{Comparison, Newsletter};
use crate::lines::wrap;
use crate::locale::{Locale, Message, args};
use crate::sentences;

/// Has no greeting and no links to vote: only the address and the links of the footer are personal.
pub fn welcome(
    newsletter: &Newsletter,
    comparison: &Comparison,
    personal: &Personal,
) -> TransactionalMail {
    let name = &newsletter.name;
    let subject = newsletter
        .locale
        .text("mail-welcome-subject", args![newsletter = name]);
    TransactionalMail {
        text: text(newsletter, comparison, personal),
        html: page(newsletter, comparison, personal, &subject).into_string(),
        subject,
    }
}

fn thanks(newsletter: &Newsletter) -> Message {
    let name = &newsletter.name;
    newsletter
        .locale
        .message("mail-welcome-thanks", args![newsletter = name])
}

/// The result: who wins, by how much, and what the editor would pick.
fn verdict(locale: &Locale, comparison: &Comparison) -> Vec<Message> {
    let mut said = vec![sentences::result_line(locale, comparison)];
    said.extend(sentences::different_panels(locale, comparison));
    said.extend(sentences::pick(locale, comparison));
    said
}

fn text(newsletter: &Newsletter, comparison: &Comparison, personal: &Personal) -> String {
    let locale = &newsletter.locale;
    let rule = "-".repeat(WIDTH);
    let wrapped = |text: &str| wrap(text, WIDTH);
    let mut parts = vec![
        wrapped(&newsletter.name),
        wrapped(&locale.text("mail-welcome-title", args![])),
        wrapped(thanks(newsletter).as_str()),
        wrapped(&locale.text("mail-welcome-latest", args![])),
    ];
    let sample = match comparison.sample {
        true => format!("[{}]\n", locale.text("sample", args![])),
        false => String::new(),
    };
    let (title, question) = (wrapped(&comparison.title), wrapped(&comparison.question));
    parts.push(format!("{sample}{title}\n{rule}\n{question}"));
    let verdict = verdict(locale, comparison);
    parts.extend(verdict.iter().map(|said| wrapped(said.as_str())));
    let url = newsletter.comparison_url(&comparison.slug);
    let read = locale.message("read-comparison", args![]);
    parts.push(mail_text::link(locale, &read, &url));
    parts.extend(mail_text::footer(newsletter, personal));
    parts.join("\n\n") + "\n"
}

fn page(
    newsletter: &Newsletter,
    comparison: &Comparison,
    personal: &Personal,
    subject: &str,
) -> Markup {
    let locale = &newsletter.locale;
    let url = newsletter.comparison_url(&comparison.slug);
    let read = locale.message("read-comparison", args![]);
    let preheader = sentences::result_in_short(locale, comparison);
    let rows = html! {
        (frame::masthead(newsletter, None, &html! {}))
        tr { td style=(style::HEADLINE_CELL) { h1.ink.headline style=(style::HEADLINE) { (locale.html("mail-welcome-title", args![])) } } }
        tr { td.ink style=(style::INTRO_CELL) {
            p style=(style::PARAGRAPH) { (thanks(newsletter)) }
            p style=(style::PARAGRAPH) { (locale.html("mail-welcome-latest", args![])) }
        } }
        tr { td.ink style=(style::ENTRY) {
            @if comparison.sample { div.ink style=(style::SAMPLE) { (locale.text("sample", args![])) } }
            h2.ink.rule style=(style::TOOL) { (locale.isolate(&comparison.title)) }
            div.quiet style=(style::QUESTION) dir=[locale.direction_of(&comparison.question)] { (comparison.question) }
        } }
        (strip(locale, comparison))
        tr { td style=(style::NOTICE_BUTTON) { (frame::button(&read, &url)) } }
        (frame::footer(newsletter, personal))
    };
    frame::frame(newsletter, subject, preheader.as_str(), &rows)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn both_parts_carry_the_latest_verdict_and_the_way_out() {
        let personal = Personal {
            greeting: String::new(),
            unsubscribe_url: "https://verdict.example.org/u/x".to_owned(),
            settings_url: "https://verdict.example.org/settings/x".to_owned(),
            vote_url: String::new(),
            address: "ada@example.com".to_owned(),
        };
        let comparison = fixture::comparison();
        let newsletter = fixture::newsletter();
        let mail = welcome(&newsletter, &comparison, &personal);
        assert_eq!(mail.subject, format!("Welcome to {}", newsletter.name));
        let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in [
            "You’re in",
            &comparison.title,
            &comparison.question,
            "Llama & Co wins",
            "All 3 reviewers would ship it.",
            "https://verdict.example.org/issues/axolotl-vs-llama",
            "https://verdict.example.org/u/x",
            "https://verdict.example.org/settings/x",
            "ada@example.com",
        ] {
            let in_html = html! { (wanted) }.into_string();
            assert!(mail.html.contains(&in_html), "{wanted}: {}", mail.html);
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        for line in mail.text.lines() {
            let fits = line.chars().count() <= WIDTH || line.contains("://");
            assert!(fits, "{line}");
        }
    }
}
