//! A page with a few sentences, or one form, and what such pages share.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::locale::{Locale, args};
use crate::page::{Head, page};

/// A page that is not indexed.
pub(super) fn plain(newsletter: &Newsletter, title: &str, main: Markup) -> Markup {
    let head = Head {
        title,
        ..Head::default()
    };
    page(newsletter, head, html! { div.plain { (main) } })
}

/// The same over the full width, for a page of forms.
pub(super) fn plain_in_full(newsletter: &Newsletter, title: &str, main: Markup) -> Markup {
    let head = Head {
        title,
        ..Head::default()
    };
    page(newsletter, head, html! { div.plain.full { (main) } })
}

/// An email address, masked or not, isolated from the direction of the words around it.
pub(super) fn address(address: &str) -> Markup {
    html! { bdi.address { (address) } }
}

/// A link at the end of a page.
pub(super) fn all_comparisons(locale: &Locale) -> Markup {
    html! { p { a href="/issues" { (locale.html("page-all-comparisons", args![])) } } }
}

/// A link, alone or as a part of a sentence.
pub(super) fn subscribe_again(locale: &Locale) -> Markup {
    html! { a href="/subscribe" { (locale.html("subscribe-again", args![])) } }
}
