//! Parses a record into its terms (RFC 7208 §4.6.1 and §5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Qualifier {
    Pass,
    Fail,
    SoftFail,
    Neutral,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Directive(Qualifier, Mechanism),
    Redirect(String),
    /// `exp`, or a modifier that nobody knows (§6).
    Other,
}

impl Term {
    pub(super) fn is_all(&self) -> bool {
        matches!(self, Self::Directive(_, Mechanism::All))
    }
}

/// Domains may have macros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mechanism {
    All,
    Include(String),
    A(Option<String>, Prefix),
    Mx(Option<String>, Prefix),
    Ptr(Option<String>),
    Ip(Network),
    Exists(String),
}

impl Mechanism {
    /// True if it counts against the limit of lookups (§4.6.4).
    pub(super) fn asks(&self) -> bool {
        !matches!(self, Self::All | Self::Ip(_))
    }
}

/// The lengths of a network's prefix (§5.6), in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    v4: u32,
    v6: u32,
}

impl Prefix {
    const WHOLE: Self = Self { v4: 32, v6: 128 };

    /// True if the two addresses are in one network.
    pub(super) fn covers(self, one: IpAddr, other: IpAddr) -> bool {
        match (one, other) {
            (IpAddr::V4(one), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - self.v4).unwrap_or(0);
                one.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(one), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - self.v6).unwrap_or(0);
                one.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    prefix: Prefix,
}

impl Network {
    pub(super) fn contains(self, address: IpAddr) -> bool {
        self.prefix.covers(self.address, address)
    }
}

/// The terms behind `v=spf1`, or what is wrong with one.
pub(super) fn parse(record: &str) -> Result<Vec<Term>, String> {
    let terms = record.split(' ').skip(1).filter(|term| !term.is_empty());
    let read = |text| term(text).ok_or_else(|| format!("`{text}` is not an SPF term"));
    let terms: Vec<Term> = terms.map(read).collect::<Result<_, _>>()?;
    let redirects = terms
        .iter()
        .filter(|term| matches!(term, Term::Redirect(_)));
    match redirects.count() {
        0 | 1 => Ok(terms),
        _ => Err("`redirect` appears more than once".to_owned()),
    }
}

fn term(text: &str) -> Option<Term> {
    let name_end = text.find([':', '=', '/']).unwrap_or(text.len());
    if text[name_end..].starts_with('=') {
        let (name, value) = (&text[..name_end], &text[name_end + 1..]);
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        return match name.eq_ignore_ascii_case("redirect") {
            true => (!value.is_empty()).then(|| Term::Redirect(value.to_owned())),
            false => is_name.then_some(Term::Other),
        };
    }
    let (qualifier, rest) = match text.as_bytes().first()? {
        b'+' => (Qualifier::Pass, &text[1..]),
        b'-' => (Qualifier::Fail, &text[1..]),
        b'~' => (Qualifier::SoftFail, &text[1..]),
        b'?' => (Qualifier::Neutral, &text[1..]),
        _ => (Qualifier::Pass, text),
    };
    Some(Term::Directive(qualifier, mechanism(rest)?))
}

fn mechanism(text: &str) -> Option<Mechanism> {
    let name_end = text.find([':', '/']).unwrap_or(text.len());
    let (name, rest) = text.split_at(name_end);
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "all" => rest.is_empty().then_some(Mechanism::All),
        "include" => Some(Mechanism::Include(required(rest)?)),
        "exists" => Some(Mechanism::Exists(required(rest)?)),
        "ptr" => Some(Mechanism::Ptr(optional(rest)?)),
        "a" => with_prefix(rest).map(|(domain, prefix)| Mechanism::A(domain, prefix)),
        "mx" => with_prefix(rest).map(|(domain, prefix)| Mechanism::Mx(domain, prefix)),
        "ip4" | "ip6" => network(&name, rest.strip_prefix(':')?).map(Mechanism::Ip),
        _ => None,
    }
}

fn required(rest: &str) -> Option<String> {
    let domain = rest.strip_prefix(':')?;
    (!domain.is_empty()).then(|| domain.to_owned())
}

fn optional(rest: &str) -> Option<Option<String>> {
    match rest {
        "" => Some(None),
        rest => required(rest).map(Some),
    }
}

/// `:domain`, `/v4` and `//v6`, each optional. A slash of a macro is inside braces.
fn with_prefix(rest: &str) -> Option<(Option<String>, Prefix)> {
    let braces = rest.rfind('}').map_or(0, |at| at + 1);
    let slash = rest[braces..]
        .find('/')
        .map_or(rest.len(), |at| braces + at);
    let (domain, prefix) = rest.split_at(slash);
    Some((optional(domain)?, lengths(prefix)?))
}

fn lengths(text: &str) -> Option<Prefix> {
    let (v4, v6) = match text.find("//") {
        Some(at) => (&text[..at], Some(&text[at + 2..])),
        None => (text, None),
    };
    Some(Prefix {
        v4: match v4 {
            "" => 32,
            v4 => length(v4.strip_prefix('/')?, 32)?,
        },
        v6: v6.map_or(Some(128), |v6| length(v6, 128))?,
    })
}

fn length(text: &str, most: u32) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|bits| is_number && *bits <= most)
}

fn network(name: &str, text: &str) -> Option<Network> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let mut prefix = Prefix::WHOLE;
    let address = match name {
        "ip4" => {
            prefix.v4 = bits.map_or(Some(32), |bits| length(bits, 32))?;
            address.parse::<Ipv4Addr>().ok()?.into()
        }
        _ => {
            prefix.v6 = bits.map_or(Some(128), |bits| length(bits, 128))?;
            address.parse::<Ipv6Addr>().ok()?.into()
        }
    };
    Some(Network { address, prefix })
}
