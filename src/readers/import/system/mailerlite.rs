//! MailerLite: a file for each status, which only the file name shows.

use subscribers::consent::Consent;

use super::{Columns, FileWords, Header, Says, System};
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
    let said = words.into_iter().find(|(word, _)| file.any(&[word]));
    let says = said.map_or(Says::Nothing, |(_, consent)| Says::All(consent));
    Some(Columns {
        name: header.all(&["name", "last_name"]),
        created_at: header.find(&["subscribed"]),
        lists: header.find(&["groups"]).map(|at| Membership {
            at,
            names: membership::commas,
        }),
        ..Columns::new(System::Mailerlite, email, says)
    })
}
