//! Several processes on one PostgreSQL share the work, and take over what a dead one held.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::catcher::{Behaviour, Gate, Step};
use verdict::clock::Clock;
use verdict::delivery::{self, Progress, RunResult, SendError};
use verdict::store::editions;

use crate::child::{Running, at_gate, binary, is_soak, until};
use crate::database::Db;
use crate::serve::slot_an_hour_ago;
use crate::test_app::{TestApp, stdout};
use crate::{delivery_audit, http};

const SLUG: &str = "tea-vs-coffee";
/// How the processes here are configured.
const CONNECTIONS: usize = 2;

fn command(app: &TestApp) -> Command {
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .env("VERDICT_SMTP_CONNECTIONS", CONNECTIONS.to_string());
    command
}

/// A sending process and the number under which it claims.
struct Node {
    process: Running,
    sender: i64,
}

/// Starts a sending process, and waits until it is registered as a sender.
async fn node(app: &TestApp, command: &mut Command) -> Node {
    let newest = || {
        app.schema()
            .number("SELECT COALESCE(MAX(id), 0) FROM senders")
    };
    let before = newest();
    let process = Running::start(command);
    until("it is a sender", || async { newest() > before }).await;
    Node {
        process,
        sender: newest(),
    }
}

/// Kills a process with SIGKILL. Its lease stays.
async fn kill(node: &mut Node) {
    node.process.signal("KILL");
    node.process.ended().await;
}

/// Ends the lease of these senders, as time would.
fn forget_lease(app: &TestApp, dead: &str) {
    let statement = format!("UPDATE senders SET lease_until = 0 WHERE id IN ({dead})");
    app.schema().execute(&statement);
}

/// Waits until these senders hold all open deliveries.
async fn until_only_these_hold(app: &TestApp, dead: &str) {
    let open = format!(
        "SELECT COUNT(*) FROM deliveries WHERE state IN ('queued', 'claimed', 'in_flight') \
         AND (owner IS NULL OR owner NOT IN ({dead}))"
    );
    until("the living have done what is theirs", || async {
        app.schema().number(&open) == 0
    })
    .await;
}

async fn until_done(app: &TestApp) {
    until("nothing is open", || async {
        app.counts(SLUG).await.open() == 0
    })
    .await;
}

/// Four processes that serve. Two of them die, each after this many mails.
async fn two_of_four_die(readers: usize, deaths: [usize; 2], lease: Lease) {
    let relay = Behaviour::new().reply_delay(Duration::from_millis(2));
    let app = TestApp::behaving(Db::Postgres, relay).await;
    app.issue(SLUG).readers(readers).await;
    app.freeze(SLUG).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(node(&app, command(&app).args(["serve", "--only", "send"])).await);
    }
    at_gate(&gate, 4 * CONNECTIONS).await;
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.in_flight, counts.unknown),
        (8, 0),
        "all four have their share: {counts:?}"
    );
    gate.release();

    let mut dead = Vec::new();
    for arrivals in deaths {
        until("some mails arrive", || async {
            app.catcher.len() >= arrivals
        })
        .await;
        let mut victim = nodes.remove(0);
        kill(&mut victim).await;
        dead.push(victim.sender.to_string());
    }
    let dead = dead.join(", ");
    until_only_these_hold(&app, &dead).await;
    if lease == Lease::Forgotten {
        forget_lease(&app, &dead);
    }
    until_done(&app).await;
    for node in &mut nodes {
        assert_eq!(node.process.end_by("TERM").await, Some(0));
    }
    let in_doubt = delivery_audit::held(&app, SLUG, readers, deaths.len() * CONNECTIONS).await;
    println!("two of four killed: {in_doubt} in doubt");
}

/// How the lease of the dead sender ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lease {
    /// At once, so that the test does not wait.
    Forgotten,
    /// By the database's clock.
    RunsOut,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_of_four_senders_die_and_the_others_take_over() {
    if is_soak() {
        two_of_four_die(1_500, [211, 977], Lease::RunsOut).await;
    }
    two_of_four_die(600, [150, 300], Lease::Forgotten).await;
}

/// Two `verdict send` on one edition: each has a mail at the gate when the second is killed. The first then holds
/// everything else.
struct OneDies {
    app: TestApp,
    gate: Gate,
    living: Node,
    dead: i64,
}

impl OneDies {
    /// One connection takes two batches of claims; one mail is left for the other.
    const READERS: usize = 65;

    async fn with(on_doubt: &str, frozen_ago: TimeDelta) -> Self {
        let app = TestApp::on(Db::Postgres).await;
        app.issue(SLUG).readers(Self::READERS).await;
        // The processes use the system's clock.
        app.clock.set(Clock::system().now() - frozen_ago);
        app.freeze(SLUG).await;
        let gate = app.catcher.pause_at(Step::Dot);
        let send = || {
            let mut command = command(&app);
            command.args(["send", SLUG]);
            command
                .env("VERDICT_SMTP_ON_DOUBT", on_doubt)
                .env("VERDICT_SMTP_CONNECTIONS", "1");
            command
        };
        let living = node(&app, &mut send()).await;
        until("one is left", || async {
            app.counts(SLUG).await.queued == 1
        })
        .await;
        let mut dying = node(&app, &mut send()).await;
        at_gate(&gate, 2).await;
        kill(&mut dying).await;
        Self {
            app,
            gate,
            living,
            dead: dying.sender,
        }
    }

    fn forget_lease(&self) {
        forget_lease(&self.app, &self.dead.to_string());
    }

    /// Waits for the surviving sender; every reader has the mail, and one has it twice.
    async fn ends_with_it_sent_again(mut self) {
        let (status, printed) = self.living.process.ended().await;
        assert_eq!(status.code(), Some(0), "{printed}");
        let delivery_audit = delivery_audit::resent(&self.app, SLUG, Self::READERS, 1).await;
        assert_eq!(delivery_audit, (1, 0), "the relay had it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_senders_deliveries_are_taken_over_while_another_sends() {
    let one = OneDies::with("hold", TimeDelta::zero()).await;
    one.forget_lease();
    // The survivor is still in the same run: its mail waits at the gate.
    let held = format!(
        "SELECT COUNT(*) FROM deliveries WHERE owner = {} AND state IN ('claimed', 'in_flight')",
        one.dead
    );
    until("the dead one holds nothing", || async {
        one.app.schema().number(&held) == 0
    })
    .await;
    assert_eq!(one.app.counts(SLUG).await.unknown, 1);
    let sender = format!(
        "SELECT COUNT(*) FROM senders WHERE id = {}",
        one.living.sender
    );
    assert_eq!(one.app.schema().number(&sender), 1, "it is the same run");
    one.gate.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_senders_doubts_are_resent_while_another_sends_if_configured() {
    let one = OneDies::with("resend", TimeDelta::zero()).await;
    one.forget_lease();
    one.gate.release();
    one.ends_with_it_sent_again().await;
}

/// `retry_for` limits how long a silent relay gets the same mail. It is no reason to leave a doubt that a dead sender
/// caused, as in a send that takes longer than a day.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_senders_doubts_are_resent_however_old_the_edition() {
    let one = OneDies::with("resend", TimeDelta::days(3)).await;
    one.forget_lease();
    one.gate.release();
    one.ends_with_it_sent_again().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_waits_until_the_lease_of_a_dead_sender_is_over_and_sends_what_it_left() {
    let mut one = OneDies::with("resend", TimeDelta::zero()).await;
    one.gate.release();
    one.living.process.line("waiting for it").await;
    let counts = one.app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.in_flight), (64, 1), "{counts:?}");
    one.forget_lease();
    one.ends_with_it_sent_again().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_that_waits_for_another_sender_can_be_stopped() {
    let mut one = OneDies::with("resend", TimeDelta::zero()).await;
    one.gate.release();
    one.living.process.line("waiting for it").await;
    one.living.process.signal("TERM");
    let (status, printed) = one.living.process.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert!(printed.contains("Stopped; `verdict send"), "{printed}");
    let counts = one.app.counts(SLUG).await;
    assert_eq!((counts.accepted, counts.in_flight), (64, 1), "{counts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_send_names_what_a_dead_sender_left_in_doubt_if_doubts_are_held() {
    let mut one = OneDies::with("hold", TimeDelta::zero()).await;
    one.gate.release();
    one.living.process.line("waiting for it").await;
    one.forget_lease();
    let (status, printed) = one.living.process.ended().await;
    assert_eq!(status.code(), Some(1), "{printed}");
    let in_doubt = one.app.in_doubt(SLUG).await;
    assert!(
        in_doubt.len() == 1 && printed.contains(&in_doubt[0]),
        "{printed}"
    );
    assert_eq!(
        delivery_audit::held(&one.app, SLUG, OneDies::READERS, 1).await,
        1
    );
}

/// The same instance on a machine whose clock is off by this much.
async fn on_another_clock(app: &TestApp, wrong_by: TimeDelta) -> App {
    let config = (*app.config).clone();
    let clock = Clock::fixed(app.clock.now() + wrong_by);
    App::with_config(app.dir.path(), config, clock)
        .await
        .unwrap()
}

async fn send_on(app: &App) -> Result<RunResult, SendError> {
    let edition = editions::find(&app.store, SLUG).await.unwrap().unwrap();
    delivery::send(
        app,
        &edition,
        Arc::new(Progress::default()),
        CancellationToken::new(),
    )
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_that_differ_by_minutes_do_no_harm() {
    let app = TestApp::tuned(Db::Postgres, Behaviour::new(), |config| {
        config.smtp.connections = CONNECTIONS;
    })
    .await;
    app.issue(SLUG).readers(300).await;
    app.freeze(SLUG).await;
    let fast = on_another_clock(&app, TimeDelta::minutes(7)).await;
    let faster = on_another_clock(&app, TimeDelta::minutes(50)).await;
    let gate = app.catcher.pause_at(Step::Dot);
    let mut sends = Vec::new();
    for (before, app) in [App::clone(&app), faster.clone(), fast.clone()]
        .into_iter()
        .enumerate()
    {
        sends.push(tokio::spawn(async move { send_on(&app).await }));
        at_gate(&gate, (before + 1) * CONNECTIONS).await;
    }
    let counts = app.counts(SLUG).await;
    assert_eq!(
        (counts.in_flight, counts.unknown),
        (6, 0),
        "nobody takes another for dead: {counts:?}"
    );
    gate.release();
    for send in sends {
        let ended = send.await.unwrap().unwrap();
        assert!(
            matches!(ended, RunResult::Finished | RunResult::Held),
            "{ended:?}"
        );
    }
    assert_eq!(send_on(&app).await.unwrap(), RunResult::Finished);
    assert_eq!(delivery_audit::held(&app, SLUG, 300, 0).await, 0);
    fast.store.close().await;
    faster.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machines_that_each_do_a_part_send_a_due_slot_once() {
    let app = TestApp::on(Db::Postgres).await;
    app.issue(SLUG).issue("water-vs-wine").readers(100).await;
    let cron = slot_an_hour_ago(&app).await;
    let mut machines = Vec::new();
    for only in ["send", "send", "send", "schedule", "schedule"] {
        let mut command = command(&app);
        command.args(["serve", "--only", only]);
        command
            .env("VERDICT_SCHEDULE_CRON", &cron)
            .env("VERDICT_SCHEDULE_TIME_ZONE", "UTC");
        machines.push((only, Running::start(&mut command)));
    }
    until("there is an edition", || async {
        !editions::all(&app.store).await.unwrap().is_empty()
    })
    .await;
    until("every mail is accepted", || async {
        app.counts(SLUG).await.accepted == 100
    })
    .await;
    for (only, mut machine) in machines {
        if only == "schedule" {
            machine.line("waiting for the next slot").await;
        }
        assert_eq!(machine.end_by("TERM").await, Some(0), "{only}");
    }
    let slugs: Vec<_> = editions::all(&app.store).await.unwrap();
    assert_eq!(slugs.len(), 1, "a slot is started once: {slugs:?}");
    assert_eq!(delivery_audit::held(&app, SLUG, 100, 0).await, 0);
    assert_eq!(app.catcher.len(), 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_for_the_pages_serves_them_and_sends_nothing() {
    let app = TestApp::on(Db::Postgres).await;
    app.issue(SLUG).issue("water-vs-wine").readers(3).await;
    app.freeze(SLUG).await;
    let cron = slot_an_hour_ago(&app).await;
    let mut web = command(&app);
    web.args(["serve", "--only", "web"]);
    web.env("VERDICT_SCHEDULE_CRON", &cron)
        .env("VERDICT_SCHEDULE_TIME_ZONE", "UTC");
    let mut web = Running::start(&mut web);
    let line = web.line("serving").await;
    let address = line
        .split("address=")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    assert_eq!(
        http::get(&format!("http://{address}/issues/{SLUG}"))
            .await
            .status,
        200
    );
    assert_eq!(
        http::get(&format!("http://{address}/readyz")).await.status,
        200
    );
    // By the time another machine has sent everything, this one has had its chance to send.
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(web.end_by("TERM").await, Some(0));
    assert_eq!(app.catcher.len(), 3);
    assert_eq!(
        editions::all(&app.store).await.unwrap().len(),
        1,
        "no slot was decided"
    );
}
