//! A reader's settings, and the pages that mail the link to them to the reader's own address.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plain::{plain, plain_in_full};
use super::subscribe::{NAME_MAX, field, zone_field};
use super::unsubscribe::RESTS;
use crate::comparison::Newsletter;
use crate::locale::Locale;

/// Offers to mail the link to the settings: a button that posts to `action`.
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Your settings";
    let main = html! {
        h1 { (title) }
        p {
            "Emails get forwarded, so we send the link to your settings to " span.address { (masked) } " only. "
            "It works for 24 hours."
        }
        form method="post" action=(action) { button.button type="submit" { "Email me the link" } }
    };
    plain(newsletter, title, main)
}

/// `masked` is the address that the link was mailed to.
pub fn mailed(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "Check your inbox";
    let main = html! {
        h1 { (title) }
        p { "We sent a link to " span.address { (masked) } ". It works for 24 hours." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// No more links are mailed today. `masked` is the address that got the earlier ones.
pub fn mailed_enough(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "You already have the link";
    let main = html! {
        h1 { (title) }
        p {
            "We sent three links to " span.address { (masked) } " today. Use the latest one: it works for 24 hours. "
            "Can’t find it? Check your spam folder. You can ask for another link tomorrow."
        }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// The owner of the new address, `masked`, is asked to confirm it, if it can be used.
pub fn move_asked(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "Check your new inbox";
    let main = html! {
        h1 { (title) }
        p {
            "We sent a link to " span.address { (masked) } ", unless that address can’t be used. Open it within 24 "
            "hours to confirm your new address. Links we sent to other new addresses no longer work."
        }
        p { "Nothing changes until you confirm. We send only a few of these emails a day to one address." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// The reader cannot try another address today.
pub fn moved_enough(newsletter: &Newsletter) -> Markup {
    let title = "Too many address changes today";
    let main = html! {
        h1 { (title) }
        p { "You can try three addresses a day. Nothing has changed. Please try again tomorrow." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// A reader's settings, and what is wrong with the last post.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// The forms post to this URL, each with its own suffix.
    pub action: &'a str,
    /// Unmasked, because only its owner gets here.
    pub address: &'a str,
    pub name: &'a str,
    pub time_zone: &'a str,
    /// True for the digest instead of every issue.
    pub digest: bool,
    /// The last day of a pause.
    pub paused_until: Option<NaiveDate>,
    /// False if the reader has unsubscribed.
    pub on_the_list: bool,
    /// The URL to unsubscribe.
    pub leave: &'a str,
    /// A message about the last change.
    pub done: Option<&'a str>,
    pub wrong_name: Option<&'a str>,
    pub wrong_time_zone: Option<&'a str>,
    pub wrong_address: Option<&'a str>,
}

/// `zones` are the names of the time zones on offer, by region.
pub fn settings(newsletter: &Newsletter, settings: Settings<'_>, zones: &[&str]) -> Markup {
    let title = "Your settings";
    let main = html! {
        h1 { (title) }
        @if let Some(done) = settings.done { p.done role="status" { (done) } }
        p { "For " span.address { (settings.address) } }
        @if !settings.on_the_list {
            p { "You’re not subscribed. " a href="/subscribe" { "Subscribe again" } " at any time." }
        }
        (choices(&newsletter.locale, settings, zones))
        (address(settings))
        (data(settings))
    };
    plain_in_full(newsletter, title, main)
}

fn choices(locale: &Locale, settings: Settings<'_>, zones: &[&str]) -> Markup {
    html! {
        form.grid method="post" action=(settings.action) {
            (field("name", "Your name, for the greeting", settings.wrong_name, html! {
                input #name type="text" name="name" value=(settings.name) autocomplete="name" maxlength=(NAME_MAX)
                    aria-invalid=[settings.wrong_name.map(|_| "true")]
                    aria-describedby=[settings.wrong_name.map(|_| "name-wrong")];
            }))
            (zone_field(settings.time_zone, settings.wrong_time_zone, zones))
            fieldset {
                legend { "How often" }
                label.choice { input type="radio" name="frequency" value="every" checked[!settings.digest]; " Every issue" }
                label.choice { input type="radio" name="frequency" value="digest" checked[settings.digest]; " A digest once a month" }
            }
            (field("pause", "Pause", None, html! {
                select #pause name="pause" {
                    @match settings.paused_until {
                        Some(until) => {
                            option value="keep" selected { "Until " (locale.date(until)) }
                            option value="0" { "Resume now" }
                        }
                        None => { option value="0" selected { "Not paused" } }
                    }
                    @for (_, weeks) in RESTS { option value=(weeks) { "For " (weeks) " weeks" } }
                }
            }))
            button.button type="submit" { "Save" }
        }
    }
}

fn address(settings: Settings<'_>) -> Markup {
    html! {
        section aria-labelledby="move" {
            h2 #move { "Change your email address" }
            p { "We’ll email a link to the new address. Open it to confirm the change. Then we’ll let your old address know." }
            form method="post" action={ (settings.action) "/address" } {
                (field("email", "Your new email address", settings.wrong_address, html! {
                    input #email type="email" name="email" autocomplete="email" required maxlength="254"
                        aria-invalid=[settings.wrong_address.map(|_| "true")]
                        aria-describedby=[settings.wrong_address.map(|_| "email-wrong")];
                }))
                button.button.quiet type="submit" { "Change address" }
            }
        }
    }
}

fn data(settings: Settings<'_>) -> Markup {
    html! {
        section aria-labelledby="data" {
            h2 #data { "Your data" }
            p {
                "Download everything we have about you: "
                a href={ (settings.action) "/export.json" } { "JSON" } " or "
                a href={ (settings.action) "/export.csv" } { "CSV" } "."
            }
            form method="post" action={ (settings.action) "/erase" } {
                p { "Or erase everything. We’ll email you a link to confirm." }
                button.button.quiet type="submit" { "Erase everything" }
            }
            @if settings.on_the_list {
                p { "To stop the emails and nothing else, " a href=(settings.leave) { "unsubscribe" } "." }
            }
        }
    }
}

pub fn confirm_address(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Use this address?";
    let main = html! {
        h1 { (title) }
        p { "We’ll send " (newsletter.name) " to " span.address { (masked) } ", and no longer to your old address." }
        form method="post" action=(action) { button.button type="submit" { "Use this address" } }
    };
    plain(newsletter, title, main)
}

pub fn address_changed(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "Your address has changed";
    let main = html! {
        h1 { (title) }
        p { "We’ll send " (newsletter.name) " to " span.address { (masked) } " from now on. We’re letting your old address know." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// Asks to confirm the erasure of all data.
pub fn confirm_erase(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Erase everything?";
    let main = html! {
        h1 { (title) }
        p {
            "We’ll erase " span.address { (masked) } ", your name, your settings and the delivery records of your emails. "
            "Your subscription ends. This can’t be undone."
        }
        form method="post" action=(action) { button.button type="submit" { "Erase everything" } }
    };
    plain(newsletter, title, main)
}

pub fn erased(newsletter: &Newsletter) -> Markup {
    let title = "Everything has been erased";
    let main = html! {
        h1 { (title) }
        p { "We no longer hold anything about you, except a code that keeps your address off our list." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link doesn’t work";
    let main = html! {
        h1 { (title) }
        p {
            "It may be too old, already used, or incomplete. To get a new one, follow the settings link at the foot of "
            "any email from us."
        }
    };
    plain(newsletter, title, main)
}
