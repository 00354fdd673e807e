//! One submit is enough, wherever the form stands; what looks suspicious gets one more step. A third party cannot have
//! many mails sent, whatever it pretends to be.

use chrono::TimeDelta;
use verdict::catcher::Behaviour;

use super::{ADA, filled_in, in_state, is_taken, post};
use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, on_both_stores};
use subscribers::consent::Change;

on_both_stores!(
    a_form_on_any_page_or_site_takes_one_submit,
    what_no_person_sent_gets_one_more_step,
    unusually_many_forms_without_a_stamp_get_one_more_step,
    a_double_click_without_a_stamp_is_one_sign_up,
    without_a_stamp_the_answer_reveals_nothing,
    strangers_in_a_thousand_networks_send_few_mails
);

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// What a browser says about a button that a person pressed on another site.
const PRESSED_ELSEWHERE: [(&str, &str); 5] = [
    FORM,
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-User", "?1"),
];

async fn post_with(app: &TestApp, headers: &[(&str, &str)], form: &str) -> Answer {
    http::request("POST", &format!("{}/subscribe", app.site), headers, form).await
}

/// A sign-up from an address of the internet, through our proxy.
async fn post_from(app: &TestApp, address: &str, form: &str) -> Answer {
    post_with(app, &[FORM, ("X-Forwarded-For", address)], form).await
}

/// An instance behind a proxy.
async fn behind_a_proxy(db: Db) -> TestApp {
    TestApp::tuned(db, Behaviour::new(), |config| {
        config.web.proxies = vec!["127.0.0.1".parse().unwrap()];
    })
    .await
}

fn is_one_more_step(answer: &Answer) -> bool {
    answer.status == 200 && answer.body.contains("<h1>One more step</h1>")
}

fn without_a_stamp(email: &str) -> String {
    format!("form=snippet-1&email={email}")
}

async fn a_form_on_any_page_or_site_takes_one_submit(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("tea").reader("ben@example.com").await;
    app.send("tea").await;
    for (number, page) in ["/", "/issues/tea"].iter().enumerate() {
        let page = http::get(&format!("{}{page}", app.site)).await;
        assert!(
            page.body
                .contains("<form method=\"post\" action=\"/subscribe\">")
        );
        let form =
            filled_in(&page).replace("email=", &format!("email=reader-{number}@example.com"));
        assert!(form.contains("stamp=&"), "caches keep this page: {form}");
        let answer = post(&app, &form).await;
        assert!(is_taken(&answer), "{answer:?}");
    }
    let form = without_a_stamp("reader-2@example.com");
    assert!(is_taken(&post_with(&app, &PRESSED_ELSEWHERE, &form).await));
    // What the script puts into a form.
    let stamp = http::get(&format!("{}/subscribe/stamp", app.site)).await;
    assert_eq!(
        (stamp.status, stamp.header("cache-control")),
        (200, Some("no-store"))
    );
    app.clock.advance(TimeDelta::seconds(3));
    let form = format!(
        "form=page-1&stamp={}&email=reader-3@example.com",
        stamp.body
    );
    assert!(is_taken(&post(&app, &form).await));
    app.deliver_outbox().await;
    for number in 0..4 {
        let email = format!("reader-{number}@example.com");
        let link = app.link(&email, "/confirm/");
        assert_eq!(http::post(&link, "").await.status, 200, "{email}");
    }
}

async fn what_no_person_sent_gets_one_more_step(db: Db) {
    let app = TestApp::on(db).await;
    let [form, site, mode, dest, user] = PRESSED_ELSEWHERE;
    let frame = ("Sec-Fetch-Dest", "iframe");
    let script = [("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "empty")];
    for headers in [
        &[form, site, mode, dest][..],
        &[form, site, mode, frame, user],
        &[form, site, script[0], script[1]],
    ] {
        let answer = post_with(&app, headers, &without_a_stamp(ADA)).await;
        assert!(is_one_more_step(&answer), "{headers:?}: {answer:?}");
        assert!(answer.body.contains("Another website sent this form"));
    }
    // A stamp of ours on another site.
    let stamp = http::get(&format!("{}/subscribe/stamp", app.site)).await;
    app.clock.advance(TimeDelta::seconds(3));
    let stamped = format!("{}&stamp={}", without_a_stamp(ADA), stamp.body);
    let answer = post_with(&app, &PRESSED_ELSEWHERE, &stamped).await;
    assert!(is_one_more_step(&answer), "{answer:?}");
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);

    app.clock.advance(TimeDelta::seconds(3));
    assert!(is_taken(&post(&app, &filled_in(&answer)).await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.for_recipient(ADA).len(), 1);
}

async fn unusually_many_forms_without_a_stamp_get_one_more_step(db: Db) {
    let app = behind_a_proxy(db).await;
    // A quarter of what one network may.
    for number in 0..8 {
        let form = without_a_stamp(&format!("reader-{number}@example.com"));
        let answer = post_from(&app, &format!("192.0.2.{number}"), &form).await;
        match number < 5 {
            true => assert!(is_taken(&answer), "{number}: {answer:?}"),
            false => {
                assert!(is_one_more_step(&answer), "{number}: {answer:?}");
                assert!(answer.body.contains("more sign-ups than usual"));
                app.clock.advance(TimeDelta::seconds(3));
                let step = filled_in(&answer);
                assert!(is_taken(&post_from(&app, "192.0.2.1", &step).await));
            }
        }
    }
    // A fifth of what alerts the editors, from wherever they come.
    for number in 5..61 {
        let form = without_a_stamp(&format!("other-{number}@example.com"));
        let answer = post_from(&app, &format!("198.51.{number}.1"), &form).await;
        assert_eq!(is_taken(&answer), number < 60, "{number}: {answer:?}");
    }
    app.clock.advance(TimeDelta::hours(1));
    let form = without_a_stamp("later@example.com");
    assert!(is_taken(&post_from(&app, "192.0.2.1", &form).await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 8 + 55 + 1);
}

async fn a_double_click_without_a_stamp_is_one_sign_up(db: Db) {
    let app = TestApp::on(db).await;
    let form = without_a_stamp(ADA);
    let clicks = tokio::join!(post(&app, &form), post(&app, &form), post(&app, &form));
    for answer in [&clicks.0, &clicks.1, &clicks.2] {
        assert!(is_taken(answer), "{answer:?}");
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1);
    app.clock.advance(TimeDelta::minutes(1));
    assert!(is_taken(&post(&app, &form).await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 2, "a minute later it is another try");
}

async fn without_a_stamp_the_answer_reveals_nothing(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.join.per_network = 40;
    })
    .await;
    in_state(&app, "confirmed@example.com", None).await;
    in_state(&app, "left@example.com", Some(Change::Leave)).await;
    in_state(&app, "complained@example.com", Some(Change::Complain)).await;
    let names = ["new", "confirmed", "left", "complained"];
    let mut seen = Vec::new();
    for name in names {
        let form = without_a_stamp(&format!("{name}@example.com"));
        let pressed = post_with(&app, &PRESSED_ELSEWHERE, &form).await;
        let script = post_with(&app, &PRESSED_ELSEWHERE[..4], &form).await;
        let stamps = |body: &str| {
            let (before, rest) = body.split_once("name=\"stamp\" value=\"").unwrap();
            format!("{before}{}", rest.split_once('"').unwrap().1)
        };
        let step = stamps(&script.body).replace(&format!("{name}@"), "NAME@");
        let headers = |answer: &Answer| {
            let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
            let headers = headers.map(|(name, value)| format!("{name}: {value:?}"));
            headers
                .filter(|one| !one.starts_with("content-length"))
                .collect::<Vec<_>>()
        };
        let answers = (pressed.status, headers(&pressed), pressed.body.clone());
        seen.push((answers, script.status, headers(&script), step));
    }
    assert!(is_taken_all(&seen[0].0.1), "{:?}", seen[0]);
    for (name, other) in names.iter().zip(&seen) {
        assert_eq!(other, &seen[0], "{name}");
    }
}

fn is_taken_all(headers: &[String]) -> bool {
    headers
        .iter()
        .any(|one| one == "location: \"/subscribe/sent\"")
}

/// Mail bombing: no address gets more than three a day, and programs that skip the stamp have few sent at all.
async fn strangers_in_a_thousand_networks_send_few_mails(db: Db) {
    let app = behind_a_proxy(db).await;
    for number in 0..100 {
        let address = format!("203.0.{number}.7");
        for victim in ["victim@example.com", &format!("v{number}@example.net")] {
            post_from(&app, &address, &without_a_stamp(victim)).await;
        }
        app.clock.advance(TimeDelta::seconds(10));
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.for_recipient("victim@example.com").len(), 3);
    assert!(app.catcher.len() <= 60, "{}", app.catcher.len());
}
