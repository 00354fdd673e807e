//! What a reader sees when a page cannot be shown.

use maud::{Markup, html};

use crate::comparison::Newsletter;
use crate::page::{Head, page};

/// Something failed on our side: an outer message, and the id under which the log has the cause.
pub fn error(newsletter: &Newsletter, message: &str, incident: &str) -> Markup {
    let head = Head {
        title: "Something went wrong",
        description: None,
        canonical: None,
    };
    let main = html! {
        div.plain {
            h1 { (head.title) }
            p { (message) }
            p { "If you write to us about it, please name this incident: " code.incident { (incident) } }
            p { a href="/" { "All comparisons" } }
        }
    };
    page(newsletter, head, main)
}

/// There is no such page.
pub fn not_found(newsletter: &Newsletter) -> Markup {
    let head = Head {
        title: "There is no such page",
        description: None,
        canonical: None,
    };
    let main = html! {
        div.plain {
            h1 { (head.title) }
            p { "The address may be mistyped, or the link cut short. Every comparison we sent is in the archive." }
            p { a href="/" { "All comparisons" } }
        }
    };
    page(newsletter, head, main)
}
