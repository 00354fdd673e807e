//! The database goes away while sending and comes back: sending stops, nothing goes out that was not recorded first,
//! and the same process finishes by itself.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use verdict::catcher::{Behaviour, Gate, Step};

use crate::child::{LIMIT, Running, at_gate, binary, is_soak, until};
use crate::cluster::Cluster;
use crate::database::Db;
use crate::delivery_audit;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
/// As `TestApp` configures it.
const CONNECTIONS: usize = 4;
const READERS: usize = 300;
const WAITS: &str = "sending waits for the store";

async fn on_a_cluster(cluster: &Cluster) -> TestApp {
    let app = TestApp::at(&cluster.url(), unhurried()).await;
    app.issue(SLUG).readers(READERS).await;
    app
}

fn unhurried() -> Behaviour {
    Behaviour::new().reply_delay(Duration::from_millis(2))
}

fn verdict(app: &TestApp, args: &[&str]) -> Command {
    let mut command = binary();
    command.arg("--dir").arg(app.dir.path()).args(args);
    command
}

/// Starts a sender, and returns it once every connection has a mail on the wire.
async fn in_mid_send(app: &TestApp) -> (Running, Gate) {
    let gate = app.catcher.pause_at(Step::Dot);
    let process = Running::start(&mut verdict(app, &["send", SLUG]));
    at_gate(&gate, CONNECTIONS).await;
    (process, gate)
}

/// The relay accepts what is on the wire, and nothing else arrives while the store is away. The sender may take ten
/// seconds to notice, too long for a test.
async fn only_mails_on_the_wire_arrive(app: &TestApp, process: &mut Running, gate: &Gate) {
    gate.release();
    app.catcher.wait_for(CONNECTIONS, LIMIT).await.unwrap();
    if is_soak() {
        process.line(WAITS).await;
        process.line(WAITS).await;
    }
    assert_eq!(app.catcher.len(), CONNECTIONS);
}

/// The process finishes by itself, and every reader has one mail.
async fn finishes(app: &TestApp, mut process: Running) {
    let (status, printed) = process.ended().await;
    assert_eq!(status.code(), Some(0), "{printed}");
    assert_eq!(delivery_audit::held(app, SLUG, READERS, 0).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_restarts_during_a_send() {
    let cluster = Cluster::start();
    let app = on_a_cluster(&cluster).await;
    let (process, gate) = in_mid_send(&app).await;
    cluster.stop();
    cluster.go_on();
    gate.release();
    // Once more, wherever the connections are then.
    app.catcher.wait_for(READERS / 3, LIMIT).await.unwrap();
    cluster.stop();
    cluster.go_on();
    finishes(&app, process).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_down_for_a_while() {
    let cluster = Cluster::start();
    let app = on_a_cluster(&cluster).await;
    let (mut process, gate) = in_mid_send(&app).await;
    cluster.stop();
    only_mails_on_the_wire_arrive(&app, &mut process, &gate).await;
    cluster.go_on();
    finishes(&app, process).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_serving_instance_survives_a_restart_of_postgres() {
    let cluster = Cluster::start();
    let app = on_a_cluster(&cluster).await;
    let mut process = Running::start(&mut verdict(&app, &["serve"]));
    process.line("waiting for the next slot").await;
    cluster.stop();
    cluster.go_on();
    app.freeze(SLUG).await;
    app.catcher.wait_for(READERS / 3, LIMIT).await.unwrap();
    cluster.stop();
    cluster.go_on();
    let wanted = i64::try_from(READERS).unwrap();
    until("every mail is accepted", || async {
        app.counts(SLUG).await.accepted == wanted
    })
    .await;
    process.signal("TERM");
    finishes(&app, process).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_of_sqlite_is_locked_for_a_while() {
    let app = TestApp::behaving(Db::Sqlite, unhurried()).await;
    app.issue(SLUG).readers(READERS).await;
    let (mut process, gate) = in_mid_send(&app).await;
    let ledger = app.hold_ledger().await;
    only_mails_on_the_wire_arrive(&app, &mut process, &gate).await;
    drop(ledger);
    finishes(&app, process).await;
}

/// A file that may not grow fails a write as a full disk does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_of_sqlite_cannot_grow_for_a_while() {
    let app = TestApp::behaving(Db::Sqlite, unhurried()).await;
    app.issue(SLUG).readers(READERS).await;
    app.freeze(SLUG).await;
    let room = 64 << 10;
    let send = verdict(&app, &["send", SLUG]);
    let mut process = Running::start(&mut limited(&send, largest_file(app.dir.path()) + room));
    process.line(WAITS).await;
    process.line(WAITS).await;
    let counts = app.counts(SLUG).await;
    let recorded = usize::try_from(counts.accepted + counts.in_flight).unwrap();
    let arrived = app.catcher.len();
    assert!(
        arrived <= recorded && arrived < READERS,
        "{arrived} arrived: {counts:?}"
    );
    let pid = process.pid().to_string();
    let grown = Command::new("prlimit")
        .args(["--pid", &pid, "--fsize=unlimited:"])
        .status();
    assert!(grown.unwrap().success());
    finishes(&app, process).await;
}

/// The size of the largest file of the database.
pub(crate) fn largest_file(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    let of_store =
        files.filter(|file| file.file_name().to_string_lossy().starts_with("verdict.db"));
    of_store
        .map(|file| file.metadata().unwrap().len())
        .max()
        .unwrap()
}

/// A command whose files may not grow past a size. It ignores the signal for that, so the write fails.
pub(crate) fn limited(command: &Command, size: u64) -> Command {
    let mut shell = Command::new("sh");
    let script = r#"trap '' XFSZ; ulimit -S -f "$1"; shift; exec "$@""#;
    // In blocks of 512 octets (POSIX).
    shell.args(["-c", script, "sh", &(size / 512).to_string()]);
    shell.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}
