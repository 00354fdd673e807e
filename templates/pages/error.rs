//! What a reader sees when a page cannot be shown.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::page::{Head, page};

/// Something failed on our side: an outer message, and the id under which the log has the cause.
pub fn error(newsletter: &Newsletter, message: &str, incident: &str) -> Markup {
    let head = Head { title: "Something went wrong", description: None, canonical: None };
    page(newsletter, head, html! { p { (message) } p { (incident) } })
}

/// There is no such page.
pub fn not_found(newsletter: &Newsletter) -> Markup {
    let head = Head { title: "No such page", description: None, canonical: None };
    page(newsletter, head, html! { p { "No such page" } })
}
