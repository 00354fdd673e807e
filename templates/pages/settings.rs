//! A reader's settings, and the pages that mail the link to them to the reader's own address.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::plain::plain;
use super::subscribe::{NAME_MAX, field, zone_field};
use super::unsubscribe::RESTS;
use crate::comparison::Newsletter;
use crate::sentences;

/// Offers to mail the link to the settings: a button that posts to `action`.
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Your settings";
    let main = html! {
        h1 { (title) }
        p {
            "Somebody may have forwarded you the mail that this link was in. So we mail a link to your settings to "
            span.address { (masked) } ": it works for 24 hours."
        }
        form method="post" action=(action) { button.button type="submit" { "Mail me the link" } }
    };
    plain(newsletter, title, main)
}

/// `masked` is the address that the link was mailed to.
pub fn mailed(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "Check your inbox";
    let main = html! {
        h1 { (title) }
        p { "A link is on its way to " span.address { (masked) } ". It works for 24 hours." }
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
            "We sent three links to " span.address { (masked) } " today. You can ask for another one tomorrow. "
            "Each link works for 24 hours: use the latest one. Can’t find it? Check your spam folder."
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
            "We sent a link to " span.address { (masked) } ", unless that address cannot be used. Open it within 24 "
            "hours to confirm your new address. Links for other addresses that you tried before no longer work."
        }
        p { "Nothing changes until you confirm. We send only a few of these emails a day to one address." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// The reader cannot try another address today.
pub fn moved_enough(newsletter: &Newsletter) -> Markup {
    let title = "Too many changes of address today";
    let main = html! {
        h1 { (title) }
        p { "You can try three addresses a day. Nothing has changed; please try again tomorrow." }
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

/// `zones` are the names of all time zones, in order.
pub fn settings(newsletter: &Newsletter, settings: Settings<'_>, zones: &[&str]) -> Markup {
    let title = "Your settings";
    let main = html! {
        h1 { (title) }
        @if let Some(done) = settings.done { p.done role="status" { (done) } }
        p { (newsletter.name) " knows you as " span.address { (settings.address) } "." }
        @if !settings.on_the_list {
            p { "You are not on the list at present. " a href="/subscribe" { "Join again" } " at any time." }
        }
        (choices(settings, zones))
        (address(settings))
        (data(settings))
    };
    plain(newsletter, title, main)
}

fn choices(settings: Settings<'_>, zones: &[&str]) -> Markup {
    html! {
        form method="post" action=(settings.action) {
            (field("name", "Your name: it stands in the greeting", settings.wrong_name, html! {
                input #name type="text" name="name" value=(settings.name) autocomplete="name" maxlength=(NAME_MAX)
                    aria-invalid=[settings.wrong_name.map(|_| "true")]
                    aria-describedby=[settings.wrong_name.map(|_| "name-wrong")];
            }))
            (zone_field(settings.time_zone, settings.wrong_time_zone, zones))
            fieldset {
                legend { "How often" }
                label.choice { input type="radio" name="frequency" value="every" checked[!settings.digest]; " Every issue" }
                label.choice { input type="radio" name="frequency" value="digest" checked[settings.digest]; " Only a digest, once a month" }
            }
            (field("pause", "A rest", None, html! {
                select #pause name="pause" {
                    @match settings.paused_until {
                        Some(until) => {
                            option value="keep" selected { "Until " (sentences::day(until)) }
                            option value="0" { "End it now" }
                        }
                        None => { option value="0" selected { "None" } }
                    }
                    @for (_, weeks) in RESTS { option value=(weeks) { (weeks) " weeks from today" } }
                }
            }))
            button.button type="submit" { "Save" }
        }
    }
}

fn address(settings: Settings<'_>) -> Markup {
    html! {
        section aria-labelledby="move" {
            h2 #move { "Another address" }
            p { "We mail a link to the new address; it is used once that is confirmed, and the old one is told." }
            form method="post" action={ (settings.action) "/address" } {
                (field("email", "Your new address", settings.wrong_address, html! {
                    input #email type="email" name="email" autocomplete="email" required maxlength="254"
                        aria-invalid=[settings.wrong_address.map(|_| "true")]
                        aria-describedby=[settings.wrong_address.map(|_| "email-wrong")];
                }))
                button.button.quiet type="submit" { "Change it" }
            }
        }
    }
}

fn data(settings: Settings<'_>) -> Markup {
    html! {
        section aria-labelledby="data" {
            h2 #data { "What we hold about you" }
            p {
                "Download everything: "
                a href={ (settings.action) "/export.json" } { "as JSON" } " or "
                a href={ (settings.action) "/export.csv" } { "as CSV" } "."
            }
            form method="post" action={ (settings.action) "/erase" } {
                p { "Or have it erased. We mail you a link to confirm that." }
                button.button.quiet type="submit" { "Erase everything" }
            }
            @if settings.on_the_list {
                p { "To leave the list and nothing else, " a href=(settings.leave) { "unsubscribe" } "." }
            }
        }
    }
}

pub fn confirm_address(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = "Use this address?";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " will come to " span.address { (masked) } ", and no longer to the old address." }
        form method="post" action=(action) { button.button type="submit" { "Use this address" } }
    };
    plain(newsletter, title, main)
}

pub fn address_changed(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "Your address is changed";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " comes to " span.address { (masked) } " from now on. We tell the old address." }
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
            "We will forget " span.address { (masked) } ", your name, your settings, and what mail servers said about "
            "your mails. Your subscription ends. Nobody can take this back."
        }
        form method="post" action=(action) { button.button type="submit" { "Erase everything" } }
    };
    plain(newsletter, title, main)
}

pub fn erased(newsletter: &Newsletter) -> Markup {
    let title = "Everything is erased";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " holds nothing about you any more. All the best." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link does not work";
    let main = html! {
        h1 { (title) }
        p {
            "It may have been used, be too old, or have been cut short on its way. The foot of every mail "
            "has a link by which you can get a new one."
        }
    };
    plain(newsletter, title, main)
}
