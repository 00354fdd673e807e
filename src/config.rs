//! `verdict.toml`: the operator's configuration.
//!
//! The file is checked like an issue: every mistake in it is found in one pass, with its line and a
//! suggestion. Every key can be overridden by `VERDICT_<SECTION>_<KEY>` (a variable that is empty
//! counts as not set), and a mistake in a variable is reported under its name.
//! [`Config::template`] is the file with every key explained.

mod address;
mod authorities;
mod dkim;
mod domains;
mod duration;
pub mod instance;
mod locale;
mod look;
mod mailing;
mod mask;
mod read;
mod relay;
mod renamed;
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
use templates::locale::Locale;

use crate::findings::{Finding, Findings, Report};
use crate::schedule::Cron;
use crate::toml_source;

pub use self::address::is_loopback;
pub use self::authorities::Authorities;
pub use self::dkim::{Dkim, KEYS as DKIM_KEYS, is_aligned, is_selector, key_file};
pub use self::domains::domain;
pub use self::duration::{COMPACT_AFTER, compact_after};
pub use self::look::{Logo, LogoKind};
pub use self::mailing::NotReady;
pub use self::relay::{Relay, Security};
pub use self::store_url::StoreUrl;
pub use self::zone::{UnknownZone, all as time_zones, named as time_zone};

/// The file's name in the instance folder.
pub const FILE: &str = "verdict.toml";

/// The default of `[store] journal`.
const JOURNAL: &str = "departures.journal";

/// A configuration that can be used.
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
    /// `[dkim]`: what signs the mails. Default: nothing.
    pub dkim: Option<Dkim>,
    /// `[dns]`: who is asked about the sender's domain.
    pub dns: Dns,
    /// `[web]`: where the pages are.
    pub web: Web,
    /// `[join]`: who may sign up.
    pub join: Join,
    /// `[alerts]`: who gets alerts.
    pub alerts: Alerts,
    /// `[issues]`: what issue files may hold, and who decides that they are sent.
    pub issues: Issues,
    /// `[metrics]`: where Prometheus reads.
    pub metrics: Metrics,
    /// `[log]`: how log lines look.
    pub log: Log,
    /// What to look at, although the configuration can be used.
    pub warnings: Findings,
}

/// `[newsletter]`: who writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Newsletter {
    /// `name`: its name, a line of at most 80 characters. Required.
    pub name: String,
    /// `tagline`: one line under the name, at most 140 characters. Default: none.
    pub tagline: String,
    /// `about`: what it is about, a line of at most 300 characters. Default: none.
    pub about: String,
    /// `logo`: a picture in the instance folder, at most 200 KB. Default: none.
    pub logo: Option<Logo>,
    /// `mail_logo`: whether mails show the logo, which their programs then fetch from the site. Default: false.
    pub mail_logo: bool,
    /// `accent`: the color of links and buttons as `#rrggbb`, lower case, readable on light pages. Default: the
    /// house's green.
    pub accent: Option<String>,
    /// `from`: the `From` header. Required.
    pub from: Mailbox,
    /// `reply_to`: the `Reply-To` header. Default: none, so answers go to `from`.
    pub reply_to: Option<Mailbox>,
    /// `postal_address`: the sender's postal address, at most 300 characters, lines separated by
    /// `\n`. Required: the law asks for it in many countries.
    pub postal_address: String,
    /// `language`: a BCP 47 tag. Default: `en`. With the words of the instance's own catalogues, `locales/<tag>.ftl`.
    pub locale: Locale,
}

/// `[schedule]`: when an edition is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `cron`: a crontab expression. Required.
    pub cron: Cron,
    /// `time_zone`: the IANA zone that it is read in. Required.
    pub time_zone: Tz,
    /// `max_delay`: a slot later than this, by the newsletter's clock, is not sent. 1 minute to
    /// 30 days; default 12 hours.
    pub max_delay: TimeDelta,
    /// `local_time`: send to each reader when their own clock shows the slot's time. Default: false.
    /// Requires an expression with fixed times.
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
    /// `compact_after`: how long after its end `verdict serve` compacts an edition, 30 days to ten years. Default:
    /// never.
    pub compact_after: Option<TimeDelta>,
}

/// `[smtp]`: how mail leaves.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// `url`: the SMTP server to submit to. Required. With it `ca_file`: a PEM file in the instance
    /// folder with certificates to trust in addition to the system's. Default: none.
    pub relay: Relay,
    /// `connections`: how many are open at a time, 1 to 256; default 8.
    pub connections: usize,
    /// `rate_per_second`: mails a second over all connections, more than 0, at most 100,000;
    /// default: no limit.
    pub rate_per_second: Option<f64>,
    /// `rate_per_domain`: mails a second to each receiving domain, more than 0, at most 100,000; the
    /// domains of a large mailbox provider count as one. Default: no limit.
    pub rate_per_domain: Option<f64>,
    /// `mails_per_connection`: after how many mails a connection is reopened, 1 to
    /// 1,000,000; default 1000.
    pub mails_per_connection: u64,
    /// `drain`: how long the mails on the wire may take after the process is told to stop. 1 second
    /// to 1 hour; default 30 seconds.
    pub drain: TimeDelta,
    /// `on_doubt`: what to do with deliveries in doubt. Default: hold.
    pub on_doubt: OnDoubt,
    /// `retry_for`: how long a deferred mail is retried. 1 minute to 30 days; default 24 hours.
    pub retry_for: TimeDelta,
    /// `bounce_address`: where returned mail goes; each delivery uses `local+token@domain`.
    /// Default: the address of `from`.
    pub bounce_address: Address,
    /// `unsubscribe_address`: where readers can write to unsubscribe; each mail has `local+token@domain` in addition to
    /// the one-click address. Default: none.
    pub unsubscribe_address: Option<Address>,
    /// `sends_from`: the IP addresses from which mail leaves for readers' servers. Default: the doctor takes those of
    /// the relay.
    pub sends_from: Vec<IpAddr>,
    /// `preflight`: whether sender, relay and pages are checked before an edition. Default: warn.
    pub preflight: Preflight,
}

/// `[dns]`: who is asked about the sender's domain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dns {
    /// `server`: the IP address and port of a DNS server. Default: the system's servers.
    pub server: Option<SocketAddr>,
}

/// What a check before an edition may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preflight {
    /// Nothing is checked, and nobody is asked.
    Off,
    /// Tell what is wrong, and send.
    Warn,
    /// Send only if nothing is wrong.
    Block,
}

/// What to do with a delivery that the relay may or may not have accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDoubt {
    /// List it by name until the operator decides.
    Hold,
    /// Send it again under the same Message-ID.
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
    /// `proxies`: the IP addresses whose `X-Forwarded-For` is trusted. Default: none.
    pub proxies: Vec<IpAddr>,
    /// `cache`: the memory for public pages, in bytes here and in megabytes in the file, 0 (none) to 4096; default 32.
    pub cache: u64,
}

/// `[join]`: who may sign up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// `per_address`: how many mails a day the pages may send to one address, 1 to 100; default 3.
    pub per_address: i64,
    /// `per_network`: sign-ups an hour from one network (IPv4 /24, IPv6 /56), and five times as many from an
    /// IPv6 /48; 1 to 1,000,000; default 20.
    pub per_network: i64,
    /// `alarm`: how many sign-ups an hour alert the editors, 1 to 1,000,000; default 300.
    pub alarm: i64,
    /// `refused_domains`: a file in the instance folder with domains that may not sign up, such as those of
    /// disposable addresses. Here in lower case, as A-labels. Default: none.
    pub refused_domains: Arc<HashSet<String>>,
    /// `role_accounts`: whether addresses such as `info@` may sign up. Default: true.
    pub role_accounts: bool,
    /// `welcome`: whether a reader who confirms gets the latest comparison by mail. Default: true.
    pub welcome: bool,
}

/// `[alerts]`: who gets alerts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alerts {
    /// `to`: the addresses that alerts are mailed to. Default: none.
    pub to: Vec<Address>,
}

/// `[issues]`: what issue files may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    /// `panel_roles`: panel roles in addition to those of every newsletter. Default: none.
    pub panel_roles: Vec<String>,
    /// `require_approval`: whether an issue is sent only if someone other than its author has approved it.
    /// Default: false.
    pub require_approval: bool,
}

/// `[metrics]`: where Prometheus reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// `listen`: the IP address and port of `GET /metrics`, `/healthz` and `/readyz`. Default: nowhere.
    pub listen: Option<SocketAddr>,
}

/// `[log]`: how log lines look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// `format`: `text` or `json`. Default: text.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
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

    /// Reads a configuration from memory. Findings use the path, and files that the configuration names are
    /// relative to the path's folder.
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
            Ok(source) => read::config(&source, &env, &mut report),
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
