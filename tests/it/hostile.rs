//! Whoever means harm: forged links, injected lines, scripts in every field, requests without end. Each with
//! what is answered.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;
use subscribers::consent::Consent;
use subscribers::token::{Purpose, Token, sign};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use verdict::store::subscribers as list;

use crate::browser::driver::Browser;
use crate::database::Db;
use crate::engine::{Press, on_both_stores, sample_issue, stderr};
use crate::http;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// What opens with a token: the path before it, and the purpose that it must have.
const ROUTES: [(&str, Purpose); 7] = [
    ("u", Purpose::Unsubscribe),
    ("settings", Purpose::Unsubscribe),
    ("confirm", Purpose::Confirm),
    ("reader", Purpose::Preferences),
    ("address", Purpose::Address),
    ("erase", Purpose::Erase),
    ("undo", Purpose::Undo),
];

/// A press whose reader got an issue.
async fn sent(db: Db) -> Press {
    let press = Press::on(db).await;
    press.issue(SLUG).reader(ADA).await.send(SLUG).await;
    press
}

/// Sends bytes, and returns what comes back until the server has said all.
async fn raw(press: &Press, request: &[u8]) -> String {
    let host = press.site.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(40), stream.read_to_end(&mut answer)).await;
    read.expect("the server ends it").ok();
    String::from_utf8_lossy(&answer).into_owned()
}

on_both_stores! {
    async fn a_link_changed_anywhere_opens_nothing(db: Db) {
        let press = sent(db).await;
        let link = press.unsubscribe_link(ADA);
        let (start, token) = link.rsplit_once('/').unwrap();
        let invalid = http::get(&format!("{start}/nonsense")).await;
        for place in 0..token.len() {
            let mut changed = token.as_bytes().to_vec();
            changed[place] = if changed[place] == b'x' { b'y' } else { b'x' };
            let changed = format!("{start}/{}", String::from_utf8(changed).unwrap());
            let answer = http::post(&changed, "List-Unsubscribe=One-Click").await;
            assert_eq!(answer.status, 404, "{changed}");
            assert_eq!(answer.body, invalid.body, "all are answered alike");
        }
        for tail in ["A", "=", "%00", "/", "%2f", ".", "%20", "\u{2063}"] {
            let answer = http::post(&format!("{link}{tail}"), "List-Unsubscribe=One-Click").await;
            assert_eq!(answer.status, 404, "{tail:?}");
        }
        assert_eq!(press.consent(ADA).await, Consent::Confirmed);
    }

    async fn every_purpose_opens_its_own_page_alone(db: Db) {
        let press = sent(db).await;
        let subscriber = list::find(&press.engine.store, ADA).await.unwrap().unwrap().id;
        for purpose in Purpose::ALL {
            for about in [0, 1, 2, i64::MAX, -1] {
                let token = sign(&press.engine.key, Token { purpose, subscriber, about });
                for (path, own) in ROUTES {
                    if own == purpose {
                        continue;
                    }
                    let url = format!("{}/{path}/{token}", press.site);
                    assert_eq!(http::post(&url, "").await.status, 404, "{purpose:?} at {path}");
                }
            }
        }
        assert_eq!(press.consent(ADA).await, Consent::Confirmed);
    }

    async fn the_answer_to_a_sign_up_takes_as_long_whoever_is_on_the_list(db: Db) {
        let press = Press::tuned(db, verdict::catcher::Behaviour::new(), |config| {
            config.join.per_network = 1_000_000;
        }).await;
        press.readers(300).await;
        let page = http::get(&format!("{}/subscribe", press.site)).await;
        let (_, stamp) = page.body.split_once("name=\"stamp\" value=\"").unwrap();
        let stamp = stamp.split('"').next().unwrap();
        press.clock.advance(TimeDelta::seconds(3));
        let mut took = [Vec::new(), Vec::new()];
        for number in 1..=120 {
            for (who, times) in ["reader", "nobody"].iter().zip(&mut took) {
                let form = format!("stamp={stamp}&email={who}-{number}@example.com");
                let start = Instant::now();
                let answer = http::post(&format!("{}/subscribe", press.site), &form).await;
                times.push(start.elapsed());
                assert_eq!(answer.status, 303);
            }
        }
        let [known, unknown] = took.map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64()
        });
        // Medians of turns taken in one run: far apart only if the work differs.
        let ratio = known / unknown;
        assert!((0.5..2.0).contains(&ratio), "{known} s and {unknown} s");
    }
}

#[tokio::test]
async fn lines_are_injected_nowhere() {
    let press = Press::on(Db::Sqlite).await;
    for field in ["subject", "title", "preheader", "question"] {
        let line = format!("{field} = \"a\\r\\nBcc: eve@example.com\"\n");
        let issue = sample_issue(SLUG);
        let issue = match field {
            "question" => issue.replacen("question = ", "# ", 1),
            _ => issue,
        };
        press.issue_file(SLUG, &format!("{line}{issue}"));
        let output = press.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(2), "{field}: {output:?}");
        assert!(stderr(&output).contains(field), "{output:?}");
    }
    let output = press.verdict(&[
        "subscribers",
        "add",
        ADA,
        "--name",
        "Ada\r\nBcc: eve@example.com",
    ]);
    if output.status.success() {
        press.issue(SLUG).send(SLUG).await;
        let mail = press.catcher.for_recipient(ADA).remove(0).content;
        let mail = String::from_utf8(mail).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!head.contains("\r\nBcc:"), "{head}");
    }
    assert!(press.catcher.for_recipient("eve@example.com").is_empty());
}

#[tokio::test]
async fn nothing_is_kept_in_the_browser_that_another_site_could_use() {
    let press = sent(Db::Sqlite).await;
    let link = press.unsubscribe_link(ADA);
    for url in [
        press.site.clone(),
        format!("{}/subscribe", press.site),
        link.clone(),
    ] {
        let answer = http::get(&url).await;
        assert_eq!(answer.header("set-cookie"), None, "{url}");
        let policy = answer.header("content-security-policy").unwrap();
        for rule in [
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(rule), "{policy}");
        }
        assert_eq!(answer.header("access-control-allow-origin"), None, "{url}");
    }
    // A form on another site can post to a link only if it knows it.
    let forged = "POST /u/guessed HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example.net\r\n\
                  Content-Length: 0\r\nConnection: close\r\n\r\n";
    assert!(
        raw(&press, forged.as_bytes())
            .await
            .starts_with("HTTP/1.1 404")
    );
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_and_no_file_is_read() {
    let press = sent(Db::Sqlite).await;
    for path in [
        "//evil.example.net/",
        "/\\evil.example.net",
        "/subscribe/sent/..%2f..%2fverdict.toml",
        "/issues/..%2f..%2fverdict.toml",
        "/issues/%2e%2e%2f%2e%2e%2fsecret.key",
        "/issues/../../secret.key",
        "/issues/tea-vs-coffee.toml",
        "/issues/tea-vs-coffee%00",
        "/tools/..%5c..%5cverdict.toml",
        "/v/../u/x",
        "/reader/x/..%2fexport.json",
        "/style.css/../secret.key",
    ] {
        for host in ["127.0.0.1", "evil.example.net"] {
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let answer = raw(&press, request.as_bytes()).await;
            let status = &answer[9..12];
            assert!(["400", "404", "405"].contains(&status), "{path}: {answer}");
            assert!(
                !answer.contains("[newsletter]") && !answer.contains("location:"),
                "{path}"
            );
        }
    }
    let absolute = "GET http://evil.example.net/ HTTP/1.1\r\nHost: evil.example.net\r\n\
                    Connection: close\r\n\r\n";
    let answer = raw(&press, absolute.as_bytes()).await;
    assert!(!answer.contains("evil.example.net"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_script_runs_out_of_any_field_of_an_issue() {
    const SHORT: &str = "'\\\"><script>document.title=1</script>";
    const NASTY: &str =
        "<img src=x onerror=document.title=1>'\\\"</script><script>document.title=1</script>";
    let press = Press::on(Db::Sqlite).await;
    let tool = |letter: &str| {
        format!(
            "[[tools]]\nname = \"{letter} {SHORT}\"\nmaker = \"{SHORT}\"\ncategory = \"{letter} <b>\"\n\
             tagline = \"{NASTY}\"\nprice = \"free\"\nprice_note = \"{NASTY}\"\n\
             url = \"https://example.com/?q=%22><script>\"\n\
             description = \"{NASTY} [x](javascript:document.title=1) ![x](javascript:1)\"\n\
             facts = [{{ text = \"{NASTY}\", source = \"https://example.com/'onclick='1\" }}]\n\
             [[tools.reviews]]\nreviewer = \"builder\"\nverdict = \"ship\"\nquote = \"{NASTY}\"\n"
        )
    };
    let issue = format!(
        "title = \"T {NASTY}\"\nquestion = \"Q {NASTY}\"\nintro = \"I {NASTY}\"\n\
         subject = \"S {NASTY}\"\npreheader = \"P {NASTY}\"\nstatus = \"ready\"\n{}{}",
        tool("A"),
        tool("B")
    );
    press
        .issue_file(SLUG, &issue)
        .named_reader(ADA, Some("<b onclick=1>"))
        .await;
    let checked = press.verdict(&["check"]);
    let said = String::from_utf8([checked.stdout, checked.stderr].concat()).unwrap();
    for finding in [
        "link that is not http",
        "image cannot be used here",
        "raw HTML cannot be used",
    ] {
        assert!(said.contains(finding), "{said}");
    }
    let output = press.verdict(&["send", SLUG]);
    assert!(output.status.success(), "{}", stderr(&output));
    let mail = press.catcher.for_recipient(ADA).remove(0).content;
    let message = mail_parser::MessageParser::default().parse(&mail).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mail.html");
    std::fs::write(&file, message.body_html(0).unwrap().as_bytes()).unwrap();

    let browser = Browser::start().await;
    for page in [
        press.site.clone(),
        format!("{}/issues", press.site),
        format!("{}/issues/{SLUG}", press.site),
        press.link(ADA, "/v/"),
        press.unsubscribe_link(ADA),
        format!("file://{}", file.display()),
    ] {
        browser.goto(&page).await.unwrap();
        let seen = browser
            .script(
                "return {
                    title: document.title,
                    images: document.images.length,
                    scripts: [...document.scripts].filter(one => !one.type && !one.src).length,
                    handlers: [...document.querySelectorAll('*')].filter(one =>
                        [...one.attributes].some(attribute => attribute.name.startsWith('on'))).length,
                    links: [...document.links].filter(one => !/^(https?|file|mailto):/.test(one.href)).length,
                }",
            )
            .await;
        assert_ne!(seen["title"], "1", "{page}");
        for nothing in ["images", "scripts", "handlers", "links"] {
            assert_eq!(seen[nothing], Value::from(0), "{page}: {seen:#}");
        }
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_without_end_and_without_haste_keep_nobody_waiting() {
    let press = sent(Db::Sqlite).await;
    let link = press.unsubscribe_link(ADA);
    let large = format!("reason={}", "x".repeat(17 * 1024));
    assert_eq!(http::post(&link, &large).await.status, 413);

    let path = link.strip_prefix(&press.site).unwrap();
    let mut endless = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
    )
    .into_bytes();
    for _ in 0..100 {
        endless.extend_from_slice(b"10000\r\n");
        endless.extend_from_slice(&[b'x'; 0x10000]);
        endless.extend_from_slice(b"\r\n");
    }
    let host = press.site.strip_prefix("http://").unwrap().to_owned();
    let mut stream = TcpStream::connect(&host).await.unwrap();
    // The server may hang up in the middle of it.
    let _ = stream.write_all(&endless).await;
    let mut start = [0; 12];
    if stream.read_exact(&mut start).await.is_ok() {
        assert_eq!(&start, b"HTTP/1.1 413");
    }

    let slow = tokio::spawn({
        let request = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n");
        async move {
            let mut stream = TcpStream::connect(&host).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut start = [0; 12];
            loop {
                tokio::select! {
                    read = stream.read_exact(&mut start) => break read.map(|_| start),
                    () = tokio::time::sleep(Duration::from_millis(200)) => {}
                }
                if stream.write_all(b"x").await.is_err() {
                    break Ok(start);
                }
            }
        }
    });
    for _ in 0..20 {
        assert_eq!(
            http::get(&press.site).await.status,
            200,
            "others are answered meanwhile"
        );
    }
    let ended = timeout(Duration::from_secs(60), slow)
        .await
        .expect("it is ended")
        .unwrap();
    assert_eq!(&ended.unwrap(), b"HTTP/1.1 408");
    assert_eq!(press.consent(ADA).await, Consent::Confirmed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_requests_at_once_are_all_answered() {
    const CONNECTIONS: usize = 64;
    const EACH: usize = 10_000_usize.div_ceil(CONNECTIONS);
    let press = sent(Db::Sqlite).await;
    let link = press.unsubscribe_link(ADA);
    let path = link.strip_prefix(&press.site).unwrap().to_owned();
    let host = press.site.strip_prefix("http://").unwrap().to_owned();
    let mut burst = JoinSet::new();
    for number in 0..CONNECTIONS {
        let (host, path) = (host.clone(), path.clone());
        let paths = [
            "/".to_owned(),
            path,
            "/nothing".to_owned(),
            format!("/u/{number}"),
        ];
        burst.spawn(async move {
            let mut stream = TcpStream::connect(&host).await.unwrap();
            let mut answered = 0;
            for turn in 0..EACH {
                let path = &paths[turn % paths.len()];
                let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
                stream.write_all(request.as_bytes()).await.unwrap();
                answered += usize::from(read_answer(&mut stream).await < 500);
            }
            answered
        });
    }
    let mut answered = 0;
    while let Some(one) = burst.join_next().await {
        answered += one.unwrap();
    }
    assert_eq!(answered, CONNECTIONS * EACH);
    assert_eq!(press.consent(ADA).await, Consent::Confirmed);
    assert_eq!(http::get(&press.site).await.status, 200);
}

/// Reads one answer of a connection that is kept, and returns its status.
async fn read_answer(stream: &mut TcpStream) -> u16 {
    let mut answer = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let end = answer
            .windows(4)
            .position(|four: &[u8]| four == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
            if answer.len() >= end + 4 + length {
                return head[9..12].parse().unwrap();
            }
        }
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the server hung up");
        answer.extend_from_slice(&buffer[..read]);
    }
}
