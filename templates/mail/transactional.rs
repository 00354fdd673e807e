//! Mails to one reader that are not editions, such as a confirmation or a link. They look like an edition's mail,
//! and never contain text that a visitor typed.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::text::WIDTH;
use super::{frame, style};
use crate::comparison::Newsletter;
use crate::lines::wrap;
use crate::sentences;

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionalMail {
    pub subject: String,
    /// Lines ended by `\n`, at most 72 columns long except for URLs.
    pub text: String,
    pub html: String,
}

struct Words<'a> {
    subject: String,
    /// The line that mailboxes show beside the subject.
    preheader: &'a str,
    title: &'a str,
    /// They name the newsletter once; nothing else in the mail does.
    before: Vec<String>,
    /// The button's label and URL.
    link: Option<(&'a str, &'a str)>,
    after: &'a str,
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
    let name = &newsletter.name;
    let chosen = before.map(|before| match before {
        Before::PausedUntil(day) => {
            let day = newsletter.locale.date(day);
            format!(
                "It is paused until {day}. Confirming ends the pause: you get every issue again."
            )
        }
        Before::Digest => {
            "You chose the monthly digest. Confirming ends that: you get every issue again."
                .to_owned()
        }
    });
    let mut before = vec![format!("You asked to receive {name}. Confirm to start.")];
    before.extend(chosen);
    let words = match on_the_list {
        true => Words {
            subject: format!("Get every issue of {name} again?"),
            preheader: "Confirm, and the next issue comes to you.",
            title: "Get every issue again?",
            before,
            link: Some(("Get every issue", url)),
            after: "If you didn’t ask for this, ignore this email. Nothing changes.",
        },
        false => Words {
            subject: format!("Please confirm: {name}"),
            preheader: "One click, and you’re in.",
            title: "Please confirm",
            before,
            link: Some(("Confirm", url)),
            after: "Until you confirm, we send nothing else. If you didn’t ask for this, ignore this email: we \
                    delete your address after 48 hours, unless you have been a reader before.",
        },
    };
    transactional(newsletter, words)
}

/// Tells the owner of an address that signed up again that it is on the list.
pub fn already(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("You are already subscribed to {name}"),
        preheader: "You get every issue, so nothing has changed.",
        title: "You’re already subscribed",
        before: vec![
            format!("You asked to receive {name}, but you already get every issue."),
            "If our emails don’t arrive, look in your spam folder.".to_owned(),
        ],
        link: None,
        after: "If you didn’t ask for this, ignore this email.",
    };
    transactional(newsletter, words)
}

/// The link to a reader's settings.
pub fn settings(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Your settings for {name}"),
        preheader: "The link works for 24 hours.",
        title: "Your settings",
        before: vec![
            format!("You asked for the link to your settings for {name}."),
            "Keep it to yourself: anyone who has it can change them.".to_owned(),
        ],
        link: Some(("Open your settings", url)),
        after: "The link works for 24 hours. If you didn’t ask for it, ignore this email.",
    };
    transactional(newsletter, words)
}

/// Asks the owner of a new address to confirm it.
pub fn address(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Please confirm your new address: {name}"),
        preheader: "Confirm that this address is yours.",
        title: "Confirm your new address",
        before: vec![format!(
            "You asked to receive {name} at this address from now on. Confirm that it is yours."
        )],
        link: Some(("Use this address", url)),
        after: "The link works for 24 hours. If you didn’t ask for this, ignore this email. Nothing changes.",
    };
    transactional(newsletter, words)
}

/// Tells the owner of a new address that a subscription cannot be moved to it.
pub fn taken(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("This address has a subscription of its own: {name}"),
        preheader: "Nothing has changed.",
        title: "This address has a subscription of its own",
        before: vec![
            format!(
                "You asked to receive {name} at this address. It has been subscribed before, so we changed nothing."
            ),
            "To read it here, subscribe with this address. To stop getting it at the other address, use the \
             unsubscribe link in any of our emails there."
                .to_owned(),
        ],
        link: None,
        after: "If you didn’t ask for this, ignore this email.",
    };
    transactional(newsletter, words)
}

/// Tells the old address that the reader has a new one.
pub fn moved(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Your address for {name} was changed"),
        preheader: "If you didn’t change it, please reply.",
        title: "Your address was changed",
        before: vec![format!(
            "{name} now goes to the new address in your settings, and no longer to this one."
        )],
        link: None,
        after: "If you didn’t change it, please reply to this email.",
    };
    transactional(newsletter, words)
}

/// Asks a reader to confirm the erasure of all data.
pub fn erase(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Erase everything that {name} holds about you?"),
        preheader: "This can’t be undone.",
        title: "Erase all your data?",
        before: vec![format!(
            "You asked {name} to erase everything it holds about you. This ends your subscription and can’t be \
             undone."
        )],
        link: Some(("Erase everything", url)),
        after: "The link works for 24 hours. If you didn’t ask for this, ignore this email. Nothing changes.",
    };
    transactional(newsletter, words)
}

fn transactional(newsletter: &Newsletter, words: Words<'_>) -> TransactionalMail {
    TransactionalMail {
        text: text(newsletter, &words),
        html: page(newsletter, &words).into_string(),
        subject: words.subject,
    }
}

fn text(newsletter: &Newsletter, words: &Words<'_>) -> String {
    let mut paragraphs = vec![wrap(words.title, WIDTH)];
    paragraphs.extend(words.before.iter().map(|said| wrap(said, WIDTH)));
    paragraphs.extend(words.link.map(|(label, url)| format!("{label}:\n{url}")));
    paragraphs.push(wrap(words.after, WIDTH));
    paragraphs.push(format!("-- \n{}", newsletter.postal_address));
    paragraphs.join("\n\n") + "\n"
}

fn page(newsletter: &Newsletter, words: &Words<'_>) -> Markup {
    let rows = html! {
        tr { td.rule style=(style::NOTICE) {
            h1.ink style=(style::HEADLINE) { (words.title) }
        } }
        @for one in &words.before { tr { td.ink style=(style::NOTICE_LINE) { (one) } } }
        @if let Some((label, url)) = words.link {
            tr { td style=(style::NOTICE_BUTTON) { (frame::button(label, url)) } }
            tr { td.quiet style=(style::ADDRESS) {
                (sentences::mail::BUTTON_DOES_NOT_WORK) " "
                a.spot href=(url) style=(style::LINK) { (url) }
            } }
        }
        tr { td.ink style=(style::NOTICE_LINE) { (words.after) } }
        tr { td.quiet style=(style::FOOTER) { (frame::postal_address(newsletter)) } }
    };
    frame::frame(newsletter, &words.subject, words.preheader, &rows)
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
