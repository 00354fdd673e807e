//! Builds a [`Config`] from the sections of the file and the variables.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use lettre::message::Mailbox;

use super::duration::{self, COMPACT_AFTER, LONG, SHORT};
use super::section::{self, DESK, SECTIONS, Section};
use super::{
    Alerts, Authorities, Config, Dns, Issues, JOURNAL, Join, Log, LogFormat, Metrics, Newsletter,
    OnDoubt, Preflight, Relay, Schedule, Smtp, Store, StoreUrl, Web, address, dkim, domains,
    locale, look, mask, relay, renamed, zone,
};
use crate::findings::{Findings, Report, Source};
use crate::toml_source::{self, Shape, Table, Value};

/// The configuration, if everything that it needs can be read.
pub(super) fn config(
    source: &Arc<Source>,
    env: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Option<Config> {
    let shown = Arc::new(Source::new(source.path(), mask::masked(source.text())));
    let document = toml_source::parse(source.text(), &shown, report);
    let root = Table::root(&document, &shown, &section::ROOT, report);
    let mut open = |(name, shape): (&'static str, Shape)| {
        let value = root.get(name);
        (name, value.and_then(|value| value.table(&shape, report)))
    };
    let (tables, desk) = (SECTIONS.map(&mut open), open(DESK));
    let variables = section::variables(env);
    let [
        news,
        time,
        list,
        mail,
        resolver,
        signatures,
        pages,
        door,
        told,
        files,
        numbers,
        lines,
    ] = tables
        .each_ref()
        .map(|(name, table)| Section::new(name, table.as_ref(), &variables, &root, &shown));
    let (name, table) = &desk;
    let desk = Section::new(name, table.as_ref(), &variables, &root, &shown);
    let folder = Path::new(source.path()).parent().unwrap_or(Path::new(""));
    // All of them are read before any of them may end the reading.
    let newsletter = newsletter(&news, folder, report);
    let from = news.get("from");
    let mailbox = newsletter.as_ref().map(|newsletter| &newsletter.from);
    let from = from.as_ref().zip(mailbox);
    let schedule = schedule(&time, report);
    let store = store(&list, report);
    let smtp = smtp(&mail, from, folder, report);
    let dns = dns(&resolver, report);
    let dkim = dkim::read(&signatures, mailbox, folder, report);
    let web = web(&pages, report);
    let join = join(&door, folder, report);
    let alerts = alerts(&told, &desk, report);
    let issues = issues(&files, &desk, report);
    renamed::warn_of_empty(&desk, report);
    let metrics = metrics(&numbers, report);
    let log = log(&lines, report);
    Some(Config {
        newsletter: newsletter?,
        schedule: schedule?,
        store: store?,
        smtp: smtp?,
        dns: dns?,
        dkim: dkim?,
        web: web?,
        join: join?,
        alerts,
        issues,
        metrics: metrics?,
        log: log?,
        warnings: Findings::default(),
    })
}

fn newsletter(section: &Section<'_>, folder: &Path, report: &mut Report) -> Option<Newsletter> {
    let name = section
        .require("name", report)
        .and_then(|v| v.title(80, report));
    let tagline = section.get("tagline");
    let tagline = tagline.map_or(Some(String::new()), |v| v.title(140, report));
    let about = section.get("about");
    let about = about.map_or(Some(String::new()), |v| v.title(300, report));
    let logo = section.get("logo");
    let logo = logo.map(|v| look::logo(&v, folder, report));
    let kind = logo
        .as_ref()
        .map(|logo| logo.as_ref().map(|logo| logo.kind));
    let mail_logo = section.get("mail_logo");
    let mail_logo = mail_logo.map_or(Some(false), |v| look::mail_logo(&v, kind, report));
    let accent = section.get("accent");
    let accent = accent.and_then(|v| look::accent(&v, report));
    let from = section
        .require("from", report)
        .and_then(|v| address::mailbox(&v, report));
    let reply_to = section
        .get("reply_to")
        .and_then(|v| address::mailbox(&v, report));
    let postal = section.require("postal_address", report);
    let postal = postal.and_then(|v| v.block(300, report).map(address::postal));
    let given = section.get("language");
    let language = match &given {
        Some(value) => address::language(value, report),
        None => Some("en".to_owned()),
    };
    let locale = language
        .as_deref()
        .map(|language| locale::read(language, given.as_ref(), folder, report));
    Some(Newsletter {
        name: name?,
        tagline: tagline?,
        about: about?,
        logo: logo.flatten(),
        mail_logo: mail_logo?,
        accent,
        from: from?,
        reply_to,
        postal_address: postal?,
        locale: locale?,
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
    let compact_after = section.get("compact_after");
    let compact_after = compact_after.and_then(|v| duration::read(&v, &COMPACT_AFTER, report));
    Some(Store {
        url: url?,
        journal: journal?.into(),
        compact_after,
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
    let sends_from = section
        .get("sends_from")
        .map(|v| address::list(&v, address::ip, report));
    let words = [
        ("off", Preflight::Off),
        ("warn", Preflight::Warn),
        ("block", Preflight::Block),
    ];
    let preflight = section.get("preflight");
    let preflight = preflight.map_or(Some(Preflight::Warn), |v| v.choice(&words, report));
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
        sends_from: sends_from.unwrap_or_default(),
        preflight: preflight?,
    })
}

fn dns(section: &Section<'_>, report: &mut Report) -> Option<Dns> {
    let server = section.get("server");
    let server = server.map_or(Some(None), |v| address::server(&v, report).map(Some));
    Some(Dns { server: server? })
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
    let cache = section.get("cache");
    let cache = cache.map_or(Some(32), |v| v.integer(0..=4096, report));
    Some(Web {
        cache: u64::from(cache?) << 20,
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
    let welcome = section.get("welcome");
    let welcome = welcome.map_or(Some(true), |v| v.boolean(report));
    Some(Join {
        per_address: per_address?.into(),
        per_network: per_network?.into(),
        alarm: alarm?.into(),
        refused_domains: Arc::new(domains?),
        role_accounts: role_accounts?,
        welcome: welcome?,
    })
}

fn alerts(section: &Section<'_>, desk: &Section<'_>, report: &mut Report) -> Alerts {
    let to = renamed::get(section, "to", desk, "editors", report);
    let to = to.map(|v| address::list(&v, address::address, report));
    Alerts {
        to: to.unwrap_or_default(),
    }
}

fn issues(section: &Section<'_>, desk: &Section<'_>, report: &mut Report) -> Issues {
    let roles = renamed::get(section, "panel_roles", desk, "roles", report);
    let roles = roles.map(|v| address::list(&v, address::role, report));
    let approval = section.get("require_approval");
    Issues {
        panel_roles: roles.unwrap_or_default(),
        require_approval: approval.and_then(|v| v.boolean(report)) == Some(true),
    }
}

fn metrics(section: &Section<'_>, report: &mut Report) -> Option<Metrics> {
    let listen = section.get("listen");
    let listen = listen.map_or(Some(None), |v| address::listen(&v, report).map(Some));
    Some(Metrics { listen: listen? })
}

fn log(section: &Section<'_>, report: &mut Report) -> Option<Log> {
    let words = [("text", LogFormat::Text), ("json", LogFormat::Json)];
    let format = section.get("format");
    let format = format.map_or(Some(LogFormat::Text), |v| v.choice(&words, report));
    Some(Log { format: format? })
}
