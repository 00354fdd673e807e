//! Requests a second and processor time of the pages, beside a bare axum route in the same run, interleaved: home,
//! comparison, a vote, and one-click, each by another reader. On SQLite; server and client on a core of their own.
//!
//! `cargo bench --bench web [-- --rounds 5 --seconds 2]`

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench may stop and look at the time"
)]

#[path = "throughput/press.rs"]
#[allow(dead_code, reason = "the other benches send")]
mod press;
#[path = "throughput/process.rs"]
#[allow(dead_code, reason = "the other benches measure otherwise")]
mod process;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use press::{LARGE, Place, SLUG};
use serde::{Deserialize, Serialize};
use subscribers::token::{Purpose, Token, sign};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;
use verdict::{edition, web};

/// Connections that the client keeps open.
const CONNECTIONS: usize = 64;

/// Readers on the list: more than can leave in a run.
const READERS: usize = 400_000;

/// One-click is to do at least so much of what a bare route does.
const LEAST_ONE_CLICK: f64 = 0.25;

/// What the processes that the bench starts of itself are to do.
#[derive(Debug, Serialize, Deserialize)]
enum Child {
    Serve { dir: PathBuf },
    Load(Load),
}

/// Where the server is, and what its links need.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Served {
    pages: SocketAddr,
    bare: SocketAddr,
    tool: String,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Page {
    BareGet,
    BarePost,
    Home,
    Comparison,
    Vote,
    OneClick,
}

const PAGES: [(Page, &str); 6] = [
    (Page::BareGet, "bare GET"),
    (Page::BarePost, "bare POST"),
    (Page::Home, "home"),
    (Page::Comparison, "comparison"),
    (Page::Vote, "vote POST"),
    (Page::OneClick, "one-click POST"),
];

/// A run of the client.
#[derive(Debug, Serialize, Deserialize)]
struct Load {
    page: Page,
    served: Served,
    dir: PathBuf,
    seconds: f64,
    /// The first reader that has not been used yet.
    from: usize,
}

/// What the client did.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    requests: usize,
    wall: Duration,
}

fn main() {
    match process::job::<Child>() {
        Some(Child::Serve { dir }) => serve(dir),
        Some(Child::Load(load)) => println!("{}", serde_json::to_string(&load.run()).unwrap()),
        None => compare(option("--rounds", 5.0) as usize, option("--seconds", 2.0)),
    }
}

fn option(name: &str, default: f64) -> f64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments
        .nth(1)
        .map_or(default, |value| value.parse().unwrap())
}

fn compare(rounds: usize, seconds: f64) {
    let dir = tempfile::tempdir().unwrap();
    let job = Child::Serve {
        dir: dir.path().to_owned(),
    };
    let mut server = process::start(process::SENDING, &job);
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let served: Served = serde_json::from_str(&line).unwrap();
    let mut found: Vec<Vec<(f64, f64)>> = vec![Vec::new(); PAGES.len()];
    let mut from = 1;
    for _ in 0..rounds {
        for ((page, _), found) in PAGES.iter().zip(&mut found) {
            let load = Load {
                page: *page,
                served: served.clone(),
                dir: dir.path().to_owned(),
                seconds,
                from,
            };
            let before = ticks_of(server.id());
            let done: Done = process::run(process::RECEIVING, &Child::Load(load));
            let cpu = ticks_of(server.id()) - before;
            if *page == Page::OneClick {
                from += done.requests;
            }
            let requests = done.requests as f64;
            let micros = cpu.as_secs_f64() * 1e6 / requests;
            found.push((requests / done.wall.as_secs_f64(), micros));
        }
    }
    server.kill().unwrap();
    server.wait().unwrap();
    report(&found, rounds);
}

/// The processor time of another process, in steps of 10 ms.
fn ticks_of(pid: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, fields) = text.rsplit_once(") ").unwrap();
    let fields: Vec<u64> = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|one| one.parse().unwrap())
        .collect();
    Duration::from_millis((fields[0] + fields[1]) * 10)
}

fn report(found: &[Vec<(f64, f64)>], rounds: usize) {
    println!(
        "{CONNECTIONS} connections, medians of {rounds} interleaved rounds, {READERS} readers on SQLite"
    );
    println!(
        "{:<16}{:>12}{:>14}{:>16}",
        "", "requests/s", "us CPU each", "of a bare route"
    );
    let rates: Vec<f64> = found
        .iter()
        .map(|runs| median(runs.iter().map(|run| run.0)))
        .collect();
    for (at, (page, name)) in PAGES.iter().enumerate() {
        let cpu = median(found[at].iter().map(|run| run.1));
        let posts = matches!(page, Page::BarePost | Page::Vote | Page::OneClick);
        let ratio = rates[at] / rates[usize::from(posts)];
        println!("{name:<16}{:>12.0}{cpu:>14.1}{ratio:>16.3}", rates[at]);
        if *page == Page::OneClick {
            let met = if ratio >= LEAST_ONE_CLICK {
                "ok"
            } else {
                "MISSED"
            };
            println!("one-click at least {LEAST_ONE_CLICK} of a bare route: {met}");
        }
    }
}

fn median(runs: impl Iterator<Item = f64>) -> f64 {
    let mut runs: Vec<f64> = runs.collect();
    runs.sort_by(f64::total_cmp);
    runs[runs.len() / 2]
}

fn serve(dir: PathBuf) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let place = Place {
            dir: &dir,
            store: None,
            port: 25,
            connections: 1,
        };
        let engine = place.open(LARGE).await;
        press::fill_list(&engine, READERS).await;
        edition::open(&engine, SLUG).await.unwrap();
        let issue = edition::ready_issue(&engine, SLUG).unwrap();
        let pages = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let bare = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let served = Served {
            pages: pages.local_addr().unwrap(),
            bare: bare.local_addr().unwrap(),
            tool: issue.comparison.tools[0].slug.clone(),
        };
        println!("{}", serde_json::to_string(&served).unwrap());
        let answer = || async { "You are unsubscribed.\n" };
        let router = Router::new().route("/", get(answer).post(answer));
        tokio::spawn(async move { axum::serve(bare, router).await });
        web::serve(pages, web::routes(engine), CancellationToken::new())
            .await
            .unwrap();
    });
}

impl Load {
    fn run(&self) -> Done {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let requests = self.requests().await;
            let next = std::rc::Rc::new(std::cell::Cell::new(0));
            let local = tokio::task::LocalSet::new();
            let start = Instant::now();
            let end = start + Duration::from_secs_f64(self.seconds);
            let requests = std::rc::Rc::new(requests);
            for _ in 0..CONNECTIONS {
                let (requests, next) = (requests.clone(), next.clone());
                let address = self.address();
                local.spawn_local(async move {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    let mut buffer = vec![0; 128 * 1024];
                    while Instant::now() < end {
                        let number = next.get();
                        next.set(number + 1);
                        let request = &requests[number % requests.len()];
                        stream.write_all(request).await.unwrap();
                        read_answer(&mut stream, &mut buffer).await;
                    }
                });
            }
            local.await;
            Done {
                requests: next.get(),
                wall: start.elapsed(),
            }
        })
    }

    fn address(&self) -> SocketAddr {
        match self.page {
            Page::BareGet | Page::BarePost => self.served.bare,
            _ => self.served.pages,
        }
    }

    /// What is written, one after the other.
    async fn requests(&self) -> Vec<Vec<u8>> {
        let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").into_bytes();
        let post = |path: &str, body: &str| {
            format!(
                "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
                body.len()
            )
            .into_bytes()
        };
        const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
        match self.page {
            Page::BareGet => vec![get("/")],
            Page::BarePost => vec![post("/", ONE_CLICK)],
            Page::Home => vec![get("/")],
            Page::Comparison => vec![get(&format!("/issues/{SLUG}"))],
            Page::Vote => self
                .tokens(Purpose::Vote, 1)
                .map(|token| {
                    let path = format!("/v/{token}/{}/ship", self.served.tool);
                    post(&path, "verdict=ship")
                })
                .collect(),
            Page::OneClick => self
                .tokens(Purpose::Unsubscribe, self.from)
                .map(|token| post(&format!("/u/{token}"), ONE_CLICK))
                .collect(),
        }
    }

    fn tokens(&self, purpose: Purpose, from: usize) -> impl Iterator<Item = String> {
        let secret = std::fs::read_to_string(self.dir.join("secret.key")).unwrap();
        let key: subscribers::token::Key = secret.parse().unwrap();
        (from..READERS.min(from + 100_000)).map(move |subscriber| {
            let token = Token {
                purpose,
                subscriber: i64::try_from(subscriber).unwrap(),
                about: 1,
            };
            sign(&key, token)
        })
    }
}

/// Reads one answer of a connection that is kept.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) {
    let mut filled = 0;
    loop {
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server hung up");
        filled += read;
        let answer = &buffer[..filled];
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        assert_eq!(
            &answer[..12],
            b"HTTP/1.1 200",
            "{}",
            String::from_utf8_lossy(&answer[..end])
        );
        let head = String::from_utf8_lossy(&answer[..end]);
        let length = head.split("content-length: ").nth(1).unwrap();
        let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
        if filled >= end + 4 + length {
            return;
        }
    }
}
