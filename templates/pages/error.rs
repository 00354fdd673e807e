//! The pages for errors.

use maud::{Markup, html};

use super::plain::plain;
use crate::comparison::Newsletter;

/// The log has the cause under the id `incident`.
pub fn error(newsletter: &Newsletter, message: &str, incident: &str) -> Markup {
    let title = "Something went wrong";
    let main = html! {
        h1 { (title) }
        p { (message) }
        p { "If you write to us about it, please name this incident: " code.incident { (incident) } }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

pub fn not_found(newsletter: &Newsletter) -> Markup {
    let title = "There is no such page";
    let main = html! {
        h1 { (title) }
        p { "The address may be mistyped, or the link cut short. Every comparison we sent is in the archive." }
        p { a href="/" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}
