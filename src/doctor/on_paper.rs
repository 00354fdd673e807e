//! Checks by records that are only written down, as fuzzing makes them up. Asks nobody.
//!
//! The mail is from `example.com`, with an envelope sender at `bounces.example.com`, and leaves from 192.0.2.25 and
//! 2001:db8::25.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::known::{Known, Lack, answered_by};
use super::sender::{self, Outlet, Sender};
use super::{Check, State};

/// A check, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub check: Check,
    /// How many questions to DNS.
    pub questions: usize,
}

/// The check `spf`. A zone has a record a line, `name TYPE value`.
pub fn spf(zone: &str) -> Judged {
    judged("spf", zone, sender::spf)
}

/// The check `dmarc`.
pub fn dmarc(zone: &str) -> Judged {
    judged("dmarc", zone, sender::dmarc)
}

/// The check `alignment`.
pub fn alignment(zone: &str) -> Judged {
    judged("alignment", zone, sender::alignment)
}

fn judged(
    name: &'static str,
    zone: &str,
    rule: fn(&Known, &Sender) -> Result<Check, Lack>,
) -> Judged {
    let sender = Sender {
        from: "example.com".to_owned(),
        envelope: "bounces.example.com".to_owned(),
        address: "news@bounces.example.com".to_owned(),
        hello: "bounces.example.com".to_owned(),
        keys: Vec::new(),
        outlet: Outlet::Known(vec![
            IpAddr::V4(Ipv4Addr::new(192, 0, 2, 25)),
            IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x25)),
        ]),
    };
    match answered_by(zone, |known| rule(known, &sender)) {
        Ok((check, questions)) => Judged { check, questions },
        // A zone answers everything.
        Err(silence) => Judged {
            check: Check::new(name, State::Warning, silence.to_string()),
            questions: 0,
        },
    }
}
