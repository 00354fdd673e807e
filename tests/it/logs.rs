//! The JSON log of `verdict serve`: every line is one object, and all lines of one thing carry its id.

use std::net::TcpListener;

use serde_json::Value;
use verdict::catcher::{Behaviour, Step};
use verdict::clock::Clock;

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::http;
use crate::joining::sign_up;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";

/// Starts `verdict serve` with a JSON log.
fn serve(press: &TestApp, variables: &[(&str, &str)]) -> Running {
    let mut command = binary();
    command.arg("--dir").arg(press.dir.path()).arg("serve");
    command.env("VERDICT_LOG_FORMAT", "json");
    Running::start(command.envs(variables.iter().copied()))
}

/// The lines of a log, each an object.
fn objects(log: &str) -> Vec<Value> {
    let parsed = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    parsed.collect()
}

#[tokio::test]
async fn everything_that_a_server_logs_is_json_whatever_the_filter() {
    let press = TestApp::on(Db::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let mut serve = serve(
        &press,
        &[
            ("VERDICT_LOG", "off"),
            ("VERDICT_WEB_LISTEN", &listen),
            ("VERDICT_DESK_EDITORS", "editor@example.net"),
        ],
    );
    let (status, log) = serve.ended().await;
    assert_eq!(status.code(), Some(2), "{log}");
    let lines = objects(&log);
    let warned = lines.iter().find(|line| line["level"] == "WARN").unwrap();
    assert_eq!(warned["fields"]["code"], "old-spelling");
    assert_eq!(warned["fields"]["path"], "VERDICT_DESK_EDITORS");
    assert_eq!(
        warned["fields"]["message"],
        "`desk.editors` is now `alerts.to`"
    );
    let failed = lines.last().unwrap();
    assert_eq!(failed["level"], "ERROR");
    let why = failed["fields"]["message"].as_str().unwrap();
    assert!(
        why.starts_with(&format!("cannot listen on {listen}")),
        "{why}"
    );
}

#[tokio::test]
async fn an_error_in_the_configuration_is_text() {
    let press = TestApp::on(Db::Sqlite).await;
    let mut serve = serve(&press, &[("VERDICT_WEB_LISTEN", "nowhere")]);
    let (status, log) = serve.ended().await;
    assert_eq!(status.code(), Some(2), "{log}");
    assert!(log.starts_with("error[bad-listen]: "), "{log}");
}

/// The fields of the span with that name in a line.
fn span<'l>(line: &'l Value, name: &str) -> Option<&'l Value> {
    let mut spans = line["spans"].as_array().into_iter().flatten();
    spans.find(|span| span["name"] == name)
}

/// Everything that a log line of the process must have.
fn is_whole(line: &Value) -> bool {
    let texts = ["timestamp", "level", "target"].map(|key| line[key].is_string());
    texts.iter().all(|is| *is) && line["fields"]["message"].is_string()
}

#[tokio::test]
async fn the_lines_of_a_request_an_edition_and_a_message_carry_its_id() {
    let refusal = Behaviour::new()
        .at(Step::Rcpt)
        .to("reader-2@example.com")
        .reply(550, "5.1.1 No such user")
        .at(Step::Rcpt)
        .to("new@example.com")
        .reply(451, "4.3.0 Later");
    let press = TestApp::behaving(Db::Sqlite, refusal).await;
    press.clock.set(Clock::system().now());
    press.issue(SLUG).readers(3).await;
    press.freeze(SLUG).await;
    sign_up(&press, "new@example.com", "").await;
    // sqlx logs each statement, so a page that is rendered has several lines.
    let variables = [
        ("VERDICT_LOG", "info,verdict=debug,sqlx=debug"),
        ("VERDICT_WEB_CACHE", "0"),
    ];
    let mut serve = serve(&press, &variables);
    let serving: Value = serde_json::from_str(&serve.line("\"serving\"").await).unwrap();
    let address = serving["fields"]["address"].as_str().unwrap().to_owned();
    until("everyone has an outcome", || async {
        let counts = press.counts(SLUG).await;
        counts.accepted == 2 && counts.refused == 1
    })
    .await;
    serve.line("a message was not accepted").await;
    let link = press.unsubscribe_link("reader-1@example.com");
    let (_, token) = link.rsplit_once('/').unwrap();
    for path in [
        format!("issues/{SLUG}"),
        format!("issues/{SLUG}"),
        format!("u/{token}"),
    ] {
        let page = http::get(&format!("http://{address}/{path}?q=hidden")).await;
        assert_eq!(page.status, 200);
    }
    serve.signal("TERM");
    let (_, log) = serve.ended().await;
    assert!(!log.contains(token) && !log.contains("hidden"), "{log}");
    let lines = objects(&log);
    let ours = |line: &&Value| line["target"].as_str().unwrap().starts_with("verdict");
    assert!(lines.iter().filter(ours).all(is_whole), "{log}");

    let pages = |route: &str| -> Vec<u64> {
        let pages = lines.iter().filter_map(|line| span(line, "request"));
        let of_it = pages.filter(|page| page["route"] == route && page["method"] == "GET");
        of_it
            .map(|page| page["request"].as_u64().unwrap())
            .collect()
    };
    // One after another, each with several lines.
    let mut asked = pages("/issues/{slug}");
    assert!(asked.len() >= 4, "{log}");
    asked.dedup();
    assert_eq!(asked.len(), 2, "{log}");
    assert!(!pages("/u/{token}").is_empty(), "{log}");

    for message in ["sending", "a mail was not accepted"] {
        let line = lines
            .iter()
            .find(|line| line["fields"]["message"] == message);
        let edition = line.and_then(|line| span(line, "edition"));
        assert_eq!(edition.unwrap()["edition"], SLUG, "{message}: {log}");
    }
    let sent = lines
        .iter()
        .find(|line| line["fields"]["message"] == "sent what was due");
    assert_eq!(sent.unwrap()["fields"]["edition"], SLUG);

    let tried = lines
        .iter()
        .find(|line| line["fields"]["message"] == "a message was not accepted");
    let message = span(tried.unwrap(), "message").unwrap();
    assert!(
        message["message"].is_i64() && message["kind"] == "confirm",
        "{message}"
    );
    assert!(
        lines.iter().any(|line| span(line, "sign_up").is_some()),
        "{log}"
    );
}
