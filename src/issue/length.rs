//! How long the mail of an issue is: mailbox providers show only the first 100 KB or so of the HTML.

use templates::comparison::{Newsletter, Previous};
use templates::mail::{Heading, Personal, mail};

use super::Issue;

/// How long a link's token is in an instance that has been used for years, in bytes.
const TOKEN: usize = 46;

/// The bytes of the HTML part, decoded, of the mail to a reader without a name. What the votes on the issue before
/// will add is not known yet: they count as if that issue were called like this one.
pub(super) fn html(issue: &Issue, newsletter: &Newsletter) -> usize {
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let link = |page| format!("{}/{page}/{}", newsletter.base_url, "x".repeat(TOKEN));
    let personal = Personal {
        greeting: "Hello,".to_owned(),
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
    let mail = mail(comparison, newsletter, &heading, &personal, Some(&previous));
    mail.html.len()
}
