//! How fast an edition goes out: Verdict's sender with its ledger on SQLite, beside stock lettre pools
//! on as many connections, against the same receiver, interleaved in one run.
//! `cargo bench --bench throughput`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lettre::address::Envelope;
use lettre::message::MultiPart;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use subscribers::address::Address;
use subscribers::consent::Way;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use verdict::catcher::{Behaviour, Catcher, Keep};
use verdict::clock::Clock;
use verdict::config::Config;
use verdict::engine::Engine;
use verdict::send::{self, Progress};
use verdict::subscribe::{self, Joiner};
use verdict::{edition, instance};

/// How often each is measured; the median counts.
const ROUNDS: usize = 3;
const SLUG: &str = "axolotl-vs-llama-4-compact";

fn main() {
    println!("mails/s, median of {ROUNDS}; the receiver and the sender share this machine");
    println!(
        "{:>5} {:>5}  {:>9} {:>9} {:>9}  {:>7} {:>7}",
        "conns", "delay", "verdict", "prepared", "building", "x prep.", "x build."
    );
    for delay in [0, 20] {
        for connections in [1, 4, 16] {
            measure(connections, Duration::from_millis(delay));
        }
    }
}

fn measure(connections: usize, delay: Duration) {
    // A stock pool waits 40 ms a mail for an acknowledgement, whatever the delay.
    let theirs = 40 * connections;
    let mails = if delay.is_zero() { 5_000 } else { 2 * theirs };
    let receiver = Runtime::new().unwrap();
    let behaviour = || Behaviour::new().keep(Keep::Counts).reply_delay(delay);
    let catcher = receiver.block_on(Catcher::start(behaviour())).unwrap();
    let (mut ours, mut prepared, mut building) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(verdict(&catcher, connections, mails));
        prepared.push(lettre_pool(&catcher, connections, theirs, false));
        building.push(lettre_pool(&catcher, connections, theirs, true));
    }
    assert_eq!(catcher.len(), ROUNDS * (mails + 2 * theirs));
    let rate = |times, mails: usize| mails as f64 / median(times).as_secs_f64();
    let (ours, prepared, building) = (
        rate(ours, mails),
        rate(prepared, theirs),
        rate(building, theirs),
    );
    println!(
        "{connections:>5} {:>3}ms  {ours:>9.0} {prepared:>9.0} {building:>9.0}  {:>7.1} {:>7.1}",
        delay.as_millis(),
        ours / prepared,
        ours / building
    );
}

/// Verdict: claims, marks, outcomes and all.
fn verdict(catcher: &Catcher, connections: usize, mails: usize) -> Duration {
    let dir = tempfile::tempdir().unwrap();
    Runtime::new().unwrap().block_on(async {
        let engine = engine(dir.path(), catcher, connections).await;
        let readers: Vec<_> = (0..mails).map(joiner).collect();
        subscribe::add(&engine, &readers, true, Way::Import)
            .await
            .unwrap();
        let opened = edition::open(&engine, SLUG).await.unwrap();
        let start = Instant::now();
        let progress = Arc::new(Progress::default());
        send::send(&engine, &opened.edition, progress, CancellationToken::new())
            .await
            .unwrap();
        start.elapsed()
    })
}

async fn engine(dir: &Path, catcher: &Catcher, connections: usize) -> Engine {
    for (name, contents) in instance::files().iter().chain(instance::demo_issues()) {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
    }
    let config = Config::load(dir, |name| match name {
        "VERDICT_SMTP_URL" => Some(catcher.url()),
        "VERDICT_SMTP_CONNECTIONS" => Some(connections.to_string()),
        _ => None,
    });
    Engine::with_config(dir, config.unwrap(), Clock::system())
        .await
        .unwrap()
}

fn joiner(number: usize) -> Joiner {
    let address = Address::parse(&format!("reader-{number}@example.com")).unwrap();
    Joiner {
        address,
        name: Some(format!("Reader {number}")),
        time_zone: None,
    }
}

/// lettre's own pool, with as many tasks as connections.
fn lettre_pool(catcher: &Catcher, connections: usize, mails: usize, build: bool) -> Duration {
    Runtime::new().unwrap().block_on(async {
        let pool = lettre::transport::smtp::PoolConfig::new().max_size(connections as u32);
        let transport: AsyncSmtpTransport<Tokio1Executor> =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("127.0.0.1")
                .port(catcher.addr().port())
                .pool_config(pool)
                .build();
        let body = Arc::new(body());
        let start = Instant::now();
        let mut tasks = JoinSet::new();
        for task in 0..connections {
            let (transport, body) = (transport.clone(), Arc::clone(&body));
            tasks.spawn(async move {
                let bytes = message(0, &body).formatted();
                for number in (task..mails).step_by(connections) {
                    if build {
                        transport.send(message(number, &body)).await.unwrap();
                    } else {
                        let to = format!("reader-{number}@example.com").parse().unwrap();
                        let from = Some("weekly@example.org".parse().unwrap());
                        let envelope = Envelope::new(from, vec![to]).unwrap();
                        transport.send_raw(&envelope, &bytes).await.unwrap();
                    }
                }
            });
        }
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
        }
        start.elapsed()
    })
}

/// As large as the mail that Verdict sends.
fn body() -> (String, String) {
    let line = "A line of the comparison, as long as lines in a mail are, with <b>HTML</b>.\n";
    (line.repeat(70), line.repeat(350))
}

fn message(number: usize, (text, html): &(String, String)) -> Message {
    Message::builder()
        .from("Verdict <weekly@example.org>".parse().unwrap())
        .to(format!("Reader <reader-{number}@example.com>")
            .parse()
            .unwrap())
        .subject("Axolotl v0.16 or Llama 4 Compact: train it or ship it?")
        .multipart(MultiPart::alternative_plain_html(
            text.clone(),
            html.clone(),
        ))
        .unwrap()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
