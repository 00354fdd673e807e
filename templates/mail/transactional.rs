//! Mails to one reader that are not editions, such as a confirmation or a link. They look like an edition's mail,
//! and never contain text that a visitor typed.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::text::{self as mail_text, WIDTH};
use super::{frame, style};
use crate::comparison::Newsletter;
use crate::lines::wrap;
use crate::locale::{Message, args};

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionalMail {
    pub subject: String,
    /// Lines ended by `\n`, at most 72 columns long except for URLs.
    pub text: String,
    pub html: String,
}

struct Words<'a> {
    subject: Message,
    /// The line that mailboxes show beside the subject.
    preview: Message,
    title: Message,
    /// They name the newsletter once; nothing else in the mail does.
    before: Vec<Message>,
    /// The button's label and URL.
    button: Option<(Message, &'a str)>,
    after: Message,
}

/// Why a reader who signs up again gets fewer issues until they confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// They paused, until this day.
    PausedUntil(NaiveDate),
    /// They chose the monthly digest.
    Digest,
}

/// Asks the owner of an address to confirm. `url` is a page with a button. Confirming ends `before`; the reader is
/// on the list with it if `on_the_list` is true.
pub fn confirm(
    newsletter: &Newsletter,
    url: &str,
    before: Option<Before>,
    on_the_list: bool,
) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let mut paragraphs = vec![locale.message("mail-confirm-text", args![newsletter = name])];
    paragraphs.extend(before.map(|before| match before {
        Before::PausedUntil(day) => {
            locale.message("mail-confirm-paused", args![date = locale.date(day)])
        }
        Before::Digest => locale.message("mail-confirm-digest", args![]),
    }));
    let words = match on_the_list {
        true => Words {
            subject: locale.message("mail-resume-subject", args![newsletter = name]),
            preview: locale.message("mail-resume-preview", args![]),
            title: locale.message("mail-resume-title", args![]),
            before: paragraphs,
            button: Some((locale.message("mail-resume-button", args![]), url)),
            after: locale.message("mail-ignore-unchanged", args![]),
        },
        false => Words {
            subject: locale.message("mail-confirm-subject", args![newsletter = name]),
            preview: locale.message("mail-confirm-preview", args![]),
            title: locale.message("mail-confirm-title", args![]),
            before: paragraphs,
            button: Some((locale.message("mail-confirm-button", args![]), url)),
            after: locale.message("mail-confirm-ignore", args![]),
        },
    };
    transactional(newsletter, &words)
}

/// Tells the owner of an address that signed up again that it is on the list.
pub fn already(newsletter: &Newsletter) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-already-subject", args![newsletter = name]),
        preview: locale.message("mail-already-preview", args![]),
        title: locale.message("mail-already-title", args![]),
        before: vec![
            locale.message("mail-already-text", args![newsletter = name]),
            locale.message("mail-already-spam", args![]),
        ],
        button: None,
        after: locale.message("mail-ignore", args![]),
    };
    transactional(newsletter, &words)
}

/// The link to a reader's settings.
pub fn settings(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-settings-subject", args![newsletter = name]),
        preview: locale.message("mail-settings-preview", args![]),
        title: locale.message("mail-settings-title", args![]),
        before: vec![
            locale.message("mail-settings-text", args![newsletter = name]),
            locale.message("mail-settings-secret", args![]),
        ],
        button: Some((locale.message("mail-settings-button", args![]), url)),
        after: locale.message("mail-settings-ignore", args![]),
    };
    transactional(newsletter, &words)
}

/// Asks the owner of a new address to confirm it.
pub fn address(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-address-subject", args![newsletter = name]),
        preview: locale.message("mail-address-preview", args![]),
        title: locale.message("mail-address-title", args![]),
        before: vec![locale.message("mail-address-text", args![newsletter = name])],
        button: Some((locale.message("mail-address-button", args![]), url)),
        after: locale.message("mail-link-expires", args![]),
    };
    transactional(newsletter, &words)
}

/// Tells the owner of a new address that a subscription cannot be moved to it.
pub fn taken(newsletter: &Newsletter) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-taken-subject", args![newsletter = name]),
        preview: locale.message("mail-taken-preview", args![]),
        title: locale.message("mail-taken-title", args![]),
        before: vec![
            locale.message("mail-taken-text", args![newsletter = name]),
            locale.message("mail-taken-help", args![]),
        ],
        button: None,
        after: locale.message("mail-ignore", args![]),
    };
    transactional(newsletter, &words)
}

/// Tells the old address that the reader has a new one.
pub fn moved(newsletter: &Newsletter) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-moved-subject", args![newsletter = name]),
        preview: locale.message("mail-moved-preview", args![]),
        title: locale.message("mail-moved-title", args![]),
        before: vec![locale.message("mail-moved-text", args![newsletter = name])],
        button: None,
        after: locale.message("mail-moved-reply", args![]),
    };
    transactional(newsletter, &words)
}

/// Asks a reader to confirm the erasure of all data.
pub fn erase(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let (name, locale) = (&newsletter.name, &newsletter.locale);
    let words = Words {
        subject: locale.message("mail-erase-subject", args![newsletter = name]),
        preview: locale.message("mail-erase-preview", args![]),
        title: locale.message("mail-erase-title", args![]),
        before: vec![locale.message("mail-erase-text", args![newsletter = name])],
        button: Some((locale.message("mail-erase-button", args![]), url)),
        after: locale.message("mail-link-expires", args![]),
    };
    transactional(newsletter, &words)
}

fn transactional(newsletter: &Newsletter, words: &Words<'_>) -> TransactionalMail {
    TransactionalMail {
        subject: words.subject.to_string(),
        text: text(newsletter, words),
        html: page(newsletter, words).into_string(),
    }
}

fn text(newsletter: &Newsletter, words: &Words<'_>) -> String {
    let wrapped = |message: &Message| wrap(message.as_str(), WIDTH);
    let button = words.button.iter();
    let link = |(label, url): &(Message, &str)| mail_text::link(&newsletter.locale, label, url);
    let mut paragraphs = vec![wrapped(&words.title)];
    paragraphs.extend(words.before.iter().map(wrapped));
    paragraphs.extend(button.map(link));
    paragraphs.push(wrapped(&words.after));
    paragraphs.push(format!("-- \n{}", newsletter.postal_address));
    paragraphs.join("\n\n") + "\n"
}

fn page(newsletter: &Newsletter, words: &Words<'_>) -> Markup {
    let locale = &newsletter.locale;
    let rows = html! {
        tr { td.rule style=(style::NOTICE) {
            h1.ink style=(style::HEADLINE) { (words.title) }
        } }
        @for one in &words.before { tr { td.ink style=(style::NOTICE_LINE) { (one) } } }
        @if let Some((label, url)) = &words.button {
            tr { td style=(style::NOTICE_BUTTON) { (frame::button(label, url)) } }
            tr { td.quiet style=(style::ADDRESS) {
                (locale.html("mail-button-fallback", args![]))
                br;
                a.spot href=(url) style=(style::LINK) { (locale.isolate(url)) }
            } }
        }
        tr { td.ink style=(style::NOTICE_LINE) { (words.after) } }
        tr { td.quiet style=(style::FOOTER) { (frame::postal_address(newsletter)) } }
    };
    frame::frame(
        newsletter,
        words.subject.as_str(),
        words.preview.as_str(),
        &rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    /// Every kind of mail. `url` is where those with a button lead.
    fn all(newsletter: &Newsletter, url: &str) -> Vec<TransactionalMail> {
        let day = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap_or_default();
        let paused = Some(Before::PausedUntil(day));
        vec![
            confirm(newsletter, url, None, false),
            confirm(newsletter, url, paused, false),
            confirm(newsletter, url, Some(Before::Digest), true),
            settings(newsletter, url),
            address(newsletter, url),
            erase(newsletter, url),
            already(newsletter),
            taken(newsletter),
            moved(newsletter),
        ]
    }

    #[test]
    fn each_mail_names_the_newsletter_once_and_shows_the_address_of_its_button() {
        let newsletter = fixture::newsletter();
        let url = "https://verdict.example.org/confirm/token?a=1&b=2";
        let name = html! { (newsletter.name) }.into_string();
        let in_html = html! { (url) }.into_string();
        for mail in all(&newsletter, url) {
            let (_, body) = mail.html.split_once("\"article\"").unwrap_or_default();
            let (_, content) = body.split_once('>').unwrap_or_default();
            assert_eq!(content.matches(&name).count(), 1, "{content}");
            assert_eq!(
                mail.text.matches(&newsletter.name).count(),
                1,
                "{}",
                mail.text
            );
            let (_, preheader) = mail.html.split_once("mso-hide:all\">").unwrap_or_default();
            assert!(!preheader.starts_with("&#847;"), "{}", mail.subject);
            if mail.text.contains(url) {
                assert!(content.contains(&format!(">{in_html}</a>")), "{content}");
            }
            let long = |line: &&str| line.chars().count() > WIDTH && !line.contains("://");
            assert_eq!(mail.text.lines().find(long), None);
        }
        let with_button = all(&newsletter, url);
        assert_eq!(
            with_button
                .iter()
                .filter(|mail| mail.text.contains(url))
                .count(),
            6
        );
    }
}
