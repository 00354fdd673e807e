//! Spam filters and every kind of mail: nothing that a sender decides speaks against one. Both filters look up whatever
//! they want; the machine's DNS server knows the sender, and no blocklist.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;
use tokio::net::TcpStream;

use super::kinds::{KINDS, every_kind};
use crate::apart::{NAMES, Needs, OUTLET, find, on_a_machine_of_its_own};
use crate::child::{Running, until};
use crate::dkim::write_keys;
use crate::doctor::instance::GOOD;
use crate::doctor::names::{Names, zone_of};
use crate::limits::ISSUES;
use crate::test_app::stdout;

const SPAMASSASSIN: Needs = Needs {
    programs: &["spamassassin"],
    root: false,
};
const RSPAMD: Needs = Needs {
    programs: &["rspamd", "rspamc"],
    root: true,
};

on_a_machine_of_its_own!(SPAMASSASSIN; spamassassin_finds_nothing_that_is_ours);
on_a_machine_of_its_own!(RSPAMD; rspamd_finds_nothing_that_is_ours);

/// A rule that speaks against a mail and may, with the kinds of mail, all if none is given, and the reason.
type Allowed = (&'static str, &'static [&'static str], &'static str);

/// SpamAssassin takes a mail for spam from 5 points on, rspamd from 6.
const ALLOWED: &[Allowed] = &[
    (
        "RCVD_ILLEGAL_IP",
        &[],
        "192.0.2.25 is an address for documentation (RFC 5737)",
    ),
    (
        "DKIM_SIGNED",
        &[],
        "a good signature takes these 0.1 points back (DKIM_VALID)",
    ),
    ("HTML_MESSAGE", &[], "0.001 points for any HTML part"),
    (
        "MANY_INVISIBLE_PARTS",
        &[],
        "0.05 points for the line that mailboxes show beside the subject",
    ),
    (
        "URI_COUNT_ODD",
        &["address", "confirm", "erase", "settings"],
        "the address below the button, for readers whose mail program shows none, makes the count odd",
    ),
    (
        "SUBJECT_ENDS_QUESTION",
        &["edition"],
        "the editors wrote the subject of that issue",
    ),
    (
        "R_MIXED_CHARSET",
        &["alert", "moved", "taken", "welcome"],
        "a newsletter in Arabic whose name is in Latin letters",
    ),
];

/// True if a rule may speak against a mail of this kind.
fn may(kind: &str, rule: &str) -> bool {
    let allowed = ALLOWED.iter().find(|(known, ..)| *known == rule);
    allowed.is_some_and(|(_, kinds, _)| kinds.is_empty() || kinds.contains(&kind))
}

/// The rules that a filter applied to a mail, with their points; those above 0 speak against it.
type Rules = BTreeMap<String, f64>;

const LANGUAGES: [(&str, &str, &str); 3] = [
    (
        "en",
        include_str!("../../../issues/axolotl-vs-llama-4-compact.toml"),
        "Both of this week’s releases",
    ),
    (
        "ar",
        include_str!("../../../issues/axolotl-vs-llama-4-compact.toml"),
        "Both of this week’s releases",
    ),
    (
        "ja",
        ISSUES[1].1,
        "どちらも、毎月の請求書をなくすと約束しています。",
    ),
];

/// Lets a filter judge every kind of mail in each language, and prints what it says.
async fn judged(
    mut filter: impl AsyncFnMut(&BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Rules>,
) {
    let names = Names::start_at(NAMES, GOOD).await;
    // Filters remember a key.
    let home = tempfile::tempdir().unwrap();
    write_keys(home.path());
    let mut against = Vec::new();
    for (language, issue, intro) in LANGUAGES {
        let (app, mails) = every_kind(language, issue, intro, &home.path().join("dkim")).await;
        assert_eq!(mails.keys().collect::<Vec<_>>(), KINDS);
        let keys = stdout(&app.verdict(&["dkim", "records"]));
        names.set(&format!("{GOOD}{}", zone_of(&keys)));
        let mails = mails
            .into_iter()
            .map(|(kind, mail)| (kind, arrived(&mail.from, &mail.content)))
            .collect();
        for (kind, rules) in filter(&mails).await {
            let total: f64 = rules.values().sum();
            let listed = rules
                .iter()
                .map(|(rule, points)| format!("{rule}={points}"));
            println!(
                "{language} {kind}: {total:.1} ({})",
                listed.collect::<Vec<_>>().join(" ")
            );
            let ours = rules
                .iter()
                .filter(|(rule, points)| **points > 0.0 && !may(&kind, rule));
            against
                .extend(ours.map(|(rule, points)| format!("{language} {kind}: {rule} {points}")));
        }
    }
    assert!(against.is_empty(), "{}", against.join("\n"));
}

/// A mail as the reader's server passes it on.
fn arrived(from: &str, content: &[u8]) -> Vec<u8> {
    let date = String::from_utf8_lossy(content);
    let date = date
        .lines()
        .find_map(|line| line.strip_prefix("Date: "))
        .unwrap()
        .to_owned();
    let trace = format!(
        "Return-Path: <{from}>\r\n\
         Received: from mail.example.org (mail.example.org [{OUTLET}])\r\n\
         \tby mx.example.com (Postfix) with ESMTPS id 4ABCD1\r\n\
         \tfor <reader@example.com>; {date}\r\n"
    );
    [trace.as_bytes(), content].concat()
}

async fn spamassassin_finds_nothing_that_is_ours() {
    const CONFIG: &str = "\
        use_bayes 0\n\
        trusted_networks 192.0.2.80\n\
        internal_networks 192.0.2.80\n\
        add_header all Rules _TESTSSCORES(,)_\n";
    let home = std::env::temp_dir();
    judged(async |mails| {
        let files: Vec<_> = (0..mails.len())
            .map(|number| home.join(format!("{number}.eml")))
            .collect();
        for (file, content) in files.iter().zip(mails.values()) {
            let unix = String::from_utf8_lossy(content).replace("\r\n", "\n");
            fs::write(file, unix).unwrap();
        }
        let mut command = Command::new(find("spamassassin").unwrap());
        command
            .env("HOME", &home)
            .arg(format!("--cf={CONFIG}"))
            .args(files);
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .unwrap();
        let printed = stdout(&output.unwrap()).replace("\n\t", "");
        let found = printed
            .lines()
            .filter_map(|line| line.strip_prefix("X-Spam-Rules: "));
        let rules = found.map(|rules| {
            let rules = rules
                .split(',')
                .filter_map(|rule| rule.trim().split_once('='));
            rules
                .map(|(rule, points)| (rule.to_owned(), points.parse().unwrap()))
                .collect()
        });
        let rules: Vec<Rules> = rules.collect();
        assert_eq!(rules.len(), mails.len(), "{printed}");
        mails.keys().cloned().zip(rules).collect()
    })
    .await;
}

async fn rspamd_finds_nothing_that_is_ours() {
    let home = std::env::temp_dir().join("rspamd");
    fs::create_dir(&home).unwrap();
    super::postfix::set_mode(&home, 0o777);
    let mut command = Command::new(find("rspamd").unwrap());
    command.args([
        "-f",
        "-i",
        "-u",
        "_rspamd",
        "-g",
        "_rspamd",
        "-c",
        "/etc/rspamd/rspamd.conf",
    ]);
    for variable in ["DBDIR", "RUNDIR", "LOGDIR"] {
        command.arg(format!("--var={variable}={}", home.display()));
    }
    let _rspamd = Running::start(&mut command);
    // It compiles its rules first.
    until("rspamd listens", || async {
        TcpStream::connect("127.0.0.1:11333").await.is_ok()
    })
    .await;
    judged(async |mails| {
        let mut judged = BTreeMap::new();
        for (kind, content) in mails {
            let file = home.join("mail.eml");
            fs::write(&file, content).unwrap();
            let text = String::from_utf8_lossy(content);
            let from = text
                .lines()
                .next()
                .unwrap()
                .trim_start_matches("Return-Path: ");
            let mut command = Command::new(find("rspamc").unwrap());
            command
                .args([
                    "--ip",
                    OUTLET,
                    "--helo",
                    "mail.example.org",
                    "--hostname",
                    "mail.example.org",
                ])
                .args([
                    "--from",
                    from.trim_matches(['<', '>']),
                    "--rcpt",
                    "reader@example.com",
                    "-j",
                ])
                .arg(&file);
            let output = tokio::task::spawn_blocking(move || command.output())
                .await
                .unwrap();
            let found: Value = serde_json::from_str(&stdout(&output.unwrap())).unwrap();
            let symbols = found["symbols"].as_object().unwrap().iter();
            let rules =
                symbols.map(|(rule, symbol)| (rule.clone(), symbol["score"].as_f64().unwrap()));
            judged.insert(kind.clone(), rules.collect());
        }
        judged
    })
    .await;
}
