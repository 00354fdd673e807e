//! A page with a few sentences, or one form.

use maud::{Markup, html};

use crate::comparison::Newsletter;
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
