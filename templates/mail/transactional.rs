//! Emails to one reader that are not editions: a confirmation, a link that was asked for. Short, in the look
//! of the letter, and without a word that a visitor typed.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::style;
use crate::comparison::Newsletter;
use crate::lines::wrap;
use crate::sentences;

/// Characters in a line of the text part.
const WIDTH: usize = 72;

/// Room around the button.
const AROUND_BUTTON: &str = "margin:6px 0 22px";

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionalMail {
    /// The subject.
    pub subject: String,
    /// The text part: lines ended by `\n`, at most 72 characters long except for addresses.
    pub text: String,
    /// The HTML part, which says the same.
    pub html: String,
}

/// What such a mail says.
struct Words<'a> {
    subject: String,
    before: Vec<String>,
    /// What the button says, and where it leads.
    link: Option<(&'a str, &'a str)>,
    after: Vec<String>,
}

/// What keeps issues from a reader who signs up again, until they confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// They paused, until this day.
    PausedUntil(NaiveDate),
    /// They chose the monthly digest.
    Digest,
}

/// Asks the owner of an address to confirm; `url` leads to a page with one button. `before` is what confirming
/// ends; `on_the_list` says that the reader is on the list with it.
pub fn confirm(
    newsletter: &Newsletter,
    url: &str,
    before: Option<Before>,
    on_the_list: bool,
) -> TransactionalMail {
    let name = &newsletter.name;
    let asked = format!("You, or someone who typed your email address, signed up for {name}.");
    let chosen = before.map(|before| match before {
        Before::PausedUntil(day) => {
            let day = sentences::day(day);
            format!(
                "You paused it until {day}. Confirming ends the pause: you get every issue again."
            )
        }
        Before::Digest => {
            "You chose the monthly digest. Confirming ends that: you get every issue again."
                .to_owned()
        }
    });
    let mut said = vec![asked];
    said.extend(chosen);
    if !on_the_list {
        said.push(
            "Please confirm that you want it. Until you do, we send nothing else.".to_owned(),
        );
    }
    let otherwise = if on_the_list {
        "If you did not sign up, ignore this email: nothing changes."
    } else {
        "If you did not sign up, ignore this email: we delete your address after 48 hours, unless you \
         have been a reader before."
    };
    let words = Words {
        subject: match on_the_list {
            true => format!("Get every issue of {name} again?"),
            false => format!("Please confirm: {name}"),
        },
        before: said,
        link: Some(("Confirm", url)),
        after: vec![otherwise.to_owned()],
    };
    transactional(newsletter, words)
}

/// Says that an address that signed up again is on the list.
pub fn already(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("You are already subscribed to {name}"),
        before: vec![
            format!("You, or someone who typed your email address, signed up for {name}."),
            "You are subscribed already and get every issue, so nothing has changed.".to_owned(),
            "If our emails do not arrive, please look in your spam folder.".to_owned(),
        ],
        link: None,
        after: vec!["If you did not sign up, ignore this email.".to_owned()],
    };
    transactional(newsletter, words)
}

/// The link to a reader's settings.
pub fn settings(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Your settings for {name}"),
        before: vec![
            "Here is the link to your settings that you asked for. Whoever has it can change them, so \
             please keep it to yourself."
                .to_owned(),
        ],
        link: Some(("Open your settings", url)),
        after: vec![
            "It works for 24 hours. If you did not ask for it, you need not do anything.".to_owned(),
        ],
    };
    transactional(newsletter, words)
}

/// Asks the owner of a new address to confirm it.
pub fn address(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Please confirm your new address: {name}"),
        before: vec![format!(
            "A reader of {name}, probably you, wants to read it at this address from now on."
        )],
        link: Some(("Use this address", url)),
        after: vec![
            "The link works for 24 hours. If it was not you, do nothing: nothing will change."
                .to_owned(),
        ],
    };
    transactional(newsletter, words)
}

/// Tells the owner of a new address that it cannot be moved to.
pub fn taken(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("This address has a subscription of its own: {name}"),
        before: vec![
            format!("A reader of {name}, probably you, wanted to read it at this address."),
            "This address has been with us before, so nothing was changed. To read here, join with it; \
             and leave with the other one by the link at the foot of any mail."
                .to_owned(),
        ],
        link: None,
        after: vec!["If it was not you, you need not do anything.".to_owned()],
    };
    transactional(newsletter, words)
}

/// Tells the old address that the reader has another one now.
pub fn moved(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Your address for {name} was changed"),
        before: vec![format!(
            "From now on {name} goes to the new address that was given in your settings, and no \
             longer to this one."
        )],
        link: None,
        after: vec!["If you did not change it, please answer this mail.".to_owned()],
    };
    transactional(newsletter, words)
}

/// Asks a reader to confirm that everything is to be erased.
pub fn erase(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Erase everything that {name} holds about you?"),
        before: vec![
            format!("You asked {name} to erase everything that it holds about you."),
            "That ends your subscription, and nobody can take it back.".to_owned(),
        ],
        link: Some(("Erase everything", url)),
        after: vec![
            "The link works for 24 hours. If you did not ask for it, do nothing: nothing will change."
                .to_owned(),
        ],
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
    let mut paragraphs = vec![newsletter.name.clone()];
    paragraphs.extend(words.before.iter().map(|said| wrap(said, WIDTH)));
    paragraphs.extend(words.link.map(|(label, url)| format!("{label}:\n{url}")));
    paragraphs.extend(words.after.iter().map(|said| wrap(said, WIDTH)));
    paragraphs.push(format!("-- \n{}", newsletter.postal_address));
    paragraphs.join("\n\n") + "\n"
}

fn page(newsletter: &Newsletter, words: &Words<'_>) -> Markup {
    let rows = html! {
        (super::html::nameplate(newsletter))
        tr { td.ink style=(style::INTRO_CELL) {
            h1.ink style=(style::TOOL) { (words.subject) }
            br;
            (paragraphs(&words.before))
            @if let Some((label, url)) = words.link {
                div style=(AROUND_BUTTON) { (super::html::button(label, url)) }
            }
            (paragraphs(&words.after))
        } }
        tr { td.quiet style=(style::FOOTER) {
            p style=(style::PARAGRAPH) {
                @for line in newsletter.postal_address.lines() { (line) br; }
            }
        } }
    };
    super::html::frame(newsletter, &words.subject, "", &rows)
}

fn paragraphs(said: &[String]) -> Markup {
    html! {
        @for one in said { p style=(style::PARAGRAPH) { (one) } }
    }
}
