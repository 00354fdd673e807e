//! Text read as tokens, stamps and keys; and bytes as the contents of a token.

use std::sync::LazyLock;

use subscribers::token::{self, Key, Purpose, Token, stamp};

static KEY: LazyLock<Key> = LazyLock::new(|| Key::from_bytes(&[7; 32]).expect("a key"));

pub(crate) fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        reads(text);
    }
    if let Some((bytes, _)) = data.split_first_chunk::<25>() {
        comes_back(*bytes);
    }
}

/// Only one text is valid for each token.
fn reads(text: &str) {
    for purpose in Purpose::ALL {
        if let Ok(read) = token::verify(&KEY, text, purpose) {
            assert_eq!(token::sign(&KEY, read), text);
        }
        if let Ok(read) = token::verify_local_part(&KEY, text, purpose) {
            assert!(token::sign_local_part(&KEY, read).eq_ignore_ascii_case(text));
        }
    }
    let _ = stamp::read(&KEY, text);
    if let Ok(key) = Key::parse(text) {
        assert_eq!(key.fingerprint().len(), 16);
    }
}

fn comes_back([purpose, ids @ ..]: [u8; 25]) {
    let (ids, _) = ids.as_chunks::<8>();
    let [subscriber, about, address_tag] = [0, 1, 2].map(|at: usize| i64::from_le_bytes(ids[at]));
    let purpose = Purpose::ALL[usize::from(purpose) % Purpose::ALL.len()];
    let token = Token {
        purpose,
        subscriber,
        about,
        address_tag,
    };
    let link = token::sign(&KEY, token);
    let local_part = token::sign_local_part(&KEY, token);
    for asked in Purpose::ALL {
        let wanted = (asked == purpose).then_some(token);
        assert_eq!(token::verify(&KEY, &link, asked).ok(), wanted);
        assert_eq!(
            token::verify_local_part(&KEY, &local_part, asked).ok(),
            wanted
        );
    }
}
