//! MailerLite: a file for each status, which only the file name shows.

use subscribers::consent::Consent;

use super::{Columns, FileWords, Header, StatusSource, System};
use crate::readers::import::membership::{self, Membership};

/// `Subscriber, Name, Last name, Subscribed, Groups`.
pub(super) fn columns(header: &Header, file: &FileWords) -> Option<Columns> {
    let email = header.find(&["subscriber"])?;
    header.find(&["subscribed", "groups"])?;
    // The strictest first, because a file name can contain another word by chance.
    let words = [
        ("junk", Consent::Complained),
        ("unsubscribed", Consent::Unsubscribed),
        ("bounced", Consent::Bounced),
        ("unconfirmed", Consent::Pending),
        ("active", Consent::Confirmed),
    ];
    let mut words = words.into_iter().filter(|(word, _)| file.any(&[word]));
    let consent = words.next().map(|(_, consent)| consent);
    let status = consent.map_or(StatusSource::None, StatusSource::All);
    Some(Columns {
        name: header.all(&["name", "last_name"]),
        created_at: header.find(&["subscribed"]),
        lists: header.find(&["groups"]).map(|at| Membership {
            at,
            names: membership::commas,
        }),
        ..Columns::new(System::Mailerlite, email, status)
    })
}
