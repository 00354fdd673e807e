//! The correction notice: what was wrong in an issue, for readers who got it before it was corrected.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::text::{self as mail_text, WIDTH};
use super::{MailBody, Personal, frame, style};
use crate::comparison::{Comparison, Difference, Newsletter};
use crate::corrections::{Change, change};
use crate::lines::wrap;
use crate::locale::{Locale, Message, args};

/// What a correction notice tells.
#[derive(Clone, Debug)]
pub struct CorrectionNotice {
    /// As it is now.
    pub comparison: Comparison,
    /// The day on which it was sent.
    pub sent: NaiveDate,
    /// From what was sent first to what it is now.
    pub differences: Vec<Difference>,
}

struct Words {
    subject: Message,
    preheader: String,
    intro: Message,
    changes: Vec<(Message, Vec<Line>)>,
    read: Message,
}

/// What was wrong, or what is right.
struct Line {
    text: Message,
    is_right: bool,
}

impl Words {
    fn of(locale: &Locale, notice: &CorrectionNotice) -> Self {
        let CorrectionNotice {
            comparison,
            sent,
            differences,
        } = notice;
        let (title, date) = (&comparison.title, locale.date(*sent));
        let changes = differences.iter().map(|one| {
            let Change { what, before, now } =
                change(locale, comparison, &one.field, &one.before, &one.now);
            (what, lines(locale, &before, &now))
        });
        let changes = Vec::from_iter(changes);
        let names = changes.iter().map(|(what, _)| what.as_str());
        Self {
            subject: locale.message("mail-correction-subject", args![title]),
            preheader: names.collect::<Vec<_>>().join(" · "),
            intro: locale.message("mail-correction-intro", args![date, title]),
            read: locale.message("mail-correction-button", args![]),
            changes,
        }
    }
}

fn lines(locale: &Locale, before: &str, now: &str) -> Vec<Line> {
    let wrong = match before {
        "" => None,
        text => Some(locale.message("mail-correction-before", args![text])),
    };
    let right = match now {
        "" => locale.message("mail-correction-removed", args![]),
        text => locale.message("mail-correction-now", args![text]),
    };
    let line = |(text, is_right)| Line { text, is_right };
    let wrong = wrong.map(|text| (text, false)).into_iter();
    wrong.chain([(right, true)]).map(line).collect()
}

pub fn correction(
    notice: &CorrectionNotice,
    newsletter: &Newsletter,
    personal: &Personal,
) -> MailBody {
    let words = Words::of(&newsletter.locale, notice);
    let url = newsletter.comparison_url(&notice.comparison.slug);
    MailBody {
        html: page(&words, &url, newsletter, personal).into_string(),
        text: text(&words, &url, newsletter, personal),
        subject: words.subject.into_text(),
        preheader: words.preheader,
    }
}

fn text(words: &Words, url: &str, newsletter: &Newsletter, personal: &Personal) -> String {
    let mut parts = vec![
        wrap(&newsletter.name, WIDTH),
        wrap(words.subject.as_str(), WIDTH),
        personal.greeting.clone(),
        wrap(words.intro.as_str(), WIDTH),
    ];
    for (what, lines) in &words.changes {
        let rule = "-".repeat(WIDTH);
        parts.push(format!("\n{}\n{rule}", wrap(what.as_str(), WIDTH)));
        parts.extend(lines.iter().map(|line| wrap(line.text.as_str(), WIDTH)));
    }
    let read = mail_text::link(&newsletter.locale, &words.read, url);
    parts.push(format!("\n{read}"));
    parts.extend(mail_text::footer(newsletter, personal));
    parts.join("\n\n") + "\n"
}

fn page(words: &Words, url: &str, newsletter: &Newsletter, personal: &Personal) -> Markup {
    let rows = html! {
        (frame::masthead(newsletter, None, &html! {}))
        tr { td style=(style::HEADLINE_CELL) { h1.ink.headline style=(style::HEADLINE) { (words.subject) } } }
        tr { td.ink style=(style::INTRO_CELL) {
            p style=(style::PARAGRAPH) { (personal.greeting) }
            p style=(style::PARAGRAPH) { (words.intro) }
        } }
        @for (what, lines) in &words.changes {
            tr { td.ink style=(style::ENTRY) {
                h2.ink.rule style=(style::TOOL) { (what) }
                @for line in lines {
                    @match line.is_right {
                        true => p.ink style=(style::RIGHT) { (line.text) },
                        false => p.quiet style=(style::WRONG) { (line.text) },
                    }
                }
            } }
        }
        tr { td style=(style::NOTICE_BUTTON) { (frame::button(&words.read, url)) } }
        (frame::footer(newsletter, personal))
    };
    frame::frame(newsletter, words.subject.as_str(), &words.preheader, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn both_parts_tell_what_was_wrong_and_what_is_right() {
        let sent = fixture::comparison();
        let mut comparison = sent.clone();
        comparison.question = "Which <one>?".to_owned();
        comparison.tools[0].tagline.clear();
        let notice = CorrectionNotice {
            differences: sent.differences(&comparison),
            sent: NaiveDate::from_ymd_opt(2026, 6, 2).unwrap_or_default(),
            comparison,
        };
        let personal = Personal {
            greeting: "Hi Ada,".to_owned(),
            unsubscribe_url: "https://verdict.example.org/u/x".to_owned(),
            settings_url: "https://verdict.example.org/settings/x".to_owned(),
            vote_url: String::new(),
            address: "ada@example.com".to_owned(),
        };
        let mail = correction(&notice, &fixture::newsletter(), &personal);
        let title = &sent.title;
        assert_eq!(mail.subject, format!("Correction: {title}"));
        assert_eq!(
            mail.preheader,
            format!("Question · {}: summary", sent.tools[0].name)
        );
        let text = mail.text.replace('\n', " ");
        for said in [
            "Hi Ada,",
            "On 2 June 2026, we sent you",
            &format!("We wrote: {}", sent.question),
            "It should say: Which <one>?",
            &format!("We wrote: {}", sent.tools[0].tagline),
            "We have removed this.",
            "https://verdict.example.org/issues/axolotl-vs-llama",
            "https://verdict.example.org/u/x",
        ] {
            assert!(text.contains(said), "{said}\n{}", mail.text);
            let in_html = html! { (said) }.into_string();
            assert!(mail.html.contains(&in_html), "{said}");
        }
    }
}
