//! The pages for unsubscribing, pausing and switching to the digest.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;
use crate::locale::Locale;

/// How much of a reason is kept, in UTF-16 code units as browsers count. Other clients may post more.
pub const REASON_MAX: usize = 200;

/// The posted values and the labels of the reasons.
pub const REASONS: [(&str, &str); 4] = [
    ("too-often", "Too many emails"),
    ("not-for-me", "It isn’t relevant to me"),
    ("not-good", "It isn’t good enough"),
    ("never-joined", "I never subscribed"),
];

/// The values of the field `instead` for a pause, with the number of weeks.
pub const RESTS: [(&str, i64); 3] = [("pause-4", 4), ("pause-8", 8), ("pause-12", 12)];

/// The value of the field `instead` for the monthly digest.
pub const DIGEST: &str = "digest";

/// How much mail a reader gets now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The last day of a pause.
    pub paused_until: Option<NaiveDate>,
    /// True for the digest instead of every issue.
    pub digest: bool,
}

/// Asks whether to unsubscribe: a button that posts to `action`, with the optional fields `why` and `reason`.
/// Buttons below it offer a pause or the digest, in the field `instead`. `settings` is the URL of the page that mails
/// a link to the settings.
///
/// `masked` is the address, masked by the caller (`a…@example.com`): anyone who got the mail forwarded
/// can open this page.
pub fn ask(
    newsletter: &Newsletter,
    action: &str,
    settings: &str,
    masked: &str,
    now: Now,
) -> Markup {
    let title = format!("Unsubscribe from {}?", newsletter.name);
    let main = html! {
        h1 { (title) }
        @if let Some(until) = now.paused_until {
            p {
                "You’ve paused it until " (date(&newsletter.locale, until)) ". Until then, nothing comes to " span.address { (masked) }
                ". You can end the pause in " a href=(settings) { "your settings" } "."
            }
            p { "If you unsubscribe, nothing comes after that either." }
        } @else if now.digest {
            p { span.address { (masked) } " gets the monthly digest. If you unsubscribe, nothing more comes to it." }
        } @else {
            p { "Nothing more will come to " span.address { (masked) } "." }
        }
        form method="post" action=(action) {
            fieldset {
                legend { "Why are you leaving? (optional)" }
                @for (key, said) in REASONS {
                    label.choice { input type="radio" name="why" value=(key); " " (said) }
                }
                label { "In your own words" input type="text" name="reason" maxlength=(REASON_MAX) autocomplete="off"; }
            }
            button.button type="submit" { "Unsubscribe" }
        }
        section.less aria-labelledby="less" {
            h2 #less { "Or get less" }
            form method="post" action=(action) {
                @for (key, weeks) in RESTS {
                    button.button.quiet type="submit" name="instead" value=(key) { "Pause for " (weeks) " weeks" }
                }
                @if !now.digest {
                    button.button.quiet type="submit" name="instead" value=(DIGEST) { "Switch to a monthly digest" }
                }
            }
        }
    };
    plain(newsletter, &title, main)
}

/// Confirms that the address is off the list, also when asked again. `undo` is the URL to undo it, if it was
/// just done.
pub fn done(newsletter: &Newsletter, masked: &str, undo: Option<&str>) -> Markup {
    let main = html! {
        h1 { (UNSUBSCRIBED) }
        p { (newsletter.name) " no longer comes to " span.address { (masked) } ", starting now." }
        p { "Thanks for reading. You can still read every comparison " a href="/issues" { "in the archive" } "." }
        @if let Some(undo) = undo { (undo_form(undo)) }
    };
    plain(newsletter, UNSUBSCRIBED, main)
}

const UNSUBSCRIBED: &str = "You’re unsubscribed";

/// The link's reader has left already. `finally` is the URL to leave again, if whoever unsubscribed can still undo it.
pub fn gone(newsletter: &Newsletter, masked: &str, finally: Option<&str>) -> Markup {
    let main = html! {
        h1 { (UNSUBSCRIBED) }
        p { "We send nothing of " (newsletter.name) " to " span.address { (masked) } "." }
        p { "Changed your mind? " a href="/subscribe" { "Subscribe again" } "." }
        @if let Some(finally) = finally {
            form method="post" action=(finally) {
                p { "This was done within the last hour, and can still be undone on the page where it was done." }
                button.button.quiet type="submit" { "Unsubscribe for good" }
            }
        }
    };
    plain(newsletter, UNSUBSCRIBED, main)
}

/// Explains that the link's subscription has ended: the reader's data was erased, or the address changed. Shows no
/// address, because anyone may have the link.
pub fn ended(newsletter: &Newsletter) -> Markup {
    let title = "This subscription has ended";
    let main = html! {
        h1 { (title) }
        p { "We send nothing more for the subscription that this link belongs to." }
        p {
            "Still getting " (newsletter.name) "? Then you have subscribed again since: use the unsubscribe link in the "
            "latest email."
        }
        (archive())
    };
    plain(newsletter, title, main)
}

/// Confirms a pause; `until` is its last day. `undo` is the URL to undo it, if it was just done.
pub fn paused(
    newsletter: &Newsletter,
    masked: &str,
    until: NaiveDate,
    undo: Option<&str>,
) -> Markup {
    let title = format!("Paused until {}", newsletter.locale.date(until));
    let main = html! {
        h1 { (title) }
        p {
            "We send nothing of " (newsletter.name) " to " span.address { (masked) } " until " (date(&newsletter.locale, until))
            ". After that, it comes as before."
        }
        @if let Some(undo) = undo { (undo_form(undo)) }
    };
    plain(newsletter, &title, main)
}

/// Confirms the monthly digest. `undo` is the URL to undo it, if it was just done.
pub fn digest(newsletter: &Newsletter, masked: &str, undo: Option<&str>) -> Markup {
    let title = "You get the monthly digest";
    let main = html! {
        h1 { (title) }
        p {
            "From now on, " (newsletter.name) " comes to " span.address { (masked) }
            " once a month, with all verdicts in one email."
        }
        @if let Some(undo) = undo { (undo_form(undo)) }
    };
    plain(newsletter, title, main)
}

/// Asks whether to undo: a button that posts to `action`.
pub fn ask_to_undo(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Undo your last change?";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " will come to " span.address { (masked) } " as it did before the change." }
        (undo_form(action))
    };
    plain(newsletter, title, main)
}

/// Confirms an undo; `now` is how much mail the reader gets after it.
pub fn undone(newsletter: &Newsletter, masked: &str, now: Now) -> Markup {
    let title = match now.paused_until.is_none() {
        true => "You’re back on the list",
        false => "Undone",
    };
    let main = html! {
        h1 { (title) }
        (gets(newsletter, masked, now))
        (archive())
    };
    plain(newsletter, title, main)
}

/// The undo was used, has expired, or the reader has done something else since. `now` is how much mail the reader
/// gets; `None` if none at all.
pub fn nothing_to_undo(newsletter: &Newsletter, masked: &str, now: Option<Now>) -> Markup {
    let title = match now {
        Some(_) => "You’re on the list",
        None => UNSUBSCRIBED,
    };
    let main = html! {
        h1 { (title) }
        @match now {
            Some(now) => (gets(newsletter, masked, now)),
            None => p { "We send nothing of " (newsletter.name) " to " span.address { (masked) } "." },
        }
        p { "There is nothing left to undo: it was undone already, or more than an hour ago, or has changed since." }
        @if now.is_none() { p { a href="/subscribe" { "Subscribe again" } } }
    };
    plain(newsletter, title, main)
}

/// What comes to the address from now on.
fn gets(newsletter: &Newsletter, masked: &str, now: Now) -> Markup {
    let name = &newsletter.name;
    html! {
        p {
            @match now {
                Now { paused_until: Some(until), .. } => {
                    (name) " is paused until " (date(&newsletter.locale, until)) ", and comes to " span.address { (masked) } " after that."
                }
                Now { digest: true, .. } => { "The monthly digest of " (name) " comes to " span.address { (masked) } "." }
                Now { .. } => { "Every issue of " (name) " comes to " span.address { (masked) } "." }
            }
        }
    }
}

fn date(locale: &Locale, date: NaiveDate) -> Markup {
    html! { time datetime=(date) { (locale.date(date)) } }
}

fn undo_form(action: &str) -> Markup {
    html! {
        form method="post" action=(action) { button.button.quiet type="submit" { "Undo" } }
    }
}

fn archive() -> Markup {
    html! { p { a href="/issues" { "Read the archive" } } }
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link doesn’t work";
    let main = html! {
        h1 { (title) }
        p {
            "Part of it may be missing. Open “Unsubscribe” at the end of one of our emails again, or copy the whole link."
        }
        p { "If that doesn’t help, reply to any of our emails and ask us to unsubscribe you." }
    };
    plain(newsletter, title, main)
}
