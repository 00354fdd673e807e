//! `serve` with a relay that changes its behaviour at random: in the end the ledger and the relay agree about every
//! reader, few are in doubt, and every pause has a reason and an alert.

use std::time::Duration;

use rusqlite::Connection;
use tokio::time::{Instant, sleep};
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;
use verdict::store::deliveries::{self, State};
use verdict::store::editions::EditionState;

use crate::chance::Chance;
use crate::child::{Running, binary, is_soak, until};
use crate::database::Db;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, stdout};

on_both_stores!(the_ledger_is_right_whatever_the_relay_does);

const SLUG: &str = "tea-vs-coffee";
const EDITOR: &str = "editor@example.org";
const CONNECTIONS: usize = 4;
/// What a pause may leave in doubt: the mails in flight, and as many as the decision takes.
const DOUBTS: usize = CONNECTIONS + 16;

/// How long the storm lasts, how long each behaviour lasts, and how many readers there are.
fn scale() -> (Duration, Duration, usize) {
    match is_soak() {
        true => (Duration::from_secs(3600), Duration::from_secs(10), 20_000),
        false => (Duration::from_secs(60), Duration::from_secs(1), 400),
    }
}

const STEPS: [Step; 8] = [
    Step::Connect,
    Step::Ehlo,
    Step::Mail,
    Step::Rcpt,
    Step::Data,
    Step::Content,
    Step::Dot,
    Step::Rset,
];

/// A random behaviour of the catcher, sometimes a good one.
fn behaviour(chance: &mut Chance) -> Behaviour {
    let base = Behaviour::new().reply_delay(Duration::from_millis(2));
    let kind = chance.below(11);
    if kind == 0 {
        return base;
    }
    let step = STEPS[chance.below(STEPS.len())];
    let base = match chance.below(4) {
        0 => base.without(verdict::catcher::Extension::Pipelining),
        _ => base,
    };
    let at = base.at(step).after(chance.below(8) as u64);
    let at = match chance.below(3) {
        0 => at,
        _ => at.times(1 + chance.below(5) as u64),
    };
    match kind {
        1 => at.delay(Duration::from_millis(50)),
        2 => at.stall(),
        3 => at.reply(451, "4.3.0 Not now"),
        4 => at.reply(554, "5.5.0 Never"),
        5 => at.reply(550, "5.7.1 Blocked"),
        6 => at.reply(421, "4.3.2 Going down"),
        7 => at.hang_up(),
        8 => at.garbage(b"\x00\xff!? this is no reply\r\n"),
        9 => at.split_reply(),
        _ => at.accept_then_hang_up(),
    }
}

fn serve(app: &TestApp, rate: f64) -> Running {
    Running::start(
        binary()
            .arg("--dir")
            .arg(app.dir.path())
            .args(["serve", "--only", "send"])
            .env("VERDICT_ALERTS_TO", EDITOR)
            .env("VERDICT_SMTP_CONNECTIONS", CONNECTIONS.to_string())
            .env("VERDICT_SMTP_TIMEOUT", "1s")
            .env("VERDICT_SMTP_RATE_PER_SECOND", rate.to_string()),
    )
}

/// How many alerts about a pause were sent or wait.
fn alerts(app: &TestApp) -> usize {
    let question = "SELECT COUNT(*) FROM outbox WHERE kind = 'alert' AND subject LIKE '%is paused'";
    let count: i64 = match app.store.file() {
        Some(file) => {
            let store = Connection::open(file).unwrap();
            store.query_row(question, [], |row| row.get(0)).unwrap()
        }
        None => app.schema().number(question),
    };
    usize::try_from(count).unwrap()
}

async fn the_ledger_is_right_whatever_the_relay_does(db: Db) {
    let (storm, spell, readers) = scale();
    let app = TestApp::on(db).await;
    app.issue(SLUG).readers(readers).await;
    app.clock.set(Clock::system().now());
    app.freeze(SLUG).await;
    let (mut chance, mut pauses) = (Chance(7), 0);
    app.catcher.set(behaviour(&mut chance));
    // Sending must take as long as the storm.
    let mut process = serve(&app, 1.5 * readers as f64 / storm.as_secs_f64());
    let end = Instant::now() + storm;
    while Instant::now() < end {
        app.catcher.set(behaviour(&mut chance));
        sleep(spell).await;
        let edition = app.edition(SLUG).await;
        if edition.state == EditionState::Paused {
            pauses += 1;
            assert!(edition.pause_reason.is_some());
            until("the pause is alerted", || async { alerts(&app) == pauses }).await;
            stdout(&app.verdict(&["resume", SLUG]));
        }
    }
    app.catcher.set(Behaviour::new());
    assert_eq!(process.end_by("TERM").await, Some(0));
    stdout(&app.verdict(&["status", SLUG]));

    let in_doubt = app.in_doubt(SLUG).await;
    let most = (pauses + 1) * DOUBTS;
    assert!(
        in_doubt.len() <= most,
        "{} in doubt after {pauses} pauses",
        in_doubt.len()
    );
    let mut wrong = Vec::new();
    for number in 1..=readers {
        let email = format!("reader-{number}@example.com");
        let reader = find_subscriber(&app.store, &email).await.unwrap();
        let history = deliveries::history(&app.store, reader.id).await.unwrap();
        let (state, got) = (history[0].state, app.catcher.for_recipient(&email).len());
        let agrees = match state {
            State::Accepted => got == 1,
            State::Unknown => got <= 1,
            _ => got == 0,
        };
        if !agrees {
            wrong.push(format!("{email} is {} and got {got}", state.into_str()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let counts = app.counts(SLUG).await;
    println!("{pauses} pauses, {} in doubt, {counts:?}", in_doubt.len());
    assert!(
        counts.accepted > 0 && pauses > 0,
        "the storm was none: {counts:?}, {pauses} pauses"
    );
    let faults = app.catcher.faults();
    assert!(faults.is_empty(), "{faults:?}");
}
