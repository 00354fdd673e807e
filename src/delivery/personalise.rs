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

/// The values of one mail.
#[derive(Clone, Debug)]
pub(super) struct Values {
    address: Address,
    name: Option<String>,
    date: DateTime<FixedOffset>,
    unsubscribe_token: String,
    /// Empty if the mail has no address for unsubscribing by mail.
    unsubscribe_local_part: String,
    vote_token: String,
    /// Empty if the mail's header does not name the delivery.
    delivery_token: String,
    message_id: String,
}

impl Values {
    pub(super) fn new(key: &Key, mail: &Mail, delivery: &Delivery<'_>) -> Self {
        let [unsubscribe, vote, own] = [Purpose::Unsubscribe, Purpose::Vote, Purpose::Delivery]
            .map(|purpose| Token {
                purpose,
                subscriber: delivery.subscriber,
                about: delivery.edition,
                address_tag: delivery.address_tag,
            });
        // A frozen mail may have no place for one.
        let only_if = |needed: bool, sign: fn(&Key, Token) -> String, token| match needed {
            true => sign(key, token),
            false => String::new(),
        };
        Self {
            address: delivery.address.clone(),
            name: delivery.name.map(str::to_owned),
            date: delivery.date,
            unsubscribe_token: token::sign(key, unsubscribe),
            unsubscribe_local_part: only_if(
                mail.names_mailto(),
                token::sign_local_part,
                unsubscribe,
            ),
            vote_token: token::sign(key, vote),
            delivery_token: only_if(mail.names_delivery(), token::sign, own),
            message_id: token::message_id(key, delivery.edition, delivery.subscriber),
        }
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader {
            address: &self.address,
            name: self.name.as_deref(),
            date: self.date,
            unsubscribe_token: &self.unsubscribe_token,
            unsubscribe_local_part: &self.unsubscribe_local_part,
            vote_token: &self.vote_token,
            delivery_token: &self.delivery_token,
            message_id: &self.message_id,
        }
    }
}

/// A time of the ledger as the mail's date, in the newsletter's zone.
pub fn date(millis: i64, zone: Tz) -> DateTime<FixedOffset> {
    instant(millis).with_timezone(&zone).fixed_offset()
}

/// Writes one reader's mail into `content`, replacing what it contains.
pub fn compose(key: &Key, mail: &Mail, delivery: &Delivery<'_>, content: &mut Vec<u8>) {
    content.clear();
    mail.compose(&Values::new(key, mail, delivery).reader(), content);
}

/// The values that make the smallest of an edition's mails: of a reader without a name. A shorter address or number may
/// save a few octets more.
pub(super) fn least(
    key: &Key,
    mail: &Mail,
    edition: i64,
    date: DateTime<FixedOffset>,
) -> Option<Values> {
    let delivery = Delivery {
        edition,
        subscriber: 1,
        address_tag: 0,
        address: &Address::parse("a@example.com").ok()?,
        name: None,
        date,
    };
    Some(Values::new(key, mail, &delivery))
}
