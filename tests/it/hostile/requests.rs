//! Requests that no browser sends.

use super::{ADA, SLUG, host, raw, sent, sign_up, status};
use crate::database::Db;
use crate::http;
use crate::test_app::on_both_stores;

on_both_stores!(
    odd_addresses_are_not_server_errors,
    a_search_of_any_length_is_answered
);

/// Another site.
const EVIL: &str = "evil.example.net";

/// Paths that lead elsewhere on other servers.
const UPWARD: [&str; 12] = [
    "..%2f..%2fsecret.key",
    "%2e%2e%2f%2e%2e%2fsecret.key",
    "../../secret.key",
    "..%5c..%5csecret.key",
    "..\\..\\secret.key",
    "....//....//secret.key",
    "..%252f..%252fsecret.key",
    "%c0%ae%c0%ae%c0%afsecret.key",
    "..%00/secret.key",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "..;/secret.key",
];

#[tokio::test]
async fn no_path_leads_out_of_the_pages() {
    let app = sent(Db::Sqlite).await;
    let folders = [
        "/",
        "/issues/",
        "/tools/",
        "/u/",
        "/reader/x/",
        "/v/x/",
        "/style.css/",
        "/inbox/",
    ];
    let card = format!("/issues/{SLUG}/");
    let files = [
        "/secret.key",
        "/verdict.toml",
        "/verdict.db",
        "/.git/config",
        "/issues/tea-vs-coffee.toml",
    ];
    let upward = folders
        .into_iter()
        .chain([card.as_str()])
        .flat_map(|folder| UPWARD.map(|path| format!("{folder}{path}")));
    for path in upward.chain(files.map(str::to_owned)) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = raw(host(&app), request.as_bytes()).await;
        assert!([400, 404].contains(&status(&answer)), "{path}: {answer}");
        assert!(
            !answer.contains("root:") && !answer.contains("[newsletter]"),
            "{path}: {answer}"
        );
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let targets = [
        format!("//{EVIL}"),
        format!("//{EVIL}/issues"),
        format!("/\\{EVIL}"),
        format!("/%2f%2f{EVIL}"),
        format!("/issues//{EVIL}/.."),
        format!("/issues/{SLUG}/"),
        format!("/subscribe?next=//{EVIL}&return_to=https://{EVIL}&url={EVIL}"),
        format!("/subscribe/sent?next=https://{EVIL}"),
        format!("{link}?redirect=https://{EVIL}"),
        format!("https://{EVIL}/issues"),
        format!("http://{EVIL}/"),
    ];
    for target in &targets {
        for method in ["GET", "POST", "HEAD"] {
            let request = format!(
                "{method} {target} HTTP/1.1\r\nHost: {EVIL}\r\nX-Forwarded-Host: {EVIL}\r\n\
                 Forwarded: host={EVIL}\r\nX-Original-URL: /{EVIL}\r\nReferer: https://{EVIL}/\r\n\
                 Content-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let answer = raw(host(&app), request.as_bytes()).await;
            assert!(
                (200..500).contains(&status(&answer)),
                "{method} {target}: {answer}"
            );
            let lines = answer.lines().map(str::to_lowercase);
            let location = lines
                .take_while(|line| !line.is_empty())
                .find(|line| line.starts_with("location"));
            assert_eq!(location, None, "{method} {target}");
            assert!(!answer.contains(EVIL), "{method} {target}: {answer}");
        }
    }
}

/// The link in a mail must not depend on how the page was requested.
#[tokio::test]
async fn a_foreign_host_header_does_not_reach_a_mail() {
    let app = sent(Db::Sqlite).await;
    let stamp = super::stamp(&app).await;
    app.clock.advance(chrono::TimeDelta::seconds(3));
    let form = format!("stamp={stamp}&email=new@example.org");
    let request = format!(
        "POST http://{EVIL}/subscribe HTTP/1.1\r\nHost: {EVIL}\r\nX-Forwarded-Host: {EVIL}\r\n\
         X-Forwarded-Proto: https\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    );
    assert_eq!(status(&raw(host(&app), request.as_bytes()).await), 303);
    app.deliver_outbox().await;
    let mail = app.catcher.for_recipient("new@example.org").remove(0);
    let mail = String::from_utf8(mail.content).unwrap();
    assert!(!mail.contains(EVIL), "{mail}");
    assert!(
        app.link("new@example.org", "/confirm/")
            .starts_with(&app.site)
    );
}

/// Pages use no cookie, so another site's page can only do what anyone can, and it may not read the result.
#[tokio::test]
async fn another_site_borrows_nothing_of_a_reader() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let paths = [
        "/",
        "/issues",
        "/subscribe",
        "/subscribe/sent",
        "/feed.xml",
        "/healthz",
        "/nothing",
        &link,
    ];
    let foreign = format!(
        "Host: x\r\nOrigin: https://{EVIL}\r\nSec-Fetch-Site: cross-site\r\nCookie: session=1; token=1\r\n\
         Access-Control-Request-Method: POST\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\
         Connection: close\r\n\r\n"
    );
    for path in paths {
        for method in ["GET", "OPTIONS", "POST"] {
            if path == link && method == "POST" {
                continue;
            }
            let request = format!("{method} {path} HTTP/1.1\r\n{foreign}");
            let answer = raw(host(&app), request.as_bytes()).await.to_lowercase();
            assert!(
                !answer.contains("\r\nset-cookie:"),
                "{method} {path}: {answer}"
            );
            assert!(
                !answer.contains("\r\naccess-control-"),
                "{method} {path}: {answer}"
            );
            if method == "OPTIONS" {
                assert!(
                    [404, 405].contains(&status(&answer.to_uppercase())),
                    "{path}: {answer}"
                );
            }
        }
    }
    for without in [
        "/u/",
        "/confirm/",
        "/reader/",
        "/erase/",
        "/undo/",
        "/address/",
        "/settings/",
    ] {
        let request = format!("POST {without} HTTP/1.1\r\n{foreign}");
        assert_eq!(
            status(&raw(host(&app), request.as_bytes()).await),
            404,
            "{without}"
        );
    }
    // What a script on another site posts, in any encoding that a page can send, leads to our own form first.
    for kind in [
        "text/plain",
        "application/json",
        "application/x-www-form-urlencoded",
    ] {
        let url = format!("{}/subscribe", app.site);
        let headers = [("Content-Type", kind), ("Sec-Fetch-Site", "cross-site")];
        let answer = http::request("POST", &url, &headers, "email=eve@example.com").await;
        assert_eq!(answer.status, 200, "{kind}: {answer:?}");
    }
    for kind in ["text/plain", "application/json"] {
        let url = format!("{}/subscribe", app.site);
        let answer = http::post_as(kind, &url, "email=eve@example.com").await;
        assert_eq!(answer.status, 200, "{kind}: {answer:?}");
    }
    app.deliver_outbox().await;
    assert_eq!(app.catcher.len(), 1, "only the edition was mailed");
}

/// Two programs could read these requests differently.
#[tokio::test]
async fn a_request_that_can_be_read_in_two_ways_is_refused() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let smuggled = format!(
        "POST {link} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 26\r\n\r\nList-Unsubscribe=One-Click"
    );
    let long = "x".repeat(300_000);
    let many = "X-Many: 1\r\n".repeat(500);
    for (what, request) in [
        (
            "two lengths",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n{smuggled}"
            ),
        ),
        (
            "a list of lengths",
            format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 9\r\n\r\n{smuggled}"),
        ),
        (
            "a signed length",
            format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n{smuggled}"),
        ),
        (
            "a negative length",
            format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{smuggled}"),
        ),
        (
            "a huge length",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{smuggled}"
            ),
        ),
        (
            "an unknown coding",
            format!("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n{smuggled}"),
        ),
        (
            "chunked not last",
            format!(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n{smuggled}"
            ),
        ),
        (
            "a bad chunk",
            format!(
                "POST /subscribe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{smuggled}"
            ),
        ),
        (
            "a blank before the colon",
            format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 0\r\n\r\n{smuggled}"),
        ),
        (
            "a folded header",
            format!("GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n Content-Length: 5\r\n\r\n{smuggled}"),
        ),
        ("a NUL", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n".to_owned()),
        (
            "a NUL in a header",
            "GET / HTTP/1.1\r\nHost: x\0\r\n\r\n".to_owned(),
        ),
        (
            "a bare CR in a header",
            "GET / HTTP/1.1\r\nHost: x\rX-Evil: 1\r\n\r\n".to_owned(),
        ),
        (
            "no request",
            "\x16\x03\x01\x02\0\x01\0\x01\u{fc}\x03\x03".to_owned(),
        ),
        (
            "an SMTP client",
            "EHLO x\r\nMAIL FROM:<a@example.com>\r\n".to_owned(),
        ),
        (
            "another version",
            "GET / HTTP/9.9\r\nHost: x\r\n\r\n".to_owned(),
        ),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
        (
            "a long address",
            format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n"),
        ),
        (
            "a long header",
            format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {long}\r\n\r\n"),
        ),
        (
            "many headers",
            format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"),
        ),
    ] {
        let answer = raw(host(&app), request.as_bytes()).await;
        let wanted = match what {
            // Not HTTP/1: the server closes the connection.
            "HTTP/2" => 0,
            "a long address" | "a long header" | "many headers" => 431,
            _ => 400,
        };
        assert_eq!(status(&answer), wanted, "{what}: {answer}");
        assert!(
            answer.matches("HTTP/1.").count() <= 1,
            "{what} smuggles: {answer}"
        );
    }
    assert!(
        app.consent(ADA).await.may_receive(),
        "what was smuggled did not get through"
    );
    assert_eq!(http::get(&app.site).await.status, 200);
}

/// Invalid addresses get an answer, not a panic.
async fn odd_addresses_are_not_server_errors(db: Db) {
    let app = sent(db).await;
    let words = "a+".repeat(20_000);
    let token = "é".repeat(25);
    for path in [
        "/issues/%ff%fe",
        "/tools/%f0%28%8c%28",
        "/u/%ff",
        &format!("/u/{}", percent(&token)),
        "/reader/%ff/export.csv",
        "/v/%00/%ff/%0d%0a",
        "/issues?q=%ff%fe&category=%00%01&page=-9223372036854775809",
        "/issues?q[]=1&q=2&q=3",
        "/issues?page=9223372036854775807",
        "/issues?%=%&&&=;",
        &format!("/issues?q={words}"),
        &format!("/issues?q={}", "%25".repeat(15_000)),
        &format!("/issues?category={}", "x".repeat(60_000)),
        "/issues?q=%5C%5C%27%22%3B--",
        "/issues?q=%EF%BF%BE%F4%8F%BF%BF",
        "/issues/%20/card.png",
        "*",
        "/%",
        "/?#",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = raw(host(&app), request.as_bytes()).await;
        assert!(
            [200, 400, 404].contains(&status(&answer)),
            "{path:.60}: {answer:.300}"
        );
    }
    for method in [
        "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get",
    ] {
        for path in ["/", "/subscribe", "/u/x", "/issues/x/card.png", "/healthz"] {
            let request = format!(
                "{method} {path} HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: POST\r\nConnection: close\r\n\r\n"
            );
            let answer = raw(host(&app), request.as_bytes()).await;
            assert!(
                [400, 404, 405].contains(&status(&answer)),
                "{method} {path}: {answer:.300}"
            );
        }
    }
    let again = sign_up(&app, "email=new@example.org").await;
    assert_eq!(again.status, 303, "and it works as before");
}

async fn a_search_of_any_length_is_answered(db: Db) {
    let app = sent(db).await;
    let long = "x".repeat(60_000);
    let many = "alpha+".repeat(8_000);
    let wide = "%E6%BC%A2".repeat(6_000);
    for words in [&long, &many, &wide, &"%25".repeat(19_000)] {
        let answer = http::get(&format!("{}/issues?q={words}", app.site)).await;
        assert_eq!(answer.status, 200, "{:.200}", answer.body);
        assert!(
            answer
                .body
                .contains("We used the first 5 words, and at most 60 characters of each"),
            "{:.900}",
            answer.body
        );
        assert!(
            answer.body.len() < 60_000,
            "{} bytes: what was typed is not shown whole",
            answer.body.len()
        );
    }
    let found = http::get(&format!("{}/issues?q={many}", app.site)).await;
    assert!(
        found.body.contains("/issues/tea-vs-coffee"),
        "{}",
        found.body
    );
    let few = http::get(&format!("{}/issues?q=alpha+tea", app.site)).await;
    assert!(!few.body.contains("a long search") && few.body.contains("/issues/tea-vs-coffee"));
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}
