//! Mails to one reader that are not editions, such as a confirmation or a link. They look like an edition's mail,
//! and never contain text that a visitor typed.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::style;
use crate::comparison::Newsletter;
use crate::lines::wrap;
use crate::sentences;

/// Characters in a line of the text part.
const WIDTH: usize = 72;

const AROUND_BUTTON: &str = "margin:6px 0 22px";

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionalMail {
    pub subject: String,
    /// Lines ended by `\n`, at most 72 characters long except for URLs.
    pub text: String,
    pub html: String,
}

struct Words<'a> {
    subject: String,
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
    let otherwise = match on_the_list {
        true => "If you did not sign up, ignore this email: nothing changes.",
        false => {
            "If you did not sign up, ignore this email: we delete your address after 48 hours, unless you \
             have been a reader before."
        }
    };
    let words = Words {
        subject: match on_the_list {
            true => format!("Get every issue of {name} again?"),
            false => format!("Please confirm: {name}"),
        },
        before: said,
        link: Some(("Confirm", url)),
        after: otherwise,
    };
    transactional(newsletter, words)
}

/// Tells the owner of an address that signed up again that it is on the list.
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
        after: "If you did not sign up, ignore this email.",
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
        after: "It works for 24 hours. If you did not ask for it, you need not do anything.",
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
        after: "The link works for 24 hours. If it was not you, do nothing: nothing will change.",
    };
    transactional(newsletter, words)
}

/// Tells the owner of a new address that a subscription cannot be moved to it.
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
        after: "If it was not you, you need not do anything.",
    };
    transactional(newsletter, words)
}

/// Tells the old address that the reader has a new one.
pub fn moved(newsletter: &Newsletter) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Your address for {name} was changed"),
        before: vec![format!(
            "From now on {name} goes to the new address that was given in your settings, and no \
             longer to this one."
        )],
        link: None,
        after: "If you did not change it, please answer this mail.",
    };
    transactional(newsletter, words)
}

/// Asks a reader to confirm the erasure of all data.
pub fn erase(newsletter: &Newsletter, url: &str) -> TransactionalMail {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Erase everything that {name} holds about you?"),
        before: vec![
            format!("You asked {name} to erase everything that it holds about you."),
            "That ends your subscription, and nobody can take it back.".to_owned(),
        ],
        link: Some(("Erase everything", url)),
        after: "The link works for 24 hours. If you did not ask for it, do nothing: nothing will change.",
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
    paragraphs.push(wrap(words.after, WIDTH));
    paragraphs.push(format!("-- \n{}", newsletter.postal_address));
    paragraphs.join("\n\n") + "\n"
}

fn page(newsletter: &Newsletter, words: &Words<'_>) -> Markup {
    let rows = html! {
        (super::html::nameplate(newsletter))
        tr { td.ink style=(style::INTRO_CELL) {
            h1.ink style=(style::TOOL) { (words.subject) }
            br;
            @for one in &words.before { p style=(style::PARAGRAPH) { (one) } }
            @if let Some((label, url)) = words.link {
                div style=(AROUND_BUTTON) { (super::html::button(label, url)) }
            }
            p style=(style::PARAGRAPH) { (words.after) }
        } }
        tr { td.quiet style=(style::FOOTER) {
            p style=(style::PARAGRAPH) {
                @for line in newsletter.postal_address.lines() { (line) br; }
            }
        } }
    };
    super::html::frame(newsletter, &words.subject, "", &rows)
}
