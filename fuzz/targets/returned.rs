//! A mail that may be a returned one; and tokens in the places where reports have them, between any bytes.

use std::sync::LazyLock;

use subscribers::token::{self, DELIVERY_FIELD, Key, Purpose, Token};
use verdict::bounces::named_in;

static KEY: LazyLock<Key> = LazyLock::new(|| Key::from_bytes(&[7; 32]).expect("a key"));

pub(crate) fn run(data: &[u8]) {
    // libFuzzer sees the tokens below, and may repeat one.
    if named_in(&KEY, data).is_ok() {
        return;
    }
    let (before, behind) = data.split_at(data.len() / 2);
    let delivery = Token::new(Purpose::Delivery, 7, 12);
    let field = format!("\r\n{DELIVERY_FIELD}: {}\r\n", token::sign(&KEY, delivery));
    let bounce = Token::new(Purpose::Bounce, 7, 12);
    let envelope = format!("b+{}@example.org", token::sign_local_part(&KEY, bounce));
    for (between, wanted) in [(field, delivery), (envelope, bounce)] {
        let mail = [before, between.as_bytes(), behind].concat();
        assert_eq!(named_in(&KEY, &mail), Ok(wanted));
    }
}
