//! The sign-up form, its second step, and the pages that confirm a sign-up.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::{Comparison, Newsletter};
use crate::locale::args;
use crate::page::{headline, honeypot};
use crate::sentences;

/// Longest name, in UTF-16 code units as browsers count.
pub const NAME_MAX: usize = 80;

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
}

/// Why a sign-up gets a second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It came within two seconds.
    Quick,
    /// Its stamp is too old, or not ours.
    Expired,
    /// Its stamp was used for another address.
    Used,
    /// No person pressed the button, or another site used a stamp of ours.
    Elsewhere,
    /// There are unusually many like it.
    Many,
}

impl Doubt {
    fn why(self) -> &'static str {
        match self {
            Self::Quick => {
                "You sent the form within two seconds, as programs do. Please confirm that it was you."
            }
            Self::Expired => "This form has expired. Please send it again.",
            Self::Used => {
                "This form was already used for another email address. Please send it again."
            }
            Self::Elsewhere => {
                "Another website sent this form for you. Please confirm that it was you."
            }
            Self::Many => {
                "We’re getting more sign-ups than usual, and some may come from programs. Please confirm that it was \
                 you."
            }
        }
    }
}

/// `zones` are the names of the time zones on offer, by region.
pub fn form(newsletter: &Newsletter, form: Form<'_>, zones: &[&str]) -> Markup {
    let locale = &newsletter.locale;
    let title = format!("Subscribe to {}", newsletter.name);
    let main = html! {
        h1 { (title) }
        p { (locale.html("sign-up", args![])) "." }
        form method="post" action="/subscribe" {
            (hidden(form))
            (email_field(form))
            (field("name", "Your name (optional), for the greeting", form.wrong_name, html! {
                input #name type="text" name="name" value=(form.name) autocomplete="name" maxlength=(NAME_MAX)
                    aria-invalid=[form.wrong_name.map(|_| "true")]
                    aria-describedby=[form.wrong_name.map(|_| "name-wrong")];
            }))
            (zone_field(form.time_zone, form.wrong_time_zone, zones))
            (honeypot(&newsletter.locale))
            button.button type="submit" { "Subscribe" }
        }
        p.small {
            "We send you one email to confirm, and nothing else until you do. "
            "You can unsubscribe with one click, in every email."
        }
    };
    plain(newsletter, &title, main)
}

/// Asks once more, and says why.
pub fn one_more_step(newsletter: &Newsletter, doubt: Doubt, form: Form<'_>) -> Markup {
    let title = "One more step";
    let main = html! {
        h1 { (title) }
        p role="status" { (doubt.why()) }
        form method="post" action="/subscribe" {
            (hidden(form))
            input type="hidden" name="name" value=(form.name);
            input type="hidden" name="time_zone" value=(form.time_zone);
            (email_field(form))
            (honeypot(&newsletter.locale))
            button.button type="submit" { "Subscribe to " (newsletter.name) }
        }
    };
    plain(newsletter, title, main)
}

fn hidden(form: Form<'_>) -> Markup {
    html! {
        input type="hidden" name="stamp" value=(form.stamp);
        input type="hidden" name="form" value=(form.form);
    }
}

fn email_field(form: Form<'_>) -> Markup {
    field(
        "email",
        "Your email address",
        form.wrong_email,
        html! {
            input #email type="email" name="email" value=(form.email) autocomplete="email" required
                maxlength="254" aria-invalid=[form.wrong_email.map(|_| "true")]
                aria-describedby=[form.wrong_email.map(|_| "email-wrong")];
        },
    )
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
        p {
            "We’ve sent an email to your address, unless it can’t receive " (newsletter.name) ". Open the link in it "
            "within 48 hours to confirm your subscription."
        }
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
    let title = "Confirm your subscription";
    let main = html! {
        h1 { (title) }
        p { (newsletter.name) " will come to " span.address { (masked) } "." }
        form method="post" action=(action) {
            button.button type="submit" { "Confirm" }
        }
    };
    plain(newsletter, title, main)
}

/// `returns` is true for a reader who was on the list before. `latest` is the newest comparison that was sent.
pub fn confirmed(
    newsletter: &Newsletter,
    masked: &str,
    returns: bool,
    latest: Option<&Comparison>,
) -> Markup {
    let locale = &newsletter.locale;
    let title = "You’re in";
    let main = html! {
        h1 { (title) }
        p {
            "Every issue of " (newsletter.name) " comes to " span.address { (masked) }
            " from now on, starting with the next one."
            @if returns { " If you had paused it or chosen the monthly digest, that has ended." }
        }
        @if let Some(latest) = latest {
            section.front aria-labelledby="latest" {
                p.small { "While you wait: the latest comparison" }
                h2 #latest { a href={ "/issues/" (latest.slug) } { (headline(locale, &latest.title)) } }
                p.question { (latest.question) }
                p { strong { (sentences::result_title(locale, latest)) ". " } (sentences::result(locale, latest)) }
                p { a.button href={ "/issues/" (latest.slug) } { "Read the comparison" } }
            }
        }
    };
    plain(newsletter, title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let title = "This link doesn’t work";
    let main = html! {
        h1 { (title) }
        p { "It may have expired, or part of it may be missing. Try copying all of it from the email." }
        p {
            "If you’ve already confirmed with it, you’re in, and there’s nothing left to do. Otherwise, "
            a href="/subscribe" { "subscribe again" } " to get a new link."
        }
    };
    plain(newsletter, title, main)
}
