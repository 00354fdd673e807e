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
        p { "If you contact us about it, please include this code: " code.incident { (incident) } }
        p { a href="/issues" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}

pub fn not_found(newsletter: &Newsletter) -> Markup {
    let title = "Page not found";
    let main = html! {
        h1 { (title) }
        p { "Check the address for typing errors. Every comparison we have sent is in the archive." }
        p { a href="/issues" { "All comparisons" } }
    };
    plain(newsletter, title, main)
}
