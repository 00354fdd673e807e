//! The pages as programs request them.

use subscribers::consent::{Consent, ConsentSource};
use verdict::store::consent_changes;

use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    get_and_head_change_nothing_however_often,
    one_click_takes_both_form_encodings_and_any_number_of_clicks,
    many_leave_at_once_each_of_them_once,
    multipart_alone_is_enough,
    a_link_with_a_slash_behind_it_is_as_good,
    the_page_shows_why_and_which_edition_led_to_it,
    a_link_that_was_tampered_with_does_nothing,
    sent_issues_can_be_read_and_others_cannot
);

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// An instance that has sent one edition to one reader, and the link in her mail.
async fn sent(db: Db) -> (TestApp, String) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader(ADA).await;
    app.send(SLUG).await;
    let link = app.unsubscribe_link(ADA);
    (app, link)
}

async fn changes(app: &TestApp) -> Vec<consent_changes::ConsentChange> {
    let ada = find_subscriber(&app.store, ADA).await.unwrap();
    consent_changes::of(&app.store, ada.id).await.unwrap()
}

fn is_one_click_answer(answer: &Answer) {
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("location"), None);
    assert_eq!(answer.header("set-cookie"), None);
}

async fn get_and_head_change_nothing_however_often(db: Db) {
    let (app, link) = sent(db).await;
    for _ in 0..5 {
        let answer = http::get(&link).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("a…@example.com") && !answer.body.contains(ADA));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(http::head(&link).await.status, 200);
    }
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
}

async fn one_click_takes_both_form_encodings_and_any_number_of_clicks(db: Db) {
    let (app, link) = sent(db).await;
    is_one_click_answer(&http::post(&link, "List-Unsubscribe=One-Click").await);
    let fields = [("List-Unsubscribe", "One-Click")];
    is_one_click_answer(&http::post_multipart(&link, &fields).await);
    is_one_click_answer(&http::post(&link, "List-Unsubscribe=One-Click").await);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    let changes = changes(&app).await;
    let last = changes.last().unwrap();
    assert_eq!(
        (last.source, last.edition.as_deref()),
        (ConsentSource::OneClick, Some(SLUG))
    );
    assert_eq!(changes.len(), 2, "she joined and left, once each");
}

async fn many_leave_at_once_each_of_them_once(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("tea-vs-coffee")
        .readers(60)
        .await
        .send("tea-vs-coffee")
        .await;
    let links: Vec<String> = (1..=60)
        .map(|number| app.unsubscribe_link(&format!("reader-{number}@example.com")))
        .collect();
    let clicks = links
        .iter()
        .cycle()
        .take(180)
        .map(|link| http::post(link, "List-Unsubscribe=One-Click"));
    for answer in futures_util::future::join_all(clicks).await {
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "You’re unsubscribed.\n")
        );
    }
    for number in 1..=60 {
        let email = format!("reader-{number}@example.com");
        let reader = find_subscriber(&app.store, &email).await.unwrap();
        assert_eq!(reader.consent, Consent::Unsubscribed, "{email}");
        let history = consent_changes::of(&app.store, reader.id).await.unwrap();
        assert_eq!(history.len(), 2, "{history:?}");
        assert_eq!(history[1].source, ConsentSource::OneClick);
        assert_eq!(history[1].edition.as_deref(), Some("tea-vs-coffee"));
    }
}

async fn a_link_with_a_slash_behind_it_is_as_good(db: Db) {
    let (app, link) = sent(db).await;
    let vote = app.link(ADA, "/v/");
    for link in [&link, &vote, &link.replace("/u/", "/settings/")] {
        let page = http::get(&format!("{link}/")).await;
        assert_eq!(page.status, 200, "{link}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{link}");
    }
    is_one_click_answer(&http::post(&format!("{link}/"), "List-Unsubscribe=One-Click").await);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn multipart_alone_is_enough(db: Db) {
    let (app, link) = sent(db).await;
    let fields = [("List-Unsubscribe", "One-Click")];
    is_one_click_answer(&http::post_multipart(&link, &fields).await);
    assert_eq!(
        changes(&app).await.last().unwrap().source,
        ConsentSource::OneClick
    );
}

async fn the_page_shows_why_and_which_edition_led_to_it(db: Db) {
    let (app, link) = sent(db).await;
    let answer = http::post(&link, "reason=Too+much+%3Cb%3Email").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("unsubscribed"), "{}", answer.body);
    let changes = changes(&app).await;
    let last = changes.last().unwrap();
    assert_eq!(last.consent, Consent::Unsubscribed);
    assert_eq!(
        (last.source, last.edition.as_deref()),
        (ConsentSource::Page, Some(SLUG))
    );
    assert_eq!(last.reason.as_deref(), Some("Too much <b>mail"));

    app.issue("pen-vs-pencil").reader("ben@example.com").await;
    app.send("pen-vs-pencil").await;
    assert_eq!(
        app.catcher.for_recipient(ADA).len(),
        1,
        "nothing comes after leaving"
    );
}

async fn a_link_that_was_tampered_with_does_nothing(db: Db) {
    let (app, link) = sent(db).await;
    let at = link.len() - 3;
    let other = if &link[at..=at] == "A" { "B" } else { "A" };
    let forged = format!("{}{other}{}", &link[..at], &link[at + 1..]);
    for url in [
        forged,
        format!("{}/u/x", app.site),
        format!("{}/u/%00", app.site),
    ] {
        assert_eq!(http::get(&url).await.status, 404, "{url}");
        assert_eq!(
            http::post(&url, "List-Unsubscribe=One-Click").await.status,
            404,
            "{url}"
        );
    }
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
}

async fn sent_issues_can_be_read_and_others_cannot(db: Db) {
    let (app, _) = sent(db).await;
    app.issue("not-yet-sent");
    let page = http::get(&format!("{}/issues/{SLUG}", app.site)).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Alpha of tea-vs-coffee: ship it."),
        "{}",
        page.body
    );
    let archive = http::get(&format!("{}/", app.site)).await;
    assert!(archive.body.contains("/issues/tea-vs-coffee"));
    assert!(!archive.body.contains("not-yet-sent"));
    assert_eq!(
        http::get(&format!("{}/issues/not-yet-sent", app.site))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn every_page_has_a_strict_policy() {
    let (app, link) = sent(Db::Sqlite).await;
    let pages = [
        format!("{}/", app.site),
        format!("{}/issues/{SLUG}", app.site),
        link,
        format!("{}/nothing/here", app.site),
    ];
    for url in pages {
        let answer = http::get(&url).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{url}"
        );
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{url}"
        );
        let data = "<script type=\"application/ld+json\">";
        let ours = "<script src=\"/script.js\" defer>";
        let body = answer.body.replacen(data, "", 1).replacen(ours, "", 1);
        assert!(
            !body.contains("<script") && !body.contains(" style="),
            "{url}"
        );
    }
}

#[tokio::test]
async fn the_process_answers_health_checks() {
    let app = TestApp::on(Db::Sqlite).await;
    assert_eq!(
        http::get(&format!("{}/healthz", app.site)).await.status,
        200
    );
    assert_eq!(http::get(&format!("{}/readyz", app.site)).await.status, 200);
    app.store.close().await;
    assert_eq!(
        http::get(&format!("{}/healthz", app.site)).await.status,
        200
    );
    assert_eq!(http::get(&format!("{}/readyz", app.site)).await.status, 503);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let (app, link) = sent(Db::Sqlite).await;
    let answer = http::post(&link, &format!("reason={}", "x".repeat(100_000))).await;
    assert_eq!(answer.status, 413);
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    let wrong = http::request("DELETE", &link, &[], "").await;
    assert_eq!(wrong.status, 405);
}

#[tokio::test]
async fn a_page_that_fails_shows_the_reader_only_a_number() {
    let (app, link) = sent(Db::Sqlite).await;
    app.store.close().await;
    let answer = http::get(&link).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.body.to_lowercase().contains("pool") && !answer.body.contains("sqlx"));
}
