//! A client that sends requests as fast as it can on kept connections: one thread, no pipelining, and of an answer it
//! reads only the status and the length.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::process;
use crate::route::Route;
use crate::server::At;

/// More than the longest answer, the feed.
const BUFFER: usize = 4 * 1024 * 1024;

/// Ends a body whose length was not known before (RFC 9112 §7.1).
const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";

/// One run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) route: Route,
    /// True to request the route's [twin](Route::twin) instead.
    pub(crate) is_twin: bool,
    /// The first unused link, and how many may be used.
    pub(crate) first: usize,
    pub(crate) links: usize,
    pub(crate) connections: usize,
    /// How long a connection waits between two requests.
    pub(crate) between: Duration,
    pub(crate) length: Duration,
    pub(crate) at: At,
}

/// The result of a run.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// How many requests succeeded.
    pub(crate) requests: usize,
    pub(crate) wall: Duration,
    /// The client's own processor time.
    pub(crate) cpu: Duration,
    /// The size of all answers, including heads.
    pub(crate) bytes: u64,
    /// The latency that one request in a hundred exceeds.
    pub(crate) p99: Duration,
}

impl Job {
    pub(crate) fn run(&self) -> Outcome {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(self.ask())
    }

    async fn ask(&self) -> Outcome {
        let requests: Arc<[Box<[u8]>]> = self.texts().into();
        let next = Arc::new(AtomicUsize::new(0));
        let mut streams = Vec::new();
        for _ in 0..self.connections {
            let stream = TcpStream::connect(("127.0.0.1", self.port()))
                .await
                .unwrap();
            stream.set_nodelay(true).unwrap();
            streams.push(stream);
        }
        let mut tasks = JoinSet::new();
        let (cpu, start) = (process::ticks(), Instant::now());
        for stream in streams {
            let connection = Connection {
                stream,
                buffer: vec![0; BUFFER],
                bytes: 0,
                latencies: Vec::new(),
            };
            let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
            let (between, end) = (self.between, start + self.length);
            let uses_links = self.route.link().is_some() && !self.is_twin;
            tasks.spawn(async move {
                let mut connection = connection;
                while Instant::now() < end {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    assert!(
                        !uses_links || number < requests.len(),
                        "all links were used: raise READERS"
                    );
                    connection.ask(&requests[number % requests.len()]).await;
                    if !between.is_zero() {
                        tokio::time::sleep(between).await;
                    }
                }
                connection
            });
        }
        let (mut bytes, mut latencies) = (0, Vec::new());
        while let Some(connection) = tasks.join_next().await {
            let connection = connection.unwrap();
            bytes += connection.bytes;
            latencies.extend(connection.latencies);
        }
        let wall = start.elapsed();
        latencies.sort_unstable();
        Outcome {
            requests: latencies.len(),
            wall,
            cpu: process::ticks().saturating_sub(cpu),
            bytes,
            p99: latencies[latencies.len() * 99 / 100],
        }
    }

    pub(crate) fn port(&self) -> u16 {
        match self.route {
            _ if self.is_twin => self.at.bare,
            Route::HomeVoted | Route::FeedVoted => self.at.voted,
            _ => self.at.site,
        }
    }

    /// The addresses to request, in turns.
    pub(crate) fn paths(&self) -> Vec<String> {
        if self.is_twin {
            return vec![format!("/{}", self.route.name())];
        }
        self.route.paths().unwrap_or_else(|| {
            self.links(match self.route {
                Route::Vote => &self.at.votes,
                _ => &self.at.unsubscribes,
            })
        })
    }

    fn links(&self, file: &std::path::Path) -> Vec<String> {
        let links = std::fs::read_to_string(file).unwrap();
        let links = links.lines().skip(self.first).take(self.links);
        links.map(str::to_owned).collect()
    }

    fn texts(&self) -> Vec<Box<[u8]>> {
        let mut rest = String::from("Host: localhost\r\n");
        for (name, value) in self.route.headers() {
            let _ = write!(rest, "{name}: {value}\r\n");
        }
        let body = self.route.body().unwrap_or_default();
        if !body.is_empty() {
            let _ = write!(rest, "Content-Length: {}\r\n", body.len());
        }
        let method = if body.is_empty() { "GET" } else { "POST" };
        let text = |path: String| format!("{method} {path} HTTP/1.1\r\n{rest}\r\n{body}");
        let texts = self.paths().into_iter().map(text);
        texts.map(|text| text.into_bytes().into()).collect()
    }
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much was read.
    bytes: u64,
    /// One for each answer.
    latencies: Vec<Duration>,
}

impl Connection {
    async fn ask(&mut self, request: &[u8]) {
        let start = Instant::now();
        self.stream.write_all(request).await.unwrap();
        self.bytes += self.answer().await as u64;
        self.latencies.push(start.elapsed());
    }

    async fn answer(&mut self) -> usize {
        let mut filled = 0;
        let mut length = None;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..]).await.unwrap();
            assert!(
                read > 0,
                "the server hung up, or an answer is longer than expected"
            );
            filled += read;
            let answer = &self.buffer[..filled];
            length = length.or_else(|| length_of(answer));
            match length {
                Some(Length::Known(length)) if filled == length => return filled,
                Some(Length::Chunks) if answer.ends_with(LAST_CHUNK) => return filled,
                _ => {}
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Length {
    /// The length of head and body.
    Known(usize),
    Chunks,
}

/// The length of an answer, once its head has arrived.
fn length_of(answer: &[u8]) -> Option<Length> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let text = std::str::from_utf8(&answer[..head]).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    Some(length.map_or(Length::Chunks, |length| {
        Length::Known(head + 4 + length.parse::<usize>().unwrap())
    }))
}
