//! A relay that misbehaves once, in every way and at every step, with PIPELINING and without: nobody is lost, nobody
//! is mailed twice, and only mails that may have arrived are in doubt.

use chrono::TimeDelta;
use futures_util::future::join_all;
use verdict::catcher::{Behaviour, Extension, Step};
use verdict::delivery::{RunResult, SendError};
use verdict::store::deliveries::Counts;

use crate::database::Db;
use crate::test_app::{TestApp, stdout};

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 8;
/// The recipient that the misbehaviour affects, at the steps that name one.
const VICTIM: &str = "reader-3@example.com";

/// What the relay does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Delay,
    Stall,
    NotNow,
    Never,
    HangUp,
    Garbage,
    Split,
    TakeAndHangUp,
}

const KINDS: [Kind; 7] = [
    Kind::Delay,
    Kind::Stall,
    Kind::NotNow,
    Kind::Never,
    Kind::HangUp,
    Kind::Garbage,
    Kind::Split,
];

/// What becomes of the deliveries.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// Every reader gets it, and nothing is in doubt.
    AllAccepted,
    /// One is refused, the others get it.
    OneRefused,
    /// One is in doubt, the others get it.
    OneInDoubt,
    /// At most one is in doubt, depending on how much the system had taken.
    AtMostOneInDoubt,
}

fn wanted(step: Step, kind: Kind) -> Wanted {
    let silent = matches!(
        kind,
        Kind::Stall | Kind::HangUp | Kind::Garbage | Kind::TakeAndHangUp
    );
    match step {
        Step::Dot if silent => Wanted::OneInDoubt,
        Step::Content if silent => Wanted::AtMostOneInDoubt,
        Step::Rcpt | Step::Data | Step::Dot if kind == Kind::Never => Wanted::OneRefused,
        // A reply within the content counts like the reply to the dot; what it interrupts may be cut off.
        Step::Content if kind == Kind::Never => Wanted::AtMostOneInDoubt,
        _ => Wanted::AllAccepted,
    }
}

fn behaviour(step: Step, kind: Kind, pipelining: bool) -> Behaviour {
    let mut base = Behaviour::new();
    if !pipelining {
        base = base.without(Extension::Pipelining);
    }
    let mut at = base.at(step);
    if matches!(step, Step::Rcpt | Step::Data | Step::Content | Step::Dot) {
        at = at.to(VICTIM);
    }
    let at = at.times(1);
    let misbehaving = match kind {
        Kind::Delay => at.delay(std::time::Duration::from_millis(20)),
        Kind::Stall => at.stall(),
        Kind::NotNow => at.reply(451, "4.3.0 Not now"),
        Kind::Never => at.reply(554, "5.5.0 Never"),
        Kind::HangUp => at.hang_up(),
        Kind::Garbage => at.garbage(b"\x00\xff!? this is no reply\r\n"),
        Kind::Split => at.split_reply(),
        Kind::TakeAndHangUp => at.accept_then_hang_up(),
    };
    // RSET follows only an envelope that is taken back.
    match step {
        Step::Rset => misbehaving
            .at(Step::Rcpt)
            .to(VICTIM)
            .times(1)
            .reply(452, "4.2.2 Full"),
        _ => misbehaving,
    }
}

/// Sends until every delivery has its outcome, as `verdict serve` and an operator would.
async fn send_all(app: &TestApp) {
    for _ in 0..12 {
        match app.try_send(SLUG).await {
            Ok(RunResult::Finished) => return,
            Ok(RunResult::Waiting(_)) => app.clock.advance(TimeDelta::minutes(30)),
            Ok(RunResult::Objected) => {
                stdout(&app.verdict(&["resume", SLUG]));
            }
            Err(SendError::Relay { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    panic!("it never ends");
}

async fn one(step: Step, kind: Kind, pipelining: bool) -> Result<(), String> {
    let app = TestApp::tuned(Db::Sqlite, behaviour(step, kind, pipelining), |config| {
        config.smtp.connections = 2;
        config.smtp.relay.timeout = TimeDelta::milliseconds(400);
    })
    .await;
    app.issue(SLUG).readers(READERS).await;
    send_all(&app).await;
    let counts = app.counts(SLUG).await;
    let in_doubt = app.in_doubt(SLUG).await;
    let mut complaints = Vec::new();
    if !is_as(&wanted(step, kind), &counts) {
        complaints.push(format!("{counts:?}, wanted {:?}", wanted(step, kind)));
    }
    for number in 1..=READERS {
        let email = format!("reader-{number}@example.com");
        let mails = app.catcher.for_recipient(&email).len();
        let excused = in_doubt.contains(&email) || counts.refused > 0 && email == VICTIM;
        if mails > 1 || mails == 0 && !excused {
            complaints.push(format!("{email} got {mails} mails"));
        }
    }
    // A relay that hangs up in the middle, or waits in vain, sees no protocol error from us.
    if !app.catcher.faults().is_empty() {
        complaints.push(format!("{:?}", app.catcher.faults()));
    }
    match complaints.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "{kind:?} at {step:?}, pipelining {pipelining}: {}",
            complaints.join("; ")
        )),
    }
}

fn is_as(wanted: &Wanted, counts: &Counts) -> bool {
    let all = i64::try_from(READERS).unwrap();
    let (accepted, refused, unknown) = (counts.accepted, counts.refused, counts.unknown);
    match wanted {
        Wanted::AllAccepted => accepted == all,
        Wanted::OneRefused => (accepted, refused) == (all - 1, 1),
        Wanted::OneInDoubt => (accepted, unknown) == (all - 1, 1),
        Wanted::AtMostOneInDoubt => accepted + refused + unknown == all && refused + unknown <= 1,
    }
}

/// Every kind at one step.
async fn at(step: Step, kinds: &[Kind]) {
    let cases = kinds
        .iter()
        .flat_map(|kind| [one(step, *kind, true), one(step, *kind, false)]);
    let failures: Vec<_> = join_all(cases)
        .await
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

macro_rules! at_each_step {
    ($($name:ident: $step:expr,)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            at($step, &KINDS).await;
        }
    )*};
}

at_each_step! {
    before_the_greeting: Step::Connect,
    at_ehlo: Step::Ehlo,
    at_mail: Step::Mail,
    at_rcpt: Step::Rcpt,
    at_data: Step::Data,
    in_the_content: Step::Content,
    at_the_dot: Step::Dot,
    at_rset: Step::Rset,
    at_quit: Step::Quit,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_was_taken_without_a_reply() {
    at(Step::Dot, &[Kind::TakeAndHangUp]).await;
}
