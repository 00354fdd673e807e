//! How long the mail of an issue is: mailbox providers show only the first 100 KB or so of the HTML.

use templates::comparison::{Newsletter, Previous, Tally};
use templates::letter::{Heading, Personal, letter};

use super::Issue;

/// About the bytes of the encoded HTML part, for a newsletter that says as much of itself as it may.
pub(super) fn encoded_html(issue: &Issue) -> usize {
    let of = |length: usize| "x".repeat(length);
    let newsletter = Newsletter {
        name: of(80),
        tagline: of(140),
        postal_address: of(300),
        language: "en".to_owned(),
        base_url: format!("https://{}", of(192)),
        join_url: format!("https://{}/subscribe", of(192)),
    };
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let personal = Personal {
        greeting: of(200),
        unsubscribe_url: of(250),
        settings_url: of(250),
        vote_url: of(250),
        address: of(254),
    };
    let previous = Previous {
        slug: of(100),
        title: of(200),
        tools: [(), ()].map(|()| (of(80), Tally::default())),
    };
    let letter = letter(
        &issue.comparison,
        &newsletter,
        &heading,
        &personal,
        Some(&previous),
    );
    let html = letter.html;
    quoted_printable(&html)
}

/// RFC 2045 §6.7: three bytes for each that is not plain, and soft line breaks.
fn quoted_printable(text: &str) -> usize {
    let plain = |byte: u8| byte != b'=' && byte.is_ascii();
    let bytes: usize = text
        .bytes()
        .map(|byte| if plain(byte) { 1 } else { 3 })
        .sum();
    bytes + bytes / 72 * 3
}
