//! Mails to one reader that are not editions: a confirmation, a link that was asked for. Short, in the
//! look of the letter, and without a word that a visitor typed.

use maud::{Markup, html};

use super::style;
use crate::comparison::Newsletter;
use crate::lines::wrap;

/// Characters in a line of the text part.
const WIDTH: usize = 72;

/// Room around the button.
const AROUND_BUTTON: &str = "margin:6px 0 22px";

/// A mail to one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderNotice {
    /// The subject.
    pub subject: String,
    /// The text part: lines ended by `\n`, at most 72 characters long except for addresses.
    pub text: String,
    /// The HTML part, which says the same.
    pub html: String,
}

/// What a notice says.
struct Words<'a> {
    subject: String,
    before: Vec<String>,
    /// What the button says, and where it leads.
    link: Option<(&'a str, &'a str)>,
    after: Vec<String>,
}

/// Asks the owner of an address to confirm; `url` leads to a page with one button.
pub fn confirm(newsletter: &Newsletter, url: &str) -> ReaderNotice {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("Please confirm: {name}"),
        before: vec![
            format!("Somebody, probably you, asked that {name} come to this address."),
            "If it was you, please confirm it. Until then we send nothing else.".to_owned(),
        ],
        link: Some(("Confirm", url)),
        after: vec![
            "If it was not you, do nothing: after 48 hours we forget this address.".to_owned(),
        ],
    };
    notice(newsletter, words)
}

/// Tells a reader who signed up again that the address is on the list.
pub fn already(newsletter: &Newsletter) -> ReaderNotice {
    let name = &newsletter.name;
    let words = Words {
        subject: format!("You are already on the list of {name}"),
        before: vec![
            format!("Somebody, probably you, asked that {name} come to this address."),
            "It does already: you are on the list, and nothing has changed.".to_owned(),
            "If the mails do not reach you, please look into your spam folder, and into the settings \
             that the foot of every mail leads to: you may have paused them."
                .to_owned(),
        ],
        link: None,
        after: vec!["If it was not you, you need not do anything.".to_owned()],
    };
    notice(newsletter, words)
}

/// The link to a reader's settings.
pub fn settings(newsletter: &Newsletter, url: &str) -> ReaderNotice {
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
    notice(newsletter, words)
}

/// Asks the owner of a new address to confirm it.
pub fn address(newsletter: &Newsletter, url: &str) -> ReaderNotice {
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
    notice(newsletter, words)
}

/// Tells the owner of a new address that it cannot be moved to.
pub fn taken(newsletter: &Newsletter) -> ReaderNotice {
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
    notice(newsletter, words)
}

/// Tells the old address that the reader has another one now.
pub fn moved(newsletter: &Newsletter) -> ReaderNotice {
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
    notice(newsletter, words)
}

/// Asks a reader to confirm that everything is to be erased.
pub fn erase(newsletter: &Newsletter, url: &str) -> ReaderNotice {
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
    notice(newsletter, words)
}

fn notice(newsletter: &Newsletter, words: Words<'_>) -> ReaderNotice {
    ReaderNotice {
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
