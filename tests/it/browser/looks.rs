//! Every page and the mail on narrow and wide screens, light and dark.

use std::collections::BTreeSet;

use fantoccini::key::Key;
use serde_json::Value;
use tempfile::TempDir;

use super::driver::{Browser, Scheme};
use crate::demo::Demo;
use crate::http;
use crate::limits::{ISSUES, sent};

const BOTH: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

/// What a page reports about itself: its width, overflowing elements, headlines, links without a name, the colour of
/// its paper, and what it loaded.
const SURVEY: &str = r"
    const root = document.documentElement;
    const shown = element => element.getClientRects().length > 0;
    return {
        window: innerWidth,
        room: root.clientWidth,
        width: root.scrollWidth,
        wide: [...document.body.querySelectorAll('*')].filter(shown)
            .filter(element => element.getBoundingClientRect().right > root.clientWidth + 1)
            .map(element => element.outerHTML.slice(0, 120)),
        headlines: document.querySelectorAll('h1').length,
        nameless: [...document.links].filter(link => !link.textContent.trim())
            .map(link => link.outerHTML),
        paper: getComputedStyle(document.body).backgroundColor,
        images: document.images.length,
        loaded: performance.getEntriesByType('resource').map(entry => entry.name),
    };";

/// The focused element, and how its focus shows.
const FOCUS: &str = r"
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        at: [...document.querySelectorAll('*')].indexOf(element),
        html: element.outerHTML.slice(0, 120),
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        inside: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight,
    };";

/// The address of one sent mail's unsubscribe page.
async fn unsubscribe_page(demo: &Demo) -> String {
    let text = http::get(&format!("{}/1/text", demo.inbox)).await.body;
    let path = text.split("/u/").nth(1).expect("a link to leave by");
    let token: String = path
        .chars()
        .take_while(|&c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '.')
        .collect();
    format!("{}u/{token}", demo.site)
}

/// The address of the comparison that was sent.
async fn comparison_page(demo: &Demo) -> String {
    let archive = http::get(&demo.site).await.body;
    let path = archive
        .split("href=\"/issues/")
        .nth(1)
        .expect("something was sent");
    format!("{}issues/{}", demo.site, path.split('"').next().unwrap())
}

/// Checks the open page in one width and scheme; returns the colour of its paper.
pub(super) async fn survey(browser: &Browser, what: &str, width: u32, scheme: Scheme) -> Value {
    browser.show_as(width, scheme).await;
    let seen = browser.script(SURVEY).await;
    let place = format!("{what} at {width} px, {scheme:?}: {seen:#}");
    assert_eq!(seen["window"], width, "{place}");
    assert_eq!(seen["width"], seen["room"], "it scrolls sideways: {place}");
    assert_eq!(
        seen["wide"],
        Value::Array(Vec::new()),
        "something sticks out: {place}"
    );
    assert_eq!(seen["headlines"], 1, "{place}");
    assert_eq!(seen["nameless"], Value::Array(Vec::new()), "{place}");
    seen
}

/// How many stops Tab makes: radio buttons of one name are one stop.
const CONTROLS: &str = "
    const all = [...document.querySelectorAll(`a, button, select, input:not([type=hidden], [tabindex='-1'])`)];
    const radios = all.filter(one => one.type === 'radio');
    return all.length - radios.length + new Set(radios.map(one => one.name)).size;
";

/// Walks through the page by Tab: every link and control is reached, on screen and with an outline.
async fn focus_can_be_seen(browser: &Browser, what: &str) {
    let controls = browser.script(CONTROLS).await;
    let mut reached = BTreeSet::new();
    for _ in 0..controls.as_u64().unwrap() {
        browser.press(Key::Tab).await;
        let focus = browser.script(FOCUS).await;
        assert!(
            focus["outline"].as_f64() >= Some(2.0),
            "no outline in {what}: {focus:#}"
        );
        assert_eq!(
            focus["inside"], true,
            "the focus is off screen in {what}: {focus:#}"
        );
        reached.insert(focus["at"].as_u64());
    }
    assert_eq!(
        Some(reached.len() as u64),
        controls.as_u64(),
        "not all are reached in {what}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_fit_any_screen_and_complain_about_nothing() {
    let tmp = TempDir::new().unwrap();
    let demo = Demo::start(&tmp).await;
    let browser = Browser::start().await;
    let pages = [
        demo.site.clone(),
        comparison_page(&demo).await,
        unsubscribe_page(&demo).await,
        demo.inbox.clone(),
        format!("{}/1", demo.inbox),
        format!("{}/1/text", demo.inbox),
        format!("{}/1/source", demo.inbox),
    ];
    for page in &pages {
        for width in [360, 1280] {
            let mut papers = Vec::new();
            for scheme in BOTH {
                browser.show_as(width, scheme).await;
                browser.goto(page).await.unwrap();
                papers.push(survey(&browser, page, width, scheme).await["paper"].clone());
            }
            assert_ne!(papers[0], papers[1], "light and dark differ in {page}");
        }
        assert_eq!(browser.complaints().await, Vec::<Value>::new(), "{page}");
    }
    browser.quit().await;
}

/// Whether every line of the table has its three cells side by side, none wider than the screen.
const ALIGNED: &str = "
    const lines = [...document.querySelectorAll('.side-by-side tr')];
    return lines.length >= 5 && lines.every(line => line.cells.length === 3
        && new Set([...line.cells].map(cell => cell.getBoundingClientRect().top)).size === 1);";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_verdict_is_on_a_phones_first_screen_and_the_table_keeps_its_columns() {
    let tmp = TempDir::new().unwrap();
    let demo = Demo::start(&tmp).await;
    let browser = Browser::start().await;
    let page = comparison_page(&demo).await;
    browser.show_as(360, Scheme::Light).await;
    browser.goto(&page).await.unwrap();
    let strip = "return document.querySelector('.strip').getBoundingClientRect().bottom;";
    let bottom = browser.script(strip).await;
    assert!(bottom.as_f64() <= Some(640.0), "{bottom}");
    for width in [320, 360, 1280] {
        survey(&browser, &page, width, Scheme::Light).await;
        assert_eq!(browser.script(ALIGNED).await, true, "{width} px");
    }
    browser.quit().await;
}

/// Whether the page starts at the right: the name before the links, a row's label before the figures, the tick before
/// the result.
const MIRRORED: &str = "
    const right = css => document.querySelector(css).getBoundingClientRect().right;
    return right('.nameplate a') > right('.masthead nav')
        && right('.side-by-side th[scope=row]') > right('.side-by-side td.wins')
        && right('.strip .tick') > innerWidth / 2;";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_in_other_scripts_fit_a_phone_and_arabic_starts_at_the_right() {
    let browser = Browser::start().await;
    let [(_, english), (_, japanese)] = ISSUES;
    for (language, issue) in [("ar", english), ("ja", japanese)] {
        let app = sent(language, issue).await;
        for path in ["/", "/issues", "/nothing", "/subscribe", "/issues/limits"] {
            let page = format!("{}{path}", app.site);
            browser.show_as(360, Scheme::Light).await;
            browser.goto(&page).await.unwrap();
            survey(&browser, &page, 360, Scheme::Light).await;
        }
        let mirrored = browser.script(MIRRORED).await;
        assert_eq!(mirrored, language == "ar", "{language}");
        let tool = "return document.querySelector('.tool h2 a').href;";
        let tool = browser.script(tool).await;
        browser.goto(tool.as_str().unwrap()).await.unwrap();
        survey(&browser, "a tool", 360, Scheme::Light).await;
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_focus_can_be_seen_wherever_it_is() {
    let tmp = TempDir::new().unwrap();
    let demo = Demo::start(&tmp).await;
    let browser = Browser::start().await;
    let pages = [
        demo.site.clone(),
        comparison_page(&demo).await,
        unsubscribe_page(&demo).await,
        demo.inbox.clone(),
    ];
    for page in &pages {
        browser.show_as(360, Scheme::Light).await;
        browser.goto(page).await.unwrap();
        focus_can_be_seen(&browser, page).await;
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mail_fits_any_screen_and_loads_nothing() {
    let tmp = TempDir::new().unwrap();
    let demo = Demo::start(&tmp).await;
    let browser = Browser::start().await;
    let mail = format!("{}/1/html", demo.inbox);
    for width in [320, 600, 900] {
        let mut papers = Vec::new();
        for scheme in BOTH {
            browser.show_as(width, scheme).await;
            browser.goto(&mail).await.unwrap();
            let seen = survey(&browser, "the mail", width, scheme).await;
            assert_eq!(seen["images"], 0, "{seen:#}");
            assert_eq!(seen["loaded"], Value::Array(Vec::new()), "{seen:#}");
            papers.push(seen["paper"].clone());
        }
        assert_ne!(papers[0], papers[1], "light and dark differ");
    }
    assert_eq!(browser.complaints().await, Vec::<Value>::new());
    browser.quit().await;
}
