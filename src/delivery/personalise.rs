//! One reader's values: what the placeholders of the frozen mail become.

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use subscribers::address::Address;
use subscribers::token::{self, Key, Purpose, Token};

use crate::edition::render::{Mail, Reader};

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
    let (unsubscribe, vote) = delivery.tokens();
    let mailto = match mail.names_mailto() {
        true => token::sign_local_part(key, unsubscribe),
        false => String::new(),
    };
    let reader = Reader {
        address: delivery.address,
        name: delivery.name,
        date: delivery.date,
        unsubscribe_token: &token::sign(key, unsubscribe),
        unsubscribe_local_part: &mailto,
        vote_token: &token::sign(key, vote),
        message_id: &token::message_id(key, delivery.edition, delivery.subscriber),
    };
    mail.compose(&reader, content);
}

/// How many octets [`compose`] writes: nothing is signed, and the mail is not written.
pub fn octets(mail: &Mail, delivery: &Delivery<'_>) -> usize {
    let (unsubscribe, vote) = delivery.tokens();
    let of = |length: usize| &LONG[..length.min(LONG.len())];
    let reader = Reader {
        address: delivery.address,
        name: delivery.name,
        date: delivery.date,
        unsubscribe_token: of(token::link_len(unsubscribe)),
        unsubscribe_local_part: of(token::local_part_len(unsubscribe)),
        vote_token: of(token::link_len(vote)),
        message_id: of(token::MESSAGE_ID_LEN),
    };
    mail.octets(&reader)
}

/// How many octets the mail of an edition has at least, but for a few that a shorter address or number saves: to a
/// reader without a name.
pub fn least_octets(mail: &Mail, edition: i64, date: DateTime<FixedOffset>) -> usize {
    let Ok(address) = Address::parse("a@example.com") else {
        return 0;
    };
    let delivery = Delivery {
        edition,
        subscriber: 1,
        address_tag: 0,
        address: &address,
        name: None,
        date,
    };
    octets(mail, &delivery)
}

/// As long as any token.
const LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

impl Delivery<'_> {
    /// The tokens to leave and to vote.
    fn tokens(&self) -> (Token, Token) {
        let unsubscribe = Token {
            purpose: Purpose::Unsubscribe,
            subscriber: self.subscriber,
            about: self.edition,
            address_tag: self.address_tag,
        };
        let vote = Token {
            purpose: Purpose::Vote,
            ..unsubscribe
        };
        (unsubscribe, vote)
    }
}
