use proptest::prelude::*;

use super::super::known::Known;
use super::*;

fn client(address: &str) -> Client<'_> {
    Client {
        address: address.parse().expect("an address"),
        sender: "strong-bad@email.example.com",
        hello: "mail.example.com",
    }
}

fn of(zone: &str, address: &str) -> Outcome {
    Known::answer(zone, |known| check(known, client(address), "example.com"))
}

/// The outcome for 192.0.2.1 of a record at example.com.
fn with(record: &str) -> Outcome {
    of(&format!("example.com TXT {record}"), "192.0.2.1")
}

fn broken(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Broken(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_term_that_matches_decides() {
    for (record, outcome) in [
        ("v=spf1 ip4:192.0.2.1 -all", Outcome::Pass),
        ("v=spf1 IP4:192.0.2.0/24 -ALL", Outcome::Pass),
        ("v=spf1 ip4:192.0.2.128/25 -all", Outcome::Fail),
        ("v=spf1 ip4:198.51.100.0/0 -all", Outcome::Pass),
        ("v=spf1 ~all", Outcome::SoftFail),
        ("v=spf1 ?all", Outcome::Neutral),
        ("v=spf1", Outcome::Neutral),
        ("v=spf1 -ip4:192.0.2.1 all", Outcome::Fail),
        ("v=spf1 ip6:2001:db8::/32 -all", Outcome::Fail),
        ("v=spf1 unknown=yes exp=why.example.com all", Outcome::Pass),
        ("v=spf10 all", Outcome::NoRecord),
        ("spf1 all", Outcome::NoRecord),
    ] {
        assert_eq!(with(record), outcome, "{record}");
    }
    let v6 = "example.com TXT v=spf1 ip6:2001:db8::/32 -all";
    assert_eq!(of(v6, "2001:db8:1::1"), Outcome::Pass);
    assert_eq!(of(v6, "2001:db9::1"), Outcome::Fail);
}

#[test]
fn names_are_looked_up() {
    let zone = "\
        example.com TXT v=spf1 a mx:mail.example.com/24 ptr exists:%{ir}.list.example.com -all
        example.com A 192.0.2.1
        mail.example.com MX mx1.example.com
        mx1.example.com A 198.51.100.1
        203.0.113.5 PTR host.example.com
        host.example.com A 203.0.113.5
        203.0.113.6 PTR other.example.com
        other.example.com A 203.0.113.99
        7.113.0.203.list.example.com A 127.0.0.2";
    for (address, outcome) in [
        ("192.0.2.1", Outcome::Pass),
        ("198.51.100.200", Outcome::Pass),
        ("203.0.113.5", Outcome::Pass),
        ("203.0.113.6", Outcome::Fail),
        ("203.0.113.7", Outcome::Pass),
        ("203.0.113.8", Outcome::Fail),
    ] {
        assert_eq!(of(zone, address), outcome, "{address}");
    }
}

#[test]
fn an_include_matches_if_it_passes_and_a_redirect_replaces() {
    let zone = |record: &str| {
        format!(
            "example.com TXT {record}
            yes.example.com TXT v=spf1 ip4:192.0.2.1 -all
            no.example.com TXT v=spf1 -all"
        )
    };
    for (record, outcome) in [
        ("v=spf1 include:yes.example.com -all", Outcome::Pass),
        ("v=spf1 include:no.example.com ~all", Outcome::SoftFail),
        ("v=spf1 redirect=yes.example.com", Outcome::Pass),
        ("v=spf1 redirect=no.example.com", Outcome::Fail),
        ("v=spf1 ?all redirect=yes.example.com", Outcome::Neutral),
    ] {
        assert_eq!(of(&zone(record), "192.0.2.1"), outcome, "{record}");
    }
    for record in [
        "v=spf1 include:gone.example.com all",
        "v=spf1 redirect=gone.example.com",
    ] {
        let outcome = of(&zone(record), "192.0.2.1");
        assert!(broken(&outcome).contains("gone.example.com"), "{record}");
    }
}

#[test]
fn a_record_that_cannot_be_used_says_why() {
    for (record, why) in [
        ("v=spf1 ip4:192.0.2.1 -al", "`-al` is not an SPF term"),
        ("v=spf1 ip4:192.0.2.1/33 all", "`ip4:192.0.2.1/33` is"),
        ("v=spf1 ip4:192.0.2 all", "`ip4:192.0.2` is"),
        ("v=spf1 a:%{x}.example.com all", "macro"),
        (
            "v=spf1 redirect=a.example redirect=b.example",
            "more than once",
        ),
        ("v=spf1 include: all", "`include:` is not"),
    ] {
        let outcome = with(record);
        assert!(broken(&outcome).contains(why), "{record}: {outcome:?}");
    }
    let two = "example.com TXT v=spf1 all\nexample.com TXT v=spf1 -all";
    assert!(broken(&of(two, "192.0.2.1")).contains("more than one SPF record"));
}

#[test]
fn ten_lookups_are_allowed_and_not_eleven() {
    let zone = |count: usize| {
        let includes: Vec<_> = (0..count)
            .map(|n| format!("include:i{n}.example.com"))
            .collect();
        let mut zone = format!(
            "example.com TXT v=spf1 {} ip4:192.0.2.1 -all",
            includes.join(" ")
        );
        for n in 0..count {
            zone += &format!("\ni{n}.example.com TXT v=spf1 -all");
        }
        zone
    };
    assert_eq!(of(&zone(10), "192.0.2.1"), Outcome::Pass);
    assert!(broken(&of(&zone(11), "192.0.2.1")).contains("more than 10 DNS lookups"));
    let extent = Known::answer(&zone(11), |known| extent(known, "example.com"));
    assert_eq!(extent.lookups, 11);
    assert_eq!(extent.includes[10], "i10.example.com");
    // Two lookups may find nothing.
    let void = |count| format!("v=spf1 {}all", "a:gone.example.com ".repeat(count));
    assert_eq!(with(&void(2)), Outcome::Pass);
    assert!(broken(&with(&void(3))).contains("find nothing"));
}

#[test]
fn a_record_that_includes_itself_ends() {
    let zone = "example.com TXT v=spf1 include:example.com -all";
    assert!(broken(&of(zone, "192.0.2.1")).contains("lookups"));
    let extent = Known::answer(zone, |known| extent(known, "example.com"));
    assert!(extent.lookups > MOST_LOOKUPS);
}

/// The examples of RFC 7208 §7.4.
#[test]
fn macros_expand_as_the_rfc_shows() {
    for (spec, address, name) in [
        ("%{s}", "192.0.2.3", "strong-bad@email.example.com"),
        ("%{o}", "192.0.2.3", "email.example.com"),
        ("%{d4}", "192.0.2.3", "email.example.com"),
        ("%{d2}", "192.0.2.3", "example.com"),
        ("%{d1}", "192.0.2.3", "com"),
        ("%{dr}", "192.0.2.3", "com.example.email"),
        ("%{d2r}", "192.0.2.3", "example.email"),
        ("%{l}", "192.0.2.3", "strong-bad"),
        ("%{l-}", "192.0.2.3", "strong.bad"),
        ("%{lr-}", "192.0.2.3", "bad.strong"),
        ("%{l1r-}", "192.0.2.3", "strong"),
        (
            "%{ir}.%{v}._spf.%{d2}",
            "192.0.2.3",
            "3.2.0.192.in-addr._spf.example.com",
        ),
        (
            "%{lr-}.lp._spf.%{d2}",
            "192.0.2.3",
            "bad.strong.lp._spf.example.com",
        ),
        (
            "%{ir}.%{v}._spf.%{d2}",
            "2001:db8::cb01",
            "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com",
        ),
        ("a%%b%_c%-d", "192.0.2.3", "a%b c%20d"),
    ] {
        let expanded = expand::expand(spec, client(address), "email.example.com");
        assert_eq!(expanded.as_deref(), Ok(name), "{spec}");
    }
    for wrong in ["%", "%{", "%{}", "%{z}", "%{d0}", "%{d!}", "%x"] {
        assert!(
            expand::expand(wrong, client("192.0.2.3"), "example.com").is_err(),
            "{wrong}"
        );
    }
}

proptest! {
    /// Anyone may publish anything.
    #[test]
    fn any_record_has_an_outcome(text in r"\PC{0,60}", terms in "[ a-z0-9:/%{}.=+~?-]{0,60}") {
        for rest in [text, terms] {
            let record = format!("v=spf1 {rest}");
            with(&record);
            let zone = format!("example.com TXT {record}");
            Known::answer(&zone, |known| extent(known, "example.com"));
            lets_everyone(&record);
            with_term(&record, "mx");
        }
    }
}
