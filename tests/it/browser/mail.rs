//! The mail in a browser: what is on the first screen, what stands beside what, and what is left without its styles.

use serde_json::Value;
use tempfile::TempDir;

use super::driver::{Browser, Scheme};
use super::looks::survey;
use crate::limits::{ISSUES, sent};

/// The end of the verdict strip, and the places of the first two quotes of a role.
const PLACES: &str = r#"
    const box = element => element.getBoundingClientRect();
    const halves = document.querySelectorAll('.half');
    const heads = [...document.querySelectorAll('th[scope=row]')];
    return {
        strip: box(document.querySelector('.verdict')).bottom,
        beside: box(halves[0]).top === box(halves[1]).top,
        below: box(halves[1]).top >= box(halves[0]).bottom,
        columns: heads.every(head => {
            const [a, b] = [head.nextElementSibling, head.nextElementSibling.nextElementSibling];
            return box(a).top === box(b).top && box(a).right <= box(b).left + 1 && box(head).right <= box(a).left + 1;
        }),
        filler: document.querySelector('[style*=mso-hide]').getClientRects().length,
    };"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_verdict_is_on_the_first_screen_and_columns_follow_the_width() {
    let browser = Browser::start().await;
    let folder = TempDir::new().unwrap();
    for (language, issue) in ISSUES {
        let app = sent(language, issue).await;
        let content = app.catcher.mails().pop().unwrap().content;
        let message = mail_parser::MessageParser::default()
            .parse(&content)
            .unwrap();
        let html = message.body_html(0).unwrap().into_owned();
        let plain = without_styles(&html);
        for (what, html) in [("styled", &html), ("plain", &plain)] {
            let file = folder.path().join(format!("{language}-{what}.html"));
            std::fs::write(&file, html).unwrap();
            let page = format!("file://{}", file.display());
            for width in [320, 360, 600, 700] {
                browser.show_as(width, Scheme::Light).await;
                browser.goto(&page).await.unwrap();
                let name = format!("{language}, {what}");
                let seen = survey(&browser, &name, width, Scheme::Light).await;
                assert_eq!(seen["loaded"], Value::Array(Vec::new()), "{seen:#}");
                let places = browser.script(PLACES).await;
                let place = format!("{name} at {width} px: {places:#}");
                assert!(
                    width != 360 || places["strip"].as_f64() <= Some(640.0),
                    "{place}"
                );
                let side_by_side = width >= 600;
                assert_eq!(places["beside"], side_by_side, "{place}");
                assert_eq!(places["below"], !side_by_side, "{place}");
                assert_eq!(places["columns"], true, "{place}");
                assert_eq!(places["filler"], 0, "{place}");
            }
        }
        let page = format!("{}/issues/limits", app.site);
        for width in [360, 1280] {
            browser.show_as(width, Scheme::Light).await;
            browser.goto(&page).await.unwrap();
            survey(&browser, &page, width, Scheme::Light).await;
        }
    }
    browser.quit().await;
}

/// As Gmail shows it to readers of other mailboxes.
fn without_styles(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<style>") {
        kept.push_str(before);
        rest = after.split_once("</style>").unwrap().1;
    }
    kept + rest
}
