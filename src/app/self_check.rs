//! How an instance recognises itself through its public address.
//!
//! The doctor asks for an unsubscribe link that belongs to no reader, with a random number. Only a holder of the key can
//! make such a link, and only one can answer it: with the same number under another purpose. Neither is good for
//! anything else, so it does not matter who sees them.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use subscribers::token::{self, Key, Purpose, Token};

/// How a question is asked. An answer to one is none to the other, so that a proxy that turns a `POST` into a `GET` is
/// noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Get = 0,
    /// One-click (RFC 8058).
    OneClick = 1,
}

/// A question, and the answer that proves the key.
#[derive(Clone, Debug)]
pub struct Question {
    /// Stands in place of a reader's token.
    pub token: String,
    pub answer: String,
}

impl Question {
    /// `None` if the system has no random numbers.
    pub fn new(key: &Key, way: Way) -> Option<Self> {
        let mut bytes = [0; 8];
        SystemRandom::new().fill(&mut bytes).ok()?;
        let asked = Token::new(Purpose::SelfCheck, i64::from_be_bytes(bytes), way as i64);
        Some(Self {
            token: token::sign(key, asked),
            answer: token::sign(key, answering(asked)),
        })
    }
}

/// The answer to a question that was asked this way; `None` if the token is none.
pub fn answer(key: &Key, text: &str, way: Way) -> Option<String> {
    let asked = token::verify(key, text, Purpose::SelfCheck).ok()?;
    (asked.about == way as i64).then(|| token::sign(key, answering(asked)))
}

fn answering(asked: Token) -> Token {
    Token {
        purpose: Purpose::SelfAnswer,
        ..asked
    }
}
