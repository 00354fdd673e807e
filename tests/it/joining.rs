//! Joining: form, confirmation mail, confirmation, and what is turned away.

mod forms;
mod one_submit;
mod reloading;
mod welcome;

use chrono::TimeDelta;
use subscribers::consent::{Change, Consent, ConsentSource};
use verdict::purge::purge;
use verdict::readers;
use verdict::store::consent_changes::{self, Cause};

use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    a_reader_joins_confirms_and_gets_the_next_issue,
    the_page_answers_everyone_alike_and_the_mail_differs,
    an_unconfirmed_sign_up_is_forgotten,
    an_earlier_link_does_not_bring_back_a_reader_who_left,
    an_address_is_mailed_three_times_a_day,
    a_network_signs_up_twenty_an_hour,
    uncommonly_many_sign_ups_alert_the_editors,
    a_relay_that_was_down_gets_the_mail_later,
    a_large_network_is_not_256_small_ones
);

const ADA: &str = "ada@example.com";

/// The form of the page, filled in with an address and more fields, and posted after three seconds.
pub(crate) async fn sign_up(app: &TestApp, email: &str, more: &str) -> Answer {
    let form = form_with(app, email, more).await;
    app.clock.advance(TimeDelta::seconds(3));
    post(app, &form).await
}

/// A freshly fetched form, filled in.
async fn form_with(app: &TestApp, email: &str, more: &str) -> String {
    let page = http::get(&format!("{}/subscribe", app.site)).await;
    assert_eq!(page.status, 200);
    format!("stamp={}&form=page-1&email={email}{more}", stamp_in(&page))
}

fn stamp_in(page: &Answer) -> &str {
    let (_, rest) = page
        .body
        .split_once("name=\"stamp\" value=\"")
        .expect("a stamp");
    rest.split('"').next().unwrap()
}

/// A page's form as a browser would post it: every field with its value, URL-encoded.
fn filled_in(page: &Answer) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for input in page.body.split("<input ").skip(1) {
        let attribute = |name: &str| {
            let (_, rest) = input
                .split('>')
                .next()?
                .split_once(&format!(" {name}=\""))?;
            rest.split('"').next()
        };
        // Each input of ours begins with another attribute.
        if let Some(name) = attribute("name") {
            form.append_pair(name, attribute("value").unwrap_or_default());
        }
    }
    form.finish()
}

async fn post(app: &TestApp, form: &str) -> Answer {
    http::post(&format!("{}/subscribe", app.site), form).await
}

/// The answer to every sign-up, whatever the outcome.
fn is_taken(answer: &Answer) -> bool {
    answer.status == 303 && answer.header("location") == Some("/subscribe/sent")
}

/// A received mail, decoded: the header, the text and the HTML part.
fn mail_to(app: &TestApp, email: &str) -> [String; 3] {
    let mails = app.catcher.for_recipient(email);
    let content = &mails.last().expect("a mail came").content;
    let message = mail_parser::MessageParser::default()
        .parse(content)
        .unwrap();
    let raw = String::from_utf8(content.clone()).unwrap();
    let (head, _) = raw.split_once("\r\n\r\n").unwrap();
    let text = message.body_text(0).unwrap().into_owned();
    [
        head.to_owned(),
        text,
        message.body_html(0).unwrap().into_owned(),
    ]
}

async fn consent_of(app: &TestApp, email: &str) -> Option<Consent> {
    let found = find_subscriber(&app.store, email).await;
    found.map(|subscriber| subscriber.consent)
}

/// Puts an address on the list in a given state.
async fn in_state(app: &TestApp, email: &str, change: Option<Change>) {
    app.reader(email).await;
    let id = find_subscriber(&app.store, email).await.unwrap().id;
    if let Some(change) = change {
        let cause = Cause::by(ConsentSource::Page);
        readers::change(app, id, change, cause).await.unwrap();
    }
}

async fn a_reader_joins_confirms_and_gets_the_next_issue(db: Db) {
    let app = TestApp::on(db).await;
    let answer = sign_up(&app, ADA, "&name=Ada+L.&time_zone=Europe/London").await;
    assert!(is_taken(&answer), "{answer:?}");
    let sent = http::get(&format!("{}/subscribe/sent", app.site)).await;
    assert!(sent.status == 200 && sent.body.contains("Check your inbox"));
    assert_eq!(
        consent_of(&app, ADA).await,
        None,
        "the form does not touch the list"
    );

    app.deliver_outbox().await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Pending));
    let [head, text, html] = mail_to(&app, ADA);
    assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
    assert!(
        head.contains("Subject: Confirm your subscription to Weekly AI Tool Verdicts"),
        "{head}"
    );
    for part in [&head, &text, &html] {
        assert!(
            !part.contains("Ada L.") && !part.contains("London"),
            "{part}"
        );
    }
    let link = app.link(ADA, "/confirm/");
    assert!(html.contains(&link), "{html}");

    let page = http::get(&link).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(
        page.body.contains("a…@example.com") && !page.body.contains(ADA),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches("<button").count(), 1);
    for _ in 0..20 {
        http::get(&link).await;
        http::head(&link).await;
    }
    assert_eq!(
        consent_of(&app, ADA).await,
        Some(Consent::Pending),
        "GET changes nothing"
    );
    app.reader("ben@example.com")
        .await
        .issue("before")
        .send("before")
        .await;
    let to_ada = app.catcher.for_recipient(ADA).len();
    assert_eq!(
        (to_ada, app.catcher.len()),
        (1, 2),
        "who has not confirmed gets no issue"
    );

    for _ in 0..2 {
        let done = http::post(&link, "").await;
        assert_eq!(done.status, 200);
        assert!(done.body.contains("You’re in"), "{}", done.body);
    }
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Confirmed));
    let reader = find_subscriber(&app.store, ADA).await.unwrap();
    assert_eq!(reader.name.as_deref(), Some("Ada L."));
    assert_eq!(reader.time_zone.as_deref(), Some("Europe/London"));
    app.issue("after").send("after").await;
    assert_eq!(app.catcher.for_recipient(ADA).len(), 2);

    let evidence = consent_changes::of(&app.store, reader.id).await.unwrap();
    let evidence: Vec<_> = evidence
        .iter()
        .map(|change| (change.consent, change.source, change.form.as_deref()))
        .collect();
    let wanted = [
        (Consent::Pending, ConsentSource::Form, Some("page-1")),
        (Consent::Confirmed, ConsentSource::Page, Some("page-1")),
    ];
    assert_eq!(evidence, wanted);
    let why = stdout(&app.verdict(&["why", ADA]));
    assert!(why.contains("pending by form (page-1)"), "{why}");
}

async fn the_page_answers_everyone_alike_and_the_mail_differs(db: Db) {
    let app = TestApp::on(db).await;
    in_state(&app, "confirmed@example.com", None).await;
    in_state(&app, "left@example.com", Some(Change::Leave)).await;
    in_state(&app, "bounced@example.com", Some(Change::Bounce)).await;
    in_state(&app, "complained@example.com", Some(Change::Complain)).await;
    app.reader("erased@example.com").await;
    stdout(&app.verdict(&["subscribers", "remove", "--erase", "erased@example.com"]));
    sign_up(&app, "pending@example.com", "").await;
    app.deliver_outbox().await;
    let before = app.catcher.len();
    for (who, subject) in [
        ("new", Some("Confirm your subscription")),
        ("pending", Some("Confirm your subscription")),
        ("confirmed", Some("You are already subscribed")),
        ("left", Some("Confirm your subscription")),
        ("bounced", Some("Confirm your subscription")),
        ("complained", None),
        ("erased", Some("Confirm your subscription")),
    ] {
        let email = format!("{who}@example.com");
        let was = consent_of(&app, &email).await;
        let answer = sign_up(&app, &email, "&name=Somebody+Else").await;
        assert_eq!(answer.status, 303, "{who}");
        let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
        let headers: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        assert_eq!(
            headers,
            [
                "location: /subscribe/sent",
                "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self'; \
             connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                "referrer-policy: no-referrer",
                "x-content-type-options: nosniff",
                "connection: close",
                "content-length: 0"
            ],
            "{who}"
        );
        let earlier = app.catcher.for_recipient(&email).len();
        app.deliver_outbox().await;
        let mails = app.catcher.for_recipient(&email).len() - earlier;
        assert_eq!(mails, usize::from(subject.is_some()), "{who}");
        if let Some(subject) = subject {
            assert!(
                mail_to(&app, &email)[0].contains(&format!("Subject: {subject}")),
                "{who}"
            );
        }
        if was.is_some() {
            assert_eq!(consent_of(&app, &email).await, was, "{who}");
        }
    }
    assert_eq!(app.catcher.len(), before + 6);
    let link = app.link("left@example.com", "/confirm/");
    assert_eq!(http::post(&link, "").await.status, 200);
    assert_eq!(
        consent_of(&app, "left@example.com").await,
        Some(Consent::Confirmed)
    );
    let confirmed = find_subscriber(&app.store, "confirmed@example.com").await;
    assert_eq!(
        confirmed.unwrap().name,
        None,
        "only the reader changes the name"
    );
}

async fn an_unconfirmed_sign_up_is_forgotten(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, ADA, "").await;
    sign_up(&app, "ben@example.com", "").await;
    app.deliver_outbox().await;
    stdout(&app.verdict(&["subscribers", "add", "imported@example.com"]));
    let link = app.link(ADA, "/confirm/");
    http::post(&app.link("ben@example.com", "/confirm/"), "").await;
    app.clock.advance(TimeDelta::hours(47));
    purge(&app).await.unwrap();
    assert_eq!(http::get(&link).await.status, 200);
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(http::get(&link).await.status, 404);
    assert_eq!(http::post(&link, "").await.status, 404);
    purge(&app).await.unwrap();
    assert_eq!(consent_of(&app, ADA).await, None);
    assert_eq!(
        consent_of(&app, "ben@example.com").await,
        Some(Consent::Confirmed)
    );
    assert!(consent_of(&app, "imported@example.com").await.is_some());
}

async fn an_earlier_link_does_not_bring_back_a_reader_who_left(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    let link = app.link(ADA, "/confirm/");
    http::post(&link, "").await;
    app.issue("tea").send("tea").await;
    http::post(&app.unsubscribe_link(ADA), "List-Unsubscribe=One-Click").await;
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Unsubscribed));
    let late = http::post(&link, "").await;
    assert_eq!(late.status, 404);
    assert_eq!(consent_of(&app, ADA).await, Some(Consent::Unsubscribed));
}

async fn an_address_is_mailed_three_times_a_day(db: Db) {
    let app = TestApp::on(db).await;
    for _ in 0..5 {
        assert!(is_taken(&sign_up(&app, ADA, "").await));
        assert!(is_taken(&sign_up(&app, "ADA@example.COM", "").await));
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 3);
    app.clock.advance(TimeDelta::hours(24));
    sign_up(&app, ADA, "").await;
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 4);
}

async fn a_network_signs_up_twenty_an_hour(db: Db) {
    let app = TestApp::on(db).await;
    for number in 1..=20 {
        assert!(is_taken(
            &sign_up(&app, &format!("r{number}@example.com"), "").await
        ));
    }
    let answer = sign_up(&app, ADA, "").await;
    assert_eq!(answer.status, 429);
    let seconds: i64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3600).contains(&seconds), "{seconds}");
    assert!(answer.body.contains("Too many sign-ups from your network"));
    app.clock.advance(TimeDelta::seconds(seconds));
    assert!(is_taken(&sign_up(&app, ADA, "").await));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 21);
}

async fn uncommonly_many_sign_ups_alert_the_editors(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.alarm = 3;
        config.alerts.to = vec!["editor@example.org".parse().unwrap()];
    })
    .await;
    for number in 1..=5 {
        sign_up(&app, &format!("r{number}@example.com"), "").await;
    }
    app.deliver_outbox().await;
    let alarms = app.catcher.for_recipient("editor@example.org");
    assert_eq!(alarms.len(), 1);
    let confirmations = app.catcher.len() - alarms.len();
    assert_eq!(confirmations, 5, "nothing is stopped");
}

async fn a_relay_that_was_down_gets_the_mail_later(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, ADA, "").await;
    app.catcher.set(
        verdict::catcher::Behaviour::new()
            .at(verdict::catcher::Step::Rcpt)
            .times(1)
            .reply(451, "4.3.0 Later"),
    );
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
    app.clock.advance(TimeDelta::seconds(61));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1);
    app.clock.advance(TimeDelta::hours(2));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1, "once is enough");
}

/// A provider that gives its customer a /48 gives 256 networks of /56.
async fn a_large_network_is_not_256_small_ones(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.web.proxies = vec!["127.0.0.1".parse().unwrap()];
        config.join.per_network = 2;
    })
    .await;
    let mut taken = 0;
    for number in 0..16 {
        let form = form_with(&app, &format!("reader-{number}@example.com"), "").await;
        app.clock.advance(TimeDelta::seconds(3));
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            (
                "X-Forwarded-For",
                &format!("[2001:db8:1:{number:x}00::1]:4711"),
            ),
        ];
        let url = format!("{}/subscribe", app.site);
        let answer = http::request("POST", &url, &headers, &form).await;
        match answer.status {
            303 => taken += 1,
            status => assert_eq!((status, number >= 10), (429, true), "{number}: {answer:?}"),
        }
    }
    assert_eq!(taken, 10, "five times what one network may");
}
