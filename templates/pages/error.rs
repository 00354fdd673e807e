//! The pages for errors.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;
use crate::locale::{Locale, args};

/// An error on our side. The log has the cause under the id `incident`.
pub fn error(newsletter: &Newsletter, incident: &str) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("error-title", args![]);
    let code = html! { code.incident { (incident) } };
    let main = html! {
        h1 { (title) }
        p { (locale.html("error-ours", args![])) }
        p { (locale.html("error-code", args![code])) }
        (to_the_archive(locale))
    };
    plain(newsletter, &title, main)
}

pub fn not_found(newsletter: &Newsletter) -> Markup {
    let locale = &newsletter.locale;
    let title = locale.text("not-found-title", args![]);
    let main = html! {
        h1 { (title) }
        p { (locale.html("not-found-text", args![])) }
        (to_the_archive(locale))
    };
    plain(newsletter, &title, main)
}

/// The server answers as many visitors as it can; a line of text for one more.
pub fn busy(locale: &Locale) -> String {
    locale.text("error-busy", args![])
}

fn to_the_archive(locale: &Locale) -> Markup {
    html! { p { a href="/issues" { (locale.html("page-all-comparisons", args![])) } } }
}
