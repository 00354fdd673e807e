//! `verdict.toml`: what the operator decides.
//!
//! The file is checked like an issue: every mistake in it is found in one pass, with its line and a
//! suggestion. Every key can be overridden by `VERDICT_<SECTION>_<KEY>` (a variable that is empty
//! counts as not set), and a mistake in a variable is reported under its name.
//! [`Config::template`] is the file with every key explained.

mod address;
mod authorities;
mod domains;
mod duration;
pub mod instance;
mod mailing;
mod mask;
mod relay;
mod section;
mod store_url;
mod zone;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use std::collections::HashSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use chrono_tz::Tz;
use lettre::message::Mailbox;
use subscribers::address::Address;

use crate::findings::{Finding, Findings, Report, Source};
use crate::schedule::Cron;
use crate::toml_source::{self, Table, Value};

use self::duration::{LONG, SHORT};
use self::section::{SECTIONS, Section};

pub use self::address::is_loopback;
pub use self::authorities::Authorities;
pub use self::mailing::NotReady;
pub use self::relay::{Relay, Security};
pub use self::store_url::StoreUrl;
pub use self::zone::{UnknownZone, all as time_zones, named as time_zone};

/// The file's name in the instance folder.
pub const FILE: &str = "verdict.toml";

/// The journal of departures in the instance folder, if `[store] journal` says nothing else.
const JOURNAL: &str = "departures.journal";

/// What the operator decided.
#[derive(Clone, Debug)]
pub struct Config {
    /// `[newsletter]`: who writes.
    pub newsletter: Newsletter,
    /// `[schedule]`: when an edition is due.
    pub schedule: Schedule,
    /// `[store]`: where the list and the ledger are.
    pub store: Store,
    /// `[smtp]`: how mail leaves.
    pub smtp: Smtp,
    /// `[web]`: where the pages are.
    pub web: Web,
    /// `[join]`: who may sign up.
    pub join: Join,
    /// `[desk]`: who writes the issues.
    pub desk: Desk,
    /// `[metrics]`: what is told of the process.
    pub metrics: Metrics,
    /// What somebody should look at, though it can be used.
    pub warnings: Findings,
}

/// `[newsletter]`: who writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Newsletter {
    /// `name`: its name, a line of at most 80 characters. Required.
    pub name: String,
    /// `tagline`: one line under the name, at most 140 characters. Default: none.
    pub tagline: String,
    /// `from`: the `From` header. Required.
    pub from: Mailbox,
    /// `reply_to`: the `Reply-To` header. Default: none, so answers go to `from`.
    pub reply_to: Option<Mailbox>,
    /// `postal_address`: the sender's postal address, at most 300 characters, lines separated by
    /// `\n`. Required: the law asks for it in many countries.
    pub postal_address: String,
    /// `language`: a BCP 47 tag. Default: `en`.
    pub language: String,
}

/// `[schedule]`: when an edition is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `cron`: a crontab expression. Required.
    pub cron: Cron,
    /// `time_zone`: the IANA zone that it is read in. Required.
    pub time_zone: Tz,
    /// `max_delay`: a slot that is later than this, by the newsletter's own clock, is not sent. 1 minute to
    /// 30 days; default 12 hours.
    pub max_delay: TimeDelta,
    /// `local_time`: send to each reader when their own clock shows the slot's time. Default: false.
    /// It asks for an expression of fixed times.
    pub local_time: bool,
}

/// `[store]`: where the list and the ledger are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// `url`: `sqlite:` or `postgres://`. Default: `sqlite:subscribers/verdict.db`.
    pub url: StoreUrl,
    /// `journal`: the file of departures beside the database, in the instance folder unless the path is
    /// absolute. Default: `departures.journal`.
    pub journal: PathBuf,
}

/// `[smtp]`: how mail leaves.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// `url`: the SMTP server to submit to. Required. With it `ca_file`: a PEM file in the instance
    /// folder, one or more certificates that are trusted beside the system's. Default: none.
    pub relay: Relay,
    /// `connections`: how many are open at a time, 1 to 256; default 8.
    pub connections: usize,
    /// `rate_per_second`: mails a second over all connections, more than 0, at most 100,000;
    /// default: no limit.
    pub rate_per_second: Option<f64>,
    /// `rate_per_domain`: mails a second to each receiving domain, more than 0, at most 100,000; the
    /// domains of a large mailbox provider count as one. Default: no limit.
    pub rate_per_domain: Option<f64>,
    /// `mails_per_connection`: after how many mails a connection is closed and opened anew, 1 to
    /// 1,000,000; default 1000.
    pub mails_per_connection: u64,
    /// `drain`: how long the mails on the wire may take after the process was told to stop. 1 second
    /// to 1 hour; default 30 seconds.
    pub drain: TimeDelta,
    /// `on_doubt`: what happens to deliveries in doubt. Default: hold.
    pub on_doubt: OnDoubt,
    /// `retry_for`: how long a deferred mail is tried again. 1 minute to 30 days; default 24 hours.
    pub retry_for: TimeDelta,
    /// `bounce_address`: where returned mail goes; each delivery gets `local+token@domain` of it.
    /// Default: the address of `from`.
    pub bounce_address: Address,
    /// `unsubscribe_address`: where mails to leave go; each mail names `local+token@domain` of it beside the
    /// one-click address. Default: none.
    pub unsubscribe_address: Option<Address>,
}

/// What happens to a delivery when nobody knows whether the relay took it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDoubt {
    /// It is listed by name until somebody decides.
    Hold,
    /// It is sent again under the same Message-ID.
    Resend,
}

/// `[web]`: where the pages are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    /// `listen`: the IP address and port to listen on. Default: `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// `base_url`: where readers find the pages, a host without a path or a slash at the end.
    /// Required.
    pub base_url: String,
    /// `proxies`: the IP addresses whose `X-Forwarded-For` is believed. Default: none.
    pub proxies: Vec<IpAddr>,
}

/// `[join]`: who may sign up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// `per_address`: mails a day to one address that pages may ask for, 1 to 100; default 3.
    pub per_address: i64,
    /// `per_network`: sign-ups an hour from one network (IPv4 /24, IPv6 /56), and five times as many from an
    /// IPv6 /48; 1 to 1,000,000; default 20.
    pub per_network: i64,
    /// `alarm`: how many sign-ups an hour the editors are told of, 1 to 1,000,000; default 300.
    pub alarm: i64,
    /// `refused_domains`: a file in the instance folder with domains that may not sign up, those of
    /// throw-away addresses for example. In lower case, as A-labels. Default: none.
    pub refused_domains: Arc<HashSet<String>>,
    /// `role_accounts`: whether addresses such as `info@` may sign up. Default: true.
    pub role_accounts: bool,
}

/// `[desk]`: who writes the issues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// `editors`: who is told when a slot has no issue. Default: nobody.
    pub editors: Vec<Address>,
    /// `roles`: panel roles beside those that every newsletter has. Default: none.
    pub roles: Vec<String>,
}

/// `[metrics]`: what is told of the process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// `listen`: the IP address and port of `GET /metrics`, `/healthz` and `/readyz`. Default: nowhere.
    pub listen: Option<SocketAddr>,
}

/// A configuration that cannot be used. Displays as its findings.
#[derive(Debug, thiserror::Error)]
#[error("{findings}")]
pub struct ConfigError {
    /// What is wrong, warnings included.
    pub findings: Findings,
}

impl Config {
    /// Reads `verdict.toml` in the instance folder and the environment.
    ///
    /// # Errors
    /// [`ConfigError`] if the file is missing or unreadable, or if anything in it or in a variable
    /// is wrong.
    pub fn load(dir: &Path, env: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let path = dir.join(FILE);
        let bytes = toml_source::read(&path).map_err(|error| absent(&path, dir, &error))?;
        let mut config = Self::parse(&path, &bytes, env)?;
        config.warnings.extend(mask::exposed(&path, &bytes));
        Ok(config)
    }

    /// Reads a configuration that is at hand. The path names it in findings; files that it names
    /// are looked for in the path's folder.
    ///
    /// # Errors
    /// [`ConfigError`] if anything in it or in a variable is wrong.
    pub fn parse(
        path: &Path,
        bytes: &[u8],
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut report = Report::new();
        let config = match toml_source::decode(path, bytes) {
            Ok(source) => read(&source, &env, &mut report),
            Err(finding) => {
                report.push(*finding);
                None
            }
        };
        let failed = report.has_errors();
        let findings = report.finish();
        match config.filter(|_| !failed) {
            Some(mut config) => {
                config.warnings = findings;
                Ok(config)
            }
            None => Err(ConfigError { findings }),
        }
    }

    /// The file that `verdict init` writes: every key with its default, unit and range.
    pub fn template() -> &'static str {
        instance::CONFIG
    }
}

fn absent(path: &Path, dir: &Path, error: &io::Error) -> ConfigError {
    let finding = if error.kind() == io::ErrorKind::NotFound {
        let help = format!(
            "run `verdict init {}` to make an instance there",
            dir.display()
        );
        let finding = Finding::of_file("no-config", "there is no verdict.toml", path);
        finding.help(help)
    } else {
        Finding::of_file(
            "unreadable",
            format!("the file cannot be read: {error}"),
            path,
        )
    };
    ConfigError {
        findings: finding.into(),
    }
}

fn read(
    source: &Arc<Source>,
    env: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Option<Config> {
    let shown = Arc::new(Source::new(source.path(), mask::masked(source.text())));
    let document = toml_source::parse(source.text(), &shown, report);
    let root = Table::root(&document, &shown, &section::ROOT, report);
    let tables = SECTIONS.map(|(name, shape)| {
        let value = root.get(name);
        (name, value.and_then(|value| value.table(&shape, report)))
    });
    let variables = section::variables(env);
    let [news, time, list, mail, pages, door, people, numbers] = tables
        .each_ref()
        .map(|(name, table)| Section::new(name, table.as_ref(), &variables, &root, &shown));
    // All of them are read before any of them may end the reading.
    let newsletter = newsletter(&news, report);
    let from = news.get("from");
    let mailbox = newsletter.as_ref().map(|newsletter| &newsletter.from);
    let from = from.as_ref().zip(mailbox);
    let schedule = schedule(&time, report);
    let store = store(&list, report);
    let folder = Path::new(source.path()).parent().unwrap_or(Path::new(""));
    let smtp = smtp(&mail, from, folder, report);
    let web = web(&pages, report);
    let join = join(&door, folder, report);
    let desk = desk(&people, report);
    let metrics = metrics(&numbers, report);
    Some(Config {
        newsletter: newsletter?,
        schedule: schedule?,
        store: store?,
        smtp: smtp?,
        web: web?,
        join: join?,
        desk: desk?,
        metrics: metrics?,
        warnings: Findings::default(),
    })
}

fn newsletter(section: &Section<'_>, report: &mut Report) -> Option<Newsletter> {
    let name = section
        .require("name", report)
        .and_then(|v| v.title(80, report));
    let tagline = section.get("tagline");
    let tagline = tagline.map_or(Some(String::new()), |v| v.title(140, report));
    let from = section
        .require("from", report)
        .and_then(|v| address::mailbox(&v, report));
    let reply_to = section
        .get("reply_to")
        .and_then(|v| address::mailbox(&v, report));
    let postal = section.require("postal_address", report);
    let postal = postal.and_then(|v| v.block(300, report).map(address::postal));
    let language = section.get("language");
    let language = language.map_or(Some("en".to_owned()), |v| address::language(&v, report));
    Some(Newsletter {
        name: name?,
        tagline: tagline?,
        from: from?,
        reply_to,
        postal_address: postal?,
        language: language?,
    })
}

fn schedule(section: &Section<'_>, report: &mut Report) -> Option<Schedule> {
    let cron_value = section.require("cron", report);
    let cron = cron_value.as_ref().and_then(|v| zone::cron(v, report));
    let time_zone = section.require("time_zone", report);
    let time_zone = time_zone.and_then(|v| zone::time_zone(&v, report));
    let max_delay = duration::optional(
        section.get("max_delay"),
        TimeDelta::hours(12),
        &LONG,
        report,
    );
    let local_time = section.get("local_time");
    let local_time = local_time.map_or(Some(false), |v| v.boolean(report));
    if let (Some(value), Some(cron), Some(true)) = (&cron_value, &cron, local_time) {
        zone::refuse_real_time(value, cron, report);
    }
    Some(Schedule {
        cron: cron?,
        time_zone: time_zone?,
        max_delay: max_delay?,
        local_time: local_time?,
    })
}

fn store(section: &Section<'_>, report: &mut Report) -> Option<Store> {
    let url = section.get("url");
    let url = url.map_or(Some(StoreUrl::default()), |v| StoreUrl::read(&v, report));
    let journal = section.get("journal");
    let journal = journal.map_or(Some(JOURNAL.to_owned()), |v| v.line(4096, report));
    Some(Store {
        url: url?,
        journal: journal?.into(),
    })
}

fn smtp(
    section: &Section<'_>,
    from: Option<(&Value<'_>, &Mailbox)>,
    folder: &Path,
    report: &mut Report,
) -> Option<Smtp> {
    let relay = section.require("url", report);
    let relay = relay.and_then(|v| relay::read(&v, report));
    let authorities = section.get("ca_file");
    let authorities = authorities.map_or(Some(Authorities::default()), |v| {
        Authorities::read(&v, folder, report)
    });
    let timeout = duration::optional(section.get("timeout"), relay::TIMEOUT, &SHORT, report);
    let connections = section.get("connections");
    let connections = connections.map_or(Some(8), |v| v.integer(1..=256, report));
    let rate = section.get("rate_per_second");
    let rate = rate.and_then(|v| v.positive_number(100_000.0, report));
    let per_domain = section.get("rate_per_domain");
    let per_domain = per_domain.and_then(|v| v.positive_number(100_000.0, report));
    let reuse = section.get("mails_per_connection");
    let reuse = reuse.map_or(Some(1_000), |v| v.integer(1..=1_000_000, report));
    let on_doubt = section.get("on_doubt");
    let words = [("hold", OnDoubt::Hold), ("resend", OnDoubt::Resend)];
    let on_doubt = on_doubt.map_or(Some(OnDoubt::Hold), |v| v.choice(&words, report));
    let retry_for = duration::optional(
        section.get("retry_for"),
        TimeDelta::hours(24),
        &LONG,
        report,
    );
    let drain = duration::optional(section.get("drain"), TimeDelta::seconds(30), &SHORT, report);
    let bounce = match (section.get("bounce_address"), from) {
        (Some(value), _) => address::tagged(&value, report),
        (None, Some((value, from))) => address::bounce(value, from, report),
        (None, None) => None,
    };
    let unsubscribe = section
        .get("unsubscribe_address")
        .and_then(|v| address::tagged(&v, report));
    Some(Smtp {
        relay: Relay {
            authorities: authorities?,
            timeout: timeout?,
            ..relay?
        },
        connections: usize::try_from(connections?).ok()?,
        rate_per_second: rate,
        rate_per_domain: per_domain,
        mails_per_connection: u64::from(reuse?),
        drain: drain?,
        on_doubt: on_doubt?,
        retry_for: retry_for?,
        bounce_address: bounce?,
        unsubscribe_address: unsubscribe,
    })
}

fn web(section: &Section<'_>, report: &mut Report) -> Option<Web> {
    let default = SocketAddr::from(([127, 0, 0, 1], 8080));
    let listen = section.get("listen");
    let listen = listen.map_or(Some(default), |v| address::listen(&v, report));
    let base_url = section.require("base_url", report);
    let base_url = base_url.and_then(|v| address::base_url(&v, report));
    let proxies = section
        .get("proxies")
        .map(|v| address::list(&v, address::ip, report));
    Some(Web {
        listen: listen?,
        base_url: base_url?,
        proxies: proxies.unwrap_or_default(),
    })
}

fn join(section: &Section<'_>, folder: &Path, report: &mut Report) -> Option<Join> {
    let per_address = section.get("per_address");
    let per_address = per_address.map_or(Some(3), |v| v.integer(1..=100, report));
    let per_network = section.get("per_network");
    let per_network = per_network.map_or(Some(20), |v| v.integer(1..=1_000_000, report));
    let alarm = section.get("alarm");
    let alarm = alarm.map_or(Some(300), |v| v.integer(1..=1_000_000, report));
    let domains = section.get("refused_domains");
    let domains = domains.map_or(Some(HashSet::new()), |v| domains::read(&v, folder, report));
    let role_accounts = section.get("role_accounts");
    let role_accounts = role_accounts.map_or(Some(true), |v| v.boolean(report));
    Some(Join {
        per_address: per_address?.into(),
        per_network: per_network?.into(),
        alarm: alarm?.into(),
        refused_domains: Arc::new(domains?),
        role_accounts: role_accounts?,
    })
}

fn desk(section: &Section<'_>, report: &mut Report) -> Option<Desk> {
    let editors = section
        .get("editors")
        .map(|v| address::list(&v, address::address, report));
    let roles = section
        .get("roles")
        .map(|v| address::list(&v, address::role, report));
    Some(Desk {
        editors: editors.unwrap_or_default(),
        roles: roles.unwrap_or_default(),
    })
}

fn metrics(section: &Section<'_>, report: &mut Report) -> Option<Metrics> {
    let listen = section.get("listen");
    let listen = listen.map_or(Some(None), |v| address::listen(&v, report).map(Some));
    Some(Metrics { listen: listen? })
}
