//! One comparison, the same content in the same order as the mail.

use maud::{Markup, html};

use crate::comparison::{Comparison, Newsletter};
use crate::page::{Head, page};

/// A comparison's page.
pub fn comparison(newsletter: &Newsletter, comparison: &Comparison) -> Markup {
    let head = Head { title: &comparison.title, description: None, canonical: None };
    page(newsletter, head, html! { h1 { (comparison.title) } })
}
