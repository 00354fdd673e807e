//! MailerLite: a file for each status, told by its name.

use subscribers::consent::Consent;

use crate::readers::import::columns::{Columns, Says};
use crate::readers::import::header::{FileWords, Header};
use crate::readers::import::membership::{self, Membership};
use crate::readers::import::origin::System;

/// `Subscriber, Name, Last name, Subscribed, Groups`. Without a word for the status in the file's name nothing
/// is known.
pub(super) fn columns(header: &Header, file: &FileWords) -> Option<Columns> {
    let email = header.find(&["subscriber"])?;
    header.find(&["subscribed", "groups"])?;
    // The strictest first: a name may have another word by chance.
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
