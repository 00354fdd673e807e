//! The monthly digest: who gets it, when, and what it contains.

use chrono::TimeDelta;
use subscribers::address::Address;
use verdict::catcher::Behaviour;
use verdict::delivery::{self, Progress, RunResult};
use verdict::edition;
use verdict::readers::{self, Choice};
use verdict::store::editions::{self, EditionKind, NewEdition};
use verdict::store::subscribers::Frequency;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    a_digest_that_must_wait_stays_undecided,
    the_verdicts_of_a_month_come_in_one_mail_with_the_first_slot_of_the_next,
    a_late_or_empty_digest_is_not_sent,
    a_reader_who_paused_or_left_gets_no_digest,
    a_digest_whose_slot_was_missed_goes_with_the_next_one_and_no_other,
    a_digest_is_late_even_if_no_process_checked_before_an_upgrade,
    the_last_slot_of_the_month_is_the_last_chance,
    a_digest_with_no_slot_left_is_lost_with_one_alert,
    a_reader_who_chooses_the_digest_after_its_slot_waits_for_the_next_month,
    a_fast_clocks_decision_about_a_digest_is_made_again,
    an_issue_that_was_sent_under_the_name_of_a_digest_suppresses_none
);

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";
const EDITOR: &str = "editor@example.net";

async fn with_editor(db: Db) -> TestApp {
    TestApp::tuned(db, Behaviour::new(), |config| {
        config.alerts.to = vec![Address::parse(EDITOR).unwrap()];
    })
    .await
}

/// The alerts about digests, mail by mail.
async fn alerts(app: &TestApp) -> Vec<String> {
    app.deliver_outbox().await;
    let mails = app.catcher.for_recipient(EDITOR).into_iter();
    mails
        .map(|mail| String::from_utf8(mail.content).unwrap())
        .filter(|mail| mail.contains("Subject: The digest of "))
        .collect()
}

/// An instance with a reader who wants every issue and one who wants the digest. It is 23 November 2026, a
/// Monday; slots are on Thursdays at 09:00 in Berlin.
async fn app(db: Db) -> TestApp {
    let app = with_editor(db).await;
    app.reader(ADA).await.named_reader(BEN, Some("Ben")).await;
    let ben = find_subscriber(&app.store, BEN).await.unwrap();
    let choice = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    readers::choose(&app, &ben, choice).await.unwrap();
    app
}

async fn send(app: &TestApp, slug: &str) -> RunResult {
    let edition = app.edition(slug).await;
    let progress = std::sync::Arc::new(Progress::default());
    delivery::send(
        app,
        &edition,
        progress,
        tokio_util::sync::CancellationToken::new(),
    )
    .await
    .unwrap()
}

/// What `serve` does at an instant: decides the due slots, then checks for a digest.
async fn look_at(app: &TestApp, now: &str) -> Option<(String, u64)> {
    app.clock.set(now.parse().unwrap());
    loop {
        let slot = edition::next_slot(app).await.unwrap().unwrap();
        if slot.at > app.clock.now() {
            break;
        }
        edition::decide(app, &slot).await.unwrap();
    }
    edition::freeze_digest(app).await.unwrap()
}

async fn a_digest_that_must_wait_stays_undecided(db: Db) {
    let app = app(db).await;
    app.issue("tea-vs-coffee").send("tea-vs-coffee").await;
    app.clock.set("2026-12-03T08:00:00Z".parse().unwrap());
    for may_go in [false, false, true] {
        let frozen = edition::freeze_digest_if(&app, |_| std::future::ready(may_go)).await;
        assert_eq!(frozen.unwrap().is_some(), may_go);
    }
}

async fn the_verdicts_of_a_month_come_in_one_mail_with_the_first_slot_of_the_next(db: Db) {
    let app = app(db).await;
    for slug in ["tea-vs-coffee", "pen-vs-pencil"] {
        app.issue(slug).send(slug).await;
    }
    let mails = |email: &str| app.catcher.for_recipient(email).len();
    assert_eq!((mails(ADA), mails(BEN)), (2, 0));
    assert_eq!(
        edition::freeze_digest(&app).await.unwrap(),
        None,
        "it is November"
    );

    // Thursday 3 December, 08:59 in Berlin.
    app.clock
        .advance(TimeDelta::minutes(9 * 24 * 60 + 23 * 60 + 59));
    app.issue("december").send("december").await;
    assert_eq!(
        edition::freeze_digest(&app).await.unwrap(),
        None,
        "its slot is to come"
    );
    app.clock.advance(TimeDelta::minutes(1));
    let frozen = edition::freeze_digest(&app).await.unwrap();
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None, "once");
    assert_eq!(send(&app, "digest-2026-11").await, RunResult::Finished);
    assert_eq!((mails(ADA), mails(BEN)), (3, 1));

    let mail = app.catcher.for_recipient(BEN).remove(0);
    let message = mail_parser::MessageParser::default()
        .parse(&mail.content)
        .unwrap();
    assert_eq!(message.subject(), Some("November 2026: 2 comparisons"));
    for part in [message.body_text(0).unwrap(), message.body_html(0).unwrap()] {
        assert!(part.contains("Hi Ben,"), "{part}");
        let [tea, pen] = ["tea-vs-coffee", "pen-vs-pencil"].map(|slug| {
            part.find(&format!("{}/issues/{slug}", app.site))
                .expect("a link")
        });
        assert!(tea < pen, "the oldest first");
        assert!(!part.contains("/issues/december"), "{part}");
    }
    let link = app.unsubscribe_link(BEN);
    assert_eq!(http::get(&link).await.status, 200);

    // It is not a comparison: no page, no place in the archive, and no "last time".
    let page = http::get(&format!("{}/issues/digest-2026-11", app.site)).await;
    assert_eq!(page.status, 404);
    assert!(
        !http::get(&format!("{}/issues", app.site))
            .await
            .body
            .contains("digest-2026")
    );
    app.issue("next").send("next").await;
    assert_eq!((mails(ADA), mails(BEN)), (4, 1));
    let status = stdout(&app.verdict(&["status", "digest-2026-11"]));
    assert!(status.contains("finished (1 reader)"), "{status}");
}

async fn a_late_or_empty_digest_is_not_sent(db: Db) {
    let app = app(db).await;
    // 3 December, 09:00 in Berlin: nothing was sent in November.
    app.clock.advance(TimeDelta::days(10));
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None);
    app.issue("tea").send("tea").await;
    // 7 January, the first Thursday, 21:01: a slot may be 12 hours late.
    app.clock
        .advance(TimeDelta::days(35) + TimeDelta::minutes(12 * 60 + 1));
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None);
    app.clock.advance(-TimeDelta::minutes(2));
    let frozen = edition::freeze_digest(&app).await.unwrap();
    assert_eq!(frozen, Some(("digest-2026-12".to_owned(), 1)));
}

async fn a_reader_who_paused_or_left_gets_no_digest(db: Db) {
    let app = app(db).await;
    app.issue("tea").send("tea").await;
    let ben = find_subscriber(&app.store, BEN).await.unwrap();
    let pause = Choice::of(&ben).paused_for(&app, 8);
    readers::choose(&app, &ben, pause).await.unwrap();
    app.clock.advance(TimeDelta::days(10));
    let frozen = edition::freeze_digest(&app).await.unwrap();
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 0)));
}

async fn a_digest_whose_slot_was_missed_goes_with_the_next_one_and_no_other(db: Db) {
    let app = app(db).await;
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None);
    app.issue("tea").send("tea").await;
    // Off from 30 November to Friday, 4 December: the first slot was on the 3rd.
    look_at(&app, "2026-11-30T09:00:00Z").await;
    assert_eq!(
        look_at(&app, "2026-12-04T09:00:00Z").await,
        None,
        "it is too late"
    );
    assert_eq!(
        look_at(&app, "2026-12-10T07:59:59Z").await,
        None,
        "the next slot is to come"
    );
    let frozen = look_at(&app, "2026-12-10T08:00:00Z").await;
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
    assert_eq!(look_at(&app, "2026-12-17T08:00:00Z").await, None, "once");
    let alerts = alerts(&app).await;
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].contains("Subject: The digest of November 2026 is late\r\n"),
        "{alerts:?}"
    );
    let text = alerts[0].replace("\r\n", " ");
    assert!(
        text.contains("was due with the slot of Thursday 3 December 2026, 09:00"),
        "{text}"
    );
    assert!(
        text.contains("It goes out now, with the slot of Thursday 10 December 2026"),
        "{text}"
    );
}

async fn a_digest_is_late_even_if_no_process_checked_before_an_upgrade(db: Db) {
    let app = app(db).await;
    app.issue("tea").send("tea").await;
    edition::next_slot(&app).await.unwrap();
    assert_eq!(look_at(&app, "2026-12-04T09:00:00Z").await, None);
    let frozen = look_at(&app, "2026-12-10T08:00:00Z").await;
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
}

async fn the_last_slot_of_the_month_is_the_last_chance(db: Db) {
    let app = app(db).await;
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None);
    app.issue("tea").send("tea").await;
    // It is on the 31st at nine in Berlin, and may be twelve hours late.
    assert_eq!(
        look_at(&app, "2026-12-31T19:59:59Z").await,
        Some(("digest-2026-11".to_owned(), 1))
    );
}

async fn a_digest_with_no_slot_left_is_lost_with_one_alert(db: Db) {
    let app = app(db).await;
    assert_eq!(edition::freeze_digest(&app).await.unwrap(), None);
    app.issue("tea").send("tea").await;
    assert_eq!(look_at(&app, "2027-01-02T09:00:00Z").await, None);
    assert_eq!(
        look_at(&app, "2027-01-07T08:00:00Z").await,
        None,
        "nothing went out in December"
    );
    let alerts = alerts(&app).await;
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(
        alerts[0].contains("Subject: The digest of November 2026 was not sent\r\n"),
        "{alerts:?}"
    );
    assert!(
        editions::find(&app.store, "digest-2026-11")
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_reader_who_chooses_the_digest_after_its_slot_waits_for_the_next_month(db: Db) {
    let app = with_editor(db).await;
    app.reader(ADA).await.reader(BEN).await;
    app.issue("tea").send("tea").await;
    assert_eq!(
        look_at(&app, "2026-12-03T08:00:00Z").await,
        None,
        "nobody wants it"
    );
    let ada = find_subscriber(&app.store, ADA).await.unwrap();
    let choice = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    readers::choose(&app, &ada, choice).await.unwrap();
    assert_eq!(look_at(&app, "2026-12-10T08:00:00Z").await, None);
    app.issue("pen").send("pen").await;
    let frozen = look_at(&app, "2027-01-07T08:00:00Z").await;
    assert_eq!(frozen, Some(("digest-2026-12".to_owned(), 1)));
    assert_eq!(alerts(&app).await, [""; 0]);
}

async fn a_fast_clocks_decision_about_a_digest_is_made_again(db: Db) {
    let app = app(db).await;
    assert_eq!(look_at(&app, "2030-05-02T07:00:00Z").await, None);
    assert_eq!(look_at(&app, "2026-11-23T08:00:00Z").await, None);
    app.issue("tea").send("tea").await;
    let frozen = look_at(&app, "2026-12-03T08:00:00Z").await;
    assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
}

async fn an_issue_that_was_sent_under_the_name_of_a_digest_suppresses_none(db: Db) {
    let app = app(db).await;
    app.issue("tea").send("tea").await;
    // Earlier releases sent such an issue.
    let mut tx = app.store.begin().await.unwrap();
    let taken = NewEdition {
        kind: EditionKind::Issue,
        slug: "digest-2026-11",
        sha256: "0f",
        subject: "Digest?",
        mail: "Subject: Digest?\r\n\r\nText.\r\n",
        comparison: "{}",
        slot_at: None,
        content_hash: None,
    };
    editions::insert(&mut tx, taken, app.clock.now_millis())
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    app.issue("digest-2026-11");
    let frozen = look_at(&app, "2026-12-03T08:00:00Z").await;
    assert_eq!(frozen, Some(("digest-2026-11-2".to_owned(), 1)));
    assert_eq!(look_at(&app, "2026-12-03T08:01:00Z").await, None, "once");
    assert_eq!(send(&app, "digest-2026-11-2").await, RunResult::Finished);
    assert_eq!(app.catcher.for_recipient(BEN).len(), 1);
}
