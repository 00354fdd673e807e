//! A newcomer's walk: one command, a mail, its page, leaving, and not getting the next one.

use std::collections::BTreeMap;

use fantoccini::Locator;
use tempfile::TempDir;

use super::driver::Browser;
use crate::child::is_empty;
use crate::demo::Demo;

/// How many mails each reader has in the open inbox.
async fn mails_by_reader(browser: &Browser) -> BTreeMap<String, usize> {
    let mut mails = BTreeMap::new();
    for line in browser
        .find_all(Locator::Css(".mails li span:first-child"))
        .await
        .unwrap()
    {
        *mails.entry(line.text().await.unwrap()).or_default() += 1;
    }
    mails
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_reads_a_mail_leaves_and_gets_no_other() {
    let tmp = TempDir::new().unwrap();
    let mut demo = Demo::start(&tmp).await;
    let browser = Browser::start().await;
    browser.goto(&demo.inbox).await.unwrap();
    let before = mails_by_reader(&browser).await;
    assert_eq!(before.len(), 24);
    assert!(before.values().all(|&mails| mails == 1), "{before:?}");

    // The mail in its frame.
    let reader = browser.text(".mails li span").await;
    browser.the(".mails a").await.click().await.unwrap();
    browser.shows(".envelope", &reader).await;
    let subject = browser.text("h1").await;
    browser.look_into("iframe.frame").await;
    let headline = browser.text("h1").await;
    assert!(headline.contains(" vs "), "{headline}");
    let letter = browser.text("body").await;
    assert!(
        letter.contains(&reader),
        "the foot names the reader: {letter}"
    );
    browser.leave_frame().await;

    // Its text and its source.
    browser.follow("Text").await;
    browser.shows(".letter-text", &reader).await;
    assert!(
        browser.text(".letter-text").await.contains("/u/"),
        "the text part can be left, too"
    );
    browser.follow("Source").await;
    browser
        .shows(
            ".letter-text",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        )
        .await;
    browser.follow("HTML").await;

    // The same comparison on the web.
    browser.look_into("iframe.frame").await;
    let inbox = browser.follow_to_new_window("Read on the web").await;
    browser.shows("h1", &headline).await;
    let page = browser.current_url().await.unwrap();
    assert!(
        page.as_str().starts_with(&format!("{}issues/", demo.site)),
        "{page}"
    );
    assert!(
        browser
            .text("main")
            .await
            .contains("Weekly AI Tool Verdicts")
    );
    browser.close_window(inbox).await;

    // Leaving.
    browser.look_into("iframe.frame").await;
    let inbox = browser.follow_to_new_window("Unsubscribe").await;
    let (first, domain) = (&reader[..1], reader.split('@').nth(1).unwrap());
    browser
        .shows(".address", &format!("{first}…@{domain}"))
        .await;
    let button = browser.the("form button").await;
    assert_eq!(
        button.text().await.unwrap(),
        "Unsubscribe",
        "it is the first one"
    );
    button.click().await.unwrap();
    browser.shows("h1", "You’re unsubscribed").await;
    browser.close_window(inbox).await;

    // The next issue.
    browser.follow("All emails").await;
    let button = browser.the("form.next button").await;
    assert!(button.text().await.unwrap().starts_with("Send “"));
    button.click().await.unwrap();
    browser.shows(".title", "47 emails").await;
    let after = mails_by_reader(&browser).await;
    assert_eq!(after[&reader], 1, "the reader who left gets nothing else");
    assert!(
        after
            .iter()
            .all(|(who, &mails)| mails == 2 || *who == reader),
        "{after:?}"
    );
    assert_ne!(browser.text(".mails .subject").await, subject);
    assert_eq!(browser.complaints().await, Vec::<serde_json::Value>::new());
    browser.quit().await;

    assert_eq!(demo.process.end_by("INT").await, Some(0));
    assert!(is_empty(tmp.path()), "the temporary instance is gone");
}
