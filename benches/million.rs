//! A large list on SQLite, from enrolment to the last reader: time, memory, disk space, and whether the last mail
//! goes out as fast as the first. Then many editions to a small list in one process, whose memory should stay where
//! it was. `cargo bench --bench million [-- READERS [EDITIONS]]`. Mails are as small as a comparison allows, so that
//! the ledger counts more than the bytes.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

#[path = "throughput/press.rs"]
#[allow(dead_code, reason = "the other benches do without a store")]
mod press;
#[path = "throughput/process.rs"]
#[allow(dead_code, reason = "the other benches run programs that are not ours")]
mod process;
#[path = "throughput/receiver.rs"]
mod receiver;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use press::{Place, SLUG, SMALL};
use receiver::Receiver;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::delivery::{self, Progress};
use verdict::edition;

const READERS: usize = 1_000_000;
const CONNECTIONS: usize = 16;

/// How many editions one process sends, and to how many readers each.
const EDITIONS: usize = 600;
const FEW: usize = 1_000;
/// After how many editions its memory is shown.
const PERIOD: usize = 50;

/// Steps in which the rate is shown; the first is compared with the last.
const STEPS: u64 = 10;

/// How often to check the sender's progress.
const GLANCE: Duration = Duration::from_millis(20);

const MEGABYTE: f64 = 1e6;

/// One step of the bench, in its own process.
#[derive(Serialize, Deserialize)]
struct Step {
    work: Work,
    dir: PathBuf,
    port: u16,
    readers: usize,
}

#[derive(Serialize, Deserialize)]
enum Work {
    Receive,
    Fill,
    Enrol,
    Send,
    /// Sends this many editions.
    SendMany(usize),
}

/// The result of a step.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Found {
    wall: Duration,
    cpu: Duration,
    /// The step's peak memory, in bytes.
    memory: u64,
    /// When each step of the progress was reached.
    reached: Vec<Duration>,
    /// The memory in use after each period of editions, in bytes.
    in_use: Vec<u64>,
}

fn main() {
    match process::job::<Step>() {
        Some(step) => step.take(),
        None => observe(),
    }
}

impl Step {
    fn take(self) {
        if matches!(self.work, Work::Receive) {
            return receiver::serve(Duration::ZERO);
        }
        let found = Runtime::new().unwrap().block_on(self.work());
        println!("{}", serde_json::to_string(&found).unwrap());
    }

    async fn work(self) -> Found {
        let place = Place {
            dir: &self.dir,
            store: None,
            port: self.port,
            connections: CONNECTIONS,
        };
        let app = place.open(SMALL).await;
        let (mut reached, mut in_use) = (Vec::new(), Vec::new());
        let spent = process::Spent::on(async {
            match self.work {
                Work::Receive => {}
                Work::Fill => press::fill_list(&app, self.readers).await,
                Work::Enrol => {
                    let opened = edition::open(&app, SLUG).await.unwrap();
                    assert_eq!(opened.enrolled, Some(self.readers as u64));
                }
                Work::Send => reached = send(&app, SLUG, self.readers as u64).await,
                Work::SendMany(editions) => {
                    for number in 1..=editions {
                        let slug = press::another_issue(&self.dir, number);
                        send(&app, &slug, self.readers as u64).await;
                        if number.is_multiple_of(PERIOD) {
                            in_use.push(process::memory_in_use().unwrap_or_default());
                        }
                    }
                }
            }
        })
        .await;
        // The last connection to close a SQLite file writes its log back and removes it.
        app.store.close().await;
        Found {
            wall: spent.wall,
            cpu: spent.cpu,
            memory: process::peak_memory().unwrap_or_default(),
            reached,
            in_use,
        }
    }
}

/// Sends an edition to everyone; returns when each step was reached.
async fn send(app: &App, slug: &str, readers: u64) -> Vec<Duration> {
    let edition = edition::open(app, slug).await.unwrap().edition;
    let progress = Arc::new(Progress::default());
    let start = Instant::now();
    let watch = watch(&progress, readers, start);
    let stop = CancellationToken::new();
    let sent = delivery::send(app, &edition, Arc::clone(&progress), stop);
    let (sent, reached) = tokio::join!(sent, watch);
    sent.unwrap();
    assert_eq!(progress.total(), readers);
    reached
}

async fn watch(progress: &Progress, readers: u64, start: Instant) -> Vec<Duration> {
    let mut reached = Vec::new();
    let mut before = (0, Duration::ZERO);
    while (reached.len() as u64) < STEPS {
        tokio::time::sleep(GLANCE).await;
        let now = (progress.total(), start.elapsed());
        loop {
            let goal = readers * (reached.len() as u64 + 1) / STEPS;
            if now.0 < goal || reached.len() as u64 == STEPS {
                break;
            }
            // The rate hardly changes between two checks.
            let share = (goal - before.0) as f64 / (now.0 - before.0) as f64;
            reached.push(before.1 + (now.1 - before.1).mul_f64(share));
        }
        before = now;
    }
    reached
}

fn observe() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let readers = numbers.next().unwrap_or(READERS);
    send_to_all(readers);
    send_many(numbers.next().unwrap_or(EDITIONS));
}

fn send_to_all(readers: usize) {
    let dir = tempfile::tempdir().unwrap();
    let mut receiver = Receiver::start(&step(Work::Receive, dir.path(), 0, 0));
    let port = receiver.port;
    let run =
        |work| process::run::<Found>(process::SENDING, &step(work, dir.path(), port, readers));
    let filled = run(Work::Fill);
    println!("{readers} readers, {CONNECTIONS} connections, SQLite");
    line("import", &seconds(filled.wall));
    let before = size_on_disk(dir.path());
    let enrolled = run(Work::Enrol);
    let limit = 1.5 * readers as f64 / READERS as f64;
    let wall = enrolled.wall.as_secs_f64();
    target(
        "freeze and enrol",
        wall <= limit,
        &seconds(enrolled.wall),
        &format!("at most {limit} s"),
    );
    line("  peak memory", &megabytes(enrolled.memory));
    let sent = run(Work::Send);
    let received = receiver.received();
    assert_eq!(
        received.messages, readers as u64,
        "mails are missing, or there are too many"
    );
    let ledger = size_on_disk(dir.path()) - before;
    show_sent(&sent, readers as f64);
    let cores = received.cpu.as_secs_f64() / sent.wall.as_secs_f64();
    line(
        "  a mail's size",
        &format!("{} bytes", received.bytes / received.messages),
    );
    line("  receiver", &format!("{cores:.2} of its core"));
    target(
        "peak memory",
        sent.memory as f64 <= 96.0 * MEGABYTE,
        &megabytes(sent.memory),
        "at most 96 MB",
    );
    let each = ledger as f64 / readers as f64;
    target(
        "ledger on disk",
        each <= 80.0,
        &format!("{each:.1} bytes a delivery"),
        "at most 80",
    );
}

fn send_many(editions: usize) {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(&step(Work::Receive, dir.path(), 0, 0));
    let run = |work| {
        process::run::<Found>(
            process::SENDING,
            &step(work, dir.path(), receiver.port, FEW),
        )
    };
    run(Work::Fill);
    let sent = run(Work::SendMany(editions));
    println!("{editions} editions to {FEW} readers in one process");
    line(
        "  each",
        &format!("{:.3} s", sent.wall.as_secs_f64() / editions as f64),
    );
    for (at, memory) in sent.in_use.iter().enumerate() {
        line(
            &format!("  after {}", (at + 1) * PERIOD),
            &format!("{} in use", megabytes(*memory)),
        );
    }
    if let [first, .., last] = *sent.in_use {
        target(
            "memory at the end",
            last as f64 <= first as f64 * 1.1,
            &format!("{:.2} of the first", last as f64 / first as f64),
            "at most 1.1",
        );
    }
}

fn show_sent(sent: &Found, readers: f64) {
    let seconds_taken = sent.wall.as_secs_f64();
    let cpu = sent.cpu.as_secs_f64() * 1e6 / readers;
    line(
        "sent",
        &format!(
            "{} = {:.0} mails/s, CPU {cpu:.1} µs a mail",
            seconds(sent.wall),
            readers / seconds_taken
        ),
    );
    let each = readers / STEPS as f64;
    let mut before = Duration::ZERO;
    let mut rates = Vec::new();
    for reached in &sent.reached {
        rates.push(each / (*reached - before).as_secs_f64());
        before = *reached;
    }
    for (step, rate) in rates.iter().enumerate() {
        line(
            &format!("  to {:.0}", each * (step + 1) as f64),
            &format!("{rate:.0} mails/s"),
        );
    }
    let (first, last) = (rates[0], rates[rates.len() - 1]);
    let ratio = last / first;
    target(
        "last tenth / first",
        ratio >= 0.9,
        &format!("{ratio:.3}"),
        "at least 0.9",
    );
}

fn step(work: Work, dir: &Path, port: u16, readers: usize) -> Step {
    Step {
        work,
        dir: dir.to_owned(),
        port,
        readers,
    }
}

/// The size of the database and the files beside it, in bytes.
fn size_on_disk(dir: &Path) -> u64 {
    let files = std::fs::read_dir(dir.join("subscribers")).unwrap();
    files
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum()
}

fn line(what: &str, figure: &str) {
    println!("       {what:<20} {figure}");
}

fn target(what: &str, met: bool, figure: &str, wanted: &str) {
    let verdict = if met { "ok" } else { "MISSED" };
    println!("{verdict:<6} {what:<20} {figure} ({wanted})");
}

fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / MEGABYTE)
}
