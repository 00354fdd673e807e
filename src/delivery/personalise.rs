//! Fills the placeholders of the frozen mail with a reader's values.

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use subscribers::address::Address;
use subscribers::token::{self, Key, Purpose, Token};

use crate::clock::instant;
use crate::edition::render::{Mail, Reader};

/// One mail: its edition and its reader.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    pub edition: i64,
    pub subscriber: i64,
    pub address_tag: i64,
    pub address: &'a Address,
    pub name: Option<&'a str>,
    /// The mail's date: when the reader was first due, if the edition goes out in readers' local
    /// time.
    pub date: DateTime<FixedOffset>,
}

/// A time of the ledger as the mail's date, in the newsletter's zone.
pub fn date(millis: i64, zone: Tz) -> DateTime<FixedOffset> {
    instant(millis).with_timezone(&zone).fixed_offset()
}

/// Writes one reader's mail into `content`, replacing what it contains.
pub fn compose(key: &Key, mail: &Mail, delivery: &Delivery<'_>, content: &mut Vec<u8>) {
    let [unsubscribe, vote, own] = delivery.tokens();
    // A frozen mail may have no place for one.
    let only_if = |needed: bool, sign: fn(&Key, Token) -> String, token| match needed {
        true => sign(key, token),
        false => String::new(),
    };
    let mailto = only_if(mail.names_mailto(), token::sign_local_part, unsubscribe);
    let own = only_if(mail.names_delivery(), token::sign, own);
    let reader = Reader {
        address: delivery.address,
        name: delivery.name,
        date: delivery.date,
        unsubscribe_token: &token::sign(key, unsubscribe),
        unsubscribe_local_part: &mailto,
        vote_token: &token::sign(key, vote),
        delivery_token: &own,
        message_id: &token::message_id(key, delivery.edition, delivery.subscriber),
    };
    mail.compose(&reader, content);
}

/// How many octets [`compose`] writes, without signing or writing anything.
pub fn octets(mail: &Mail, delivery: &Delivery<'_>) -> usize {
    let [unsubscribe, vote, own] = delivery.tokens();
    let of = |length: usize| &LONG[..length.min(LONG.len())];
    let reader = Reader {
        address: delivery.address,
        name: delivery.name,
        date: delivery.date,
        unsubscribe_token: of(token::link_len(unsubscribe)),
        unsubscribe_local_part: of(token::local_part_len(unsubscribe)),
        vote_token: of(token::link_len(vote)),
        delivery_token: of(token::link_len(own)),
        message_id: of(token::MESSAGE_ID_LEN),
    };
    mail.octets(&reader)
}

/// The smallest of an edition's mails: to a reader without a name. A shorter address or number may
/// save a few octets more.
pub fn least(key: &Key, mail: &Mail, edition: i64, date: DateTime<FixedOffset>) -> Vec<u8> {
    let mut content = Vec::new();
    let Ok(address) = Address::parse("a@example.com") else {
        return content;
    };
    let delivery = Delivery {
        edition,
        subscriber: 1,
        address_tag: 0,
        address: &address,
        name: None,
        date,
    };
    compose(key, mail, &delivery, &mut content);
    content
}

/// As long as any token.
const LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

impl Delivery<'_> {
    /// The tokens to unsubscribe, to vote, and to name the delivery.
    fn tokens(&self) -> [Token; 3] {
        [Purpose::Unsubscribe, Purpose::Vote, Purpose::Delivery].map(|purpose| Token {
            purpose,
            subscriber: self.subscriber,
            about: self.edition,
            address_tag: self.address_tag,
        })
    }
}
