//! The outbox: every mail that is not an edition leaves the queue once the relay has accepted it, whatever else
//! fails.

use std::time::Duration;

use chrono::TimeDelta;
use subscribers::address::Address;
use subscribers::token::{Purpose, verify_local_part};
use templates::alert;
use verdict::app::App;
use verdict::catcher::{Behaviour, Step};
use verdict::outbox;
use verdict::purge::purge;
use verdict::store::nodes;
use verdict::store::outbox::{self as messages, MessageState};

use crate::child::{at_gate, until};
use crate::database::Db;
use crate::departures::{complain, settings_link};
use crate::http;
use crate::joining::sign_up;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    an_alert_waits_for_a_relay_that_is_down,
    an_editor_whose_address_is_refused_delays_no_other_alert,
    a_reader_who_makes_the_relay_hang_up_delays_nobody,
    two_nodes_send_a_message_once_however_long_it_takes,
    a_dead_nodes_message_is_sent_by_another,
    the_envelope_distinguishes_a_message_from_an_edition,
    an_address_that_complained_gets_nothing_that_waited_for_it,
    a_message_whose_link_has_expired_is_not_sent
);

const EDITORS: [&str; 2] = ["first@example.org", "second@example.org"];

async fn with_editors(db: Db) -> TestApp {
    TestApp::tuned(db, Behaviour::new(), |config| {
        config.alerts.to = EDITORS
            .iter()
            .map(|editor| Address::parse(editor).unwrap())
            .collect();
    })
    .await
}

async fn alert(app: &TestApp) {
    let mut tx = app.store.begin().await.unwrap();
    let alert = alert::many_sign_ups(app.locale(), 7);
    app.alert(&mut tx, &alert).await.unwrap();
    tx.commit().await.unwrap();
}

fn mails(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

/// The states of the messages to a reader, the latest first.
async fn states(app: &TestApp, email: &str) -> Vec<MessageState> {
    let store = &app.store;
    let reader = find_subscriber(store, email).await.unwrap();
    let history = messages::history(store, reader.id).await.unwrap();
    history.into_iter().map(|entry| entry.state).collect()
}

async fn an_alert_waits_for_a_relay_that_is_down(db: Db) {
    let app = with_editors(db).await;
    app.catcher
        .set(Behaviour::new().at(Step::Connect).hang_up());
    alert(&app).await;
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
    app.catcher.set(Behaviour::new());
    app.deliver_outbox().await;
    assert_eq!(
        EDITORS.map(|editor| mails(&app, editor)),
        [1, 1],
        "a relay that is away costs no try"
    );
    app.clock.advance(TimeDelta::days(1));
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 2, "once is enough");
}

async fn an_editor_whose_address_is_refused_delays_no_other_alert(db: Db) {
    let app = with_editors(db).await;
    app.catcher.set(
        Behaviour::new()
            .at(Step::Rcpt)
            .to(EDITORS[0])
            .reply(550, "5.1.1 No such user"),
    );
    alert(&app).await;
    app.deliver_outbox().await;
    assert_eq!(EDITORS.map(|editor| mails(&app, editor)), [0, 1]);
}

async fn a_reader_who_makes_the_relay_hang_up_delays_nobody(db: Db) {
    let app = TestApp::on(db).await;
    let quiet = (1..=8).map(|number| format!("r{number}@example.com"));
    let quiet: Vec<String> = quiet.collect();
    sign_up(&app, "eve@example.com", "").await;
    sign_up(&app, "mallory@example.com", "").await;
    for email in &quiet {
        sign_up(&app, email, "").await;
    }
    app.catcher.set(
        Behaviour::new()
            .at(Step::Rcpt)
            .to("eve@example.com")
            .hang_up()
            .at(Step::Dot)
            .to("mallory@example.com")
            .hang_up(),
    );
    app.deliver_outbox().await;
    for email in &quiet {
        assert_eq!(mails(&app, email), 1, "{email}");
    }
    assert_eq!(
        states(&app, "eve@example.com").await,
        [MessageState::Queued]
    );
    app.catcher.set(Behaviour::new());
    app.clock.advance(TimeDelta::minutes(1));
    app.deliver_outbox().await;
    assert_eq!(mails(&app, "eve@example.com"), 1);
    let why = stdout(&app.verdict(&["why", "eve@example.com"]));
    let line = why.lines().find(|line| line.starts_with("(confirmation)"));
    assert!(
        line.is_some_and(|line| line.contains("  accepted  ") && line.contains("250 ")),
        "{why}"
    );
    assert_eq!(
        states(&app, "eve@example.com").await,
        [MessageState::Accepted]
    );
}

async fn two_nodes_send_a_message_once_however_long_it_takes(db: Db) {
    let app = TestApp::on(db).await;
    for number in 1..=6 {
        sign_up(&app, &format!("r{number}@example.com"), "").await;
    }
    let (one, other) = (app.node().await, app.node().await);
    let gate = app.catcher.pause_at(Step::Dot);
    let inner = App::clone(&app);
    let slow = tokio::spawn(async move { outbox::deliver_due(&inner, one).await.unwrap() });
    at_gate(&gate, 4).await;
    app.clock.advance(TimeDelta::hours(1));
    let inner = App::clone(&app);
    let second = tokio::spawn(async move { outbox::deliver_due(&inner, other).await.unwrap() });
    at_gate(&gate, 6).await;
    outbox::recover(&app).await.unwrap();
    gate.release();
    assert_eq!(
        slow.await.unwrap().done + second.await.unwrap().done,
        6 + 6,
        "requests and messages"
    );
    app.deliver_outbox().await;
    for number in 1..=6 {
        assert_eq!(
            mails(&app, &format!("r{number}@example.com")),
            1,
            "{number}"
        );
    }
}

async fn a_dead_nodes_message_is_sent_by_another(db: Db) {
    let app = TestApp::on(db).await;
    sign_up(&app, "ada@example.com", "").await;
    let dying = app.node().await;
    let gate = app.catcher.pause_at(Step::Rcpt);
    let inner = App::clone(&app);
    let sending = tokio::spawn(async move { outbox::deliver_due(&inner, dying).await });
    at_gate(&gate, 1).await;
    sending.abort();
    assert!(sending.await.is_err(), "it ended before the relay went on");
    gate.release();
    app.catcher.set(Behaviour::new());
    app.deliver_outbox().await;
    assert_eq!(
        mails(&app, "ada@example.com"),
        0,
        "its lease has not run out"
    );
    let mut tx = app.store.begin().await.unwrap();
    nodes::renew(&mut tx, dying, Duration::ZERO).await.unwrap();
    tx.commit().await.unwrap();
    until("its lease has run out", || async {
        nodes::live(&app.store).await.unwrap().is_empty()
    })
    .await;
    outbox::recover(&app).await.unwrap();
    app.deliver_outbox().await;
    assert_eq!(mails(&app, "ada@example.com"), 1);
}

async fn the_envelope_distinguishes_a_message_from_an_edition(db: Db) {
    let app = with_editors(db).await;
    app.issue("tea").reader("ada@example.com").await;
    app.send("tea").await;
    sign_up(&app, "ada@example.com", "").await;
    app.deliver_outbox().await;
    alert(&app).await;
    app.deliver_outbox().await;
    let senders = [
        &app.catcher.for_recipient("ada@example.com")[..],
        &app.catcher.for_recipient(EDITORS[0])[..],
    ]
    .concat();
    let read = |from: &str, purpose| {
        let (_, token) = from.split_once('@').unwrap().0.split_once('+').unwrap();
        verify_local_part(&app.key, token, purpose).ok()
    };
    let of = |at: usize, purpose| read(&senders[at].from, purpose);
    let edition = of(0, Purpose::Bounce).expect("an edition's own");
    let message = of(1, Purpose::OutboxBounce).expect("a message's own");
    assert_eq!(edition.subscriber, message.subscriber);
    assert_eq!(
        (of(0, Purpose::OutboxBounce), of(1, Purpose::Bounce)),
        (None, None)
    );
    assert_eq!(
        of(2, Purpose::OutboxBounce)
            .expect("an alert's own")
            .subscriber,
        0
    );
    for mail in &senders {
        let text = String::from_utf8(mail.content.clone()).unwrap();
        let id = text
            .lines()
            .find(|line| line.starts_with("Message-ID: <"))
            .unwrap();
        assert!(id.ends_with("@example.org>"), "{id}");
    }
}

async fn an_address_that_complained_gets_nothing_that_waited_for_it(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("first")
        .reader("ada@example.com")
        .await
        .reader("ben@example.com")
        .await;
    app.send("first").await;
    let settings = settings_link(&app, "ada@example.com").await;
    app.clock.advance(TimeDelta::minutes(1));
    app.catcher
        .set(Behaviour::new().at(Step::Rcpt).reply(451, "4.3.0 Later"));
    http::post(&format!("{settings}/address"), "email=ben@example.com").await;
    app.deliver_outbox().await;
    complain(&app, "ben@example.com").await;
    app.catcher.set(Behaviour::new());
    app.clock.advance(TimeDelta::hours(1));
    app.deliver_outbox().await;
    assert_eq!(mails(&app, "ben@example.com"), 1, "the issue");
    assert_eq!(
        states(&app, "ada@example.com").await[0],
        MessageState::Withdrawn
    );
}

async fn a_message_whose_link_has_expired_is_not_sent(db: Db) {
    let app = TestApp::on(db).await;
    app.catcher
        .set(Behaviour::new().at(Step::Rcpt).reply(451, "4.3.0 Later"));
    sign_up(&app, "ada@example.com", "").await;
    for _ in 0..60 {
        app.deliver_outbox().await;
        app.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(
        states(&app, "ada@example.com").await,
        [MessageState::Expired]
    );
    app.catcher.set(Behaviour::new());
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 0);
    purge(&app).await.unwrap();
    assert!(
        find_subscriber(&app.store, "ada@example.com")
            .await
            .is_none()
    );
}
