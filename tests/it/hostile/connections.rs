//! Too many connections: which one makes room, and what is still answered.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::timeout;
use verdict::web::Limits;

use super::load::{impatient, pages};
use super::{SLUG, sent, status, until_closed};
use crate::child::{LIMIT, Running, binary};
use crate::database::Db;
use crate::http;
use crate::test_app::TestApp;

/// All ordinary places.
const ALL: usize = 512;

/// A process may open 1024 files, so only one test at a time opens so many connections.
static MANY: Mutex<()> = Mutex::const_new(());

/// A process with pages and metrics, and the hosts of both.
struct Serving {
    process: Running,
    host: String,
    numbers: String,
    _alone: MutexGuard<'static, ()>,
}

async fn serve(app: &TestApp) -> Serving {
    let alone = MANY.lock().await;
    let mut command = binary();
    command
        .arg("--dir")
        .arg(app.dir.path())
        .args(["serve", "--only", "web"])
        .env("VERDICT_NEWSLETTER_LANGUAGE", "de")
        .env("VERDICT_METRICS_LISTEN", "127.0.0.1:0");
    let mut process = Running::start(&mut command);
    let mut address = async |text| {
        let line = process.line(text).await;
        let (_, rest) = line.split_once("address=").unwrap();
        rest.split(' ').next().unwrap().to_owned()
    };
    let host = address("serving").await;
    let numbers = address("serving metrics").await;
    Serving {
        process,
        host,
        numbers,
        _alone: alone,
    }
}

async fn get(host: &str, path: &str) -> http::Answer {
    http::get(&format!("http://{host}{path}")).await
}

/// Both health checks succeed.
async fn is_healthy(host: &str) {
    for (path, printed) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = get(host, path).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, printed),
            "{path}"
        );
    }
}

/// Asks on a kept connection. False if it was closed.
async fn ask(kept: &mut TcpStream) -> bool {
    let asked = kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    if asked.await.is_err() {
        return false;
    }
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nok\n") {
        let read = timeout(LIMIT, kept.read_buf(&mut answer)).await;
        if read.expect("an answer or an end").unwrap_or(0) == 0 {
            return false;
        }
    }
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_connections_make_room_for_new_requests() {
    let app = sent(Db::Sqlite).await;
    let mut serving = serve(&app).await;
    let mut kept = Vec::new();
    for _ in 0..ALL {
        let mut stream = TcpStream::connect(&serving.host).await.unwrap();
        assert!(ask(&mut stream).await);
        kept.push(stream);
    }
    is_healthy(&serving.host).await;
    is_healthy(&serving.numbers).await;
    let pages = ["/", &format!("/issues/{SLUG}")];
    for path in pages {
        assert_eq!(get(&serving.host, path).await.status, 200, "{path}");
    }
    let mut closed = Vec::new();
    for (number, stream) in kept.iter_mut().enumerate() {
        if !ask(stream).await {
            closed.push(number);
        }
    }
    // The first page's connection may make room for the second one.
    assert!((1..=pages.len()).contains(&closed.len()), "{closed:?}");
    assert!(closed.iter().all(|number| *number < ALL / 2), "{closed:?}");
    assert_eq!(serving.process.end_by("TERM").await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_requests_do_not_block_health_checks() {
    let app = sent(Db::Sqlite).await;
    let mut serving = serve(&app).await;
    let half = b"POST /subscribe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nem";
    let mut slow = Vec::new();
    for _ in 0..ALL {
        let mut stream = TcpStream::connect(&serving.host).await.unwrap();
        stream.write_all(half).await.unwrap();
        slow.push(stream);
    }
    is_healthy(&serving.host).await;
    is_healthy(&serving.numbers).await;
    let answer = get(&serving.host, "/").await;
    assert_eq!(answer.status, 503, "{answer:?}");
    let in_german = "Gerade sind zu viele Menschen hier.";
    assert!(answer.body.contains(in_german), "{answer:?}");
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!(answer.header("connection"), Some("close"));

    let mut silent = Vec::new();
    for _ in 0..40 {
        silent.push(TcpStream::connect(&serving.host).await.unwrap());
    }
    is_healthy(&serving.host).await;
    assert_eq!(until_closed(&mut silent[0]).await, "");

    for mut stream in slow {
        stream.write_all(b"ail=a&b").await.unwrap();
        assert_eq!(
            status(&until_closed(&mut stream).await),
            422,
            "it is not cut"
        );
    }
    assert_eq!(get(&serving.host, "/").await.status, 200);
    assert_eq!(serving.process.end_by("TERM").await, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_client_keeps_nobody_out() {
    let app = sent(Db::Sqlite).await;
    let few = Limits {
        connections: 4,
        reserve: 4,
        ..impatient()
    };
    for first in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let patient = Limits {
            head: LIMIT * 10,
            ..few.clone()
        };
        let (host, _stop) = pages(&app, patient).await;
        let mut slow = Vec::new();
        for _ in 0..12 {
            let mut stream = TcpStream::connect(&host).await.unwrap();
            stream.write_all(first.as_bytes()).await.unwrap();
            slow.push(stream);
        }
        assert_eq!(get(&host, "/").await.status, 200);
        assert_eq!(until_closed(&mut slow[0]).await, "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_takes_all_places_keeps_them_only_briefly() {
    let app = sent(Db::Sqlite).await;
    let few = Limits {
        connections: 4,
        ..impatient()
    };
    let (host, _stop) = pages(&app, few).await;
    let mut silent = Vec::new();
    for _ in 0..4 {
        silent.push(TcpStream::connect(&host).await.unwrap());
    }
    for stream in &mut silent {
        assert_eq!(
            until_closed(stream).await,
            "",
            "no other request was needed"
        );
    }
}
