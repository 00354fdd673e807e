//! One reader's values: what the placeholders of the frozen mail become.

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use subscribers::address::Address;
use subscribers::token::{self, Key, Purpose, Token};

use crate::render::{Mail, Reader};

/// Whom a mail goes to, and which one it is.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The edition's number.
    pub edition: i64,
    /// The subscriber's number.
    pub subscriber: i64,
    /// The tag of the reader's address.
    pub address_tag: i64,
    /// The reader's address.
    pub address: &'a Address,
    /// The reader's name, where one is known.
    pub name: Option<&'a str>,
    /// When the reader was first due: the mail's date, if the edition goes out in readers' own time.
    pub date: DateTime<FixedOffset>,
}

/// A time of the ledger as the mail's date, on the newsletter's clock.
pub fn date(millis: i64, zone: Tz) -> DateTime<FixedOffset> {
    let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    at.with_timezone(&zone).fixed_offset()
}

/// Writes one reader's mail into `content`, which is emptied first.
pub fn compose(key: &Key, mail: &Mail, delivery: &Delivery<'_>, content: &mut Vec<u8>) {
    let Delivery {
        edition,
        subscriber,
        address_tag,
        address,
        name,
        date,
    } = *delivery;
    let unsubscribe = Token {
        purpose: Purpose::Unsubscribe,
        subscriber,
        about: edition,
        address_tag,
    };
    let vote = Token {
        purpose: Purpose::Vote,
        ..unsubscribe
    };
    let mailto = match mail.names_mailto() {
        true => token::sign_local_part(key, unsubscribe),
        false => String::new(),
    };
    let reader = Reader {
        address,
        name,
        date,
        unsubscribe_token: &token::sign(key, unsubscribe),
        unsubscribe_local_part: &mailto,
        vote_token: &token::sign(key, vote),
        message_id: &token::message_id(key, edition, subscriber),
    };
    mail.compose(&reader, content);
}
