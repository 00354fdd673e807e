//! A page that was reached by a post can be reloaded, and its address opened; and the unsubscribe page knows how much
//! mail its reader gets.

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::catcher::{Behaviour, Step};

use super::{ADA, sign_up};
use crate::choosing::{action, settings_link};
use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    every_page_after_a_post_can_be_loaded_again,
    a_used_confirmation_offers_no_button_to_a_reader_whose_mailbox_bounced,
    an_undo_can_be_loaded_again_before_and_after,
    pausing_again_by_a_reload_keeps_the_first_undo,
    the_unsubscribe_page_knows_who_is_paused_or_gone,
    a_reader_can_leave_for_good_while_an_undo_is_open
);

async fn with_ada(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first").reader(ADA).await;
    app.send("first").await;
    app
}

/// A page with a headline, as a person expects it.
fn says(answer: &Answer, title: &str) {
    let found = answer.body.split_once("<h1>").map(|(_, rest)| rest);
    let found = found.and_then(|rest| rest.split_once("</h1>"));
    assert_eq!(found.map(|(title, _)| title), Some(title), "{answer:?}");
}

async fn every_page_after_a_post_can_be_loaded_again(db: Db) {
    let app = with_ada(db).await;
    let new = "new@example.com";
    // Joining.
    let subscribe = format!("{}/subscribe", app.site);
    let wrong = http::post(&subscribe, "email=nobody").await;
    assert_eq!(wrong.status, 422);
    says(
        &http::get(&subscribe).await,
        "Subscribe to Weekly AI Tool Verdicts",
    );
    sign_up(&app, new, "").await;
    app.deliver_outbox().await;
    let confirm = app.link(new, "/confirm/");
    says(&http::get(&confirm).await, "Confirm your subscription");
    for answer in [
        http::post(&confirm, "").await,
        http::post(&confirm, "").await,
        http::get(&confirm).await,
    ] {
        assert_eq!(answer.status, 200);
        says(&answer, "You’re in");
        assert!(answer.body.contains("href=\"/issues/first\""), "{answer:?}");
        assert!(answer.body.contains("Which of the two in first?"));
        assert!(answer.body.contains("Alpha of first wins"));
    }
    // Leaving.
    let link = app.unsubscribe_link(ADA);
    for answer in [
        http::post(&link, "").await,
        http::post(&link, "").await,
        http::get(&link).await,
    ] {
        assert_eq!(answer.status, 200);
        says(&answer, "You’re unsubscribed");
    }
    // Erasing.
    let settings = settings_link(&app, ADA).await;
    let erase = format!("{settings}/erase");
    http::post(&erase, "").await;
    for path in ["erase", "address"] {
        let again = http::get(&format!("{settings}/{path}")).await;
        assert_eq!(again.status, 303, "{path}");
        let to = again.header("location").unwrap();
        assert_eq!(format!("{}{to}", app.site), settings);
    }
    app.deliver_outbox().await;
    let erase = app.link(ADA, "/erase/");
    for answer in [
        http::post(&erase, "").await,
        http::post(&erase, "").await,
        http::get(&erase).await,
    ] {
        assert_eq!(answer.status, 200);
        says(&answer, "Everything has been erased");
    }
    let forged = http::get(&format!("{}/reader/%0A/erase", app.site)).await;
    assert_eq!(forged.status, 404);
}

async fn a_used_confirmation_offers_no_button_to_a_reader_whose_mailbox_bounced(db: Db) {
    let app = with_ada(db).await;
    let new = "new@example.com";
    sign_up(&app, new, "").await;
    app.deliver_outbox().await;
    let confirm = app.link(new, "/confirm/");
    http::post(&confirm, "").await;
    let no_such_user = Behaviour::new().at(Step::Rcpt).to(new);
    app.catcher
        .set(no_such_user.reply(550, "5.1.1 No such user"));
    app.issue("second").send("second").await;
    for answer in [http::get(&confirm).await, http::post(&confirm, "").await] {
        assert_eq!(answer.status, 404, "{answer:?}");
        assert!(!answer.body.contains("<button"), "{answer:?}");
        assert!(answer.body.contains("href=\"/subscribe\""), "{answer:?}");
    }
    assert_eq!(app.consent(new).await, Consent::Bounced);
}

async fn an_undo_can_be_loaded_again_before_and_after(db: Db) {
    let app = with_ada(db).await;
    let left = http::post(&app.unsubscribe_link(ADA), "").await;
    let undo = action(&app, &left.body, "/undo/");
    for _ in 0..3 {
        let asked = http::get(&undo).await;
        assert_eq!(asked.status, 200);
        says(&asked, "Undo your last change?");
        assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    }
    says(&http::post(&undo, "").await, "You’re back on the list");
    for again in [http::get(&undo).await, http::post(&undo, "").await] {
        says(&again, "You’re on the list");
        assert!(again.body.contains("nothing left to undo"), "{again:?}");
    }
    let left = http::post(&app.unsubscribe_link(ADA), "").await;
    let late = action(&app, &left.body, "/undo/");
    app.clock.advance(TimeDelta::hours(1));
    for again in [http::get(&late).await, http::post(&late, "").await] {
        says(&again, "You’re unsubscribed");
    }
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn pausing_again_by_a_reload_keeps_the_first_undo(db: Db) {
    for less in ["instead=pause-4", "instead=digest"] {
        let app = with_ada(db).await;
        let link = app.unsubscribe_link(ADA);
        let first = http::post(&link, less).await;
        app.clock.advance(TimeDelta::minutes(5));
        let again = http::post(&link, less).await;
        let title = match less {
            "instead=digest" => "You’ll get the monthly digest",
            _ => "Paused until <time datetime=\"2026-12-21\">21 December 2026</time>",
        };
        for page in [&first, &again] {
            says(page, title);
        }
        assert!(!again.body.contains("/undo/"), "{again:?}");
        let undo = action(&app, &first.body, "/undo/");
        says(&http::post(&undo, "").await, "You’re back on the list");
        app.issue("second").send("second").await;
        assert_eq!(app.catcher.for_recipient(ADA).len(), 2, "{less}");
    }
}

async fn the_unsubscribe_page_knows_who_is_paused_or_gone(db: Db) {
    let app = with_ada(db).await;
    let link = app.unsubscribe_link(ADA);
    let ask = "Unsubscribe from Weekly AI Tool Verdicts?";
    let page = http::get(&link).await;
    says(&page, ask);
    assert!(page.body.contains("value=\"digest\""));
    http::post(&link, "instead=digest").await;
    let page = http::get(&link).await;
    says(&page, ask);
    assert!(
        page.body.contains("We send the monthly digest to"),
        "{page:?}"
    );
    assert!(!page.body.contains("value=\"digest\""), "{page:?}");
    http::post(&link, "instead=pause-4").await;
    let page = http::get(&link).await;
    says(&page, ask);
    assert!(page.body.contains("You’ve paused it until"), "{page:?}");
    assert!(page.body.contains("21 December 2026"), "{page:?}");
    app.clock.advance(TimeDelta::weeks(4));
    let page = http::get(&link).await;
    assert!(!page.body.contains("paused"), "{page:?}");
    http::post(&link, "List-Unsubscribe=One-Click").await;
    let page = http::get(&link).await;
    says(&page, "You’re unsubscribed");
    assert!(page.body.contains("a…@example.com") && !page.body.contains(ADA));
    assert!(!page.body.contains("<button"), "{page:?}");
    assert!(page.body.contains("href=\"/subscribe\""));
}

/// A stranger with a forwarded mail left for the reader, and could bring them back.
async fn a_reader_can_leave_for_good_while_an_undo_is_open(db: Db) {
    let app = with_ada(db).await;
    let link = app.unsubscribe_link(ADA);
    let stranger = http::post(&link, "").await;
    let undo = action(&app, &stranger.body, "/undo/");
    let page = http::get(&link).await;
    says(&page, "You’re unsubscribed");
    let finally = action(&app, &page.body, "/u/");
    assert_eq!(http::post(&finally, "").await.status, 200);
    assert_eq!(http::post(&undo, "").await.status, 404);
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    assert!(!http::get(&link).await.body.contains("<button"));
}
