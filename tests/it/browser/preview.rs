//! `verdict preview` in a browser: a save changes the frames, and nothing that an issue holds runs.

use std::fs;

use fantoccini::Locator;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::axe;
use super::driver::{Browser, Scheme};
use super::injected::{EVIL, issue};
use crate::http;
use crate::preview::{Preview, instance, save};
use crate::test_app::sample_issue;

const SLUG: &str = "tea-vs-coffee";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_save_changes_what_the_frames_show() {
    let preview = Preview::start().await;
    let browser = Browser::start().await;
    browser.show_as(1280, Scheme::Light).await;
    let page = format!("{}/issues/{SLUG}", preview.site);
    browser.goto(&page).await.unwrap();
    browser.shows("#live", "Live").await;
    for frame in [".desktop iframe", ".phone iframe"] {
        browser
            .frame_shows(frame, "h1", "Alpha of tea-vs-coffee")
            .await;
    }
    preview.save(sample_issue(SLUG).replace("Alpha of", "Omega of"));
    for frame in [".desktop iframe", ".phone iframe"] {
        browser
            .frame_shows(frame, "h1", "Omega of tea-vs-coffee")
            .await;
    }
    browser.shows(".inbox .subject", "Omega of").await;
    preview.save(sample_issue(SLUG).replacen("maker", "makr", 1));
    browser
        .shows(".finding .message", "did you mean maker?")
        .await;
    browser.shows(".note", "last version without any").await;
    browser
        .frame_shows(".phone iframe", "h1", "Omega of tea-vs-coffee")
        .await;
    preview.save(sample_issue(SLUG));
    browser.shows(".fine", "No problems found").await;
    browser
        .frame_shows(".phone iframe", "h1", "Alpha of tea-vs-coffee")
        .await;
    let notes = browser.find_all(Locator::Css(".note")).await.unwrap();
    assert!(notes.is_empty());

    browser.follow("Dark").await;
    browser.look_into(".desktop iframe").await;
    browser.the("h1").await;
    let paper = browser.find(Locator::Css("body")).await.unwrap();
    let paper = paper.css_value("background-color").await.unwrap();
    assert_eq!(paper, "rgba(22, 21, 15, 1)");
    browser.leave_frame().await;
    assert_eq!(browser.complaints().await, Vec::<Value>::new());
    browser.quit().await;
}

/// What a successful injection leaves in a page.
const SURVEY: &str = r#"
    const all = [...document.querySelectorAll('*')];
    return {
        owned: window.owned ?? null,
        scripts: [...document.scripts].map(one => one.getAttribute('src')),
        handlers: all.filter(one => [...one.attributes].some(attribute => attribute.name.startsWith('on')))
            .map(one => one.outerHTML.slice(0, 200)),
        loaders: [...document.querySelectorAll('img, svg, object, embed, base, b b, iframe:not([sandbox])')]
            .map(one => one.outerHTML.slice(0, 200)),
        links: [...document.links].filter(one => !/^(https?|file):$/.test(one.protocol)).map(one => one.outerHTML),
    };"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_an_issue_holds_runs() {
    let dir = instance();
    save(dir.path(), "evil", issue(EVIL));
    // What is wrong quotes the file.
    let text = Value::from(EVIL).to_string();
    let wrong = format!(
        "{text} = {text}\nstatus = {text}\n[[tools]]\n{text} = 1\nname = {text}\nprice = {text}\n"
    );
    save(dir.path(), "wrong", wrong);
    save(dir.path(), "<img src=x onerror=owned=1>", issue(EVIL));
    let preview = Preview::of(dir, &[]).await;
    let browser = Browser::start().await;
    let folder = TempDir::new().unwrap();
    let name = "%3Cimg%20src%3Dx%20onerror%3Downed%3D1%3E";
    for path in [
        "/",
        "/issues/evil",
        "/issues/evil?view=text",
        "/issues/evil?view=all",
        "/issues/evil?name=%22%3E%3Cscript%3Eowned=1%3C/script%3E&language=%22%3E&zone=%22%3E&view=%22%3E",
        "/issues/wrong",
        &format!("/issues/{name}"),
    ] {
        // Opened as a file, where no policy stops a script.
        let page = http::get(&format!("{}{path}", preview.site)).await;
        assert_eq!(page.status, 200, "{path}");
        let file = folder.path().join("page.html");
        fs::write(&file, &page.body).unwrap();
        browser
            .goto(&format!("file://{}", file.display()))
            .await
            .unwrap();
        let seen = browser.script(SURVEY).await;
        let wanted = json!({ "owned": null, "scripts": ["/preview.js"], "handlers": [], "loaders": [], "links": [] });
        assert_eq!(seen, wanted, "{path}: {}", page.body);
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_pages_are_accessible_and_fit_a_phone() {
    const RUN: &str = "
        const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'], iframes: false }).then(
            found => done(found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))])),
            error => done([String(error)]));";
    let dir = instance();
    save(dir.path(), SLUG, sample_issue(SLUG));
    save(
        dir.path(),
        "wrong",
        sample_issue("wrong").replacen("maker", "makr", 1),
    );
    let preview = Preview::of(dir, &[]).await;
    let browser = Browser::start().await;
    let axe = axe::source();
    for path in [
        "/",
        "/issues/tea-vs-coffee",
        "/issues/tea-vs-coffee?view=all&dark=1",
        "/issues/wrong",
    ] {
        for (scheme, width) in [(Scheme::Light, 1280), (Scheme::Dark, 360)] {
            browser.show_as(width, scheme).await;
            browser
                .goto(&format!("{}{path}", preview.site))
                .await
                .unwrap();
            // The policy of the pages lets no other script in, but the driver's.
            browser.script(&axe).await;
            let found = browser.execute_async(RUN, Vec::new()).await.unwrap();
            assert_eq!(found, json!([]), "{path} at {width} px");
            let wide = browser
                .script("return document.documentElement.scrollWidth")
                .await;
            assert!(
                wide.as_u64() <= Some(u64::from(width)),
                "{path}: {wide} at {width} px"
            );
        }
    }
    browser.quit().await;
}
