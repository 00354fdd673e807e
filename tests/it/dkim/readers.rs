//! A thousand readers with every kind of personal value.

use chrono::DateTime;
use subscribers::address::Address;
use subscribers::consent::ConsentSource;
use subscribers::profile::MAX_NAME;
use verdict::catcher::Behaviour;
use verdict::delivery::RunResult;
use verdict::edition;
use verdict::readers::{self, Joiner};
use verdict::store::subscribers::Frequency;

use super::{SLUG, signing};
use crate::chance::Chance;
use crate::database::Db;

const READERS: usize = 1_000;

/// Pieces of names: scripts of either direction, marks, and what headers and quoted-printable have to escape.
const PIECES: [&str; 24] = [
    "Ada",
    "Zoë",
    "Łukasz",
    "Ольга",
    "Ελένη",
    "محمد",
    "שרה",
    "अदिति",
    "ทองดี",
    "王小明",
    "さくら",
    "지우",
    "ᚠᚢᚦ",
    "🦊",
    "e\u{301}",
    "\"",
    "\\",
    "=",
    "=?utf-8?q?x?=",
    "<>&",
    ".",
    ", ",
    "  ",
    "\t",
];

const ZONES: [&str; 8] = [
    "Pacific/Kiritimati",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Berlin",
    "",
    "America/New_York",
    "Pacific/Marquesas",
    "Pacific/Pago_Pago",
];

fn reader(number: usize, chance: &mut Chance) -> Joiner {
    let length = [0, 1, 2, 3, 8, 40][chance.below(6)];
    let name: String = (0..length)
        .map(|_| PIECES[chance.below(PIECES.len())])
        .collect();
    let local = match chance.below(4) {
        0 => format!("r{number}"),
        1 => format!("{number}-{}", "x".repeat(58)),
        2 => format!("посетитель{number}"),
        _ => format!("o'{number}+tag!#$%&*/=?^_`{{|}}~"),
    };
    let domain = match chance.below(4) {
        0 => "bücher.example.com".to_owned(),
        1 => format!("{0}.{0}.{0}.example.com", "long-label".repeat(5)),
        _ => "example.com".to_owned(),
    };
    let name: String = name.chars().take(MAX_NAME).collect();
    let name = name.trim();
    Joiner {
        address: Address::parse(&format!("{local}@{domain}")).unwrap(),
        name: (!name.is_empty()).then(|| name.to_owned()),
        time_zone: Some(ZONES[chance.below(ZONES.len())].to_owned())
            .filter(|zone| !zone.is_empty()),
        frequency: Frequency::Every,
        paused_until: None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_readers_mails_verify() {
    let local_time = |config: &mut verdict::config::Config| {
        config.schedule.local_time = true;
        config.smtp.unsubscribe_address = Address::parse("leave@example.org").ok();
    };
    let (app, dns) = signing(Db::Sqlite, r#""r", "e""#, Behaviour::new(), local_time).await;
    let mut chance = Chance(24);
    let joiners: Vec<Joiner> = (0..READERS)
        .map(|number| reader(number, &mut chance))
        .collect();
    readers::add(&app, &joiners, true, ConsentSource::Import)
        .await
        .unwrap();
    app.issue(SLUG);
    let slot = edition::next_slot(&app).await.unwrap().unwrap();
    app.clock.set(edition::frozen_at(&app, &slot));
    edition::decide(&app, &slot).await.unwrap();
    while let RunResult::Waiting(due) = app.send(SLUG).await {
        app.clock.set(DateTime::from_timestamp_millis(due).unwrap());
    }
    let mails = app.catcher.mails();
    assert_eq!(mails.len(), READERS);
    for mail in &mails {
        assert_eq!(dns.passing(&mail.content).await, ["r", "e"]);
    }
    let dates = mails.iter().map(|mail| {
        let text = String::from_utf8_lossy(&mail.content).into_owned();
        let date = text.lines().find(|line| line.starts_with("Date: "));
        date.unwrap().to_owned()
    });
    let dates: std::collections::BTreeSet<String> = dates.collect();
    assert!(dates.len() >= ZONES.len() - 1, "{dates:?}");
    assert_eq!(app.catcher.faults(), []);
}
