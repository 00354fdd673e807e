//! Every class of reply at every step, at once, late, too late and too early, with PIPELINING and without: the ledger
//! matches the relay for each reader, and only a mail whose final dot was out is in doubt.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use rusqlite::Connection;
use verdict::catcher::{Behaviour, Extension, Step};
use verdict::delivery::{RunResult, SendError};

use crate::child::until;
use crate::database::Db;
use crate::test_app::{TestApp, stdout};

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 6;
/// The reader whose mail gets the reply, at the steps that name one.
const VICTIM: &str = "reader-3@example.com";
const TIMEOUT: Duration = Duration::from_millis(400);

/// What the relay replies.
const REPLIES: [&[u8]; 6] = [
    b"150 One moment\r\n",
    b"250 2.0.0 Ok\r\n",
    b"354 Go ahead\r\n",
    b"452 4.3.1 Not now\r\n",
    b"554 5.5.0 Never\r\n",
    b"\x00\xff!? this is no reply\r\n",
];

/// The step at which it replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Step(Step),
    /// To the final dot that ends a mail without recipients (RFC 2920 §3.1).
    LoneDot,
}

/// When it replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    AtOnce,
    Late,
    /// After the sender stopped waiting.
    TooLate,
    /// After the right reply to the step, before the next command.
    TooEarly,
}

const WHEN: [When; 4] = [When::AtOnce, When::Late, When::TooLate, When::TooEarly];

#[derive(Clone, Copy, Debug)]
struct Case {
    at: At,
    reply: &'static [u8],
    when: When,
    pipelining: bool,
}

impl Case {
    fn behaviour(self) -> Behaviour {
        let mut behaviour = Behaviour::new().transcript();
        if !self.pipelining {
            behaviour = behaviour.without(Extension::Pipelining);
        }
        // RSET or a lone dot comes only after something to take back.
        if matches!(self.at, At::LoneDot | At::Step(Step::Rset)) {
            let refused = behaviour.at(Step::Rcpt).to(VICTIM).times(1);
            behaviour = refused.reply(452, "4.2.2 Full").data_without_recipients();
        }
        let delay = match self.when {
            When::AtOnce | When::TooEarly => Duration::ZERO,
            When::Late => TIMEOUT / 8,
            // The final dot gets twice the time of another step.
            When::TooLate => TIMEOUT * 5,
        };
        // A second try uses another connection.
        let at = |behaviour: Behaviour| match self.at {
            At::LoneDot => behaviour
                .at(Step::Dot)
                .to_nobody()
                .nth_connection(1)
                .times(1),
            At::Step(step @ (Step::Rcpt | Step::Data | Step::Dot)) => {
                behaviour.at(step).to(VICTIM).nth_connection(1).times(1)
            }
            At::Step(step) => behaviour.at(step).nth_connection(1).times(1),
        };
        let at = at(at(behaviour).delay(delay));
        let text = std::str::from_utf8(self.reply).ok();
        let code = text.and_then(|text| text.get(..3)?.parse().ok());
        match (self.when, code) {
            (When::TooEarly, _) => at.say_behind(self.reply),
            (_, Some(code)) => at.reply(code, "Said by the test"),
            (_, None) => at.garbage(self.reply),
        }
    }

    /// The expected result for the reader's delivery.
    fn wanted(self) -> &'static str {
        let class = self.reply[0];
        match (self.at, self.when) {
            (At::Step(Step::Dot), When::TooLate) => "unknown",
            (At::Step(Step::Dot), When::AtOnce | When::Late) => match class {
                b'2' | b'4' => "accepted",
                b'5' => "refused",
                _ => "unknown",
            },
            (At::Step(Step::Rcpt | Step::Data), When::AtOnce | When::Late) if class == b'5' => {
                "refused"
            }
            _ => "accepted",
        }
    }
}

/// Sends until every delivery has its outcome, as `verdict serve` and an operator would.
async fn send_all(app: &TestApp) -> Result<(), String> {
    for _ in 0..12 {
        match app.try_send(SLUG).await {
            Ok(RunResult::Finished) => return Ok(()),
            Ok(RunResult::Waiting(_)) => app.clock.advance(TimeDelta::minutes(30)),
            Ok(RunResult::Objected) => {
                stdout(&app.verdict(&["resume", SLUG]));
            }
            Err(SendError::Relay { .. }) => {}
            other => return Err(format!("{other:?}")),
        }
    }
    Err("it never ends".to_owned())
}

/// The state of each reader's delivery.
fn ledger(app: &TestApp) -> BTreeMap<String, String> {
    let store = Connection::open(app.store.file().unwrap()).unwrap();
    let states =
        "SELECT s.address, d.state FROM deliveries d JOIN subscribers s ON s.id = d.subscriber";
    let mut states = store.prepare(states).unwrap();
    let rows = states.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

async fn complaints(case: Case) -> Vec<String> {
    let app = TestApp::tuned(Db::Sqlite, case.behaviour(), |config| {
        config.smtp.connections = 1;
        config.smtp.relay.timeout = TimeDelta::from_std(TIMEOUT).unwrap();
    })
    .await;
    app.issue(SLUG).readers(READERS).await;
    let sent = send_all(&app).await;
    // A mail may be accepted after we stopped waiting for the answer.
    until("the relay has done", || async {
        app.catcher.connections_open() == 0
    })
    .await;
    let mut complaints: Vec<_> = sent.err().into_iter().collect();
    let ledger = ledger(&app);
    assert_eq!(ledger.len(), READERS);
    for (email, state) in ledger {
        let mails = app.catcher.for_recipient(&email).len();
        let wanted = match email == VICTIM {
            true => case.wanted(),
            false => "accepted",
        };
        let agrees = match state.as_str() {
            "accepted" => mails == 1,
            "refused" => mails == 0,
            "unknown" => mails <= 1,
            _ => false,
        };
        if state != wanted || !agrees {
            complaints.push(format!("{email} is {state}, not {wanted}, and got {mails}"));
        }
    }
    let is_over = case.when == When::TooLate || !matches!(case.reply[0], b'2' | b'4' | b'5');
    if case.at == At::LoneDot && case.pipelining && is_over && case.when != When::TooEarly {
        let printed = app.catcher.transcript(1);
        if printed.iter().any(|line| line == "C: RSET") {
            complaints.push("the conversation went on".to_owned());
        }
    }
    let faults = app.catcher.faults();
    if !faults.is_empty() {
        complaints.push(format!("{faults:?}"));
    }
    complaints
        .iter()
        .map(|complaint| {
            let reply = String::from_utf8_lossy(case.reply);
            let Case {
                at,
                when,
                pipelining,
                ..
            } = case;
            format!("{at:?} {when:?} {reply:?} pipelining {pipelining}: {complaint}")
        })
        .collect()
}

/// Every reply at one step.
async fn at(at: At) {
    let mut found = Vec::new();
    for when in WHEN {
        let cases = REPLIES.iter().flat_map(|reply| {
            [true, false].map(|pipelining| Case {
                at,
                reply,
                when,
                pipelining,
            })
        });
        let all = join_all(cases.map(complaints)).await;
        found.extend(all.into_iter().flatten());
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

macro_rules! at_each_step {
    ($($name:ident: $at:expr,)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            at($at).await;
        }
    )*};
}

at_each_step! {
    to_the_connection: At::Step(Step::Connect),
    to_ehlo: At::Step(Step::Ehlo),
    to_mail: At::Step(Step::Mail),
    to_rcpt: At::Step(Step::Rcpt),
    to_data: At::Step(Step::Data),
    to_the_dot: At::Step(Step::Dot),
    to_a_dot_that_ends_nothing: At::LoneDot,
    to_rset: At::Step(Step::Rset),
}
