//! A reader's settings, and the pages that mail the link to them to the reader's own address.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::form::Wrong;
use super::plain::{address, all_comparisons, plain, plain_in_full, subscribe_again};
use super::subscribe::{field, name_field, zone_field};
use super::unsubscribe::PAUSES;
use crate::comparison::Newsletter;
use crate::locale::{Locale, args};

/// Offers to mail the link to the settings: a button that posts to `action`.
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("settings", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("settings-ask", args![address = address(masked)])) }
        form method="post" action=(action) {
            button.button type="submit" { (locale.html("settings-email-link", args![])) }
        }
    };
    plain(newsletter, &title, main)
}

/// `masked` is the address that the link was mailed to.
pub fn mailed(newsletter: &Newsletter, masked: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("check-inbox", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("settings-link-sent", args![address = address(masked)])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// No more links are mailed today. `masked` is the address that got the earlier ones.
pub fn mailed_enough(newsletter: &Newsletter, masked: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("settings-links-enough", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("settings-links-enough-text", args![address = address(masked)])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// The owner of the new address, `masked`, is asked to confirm it, if it can be used.
pub fn move_asked(newsletter: &Newsletter, masked: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("move-asked", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("move-asked-text", args![address = address(masked)])) }
        p { (locale.html("move-asked-until", args![])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// The reader cannot try another address today.
pub fn moved_enough(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("move-too-often", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("move-too-often-text", args![])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
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
    /// True if the last post changed them.
    pub saved: bool,
    pub wrong_name: Option<&'a Wrong>,
    pub wrong_time_zone: Option<&'a Wrong>,
    /// The new address as typed, if it is wrong.
    pub new_address: &'a str,
    pub wrong_address: Option<&'a Wrong>,
}

/// `zones` are the names of the time zones on offer, by region.
pub fn settings(newsletter: &Newsletter, settings: Settings<'_>, zones: &[&str]) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("settings", args![]);
    let main = html! {
        h1 { (title) }
        @if settings.saved { p.done role="status" { (locale.html("settings-saved", args![])) } }
        p { (locale.html("settings-of", args![address = address(settings.address)])) }
        @if !settings.on_the_list {
            p { (locale.html("settings-not-subscribed", args![link = subscribe_again(locale)])) }
        }
        (choices(locale, settings, zones))
        (new_address(locale, settings))
        (data(locale, settings))
    };
    plain_in_full(newsletter, &title, main)
}

fn choices(locale: &Locale, settings: Settings<'_>, zones: &[&str]) -> Markup {
    let name = locale.html("settings-name", args![]);
    let pause = html! {
        select #pause name="pause" {
            @match settings.paused_until {
                Some(until) => {
                    option value="keep" selected {
                        (locale.html("settings-pause-until", args![date = locale.date(until)]))
                    }
                    option value="0" { (locale.html("settings-pause-end", args![])) }
                }
                None => { option value="0" selected { (locale.html("settings-pause-none", args![])) } }
            }
            @for (_, weeks) in PAUSES {
                option value=(weeks) { (locale.html("settings-pause-for", args![weeks])) }
            }
        }
    };
    html! {
        form.grid method="post" action=(settings.action) {
            (name_field(locale, name, settings.name, settings.wrong_name))
            (zone_field(locale, settings.time_zone, settings.wrong_time_zone, zones))
            fieldset {
                legend { (locale.html("settings-frequency", args![])) }
                label.choice {
                    input type="radio" name="frequency" value="every" checked[!settings.digest]; " "
                    (locale.html("settings-every", args![]))
                }
                label.choice {
                    input type="radio" name="frequency" value="digest" checked[settings.digest]; " "
                    (locale.html("settings-digest", args![]))
                }
            }
            (field(locale, "pause", locale.html("settings-pause", args![]), None, pause))
            button.button type="submit" { (locale.html("settings-save", args![])) }
        }
    }
}

fn new_address(locale: &Locale, settings: Settings<'_>) -> Markup {
    let input = html! {
        input #email type="text" inputmode="email" name="email" value=(settings.new_address) autocomplete="email"
            autocapitalize="none" spellcheck="false" required maxlength="254" autofocus[settings.wrong_address.is_some()]
            aria-invalid=[settings.wrong_address.map(|_| "true")]
            aria-describedby=[settings.wrong_address.map(|_| "email-wrong")];
    };
    html! {
        section aria-labelledby="move" {
            h2 #move { (locale.html("move", args![])) }
            p { (locale.html("move-text", args![])) }
            form method="post" action={ (settings.action) "/address" } {
                (field(locale, "email", locale.html("move-email", args![]), settings.wrong_address, input))
                button.button.quiet type="submit" { (locale.html("move-button", args![])) }
            }
        }
    }
}

fn data(locale: &Locale, settings: Settings<'_>) -> Markup {
    let export =
        |format: &str, file: &str| html! { a href={ (settings.action) "/" (file) } { (format) } };
    let (json, csv) = (export("JSON", "export.json"), export("CSV", "export.csv"));
    let unsubscribe = locale.html("data-unsubscribe-link", args![]);
    let link = html! { a href=(settings.leave) { (unsubscribe) } };
    html! {
        section aria-labelledby="data" {
            h2 #data { (locale.html("data", args![])) }
            p { (locale.html("data-download", args![json, csv])) }
            form method="post" action={ (settings.action) "/erase" } {
                p { (locale.html("data-erase", args![])) }
                button.button.quiet type="submit" { (locale.html("erase-button", args![])) }
            }
            @if settings.on_the_list { p { (locale.html("data-unsubscribe", args![link])) } }
        }
    }
}

pub fn confirm_address(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("move-confirm", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("move-confirm-text", args![newsletter = name, address = address(masked)])) }
        form method="post" action=(action) {
            button.button type="submit" { (locale.html("move-confirm-button", args![])) }
        }
    };
    plain(newsletter, &title, main)
}

pub fn address_changed(newsletter: &Newsletter, masked: &str) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("moved", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("moved-text", args![newsletter = name, address = address(masked)])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// Asks to confirm the erasure of all data.
pub fn confirm_erase(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("erase-confirm", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("erase-confirm-text", args![address = address(masked)])) }
        form method="post" action=(action) {
            button.button type="submit" { (locale.html("erase-button", args![])) }
        }
    };
    plain(newsletter, &title, main)
}

pub fn erased(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("erased", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("erased-text", args![])) }
        (all_comparisons(locale))
    };
    plain(newsletter, &title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("link-broken", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("settings-link-broken", args![])) }
    };
    plain(newsletter, &title, main)
}
