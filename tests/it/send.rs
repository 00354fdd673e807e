//! Sending: who gets a mail, how often, and what the ledger records when the relay misbehaves.

mod relays;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use verdict::catcher::{Behaviour, Step};
use verdict::config::OnDoubt;
use verdict::delivery::RunResult;
use verdict::store::deliveries;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    everyone_gets_one_mail_and_a_second_run_mails_nobody,
    a_reader_who_joins_after_the_freeze_waits_for_the_next_edition,
    a_reader_who_leaves_during_a_send_is_skipped,
    a_dead_mailbox_is_refused_and_never_written_to_again,
    a_refusal_for_policy_pauses_the_edition_instead_of_burning_the_list,
    a_refusal_after_an_accepted_mail_counts_as_a_try,
    a_domain_that_asks_to_slow_down_is_left_alone_for_a_while,
    mails_to_one_domain_keep_to_its_rate,
    a_deferred_mail_is_tried_again_and_arrives_once,
    a_mail_deferred_for_too_long_is_refused,
    a_reply_that_never_comes_leaves_the_delivery_in_doubt_by_name,
    a_doubt_is_sent_again_under_the_same_message_id_if_so_configured,
    a_connection_lost_within_a_content_loses_and_doubles_nobody,
    a_connection_lost_before_the_content_is_simply_opened_again,
    a_send_that_is_stopped_gives_its_claims_back,
    a_refused_content_does_not_affect_the_next_mail,
);

const SLUG: &str = "tea-vs-coffee";

/// Every reader has got the expected number of mails, and the sender kept to the protocol.
fn each_got(app: &TestApp, readers: usize, mails: usize) {
    for number in 1..=readers {
        let email = format!("reader-{number}@example.com");
        assert_eq!(app.catcher.for_recipient(&email).len(), mails, "{email}");
    }
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}

/// One connection, so that deliveries go one after another.
async fn one_connection(db: Db, behaviour: Behaviour) -> TestApp {
    TestApp::tuned(db, behaviour, |config| config.smtp.connections = 1).await
}

async fn everyone_gets_one_mail_and_a_second_run_mails_nobody(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(50).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 50, 1);
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 50, 1);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.total()), (50, 50));
}

async fn a_reader_who_joins_after_the_freeze_waits_for_the_next_edition(db: Db) {
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    app.reader("late@example.org").await;
    app.send(SLUG).await;
    assert!(app.catcher.for_recipient("late@example.org").is_empty());
    app.issue("pen-vs-pencil");
    app.send("pen-vs-pencil").await;
    assert_eq!(app.catcher.for_recipient("late@example.org").len(), 1);
}

async fn a_reader_who_leaves_during_a_send_is_skipped(db: Db) {
    let app = one_connection(db, Behaviour::new()).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    let link = app.unsubscribe_link("reader-2@example.com");

    app.issue("pen-vs-pencil");
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send("pen-vs-pencil"), async {
        gate.reached().await;
        let answer = http::post(&link, "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, 200);
        gate.release();
    });
    assert_eq!(sent, RunResult::Finished);
    let counts = app.counts("pen-vs-pencil").await;
    assert_eq!((counts.accepted, counts.skipped), (1, 1));
    assert_eq!(app.catcher.for_recipient("reader-1@example.com").len(), 2);
    assert_eq!(app.catcher.for_recipient("reader-2@example.com").len(), 1);
}

async fn a_dead_mailbox_is_refused_and_never_written_to_again(db: Db) {
    let dead = "reader-3@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(dead)
        .reply(550, "5.1.1 No such user");
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(5).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.refused), (4, 1));
    assert_eq!(app.consent(dead).await, Consent::Bounced);
    assert_eq!(
        app.catcher.connections_opened(),
        1,
        "a refusal keeps the connection"
    );

    app.issue("pen-vs-pencil");
    app.send("pen-vs-pencil").await;
    assert_eq!(app.counts("pen-vs-pencil").await.total(), 4);
}

async fn a_refusal_for_policy_pauses_the_edition_instead_of_burning_the_list(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .after(1)
        .reply(550, "5.7.1 You are blocked");
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(40).await;
    assert_eq!(app.send(SLUG).await, RunResult::Objected);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.refused, counts.queued), (1, 3, 36));
    assert_eq!(
        app.consent(email).await,
        Consent::Confirmed,
        "it is no bounce"
    );
    let edition = app.edition(SLUG).await;
    let because = "the relay refused 3 readers in a row by policy: 550 5.7.1 You are blocked";
    assert_eq!(edition.pause_reason.as_deref(), Some(because));

    assert_eq!(
        app.send(SLUG).await,
        RunResult::Paused,
        "nothing goes out before it is resumed"
    );
    app.catcher.set(Behaviour::new());
    stdout(&app.verdict(&["resume", SLUG]));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let resent = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    assert!(resent.contains("goes out again to 3 readers"), "{resent}");
    each_got(&app, 40, 1);
}

async fn a_refusal_after_an_accepted_mail_counts_as_a_try(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(email)
        .reply(452, "4.2.2 Full");
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    let reader = find_subscriber(&app.store, email).await.unwrap();
    for (tries, minutes) in [(1, 3..7), (2, 7..13), (3, 15..26)] {
        let RunResult::Waiting(due) = app.send(SLUG).await else {
            panic!("it is postponed")
        };
        let history = deliveries::history(&app.store, reader.id).await.unwrap();
        assert_eq!(history[0].attempts, tries);
        let wait = (due - app.clock.now_millis()) / 60_000;
        assert!(minutes.contains(&wait), "try {tries}: {wait} minutes");
        app.clock
            .set(chrono::DateTime::from_timestamp_millis(due).unwrap());
    }
    assert_eq!(
        app.catcher.connections_opened(),
        3,
        "one a run: the envelope went behind a mail"
    );
}

async fn a_domain_that_asks_to_slow_down_is_left_alone_for_a_while(db: Db) {
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to("reader-1@example.com")
        .times(1)
        .reply(451, "4.7.1 Slow down");
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG)
        .readers(5)
        .await
        .reader("ada@example.net")
        .await;
    let RunResult::Waiting(due) = app.send(SLUG).await else {
        panic!("something waits")
    };
    let wait = due - app.clock.now_millis();
    assert!((20_000..40_000).contains(&wait), "{wait} ms");
    assert_eq!(
        app.catcher.for_recipient("ada@example.net").len(),
        1,
        "another domain"
    );
    let counts = app.counts(SLUG).await;
    assert!(counts.deferred == 1 && counts.queued >= 3, "{counts:?}");
    assert!(
        counts.accepted <= 2,
        "at most what was on its way already: {counts:?}"
    );

    // By then it is trusted again.
    app.clock.advance(TimeDelta::hours(2));
    while let RunResult::Waiting(_) = app.send(SLUG).await {
        app.clock.advance(TimeDelta::minutes(1));
    }
    each_got(&app, 5, 1);
}

async fn mails_to_one_domain_keep_to_its_rate(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.smtp.rate_per_domain = Some(1.0 / 60.0);
    })
    .await;
    app.issue(SLUG)
        .readers(3)
        .await
        .reader("ada@example.net")
        .await;
    assert!(matches!(app.send(SLUG).await, RunResult::Waiting(_)));
    assert_eq!(app.catcher.len(), 2, "one for each domain");
    for minute in 1..=2 {
        app.clock.advance(TimeDelta::minutes(1));
        app.send(SLUG).await;
        assert_eq!(app.catcher.len(), 2 + minute);
    }
    each_got(&app, 3, 1);
}

async fn a_deferred_mail_is_tried_again_and_arrives_once(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Rcpt)
        .to(email)
        .times(1)
        .reply(451, "4.7.1 Greylisted");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(3).await;
    let RunResult::Waiting(due) = app.send(SLUG).await else {
        panic!("something waits")
    };
    assert_eq!(app.counts(SLUG).await.deferred, 1);
    assert!(due > app.clock.now_millis());

    assert!(
        matches!(app.send(SLUG).await, RunResult::Waiting(_)),
        "it is not due yet"
    );
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 3, 1);
}

async fn a_mail_deferred_for_too_long_is_refused(db: Db) {
    let behaviour = Behaviour::new().at(Step::Rcpt).reply(451, "4.3.0 Later");
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(1).await;
    let mut tries = 0;
    while let RunResult::Waiting(_) = app.send(SLUG).await {
        app.clock.advance(TimeDelta::hours(5));
        tries += 1;
        assert!(tries < 20, "retry_for ends it");
    }
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.refused, counts.open()), (1, 0));
}

async fn a_reply_that_never_comes_leaves_the_delivery_in_doubt_by_name(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Dot)
        .to(email)
        .times(1)
        .accept_then_hang_up();
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(4).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(app.counts(SLUG).await.unknown, 1);
    assert_eq!(app.in_doubt(SLUG).await, [email]);

    app.send(SLUG).await;
    each_got(&app, 4, 1);
}

async fn a_doubt_is_sent_again_under_the_same_message_id_if_so_configured(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Dot)
        .to(email)
        .times(1)
        .accept_then_hang_up();
    let app = TestApp::tuned(db, behaviour, |config| {
        config.smtp.on_doubt = OnDoubt::Resend;
    })
    .await;
    app.issue(SLUG).readers(4).await;
    assert!(matches!(app.send(SLUG).await, RunResult::Waiting(_)));
    app.clock.advance(TimeDelta::minutes(10));
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let mails = app.catcher.for_recipient(email);
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].content, mails[1].content);
    assert_eq!(app.counts(SLUG).await.accepted, 4);
}

async fn a_connection_lost_within_a_content_loses_and_doubles_nobody(db: Db) {
    let behaviour = Behaviour::new()
        .at(Step::Content)
        .to("reader-3@example.com")
        .times(1)
        .after_bytes(100)
        .hang_up();
    let app = TestApp::behaving(db, behaviour).await;
    app.issue(SLUG).readers(8).await;
    while let RunResult::Waiting(_) = app.send(SLUG).await {}
    let counts = app.counts(SLUG).await;
    // A content of a few kilobytes fits the system's buffers, so the loss may leave a doubt.
    assert_eq!(counts.accepted + counts.unknown, 8);
    for number in 1..=8 {
        let email = format!("reader-{number}@example.com");
        assert!(app.catcher.for_recipient(&email).len() <= 1, "{email}");
    }
}

async fn a_connection_lost_before_the_content_is_simply_opened_again(db: Db) {
    let behaviour = Behaviour::new().at(Step::Rcpt).nth(3).hang_up();
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(6).await;
    while let RunResult::Waiting(due) = app.send(SLUG).await {
        assert!(due <= app.clock.now_millis(), "it is due at once");
    }
    each_got(&app, 6, 1);
    assert_eq!(app.counts(SLUG).await.accepted, 6);
}

async fn a_send_that_is_stopped_gives_its_claims_back(db: Db) {
    let app = one_connection(db, Behaviour::new()).await;
    app.issue(SLUG).readers(20).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        gate.reached().await;
        app.stop_sending();
        gate.release();
    });
    assert_eq!(sent, RunResult::Stopped);
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.accepted, counts.queued),
        (1, 19),
        "the mail on the wire is finished"
    );
    app.go_on_sending();
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    each_got(&app, 20, 1);
}

async fn a_refused_content_does_not_affect_the_next_mail(db: Db) {
    let email = "reader-2@example.com";
    let behaviour = Behaviour::new()
        .at(Step::Dot)
        .to(email)
        .reply(554, "5.6.0 Not like this");
    let app = one_connection(db, behaviour).await;
    app.issue(SLUG).readers(4).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    let counts = app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.refused), (3, 1));
    assert_eq!(app.catcher.connections_opened(), 1);
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}
