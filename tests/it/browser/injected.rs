//! Markup in place of text, in every field of an issue file and of every form. The result is opened as a file, where
//! no policy stops a script of the page from running.

use std::fs;

use chrono::TimeDelta;
use serde_json::Value;
use tempfile::TempDir;
use url::form_urlencoded::byte_serialize;
use verdict::edition;

use super::driver::Browser;
use crate::database::Db;
use crate::http;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// Closes what contains it, and then runs.
pub(super) const EVIL: &str =
    "</script></title>--><b \"'><script>owned=1</script><img src=x onerror=owned=1>";
/// The same for short fields.
const SHORT: &str = "\"'><img src=x onerror=owned=1>";
/// A valid address that closes its attribute.
const ADDRESS: &str = "https://example.com/?\"'><script>owned=1</script>";
/// Markdown's links and pictures.
const PROSE: &str = "<script>owned=1</script> [a](javascript:owned=1) [b](JaVaScRiPt&#58;owned=1)\n\
    ![c](x\"onerror=owned=1) <javascript:owned=1> [d](data:text/html,<script>owned=1</script>)\n\
    [e](https://example.com/\"onmouseover=owned=1) [f](<https://example.com/'><script>owned=1>)\n\n\
    <svg onload=owned=1>\n\n<img src=x onerror=owned=1>\n\n* </li><script>owned=1</script>\n";

/// What a successful injection leaves in a page.
pub(super) const SURVEY: &str = r#"
    const all = [...document.querySelectorAll('*')];
    return {
        owned: window.owned ?? null,
        scripts: [...document.scripts].filter(one => one.type !== 'application/ld+json')
            .filter(one => one.getAttribute('src') !== '/script.js').map(one => one.outerHTML),
        handlers: all.filter(one => [...one.attributes].some(attribute => attribute.name.startsWith('on')))
            .map(one => one.outerHTML.slice(0, 200)),
        loaders: [...document.querySelectorAll('img, svg, iframe, object, embed, base, b b, main link')]
            .map(one => one.outerHTML.slice(0, 200)),
        links: [...document.links].filter(one => !/^(https?|mailto|file):$/.test(one.protocol)).map(one => one.outerHTML),
    };"#;

/// An issue with markup in every field.
pub(super) fn issue(price_note: &str) -> String {
    // A JSON string is also a TOML string.
    let text = |text: &str| Value::from(text).to_string();
    let (evil, short, address, prose) = (text(EVIL), text(SHORT), text(ADDRESS), text(PROSE));
    let tool = |letter: &str| {
        let name = text(&format!("{letter}{SHORT}"));
        let note = text(price_note);
        format!(
            "[[tools]]\nname = {name}\nmaker = {short}\ncategory = {short}\ntagline = {evil}\nprice = \"free\"\n\
             price_note = {note}\nurl = {address}\ndescription = {prose}\n\
             [[tools.facts]]\ntext = {evil}\nsource = {address}\n\
             [[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = {evil}\n"
        )
    };
    format!(
        "title = {evil}\nquestion = {evil}\nintro = {prose}\nsubject = {evil}\npreheader = {evil}\n\
         status = \"ready\"\n{}{}",
        tool("A"),
        tool("B")
    )
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// Every page and mail that shows input.
async fn pages(app: &TestApp) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    let comparison = http::get(&format!("{}/issues/{SLUG}", app.site)).await.body;
    let tool = comparison
        .split("href=\"/tools/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let evil = encoded(EVIL);
    let vote = app.link(ADA, "/v/");
    let ask = app.unsubscribe_link(ADA).replace("/u/", "/settings/");
    http::post(&ask, "").await;
    app.deliver_outbox().await;
    let settings = app.link(ADA, "/reader/");
    let site = &app.site;
    for url in [
        format!("{site}/"),
        format!("{site}/issues"),
        format!("{site}/issues?q={evil}&category={evil}&page={evil}"),
        format!("{site}/issues?q=owned&category={}", encoded(SHORT)),
        format!("{site}/issues/{SLUG}"),
        format!("{site}/tools/{tool}"),
        format!("{site}/nothing/{evil}"),
        vote.clone(),
        settings.clone(),
    ] {
        pages.push((url.clone(), http::get(&url).await.body));
    }
    let subscribe = format!("{site}/subscribe");
    for (url, form) in [
        (&vote, "verdict=ship".to_owned()),
        (&settings, format!("name={evil}&time_zone=UTC")),
        (&settings, format!("name={evil}&time_zone={evil}")),
        (
            &settings,
            format!("name={evil}%0A&frequency={evil}&pause={evil}"),
        ),
        (&format!("{settings}/address"), format!("email={evil}")),
        (
            &subscribe,
            format!("email={evil}&name={evil}&time_zone={evil}&form={evil}&stamp={evil}"),
        ),
        (
            &subscribe,
            format!("email=a@example.com&name={evil}&time_zone={evil}"),
        ),
        (
            &subscribe,
            format!("email=a@example.com&name={evil}&time_zone=UTC&form={evil}&stamp={evil}"),
        ),
    ] {
        pages.push((format!("{url} {form}"), http::post(url, &form).await.body));
    }
    let feed = http::get(&format!("{site}/feed.xml")).await.body;
    let feed = feed_rs::parser::parse(feed.as_bytes()).unwrap();
    let content = feed.entries[0]
        .content
        .as_ref()
        .unwrap()
        .body
        .clone()
        .unwrap();
    pages.push(("the feed".to_owned(), content));
    for mail in app.catcher.mails() {
        let message = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        // The raw source, since a library's output may be repaired.
        if let Some(html) = message
            .html_bodies()
            .next()
            .and_then(|part| part.text_contents())
        {
            pages.push((
                message.subject().unwrap_or_default().to_owned(),
                html.to_owned(),
            ));
        }
    }
    pages
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outside_input_is_text_everywhere() {
    let app = TestApp::on(Db::Sqlite).await;
    app.named_reader(ADA, Some(EVIL)).await;
    app.issue_file(SLUG, &issue(EVIL)).send(SLUG).await;
    app.issue_file(SLUG, &issue(&format!("{EVIL}!")));
    assert!(edition::note_corrections(&app).await.unwrap() > 0);
    app.clock.advance(TimeDelta::days(1));
    // The next mail includes it.
    app.issue("next").send("next").await;

    let folder = TempDir::new().unwrap();
    let browser = Browser::start().await;
    let open = async |name: &str, html: &str| {
        let path = folder.path().join(name);
        fs::write(&path, html).unwrap();
        browser
            .goto(&format!("file://{}", path.display()))
            .await
            .unwrap();
        browser.script(SURVEY).await
    };
    let control = format!("<!DOCTYPE html><title>{EVIL}</title><p>{PROSE}");
    let caught = open("control.html", &control).await;
    assert_eq!(
        caught["owned"], 1,
        "a script that gets through runs: {caught:#}"
    );

    let pages = pages(&app).await;
    let mut shown = 0;
    for (number, (what, html)) in pages.iter().enumerate() {
        let seen = open(&format!("{number}.html"), html).await;
        assert_eq!(seen["owned"], Value::Null, "{what}: {seen:#}");
        for kind in ["scripts", "handlers", "loaders", "links"] {
            assert_eq!(
                seen[kind],
                Value::Array(Vec::new()),
                "{kind} in {what}: {html}"
            );
        }
        shown += usize::from(html.contains("owned=1"));
    }
    assert!(
        shown >= 16,
        "most of them show it: {shown} of {}",
        pages.len()
    );
    browser.quit().await;
}
