//! Too much, too slowly, too many.

use std::fs;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use verdict::app::App;
use verdict::web::{self, Limits};

use super::{ADA, SHORT, SLUG, host, raw, sent, status, until_closed};
use crate::child::{LIMIT, Running, binary};
use crate::database::Db;
use crate::http;
use crate::test_app::TestApp;

/// Pages of an instance with limits short enough for a test; they stop with the token.
pub(super) async fn pages(app: &TestApp, limits: Limits) -> (String, CancellationToken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let stop = CancellationToken::new();
    let routes = web::routes(App::clone(app));
    tokio::spawn(web::serve_within(listener, routes, limits, stop.clone()));
    (host, stop)
}

/// Short limits for the head and the body of a request.
pub(super) fn impatient() -> Limits {
    Limits {
        head: SHORT,
        body: SHORT,
        ..Limits::default()
    }
}

async fn answers(host: &str) -> bool {
    http::get(&format!("http://{host}/healthz")).await.status == 200
}

/// Writes some bytes, then one byte at intervals until the server closes; returns what it sent.
async fn drip(host: &str, first: &str) -> String {
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(first.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let dripping = tokio::spawn(async move {
        while writing.write_all(b"x").await.is_ok() {
            sleep(SHORT / 10).await;
        }
    });
    let mut answer = Vec::new();
    // Closing with unread bytes resets the connection: what came before counts.
    let _ = timeout(LIMIT, reading.read_to_end(&mut answer))
        .await
        .expect("it is ended");
    dripping.abort();
    String::from_utf8(answer).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_client_is_disconnected_and_delays_nobody() {
    let app = sent(Db::Sqlite).await;
    let (host, _stop) = pages(&app, impatient()).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let form = "Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\nreason=";
    let parts = "Host: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b\r\n";
    let slow = [
        String::new(),
        "G".to_owned(),
        "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned(),
        format!("POST {link} HTTP/1.1\r\n{form}"),
        format!("POST {link} HTTP/1.1\r\n{parts}"),
        format!("POST /subscribe HTTP/1.1\r\n{form}"),
        format!("POST /u/forged HTTP/1.1\r\n{form}"),
        format!("GET /healthz HTTP/1.1\r\n{form}"),
    ];
    let mut clients = JoinSet::new();
    for first in &slow {
        for _ in 0..8 {
            let (host, first) = (host.clone(), first.clone());
            clients.spawn(async move { (drip(&host, &first).await, first) });
        }
    }
    while let Some(ended) = clients.join_next().await {
        assert!(answers(&host).await, "others are answered meanwhile");
        let (printed, first) = ended.unwrap();
        let wanted = if first.contains("forged") {
            404
        } else if first.starts_with("POST") {
            408
        } else if first.contains("healthz") {
            200
        } else {
            // An incomplete request gets no answer.
            assert_eq!(printed, "", "{first}");
            continue;
        };
        assert_eq!(status(&printed), wanted, "{first}: {printed}");
    }
    assert!(
        app.consent(ADA).await.may_receive(),
        "an incomplete form does nothing"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_goes_silent_after_its_request_is_disconnected() {
    let app = sent(Db::Sqlite).await;
    let (host, _stop) = pages(&app, impatient()).await;
    let mut idle = TcpStream::connect(&host).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    assert_eq!(status(&until_closed(&mut idle).await), 200);
}

/// A client that never reads its answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_is_disconnected() {
    let app = sent(Db::Sqlite).await;
    let limits = Limits {
        life: SHORT,
        drain: SHORT,
        ..Limits::default()
    };
    let (host, _stop) = pages(&app, limits).await;
    let mut deaf = TcpStream::connect(&host).await.unwrap();
    let asked = format!("GET /issues/{SLUG} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(200);
    let ended = timeout(LIMIT, async {
        while deaf.write_all(asked.as_bytes()).await.is_ok() {}
    });
    ended.await.expect("writing to it fails in the end");
    assert!(answers(&host).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_server_does_not_wait_for_slow_clients() {
    let app = sent(Db::Sqlite).await;
    let limits = Limits {
        drain: SHORT,
        body: LIMIT * 10,
        ..Limits::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let stop = CancellationToken::new();
    let routes = web::routes(App::clone(&app));
    let server = tokio::spawn(web::serve_within(listener, routes, limits, stop.clone()));
    let mut slow = TcpStream::connect(&host).await.unwrap();
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let half = format!("POST {link} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nrea");
    slow.write_all(half.as_bytes()).await.unwrap();
    assert!(answers(&host).await);
    stop.cancel();
    timeout(LIMIT, server)
        .await
        .expect("it ends")
        .unwrap()
        .unwrap();
    until_closed(&mut slow).await;
    assert!(TcpStream::connect(&host).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_body_is_refused_before_it_arrives() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    for (path, wanted) in [
        (link.as_str(), 413),
        ("/subscribe", 413),
        ("/u/forged", 404),
        ("/", 405),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        );
        let body = "x".repeat(17 * 1024);
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        let printed = status(&raw(host(&app), request.as_bytes()).await);
        assert_eq!(printed, wanted, "17 KB to {path}");

        let mut stream = TcpStream::connect(host(&app)).await.unwrap();
        stream
            .write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes())
            .await
            .unwrap();
        let chunk = format!("10000\r\n{}\r\n", "y".repeat(0x10000));
        let mut taken = 0;
        while taken < 100 << 20 && stream.write_all(chunk.as_bytes()).await.is_ok() {
            taken += chunk.len();
        }
        assert!(
            taken < 20 << 20,
            "{taken} bytes of 100 MB to {path} were taken"
        );
        assert!(answers(host(&app)).await);
    }
    assert!(app.consent(ADA).await.may_receive());
}

/// Many small fields are a small body.
#[tokio::test]
async fn a_form_of_many_fields_is_read_as_any_other() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA);
    let answer = http::post(&link, &"a&".repeat(8_000)).await;
    assert_eq!(answer.status, 200);
    let broken = "--frontier\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nno end";
    let answer = http::post_as("multipart/form-data; boundary=frontier", &link, broken).await;
    assert_eq!(answer.status, 400);
    let answer = http::post_as("multipart/form-data", &link, broken).await;
    assert_eq!(answer.status, 400);
    let answer = http::post(&link, "reason=%ff%fe%00").await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// The peak of a process's memory, in KB.
fn peak(process: &Running) -> u64 {
    let printed = fs::read_to_string(format!("/proc/{}/status", process.pid())).unwrap();
    let line = printed
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Requests pages one after another over one connection; returns how many were answered correctly.
async fn client(host: String, pages: Vec<(&'static str, String, u16)>, count: usize) -> usize {
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let (mut good, mut buffer) = (0, Vec::new());
    for (method, path, wanted) in pages.iter().cycle().take(count) {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let end = loop {
            let head = buffer.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(head) = head {
                let printed = String::from_utf8_lossy(&buffer[..head]).to_lowercase();
                let length = printed.split("content-length: ").nth(1).expect("a length");
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if buffer.len() >= head + 4 + length {
                    break head + 4 + length;
                }
            }
            let read = timeout(LIMIT, stream.read_buf(&mut buffer)).await;
            assert_ne!(
                read.expect("an answer in time").unwrap(),
                0,
                "the server hung up"
            );
        };
        let answer: Vec<u8> = buffer.drain(..end).collect();
        good += usize::from(status(&String::from_utf8_lossy(&answer[..12])) == *wanted);
    }
    good
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_requests_in_a_burst_are_answered() {
    const CLIENTS: usize = 64;
    const EACH: usize = 157;
    let app = sent(Db::Sqlite).await;
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["serve", "--only", "web"]);
    let mut process = Running::start(&mut command);
    let line = process.line("serving").await;
    let (_, address) = line.split_once("address=").unwrap();
    let host = address.split(' ').next().unwrap().to_owned();
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let page = |method, path: &str, status| (method, path.to_owned(), status);
    let pages = vec![
        page("GET", "/", 200),
        page("GET", "/issues?q=alpha&category=Writing", 200),
        page("GET", &format!("/issues/{SLUG}"), 200),
        page("GET", "/feed.xml", 200),
        page("GET", &format!("/issues/{SLUG}/card.png"), 200),
        page("GET", "/tools/alpha-of-tea-vs-coffee", 200),
        page("GET", "/subscribe", 200),
        page("GET", &link, 200),
        page("POST", "/u/forged", 404),
        page("POST", "/subscribe", 422),
        page("GET", "/nothing", 404),
    ];
    let burst = |count| {
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            clients.spawn(client(host.clone(), pages.clone(), count));
        }
        async move { clients.join_all().await.into_iter().sum::<usize>() }
    };
    assert_eq!(burst(pages.len()).await, CLIENTS * pages.len(), "warm");
    let (before, begun) = (peak(&process), Instant::now());
    assert_eq!(burst(EACH).await, CLIENTS * EACH);
    let grown = peak(&process) - before;
    println!(
        "10,048 requests in {:?}, {before} KB and {grown} more",
        begun.elapsed()
    );
    assert!(grown < 32 * 1024, "{grown} KB more than {before}");
    assert!(app.consent(ADA).await.may_receive());
    assert_eq!(process.end_by("TERM").await, Some(0));
}
