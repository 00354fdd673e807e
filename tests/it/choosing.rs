//! A reader's choices: frequency, a pause, another address, erasure, and coming back.

use chrono::TimeDelta;
use subscribers::consent::{Change, Consent, ConsentSource};
use subscribers::token::{Purpose, sign};
use verdict::readers;
use verdict::store::consent_changes::Cause;
use verdict::store::subscribers::{self as list, Frequency, Subscriber};

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stderr, stdout};

on_both_stores!(
    a_reader_who_pauses_gets_nothing_until_it_is_over,
    an_act_on_the_page_can_be_undone_there_once,
    settings_are_changed_by_a_link_to_ones_own_address,
    an_address_changes_by_a_link_to_the_new_one_and_the_old_one_gets_a_notice,
    an_address_that_is_known_is_not_taken_over,
    everything_held_is_exported,
    a_reader_is_erased_on_request_and_no_editor_adds_them_again,
    a_token_opens_nothing_but_what_it_is_for
);

const ADA: &str = "ada@example.com";
const NEW: &str = "ada@example.net";

/// An instance with two readers who got an issue.
async fn with_readers(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue("first")
        .reader(ADA)
        .await
        .reader("ben@example.com")
        .await;
    app.send("first").await;
    app
}

async fn ada(app: &TestApp) -> Subscriber {
    find_subscriber(&app.store, ADA).await.unwrap()
}

/// The link to the settings, mailed to the reader's own address.
pub(crate) async fn settings_link(app: &TestApp, email: &str) -> String {
    let ask = app.unsubscribe_link(email).replace("/u/", "/settings/");
    let page = http::get(&ask).await;
    assert!(
        page.status == 200 && page.body.contains("Email me the link"),
        "{page:?}"
    );
    assert!(
        !page.body.contains(email),
        "a forwarded mail shows no address"
    );
    let mailed = http::post(&ask, "").await;
    assert!(mailed.body.contains("Check your inbox"), "{mailed:?}");
    app.deliver_outbox().await;
    app.link(email, "/reader/")
}

/// The link in a page's form that begins with `start`.
pub(crate) fn action(app: &TestApp, body: &str, start: &str) -> String {
    let (_, rest) = body
        .split_once(&format!("action=\"{start}"))
        .expect("a form");
    format!("{}{start}{}", app.site, rest.split('"').next().unwrap())
}

fn mails(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

async fn a_reader_who_pauses_gets_nothing_until_it_is_over(db: Db) {
    let app = with_readers(db).await;
    app.issue("second").freeze("second").await;
    let link = app.unsubscribe_link(ADA);
    let page = http::post(&link, "instead=pause-4").await;
    assert!(
        page.body.contains("Paused until 21 December 2026"),
        "{page:?}"
    );
    app.send("second").await;
    app.issue("third").send("third").await;
    assert_eq!((mails(&app, ADA), mails(&app, "ben@example.com")), (1, 3));
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);
    app.clock.advance(TimeDelta::weeks(4));
    app.issue("fourth").send("fourth").await;
    assert_eq!(mails(&app, ADA), 2);
}

async fn an_act_on_the_page_can_be_undone_there_once(db: Db) {
    let app = with_readers(db).await;
    let link = app.unsubscribe_link(ADA);
    for less in ["instead=pause-12", "instead=digest"] {
        let page = http::post(&link, less).await;
        let undo = action(&app, &page.body, "/undo/");
        let before = ada(&app).await;
        assert_eq!(http::get(&undo).await.status, 200);
        assert_eq!(ada(&app).await, before, "only a POST takes back");
        let undone = http::post(&undo, "").await;
        assert!(
            undone.body.contains("You’re back on the list"),
            "{undone:?}"
        );
        let now = ada(&app).await;
        assert_eq!(
            (now.frequency, now.paused_until),
            (Frequency::Every, None),
            "{less}"
        );
        assert_eq!(http::post(&undo, "").await.status, 404);
    }
    let done = http::post(&link, "why=too-often&reason=Twice+a+week%21").await;
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
    let why = stdout(&app.verdict(&["why", ADA]));
    assert!(why.contains("too-often: Twice a week!"), "{why}");
    let undo = action(&app, &done.body, "/undo/");
    assert_eq!(http::post(&undo, "").await.status, 200);
    assert_eq!(app.consent(ADA).await, Consent::Confirmed);

    let late = http::post(&link, "").await;
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(
        http::post(&action(&app, &late.body, "/undo/"), "")
            .await
            .status,
        404
    );
    assert_eq!(app.consent(ADA).await, Consent::Unsubscribed);
}

async fn settings_are_changed_by_a_link_to_ones_own_address(db: Db) {
    let app = with_readers(db).await;
    let link = settings_link(&app, ADA).await;
    let page = http::get(&link).await;
    assert!(page.status == 200 && page.body.contains(ADA), "{page:?}");
    let wrong = http::post(&link, "name=A%00B&time_zone=Mars&frequency=digest").await;
    assert_eq!(wrong.status, 422);
    let kept = "value=\"digest\" checked";
    assert!(wrong.body.contains(kept), "what was chosen: {}", wrong.body);
    assert!(
        wrong.body.contains("Your name must fit on one line.")
            && wrong.body.contains("We don’t know that time zone.")
    );
    assert_eq!(
        ada(&app).await.frequency,
        Frequency::Every,
        "nothing is half-done"
    );

    let saved = http::post(
        &link,
        "name=Ada&time_zone=Europe/London&frequency=digest&pause=8",
    )
    .await;
    assert!(
        saved.body.contains("Saved.") && saved.body.contains("18 January 2027"),
        "{saved:?}"
    );
    let now = ada(&app).await;
    assert_eq!(now.name.as_deref(), Some("Ada"));
    assert_eq!(now.time_zone.as_deref(), Some("Europe/London"));
    assert_eq!(now.frequency, Frequency::Digest);
    let until = now.paused_until;
    assert!(until.is_some());
    http::post(&link, "name=&time_zone=&frequency=every&pause=keep").await;
    let now = ada(&app).await;
    assert_eq!(
        (now.name.as_deref(), now.frequency, now.paused_until),
        (None, Frequency::Every, until)
    );
    http::post(&link, "frequency=every&pause=0").await;
    assert_eq!(ada(&app).await.paused_until, None);
    app.issue("second").send("second").await;
    assert_eq!(mails(&app, ADA), 3);

    app.clock.advance(TimeDelta::hours(24));
    assert_eq!(http::get(&link).await.status, 404, "it is valid for a day");
    assert_eq!(http::post(&link, "frequency=digest").await.status, 404);
    assert_eq!(ada(&app).await.frequency, Frequency::Every);
}

async fn an_address_changes_by_a_link_to_the_new_one_and_the_old_one_gets_a_notice(db: Db) {
    let app = with_readers(db).await;
    let link = settings_link(&app, ADA).await;
    let asked = http::post(&format!("{link}/address"), &format!("email={NEW}")).await;
    assert!(asked.body.contains("a…@example.net"), "{asked:?}");
    assert!(find_subscriber(&app.store, NEW).await.is_none());
    app.deliver_outbox().await;
    assert_eq!(mails(&app, ADA), 2, "the old address is not notified yet");
    let confirm = app.link(NEW, "/address/");
    assert_eq!(http::get(&confirm).await.status, 200);
    for answer in [
        http::post(&confirm, "").await,
        http::post(&confirm, "").await,
        http::get(&confirm).await,
    ] {
        assert_eq!(answer.status, 200, "it can be loaded again");
        assert!(answer.body.contains("Your address has changed"));
        assert!(answer.body.contains("a…@example.net") && !answer.body.contains("<button"));
    }
    assert_eq!(
        http::get(&link).await.status,
        404,
        "the old mailbox opens nothing more"
    );
    assert_eq!(app.consent(NEW).await, Consent::Confirmed);
    app.deliver_outbox().await;
    let told = app.catcher.for_recipient(ADA);
    let told = String::from_utf8(told.last().unwrap().content.clone()).unwrap();
    assert!(
        told.contains("Subject: Your address for Weekly AI Tool Verdicts was changed"),
        "{told}"
    );
    app.issue("second").send("second").await;
    assert_eq!((mails(&app, NEW), mails(&app, ADA)), (2, 3));
}

async fn an_address_that_is_known_is_not_taken_over(db: Db) {
    let app = with_readers(db).await;
    let link = settings_link(&app, ADA).await;
    let address = format!("{link}/address");
    let known = http::post(&address, "email=ben@example.com").await;
    app.deliver_outbox().await;
    let unknown = http::post(&address, "email=bea@example.com").await;
    assert_eq!(known.body, unknown.body, "the page does not mention others");
    app.deliver_outbox().await;
    let told = app.catcher.for_recipient("ben@example.com");
    let told = String::from_utf8(told.last().unwrap().content.clone()).unwrap();
    assert!(
        told.contains("Subject: Your subscription to Weekly AI Tool Verdicts was not moved"),
        "{told}"
    );

    let confirm = app.link("bea@example.com", "/address/");
    app.reader("bea@example.com").await;
    assert_eq!(
        http::post(&confirm, "").await.status,
        404,
        "another reader took the address first"
    );
    assert_eq!(ada(&app).await.consent, Consent::Confirmed);
    let wrong = http::post(&address, "email=nobody").await;
    assert!(
        wrong.status == 422
            && wrong
                .body
                .contains("That doesn’t look like an email address")
            && wrong.body.contains("value=\"nobody\""),
        "{}",
        wrong.body
    );
}

async fn everything_held_is_exported(db: Db) {
    let app = with_readers(db).await;
    let link = settings_link(&app, ADA).await;
    let answer = http::get(&format!("{link}/export.json")).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(
        answer
            .header("content-disposition")
            .unwrap()
            .contains("attachment")
    );
    let export: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(export["address"], ADA);
    assert_eq!(export["consent"], "confirmed");
    assert_eq!(export["consent_history"][0]["source"], "editor");
    assert_eq!(export["mails"][0]["issue"], "first");
    assert_eq!(export["mails"][0]["state"], "accepted");
    let csv = http::get(&format!("{link}/export.csv")).await;
    assert!(
        csv.body
            .starts_with("what,about,at,value\r\naddress,,,ada@example.com\r\n"),
        "{csv:?}"
    );
    assert!(
        csv.body
            .contains("\r\nmail,first,2026-11-23T08:00:00.000Z,"),
        "{csv:?}"
    );
    assert_eq!(http::get(&format!("{link}/export.xml")).await.status, 404);
}

async fn a_reader_is_erased_on_request_and_no_editor_adds_them_again(db: Db) {
    let app = with_readers(db).await;
    let bens = settings_link(&app, "ben@example.com").await;
    let adas = settings_link(&app, ADA).await;
    http::post(&format!("{adas}/erase"), "").await;
    http::post(&format!("{bens}/erase"), "").await;
    app.deliver_outbox().await;
    let ben = app.link("ben@example.com", "/erase/");
    let confirm = app.link(ADA, "/erase/");
    http::get(&confirm).await;
    assert_eq!(
        ada(&app).await.consent,
        Consent::Confirmed,
        "GET erases nobody"
    );
    let id = ada(&app).await.id;
    let erased = http::post(&confirm, "").await;
    assert!(
        erased.body.contains("Everything has been erased"),
        "{erased:?}"
    );
    assert!(find_subscriber(&app.store, ADA).await.is_none());
    let left = list::get(&app.store, id).await.unwrap().unwrap();
    assert_eq!(
        (left.address, left.name, left.consent),
        (None, None, Consent::Erased)
    );
    let again = http::post(&confirm, "").await;
    assert!(
        again.body.contains("Everything has been erased"),
        "{again:?}"
    );
    assert_eq!(http::post(&adas, "").await.status, 404);
    let output = app.verdict(&["subscribers", "add", ADA]);
    assert!(stderr(&output).contains("suppressed"), "{output:?}");
    assert!(find_subscriber(&app.store, ADA).await.is_none());

    let id = find_subscriber(&app.store, "ben@example.com")
        .await
        .unwrap()
        .id;
    let cause = Cause::by(ConsentSource::Complaint);
    readers::change(&app, id, Change::Complain, cause)
        .await
        .unwrap();
    assert_eq!(http::post(&ben, "").await.status, 200);
    let output = app.verdict(&["subscribers", "add", "ben@example.com"]);
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(
        find_subscriber(&app.store, "ben@example.com")
            .await
            .is_none(),
        "{printed}"
    );
}

async fn a_token_opens_nothing_but_what_it_is_for(db: Db) {
    let app = with_readers(db).await;
    let link = settings_link(&app, ADA).await;
    http::post(&format!("{link}/erase"), "").await;
    http::post(&format!("{link}/address"), &format!("email={NEW}")).await;
    app.deliver_outbox().await;
    let undo = http::post(&app.unsubscribe_link("ben@example.com"), "instead=digest").await;
    let tokens: Vec<(String, &str)> = [
        (app.unsubscribe_link("ben@example.com"), "u"),
        (link, "reader"),
        (app.link(ADA, "/erase/"), "erase"),
        (app.link(NEW, "/address/"), "address"),
        (action(&app, &undo.body, "/undo/"), "undo"),
    ]
    .into_iter()
    .map(|(link, path)| (link.rsplit('/').next().unwrap().to_owned(), path))
    .collect();
    for (token, own) in &tokens {
        for path in [
            "u", "confirm", "reader", "address", "erase", "undo", "settings",
        ] {
            // The link in a mail also leads to the offer of a link.
            if path == *own || (*own == "u" && path == "settings") {
                continue;
            }
            let answer = http::post(&format!("{}/{path}/{token}", app.site), "").await;
            assert_eq!(answer.status, 404, "{own} at {path}");
        }
    }
    let purposes = [
        Purpose::Preferences,
        Purpose::Erase,
        Purpose::Address,
        Purpose::Undo,
    ];
    for (purpose, path) in purposes
        .into_iter()
        .zip(["reader", "erase", "address", "undo"])
    {
        let stray = sign(&app.key, ada(&app).await.token(purpose, 1_000));
        let answer = http::post(&format!("{}/{path}/{stray}", app.site), "").await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(ada(&app).await.consent, Consent::Confirmed);
}
