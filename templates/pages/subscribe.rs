//! The sign-up form, and the pages that confirm a sign-up.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;
use crate::sentences;

/// Longest name, in UTF-16 code units as browsers count.
pub const NAME_MAX: usize = 80;

/// A hidden field that people leave empty and bots fill in.
pub const HONEYPOT: &str = "website";

/// The form's values, and what is wrong with them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// As typed.
    pub email: &'a str,
    /// As typed.
    pub name: &'a str,
    pub time_zone: &'a str,
    /// The form's id.
    pub form: &'a str,
    /// The signed time at which the form was served.
    pub stamp: &'a str,
    pub wrong_email: Option<&'a str>,
    pub wrong_name: Option<&'a str>,
    pub wrong_time_zone: Option<&'a str>,
    /// A message above the form.
    pub note: Option<&'a str>,
}

/// `zones` are the names of the time zones on offer, by region.
pub fn form(newsletter: &Newsletter, form: Form<'_>, zones: &[&str]) -> Markup {
    let title = format!("Join {}", newsletter.name);
    let main = html! {
        h1 { (title) }
        p { (sentences::SIGN_UP) "." }
        @if let Some(note) = form.note { p role="status" { (note) } }
        form method="post" action="/subscribe" {
            input type="hidden" name="stamp" value=(form.stamp);
            input type="hidden" name="form" value=(form.form);
            (field("email", "Your mail address", form.wrong_email, html! {
                input #email type="email" name="email" value=(form.email) autocomplete="email" required
                    maxlength="254" aria-invalid=[form.wrong_email.map(|_| "true")]
                    aria-describedby=[form.wrong_email.map(|_| "email-wrong")];
            }))
            (field("name", "Your name (optional): it stands in the greeting", form.wrong_name, html! {
                input #name type="text" name="name" value=(form.name) autocomplete="name" maxlength=(NAME_MAX)
                    aria-invalid=[form.wrong_name.map(|_| "true")]
                    aria-describedby=[form.wrong_name.map(|_| "name-wrong")];
            }))
            (zone_field(form.time_zone, form.wrong_time_zone, zones))
            div.unseen aria-hidden="true" {
                label { "Leave this empty" input type="text" name=(HONEYPOT) tabindex="-1" autocomplete="off"; }
            }
            button.button type="submit" { "Send me the confirmation mail" }
        }
        p.small {
            "You get one mail with a link to confirm; until you do, we send nothing else. "
            "Leaving takes one click, in every mail."
        }
    };
    plain(newsletter, &title, main)
}

/// A field with its label and error message.
pub(crate) fn field(id: &str, label: &str, wrong: Option<&str>, input: Markup) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            (input)
            @if let Some(wrong) = wrong { p.wrong id={ (id) "-wrong" } { (wrong) } }
        }
    }
}

/// `zones` are the names of the time zones on offer, by region. One chosen earlier may be missing.
pub(crate) fn zone_field(chosen: &str, wrong: Option<&str>, zones: &[&str]) -> Markup {
    let is_other = !chosen.is_empty() && wrong.is_none() && !zones.contains(&chosen);
    field(
        "time-zone",
        "Your time zone (optional)",
        wrong,
        html! {
            select #time-zone name="time_zone" data-time-zone aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[wrong.map(|_| "time-zone-wrong")] {
                option value="" selected[chosen.is_empty()] { "Prefer not to say" }
                @if is_other { option value=(chosen) selected { (place(chosen)) } }
                @for zones in zones.chunk_by(|a, b| region(a) == region(b)) {
                    @match region(zones[0]) {
                        Some(region) => {
                            optgroup label=(region) { @for zone in zones { (zone_option(zone, chosen)) } }
                        }
                        None => { @for zone in zones { (zone_option(zone, chosen)) } }
                    }
                }
            }
            script src="/script.js" defer {}
        },
    )
}

fn zone_option(zone: &str, chosen: &str) -> Markup {
    html! { option value=(zone) selected[zone == chosen] { (place(zone)) } }
}

/// Such as "Europe" of "Europe/Berlin"; `None` for "UTC".
fn region(zone: &str) -> Option<&str> {
    zone.split_once('/').map(|(region, _)| region)
}

/// Such as "Argentina, Buenos Aires" of "America/Argentina/Buenos_Aires".
fn place(zone: &str) -> String {
    let place = zone.split_once('/').map_or(zone, |(_, place)| place);
    place.replace('/', ", ").replace('_', " ")
}

/// The same page for every address, so that it does not reveal who is on the list.
pub fn sent(newsletter: &Newsletter) -> Markup {
    let title = "Check your inbox";
    let main = html! {
        h1 { (title) }
        p { "We sent an email to that address, unless it cannot join " (newsletter.name) ". Open the link in it within 48 hours to confirm." }
        p {
            "Nothing after a few minutes? Check your spam folder, or " a href="/subscribe" { "try again" } ". "
            "We send only a few of these emails a day to one address: if you have asked before, use the link you have."
        }
        p { a href="/" { "Back to " (newsletter.name) } }
    };
    plain(newsletter, title, main)
}

/// Too many sign-ups came from one network.
pub fn too_many(newsletter: &Newsletter, minutes: i64) -> Markup {
    let title = "Too many sign-ups from your network";
    let main = html! {
        h1 { (title) }
        p { "Please try again in " (minutes) @if minutes == 1 { " minute" } @else { " minutes" } "." }
    };
    plain(newsletter, title, main)
}

/// Asks to confirm: a button that posts to `action`.
pub fn confirm(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let title = format!("Join {}?", newsletter.name);
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " will come to " span.address { (masked) } "." }
        form method="post" action=(action) {
            button.button type="submit" { "Confirm" }
        }
    };
    plain(newsletter, &title, main)
}

pub fn confirmed(newsletter: &Newsletter, masked: &str) -> Markup {
    let title = "You are on the list";
    let main = html! {
        h1 { (title) }
        p {
            "You will get every issue of " (newsletter.name) " at " span.address { (masked) }
            ", starting with the next one. If you had paused it or chosen the monthly digest, that has ended."
        }
        p { "Until then, " a href="/" { "read the latest comparison" } "." }
    };
    plain(newsletter, title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link does not work";
    let main = html! {
        h1 { (title) }
        p {
            "It may have been used, be too old, or have been cut short on its way. "
            "Please copy all of it, or " a href="/subscribe" { "sign up again" } "."
        }
    };
    plain(newsletter, title, main)
}
