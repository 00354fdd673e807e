//! The log of `verdict serve` as JSON: every line is one object, and the lines of one thing carry its id.

use std::net::TcpListener;

use serde_json::Value;

use crate::child::{Running, binary};
use crate::database::Db;
use crate::test_app::TestApp;

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
async fn everything_that_a_server_tells_is_json_whatever_the_filter_leaves_out() {
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
async fn a_mistake_in_the_configuration_is_text() {
    let press = TestApp::on(Db::Sqlite).await;
    let mut serve = serve(&press, &[("VERDICT_WEB_LISTEN", "nowhere")]);
    let (status, log) = serve.ended().await;
    assert_eq!(status.code(), Some(2), "{log}");
    assert!(log.starts_with("error[bad-listen]: "), "{log}");
}
