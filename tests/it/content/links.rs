//! Links that lead nowhere, and those that must not be followed.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;
use verdict::links::{self, Dead, Policy};

use super::GOOD;
use crate::child::binary;

/// A server on an address of this machine.
struct Server {
    at: SocketAddr,
    /// How many connections it got.
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers each request line with a raw response; an empty one closes the connection.
    async fn on(address: [u8; 4], answer: fn(&str) -> String) -> Self {
        Self::answering(address, move |line| std::future::ready(answer(&line))).await
    }

    async fn answering<F>(
        address: [u8; 4],
        answer: impl Fn(String) -> F + Clone + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = String> + Send,
    {
        let listener = TcpListener::bind((Ipv4Addr::from(address), 0))
            .await
            .unwrap();
        let at = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let answer = answer.clone();
                tokio::spawn(async move {
                    let (line, mut stream) = request(stream).await;
                    let _ = stream.write_all(answer(line).await.as_bytes()).await;
                });
            }
        });
        Self { at, connections }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

/// The first line of a request, once its head has arrived.
async fn request(mut stream: TcpStream) -> (String, TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            // The first byte of TLS.
            Ok(0x16) | Err(_) => break,
            Ok(byte) => head.push(byte),
        }
    }
    let head = String::from_utf8(head).unwrap();
    (head.lines().next().unwrap_or_default().to_owned(), stream)
}

fn status(status: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n")
}

fn redirect(to: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
}

/// As if 127.0.0.1 were the only public address.
const LOOPBACK: Policy = Policy {
    may_connect: |address| address == IpAddr::V4(Ipv4Addr::LOCALHOST),
    patience: Duration::from_secs(60),
};

async fn dead(urls: impl IntoIterator<Item = String>, policy: Policy) -> BTreeMap<String, Dead> {
    links::dead(urls.into_iter().collect(), policy).await
}

/// Why one link is dead.
async fn why(url: &str, policy: Policy) -> Option<String> {
    let dead = dead([url.to_owned()], policy).await;
    dead.into_values().next().map(|why| why.to_string())
}

const HERE: [u8; 4] = [127, 0, 0, 1];
const ELSEWHERE: [u8; 4] = [127, 0, 0, 2];

#[tokio::test]
async fn what_answers_is_alive_and_what_is_gone_is_not() {
    let server = Server::on(HERE, |line| match line {
        "HEAD /there HTTP/1.1" => status("200 OK"),
        "HEAD /get-only HTTP/1.1" => status("405 Method Not Allowed"),
        "HEAD /no-head HTTP/1.1" => String::new(),
        "GET /get-only HTTP/1.1" | "GET /no-head HTTP/1.1" => {
            "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nmuch more".to_owned()
        }
        "HEAD /moved HTTP/1.1" => redirect("there"),
        "HEAD /lost HTTP/1.1" => redirect("/gone"),
        "HEAD /circle HTTP/1.1" => redirect("/circle"),
        "HEAD /file HTTP/1.1" => redirect("file:///etc/passwd"),
        _ if line.contains("/no-robots") => status("403 Forbidden"),
        _ if line.contains("/gone") => status("410 Gone"),
        _ if line.contains("/broken") => status("503 Service Unavailable"),
        _ if line.contains("/no-http") => "220 mail.example.com ESMTP\r\n".to_owned(),
        _ => status("404 Not Found"),
    })
    .await;
    let alive = ["/there", "/get-only", "/no-head", "/moved", "/no-robots"];
    assert_eq!(
        dead(alive.map(|path| server.url(path)), LOOPBACK).await,
        BTreeMap::new()
    );
    for (path, reason) in [
        ("/missing", "answers 404 Not Found"),
        ("/gone", "answers 410 Gone"),
        ("/lost", "answers 410 Gone"),
        ("/broken", "answers 503 Service Unavailable"),
        ("/circle", "redirects more than 10 times"),
        (
            "/file",
            "redirects to `file:///etc/passwd`, which is no web page",
        ),
    ] {
        let found = why(&server.url(path), LOOPBACK).await;
        assert_eq!(found.as_deref(), Some(reason), "{path}");
    }
    for url in [
        server.url("/no-http"),
        server.url("/there").replace("http:", "https:"),
        "http://127.0.0.1:1/".to_owned(),
    ] {
        let found = why(&url, LOOPBACK).await.unwrap_or_default();
        assert!(found.starts_with("gets no answer: "), "{url}: {found}");
    }
    let found = why("http://no-such-host.invalid/", LOOPBACK).await;
    let reason = "leads nowhere: there is no host no-such-host.invalid";
    assert_eq!(found.as_deref(), Some(reason));
}

#[tokio::test]
async fn nothing_connects_to_an_address_that_is_not_allowed() {
    let private = Server::on(ELSEWHERE, |_| status("200 OK")).await;
    let port = private.at.port();
    let leads = Server::answering(HERE, move |line| {
        let to = line.split(' ').nth(1).unwrap_or_default().to_owned();
        std::future::ready(redirect(&format!("http:/{to}:{port}/")))
    })
    .await;
    for host in [
        "127.0.0.2",
        // The same address in other clothes.
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "2130706434",
        "0x7f.2",
        "127.2",
        "0177.0.0.2",
    ] {
        for url in [
            format!("http://{host}:{port}/"),
            format!("https://{host}:{port}/"),
            leads.url(&format!("/{host}")),
        ] {
            let found = why(&url, LOOPBACK).await;
            assert_eq!(
                found
                    .as_deref()
                    .map(|found| found.contains("127.0.0.2") && found.contains("cannot reach")),
                Some(true),
                "{url}: {found:?}"
            );
        }
    }
    assert_eq!(private.connections(), 0);
    assert_eq!(leads.connections(), 7);

    // By the rule of the command, this machine is out of reach by name and by number.
    let here = Server::on(HERE, |_| status("200 OK")).await;
    let port = here.at.port();
    for host in [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",
        "[::]",
        "[::ffff:127.0.0.1]",
    ] {
        let found = why(&format!("http://{host}:{port}/"), Policy::default()).await;
        assert!(
            found
                .as_ref()
                .is_some_and(|found| found.contains("cannot reach")),
            "{host}: {found:?}"
        );
    }
    assert_eq!(here.connections(), 0);
}

#[tokio::test]
async fn a_server_that_does_not_answer_takes_limited_time() {
    let silent = Server::answering(HERE, |_| std::future::pending()).await;
    let hasty = Policy {
        patience: Duration::from_millis(200),
        ..LOOPBACK
    };
    let found = why(&silent.url("/"), hasty).await;
    assert_eq!(found.as_deref(), Some("gets no answer in time"));
}

#[tokio::test]
async fn one_host_gets_two_requests_at_a_time() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let pair = Arc::new(Barrier::new(2));
    let server = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        Server::answering(HERE, move |_| {
            let (now, most, pair) = (Arc::clone(&now), Arc::clone(&most), Arc::clone(&pair));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // Each waits for another one, so one at a time would never end.
                pair.wait().await;
                now.fetch_sub(1, Ordering::SeqCst);
                status("200 OK")
            }
        })
        .await
    };
    let urls = (0..20).map(|number| server.url(&format!("/{number}")));
    assert_eq!(dead(urls, LOOPBACK).await, BTreeMap::new());
    assert_eq!(most.load(Ordering::SeqCst), 2);
    assert_eq!(server.connections(), 20);
}

#[tokio::test]
async fn the_command_points_at_each_link_in_the_file() {
    let private = Server::on(HERE, |_| status("200 OK")).await;
    let dir = tempfile::tempdir().unwrap();
    let url = private.url("");
    let text = GOOD
        .replace("https://fernwood.example.com", &url)
        .replace("https://larkspur.example.net", &url);
    let check = |text: &str, args: &[&str]| {
        std::fs::write(dir.path().join("a-vs-b.toml"), text).unwrap();
        let output = binary()
            .args(["check", "a-vs-b.toml", "--format", "json"])
            .args(args)
            .current_dir(dir.path())
            .output();
        let output = output.unwrap();
        let found: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        let found = found
            .iter()
            .map(|one| format!("{}:{} {}", one["line"], one["column"], one["code"]));
        found.collect::<Vec<_>>()
    };
    let v019 = |places: &[&str]| {
        let found = places.iter().map(|place| format!("{place} \"V019\""));
        found.collect::<Vec<_>>()
    };
    assert_eq!(check(&text, &[]), [""; 0]);
    assert_eq!(
        check(&text, &["--links"]),
        v019(&["15:7", "16:83", "18:55", "38:7"])
    );
    assert_eq!(
        check(&format!("sample = true\n{text}"), &["--links"]),
        [""; 0]
    );
    let allowed = format!("allow = [\"V019: our intranet\"]\n{text}");
    assert_eq!(check(&allowed, &["--links"]), [""; 0]);
    assert_eq!(private.connections(), 0);
}
