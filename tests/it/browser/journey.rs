//! A reader's complete journey: join, confirm, vote, choose, leave, come back. By keyboard alone, with scripts and
//! without, on a narrow screen and a wide one, in English and in Arabic.

use chrono::TimeDelta;
use fantoccini::key::Key;
use subscribers::consent::Consent;

use super::driver::{Browser, Scheme};
use crate::child::until;
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber};
use templates::locale::Locale;
use verdict::catcher::Behaviour;
use verdict::store::subscribers::Frequency;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";
/// A browser refuses it in a field of type `email`.
const MARKS: &str = "हिन्दी@example.com";

/// Presses Tab until the element has the focus.
async fn tab_to(browser: &Browser, css: &str) {
    let wanted = browser.the(css).await;
    for _ in 0..60 {
        browser.press(Key::Tab).await;
        let focused = browser.active_element().await.unwrap();
        if focused.element_id() == wanted.element_id() {
            return;
        }
    }
    panic!("Tab never leads to {css}");
}

/// Types into the focused field.
async fn type_in(browser: &Browser, text: &str) {
    let field = browser.active_element().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// Presses the button by keyboard.
async fn push(browser: &Browser, css: &str) {
    tab_to(browser, css).await;
    browser.press(Key::Enter).await;
}

async fn walk(browser: Browser, scripts: bool, width: u32, language: &str) {
    let speak = |config: &mut verdict::config::Config| {
        config.newsletter.locale = Locale::new(language, &[]).0;
    };
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), speak).await;
    let email = match language {
        "ar" => MARKS,
        _ => ADA,
    };
    let said = |id: &'static str| app.config.newsletter.locale.text(id, &[]);
    app.issue("earlier").reader("ben@example.com").await;
    app.send("earlier").await;
    browser.show_as(width, Scheme::Light).await;

    // Join, from the box on the home page, with one submit.
    browser.goto(&app.site).await.unwrap();
    tab_to(&browser, ".sign-up input[name=email]").await;
    type_in(&browser, email).await;
    if scripts {
        // The script fetches a stamp, and puts it in when it is old enough.
        until("the form has a stamp", || async {
            let stamp = browser.the("input[name=stamp]").await;
            stamp.prop("value").await.unwrap() != Some(String::new())
        })
        .await;
        app.clock.advance(TimeDelta::seconds(3));
    }
    browser.press(Key::Enter).await;
    browser.shows("h1", &said("check-inbox")).await;
    app.deliver_outbox().await;

    // Confirm, and be welcomed.
    browser.goto(&app.link(email, "/confirm/")).await.unwrap();
    push(&browser, "main button").await;
    browser.shows("h1", &said("confirmed")).await;
    assert_eq!(app.consent(email).await, Consent::Confirmed);
    browser.refresh().await.unwrap();
    browser.shows("h1", &said("confirmed")).await;
    tab_to(&browser, "h2 a").await;
    browser.press(Key::Enter).await;
    browser.shows("h1", "Alpha of earlier").await;
    app.deliver_outbox().await;
    let welcome = app.link(email, "/issues/");
    assert!(welcome.ends_with("/issues/earlier"), "{welcome}");

    // Vote, from the mail.
    app.issue(SLUG).send(SLUG).await;
    browser.goto(&app.link(email, "/v/")).await.unwrap();
    browser.shows("h1", "Alpha of tea-vs-coffee").await;
    browser.the("main h1 ~ form button[value=ship]").await;
    push(&browser, "main button").await;
    // A vote's page offers the other verdict, and a vote on the other tool.
    browser.the("main h1 ~ form button[value=skip]").await;
    push(&browser, "main button").await;
    browser.the("main h1 ~ form button[value=ship]").await;
    browser.the("main section form button[value=ship]").await;
    let tally = verdict::store::votes::tally(&app.store, SLUG)
        .await
        .unwrap();
    let votes: Vec<(u64, u64)> = tally.values().map(|one| (one.ship, one.skip)).collect();
    assert_eq!(votes, [(0, 1)], "the keyboard changed the vote");

    // Settings, by a link to the reader's own address.
    let settings = app.unsubscribe_link(email).replace("/u/", "/settings/");
    browser.goto(&settings).await.unwrap();
    push(&browser, "main button").await;
    browser.shows("h1", &said("check-inbox")).await;
    app.deliver_outbox().await;
    browser.goto(&app.link(email, "/reader/")).await.unwrap();
    let zone = browser.the("#time-zone").await.prop("value").await.unwrap();
    assert_eq!(
        zone.is_some_and(|zone| !zone.is_empty()),
        scripts,
        "a script chooses the zone"
    );
    tab_to(&browser, "#name").await;
    type_in(&browser, "Ada").await;
    tab_to(&browser, "input[value=every]").await;
    browser.press(Key::Down).await;
    push(&browser, "main form button").await;
    browser
        .shows("[role=status]", &said("settings-saved"))
        .await;
    let reader = || async { find_subscriber(&app.store, email).await.unwrap() };
    assert_eq!(reader().await.frequency, Frequency::Digest);
    assert_eq!(reader().await.name.as_deref(), Some("Ada"));

    // A wrong new address is shown where it can be corrected, without scrolling.
    tab_to(&browser, "#email").await;
    type_in(&browser, "ada@example").await;
    push(&browser, "main section form button").await;
    browser.the("#email-wrong").await;
    let field = browser.active_element().await.unwrap();
    let typed = field.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("ada@example"));
    let refused = browser.complaints().await;
    let is_refusal = |one: &serde_json::Value| one.to_string().contains("422");
    assert!(refused.iter().all(is_refusal), "{refused:?}");

    // Leave, and take it back.
    let before = app.catcher.for_recipient(email);
    assert_eq!(before.len(), 4, "confirmation, welcome, issue, link");
    let leave = browser
        .the("main a[href^='/u/']")
        .await
        .attr("href")
        .await
        .unwrap()
        .unwrap();
    browser.goto(&format!("{}{leave}", app.site)).await.unwrap();
    push(&browser, "main form button").await;
    browser.shows("h1", &said("unsubscribed")).await;
    assert_eq!(app.consent(email).await, Consent::Unsubscribed);
    push(&browser, "main button").await;
    browser.shows("h1", &said("undone")).await;
    assert_eq!(app.consent(email).await, Consent::Confirmed);
    assert_eq!(browser.complaints().await, Vec::<serde_json::Value>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_on_a_narrow_screen() {
    walk(Browser::start().await, true, 360, "en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_on_a_wide_screen() {
    walk(Browser::start().await, true, 1280, "en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_without_scripts_on_a_narrow_screen() {
    walk(Browser::without_scripts().await, false, 360, "en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_without_scripts_on_a_wide_screen() {
    walk(Browser::without_scripts().await, false, 1280, "en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_in_arabic() {
    walk(Browser::start().await, true, 360, "ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_keyboard_in_arabic_without_scripts() {
    walk(Browser::without_scripts().await, false, 1280, "ar").await;
}
