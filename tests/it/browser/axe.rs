//! axe-core checks every page, every mail and a report: light and dark, narrow and wide; and in Arabic, from right to left.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::Value;
use tempfile::TempDir;
use templates::locale::Locale;
use verdict::catcher::Behaviour;
use verdict::edition;

use super::driver::{Browser, Scheme};
use super::looks::survey;
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, sample_issue};

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// Runs axe in the page; returns its findings, in short.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        found => done(found.violations.map(one => ({
            rule: one.id, help: one.help,
            nodes: one.nodes.map(node => node.html.slice(0, 160) + ' | ' + node.failureSummary),
        }))),
        error => done([String(error)]));";

async fn accessible(browser: &Browser, axe: &str, what: &str) {
    browser.script(axe).await;
    let found = browser.execute_async(RUN, Vec::new()).await.unwrap();
    assert_eq!(found, Value::Array(Vec::new()), "{what}: {found:#}");
}

/// axe-core's script.
pub(super) fn source() -> String {
    let path = std::env::var("VERDICT_TEST_AXE")
        .expect("VERDICT_TEST_AXE names axe-core's script: run ./tests/run");
    std::fs::read_to_string(path).unwrap()
}

/// The addresses of all kinds of pages, on an instance with content for each.
async fn pages(app: &TestApp) -> Vec<String> {
    app.issue("earlier").reader(ADA).await.send("earlier").await;
    app.clock.advance(TimeDelta::days(1));
    app.issue(SLUG).send(SLUG).await;
    let changed = sample_issue(SLUG).replace("An intro.", "Another intro.");
    app.issue_file(SLUG, &changed);
    edition::note_corrections(app).await.unwrap();
    let unsubscribe = app.unsubscribe_link(ADA);
    let vote = app.link(ADA, "/v/");
    let settings = unsubscribe.replace("/u/", "/settings/");
    http::post(&settings, "").await;
    app.deliver_outbox().await;
    let reader = app.link(ADA, "/reader/");
    http::post(&format!("{reader}/erase"), "").await;
    http::post(&format!("{reader}/address"), "email=ada@example.net").await;
    app.deliver_outbox().await;
    let mut pages: Vec<String> = [
        "/",
        "/issues",
        "/issues?q=nowhere",
        &format!("/issues/{SLUG}"),
        "/tools/alpha-of-tea-vs-coffee",
        "/subscribe",
        "/subscribe/sent",
        "/nothing/here",
    ]
    .iter()
    .map(|path| format!("{}{path}", app.site))
    .collect();
    pages.extend([
        unsubscribe,
        vote,
        settings,
        reader,
        app.link(ADA, "/erase/"),
        app.link("ada@example.net", "/address/"),
    ]);
    pages
}

/// The HTML parts of all received mails, as files.
fn mails(app: &TestApp, folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for (number, mail) in app.catcher.mails().iter().enumerate() {
        let message = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        let file = folder.join(format!("{number}.html"));
        std::fs::write(&file, message.body_html(0).unwrap().as_bytes()).unwrap();
        files.push(format!("file://{}", file.display()));
    }
    files
}

/// The report on an edition, as a file.
async fn report(app: &TestApp, folder: &Path) -> String {
    let edition = app.edition(SLUG).await;
    let report = edition::report(app, &edition).await.unwrap();
    let page = templates::report::page(&report, &app.newsletter());
    let file = folder.join("report.html");
    std::fs::write(&file, page.into_string()).unwrap();
    format!("file://{}", file.display())
}

async fn all_accessible(language: &str, looks: &[(Scheme, u32)]) {
    let axe = source();
    let speak = |config: &mut verdict::config::Config| {
        config.newsletter.locale = Locale::new(language, &[]).0;
    };
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), speak).await;
    let folder = TempDir::new().unwrap();
    let mut all = pages(&app).await;
    all.extend(mails(&app, folder.path()));
    all.push(report(&app, folder.path()).await);
    assert!(all.len() >= 14 + 6, "{all:?}");
    let browser = Browser::start().await;
    for page in &all {
        for &(scheme, width) in looks {
            browser.show_as(width, scheme).await;
            browser.goto(page).await.unwrap();
            accessible(&browser, &axe, &format!("{page} at {width} px, {scheme:?}")).await;
            if page.starts_with("http") {
                survey(&browser, page, width, scheme).await;
            }
        }
    }
    for form in ["email=nobody", "email=ada@example.com&name=%01"] {
        // Faults are on a page of its own.
        let page = http::post(&format!("{}/subscribe", app.site), form).await;
        let file = folder.path().join("wrong.html");
        let style = include_str!("../../../templates/style.css");
        let styled = page
            .body
            .replace("</head>", &format!("<style>{style}</style></head>"));
        std::fs::write(&file, styled).unwrap();
        browser
            .goto(&format!("file://{}", file.display()))
            .await
            .unwrap();
        accessible(&browser, &axe, form).await;
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_mail_is_accessible() {
    all_accessible("en", &[(Scheme::Light, 1280), (Scheme::Dark, 360)]).await;
}

/// What differs from English: the language, the directions and the sides.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_and_mail_is_accessible_in_arabic() {
    all_accessible("ar", &[(Scheme::Light, 360)]).await;
}
