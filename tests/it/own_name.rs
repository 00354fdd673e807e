//! The newsletter's own name and look: nothing of the sample is left in a mail or on a page of another newsletter.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use subscribers::address::Address;
use verdict::catcher::{Behaviour, Mail};
use verdict::config::{self, Config};

use crate::choosing::{action, settings_link};
use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(every_mail_and_page_has_the_newsletters_own_name);

const ADA: &str = "ada@example.com";
const CAT: &str = "cat@example.com";
const NAME: &str = "Duelo de Editores";

/// Words of the sample that `verdict init` writes, and of the tests' own instance.
fn words_of_the_sample() -> Vec<String> {
    let sample = Config::parse(config::FILE.as_ref(), Config::template().as_bytes(), |_| {
        None
    });
    let sample = sample.unwrap().newsletter;
    vec![
        sample.name,
        sample.tagline,
        sample.about,
        "Two tools, one question".to_owned(),
        "AI tool".to_owned(),
        "Weekly".to_owned(),
    ]
}

/// Checks a page or a mail, in any case of its letters.
fn check(what: &str, text: &str) {
    let text = text.to_lowercase();
    for word in words_of_the_sample() {
        assert!(
            !text.contains(&word.to_lowercase()),
            "{word} in {what}:\n{text}"
        );
    }
}

fn subject(mail: &Mail) -> String {
    let parsed = mail_parser::MessageParser::default().parse(&mail.content);
    let subject = parsed.and_then(|mail| mail.subject().map(str::to_owned));
    subject.expect("every mail has a subject")
}

/// The addresses on our own site that a page or a mail links to.
fn links(site: &str, text: &str) -> Vec<String> {
    let of = |start: &str| {
        let parts: Vec<&str> = text.split(start).skip(1).collect();
        parts.into_iter().map(|rest| {
            let end = rest.find(|c: char| "\"<> \r\n".contains(c));
            rest[..end.unwrap_or(rest.len())].replace("&amp;", "&")
        })
    };
    let local = ["href=\"/", "src=\"/", "action=\"/"]
        .into_iter()
        .flat_map(of);
    let whole = of(site).map(|path| path.trim_start_matches('/').to_owned());
    local
        .chain(whole)
        .map(|path| format!("{site}/{path}"))
        .collect()
}

async fn every_mail_and_page_has_the_newsletters_own_name(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        let newsletter = &mut config.newsletter;
        newsletter.name = NAME.to_owned();
        newsletter.tagline = "Dois editores, uma escolha".to_owned();
        newsletter.about = "Every month we write with two text editors.".to_owned();
        newsletter.from = "Duelo <duelo@example.net>".parse().unwrap();
        newsletter.postal_address = "Rua do Exemplo 1\nLisboa".to_owned();
        config.alerts.to = vec![Address::parse("editor@example.net").unwrap()];
        config.join.alarm = 1;
    })
    .await;
    let mut pages = Vec::new();
    app.issue("first").issue("second");
    app.reader(ADA).await.reader(CAT).await;
    app.send("first").await;
    app.clock.advance(TimeDelta::days(1));
    app.send("second").await;
    let vote = app.link(ADA, "/v/");

    // Every mail that is not an edition, and the pages behind their links.
    for _ in 0..2 {
        pages.push(sign_up(&app, "ben@example.com", "").await);
        app.deliver_outbox().await;
    }
    pages.push(http::post(&app.link("ben@example.com", "/confirm/"), "").await);
    sign_up(&app, "ben@example.com", "").await;
    let settings = settings_link(&app, ADA).await;
    pages.push(http::post(&format!("{settings}/address"), &format!("email={CAT}")).await);
    pages.push(http::post(&format!("{settings}/erase"), "").await);
    app.deliver_outbox().await;
    let settings = settings_link(&app, CAT).await;
    pages.push(http::post(&format!("{settings}/address"), "email=cat@example.net").await);
    app.deliver_outbox().await;
    pages.push(http::post(&app.link("cat@example.net", "/address/"), "").await);
    pages.push(http::post(&vote, "verdict=ship").await);
    let left = http::post(&app.unsubscribe_link(ADA), "").await;
    pages.push(http::post(&action(&app, &left.body, "/undo/"), "").await);
    pages.push(left);
    app.deliver_outbox().await;
    for page in &pages {
        check("the answer to a form", &page.body);
    }

    // Every page that a mail or another page links to, whether the link still works or not.
    let mails = app.catcher.mails();
    let subjects: BTreeSet<_> = mails.iter().map(subject).collect();
    assert!(subjects.len() >= 10, "{subjects:#?}");
    let mut to_read = vec![app.site.clone(), format!("{}/robots.txt", app.site)];
    to_read.push(format!("{}/subscribe/sent", app.site));
    to_read.push(format!("{}/nowhere", app.site));
    for page in &pages {
        to_read.extend(links(&app.site, &page.body));
    }
    for mail in &mails {
        let raw = String::from_utf8(mail.content.clone()).unwrap();
        check("the source of a mail", &raw);
        let parsed = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        for part in [parsed.body_text(0), parsed.body_html(0)] {
            let part = part.unwrap();
            check("a mail", &part);
            to_read.extend(links(&app.site, &part));
        }
    }
    let mut read = BTreeSet::new();
    while let Some(url) = to_read.pop() {
        let url = url.split('#').next().unwrap().to_owned();
        if !read.insert(url.clone()) {
            continue;
        }
        let page = http::get(&url).await;
        check(&url, &page.body);
        let is_text = page
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        if is_text && page.status == 200 {
            assert!(page.body.contains(NAME), "{url}");
        }
        to_read.extend(links(&app.site, &page.body));
    }
    for path in ["/issues/first", "/subscribe", "/feed.xml", "/style.css"] {
        assert!(
            read.iter().any(|url| url.contains(path)),
            "{path} in {read:?}"
        );
    }
    let home = http::get(&app.site).await.body;
    assert!(home.contains(NAME), "{home}");
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

#[tokio::test]
async fn the_logo_is_served_as_a_picture_that_cannot_run_a_script() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("logo.svg"), SVG).unwrap();
    let file = folder.path().join(config::FILE);
    let set = |name: &str| (name == "VERDICT_NEWSLETTER_LOGO").then(|| "logo.svg".to_owned());
    let configured = Config::parse(&file, Config::template().as_bytes(), set).unwrap();
    let logo = configured.newsletter.logo;
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), |config| {
        config.newsletter.logo = logo;
    })
    .await;
    // An old mail may show the path of a logo of another kind.
    for path in ["/logo.svg", "/logo.png"] {
        let url = format!("{}{path}", app.site);
        let answer = http::get(&url).await;
        assert_eq!((answer.status, &*answer.body), (200, SVG));
        assert_eq!(answer.header("content-type"), Some("image/svg+xml"));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=3600"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none';") && policy.ends_with("; sandbox"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let tag = answer.header("etag").unwrap();
        let same = http::request("GET", &url, &[("If-None-Match", tag)], "").await;
        assert_eq!(same.status, 304);
    }
    let without = TestApp::on(Db::Sqlite).await;
    let answer = http::get(&format!("{}/logo.svg", without.site)).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn templates_get_what_the_configuration_says_about_the_look() {
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), |config| {
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 8]].concat();
        config.newsletter.about = "Editors.".to_owned();
        config.newsletter.accent = Some("#0b5a4a".to_owned());
        config.newsletter.logo = Some(config::Logo {
            kind: config::LogoKind::Png,
            bytes: png.into(),
        });
    })
    .await;
    let shown = app.newsletter();
    assert_eq!(
        (&*shown.about, shown.accent.as_deref()),
        ("Editors.", Some("#0b5a4a"))
    );
    assert_eq!(
        (shown.logo.as_deref(), shown.mail_logo),
        (Some("/logo.png"), None)
    );
    let mut config = (*app.config).clone();
    config.newsletter.mail_logo = true;
    let in_mails = verdict::app::rules(&config).newsletter.mail_logo;
    assert_eq!(in_mails, Some(format!("{}/logo.png", app.site)));
}
