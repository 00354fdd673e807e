//! Relays with unusual replies: endless, not in UTF-8, without a text, or to HELO only.

use std::time::Duration;

use chrono::TimeDelta;
use subscribers::consent::Consent;
use tokio::time::timeout;
use verdict::catcher::{Behaviour, Extension, Mechanism, Step};
use verdict::delivery::RunResult;

use crate::child::{LIMIT, Running, binary, is_soak};
use crate::database::Db;
use crate::test_app::{TestApp, stdout};

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 3;
const VICTIM: &str = "reader-2@example.com";

/// One connection, and the default timeout.
async fn app(behaviour: Behaviour) -> TestApp {
    let app = TestApp::tuned(Db::Sqlite, behaviour.transcript(), |config| {
        config.smtp.connections = 1;
    })
    .await;
    app.issue(SLUG).readers(READERS).await;
    app
}

/// Every reader gets one mail, and the sender keeps to the protocol.
async fn arrives(app: &TestApp) {
    assert_eq!(app.send(SLUG).await, RunResult::Finished);
    for number in 1..=READERS {
        let email = format!("reader-{number}@example.com");
        assert_eq!(app.catcher.for_recipient(&email).len(), 1, "{email}");
    }
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endless_line_closes_the_connection_at_every_step() {
    let steps = [
        (Step::Connect, false),
        (Step::Ehlo, false),
        (Step::Auth, false),
        (Step::Mail, false),
        (Step::Rcpt, false),
        (Step::Data, false),
        (Step::Dot, true),
        (Step::Rset, false),
    ];
    for (step, leaves_a_doubt) in steps {
        let mut behaviour = Behaviour::new().credentials("press", "s3cret");
        if step == Step::Rset {
            let refused = behaviour.at(Step::Rcpt).to(VICTIM).times(1);
            behaviour = refused.reply(552, "5.2.2 Full");
        }
        let app = app(behaviour.at(step).times(1).endless_line()).await;
        let sent = timeout(LIMIT / 6, app.verdict_sending("press:s3cret@")).await;
        let (code, printed) = sent.unwrap_or_else(|_| panic!("{step:?}: it keeps reading"));
        let counts = app.counts(SLUG).await;
        let ended = match step {
            Step::Connect | Step::Ehlo | Step::Auth => {
                assert!(printed.contains("longer than 65536 octets"), "{printed}");
                (Some(2), 0, 0, 0)
            }
            Step::Rset => (Some(1), 2, 1, 0),
            _ if leaves_a_doubt => (Some(1), 2, 0, 1),
            _ => (Some(0), 3, 0, 0),
        };
        let (accepted, refused, unknown) = (counts.accepted, counts.refused, counts.unknown);
        assert_eq!(
            (code, accepted, refused, unknown),
            ended,
            "{step:?}: {printed}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_counts_in_whatever_charset_it_is_and_whatever_its_second_digit() {
    for (reply, shown, consent) in [
        (
            b"550 5.1.1 Unbekannter Empf\xe4nger\r\n".as_slice(),
            "550 5.1.1 Unbekannter Empf\u{fffd}nger",
            Consent::Bounced,
        ),
        (
            b"550-5.1.1 Unbekannter\r\n550 5.1.1 Empf\xe4nger\r\n",
            "550 5.1.1 Unbekannter Empf\u{fffd}nger",
            Consent::Bounced,
        ),
        (
            b"571 Message refused\r\n",
            "571 Message refused",
            Consent::Confirmed,
        ),
        (b"550\r\n", "550", Consent::Confirmed),
    ] {
        for step in [Step::Rcpt, Step::Dot] {
            for pipelining in [true, false] {
                let mut behaviour = Behaviour::new();
                if !pipelining {
                    behaviour = behaviour.without(Extension::Pipelining);
                }
                let app = app(behaviour.at(step).to(VICTIM).garbage(reply)).await;
                let sent = timeout(LIMIT / 6, app.try_send(SLUG)).await;
                let ended = sent.expect("it tries for ever").unwrap();
                assert_eq!(ended, RunResult::Finished, "{shown} at {step:?}");
                let counts = app.counts(SLUG).await;
                assert_eq!((counts.accepted, counts.refused), (2, 1), "{shown}");
                assert_eq!(app.consent(VICTIM).await, consent, "{shown}");
                let why = stdout(&app.verdict(&["why", VICTIM]));
                assert!(why.contains(shown), "{why}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_without_a_text_is_a_reply() {
    for mechanism in [Mechanism::Plain, Mechanism::Login] {
        let behaviour = Behaviour::new().bare_replies();
        let behaviour = behaviour.credentials("press", "s3cret");
        let app = app(behaviour.without_mechanism(mechanism)).await;
        let (code, printed) = app.verdict_sending("press:s3cret@").await;
        assert_eq!(code, Some(0), "{printed}");
        assert_eq!(app.catcher.len(), READERS);
        assert!(app.catcher.faults().is_empty());
        assert!(app.catcher.transcript(1).contains(&"S: 250".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_does_not_know_ehlo_gets_helo_and_no_extensions() {
    for code in [500, 501, 502, 504, 550] {
        for bare in [false, true] {
            let mut behaviour = Behaviour::new();
            if bare {
                behaviour = behaviour.bare_replies();
            }
            let behaviour = behaviour.at(Step::Ehlo).times(1);
            let app = app(behaviour.reply(code, "5.5.1 What?")).await;
            arrives(&app).await;
            let lines = app.catcher.transcript(1);
            let hello = lines.iter().filter(|line| line.contains("C: HELO "));
            assert_eq!(hello.count(), 1, "{code}: {lines:?}");
            assert!(
                !lines.iter().any(|line| line.contains("SIZE=")),
                "{lines:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_refuses_ehlo_for_another_reason_gets_no_helo() {
    for (code, text) in [(554, "5.7.1 Not from there"), (421, "4.3.2 Not now")] {
        let app = app(Behaviour::new().at(Step::Ehlo).reply(code, text)).await;
        let error = app.try_send(SLUG).await.unwrap_err().to_string();
        assert!(error.contains(text), "{error}");
        let lines = app.catcher.transcript(1);
        assert!(!lines.iter().any(|line| line.contains("HELO")), "{lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_must_encrypt_but_supports_helo_only_gets_no_mail() {
    let url = |catcher: &verdict::catcher::Catcher, _: &std::path::Path| {
        format!("url = \"smtp://{}?tls=required\"", catcher.addr())
    };
    let behaviour = Behaviour::new()
        .at(Step::Ehlo)
        .times(1)
        .reply(502, "5.5.1 What?");
    let app = TestApp::relaying(Db::Sqlite, behaviour.transcript(), url, |_| {}).await;
    app.issue(SLUG).readers(1).await;
    let error = app.try_send(SLUG).await.unwrap_err().to_string();
    assert!(error.contains("does not offer STARTTLS"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_step_of_opening_has_the_configured_timeout() {
    let limit = Duration::from_millis(600);
    let behaviour = [Step::Connect, Step::Ehlo, Step::Auth].into_iter().fold(
        Behaviour::new().credentials("press", "s3cret"),
        |behaviour, step| behaviour.at(step).delay(limit / 2),
    );
    let app = TestApp::tuned(Db::Sqlite, behaviour, |config| {
        config.smtp.relay.timeout = TimeDelta::from_std(limit).unwrap();
        config.smtp.relay.credentials = Some(("press".to_owned(), "s3cret".to_owned()));
    })
    .await;
    app.issue(SLUG).readers(READERS).await;
    arrives(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greeting_may_take_longer_than_half_a_minute() {
    if !is_soak() {
        return;
    }
    let behaviour = Behaviour::new().at(Step::Connect);
    let app = app(behaviour.delay(Duration::from_secs(35))).await;
    arrives(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_cannot_be_used_ends_verdict_send_with_its_reply() {
    let closing = "421 4.3.2 Closing";
    let behaviours = [
        (
            Behaviour::new()
                .at(Step::Mail)
                .after(2)
                .reply(421, "4.3.2 Closing"),
            2,
            closing,
        ),
        (
            Behaviour::new().at(Step::Mail).reply(421, "4.3.2 Closing"),
            0,
            closing,
        ),
        (
            Behaviour::new().at(Step::Rcpt).hang_up(),
            0,
            "RCPT: the relay closed the connection",
        ),
        (
            Behaviour::new().at(Step::Data).reply(250, "What?"),
            0,
            "out of step: 250 What?",
        ),
    ];
    for (behaviour, accepted, words) in behaviours {
        let app = app(behaviour).await;
        let sent = timeout(LIMIT / 6, app.verdict_sending("")).await;
        let (code, printed) = sent.expect("it tries for ever");
        assert_eq!(code, Some(2), "{printed}");
        assert!(printed.contains(words), "{printed}");
        let counts = app.counts(SLUG).await;
        let found = (counts.accepted, counts.queued + counts.deferred);
        assert_eq!(found, (accepted, 3 - accepted), "{printed}");
        assert!(app.catcher.connections_opened() < 10);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_whose_mail_breaks_the_connection_is_deferred_and_delays_nobody() {
    for readers in [1, 3] {
        let behaviour = Behaviour::new()
            .at(Step::Rcpt)
            .to("reader-1@example.com")
            .hang_up();
        let app = TestApp::tuned(Db::Sqlite, behaviour, |config| {
            config.smtp.connections = 1;
        })
        .await;
        app.issue(SLUG).readers(readers).await;
        let sent = timeout(LIMIT / 6, app.verdict_sending("")).await;
        let (code, printed) = sent.expect("it tries for ever");
        assert_eq!(code, Some(if readers == 1 { 2 } else { 0 }), "{printed}");
        let counts = app.counts(SLUG).await;
        let others = i64::try_from(readers).unwrap() - 1;
        assert_eq!((counts.accepted, counts.deferred), (others, 1), "{printed}");
        let why = stdout(&app.verdict(&["why", "reader-1@example.com"]));
        assert!(
            why.contains("the relay closed the connection before it replied"),
            "{why}"
        );
    }
}

impl TestApp {
    /// Runs `verdict send`, with a user name and a password if the relay asks for them; returns its exit code and
    /// output.
    async fn verdict_sending(&self, user: &str) -> (Option<i32>, String) {
        let mut command = binary();
        command
            .arg("--dir")
            .arg(self.dir.path())
            .args(["send", SLUG]);
        let relay = format!("smtp://{user}{}?tls=none", self.catcher.addr());
        command.env("VERDICT_SMTP_URL", relay);
        let (status, printed) = Running::start(&mut command).ended().await;
        (status.code(), printed)
    }
}
