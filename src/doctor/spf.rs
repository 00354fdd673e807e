//! SPF (RFC 7208): whether a domain lets an address send mail for it.

mod expand;
mod terms;

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;

use std::net::IpAddr;

use self::terms::{Mechanism, Qualifier, Term};
use super::known::{Known, Lack};

/// Terms that ask DNS, in one evaluation (§4.6.4).
pub(super) const MOST_LOOKUPS: usize = 10;
/// Lookups without a record (§4.6.4).
const MOST_VOID: usize = 2;
/// Names of one `mx` or `ptr` term (§4.6.4).
const MOST_NAMES: usize = 10;

/// The result of an evaluation (§2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Pass,
    Fail,
    SoftFail,
    Neutral,
    /// The domain has no record.
    NoRecord,
    /// The record cannot be used, for the reason given.
    Broken(String),
}

/// Who sends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client<'a> {
    pub(super) address: IpAddr,
    /// The envelope sender.
    pub(super) sender: &'a str,
    /// The name in `EHLO`.
    pub(super) hello: &'a str,
}

/// `check_host` (§4): what the record of a domain makes of a client.
pub(super) fn check(known: &Known, client: Client<'_>, domain: &str) -> Result<Outcome, Lack> {
    let mut evaluation = Evaluation {
        known,
        client,
        lookups: 0,
        void: 0,
    };
    match evaluation.host(domain) {
        Ok(outcome) => Ok(outcome),
        Err(Stop::Lack(lack)) => Err(lack),
        Err(Stop::Broken(why)) => Ok(Outcome::Broken(why)),
    }
}

/// The record of a domain (§4.5): `None` if there is none, an error if it cannot be used.
pub(super) fn record<'k>(
    known: &'k Known,
    domain: &str,
) -> Result<Result<Option<&'k str>, String>, Lack> {
    let is_spf = |text: &&String| {
        let version = text.get(.."v=spf1".len());
        let is_first = version.is_some_and(|version| version.eq_ignore_ascii_case("v=spf1"));
        is_first && matches!(text.as_bytes().get("v=spf1".len()), None | Some(b' '))
    };
    let mut records = known.txt(domain)?.iter().filter(is_spf);
    let first = records.next();
    Ok(match records.next() {
        Some(_) => Err(format!("{domain} has more than one SPF record")),
        None => Ok(first.map(String::as_str)),
    })
}

/// True if the record lets every address send.
pub(super) fn lets_everyone(record: &str) -> bool {
    let everyone = Term::Directive(Qualifier::Pass, Mechanism::All);
    terms::parse(record).is_ok_and(|terms| terms.contains(&everyone))
}

/// The record with a term before the one that matches all.
pub(super) fn with_term(record: &str, term: &str) -> String {
    let words = record.split(' ').filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    let is_last = |word: &&str| {
        let word = word.to_ascii_lowercase();
        word.trim_start_matches(['+', '-', '~', '?']) == "all" || word.starts_with("redirect=")
    };
    let at = words.iter().position(is_last).unwrap_or(words.len());
    words.insert(at, term);
    words.join(" ")
}

/// What a whole record costs and whom it names, regardless of the sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Terms that ask DNS if no earlier one matches.
    pub(super) lookups: usize,
    /// The domains that it includes or redirects to, at any depth.
    pub(super) includes: Vec<String>,
}

/// Follows every include of a domain's record. Stops soon after the limit of lookups.
pub(super) fn extent(known: &Known, domain: &str) -> Result<Extent, Lack> {
    let mut extent = Extent::default();
    follow(known, domain, &mut extent)?;
    Ok(extent)
}

fn follow(known: &Known, domain: &str, extent: &mut Extent) -> Result<(), Lack> {
    let Ok(Some(text)) = record(known, domain)? else {
        return Ok(());
    };
    let Ok(terms) = terms::parse(text) else {
        return Ok(());
    };
    let has_all = terms.iter().any(Term::is_all);
    for term in &terms {
        let next = match term {
            Term::Directive(_, mechanism) if mechanism.asks() => {
                extent.lookups += 1;
                match mechanism {
                    Mechanism::Include(domain) => Some(domain),
                    _ => None,
                }
            }
            Term::Redirect(domain) if !has_all => {
                extent.lookups += 1;
                Some(domain)
            }
            _ => None,
        };
        // A domain with macros depends on the sender.
        let Some(next) = next.filter(|next| !next.contains('%')) else {
            continue;
        };
        let next = next.to_ascii_lowercase();
        if extent.lookups <= MOST_LOOKUPS * 2 {
            extent.includes.push(next.clone());
            follow(known, &next, extent)?;
        }
    }
    Ok(())
}

/// Why an evaluation ends without a result.
enum Stop {
    Lack(Lack),
    Broken(String),
}

impl From<Lack> for Stop {
    fn from(lack: Lack) -> Self {
        Self::Lack(lack)
    }
}

struct Evaluation<'a> {
    known: &'a Known,
    client: Client<'a>,
    lookups: usize,
    void: usize,
}

impl Evaluation<'_> {
    fn host(&mut self, domain: &str) -> Result<Outcome, Stop> {
        let text = match record(self.known, domain)? {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(Outcome::NoRecord),
            Err(why) => return Err(Stop::Broken(why)),
        };
        // A syntax error anywhere counts, even behind a match (§4.6).
        let terms = terms::parse(text).map_err(|why| Stop::Broken(format!("{domain}: {why}")))?;
        for term in &terms {
            if let Term::Directive(qualifier, mechanism) = term
                && self.matches(mechanism, domain)?
            {
                return Ok(match qualifier {
                    Qualifier::Pass => Outcome::Pass,
                    Qualifier::Fail => Outcome::Fail,
                    Qualifier::SoftFail => Outcome::SoftFail,
                    Qualifier::Neutral => Outcome::Neutral,
                });
            }
        }
        let redirect = terms.iter().find_map(|term| match term {
            Term::Redirect(domain) => Some(domain),
            Term::Directive(..) | Term::Other => None,
        });
        let Some(to) = redirect else {
            return Ok(Outcome::Neutral);
        };
        self.count()?;
        let to = self.expand(to, domain)?;
        match self.host(&to)? {
            Outcome::NoRecord => Err(Stop::Broken(format!(
                "{domain} redirects to {to}, which has no SPF record"
            ))),
            outcome => Ok(outcome),
        }
    }

    fn matches(&mut self, mechanism: &Mechanism, domain: &str) -> Result<bool, Stop> {
        if mechanism.asks() {
            self.count()?;
        }
        let address = self.client.address;
        let target = |evaluation: &Self, spec: &Option<String>| match spec {
            Some(spec) => evaluation.expand(spec, domain),
            None => Ok(domain.to_owned()),
        };
        match mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip(network) => Ok(network.contains(address)),
            Mechanism::Include(spec) => {
                let other = self.expand(spec, domain)?;
                match self.host(&other)? {
                    Outcome::Pass => Ok(true),
                    Outcome::NoRecord => Err(Stop::Broken(format!(
                        "{domain} includes {other}, which has no SPF record"
                    ))),
                    _ => Ok(false),
                }
            }
            Mechanism::A(spec, prefix) => {
                let name = target(self, spec)?;
                let found = self.addresses(&name)?;
                Ok(found.iter().any(|found| prefix.covers(*found, address)))
            }
            Mechanism::Mx(spec, prefix) => {
                let name = target(self, spec)?;
                let hosts = self.known.mx(&name)?;
                if hosts.is_empty() {
                    self.found_nothing()?;
                }
                if hosts.len() > MOST_NAMES {
                    let why = format!("{name} has more than {MOST_NAMES} mail servers");
                    return Err(Stop::Broken(why));
                }
                for host in hosts.iter().filter(|host| *host != ".") {
                    let found = self.known.addresses(host)?;
                    if found.iter().any(|found| prefix.covers(*found, address)) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Ptr(spec) => {
                let name = target(self, spec)?.to_ascii_lowercase();
                let names = self.known.names(address)?;
                for host in names.iter().take(MOST_NAMES) {
                    let is_below = *host == name || host.ends_with(&format!(".{name}"));
                    if is_below && self.known.addresses(host)?.contains(&address) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Exists(spec) => {
                let name = self.expand(spec, domain)?;
                Ok(self.addresses(&name)?.iter().any(IpAddr::is_ipv4))
            }
        }
    }

    fn addresses(&mut self, name: &str) -> Result<Vec<IpAddr>, Stop> {
        let found = self.known.addresses(name)?;
        if found.is_empty() {
            self.found_nothing()?;
        }
        Ok(found)
    }

    fn count(&mut self) -> Result<(), Stop> {
        self.lookups += 1;
        match self.lookups > MOST_LOOKUPS {
            true => Err(Stop::Broken(format!(
                "it needs more than {MOST_LOOKUPS} DNS lookups"
            ))),
            false => Ok(()),
        }
    }

    fn found_nothing(&mut self) -> Result<(), Stop> {
        self.void += 1;
        match self.void > MOST_VOID {
            true => Err(Stop::Broken(format!(
                "more than {MOST_VOID} of its lookups find nothing"
            ))),
            false => Ok(()),
        }
    }

    fn expand(&self, spec: &str, domain: &str) -> Result<String, Stop> {
        expand::expand(spec, self.client, domain).map_err(Stop::Broken)
    }
}
