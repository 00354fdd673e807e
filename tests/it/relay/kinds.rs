//! One mail of each kind that Verdict sends, in a language, signed, and dated now.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike as _, TimeDelta, Timelike as _};
use mail_parser::MessageParser;
use subscribers::address::Address;
use templates::alert;
use templates::locale::Locale;
use tokio_util::sync::CancellationToken;
use verdict::catcher::{Behaviour, Catcher, Mail};
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::delivery::{self, Progress};
use verdict::edition;
use verdict::readers::{self, Choice};
use verdict::schedule::Cron;
use verdict::store::slots;
use verdict::store::subscribers::Frequency;

use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, find_subscriber};

/// Where the links lead.
const BASE: &str = "https://news.example.org";

const KEEN: &str = "keen@example.com";
const SLOW: &str = "slow@example.com";
const NEW: &str = "new@example.com";
const OTHER: &str = "other@example.com";
const EDITOR: &str = "editor@example.com";

/// The kinds, as `Feedback-ID` names them.
pub(super) const KINDS: [&str; 12] = [
    "address",
    "alert",
    "already",
    "confirm",
    "correction",
    "digest",
    "edition",
    "erase",
    "moved",
    "settings",
    "taken",
    "welcome",
];

/// An instance in a language, and a mail of each kind. `issue` is a file's text, and holds
/// `intro`, which is corrected later; `keys` is the folder of the keys `r` and `e`.
pub(super) async fn every_kind(
    language: &str,
    issue: &str,
    intro: &str,
    keys: &Path,
) -> (TestApp, BTreeMap<String, Mail>) {
    let now = Clock::system().now();
    let minute = format!("{} {} {} * *", now.minute(), now.hour(), now.day());
    let tune = |config: &mut Config| {
        config.newsletter.locale = Locale::new(language, &[]).0;
        config.web.base_url = BASE.to_owned();
        config.schedule.cron = Cron::parse(&minute).unwrap();
        config.schedule.time_zone = chrono_tz::UTC;
        config.join.per_address = 100;
        config.alerts.to = vec![Address::parse(EDITOR).unwrap()];
    };
    let smtp = |catcher: &Catcher, _: &Path| {
        let (relay, keys) = (catcher.url(), keys.display());
        format!(
            "url = \"{relay}\"
[dkim]
selectors = [\"r\", \"e\"]
keys = \"{keys}\""
        )
    };
    let app = TestApp::relaying(Db::Sqlite, Behaviour::new(), smtp, tune).await;

    // An issue of the month before, for the digest.
    let before = now - TimeDelta::days(i64::from(now.day()) + 9);
    app.clock.set(before);
    let mut tx = app.store.begin().await.unwrap();
    slots::open_at(&mut tx, before.timestamp_millis())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.named_reader(KEEN, Some("Keen"))
        .await
        .reader(SLOW)
        .await
        .reader(OTHER)
        .await;
    let slow = find_subscriber(&app.store, SLOW).await.unwrap();
    let digest = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    readers::choose(&app, &slow, digest).await.unwrap();
    app.issue_file("first", issue).send("first").await;
    let old = app.catcher.len();

    app.clock.set(now);
    app.issue_file("second", issue).send("second").await;
    let (slug, _) = edition::freeze_digest(&app)
        .await
        .unwrap()
        .expect("a digest");
    send(&app, &slug).await;
    app.issue_file("second", &issue.replace(intro, "A corrected introduction."));
    let revised = edition::revise(&app, &app.edition("second").await, true)
        .await
        .unwrap();
    send(&app, &revised.notice.expect("a notice").0).await;

    for email in [NEW, OTHER, SLOW] {
        sign_up(&app, email, "").await;
    }
    app.deliver_outbox().await;
    http::post(&link(&app, NEW, "/confirm/"), "").await;
    app.deliver_outbox().await;
    let settings = here(&app, &app.unsubscribe_link(KEEN)).replace("/u/", "/settings/");
    http::post(&settings, "").await;
    app.deliver_outbox().await;
    let reader = link(&app, KEEN, "/reader/");
    http::post(&format!("{reader}/erase"), "").await;
    http::post(&format!("{reader}/address"), &format!("email={OTHER}")).await;
    app.deliver_outbox().await;
    http::post(&format!("{reader}/address"), "email=moved@example.com").await;
    app.deliver_outbox().await;
    http::post(&link(&app, "moved@example.com", "/address/"), "").await;
    let mut tx = app.store.begin().await.unwrap();
    app.alert(
        &mut tx,
        &alert::edition_paused(app.locale(), "second", "550 5.7.1 No"),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    app.deliver_outbox().await;

    let mails = app.catcher.mails().into_iter().skip(old);
    let mails = mails.map(|mail| (kind(&mail), mail)).collect();
    (app, mails)
}

async fn send(app: &TestApp, slug: &str) {
    let edition = app.edition(slug).await;
    let stop = CancellationToken::new();
    delivery::send(app, &edition, Arc::new(Progress::default()), stop)
        .await
        .unwrap();
}

/// What kind of mail it is.
fn kind(mail: &Mail) -> String {
    let text = String::from_utf8_lossy(&mail.content);
    let mut fields = text
        .lines()
        .filter_map(|line| line.strip_prefix("Feedback-ID: "));
    let parts: Vec<&str> = fields.next().unwrap().split(':').collect();
    let kind = if parts[1] == "outbox" {
        parts[0]
    } else {
        parts[1]
    };
    kind.to_owned()
}

/// The link that begins with `path` in the last mail to an address.
fn link(app: &TestApp, email: &str, path: &str) -> String {
    let mails = app.catcher.for_recipient(email);
    let message = MessageParser::default()
        .parse(&mails.last().unwrap().content)
        .unwrap();
    let text = message.body_text(0).unwrap();
    let found = text
        .split_whitespace()
        .find(|word| word.starts_with(&format!("{BASE}{path}")));
    here(
        app,
        found.unwrap_or_else(|| panic!("no {path} in:\n{text}")),
    )
}

/// A link as this test can open it.
fn here(app: &TestApp, link: &str) -> String {
    link.replace(BASE, &app.site)
}
