//! What attackers do, and what they get. The tests of joining, choosing, voting and reading cover the remaining
//! cases.

mod connections;
mod disk;
mod files;
mod forms;
mod load;
mod requests;
mod slugs;
mod timing;
mod tokens;

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::child::LIMIT;
use crate::database::Db;
use crate::http;
use crate::test_app::TestApp;

const SLUG: &str = "tea-vs-coffee";
const ADA: &str = "ada@example.com";

/// An instance that has sent one edition to one reader.
async fn sent(db: Db) -> TestApp {
    let app = TestApp::on(db).await;
    app.issue(SLUG).reader(ADA).await;
    app.send(SLUG).await;
    app
}

/// The host and port of an instance's pages.
fn host(app: &TestApp) -> &str {
    app.site.strip_prefix("http://").unwrap()
}

/// Sends raw bytes and returns everything until the server closes: they ask it to close, or are not a request. The
/// server may close before it has read them all.
async fn raw(host: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(host).await.unwrap();
    let _ = stream.write_all(bytes).await;
    until_closed(&mut stream).await
}

/// Everything that comes until the server closes.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut part = [0; 8192];
    let read = async {
        while let Ok(count @ 1..) = stream.read(&mut part).await {
            answer.extend_from_slice(&part[..count]);
        }
    };
    timeout(LIMIT, read).await.expect("the server closes");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of a raw answer; 0 without one.
fn status(answer: &str) -> u16 {
    let word = answer
        .strip_prefix("HTTP/1.1 ")
        .or_else(|| answer.strip_prefix("HTTP/1.0 "));
    word.and_then(|rest| rest.get(..3)?.parse().ok())
        .unwrap_or(0)
}

/// The link to a reader's settings, mailed to their own address.
async fn settings_link(app: &TestApp, email: &str) -> String {
    let ask = app.unsubscribe_link(email).replace("/u/", "/settings/");
    http::post(&ask, "").await;
    app.deliver_outbox().await;
    app.link(email, "/reader/")
}

/// Posts the sign-up form as a reader does, after looking at it.
async fn sign_up(app: &TestApp, fields: &str) -> http::Answer {
    let form = format!("stamp={}&{fields}", stamp(app).await);
    app.clock.advance(chrono::TimeDelta::seconds(3));
    http::post(&format!("{}/subscribe", app.site), &form).await
}

/// The stamp of a freshly fetched form.
async fn stamp(app: &TestApp) -> String {
    let page = http::get(&format!("{}/subscribe", app.site)).await.body;
    let (_, rest) = page.split_once("name=\"stamp\" value=\"").expect("a stamp");
    rest.split('"').next().unwrap().to_owned()
}

/// How long a test's server waits for slow clients: short, so that the tests are.
const SHORT: Duration = Duration::from_millis(400);
