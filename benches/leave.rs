//! What others wait for while an edition goes out: how long a one-click takes, how long the transactions that end a
//! run hold the write lock, and what `/metrics` and `status` cost with everything queued.
//!
//! `tests/run --bench leave [READERS]`, on SQLite and on PostgreSQL. One in a hundred deliveries is deferred; the
//! pages and the sender share a process on the first core, as in `verdict serve`, and readers leave at a steady rate.

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
#[allow(dead_code, reason = "the other benches ask for the counts")]
mod receiver;
#[path = "throughput/schema.rs"]
mod schema;

use std::cell::Cell;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use press::{Place, SLUG, SMALL};
use receiver::Receiver;
use schema::Schema;
use serde::{Deserialize, Serialize};
use subscribers::consent::{Consent, ConsentSource};
use subscribers::token::{self, Purpose};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::delivery::{self, Progress, RunResult};
use verdict::store::consent_changes::Cause;
use verdict::store::deliveries::{self, Chunk, Group, Mark, Outcome, State};
use verdict::store::editions::{self, Edition};
use verdict::store::{senders, subscribers as list};
use verdict::{edition, web};

const READERS: usize = 1_000_000;
const CONNECTIONS: usize = 16;
/// One delivery in this many is deferred, and one in ten of those is to a reader who has left meanwhile.
const DEFERRED: usize = 100;
/// How many one-clicks arrive in a second, and on how many connections.
const LEAVES_A_SECOND: u32 = 200;
const CLIENTS: usize = 64;
/// How often the store is asked for the backlog.
const LOOKS: usize = 21;
/// At most this many transactions of a `cancel` are timed.
const CHUNKS: usize = 400;

#[derive(Serialize, Deserialize)]
enum Job {
    Receive,
    /// Everything on one store.
    Send {
        dir: PathBuf,
        store: Option<String>,
        port: u16,
        readers: usize,
    },
    /// Readers leave by these links until the input ends.
    Leave {
        links: PathBuf,
        port: u16,
    },
}

/// Sorted times.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Times(Vec<Duration>);

impl Times {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    fn at(&self, share: f64) -> f64 {
        let index = ((self.0.len() as f64 * share) as usize).min(self.0.len().saturating_sub(1));
        self.0
            .get(index)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }

    fn line(&self) -> String {
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, p99.9 {:.1} ms, max {:.1} ms ({} times)",
            self.at(0.5),
            self.at(0.99),
            self.at(0.999),
            self.at(1.0),
            self.0.len()
        )
    }
}

/// What was found on one store.
#[derive(Debug, Serialize, Deserialize)]
struct Found {
    backlog: Times,
    status: Times,
    /// One-clicks during the send, until its last transaction.
    leaves: Times,
    rate: f64,
    /// The end of the run, from the last mail on.
    end: Duration,
    /// The transactions of a `cancel` with everything queued.
    cancel: Times,
}

fn main() {
    match process::job::<Job>() {
        None => observe(),
        Some(Job::Receive) => receiver::serve(Duration::ZERO),
        Some(Job::Leave { links, port }) => answer(&leave(&links, port)),
        Some(Job::Send {
            dir,
            store,
            port,
            readers,
        }) => {
            let place = Place {
                dir: &dir,
                store,
                port,
                connections: CONNECTIONS,
            };
            let found = Runtime::new().unwrap().block_on(measure(&place, readers));
            answer(&found);
        }
    }
}

fn answer(found: &impl Serialize) {
    println!("{}", serde_json::to_string(found).unwrap());
}

fn observe() {
    let readers = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(READERS);
    let receiver = Receiver::start(&Job::Receive);
    let mut stores = vec![("SQLite", None)];
    stores.extend(Schema::make("leave").map(|schema| ("PostgreSQL", Some(schema))));
    for (name, schema) in stores {
        let dir = tempfile::tempdir().unwrap();
        let found: Found = process::run(
            process::SENDING,
            &Job::Send {
                dir: dir.path().to_owned(),
                store: schema.as_ref().map(|schema| schema.url.clone()),
                port: receiver.port,
                readers,
            },
        );
        println!("{readers} readers, {CONNECTIONS} connections, {name}");
        show("all queued: metrics", &found.backlog, (0.5, 20.0));
        show("all queued: status", &found.status, (0.5, 20.0));
        println!("       {:<24} {:.0} mails/s", "sent", found.rate);
        show("one-click meanwhile", &found.leaves, (0.999, 50.0));
        let end = found.end.as_secs_f64() * 1000.0;
        println!("       {:<24} {end:.1} ms", "end of the run");
        show("each part of a cancel", &found.cancel, (0.99, 5.0));
    }
}

/// Shows times, and whether this share of them took at most so many milliseconds.
fn show(what: &str, times: &Times, (share, most): (f64, f64)) {
    let verdict = if times.at(share) <= most {
        "ok"
    } else {
        "MISSED"
    };
    let wanted = format!("p{} at most {most} ms", share * 100.0);
    println!("{verdict:<6} {what:<24} {} ({wanted})", times.line());
}

async fn measure(place: &Place<'_>, readers: usize) -> Found {
    let app = place.open(SMALL).await;
    press::fill_list(&app, readers).await;
    let edition = edition::open(&app, SLUG).await.unwrap().edition;
    let mut backlog = Vec::new();
    let mut status = Vec::new();
    for _ in 0..LOOKS {
        let start = Instant::now();
        deliveries::backlog(&app.store).await.unwrap();
        backlog.push(start.elapsed());
        let start = Instant::now();
        let counts = deliveries::counts(&app.store, edition.id).await.unwrap();
        deliveries::later(&app.store, edition.id, app.clock.now_millis())
            .await
            .unwrap();
        status.push(start.elapsed());
        assert_eq!(counts.queued, readers as i64);
    }
    defer(&app, &edition, readers / DEFERRED).await;
    let (leaves, sending, end) = send(&app, &edition, readers).await;
    let cancel = cancel(&app).await;
    app.store.close().await;
    Found {
        backlog: Times::of(backlog),
        status: Times::of(status),
        leaves,
        rate: (readers - readers / DEFERRED) as f64 / sending.as_secs_f64(),
        end,
        cancel,
    }
}

/// Lets the relay, as it were, defer the first deliveries for a day.
async fn defer(app: &App, edition: &Edition, count: usize) {
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await.unwrap();
    let owner = senders::register(&mut tx, Duration::from_secs(600))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut left = count;
    while left > 0 {
        let batch = left.min(500);
        let claims = deliveries::claim_due(&app.store, owner, edition.id, now, batch as i64)
            .await
            .unwrap();
        let group = Group {
            owner,
            edition: edition.id,
            marks: claims.iter().map(Mark::from).collect(),
            ..Group::default()
        };
        deliveries::commit(&app.store, &group, now).await.unwrap();
        let mut tx = app.store.begin().await.unwrap();
        let gone = claims.iter().step_by(10).map(|claim| {
            let cause = Cause::by(ConsentSource::OneClick);
            (claim.subscriber, Consent::Unsubscribed, cause)
        });
        list::set_consent(&mut tx, &Vec::from_iter(gone), now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let outcomes = claims.iter().map(|claim| Outcome {
            edition: edition.id,
            subscriber: claim.subscriber,
            state: State::Deferred,
            due_at: Some(now + 86_400_000),
            reply: Some("451 4.7.1 Later".to_owned()),
            repeated: None,
        });
        let group = Group {
            owner,
            outcomes: outcomes.collect(),
            ..Group::default()
        };
        deliveries::commit(&app.store, &group, now).await.unwrap();
        left -= batch;
    }
    let mut tx = app.store.begin().await.unwrap();
    senders::leave(&mut tx, owner).await.unwrap();
    tx.commit().await.unwrap();
}

/// Sends while readers leave, the last ones on the list; returns how long each of them waited, how long the mails
/// took, and the end of the run.
async fn send(app: &App, edition: &Edition, readers: usize) -> (Times, Duration, Duration) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let stop = CancellationToken::new();
    tokio::spawn(web::serve(listener, web::routes(app.clone()), stop.clone()));
    let links = app.dir.join("links");
    std::fs::write(&links, self::links(app, edition, readers).await).unwrap();
    let mut client = process::start(process::RECEIVING, &Job::Leave { links, port });
    let progress = Arc::new(Progress::default());
    let start = Instant::now();
    let last = Cell::new(Duration::ZERO);
    let watch = async {
        let mut before = 0;
        loop {
            if progress.total() > before {
                before = progress.total();
                last.set(start.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let sent = delivery::send(
        app,
        edition,
        Arc::clone(&progress),
        CancellationToken::new(),
    );
    let result = tokio::select! {
        result = sent => result,
        () = watch => unreachable!("it has no end"),
    };
    assert!(matches!(result, Ok(RunResult::Waiting(_))), "{result:?}");
    let (sending, end) = (last.get(), start.elapsed() - last.get());
    drop(client.stdin.take());
    let mut text = String::new();
    client
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    client.wait().unwrap();
    stop.cancel();
    let leaves: Times = serde_json::from_str(&text).unwrap();
    (leaves, sending, end)
}

/// The links of every tenth reader, the last one first: as many as can be used.
async fn links(app: &App, edition: &Edition, readers: usize) -> String {
    let mut links = String::new();
    for reader in (1..=readers as i64).rev().step_by(10) {
        let reader = list::get(&app.store, reader).await.unwrap().unwrap();
        links += &token::sign(&app.key, reader.token(Purpose::Unsubscribe, edition.id));
        links.push('\n');
        if links.len() > 8_000_000 {
            break;
        }
    }
    links
}

/// Posts one-clicks at a steady rate until the input ends; returns how long each took from the moment when it was due.
fn leave(links: &Path, port: u16) -> Times {
    let text = std::fs::read_to_string(links).unwrap();
    let links: Vec<&str> = text.lines().collect();
    let (next, end) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    let times = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| scope.spawn(|| leave_on_one_connection(&links, port, (&next, &end), start)))
            .collect();
        // The end of the input is the end of the send.
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        end.store(1, Ordering::Relaxed);
        let times = clients
            .into_iter()
            .flat_map(|client| client.join().unwrap());
        times.collect()
    });
    Times::of(times)
}

fn leave_on_one_connection(
    links: &[&str],
    port: u16,
    (next, end): (&AtomicUsize, &AtomicUsize),
    start: Instant,
) -> Vec<Duration> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    let body = "List-Unsubscribe=One-Click";
    let mut times = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let due = Duration::from_secs(1) * number as u32 / LEAVES_A_SECOND;
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let Some(link) = links
            .get(number)
            .filter(|_| end.load(Ordering::Relaxed) == 0)
        else {
            return times;
        };
        let request = format!(
            "POST /u/{link} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = [0; 16 * 1024];
        let read = stream.read(&mut answer).unwrap();
        assert!(
            answer[..read].starts_with(b"HTTP/1.1 200 "),
            "{:?}",
            &answer[..read]
        );
        times.push(start.elapsed() - due);
    }
}

/// Enrols everyone in another edition and cancels it; returns how long its transactions took.
async fn cancel(app: &App) -> Times {
    let issue = app.dir.join(format!("issues/{SLUG}.toml"));
    let text = std::fs::read_to_string(issue).unwrap();
    std::fs::write(app.dir.join("issues/cancelled.toml"), text).unwrap();
    let edition = edition::open(app, "cancelled").await.unwrap().edition;
    let now = app.clock.now_millis();
    let mut tx = app.store.begin().await.unwrap();
    editions::cancel(&mut tx, edition.id, now).await.unwrap();
    tx.commit().await.unwrap();
    let mut times = Vec::new();
    for _ in 0..CHUNKS {
        let mut tx = app.store.begin().await.unwrap();
        let start = Instant::now();
        let mut chunk = Chunk::begin();
        deliveries::skip_cancelled(&mut tx, edition.id, now, &mut chunk)
            .await
            .unwrap();
        let has_room = chunk.has_room();
        tx.commit().await.unwrap();
        times.push(start.elapsed());
        if has_room {
            break;
        }
        chunk.give_way().await;
    }
    Times::of(times)
}
