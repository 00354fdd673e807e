//! The sign-up form, its second step, and the pages that confirm a sign-up.

use maud::{Markup, html};

use super::form::{NAME_MAX, Wrong};
use super::plain::{address, plain};
use super::strip;
use crate::comparison::{Comparison, Newsletter};
use crate::locale::{Locale, args};
use crate::page::{Head, headline, honeypot, page, subscribe_to};

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
    pub wrong_email: Option<&'a Wrong>,
    pub wrong_name: Option<&'a Wrong>,
    pub wrong_time_zone: Option<&'a Wrong>,
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
    fn why(self, locale: &Locale) -> Markup {
        match self {
            Self::Quick => locale.html("once-more-quick", args![]),
            Self::Expired => locale.html("once-more-expired", args![]),
            Self::Used => locale.html("once-more-used", args![]),
            Self::Elsewhere => locale.html("once-more-elsewhere", args![]),
            Self::Many => locale.html("once-more-many", args![]),
        }
    }
}

/// `zones` are the names of the time zones on offer, by region.
pub fn form(newsletter: &Newsletter, form: Form<'_>, zones: &[&str]) -> Markup {
    let locale = &newsletter.locale;
    let title = subscribe_to(newsletter);
    let url = format!("{}/subscribe", newsletter.base_url);
    let refused = [form.wrong_email, form.wrong_name, form.wrong_time_zone];
    let refused = refused.iter().any(Option::is_some);
    let head = Head {
        title: title.as_str(),
        description: Some(&locale.text("subscribe-intro", args![])),
        canonical: (!refused).then_some(&*url),
    };
    let main = html! {
        h1 { (title) }
        p { (locale.html("subscribe-intro", args![])) }
        form method="post" action="/subscribe" {
            (hidden(form))
            (email_field(locale, form))
            (name_field(locale, locale.html("subscribe-name", args![]), form.name, form.wrong_name))
            (zone_field(locale, form.time_zone, form.wrong_time_zone, zones))
            (honeypot(locale))
            button.button type="submit" { (locale.html("subscribe-button", args![])) }
        }
        p.small { (locale.html("subscribe-note", args![])) }
    };
    page(newsletter, head, html! { div.plain { (main) } })
}

/// Asks once more, and says why.
pub fn one_more_step(newsletter: &Newsletter, doubt: Doubt, form: Form<'_>) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("once-more", args![]);
    let main = html! {
        h1 { (title) }
        p role="status" { (doubt.why(locale)) }
        form method="post" action="/subscribe" {
            (hidden(form))
            input type="hidden" name="name" value=(form.name);
            input type="hidden" name="time_zone" value=(form.time_zone);
            (email_field(locale, form))
            (honeypot(locale))
            button.button type="submit" { (subscribe_to(newsletter)) }
        }
    };
    plain(newsletter, &title, main)
}

fn hidden(form: Form<'_>) -> Markup {
    html! {
        input type="hidden" name="stamp" value=(form.stamp);
        input type="hidden" name="form" value=(form.form);
    }
}

fn email_field(locale: &Locale, form: Form<'_>) -> Markup {
    let label = locale.html("page-email", args![]);
    let input = html! {
        input #email type="text" inputmode="email" name="email" value=(form.email) autocomplete="email"
            autocapitalize="none" spellcheck="false" required maxlength="254" autofocus[form.wrong_email.is_some()]
            aria-invalid=[form.wrong_email.map(|_| "true")]
            aria-describedby=[form.wrong_email.map(|_| "email-wrong")];
    };
    field(locale, "email", label, form.wrong_email, input)
}

pub(crate) fn name_field(
    locale: &Locale,
    label: Markup,
    name: &str,
    wrong: Option<&Wrong>,
) -> Markup {
    let input = html! {
        input #name type="text" name="name" value=(name) autocomplete="name" maxlength=(NAME_MAX)
            autofocus[wrong.is_some()] aria-invalid=[wrong.map(|_| "true")]
            aria-describedby=[wrong.map(|_| "name-wrong")];
    };
    field(locale, "name", label, wrong, input)
}

/// A field with its label and error message.
pub(crate) fn field(
    locale: &Locale,
    id: &str,
    label: Markup,
    wrong: Option<&Wrong>,
    input: Markup,
) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            (input)
            @if let Some(wrong) = wrong { p.wrong id={ (id) "-wrong" } { (wrong.text(locale)) } }
        }
    }
}

/// `zones` are the names of the time zones on offer, by region. One chosen earlier may be missing.
pub(crate) fn zone_field(
    locale: &Locale,
    chosen: &str,
    wrong: Option<&Wrong>,
    zones: &[&str],
) -> Markup {
    let is_other = !chosen.is_empty() && wrong.is_none() && !zones.contains(&chosen);
    let label = locale.html("subscribe-time-zone", args![]);
    let input = html! {
        select #time-zone name="time_zone" data-time-zone autofocus[wrong.is_some()]
            aria-invalid=[wrong.map(|_| "true")]
            aria-describedby=[wrong.map(|_| "time-zone-wrong")] {
            option value="" selected[chosen.is_empty()] { (locale.html("subscribe-no-time-zone", args![])) }
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
    };
    field(locale, "time-zone", label, wrong, input)
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
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("check-inbox", args![]);
    let again = locale.html("subscribe-sent-try-again", args![]);
    let link = html! { a href="/subscribe" { (again) } };
    let main = html! {
        h1 { (title) }
        p { (locale.html("subscribe-sent", args![newsletter = name])) }
        p { (locale.html("subscribe-sent-nothing", args![link])) }
        p { a href="/" { (locale.html("subscribe-sent-back", args![newsletter = name])) } }
    };
    plain(newsletter, &title, main)
}

/// Too many sign-ups came from one network.
pub fn too_many(newsletter: &Newsletter, minutes: i64) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("subscribe-too-many", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("subscribe-too-many-wait", args![minutes])) }
    };
    plain(newsletter, &title, main)
}

/// Asks to confirm: a button that posts to `action`.
pub fn confirm(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("confirm", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("confirm-text", args![newsletter = name, address = address(masked)])) }
        form method="post" action=(action) {
            button.button type="submit" { (locale.html("confirm-button", args![])) }
        }
    };
    plain(newsletter, &title, main)
}

/// `returns` is true for a reader who was on the list before. `latest` is the newest comparison that was sent.
pub fn confirmed(
    newsletter: &Newsletter,
    masked: &str,
    returns: bool,
    latest: Option<&Comparison>,
) -> Markup {
    let (locale, name) = (&newsletter.locale, &newsletter.name);
    let title = locale.text("confirmed", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("confirmed-text", args![newsletter = name, address = address(masked)])) }
        @if returns { p { (locale.html("confirmed-anew", args![])) } }
        @if let Some(latest) = latest {
            section.front aria-labelledby="latest" {
                p.small { (locale.html("confirmed-latest", args![])) }
                h2 #latest { a href={ "/issues/" (latest.slug) } { (headline(locale, &latest.title)) } }
                p.question dir=[locale.direction_of(&latest.question)] { (latest.question) }
                (strip::line(locale, latest))
                p { a.button href={ "/issues/" (latest.slug) } { (locale.html("read-comparison", args![])) } }
            }
        }
    };
    plain(newsletter, &title, main)
}

/// Reveals nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("link-broken", args![]);
    let again = locale.html("confirm-link-again", args![]);
    let link = html! { a href="/subscribe" { (again) } };
    let main = html! {
        h1 { (title) }
        p { (locale.html("confirm-link-broken", args![])) }
        p { (locale.html("confirm-link-used", args![link])) }
    };
    plain(newsletter, &title, main)
}
