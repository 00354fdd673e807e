//! One reader's values: what the placeholders of the frozen mail become.

use subscribers::address::Address;
use subscribers::token::{self, Key, Purpose, Token};

use crate::render::{Mail, Reader};

/// Writes one reader's mail into `content`, which is emptied first.
pub fn compose(
    key: &Key,
    mail: &Mail,
    edition: i64,
    subscriber: i64,
    address: &Address,
    name: Option<&str>,
    content: &mut Vec<u8>,
) {
    let unsubscribe = Token {
        purpose: Purpose::Unsubscribe,
        subscriber,
        about: edition,
    };
    let vote = Token {
        purpose: Purpose::Vote,
        ..unsubscribe
    };
    let reader = Reader {
        address,
        name,
        unsubscribe_token: &token::sign(key, unsubscribe),
        vote_token: &token::sign(key, vote),
        message_id: &token::message_id(key, edition, subscriber),
    };
    mail.compose(&reader, content);
}

/// The envelope's sender: one for each delivery (VERP), so that a returned mail names its reader.
pub(super) fn return_path(key: &Key, bounce: &Address, edition: i64, subscriber: i64) -> String {
    let token = Token {
        purpose: Purpose::Bounce,
        subscriber,
        about: edition,
    };
    let token = token::sign_local_part(key, token);
    format!("{}+{token}@{}", bounce.local_part(), bounce.domain_ascii())
}
