use proptest::prelude::*;

use super::*;

fn refused(text: &str) -> AddressError {
    Address::parse(text).expect_err(text)
}

#[test]
fn keeps_what_was_given_and_folds_only_the_key() {
    let address = Address::parse(" \tAnn.Lee+News@Example.COM\r\n").unwrap();
    assert_eq!(address.as_given(), "Ann.Lee+News@Example.COM");
    assert_eq!(address.to_string(), "Ann.Lee+News@Example.COM");
    assert_eq!(address.key().as_str(), "ann.lee+news@example.com");
    assert_eq!(address.local_part(), "Ann.Lee+News");
    assert_eq!(address.domain(), "Example.COM");
    assert_eq!(address.domain_ascii(), "example.com");
    assert_eq!(address.on_the_wire(), "Ann.Lee+News@Example.COM");
    assert!(!address.needs_smtputf8());
}

#[test]
fn a_domain_outside_ascii_is_one_reader_in_either_form() {
    let unicode = Address::parse("ann@BÜCHER.example.com").unwrap();
    let ascii = Address::parse("ann@xn--bcher-kva.Example.com").unwrap();
    assert_eq!(unicode.key(), ascii.key());
    assert_eq!(unicode.on_the_wire(), "ann@xn--bcher-kva.example.com");
    assert!(!unicode.needs_smtputf8());
}

#[test]
fn a_local_part_outside_ascii_folds_by_unicode() {
    let upper = Address::parse("ÅNGSTRÖM@example.com").unwrap();
    let kelvin = Address::parse("\u{212b}ngström@example.com").unwrap();
    assert_eq!(upper.key(), kelvin.key());
    assert!(upper.needs_smtputf8());
    assert_eq!(upper.on_the_wire(), "ÅNGSTRÖM@example.com");
}

#[test]
fn words_with_marks_and_joiners_are_one_reader_in_every_spelling() {
    for (one, other) in [
        // A nukta composed and apart; NFC takes them apart.
        ("\u{958}लम", "\u{915}\u{93c}लम"),
        // Marks in the other order.
        ("ไ\u{e17}\u{e38}\u{e48}", "ไ\u{e17}\u{e48}\u{e38}"),
        ("क्\u{200d}ष", "क्ष"),
        ("علی\u{200c}رضا", "علیرضا"),
        ("İSTANBUL", "i\u{307}stanbul"),
        ("e\u{328}\u{301}", "Ę\u{301}"),
    ] {
        let [one, other] =
            [one, other].map(|local| Address::parse(&format!("{local}@example.com")).expect(local));
        assert_eq!(one.key(), other.key(), "{one} {other}");
        assert!(one.needs_smtputf8());
    }
    let thai = Address::parse("ไทยนี้@ไทย.example.org").unwrap();
    assert_eq!(thai.on_the_wire(), "ไทยนี้@xn--o3cw4h.example.org");
    assert_eq!(thai.as_given(), "ไทยนี้@ไทย.example.org");
}

#[test]
fn each_fault_has_its_own_reason() {
    use AddressError::*;
    let long = format!("{}@example.com", "a".repeat(65));
    let label = format!("ann@{}.com", "a".repeat(64));
    let whole = format!("ann@{}com", "abcdefghi.".repeat(26));
    let dotted = format!("{}@{}com", "a".repeat(64), "ü.".repeat(30));
    for (text, reason) in [
        ("", Empty),
        (" \r\n", Empty),
        ("ann@example.com\r\nBcc: bob@example.com", Control),
        ("ann\0@example.com", Control),
        ("ann@exam\u{85}ple.com", Control),
        ("\u{feff}ann@example.com", Invisible),
        ("ann@example\u{200b}.com", Invisible),
        ("ann@example\u{2028}.com", Invisible),
        ("ann\u{202e}lee@example.com", Invisible),
        ("\u{3164}@example.com", Invisible),
        ("ann\u{fe0f}@example.com", Invisible),
        ("ann\u{200d}lee@example.com", Invisible),
        ("ann@exam\u{200d}ple.com", DomainInvalid),
        ("ann lee@example.com", WhiteSpace),
        ("ann@example\u{a0}.com", WhiteSpace),
        (&whole, TooLong),
        (&dotted, TooLong),
        ("Ann <ann@example.com>", DisplayName),
        ("<ann@example.com>", DisplayName),
        ("ann(home)@example.com", Comment),
        ("ann.example.com", NoAt),
        ("ann@bob@example.com", ManyAts),
        ("ann@example.com,bob@example.com", ManyAts),
        ("@example.com", LocalEmpty),
        (&long, LocalTooLong),
        ("\"ann lee\"@example.com", LocalQuoted),
        ("\"a@b\"@example.com", LocalQuoted),
        (".ann@example.com", LocalInvalid),
        ("ann.@example.com", LocalInvalid),
        ("a..b@example.com", LocalInvalid),
        ("a,b@example.com", LocalInvalid),
        ("a\\b@example.com", LocalInvalid),
        ("“ann@example.com", LocalInvalid),
        ("\u{301}ann@example.com", LocalInvalid),
        ("ann@", DomainEmpty),
        ("ann@[192.0.2.1]", DomainLiteral),
        ("ann@[IPv6:2001:db8::1]", DomainLiteral),
        ("ann@192.0.2.1", DomainLiteral),
        ("ann@localhost", DomainSingleLabel),
        ("ann@example..com", DomainInvalid),
        ("ann@example.com.", DomainInvalid),
        ("ann@.example.com", DomainInvalid),
        ("ann@-example.com", DomainInvalid),
        ("ann@example-.com", DomainInvalid),
        ("ann@exa_mple.com", DomainInvalid),
        ("ann@exa$mple.com", DomainInvalid),
        ("ann@xn--\u{fc}.com", DomainInvalid),
        ("ann@xn--a.com", DomainInvalid),
        (&label, DomainInvalid),
    ] {
        assert_eq!(refused(text), reason, "{text:?}");
    }
}

#[test]
fn takes_the_limits_themselves() {
    let local = "a".repeat(MAX_LOCAL_PART);
    let domain = format!(
        "{}.{}.{}.com",
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(57)
    );
    let text = format!("{local}@{domain}");
    assert_eq!(text.len(), MAX_ADDRESS);
    assert!(Address::parse(&text).is_ok());
    assert_eq!(
        refused(&format!("{local}@e{domain}")),
        AddressError::TooLong
    );
}

#[test]
fn debug_shows_nothing_and_masking_little() {
    let address = Address::parse("ärger@example.com").unwrap();
    assert_eq!(
        format!("{address:?} {:?}", address.key()),
        "Address(..) AddressKey(..)"
    );
    assert_eq!(address.masked(), "ä…@example.com");
}

proptest! {
    #[test]
    fn we_take_all_that_lettre_takes_but_what_cannot_be_seen(
        local in "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~äßΣéक한\u{3002}-]{1,12}",
        domain in "[a-z]{1,9}(ü|한|-[a-z]|)\\.(com|org)",
    ) {
        let text = format!("{local}@{domain}");
        prop_assert_eq!(Address::parse(&text).is_ok(), lettre::Address::from_str(&text).is_ok());
    }

    #[test]
    fn words_of_any_script_are_taken_as_written(
        words in proptest::collection::vec("\\p{L}[\\p{L}\\p{M}\\p{Nd}]{0,5}", 1..4),
    ) {
        let text: String = format!("{}@example.com", words.join(".")).nfc().collect();
        prop_assume!(text.len() <= MAX_LOCAL_PART && !text.contains(is_invisible));
        let address = Address::parse(&text).unwrap();
        prop_assert_eq!(address.as_given(), &text);
        prop_assert_eq!(&address.on_the_wire(), &text);
        let apart = Address::parse(&text.nfd().collect::<String>()).unwrap();
        prop_assert_eq!(apart.key(), address.key());
    }

    #[test]
    fn any_text_is_taken_or_refused_and_never_panics(text in "\\PC{0,20}@?\\PC{0,20}") {
        if let Ok(address) = Address::parse(&text) {
            prop_assert_eq!(address.as_given(), text.trim().nfc().collect::<String>());
            prop_assert!(address.domain_ascii().is_ascii());
            prop_assert!(!address.as_given().chars().any(char::is_control));
        }
    }

    #[test]
    fn the_key_of_a_key_is_itself(
        text in "([a-zA-Z0-9äßΣİǅ\u{212b}\u{1100}\u{1161}\u{345}\u{307}\u{323}क\u{94d}\u{93c}\u{200d}\u{e38}\u{e48}]{1,12}|[\\p{L}\\p{M}]{1,12})@[a-z]{1,9}\\.com",
    ) {
        if let Ok(address) = Address::parse(&text) {
            let again = Address::parse(address.key().as_str()).unwrap();
            prop_assert_eq!(again.key(), address.key());
        }
    }
}
