//! The unsubscribe page, for readers without scripts or a mouse.

use fantoccini::Locator;
use fantoccini::key::Key;
use subscribers::consent::Consent;

use super::driver::Browser;
use crate::database::Db;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// An instance that has sent one edition to one reader, and the link in her mail.
async fn sent() -> (TestApp, String) {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).reader(ADA).await;
    app.send(SLUG).await;
    let link = app.unsubscribe_link(ADA);
    (app, link)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_needs_no_script() {
    let (app, link) = sent().await;
    let browser = Browser::without_scripts().await;
    let probe = "data:text/html,<noscript><p id=off>off</p></noscript>";
    browser.goto(probe).await.unwrap();
    browser
        .find(Locator::Id("off"))
        .await
        .expect("scripts are off");

    browser.goto(&link).await.unwrap();
    assert_eq!(
        app.consent(ADA).await,
        Consent::Confirmed,
        "looking changes nothing"
    );
    browser
        .the("input[name=reason]")
        .await
        .send_keys("Too much mail")
        .await
        .unwrap();
    browser.the("button").await.click().await.unwrap();
    browser.shows("h1", "You’re unsubscribed").await;
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    assert_eq!(browser.complaints().await, Vec::<serde_json::Value>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_needs_no_mouse() {
    let (app, link) = sent().await;
    let browser = Browser::start().await;
    browser.goto(&link).await.unwrap();
    let mut reached = false;
    for _ in 0..10 {
        browser.press(Key::Tab).await;
        if browser
            .active_element()
            .await
            .unwrap()
            .tag_name()
            .await
            .unwrap()
            == "button"
        {
            reached = true;
            break;
        }
    }
    assert!(reached, "Tab leads to the button");
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    browser.press(Key::Enter).await;
    browser.shows("h1", "You’re unsubscribed").await;
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    assert_eq!(browser.complaints().await, Vec::<serde_json::Value>::new());
    browser.quit().await;
}
