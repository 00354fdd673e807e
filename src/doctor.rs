//! Looks for what keeps mail from arriving: `verdict doctor`, and the check before an edition.
//!
//! ```text
//! Patient ─ machine   configuration, store, clock, disk, permissions
//!         ─ relay     what it offers
//!         ─ site      the pages and one-click, through the public address
//!         ─ sender    SPF, DKIM, DMARC, MX, PTR ◀ known ◀ DNS
//!         ─ rules     what Gmail, Yahoo and Microsoft ask for, from the checks above ─▶ Vec<Check>
//! ```
//!
//! Rules judge what was found and are pure; only `machine`, `relay`, `site` and `known` ask anyone. Everything runs at
//! the same time, and nothing waits longer than `PATIENCE` for one answer, nor a check before an edition longer than
//! `WHOLE` (`docs/decisions/0034-doctor.md`).

mod check;
mod dkim;
mod dmarc;
mod known;
mod machine;
pub mod on_paper;
mod preflight;
mod provider;
mod relay;
mod rules;
mod sender;
mod site;
mod spf;

use std::io;
use std::path::Path;
use std::time::Duration;

use futures_util::future::{join, join3, join4};
use subscribers::consent::Consent;
use tokio::time::timeout;

use crate::app::App;
use crate::config::{Config, is_loopback};
use crate::dns::{Dns, Silence};
use crate::store::subscribers as list;

use self::known::{Known, Lack, answered};
use self::sender::{Outlet, Sender};

pub use self::check::{Check, Record, Source, State};
pub use self::machine::free_space;
pub use self::preflight::{Preflight, preflight, preflight_with};

/// How long one check may take.
const PATIENCE: Duration = Duration::from_secs(7);
/// How long all of them may take before an edition.
const WHOLE: Duration = Duration::from_secs(15);

/// An instance to look at.
#[derive(Clone, Copy)]
pub struct Patient<'a> {
    /// The instance folder.
    pub dir: &'a Path,
    pub config: &'a Config,
    /// The opened instance, or why it cannot be opened.
    pub app: Result<&'a App, &'a str>,
    /// The free bytes on the file system of a path.
    pub free_space: fn(&Path) -> io::Result<u64>,
}

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What matters to the next edition.
    Quick,
    /// Reads the whole database as well.
    Thorough,
}

/// True if any check is wrong.
pub fn hurts(checks: &[Check]) -> bool {
    checks.iter().any(|check| check.state == State::Wrong)
}

/// Makes every check.
pub async fn examine(patient: Patient<'_>, depth: Depth) -> Vec<Check> {
    let readers = confirmed(patient).await;
    let machine = machine::checks(patient, readers, depth);
    let (mut checks, outside) = join(machine, outside(patient, readers)).await;
    checks.extend(outside);
    checks
}

/// The checks that ask the relay, the pages and DNS.
async fn outside(patient: Patient<'_>, readers: i64) -> Vec<Check> {
    let config = patient.config;
    if is_local(config) {
        let mut checks = relay::examine(patient).await.checks;
        checks.extend(SENDER.map(|name| {
            Check::skipped(
                name,
                "relay and pages are on this machine, so nobody elsewhere gets mail",
            )
        }));
        return checks;
    }
    let dns = match Dns::new(config.dns.server) {
        Ok(dns) => dns,
        Err(silence) => {
            let mut checks = relay::examine(patient).await.checks;
            checks.extend(SENDER.map(|name| Check::unsure(name, silence.to_string())));
            return checks;
        }
    };
    let by_mail = async {
        let relay = relay::examine(patient).await;
        let sender = sender_of(config, &relay.name);
        let mut checks = relay.checks;
        checks.extend(sender_checks(&dns, &sender).await);
        checks
    };
    let (mut checks, site) = join(by_mail, site::checks(patient, &dns)).await;
    checks.extend(site);
    let rules = rules::judge(&checks, readers);
    checks.extend(rules);
    checks
}

/// The checks that only make sense if others get mail.
const SENDER: [&str; 9] = [
    "spf",
    "dkim",
    "dmarc",
    "alignment",
    "mx",
    "ptr",
    "https",
    "pages",
    "one-click",
];

/// True if mail and links stay on this machine, as in a demo.
fn is_local(config: &Config) -> bool {
    is_loopback(&config.smtp.relay.host) && config.leads_here()
}

/// Who sends, and from where. `relay` is the name that the relay gives itself: one on this machine sends from the
/// addresses of that name.
fn sender_of(config: &Config, relay: &str) -> Sender {
    let (smtp, bounce) = (&config.smtp, &config.smtp.bounce_address);
    let host = &smtp.relay.host;
    let outlet = match provider::of(host) {
        _ if !smtp.sends_from.is_empty() => Outlet::Known(smtp.sends_from.clone()),
        Some(provider) => Outlet::Provider(provider),
        None if !is_loopback(host) => Outlet::Host(host.clone()),
        None if relay.contains('.') => Outlet::Host(relay.to_owned()),
        None => Outlet::Unknown,
    };
    let envelope = bounce.domain_ascii().to_ascii_lowercase();
    Sender {
        from: config.newsletter.from.email.domain().to_ascii_lowercase(),
        address: format!("{}@{envelope}", bounce.local_part()),
        hello: envelope.clone(),
        envelope,
        keys: config
            .dkim
            .as_ref()
            .map_or_else(Vec::new, |dkim| dkim.signer.records()),
        outlet,
    }
}

async fn sender_checks(dns: &Dns, sender: &Sender) -> Vec<Check> {
    let one = |name: &'static str, rule: fn(&Known, &Sender) -> Result<Check, Lack>| async move {
        let judged = in_time(name, answered(dns, |known| rule(known, sender))).await;
        vec![judged.unwrap_or_else(|unsure| *unsure)]
    };
    let dkim = async {
        let judged = in_time("dkim", answered(dns, |known| sender::dkim(known, sender))).await;
        judged.unwrap_or_else(|unsure| vec![*unsure])
    };
    let (spf, dkim, others) = join3(
        one("spf", sender::spf),
        dkim,
        join4(
            one("dmarc", sender::dmarc),
            one("alignment", sender::alignment),
            one("mx", sender::mx),
            one("ptr", sender::ptr),
        ),
    )
    .await;
    let (dmarc, alignment, mx, ptr) = others;
    [spf, dkim, dmarc, alignment, mx, ptr].concat()
}

/// What DNS made of a check, or the check that it did not answer: that is no fault of the sender.
async fn in_time<T>(
    name: &'static str,
    judged: impl Future<Output = Result<T, Silence>>,
) -> Result<T, Box<Check>> {
    let unsure = |text: String| {
        Box::new(Check::unsure(name, text).advice(
            "is DNS reachable from here? `[dns] server` in verdict.toml names another server",
        ))
    };
    match timeout(PATIENCE, judged).await {
        Ok(Ok(judged)) => Ok(judged),
        Ok(Err(silence)) => Err(unsure(silence.to_string())),
        Err(_) => Err(unsure("DNS did not answer in time".to_owned())),
    }
}

/// How many readers have confirmed; 0 if the list cannot be read.
async fn confirmed(patient: Patient<'_>) -> i64 {
    let Ok(app) = patient.app else { return 0 };
    let counts = timeout(PATIENCE, list::count(&app.store)).await;
    let counts = counts.ok().and_then(Result::ok).unwrap_or_default();
    counts.get(&Consent::Confirmed).copied().unwrap_or_default()
}
