//! The mark checks the reader as they are now: the address, the name, the frequency. Values from the claim or the
//! freeze no longer count.

use chrono::TimeDelta;
use subscribers::address::Address;
use subscribers::consent::{Consent, ConsentSource};
use verdict::catcher::{Behaviour, Extension, Step};
use verdict::config::OnDoubt;
use verdict::delivery::RunResult;
use verdict::readers::{self, Choice, Leave};
use verdict::store::deliveries::{self, State};
use verdict::store::subscribers::{self as list, Frequency, Subscriber};
use verdict::store::undos;

use crate::child::{at_gate, until};
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(
    a_reader_who_moves_after_the_claim_gets_the_mail_at_the_new_address_only,
    a_slow_send_follows_moves_of_everyone_it_has_claimed,
    a_name_that_changes_after_the_claim_is_not_the_mails,
    a_refusal_of_the_former_address_does_not_count_against_a_reader_who_moved,
    a_dead_mailbox_whose_reader_moved_bounces_nobody,
    a_retry_skips_readers_who_have_paused,
    resending_refused_mails_skips_readers_who_want_none,
    hastening_deferred_mails_skips_readers_who_want_none,
    settling_doubt_sends_nothing_to_readers_who_want_none,
    doubt_that_is_resent_automatically_skips_readers_who_want_no_mail,
    taking_back_a_choice_brings_what_it_skipped,
    a_reader_who_comes_back_during_a_send_gets_it,
    pressing_digest_again_skips_no_digest_that_waits,
    a_digest_skips_readers_who_want_every_issue_again
);

const SLUG: &str = "tea-vs-coffee";
const OLD: &str = "reader-2@example.com";
const NEW: &str = "mover@example.net";
const FIRST: &str = "reader-1@example.com";

/// One connection, so that deliveries go one after another.
async fn one_connection(db: Db, behaviour: Behaviour) -> TestApp {
    TestApp::tuned(db, behaviour, |config| config.smtp.connections = 1).await
}

async fn find(app: &TestApp, email: &str) -> Subscriber {
    let found = find_subscriber(&app.store, email).await;
    found.unwrap_or_else(|| panic!("{email} is on the list"))
}

async fn move_reader(app: &TestApp, from: &str, to: &str) {
    let reader = find(app, from).await;
    let mut tx = app.store.begin().await.unwrap();
    let to = Address::parse(to).unwrap();
    let tag = app.tag_of(to.key());
    let moved = list::readdress(&mut tx, reader.id, &to, tag).await;
    assert!(moved.unwrap(), "nobody else has {to}");
    tx.commit().await.unwrap();
}

async fn rename(app: &TestApp, email: &str, name: Option<&str>) {
    let reader = find(app, email).await;
    let mut tx = app.store.begin().await.unwrap();
    let done = list::describe(&mut tx, reader.id, name, None).await;
    done.unwrap();
    tx.commit().await.unwrap();
}

/// Buttons in the settings.
#[derive(Clone, Copy, Debug)]
enum Button {
    Pause,
    Digest,
    Every,
}

/// Presses a button; returns the number of its undo.
async fn choose(app: &TestApp, email: &str, pressed: Button) -> i64 {
    let reader = find(app, email).await;
    let before = Choice::of(&reader);
    let choice = match pressed {
        Button::Pause => before.paused_for(app, 4),
        Button::Digest => Choice {
            frequency: Frequency::Digest,
            ..before
        },
        Button::Every => Choice::default(),
    };
    let undo = readers::choose(app, &reader, choice).await;
    undo.unwrap()
}

/// Takes back what a page did.
async fn take_back(app: &TestApp, undo: i64) {
    let now = app.clock.now_millis();
    let good = undos::good(&app.store, undo, now).await.unwrap();
    let done = readers::undo(app, &good.unwrap()).await;
    assert!(done.unwrap());
}

/// Choices of less mail, and the ledger's word for each.
const LESS: [(Button, &str); 2] = [(Button::Pause, "paused"), (Button::Digest, "digest")];

/// An instance whose relay had an issue for two readers. The first pressed a button while the mail was on the wire.
async fn app_on_the_wire(db: Db, behaviour: Behaviour, button: Button) -> TestApp {
    let app = one_connection(db, behaviour).await;
    send_and_press(&app, button).await;
    app
}

async fn send_and_press(app: &TestApp, button: Button) {
    app.issue(SLUG).readers(2).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (_, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        choose(app, FIRST, button).await;
        gate.release();
    });
}

/// The state and the reply of the latest delivery to a reader.
async fn delivery(app: &TestApp, email: &str) -> (State, Option<String>) {
    let reader = find(app, email).await;
    let history = deliveries::history(&app.store, reader.id).await;
    let latest = history.unwrap().remove(0);
    (latest.state, latest.reply)
}

fn skipped(reply: &str) -> (State, Option<String>) {
    (State::Skipped, Some(reply.to_owned()))
}

fn mails(app: &TestApp, email: &str) -> usize {
    app.catcher.for_recipient(email).len()
}

async fn a_reader_who_moves_after_the_claim_gets_the_mail_at_the_new_address_only(db: Db) {
    let plain = || Behaviour::new().without(Extension::Pipelining);
    // With pipelining the relay has taken the envelope to the old address behind the first mail.
    for behaviour in [Behaviour::new(), plain()] {
        let app = one_connection(db, behaviour).await;
        app.issue(SLUG).readers(3).await;
        let gate = app.catcher.pause_at(Step::Dot);
        let (sent, ()) = tokio::join!(app.send(SLUG), async {
            at_gate(&gate, 1).await;
            assert_eq!(app.counts(SLUG).await.claimed, 2, "the others are claimed");
            move_reader(&app, OLD, NEW).await;
            gate.release();
        });
        assert_eq!(sent, RunResult::Finished, "the same run sends it");
        assert_eq!((mails(&app, OLD), mails(&app, NEW)), (0, 1));
        assert_eq!(app.counts(SLUG).await.accepted, 3);
        assert_eq!(app.catcher.len(), 3);
        assert!(
            app.catcher.faults().is_empty(),
            "{:?}",
            app.catcher.faults()
        );
        let mail = app.catcher.for_recipient(NEW).remove(0);
        let content = String::from_utf8(mail.content).unwrap();
        assert!(content.contains(NEW) && !content.contains(OLD), "{content}");
    }
}

async fn a_slow_send_follows_moves_of_everyone_it_has_claimed(db: Db) {
    let app = TestApp::tuned(db, Behaviour::new(), |config| {
        config.smtp.connections = 2;
        config.smtp.rate_per_second = Some(20.0);
    })
    .await;
    app.issue(SLUG).readers(12).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 2).await;
        assert_eq!(
            app.counts(SLUG).await.claimed,
            10,
            "all of them are claimed"
        );
        for number in 3..=12 {
            let (from, to) = (
                format!("reader-{number}@example.com"),
                format!("new-{number}@example.net"),
            );
            move_reader(&app, &from, &to).await;
        }
        gate.release();
    });
    assert_eq!(sent, RunResult::Finished);
    for number in 3..=12 {
        let (from, to) = (
            format!("reader-{number}@example.com"),
            format!("new-{number}@example.net"),
        );
        assert_eq!((mails(&app, &from), mails(&app, &to)), (0, 1), "{number}");
    }
    assert_eq!(app.catcher.len(), 12);
}

async fn a_name_that_changes_after_the_claim_is_not_the_mails(db: Db) {
    let app = one_connection(db, Behaviour::new()).await;
    app.issue(SLUG)
        .readers(1)
        .await
        .named_reader(OLD, Some("Deadname"))
        .await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        rename(&app, OLD, Some("Zoë \"quoted\" \\ name")).await;
        gate.release();
    });
    assert_eq!(sent, RunResult::Finished);
    let mail = app.catcher.for_recipient(OLD).remove(0);
    let message = mail_parser::MessageParser::default()
        .parse(&mail.content)
        .unwrap();
    let text = message.body_text(0).unwrap();
    assert!(text.contains("Hi Zoë \"quoted\" \\ name,"), "{text}");
    assert_eq!(mails(&app, OLD), 1);
}

async fn a_refusal_of_the_former_address_does_not_count_against_a_reader_who_moved(db: Db) {
    let refuse = || {
        Behaviour::new()
            .at(Step::Rcpt)
            .to(OLD)
            .reply(550, "5.1.1 No such user")
    };
    let app = one_connection(db, refuse()).await;
    app.issue(SLUG).readers(2).await;
    // The envelope to the old address is refused behind the first mail, before the mark.
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        move_reader(&app, OLD, NEW).await;
        gate.release();
    });
    assert_eq!(sent, RunResult::Finished);
    assert_eq!(app.consent(NEW).await, Consent::Confirmed);
    assert_eq!((mails(&app, OLD), mails(&app, NEW)), (0, 1));
}

async fn a_dead_mailbox_whose_reader_moved_bounces_nobody(db: Db) {
    let dead = Behaviour::new()
        .at(Step::Dot)
        .to(OLD)
        .reply(550, "5.1.1 No such user");
    let app = one_connection(db, dead).await;
    app.issue(SLUG).reader(OLD).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(SLUG), async {
        at_gate(&gate, 1).await;
        move_reader(&app, OLD, NEW).await;
        gate.release();
    });
    assert_eq!(sent, RunResult::Finished);
    assert_eq!(
        app.consent(NEW).await,
        Consent::Confirmed,
        "the new mailbox is not dead"
    );
    app.issue("second").send("second").await;
    assert_eq!(mails(&app, NEW), 1);
}

async fn a_retry_skips_readers_who_have_paused(db: Db) {
    for (button, reply) in LESS {
        let later = Behaviour::new()
            .at(Step::Dot)
            .times(1)
            .reply(451, "4.3.0 Later");
        let app = app_on_the_wire(db, later, button).await;
        app.clock.advance(TimeDelta::hours(1));
        assert_eq!(app.send(SLUG).await, RunResult::Finished);
        assert_eq!(
            mails(&app, FIRST),
            0,
            "nothing comes until the pause is over"
        );
        assert_eq!(delivery(&app, FIRST).await, skipped(reply));
    }
}

async fn resending_refused_mails_skips_readers_who_want_none(db: Db) {
    let full = Behaviour::new()
        .at(Step::Dot)
        .reply(552, "5.2.2 Mailbox full");
    let app = TestApp::behaving(db, full).await;
    app.issue(SLUG).readers(3).await;
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(app.counts(SLUG).await.refused, 3);
    choose(&app, FIRST, Button::Pause).await;
    choose(&app, "reader-2@example.com", Button::Digest).await;
    app.catcher.set(Behaviour::new());
    let printed = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    assert!(printed.contains("goes out again to 1 reader"), "{printed}");
    assert_eq!(
        (app.catcher.len(), mails(&app, "reader-3@example.com")),
        (1, 1)
    );
    let printed = stdout(&app.verdict(&["resend", SLUG, "--refused"]));
    assert!(printed.contains("nobody"), "{printed}");
    assert_eq!(app.catcher.len(), 1);
}

async fn hastening_deferred_mails_skips_readers_who_want_none(db: Db) {
    for (button, _) in LESS {
        let later = Behaviour::new()
            .at(Step::Dot)
            .times(2)
            .reply(451, "4.3.0 Later");
        let app = app_on_the_wire(db, later, button).await;
        let output = app.verdict(&["resend", SLUG, "--deferred"]);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(printed.contains("goes out again to 1 reader"), "{printed}");
        assert_eq!((mails(&app, FIRST), mails(&app, OLD)), (0, 1));
    }
}

async fn settling_doubt_sends_nothing_to_readers_who_want_none(db: Db) {
    for (button, reply) in LESS {
        let silent = Behaviour::new()
            .at(Step::Dot)
            .times(2)
            .accept_then_hang_up();
        let app = app_on_the_wire(db, silent, button).await;
        assert_eq!(app.counts(SLUG).await.unknown, 2);
        let printed = stdout(&app.verdict(&["settle", SLUG, "--resend"]));
        assert!(printed.contains("goes out again to 1 reader"), "{printed}");
        assert_eq!((mails(&app, FIRST), mails(&app, OLD)), (1, 2));
        assert!(app.in_doubt(SLUG).await.is_empty());
        assert_eq!(delivery(&app, FIRST).await, skipped(reply));
    }
}

async fn doubt_that_is_resent_automatically_skips_readers_who_want_no_mail(db: Db) {
    for (button, reply) in LESS {
        let silent = Behaviour::new()
            .at(Step::Dot)
            .times(1)
            .accept_then_hang_up();
        let app = TestApp::tuned(db, silent, |config| {
            config.smtp.connections = 1;
            config.smtp.on_doubt = OnDoubt::Resend;
        })
        .await;
        send_and_press(&app, button).await;
        app.clock.advance(TimeDelta::minutes(10));
        assert_eq!(app.send(SLUG).await, RunResult::Finished);
        assert_eq!((mails(&app, FIRST), mails(&app, OLD)), (1, 1));
        assert_eq!(delivery(&app, FIRST).await, skipped(reply));
    }
}

async fn taking_back_a_choice_brings_what_it_skipped(db: Db) {
    for (button, reply) in LESS {
        let app = one_connection(db, Behaviour::new()).await;
        app.issue(SLUG).readers(1).await.freeze(SLUG).await;
        let undo = choose(&app, FIRST, button).await;
        assert_eq!(delivery(&app, FIRST).await, skipped(reply));
        take_back(&app, undo).await;
        assert_eq!(app.send(SLUG).await, RunResult::Finished);
        assert_eq!(mails(&app, FIRST), 1, "{button:?}");
    }
}

async fn a_reader_who_comes_back_during_a_send_gets_it(db: Db) {
    let later = Behaviour::new()
        .at(Step::Dot)
        .to(OLD)
        .times(1)
        .reply(451, "4.3.0 Later");
    let app = one_connection(db, later).await;
    app.issue(SLUG).readers(2).await.freeze(SLUG).await;
    let leave = Leave {
        subscriber: find(&app, FIRST).await.id,
        edition: None,
        source: ConsentSource::Page,
        reason: None,
        address_tag: None,
        with_undo: true,
    };
    let left = readers::unsubscribe_all(&app, vec![leave]).await.unwrap();
    assert!(
        matches!(app.send(SLUG).await, RunResult::Waiting(_)),
        "the other waits"
    );
    assert_eq!(delivery(&app, FIRST).await, skipped("unsubscribed"));
    take_back(&app, left[0].undo.unwrap()).await;
    app.send(SLUG).await;
    assert_eq!((mails(&app, FIRST), mails(&app, OLD)), (1, 0));
}

async fn pressing_digest_again_skips_no_digest_that_waits(db: Db) {
    let later = Behaviour::new()
        .at(Step::Dot)
        .times(1)
        .reply(451, "4.3.0 Later");
    let app = with_digest(db, later).await;
    assert!(matches!(app.send(DIGEST).await, RunResult::Waiting(_)));
    choose(&app, FIRST, Button::Digest).await;
    assert_eq!(delivery(&app, FIRST).await.0, State::Deferred);
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(app.send(DIGEST).await, RunResult::Finished);
    assert_eq!(mails(&app, FIRST), 1);
}

async fn a_digest_skips_readers_who_want_every_issue_again(db: Db) {
    let later = Behaviour::new()
        .at(Step::Dot)
        .times(1)
        .reply(451, "4.3.0 Later");
    let app = with_digest(db, later).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let (sent, ()) = tokio::join!(app.send(DIGEST), async {
        at_gate(&gate, 1).await;
        choose(&app, FIRST, Button::Every).await;
        gate.release();
    });
    assert_eq!(
        sent,
        RunResult::Finished,
        "what was put off is skipped at the end of the run"
    );
    assert_eq!(delivery(&app, FIRST).await, skipped("every"));
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(app.send(DIGEST).await, RunResult::Finished);
    assert_eq!(mails(&app, FIRST), 0);
}

/// The digest of [`with_digest`].
const DIGEST: &str = "digest-2026-11";

/// An instance with one digest reader; the digest is frozen but not sent. The issue before it went to another reader.
async fn with_digest(db: Db, behaviour: Behaviour) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader("every@example.com").await;
    app.send(SLUG).await;
    app.readers(1).await;
    choose(&app, FIRST, Button::Digest).await;
    // Thursday 3 December, 09:00 in Berlin.
    app.clock.advance(TimeDelta::days(10));
    let frozen = verdict::edition::freeze_digest(&app).await;
    assert_eq!(frozen.unwrap(), Some((DIGEST.to_owned(), 1)));
    app.catcher.set(behaviour);
    app
}

/// A reader chooses during a freeze: the enrolment does not see the choice, and the choice does not see the
/// enrolment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres_a_choice_made_during_a_freeze_counts() {
    let app = TestApp::on(Db::Postgres).await;
    app.issue(SLUG).readers(3).await;
    let held = app.schema().hold_enrolments();
    let (_, ()) = tokio::join!(app.freeze(SLUG), async {
        let reached = || async { app.schema().held() > 0 };
        until("the enrolment has begun", reached).await;
        choose(&app, FIRST, Button::Pause).await;
        choose(&app, "reader-2@example.com", Button::Digest).await;
        drop(held);
    });
    assert_eq!(
        app.counts(SLUG).await.queued,
        3,
        "the freeze knew nothing of it"
    );
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    assert_eq!(
        (app.catcher.len(), mails(&app, "reader-3@example.com")),
        (1, 1)
    );
    assert_eq!(delivery(&app, FIRST).await, skipped("paused"));
    assert_eq!(
        delivery(&app, "reader-2@example.com").await,
        skipped("digest")
    );
}
