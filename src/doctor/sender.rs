//! What receivers look up about the sender: SPF, DKIM, DMARC, and the way of returned mail.

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;

use std::net::IpAddr;

use super::dkim;
use super::dmarc::{self, Alignment, NoRecord, Policy};
use super::known::{Known, Lack};
use super::provider::Provider;
use super::spf::{self, Client, MOST_LOOKUPS, Outcome};
use super::{Check, State};
use crate::dkim::Record;

/// The parts of a mail that receivers judge.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    /// The domain of `From`, as A-labels.
    pub(super) from: String,
    /// The domain of the envelope sender.
    pub(super) envelope: String,
    /// An envelope sender.
    pub(super) address: String,
    /// The name that this machine gives itself at the relay.
    pub(super) hello: String,
    /// The records of the keys that mails are signed with.
    pub(super) keys: Vec<Record>,
    pub(super) outlet: Outlet,
}

/// Where mail leaves for readers' servers.
#[derive(Clone, Debug)]
pub(super) enum Outlet {
    /// From these addresses, as `smtp.sends_from` has them.
    Known(Vec<IpAddr>),
    /// From the addresses of this host, unless it sends from others.
    Host(String),
    /// From a service with many addresses.
    Provider(&'static Provider),
    Unknown,
}

impl Outlet {
    /// The addresses, and whether they are certain.
    fn addresses(&self, known: &Known) -> Result<(Vec<IpAddr>, bool), Lack> {
        Ok(match self {
            Self::Known(addresses) => (addresses.clone(), true),
            Self::Host(host) => match host.parse() {
                Ok(address) => (vec![address], false),
                Err(_) => (known.addresses(host)?, false),
            },
            Self::Provider(_) | Self::Unknown => (Vec::new(), false),
        })
    }

    /// The terms of an SPF record that let it send.
    fn terms(&self, known: &Known) -> Result<String, Lack> {
        Ok(match self {
            Self::Provider(provider) => format!("include:{}", provider.include),
            Self::Unknown => ANY_MX.to_owned(),
            Self::Known(_) | Self::Host(_) => {
                let (addresses, _) = self.addresses(known)?;
                if addresses.is_empty() {
                    return Ok(ANY_MX.to_owned());
                }
                let terms = addresses.iter().map(|address| match address {
                    IpAddr::V4(address) => format!("ip4:{address}"),
                    IpAddr::V6(address) => format!("ip6:{address}"),
                });
                terms.collect::<Vec<_>>().join(" ")
            }
        })
    }
}

/// Lets those who take a domain's mail send it as well: what can be said if nobody knows where mail leaves from.
const ANY_MX: &str = "mx";

/// More names of an address or of a domain are not looked at.
const MOST_NAMES: usize = 10;

const OTHER_ADDRESSES: &str = "if mail leaves from other addresses, list them in `smtp.sends_from`";

pub(super) fn spf(known: &Known, sender: &Sender) -> Result<Check, Lack> {
    let domain = &sender.envelope;
    let text = match spf::record(known, domain)? {
        Ok(Some(text)) => text,
        Ok(None) => {
            let terms = sender.outlet.terms(known)?;
            return Ok(Check::wrong("spf", format!("{domain} has no SPF record"))
                .advice("say who sends mail for it:")
                .record(domain, "TXT", format!("v=spf1 {terms} ~all")));
        }
        Err(why) => {
            return Ok(Check::wrong("spf", format!("{why}, so receivers use none"))
                .advice("join them into one record"));
        }
    };
    let extent = spf::extent(known, domain)?;
    if extent.lookups > MOST_LOOKUPS {
        return Ok(Check::wrong(
            "spf",
            format!(
                "the SPF record of {domain} needs {} DNS lookups, and receivers stop after {MOST_LOOKUPS}",
                extent.lookups
            ),
        )
        .advice("remove an `include:` that nobody sends by, or list addresses with `ip4:` in its place"));
    }
    if spf::lets_everyone(text) {
        return Ok(Check::warning(
            "spf",
            format!("the SPF record of {domain} lets everyone send (`all`)"),
        )
        .advice("end it with `~all` or `-all`"));
    }
    let better = || Ok::<_, Lack>(spf::with_term(text, &sender.outlet.terms(known)?));
    if let Outlet::Provider(provider) = sender.outlet {
        return Ok(match extent.includes.iter().any(|one| one == provider.include) {
            true => Check::ok("spf", format!("{domain} lets {} send", provider.name)),
            false if provider.rewrites_sender => Check::unsure(
                "spf",
                format!(
                    "{} sends with an envelope sender of its own, so the SPF record of {domain} does not count",
                    provider.name
                ),
            )
            .advice("set up a return path below your domain there, so that SPF counts for DMARC"),
            false => Check::wrong("spf", format!("{domain} does not let {} send", provider.name))
                .advice("add its include:")
                .record(domain, "TXT", better()?),
        });
    }
    let (addresses, certain) = sender.outlet.addresses(known)?;
    if addresses.is_empty() {
        return Ok(Check::unsure(
            "spf",
            format!("{domain} has an SPF record, but it is not known where mail leaves from"),
        )
        .advice("list the addresses in `smtp.sends_from`"));
    }
    for address in &addresses {
        let client = Client {
            address: *address,
            sender: &sender.address,
            hello: &sender.hello,
        };
        let why = match spf::check(known, client, domain)? {
            Outcome::Pass => continue,
            Outcome::Broken(why) => {
                let text = format!("the SPF record of {domain} cannot be used: {why}");
                return Ok(Check::wrong("spf", text)
                    .advice("correct it; it is now:")
                    .record(domain, "TXT", text_of(known, domain)?));
            }
            Outcome::Fail => "refuses",
            Outcome::SoftFail => "doubts",
            Outcome::Neutral | Outcome::NoRecord => "does not name",
        };
        let text = format!("the SPF record of {domain} {why} {address}, where mail leaves from");
        let check = match certain {
            true => Check::wrong("spf", text).advice("let it send:"),
            false => {
                Check::unsure("spf", text).advice(format!("{OTHER_ADDRESSES}; to let it send:"))
            }
        };
        return Ok(check.record(domain, "TXT", better()?));
    }
    Ok(Check::ok(
        "spf",
        format!("{domain} lets {} send", list(&addresses)),
    ))
}

fn text_of(known: &Known, domain: &str) -> Result<String, Lack> {
    let record = spf::record(known, domain)?;
    Ok(record.ok().flatten().unwrap_or_default().to_owned())
}

pub(super) fn dkim(known: &Known, sender: &Sender) -> Result<Vec<Check>, Lack> {
    if sender.keys.is_empty() {
        let text =
            "mails are not signed here; whether the relay signs them cannot be seen from here";
        return Ok(vec![Check::unsure("dkim", text).advice(
            "send yourself a test (`verdict send SLUG --test EMAIL`) and look for `dkim=pass`",
        )]);
    }
    let judged = sender.keys.iter().map(|ours| {
        let records = known.txt(&ours.name)?;
        Ok(dkim::judge(ours, records))
    });
    judged.collect()
}

pub(super) fn dmarc(known: &Known, sender: &Sender) -> Result<Check, Lack> {
    let from = &sender.from;
    let organization = dmarc::organization(known, from)?;
    let place = format!("_dmarc.{organization}");
    let suggestion = "v=DMARC1; p=none";
    Ok(match dmarc::record_of(known, from)? {
        Ok(found) => {
            let policy = match found.record.policy {
                Policy::None => "none",
                Policy::Quarantine => "quarantine",
                Policy::Reject => "reject",
            };
            let text = format!(
                "{} has a DMARC record; its policy for {from} is {policy}",
                found.domain
            );
            let check = Check::ok("dmarc", text);
            match found.record.reports {
                true => check,
                false => {
                    check.advice("to see who sends in its name, add `rua=mailto:…` for reports")
                }
            }
        }
        Err(NoRecord::Missing) => Check::warning("dmarc", format!("{from} has no DMARC record"))
            .advice("begin with one that only watches:")
            .record(place, "TXT", suggestion),
        Err(NoRecord::Several(domain)) => Check::wrong(
            "dmarc",
            format!("{domain} has several DMARC records, so receivers use none"),
        )
        .advice("keep one"),
        Err(NoRecord::Broken(domain)) => Check::wrong(
            "dmarc",
            format!("the DMARC record of {domain} has no valid policy"),
        )
        .advice("it needs `p=none`, `p=quarantine` or `p=reject`:")
        .record(format!("_dmarc.{domain}"), "TXT", suggestion),
    })
}

/// Whether a mail can pass DMARC: by SPF of the envelope sender's domain, or by a signature's domain.
pub(super) fn alignment(known: &Known, sender: &Sender) -> Result<Check, Lack> {
    let (from, envelope) = (&sender.from, &sender.envelope);
    let record = dmarc::record_of(known, from)?
        .ok()
        .map(|found| found.record);
    let [for_spf, for_dkim] = record
        .as_ref()
        .map_or([Alignment::Relaxed; 2], |record| [record.spf, record.dkim]);
    for key in &sender.keys {
        if dmarc::is_aligned(known, from, &key.domain, for_dkim)? {
            let text = format!("signatures by {} count for {from}", key.domain);
            return Ok(Check::ok("alignment", text));
        }
    }
    if let Outlet::Provider(provider) = sender.outlet
        && provider.rewrites_sender
    {
        let text = format!(
            "{} replaces the envelope sender, so only its signature can count for {from}",
            provider.name
        );
        return Ok(Check::unsure("alignment", text).advice(format!(
            "verify {from} there, so that it signs with that domain"
        )));
    }
    if dmarc::is_aligned(known, from, envelope, for_spf)? {
        let text = format!("SPF of {envelope} counts for {from}");
        return Ok(Check::ok("alignment", text));
    }
    let text = format!(
        "neither SPF nor a signature counts for {from}: the envelope sender is at {envelope}"
    );
    let state = match record.map(|record| record.policy) {
        Some(Policy::Quarantine | Policy::Reject) => State::Wrong,
        Some(Policy::None) | None => State::Warning,
    };
    Ok(Check::new("alignment", state, text).advice(format!(
        "let `smtp.bounce_address` be at {from} or below it, or sign with a key of {from}"
    )))
}

pub(super) fn mx(known: &Known, sender: &Sender) -> Result<Check, Lack> {
    let domain = &sender.envelope;
    let hosts = known.mx(domain)?;
    let lost = |why: String| {
        Check::wrong("mx", why).advice(
            "returned mail is lost, and some servers refuse the sender; name a mail server, or let \
             `smtp.bounce_address` be elsewhere",
        )
    };
    if hosts.first().is_some_and(|host| host == ".") {
        return Ok(lost(format!("{domain} takes no mail (RFC 7505)")));
    }
    if hosts.is_empty() {
        return Ok(match known.addresses(domain)?.is_empty() {
            true => lost(format!("{domain} has no mail server")).record(
                domain,
                "MX",
                "10 mail.example.com",
            ),
            // RFC 5321 §5.1.
            false => Check::ok(
                "mx",
                format!("{domain} takes returned mail itself, without an MX record"),
            ),
        });
    }
    for host in hosts.iter().take(MOST_NAMES) {
        if !known.addresses(host)?.is_empty() {
            return Ok(Check::ok(
                "mx",
                format!("{host} takes returned mail for {domain}"),
            ));
        }
    }
    Ok(lost(format!(
        "no mail server of {domain} has an address: {}",
        hosts.join(", ")
    )))
}

/// Whether each address has a name that leads back to it.
pub(super) fn ptr(known: &Known, sender: &Sender) -> Result<Check, Lack> {
    if let Outlet::Provider(provider) = sender.outlet {
        let text = format!("the names of its addresses are up to {}", provider.name);
        return Ok(Check::skipped("ptr", text));
    }
    let (addresses, certain) = sender.outlet.addresses(known)?;
    if addresses.is_empty() {
        let text = "it is not known where mail leaves from";
        return Ok(Check::unsure("ptr", text).advice("list the addresses in `smtp.sends_from`"));
    }
    for address in &addresses {
        let names = known.names(*address)?;
        let mut leads_back = false;
        for name in names.iter().take(MOST_NAMES) {
            leads_back |= known.addresses(name)?.contains(address);
        }
        if leads_back {
            continue;
        }
        let text = match names.first() {
            None => format!("{address} has no name (PTR record)"),
            Some(name) => format!("{address} is called {name}, which has another address"),
        };
        let advice =
            "your hosting provider sets the name of an address; it must lead back to that address";
        return Ok(match certain {
            true => Check::wrong("ptr", text).advice(advice),
            false => Check::unsure("ptr", text).advice(format!("{advice}; {OTHER_ADDRESSES}")),
        });
    }
    Ok(Check::ok(
        "ptr",
        format!("the name of {} leads back to it", list(&addresses)),
    ))
}

fn list(addresses: &[IpAddr]) -> String {
    let texts: Vec<_> = addresses.iter().map(IpAddr::to_string).collect();
    texts.join(", ")
}
