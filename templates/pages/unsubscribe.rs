//! The pages for unsubscribing, pausing and switching to the digest.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;
use crate::sentences;

/// How much of a reason is kept, in UTF-16 code units as browsers count. Other clients may post more.
pub const REASON_MAX: usize = 200;

/// The posted values and the labels of the reasons.
pub const REASONS: [(&str, &str); 4] = [
    ("too-often", "It comes too often"),
    ("not-for-me", "It is not about what I need"),
    ("not-good", "It is not good enough"),
    ("never-joined", "I never joined"),
];

/// The values of the field `instead` for a pause, with the number of weeks.
pub const RESTS: [(&str, i64); 3] = [("pause-4", 4), ("pause-8", 8), ("pause-12", 12)];

/// The value of the field `instead` for the monthly digest.
pub const DIGEST: &str = "digest";

/// Asks whether to unsubscribe: a button that posts to `action`, with the optional fields `why` and `reason`.
/// Buttons below it offer a pause or the digest, in the field `instead`.
///
/// `masked` is the address, masked by the caller (`a…@example.com`): anyone who got the mail forwarded
/// can open this page.
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = format!("Leave {}?", newsletter.name);
    let main = html! {
        h1 { (title) }
        p { "We will send nothing more to " span.address { (masked) } "." }
        form method="post" action=(action) {
            fieldset {
                legend { "Why, if you want to tell us (optional)" }
                @for (key, said) in REASONS {
                    label.choice { input type="radio" name="why" value=(key); " " (said) }
                }
                label { "Or in your words" input type="text" name="reason" maxlength=(REASON_MAX) autocomplete="off"; }
            }
            button.button type="submit" { "Unsubscribe" }
        }
        section.less aria-labelledby="less" {
            h2 #less { "Or get less" }
            form method="post" action=(action) {
                @for (key, weeks) in RESTS {
                    button.button.quiet type="submit" name="instead" value=(key) { "Pause for " (weeks) " weeks" }
                }
                button.button.quiet type="submit" name="instead" value=(DIGEST) { "Only a digest, once a month" }
            }
        }
    };
    plain(newsletter, &title, main)
}

/// Confirms that the address is off the list, also when asked again. `undo` is the URL to take it back, if it was
/// just done.
pub fn done(newsletter: &Newsletter, masked: &str, undo: Option<&str>) -> Markup {
    let title = "You are unsubscribed";
    let main = html! {
        h1 { (title) }
        p { span.address { (masked) } " is off the list of " (newsletter.name) ", from this moment on." }
        p {
            "Thank you for reading. Every comparison stays open to everybody: "
            a href="/" { "all comparisons" } "."
        }
        @if let Some(undo) = undo { (take_back(undo, "That was a mistake: put me back")) }
    };
    plain(newsletter, title, main)
}

/// Explains that the link's subscription has ended: the reader's data was erased, or the address changed. Shows no
/// address, because anyone may have the link.
pub fn ended(newsletter: &Newsletter) -> Markup {
    let title = "This subscription has ended";
    let main = html! {
        h1 { (title) }
        p { "We send nothing more for the subscription that this link belongs to." }
        p {
            "Still getting " (newsletter.name) "? Then you have joined again since: use the unsubscribe link in the "
            "latest email."
        }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// Confirms a pause; `until` is its last day.
pub fn paused(newsletter: &Newsletter, masked: &str, until: NaiveDate, undo: &str) -> Markup {
    let title = "A rest it is";
    let main = html! {
        h1 { (title) }
        p {
            "Nothing of " (newsletter.name) " comes to " span.address { (masked) } " until "
            time datetime=(until) { (sentences::day(until)) } ". Then it goes on by itself."
        }
        (take_back(undo, "Take this back"))
    };
    plain(newsletter, title, main)
}

pub fn digest(newsletter: &Newsletter, masked: &str, undo: &str) -> Markup {
    let title = "Once a month it is";
    let main = html! {
        h1 { (title) }
        p {
            "From now on " span.address { (masked) } " gets the verdicts of " (newsletter.name)
            " in one mail, at the beginning of each month."
        }
        (take_back(undo, "Take this back"))
    };
    plain(newsletter, title, main)
}

pub fn undone(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "It is as it was";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " comes to " span.address { (masked) } " as before." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

fn take_back(action: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(action) { button.button.quiet type="submit" { (label) } }
    }
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link does not work";
    let main = html! {
        h1 { (title) }
        p {
            "It may have been cut short on its way. Please open the link “Unsubscribe” at the foot "
            "of a mail from us again, or copy all of it."
        }
        p { "If that does not help, answer any of our mails and say that you want to leave." }
    };
    plain(newsletter, title, main)
}
