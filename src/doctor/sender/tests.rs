use super::super::provider;
use super::*;

fn sender() -> Sender {
    Sender {
        from: "example.com".to_owned(),
        envelope: "bounces.example.com".to_owned(),
        address: "news@bounces.example.com".to_owned(),
        hello: "bounces.example.com".to_owned(),
        keys: Vec::new(),
        outlet: Outlet::Known(vec!["192.0.2.25".parse().expect("an address")]),
    }
}

fn by(host: &str) -> Sender {
    let outlet = provider::of(host).map_or(Outlet::Unknown, Outlet::Provider);
    Sender { outlet, ..sender() }
}

const GOOD: &str = "\
    bounces.example.com TXT v=spf1 ip4:192.0.2.25 -all
    bounces.example.com MX mail.example.com
    mail.example.com A 192.0.2.25
    192.0.2.25 PTR mail.example.com
    _dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:d@example.com";

type Rule = fn(&Known, &Sender) -> Result<Check, Lack>;

const RULES: [Rule; 5] = [spf, dmarc, alignment, mx, ptr];

fn judged(rule: Rule, zone: &str, sender: &Sender) -> Check {
    Known::answer(zone, |known| rule(known, sender))
}

#[test]
fn a_sender_with_all_records_is_well() {
    for rule in RULES {
        let check = judged(rule, GOOD, &sender());
        assert_eq!(check.state, State::Ok, "{check}");
        assert_eq!(check.advice, None, "{check}");
    }
}

#[test]
fn each_missing_record_is_named_with_what_to_paste() {
    for (rule, without, state, record) in [
        (
            spf as Rule,
            "v=spf1",
            State::Wrong,
            "bounces.example.com  TXT  \"v=spf1 ip4:192.0.2.25 ~all\"",
        ),
        (
            dmarc,
            "_dmarc",
            State::Warning,
            "_dmarc.example.com  TXT  \"v=DMARC1; p=none\"",
        ),
        (
            mx,
            "MX",
            State::Wrong,
            "bounces.example.com  MX  10 mail.example.com",
        ),
        (ptr, "PTR", State::Wrong, ""),
    ] {
        let left = GOOD.lines().filter(|line| !line.contains(without));
        let check = judged(rule, &left.collect::<Vec<_>>().join("\n"), &sender());
        assert_eq!(check.state, state, "{check}");
        let records: Vec<_> = check.records.iter().map(ToString::to_string).collect();
        assert_eq!(records.join("\n"), record);
    }
}

#[test]
fn an_address_that_spf_refuses_is_wrong_if_it_is_certain() {
    let zone =
        "bounces.example.com TXT v=spf1 ip4:198.51.100.1 ~all\nrelay.example.net A 192.0.2.25";
    let certain = judged(spf, zone, &sender());
    assert_eq!(certain.state, State::Wrong);
    assert_eq!(
        certain.records[0].value,
        "v=spf1 ip4:198.51.100.1 ip4:192.0.2.25 ~all"
    );
    let outlet = Outlet::Host("relay.example.net".to_owned());
    let guessed = judged(spf, zone, &Sender { outlet, ..sender() });
    assert_eq!(guessed.state, State::Warning);
    assert!(
        guessed
            .advice
            .is_some_and(|advice| advice.contains("sends_from"))
    );
}

#[test]
fn an_spf_record_to_paste_allows_a_sender_even_without_the_relays_address() {
    let outlet = Outlet::Host("relay.example.net".to_owned());
    let check = judged(spf, "", &Sender { outlet, ..sender() });
    assert_eq!(check.records[0].value, "v=spf1 mx ~all", "{check}");
}

#[test]
fn a_record_that_receivers_cannot_use_is_wrong() {
    let includes: Vec<_> = (0..11)
        .map(|n| format!("include:i{n}.example.com"))
        .collect();
    let mut many = format!(
        "bounces.example.com TXT v=spf1 ip4:192.0.2.25 {} -all",
        includes.join(" ")
    );
    for n in 0..11 {
        many += &format!("\ni{n}.example.com TXT v=spf1 -all");
    }
    for (zone, why) in [
        (&*many, "11 DNS lookups"),
        (
            "bounces.example.com TXT v=spf1 -all\nbounces.example.com TXT v=spf1 ~all",
            "more than one",
        ),
        (
            "bounces.example.com TXT v=spf1 ip4:192.0.2.25 -al",
            "not an SPF term",
        ),
    ] {
        let check = judged(spf, zone, &sender());
        assert_eq!(check.state, State::Wrong, "{check}");
        assert!(check.text.contains(why), "{check}");
    }
    let open = judged(spf, "bounces.example.com TXT v=spf1 +all", &sender());
    assert_eq!(open.state, State::Warning);
}

#[test]
fn of_a_service_its_include_counts() {
    let zone = |include| format!("bounces.example.com TXT v=spf1 include:{include} -all");
    let google = by("smtp-relay.gmail.com");
    assert_eq!(
        judged(spf, &zone("_spf.google.com"), &google).state,
        State::Ok
    );
    let without = judged(spf, &zone("other.example.net"), &google);
    assert_eq!(without.state, State::Wrong);
    assert_eq!(
        without.records[0].value,
        "v=spf1 include:other.example.net include:_spf.google.com -all"
    );
    let postmark = by("smtp.postmarkapp.com");
    let rewritten = judged(spf, &zone("other.example.net"), &postmark);
    assert!(
        rewritten.is_unsure() && rewritten.text.contains("Postmark"),
        "{rewritten}"
    );
    assert!(judged(alignment, GOOD, &postmark).is_unsure());
    assert_eq!(judged(ptr, GOOD, &postmark).state, State::Skipped);
    assert!(judged(spf, GOOD, &by("elsewhere.example.net")).is_unsure());
}

#[test]
fn a_sender_that_is_not_aligned_is_wrong_once_the_policy_bites() {
    let elsewhere = Sender {
        envelope: "example.net".to_owned(),
        ..sender()
    };
    let policy = |policy| format!("_dmarc.example.com TXT v=DMARC1; p={policy}");
    assert_eq!(
        judged(alignment, &policy("reject"), &elsewhere).state,
        State::Wrong
    );
    assert_eq!(
        judged(alignment, &policy("none"), &elsewhere).state,
        State::Warning
    );
    let signed = Sender {
        keys: vec![Record {
            selector: "v1".to_owned(),
            domain: "mail.example.com".to_owned(),
            name: "v1._domainkey.mail.example.com".to_owned(),
            value: "v=DKIM1; k=rsa; p=AA".to_owned(),
        }],
        ..elsewhere
    };
    assert_eq!(
        judged(alignment, &policy("reject"), &signed).state,
        State::Ok
    );
    assert_eq!(
        judged(alignment, &policy("reject; adkim=s"), &signed).state,
        State::Wrong
    );
}

#[test]
fn returned_mail_needs_a_way_back() {
    for (zone, state) in [
        ("bounces.example.com MX .", State::Wrong),
        ("bounces.example.com MX gone.example.com", State::Wrong),
        ("bounces.example.com A 192.0.2.1", State::Ok),
    ] {
        assert_eq!(judged(mx, zone, &sender()).state, state, "{zone}");
    }
    let elsewhere = "192.0.2.25 PTR host.example.net\nhost.example.net A 192.0.2.99";
    let check = judged(ptr, elsewhere, &sender());
    assert!(check.text.contains("has another address"), "{check}");
}
