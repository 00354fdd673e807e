//! An email address, and a name on the second line. Both must come back from a header unchanged.

use mail_parser::MessageParser;
use subscribers::address::{Address, AddressError};
use subscribers::profile;
use verdict::header_text;

pub(crate) fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (text, name) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(address) = Address::parse(text) else {
        return;
    };
    // Lower case may be too long for an address.
    match Address::parse(address.key().as_str()) {
        Ok(folded) => assert_eq!(folded.key(), address.key()),
        Err(error) => assert!(
            matches!(error, AddressError::TooLong | AddressError::LocalTooLong),
            "{error:?}: {address}"
        ),
    }
    for spelling in [address.as_given(), &address.on_the_wire()] {
        let again = Address::parse(spelling).expect("another spelling of a good address");
        assert_eq!(again.key(), address.key(), "{spelling}");
    }
    // NFC may be longer than what was typed.
    assert!(address.masked().chars().count() <= address.as_given().chars().count() + 1);
    if let Ok(name) = profile::name(name) {
        comes_back(name, &address);
    }
}

fn comes_back(name: Option<&str>, address: &Address) {
    let value = header_text::to(name, address);
    assert!(value.lines().all(|line| line.len() <= 998), "{value}");
    let mail = format!("To: {value}\r\n\r\n");
    let mail = MessageParser::new().parse(&mail).expect("a mail");
    let to = mail.to().and_then(|to| to.first()).expect("a recipient");
    assert_eq!(to.address(), Some(&*address.on_the_wire()), "{value}");
    // A mail program may fold white space.
    let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(to.name().map(words), name.map(words), "{value}");
    assert_eq!(mail.headers().len(), 1, "{value}");
}
