//! The file that `verdict init` writes: it loads, and explains every key with its default.

use super::files::{PNG, authority, write_key};
use super::*;
use crate::config::section::SECTIONS;
use crate::dkim::SigningKey;

#[test]
fn the_template_loads_clean_and_says_the_defaults() {
    let config = parse(Config::template(), &[]).unwrap();
    assert_eq!(config.warnings.to_string(), "");
    assert_eq!(config.newsletter.reply_to, None);
    assert_eq!(
        config.newsletter.postal_address,
        "Weekly AI Tool Verdicts\n1 Example Street\n12345 Example Town"
    );
    assert_eq!(
        config.smtp.bounce_address.as_given(),
        "verdicts@example.com"
    );
    assert_eq!(config.smtp.relay.to_string(), "localhost:25");
    assert_eq!(config.smtp.relay.security, Security::None);
    // Every key that is commented out shows its default: with it, nothing changes.
    let spelled_out: Vec<(String, String)> = Config::template()
        .lines()
        .filter_map(|line| Some((line.to_owned(), line.strip_prefix("# ")?.to_owned())))
        .filter(|(_, key)| {
            key.split_once(" = ")
                .is_some_and(|(key, _)| !key.contains(' '))
        })
        .collect();
    assert_eq!(spelled_out.len(), 42);
    let edits: Vec<(&str, &str)> = spelled_out
        .iter()
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("relay-ca.pem"), authority()).unwrap();
    std::fs::write(dir.path().join("refused-domains.txt"), "example.net\n").unwrap();
    std::fs::write(dir.path().join("logo.png"), PNG).unwrap();
    for selector in ["verdict", "verdict2"] {
        write_key(
            dir.path(),
            &format!("{selector}-rsa"),
            &SigningKey::make_rsa().unwrap().1,
        );
        let ed25519 = SigningKey::make_ed25519().unwrap().1;
        write_key(dir.path(), &format!("{selector}-ed25519"), &ed25519);
    }
    let full = template_with(&edits);
    let full = Config::parse(&dir.path().join(FILE), full.as_bytes(), |_| None).unwrap();
    assert_eq!(full.smtp.relay.authorities.certificates().len(), 1);
    assert_eq!(config.smtp.relay.authorities, Authorities::default());
    assert_eq!(full.newsletter.locale, config.newsletter.locale);
    assert_eq!(full.newsletter.mail_logo, config.newsletter.mail_logo);
    assert_eq!(
        (config.newsletter.logo, config.newsletter.accent),
        (None, None)
    );
    assert_eq!(
        full.newsletter.logo.map(|logo| logo.kind),
        Some(LogoKind::Png)
    );
    assert_eq!(full.newsletter.accent.as_deref(), Some("#0b5a4a"));
    assert_eq!(
        (&full.schedule, &full.store.url, &full.web.base_url),
        (&config.schedule, &config.store.url, &config.web.base_url)
    );
    assert_eq!(full.store.journal, config.store.journal);
    assert_eq!(config.store.compact_after, None);
    assert_eq!(full.store.compact_after, Some(TimeDelta::days(180)));
    assert!(config.dkim.is_none());
    let dkim = full.dkim.unwrap();
    assert_eq!(dkim.signer.domain(), "example.com");
    assert_eq!(dkim.keys, dir.path().join("dkim"));
    let selectors: Vec<String> = dkim.records().into_iter().map(|one| one.selector).collect();
    assert_eq!(
        selectors,
        [
            "verdict-rsa",
            "verdict-ed25519",
            "verdict2-rsa",
            "verdict2-ed25519"
        ]
    );
    assert_eq!(full.web.proxies.len(), 1);
    assert!(full.join.refused_domains.contains("example.net"));
    assert_eq!(full.join.alarm, config.join.alarm);
    let settings = |smtp: &Smtp| {
        (
            smtp.connections,
            smtp.mails_per_connection,
            smtp.drain,
            smtp.on_doubt,
            smtp.retry_for,
        )
    };
    assert_eq!(settings(&full.smtp), settings(&config.smtp));
    assert_eq!(full.smtp.rate_per_second, Some(20.0));
    assert_eq!(full.smtp.rate_per_domain, Some(5.0));
    assert_eq!(full.issues.panel_roles, ["teacher"]);
    assert_eq!(config.metrics.listen, None);
    assert_eq!(full.metrics.listen, "127.0.0.1:9464".parse().ok());
    assert_eq!(full.log, config.log);
}

#[test]
fn the_template_explains_every_key() {
    for (section, shape) in SECTIONS {
        let (_, rest) = Config::template()
            .split_once(&format!("\n[{section}]\n"))
            .unwrap();
        let body = rest.split("\n[").next().unwrap();
        for key in shape.keys {
            let given = |line: &str| {
                line.trim_start_matches("# ")
                    .starts_with(&format!("{key} = "))
            };
            assert!(body.lines().any(given), "{section}.{key}");
        }
    }
}
