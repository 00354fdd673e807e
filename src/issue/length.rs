//! An issue's mail at its longest: mailbox providers show only about the first 100 KB of the HTML.

use templates::comparison::{Newsletter, Previous};
use templates::mail::{Greeting, Heading, Personal, mail};

use super::Issue;

/// The length of a link's token, in bytes, in an instance that has run for years.
const TOKEN: usize = 46;

/// The HTML part for a reader without a name. The previous issue is not known yet, so
/// its votes are shown as if it had this issue's title and tools.
pub(super) fn html(issue: &Issue, newsletter: &Newsletter) -> String {
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let link = |page| format!("{}/{page}/{}", newsletter.base_url, "x".repeat(TOKEN));
    let personal = Personal {
        greeting: Greeting::new(&newsletter.locale).to(None).into_owned(),
        unsubscribe_url: link("u"),
        settings_url: link("settings"),
        vote_url: link("v"),
        address: "reader@example.com".to_owned(),
    };
    let comparison = &issue.comparison;
    let previous = Previous {
        slug: comparison.slug.clone(),
        title: comparison.title.clone(),
        tools: comparison
            .tools
            .clone()
            .map(|tool| (tool.name, tool.community)),
    };
    mail(comparison, newsletter, &heading, &personal, Some(&previous)).html
}
