//! The sign-up form with its stamp: a good one takes one submit, and errors appear beside the field.

use chrono::TimeDelta;

use super::{ADA, filled_in, form_with, is_taken, post, sign_up, stamp_in};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores};

on_both_stores!(
    a_form_is_valid_for_one_sign_up,
    a_double_click_is_one_sign_up,
    a_form_that_was_refused_can_be_sent_again,
    forms_of_one_instant_do_not_exclude_each_other
);

#[tokio::test]
async fn a_stamp_that_is_not_good_leads_to_one_more_step() {
    let app = TestApp::on(Db::Sqlite).await;
    let form = form_with(&app, ADA, "&name=Ada&time_zone=Asia/Tokyo").await;
    app.clock.advance(TimeDelta::milliseconds(1_999));
    let quick = post(&app, &form).await;
    assert!(
        quick.body.contains("within two seconds, as programs do"),
        "{}",
        quick.body
    );
    app.clock.advance(TimeDelta::hours(2));
    let late = post(&app, &form).await;
    let forged = post(&app, &form.replacen("stamp=", "stamp=A", 1)).await;
    for answer in [&late, &forged] {
        assert!(
            answer.body.contains("This form has expired"),
            "{}",
            answer.body
        );
    }
    for answer in [&quick, &late, &forged] {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.body.contains("<h1>One more step</h1>"));
    }
    // The second step is the same form with a new stamp, and what was typed.
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
    let step = filled_in(&late);
    assert!(
        step.contains("email=ada%40example.com") && step.contains("time_zone=Asia%2FTokyo"),
        "{step}"
    );
    app.clock.advance(TimeDelta::seconds(3));
    assert!(is_taken(&post(&app, &step).await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1);
}

/// Browsers fetch it compressed, with the time zones of the world.
#[tokio::test]
async fn the_form_is_small_on_the_wire() {
    let app = TestApp::on(Db::Sqlite).await;
    let url = format!("{}/subscribe", app.site);
    let page = http::request("GET", &url, &[("Accept-Encoding", "gzip")], "").await;
    assert_eq!(page.header("content-encoding"), Some("gzip"));
    let (compressed, whole) = (page.bytes.len(), http::get(&url).await.bytes.len());
    assert!(compressed <= 12 * 1024, "{compressed} of {whole} bytes");
    assert!(whole <= 40 * 1024, "{whole}");
}

#[tokio::test]
async fn a_form_that_a_bot_filled_in_has_no_effect() {
    let app = TestApp::on(Db::Sqlite).await;
    let answer = sign_up(&app, ADA, "&website=https://example.com").await;
    assert!(is_taken(&answer), "{answer:?}");
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
}

#[tokio::test]
async fn errors_appear_beside_the_field() {
    let app = TestApp::tuned(Db::Sqlite, verdict::catcher::Behaviour::new(), |config| {
        config.join.role_accounts = false;
        config.join.refused_domains = std::sync::Arc::new(["example.net".to_owned()].into());
    })
    .await;
    for (email, more, printed) in [
        ("", "", "Enter your email address."),
        ("no+address", "", "the @ is missing"),
        ("ada+l@example.com", "", "it contains a space"),
        ("ada@localhost", "", "has no dot, as in “example.com”"),
        (
            "Ada+%3Cada@example.com%3E",
            "",
            "without a name or brackets",
        ),
        (
            "ada@example.com%0D%0ABcc:+eve@example.com",
            "",
            "That doesn’t look like an email address",
        ),
        ("Info@example.com", "", "Several people may read info@"),
        ("ada@EXAMPLE.net", "", "disposable addresses"),
        (
            ADA,
            "&time_zone=Europe/Berln",
            "We don’t know that time zone. Choose one from the list.",
        ),
        (
            ADA,
            "&name=Ada%0ABcc:+eve",
            "Your name must fit on one line.",
        ),
        (
            ADA,
            &format!("&name={}", "a".repeat(81)),
            "at most 80 characters",
        ),
    ] {
        let answer = sign_up(&app, email, more).await;
        assert_eq!(answer.status, 422, "{email}{more}");
        assert!(
            answer.body.contains(printed),
            "{email}{more}: {}",
            answer.body
        );
        assert!(
            answer.body.contains("aria-invalid=\"true\""),
            "{email}{more}"
        );
    }
    let answer = sign_up(&app, "%22%3E%3Cscript%3E@example.com", "&name=%3Cb%3E").await;
    assert!(
        !answer.body.contains("<script>") && !answer.body.contains("<b>"),
        "{}",
        answer.body
    );
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
}

/// One form can't sign up a thousand addresses.
async fn a_form_is_valid_for_one_sign_up(db: Db) {
    let app = TestApp::on(db).await;
    let form = form_with(&app, ADA, "").await;
    app.clock.advance(TimeDelta::seconds(3));
    assert!(is_taken(&post(&app, &form).await));
    for number in 0..5 {
        let other = form.replace("ada@", &format!("other-{number}@"));
        let answer = post(&app, &other).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(
            answer
                .body
                .contains("already used for another email address"),
            "{}",
            answer.body
        );
        assert!(
            answer
                .body
                .contains(&format!("value=\"other-{number}@example.com\"")),
            "what was typed is kept"
        );
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1);

    // A reader who went back and corrected the address presses once more.
    let answer = post(&app, &form.replace("ada@", "adam@")).await;
    let again = format!(
        "stamp={}&form=page-1&email=adam@example.com",
        stamp_in(&answer)
    );
    app.clock.advance(TimeDelta::seconds(3));
    assert!(is_taken(&post(&app, &again).await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.for_recipient("adam@example.com").len(), 1);

    // Hours later the stamp is too old, and nothing is kept of it.
    app.clock.advance(TimeDelta::hours(3));
    app.deliver_outbox().await;
    let answer = post(&app, &form).await;
    assert!(
        answer.body.contains("This form has expired"),
        "{}",
        answer.body
    );
}

async fn a_double_click_is_one_sign_up(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.per_network = 2;
    })
    .await;
    let form = form_with(&app, ADA, "").await;
    app.clock.advance(TimeDelta::seconds(3));
    let clicks = tokio::join!(post(&app, &form), post(&app, &form), post(&app, &form));
    for answer in [&clicks.0, &clicks.1, &clicks.2, &post(&app, &form).await] {
        assert!(is_taken(answer), "{answer:?}");
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1);
    assert!(
        is_taken(&sign_up(&app, "ben@example.com", "").await),
        "they counted as one"
    );
}

async fn a_form_that_was_refused_can_be_sent_again(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.per_network = 1;
    })
    .await;
    let form = form_with(&app, ADA, "").await;
    app.clock.advance(TimeDelta::seconds(3));
    for wrong in ["&time_zone=Nowhere", "&name=a%00b"] {
        assert_eq!(post(&app, &format!("{form}{wrong}")).await.status, 422);
    }
    assert_eq!(
        post(&app, &form.replace("example.com", "")).await.status,
        422
    );
    assert!(is_taken(&sign_up(&app, "ben@example.com", "").await));
    assert_eq!(post(&app, &form).await.status, 429);
    app.clock.advance(TimeDelta::hours(1));
    assert!(
        is_taken(&post(&app, &form).await),
        "it was refused for a while only"
    );
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 2);
}

/// Two forms fetched in the same millisecond are different.
async fn forms_of_one_instant_do_not_exclude_each_other(db: Db) {
    let app = TestApp::on(db).await;
    let forms = [
        form_with(&app, ADA, "").await,
        form_with(&app, "ben@example.com", "").await,
    ];
    app.clock.advance(TimeDelta::seconds(3));
    for form in &forms {
        assert!(is_taken(&post(&app, form).await), "{form}");
    }
}
