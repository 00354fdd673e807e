//! Leaving: a page that asks, a page that says it is done, a page for a link that does not work.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;

/// Longest reason that the form takes, in UTF-16 code units as browsers count. Others may post more.
pub const REASON_MAX: usize = 200;

/// Asks whether to leave: one button that posts to `action`, with an optional field `reason`.
///
/// `masked` is the address, masked by the caller (`a…@example.com`): whoever was forwarded the mail
/// can open this page.
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = format!("Leave {}?", newsletter.name);
    let main = html! {
        h1 { (title) }
        p { "We will send nothing more to " span.address { (masked) } "." }
        form method="post" action=(action) {
            label {
                "Why, if you want to tell us (optional)"
                input type="text" name="reason" maxlength=(REASON_MAX) autocomplete="off";
            }
            button.button type="submit" { "Unsubscribe" }
        }
    };
    plain(newsletter, &title, main)
}

/// Says that the address is off the list. True however often it is asked.
pub fn done(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "You are unsubscribed";
    let main = html! {
        h1 { (title) }
        p { span.address { (masked) } " is off the list of " (newsletter.name) ", from this moment on." }
        p {
            "Thank you for reading. Every comparison stays open to everybody: "
            a href="/" { "all comparisons" } "."
        }
    };
    plain(newsletter, title, main)
}

/// Says that a link does not work, and nothing about any address.
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
