//! The welcome: the latest comparison in short, for a reader who has just confirmed.

use maud::{Markup, html};

use super::html::strip;
use super::transactional::TransactionalMail;
use super::{Personal, frame, style, text as mail_text};
use crate::comparison::{Comparison, Newsletter};
use crate::lines::wrap;
use crate::locale::{Locale, Message, args};
use crate::sentences;

/// Characters in a line of the text part.
const WIDTH: usize = 72;

const TITLE: &str = "You’re in";

const LATEST: &str = "While you wait for your first issue, here is the latest one:";

const READ: &str = "Read the comparison";

/// Has no greeting and no links to vote: only the address and the links of the footer are personal.
pub fn welcome(
    newsletter: &Newsletter,
    comparison: &Comparison,
    personal: &Personal,
) -> TransactionalMail {
    let subject = format!("Welcome to {}", newsletter.name);
    TransactionalMail {
        text: text(newsletter, comparison, personal),
        html: page(newsletter, comparison, personal, &subject).into_string(),
        subject,
    }
}

fn thanks(newsletter: &Newsletter) -> String {
    format!(
        "Thanks for subscribing to {}. Every new issue comes to this address.",
        newsletter.name
    )
}

/// The result: who wins, by how much, and what the editor would pick.
fn verdict(locale: &Locale, comparison: &Comparison) -> Vec<String> {
    let mut said = vec![sentences::result_line(locale, comparison).into_text()];
    said.extend(sentences::different_panels(locale, comparison).map(Message::into_text));
    said.extend(sentences::pick(locale, comparison).map(Message::into_text));
    said
}

fn text(newsletter: &Newsletter, comparison: &Comparison, personal: &Personal) -> String {
    let locale = &newsletter.locale;
    let rule = "-".repeat(WIDTH);
    let wrapped = |text: &str| wrap(text, WIDTH);
    let mut parts = vec![
        newsletter.name.clone(),
        TITLE.to_owned(),
        wrapped(&thanks(newsletter)),
        wrapped(LATEST),
    ];
    let sample = match comparison.sample {
        true => format!("[{}]\n", locale.text("sample", args![])),
        false => String::new(),
    };
    let (title, question) = (wrapped(&comparison.title), wrapped(&comparison.question));
    parts.push(format!("{sample}{title}\n{rule}\n{question}"));
    parts.extend(verdict(locale, comparison).iter().map(|said| wrapped(said)));
    let url = newsletter.comparison_url(&comparison.slug);
    parts.push(format!("{READ}:\n{url}"));
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
    let preheader = sentences::result_in_short(locale, comparison);
    let rows = html! {
        (frame::masthead(newsletter, None, &html! {}))
        tr { td style=(style::HEADLINE_CELL) { h1.ink.headline style=(style::HEADLINE) { (TITLE) } } }
        tr { td.ink style=(style::INTRO_CELL) {
            p style=(style::PARAGRAPH) { (thanks(newsletter)) }
            p style=(style::PARAGRAPH) { (LATEST) }
        } }
        tr { td.ink style=(style::ENTRY) {
            @if comparison.sample { div.ink style=(style::SAMPLE) { (locale.text("sample", args![])) } }
            h2.ink.rule style=(style::TOOL) { (comparison.title) }
            div.quiet style=(style::QUESTION) { (comparison.question) }
        } }
        (strip(locale, comparison))
        tr { td style=(style::NOTICE_BUTTON) { (frame::button(READ, &url)) } }
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
