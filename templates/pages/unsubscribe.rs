//! Leaving: a page that asks, a page that says it is done, a page for a link that does not work.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::page::{Head, page};

/// Asks whether to leave: one button that posts to `action`, with an optional `reason`.
///
/// `masked` is the address, masked by the caller (`a…@example.com`).
pub fn ask(newsletter: &Newsletter, action: &str, masked: &str) -> Markup {
    let head = Head { title: "Unsubscribe", description: None, canonical: None };
    page(newsletter, head, html! { form method="post" action=(action) { (masked) button { "Unsubscribe" } } })
}

/// Says that the address is off the list. True every time it is asked, so it may be shown again.
pub fn done(newsletter: &Newsletter, masked: &str) -> Markup {
    let head = Head { title: "You have left", description: None, canonical: None };
    page(newsletter, head, html! { (masked) })
}

/// Says that a link does not work, and nothing about any address.
pub fn invalid_link(newsletter: &Newsletter) -> Markup {
    let head = Head { title: "This link does not work", description: None, canonical: None };
    page(newsletter, head, html! { "invalid" })
}
