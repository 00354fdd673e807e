//! Undo, earlier links and coming back: what an earlier page or an old link may still do after the reader has done
//! something else.

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::store::subscribers::{Frequency, Subscriber};

use crate::choosing::{action, settings_link};
use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, find_subscriber, on_both_stores};

on_both_stores!(
    leaving_again_ends_an_undo_that_a_stranger_could_use,
    an_earlier_page_takes_back_no_newer_choice,
    a_reader_who_comes_back_starts_afresh,
    a_reader_who_paused_and_signs_up_again_may_end_the_pause,
    a_link_to_a_former_address_shows_and_changes_nothing,
    a_reader_who_moves_away_and_back_may_use_every_link_of_that_mailbox,
    a_settings_link_has_few_strangers_mailed,
    changes_of_address_count_for_their_network,
    a_stranger_who_signs_an_address_up_uses_none_of_its_owners_links
);

const ADA: &str = "ada@example.com";
const NEW: &str = "ada@example.net";

/// An instance with a reader who got an issue.
async fn with_ada(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first").reader(ADA).await;
    app.send("first").await;
    app
}

async fn reader(app: &TestApp, email: &str) -> Subscriber {
    find_subscriber(&app.store, email).await.unwrap()
}

fn mails(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

/// Moves a reader, as the owner of both mailboxes does.
async fn move_to(app: &TestApp, from: &str, to: &str) {
    let link = settings_link(app, from).await;
    http::post(&format!("{link}/address"), &format!("email={to}")).await;
    app.deliver_outbox().await;
    let confirm = app.link(to, "/address/");
    let changed = http::post(&confirm, "").await;
    assert!(
        changed.body.contains("Your address has changed"),
        "{changed:?}"
    );
    app.deliver_outbox().await;
}

async fn leaving_again_ends_an_undo_that_a_stranger_could_use(db: Db) {
    for again in ["", "List-Unsubscribe=One-Click"] {
        let app = with_ada(db).await;
        let link = app.unsubscribe_link(ADA);
        let stranger = http::post(&link, "").await;
        let undo = action(&app, &stranger.body, "/undo/");
        assert_eq!(http::post(&link, again).await.status, 200);
        assert_eq!(http::post(&undo, "").await.status, 404, "{again}");
        assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    }
}

async fn an_earlier_page_takes_back_no_newer_choice(db: Db) {
    let app = with_ada(db).await;
    let settings = settings_link(&app, ADA).await;
    let link = app.unsubscribe_link(ADA);
    let paused = http::post(&link, "instead=pause-4").await;
    let undo = action(&app, &paused.body, "/undo/");
    http::post(&settings, "frequency=digest&pause=0").await;
    assert_eq!(http::post(&undo, "").await.status, 404);
    assert_eq!(reader(&app, ADA).await.frequency, Frequency::Digest);
}

async fn a_reader_who_comes_back_starts_afresh(db: Db) {
    let app = with_ada(db).await;
    let settings = settings_link(&app, ADA).await;
    let link = app.unsubscribe_link(ADA);
    http::post(
        &settings,
        "name=Old&time_zone=Europe/London&frequency=digest&pause=12",
    )
    .await;
    http::post(&link, "List-Unsubscribe=One-Click").await;
    sign_up(&app, ADA, "&name=New&time_zone=Asia/Tokyo").await;
    app.deliver_outbox().await;
    let confirm = app.link(ADA, "/confirm/");
    let page = http::post(&confirm, "").await;
    assert!(
        page.body
            .contains("paused your subscription or chosen the monthly digest, that has ended"),
        "{page:?}"
    );
    let ada = reader(&app, ADA).await;
    assert_eq!(
        (ada.consent, ada.frequency, ada.paused_until),
        (Consent::Confirmed, Frequency::Every, None)
    );
    assert_eq!(
        (ada.name.as_deref(), ada.time_zone.as_deref()),
        (Some("New"), Some("Asia/Tokyo"))
    );
    let before = mails(&app, ADA);
    app.issue("second").send("second").await;
    assert_eq!(mails(&app, ADA), before + 1);
    // Later choices stay if the link is pressed again.
    http::post(&app.unsubscribe_link(ADA), "instead=pause-4").await;
    assert_eq!(http::post(&confirm, "").await.status, 200);
    assert!(reader(&app, ADA).await.paused_until.is_some());
}

async fn a_reader_who_paused_and_signs_up_again_may_end_the_pause(db: Db) {
    let app = with_ada(db).await;
    http::post(&app.unsubscribe_link(ADA), "instead=pause-4").await;
    sign_up(&app, ADA, "&name=Stranger").await;
    app.deliver_outbox().await;
    assert!(
        reader(&app, ADA).await.paused_until.is_some(),
        "a stranger may have typed it"
    );
    let mail = app.catcher.for_recipient(ADA).pop().unwrap();
    let text = mail_parser::MessageParser::default()
        .parse(&mail.content)
        .unwrap();
    let text = text.body_text(0).unwrap().replace('\n', " ");
    assert!(
        text.contains("You paused your subscription until 21 December 2026"),
        "{text}"
    );
    http::post(&app.link(ADA, "/confirm/"), "").await;
    assert_eq!(reader(&app, ADA).await.paused_until, None);
    app.issue("second").send("second").await;
    assert_eq!(mails(&app, ADA), 3);
}

async fn a_link_to_a_former_address_shows_and_changes_nothing(db: Db) {
    let app = with_ada(db).await;
    let link = app.unsubscribe_link(ADA);
    let vote = app.link(ADA, "/v/");
    let before_the_move = http::post(&link, "").await;
    let undo = action(&app, &before_the_move.body, "/undo/");
    http::post(&undo, "").await;
    move_to(&app, ADA, NEW).await;

    let page = http::get(&link).await;
    assert!(
        page.status == 200 && !page.body.contains("example.net"),
        "{page:?}"
    );
    assert!(
        page.body.contains("This subscription has ended"),
        "{page:?}"
    );
    for body in [
        "List-Unsubscribe=One-Click",
        "",
        "instead=pause-12",
        "instead=digest",
    ] {
        let answer = http::post(&link, body).await;
        assert_eq!(answer.status, 200, "{body}");
        assert!(
            !answer.body.contains("example.net") && !answer.body.contains("/undo/"),
            "{answer:?}"
        );
        let says = if body.contains("One-Click") {
            "You’re unsubscribed"
        } else {
            "This subscription has ended"
        };
        assert!(answer.body.contains(says), "{body}: {answer:?}");
    }
    let settings = link.replace("/u/", "/settings/");
    assert_eq!(http::get(&settings).await.status, 404);
    assert_eq!(http::post(&settings, "").await.status, 404);
    assert_eq!(http::post(&vote, "verdict=ship").await.status, 404);
    let ada = reader(&app, NEW).await;
    assert_eq!(
        (ada.consent, ada.frequency, ada.paused_until),
        (Consent::Confirmed, Frequency::Every, None)
    );

    // The link in a mail to the new address belongs to the reader.
    app.issue("second").send("second").await;
    assert_eq!(
        mails(&app, ADA),
        3,
        "an issue, the settings, and word of the move"
    );
    http::post(&app.unsubscribe_link(NEW), "List-Unsubscribe=One-Click").await;
    assert_eq!(app.consent(NEW).await, Consent::Unsubscribed);
}

async fn a_reader_who_moves_away_and_back_may_use_every_link_of_that_mailbox(db: Db) {
    let app = with_ada(db).await;
    let first = app.unsubscribe_link(ADA);
    move_to(&app, ADA, NEW).await;
    app.issue("second").send("second").await;
    let elsewhere = app.unsubscribe_link(NEW);
    app.clock.advance(TimeDelta::days(1));
    move_to(&app, NEW, ADA).await;
    http::post(&elsewhere, "List-Unsubscribe=One-Click").await;
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    http::post(&first, "List-Unsubscribe=One-Click").await;
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn a_settings_link_has_few_strangers_mailed(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.alarm = 3;
        config.alerts.to =
            vec![subscribers::address::Address::parse("editor@example.org").unwrap()];
    })
    .await;
    app.issue("first").reader(ADA).await;
    app.send("first").await;
    let link = format!("{}/address", settings_link(&app, ADA).await);
    for number in 1..=3 {
        assert_eq!(
            http::post(&link, &format!("email=s{number}@example.net"))
                .await
                .status,
            200
        );
    }
    app.deliver_outbox().await;
    assert_eq!(
        app.catcher.for_recipient("editor@example.org").len(),
        1,
        "counted into the alarm"
    );
    let more = http::post(&link, "email=s4@example.net").await;
    assert!(
        more.status == 429 && more.body.contains("three addresses a day"),
        "{more:?}"
    );
    app.deliver_outbox().await;
    let reached = (1..=4).filter(|number| mails(&app, &format!("s{number}@example.net")) > 0);
    assert_eq!(reached.collect::<Vec<_>>(), [3], "one open move");
    app.clock.advance(TimeDelta::hours(16));
    for (number, at) in [(5, 5), (6, 6)] {
        http::post(&link, &format!("email=s{number}@example.net")).await;
        app.deliver_outbox().await;
        assert_eq!(
            mails(&app, &format!("s{at}@example.net")),
            1,
            "the next day"
        );
    }
    assert_eq!(
        http::get(&app.link("s5@example.net", "/address/"))
            .await
            .status,
        404,
        "one open move"
    );
    assert_eq!(
        http::get(&app.link("s6@example.net", "/address/"))
            .await
            .status,
        200
    );
}

async fn changes_of_address_count_for_their_network(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.per_network = 2;
    })
    .await;
    app.issue("first").reader(ADA).await;
    app.send("first").await;
    let link = format!("{}/address", settings_link(&app, ADA).await);
    sign_up(&app, "ben@example.com", "").await;
    assert_eq!(http::post(&link, "email=s1@example.net").await.status, 200);
    assert_eq!(http::post(&link, "email=s2@example.net").await.status, 429);
}

async fn a_stranger_who_signs_an_address_up_uses_none_of_its_owners_links(db: Db) {
    let app = with_ada(db).await;
    for _ in 0..4 {
        sign_up(&app, ADA, "").await;
    }
    app.deliver_outbox().await;
    assert_eq!(mails(&app, ADA), 1 + 3);
    let settings = settings_link(&app, ADA).await;
    let erase = http::post(&format!("{settings}/erase"), "").await;
    assert!(erase.body.contains("We sent a link to"), "{erase:?}");
    app.deliver_outbox().await;
    assert_eq!(http::get(&app.link(ADA, "/erase/")).await.status, 200);
    let ask = app.unsubscribe_link(ADA).replace("/u/", "/settings/");
    for _ in 0..2 {
        assert_eq!(http::post(&ask, "").await.status, 200);
    }
    let enough = http::post(&ask, "").await;
    assert!(
        enough.status == 429 && enough.body.contains("We sent three links"),
        "{enough:?}"
    );
    assert!(!enough.body.contains(ADA));
}
