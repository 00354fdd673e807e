//! The pages for unsubscribing, pausing and switching to the digest.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plain::{address, all_comparisons, plain, subscribe_again};
use crate::comparison::Newsletter;
use crate::locale::{Locale, args};

/// How much of a reason is kept, in UTF-16 code units as browsers count. Other clients may post more.
pub const REASON_MAX: usize = 200;

/// The posted values of the reasons.
pub const REASONS: [&str; 4] = ["too-often", "not-for-me", "not-good", "never-joined"];

/// The values of the field `instead` for a pause, with the number of weeks.
pub const PAUSES: [(&str, i64); 3] = [("pause-4", 4), ("pause-8", 8), ("pause-12", 12)];

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
    let locale = &newsletter.locale;
    let title = locale.message("unsubscribe-from", args![newsletter = &newsletter.name]);
    let main = html! {
        h1 { (title) }
        p { (before(locale, settings, masked, now)) }
        form method="post" action=(action) {
            fieldset {
                legend { (locale.html("unsubscribe-why", args![])) }
                @for (key, reason) in REASONS.into_iter().zip(reasons(locale)) {
                    label.choice { input type="radio" name="why" value=(key); " " (reason) }
                }
                label {
                    (locale.html("unsubscribe-own-words", args![]))
                    input type="text" name="reason" maxlength=(REASON_MAX) autocomplete="off";
                }
            }
            button.button type="submit" { (locale.html("unsubscribe-button", args![])) }
        }
        section.less aria-labelledby="less" {
            h2 #less { (locale.html("unsubscribe-less", args![])) }
            form method="post" action=(action) {
                @for (key, weeks) in PAUSES {
                    button.button.quiet type="submit" name="instead" value=(key) {
                        (locale.html("unsubscribe-pause-for", args![weeks]))
                    }
                }
                @if !now.digest {
                    button.button.quiet type="submit" name="instead" value=(DIGEST) {
                        (locale.html("unsubscribe-to-digest", args![]))
                    }
                }
            }
        }
    };
    plain(newsletter, title.as_str(), main)
}

/// What unsubscribing changes.
fn before(locale: &Locale, settings: &str, masked: &str, now: Now) -> Markup {
    let address = address(masked);
    if let Some(until) = now.paused_until {
        let date = date(locale, until);
        let label = locale.html("unsubscribe-settings", args![]);
        let settings = html! { a href=(settings) { (label) } };
        locale.html("unsubscribe-paused", args![date, address, settings])
    } else if now.digest {
        locale.html("unsubscribe-digest", args![address])
    } else {
        locale.html("unsubscribe-text", args![address])
    }
}

/// The labels of [`REASONS`].
fn reasons(locale: &Locale) -> [Markup; 4] {
    [
        locale.html("unsubscribe-too-often", args![]),
        locale.html("unsubscribe-not-for-me", args![]),
        locale.html("unsubscribe-not-good", args![]),
        locale.html("unsubscribe-never-joined", args![]),
    ]
}

/// Confirms that the address is off the list, also when asked again. `undo` is the URL to undo it, if it was
/// just done.
pub fn done(newsletter: &Newsletter, masked: &str, undo: Option<&str>) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("unsubscribed", args![]);
    let archive = locale.html("unsubscribed-archive", args![]);
    let link = html! { a href="/issues" { (archive) } };
    let main = html! {
        h1 { (title) }
        p { (locale.html("unsubscribed-now", args![newsletter = name, address = address(masked)])) }
        p { (locale.html("unsubscribed-thanks", args![link])) }
        @if let Some(undo) = undo { (undo_form(locale, undo)) }
    };
    plain(newsletter, &title, main)
}

/// The answer to a mail program that unsubscribed its user (RFC 8058), as plain text.
pub fn one_click(locale: &Locale) -> String {
    locale.text("unsubscribed-one-click", args![]) + "\n"
}

/// The link's reader has left already. `finally` is the URL to leave again, if whoever unsubscribed can still undo it.
pub fn gone(newsletter: &Newsletter, masked: &str, finally: Option<&str>) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("unsubscribed", args![]);
    let main = html! {
        h1 { (title) }
        p { (gets_nothing(newsletter, masked)) }
        p { (locale.html("unsubscribed-changed-mind", args![link = subscribe_again(locale)])) }
        @if let Some(finally) = finally {
            form method="post" action=(finally) {
                p { (locale.html("unsubscribed-not-yet", args![])) }
                button.button.quiet type="submit" { (locale.html("unsubscribed-for-good", args![])) }
            }
        }
    };
    plain(newsletter, &title, main)
}

/// Explains that the link's subscription has ended: the reader's data was erased, or the address changed. Shows no
/// address, because anyone may have the link.
pub fn ended(newsletter: &Newsletter) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("subscription-ended", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("subscription-ended-text", args![])) }
        p { (locale.html("subscription-ended-but", args![newsletter = name])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// Confirms a pause; `until` is its last day. `undo` is the URL to undo it, if it was just done.
pub fn paused(
    newsletter: &Newsletter,
    masked: &str,
    until: NaiveDate,
    undo: Option<&str>,
) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("paused-until", args![date = locale.date(until)]);
    let (address, date) = (address(masked), date(locale, until));
    let main = html! {
        h1 { (locale.html("paused-until", args![date = date.clone()])) }
        p { (locale.html("paused-text", args![newsletter = name, address, date])) }
        @if let Some(undo) = undo { (undo_form(locale, undo)) }
    };
    plain(newsletter, &title, main)
}

/// Confirms the monthly digest. `undo` is the URL to undo it, if it was just done.
pub fn digest(newsletter: &Newsletter, masked: &str, undo: Option<&str>) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("digest-chosen", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("digest-chosen-text", args![newsletter = name, address = address(masked)])) }
        @if let Some(undo) = undo { (undo_form(locale, undo)) }
    };
    plain(newsletter, &title, main)
}

/// Asks whether to undo: a button that posts to `action`.
pub fn ask_to_undo(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("undo-ask", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("undo-ask-text", args![newsletter = name, address = address(masked)])) }
        (undo_form(locale, action))
    };
    plain(newsletter, &title, main)
}

/// Confirms an undo; `now` is how much mail the reader gets after it.
pub fn undone(newsletter: &Newsletter, masked: &str, now: Now) -> Markup {
    let locale = &newsletter.locale;
    let title = match now.paused_until {
        None => locale.text("undone", args![]),
        Some(_) => locale.text("undone-paused", args![]),
    };
    let main = html! {
        h1 { (title) }
        p { (gets(newsletter, masked, now)) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// The undo was used, has expired, or the reader has done something else since. `now` is how much mail the reader
/// gets; `None` if none at all.
pub fn nothing_to_undo(newsletter: &Newsletter, masked: &str, now: Option<Now>) -> Markup {
    let locale = &newsletter.locale;
    let (title, what) = match now {
        Some(now) => (
            locale.text("undo-subscribed", args![]),
            gets(newsletter, masked, now),
        ),
        None => (
            locale.text("unsubscribed", args![]),
            gets_nothing(newsletter, masked),
        ),
    };
    let main = html! {
        h1 { (title) }
        p { (what) }
        p { (locale.html("undo-nothing", args![])) }
        @if now.is_none() { p { (subscribe_again(locale)) } }
    };
    plain(newsletter, &title, main)
}

/// What the address gets from now on.
fn gets(newsletter: &Newsletter, masked: &str, now: Now) -> Markup {
    let (locale, newsletter) = (&newsletter.locale, &newsletter.name);
    let address = address(masked);
    match now {
        Now {
            paused_until: Some(until),
            ..
        } => {
            let date = date(locale, until);
            locale.html("gets-after-pause", args![newsletter, date, address])
        }
        Now { digest: true, .. } => locale.html("gets-digest", args![newsletter, address]),
        Now { .. } => locale.html("gets-every", args![newsletter, address]),
    }
}

fn gets_nothing(newsletter: &Newsletter, masked: &str) -> Markup {
    let (locale, newsletter) = (&newsletter.locale, &newsletter.name);
    locale.html(
        "unsubscribed-before",
        args![newsletter, address = address(masked)],
    )
}

fn date(locale: &Locale, date: NaiveDate) -> Markup {
    html! { time datetime=(date) { (locale.date(date)) } }
}

fn undo_form(locale: &Locale, action: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            button.button.quiet type="submit" { (locale.html("undo-button", args![])) }
        }
    }
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("link-broken", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("unsubscribe-link-broken", args![])) }
        p { (locale.html("unsubscribe-reply", args![])) }
    };
    plain(newsletter, &title, main)
}
