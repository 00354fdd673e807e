//! Failures outside: one clear message, exit code 2, nothing half-done.

use std::net::TcpListener;
use std::process::{Command, Stdio};

use super::{Instance, steady};
use crate::database::Db;
use crate::test_app::{TestApp, stderr, stdout};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_relay_deliveries_stay_queued_for_the_next_send() {
    let _steady = steady();
    let app = TestApp::on(Db::Sqlite).await;
    app.issue("tea-vs-coffee").readers(3).await;
    app.catcher.stop().await;
    let output = app.verdict(&["send", "tea-vs-coffee"]);
    assert_eq!(output.status.code(), Some(2));
    let printed = stderr(&output);
    assert!(
        printed.contains(&app.catcher.addr().to_string()),
        "{printed}"
    );
    insta::assert_snapshot!(printed, @"
    warning: `web.base_url` is http://127.0.0.1:[port]: links in mails work only on this machine
    error: the relay 127.0.0.1:[port] cannot be used (the connection: Connection refused (os error 111)); what was not sent stays queued
    ");
    insta::assert_snapshot!(stdout(&app.verdict(&["status"])), @"
    tea-vs-coffee  sending (3 readers)
      edition    [sha256]
      queued     3
      No process is sending: run `verdict serve`, or `verdict send tea-vs-coffee`.
    ");
}

#[test]
fn a_wrong_configuration_is_reported_with_its_place() {
    let _steady = steady();
    let instance = Instance::new();
    instance.configure("# connections = 8", "conections = 8");
    let printed = instance.refuses(&["subscribers", "list"]);
    insta::assert_snapshot!(printed, @"
    error[unknown-key]: unknown key `conections`, did you mean `connections`?
      --> [folder]/verdict.toml:96:1
       |
    96 | conections = 8
       | ^^^^^^^^^^
       |
       = help: the keys here are `url`, `ca_file`, `timeout`, `connections`, `rate_per_second`, `rate_per_domain`, `mails_per_connection`, `drain`, `on_doubt`, `retry_for`, `bounce_address`, `unsubscribe_address`, `sends_from` and `preflight`
    ");
    assert!(
        !instance.path().join("secret.key").exists(),
        "nothing was made"
    );
}

#[test]
fn without_a_configuration_the_way_to_one_is_named() {
    let _steady = steady();
    let dir = tempfile::tempdir().unwrap();
    let output = crate::test_app::verdict(dir.path(), &["status"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(stderr(&output), @"
    error[no-config]: there is no verdict.toml
    --> [folder]/verdict.toml
     = help: run `verdict init [folder]` to make an instance there
    ");
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let instance = Instance::new();
    let url = "url = \"postgres://verdict:hunter2@127.0.0.1:9/verdict\"";
    instance.configure("# url = \"sqlite:subscribers/verdict.db\"", url);
    let printed = instance.refuses(&["status"]);
    insta::assert_snapshot!(printed, @"error: cannot open the store at postgres://verdict:***@127.0.0.1:9/verdict: error communicating with database: Connection refused (os error 111)");
}

#[test]
fn a_port_in_use_is_named() {
    let instance = Instance::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    instance.configure(
        "# listen = \"127.0.0.1:8080\"",
        &format!("listen = \"{address}\""),
    );
    assert!(instance.refuses(&["serve"]).contains(&address));
}

#[test]
fn another_key_is_refused_before_a_link_is_signed_with_it() {
    let _steady = steady();
    let instance = Instance::new();
    instance.prints(&["subscribers", "list"]);
    let key = instance.path().join("secret.key");
    std::fs::remove_file(&key).unwrap();
    insta::assert_snapshot!(instance.refuses(&["status"]), @"error: this machine's secret key is not the one that the list's links are signed with (here [sha256], list [sha256]): copy `secret.key` from the first machine, or set VERDICT_SECRET");
    assert!(!key.exists(), "no new key is left behind to confuse");
    instance.file("secret.key", "not a key");
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    insta::assert_snapshot!(instance.refuses(&["status"]), @"error: [folder]/secret.key is not a key: use 64 hexadecimal digits, as `openssl rand -hex 32` prints them");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    insta::assert_snapshot!(instance.refuses(&["status"]), @"error: [folder]/secret.key can be read by others: run `chmod 600 [folder]/secret.key`");
}

#[test]
fn a_list_that_is_no_list_is_refused() {
    let _steady = steady();
    let instance = Instance::new();
    let file = instance.file("list.csv", "name,phone\nAda,1\n");
    let printed = instance.refuses(&["subscribers", "import", &file]);
    insta::assert_snapshot!(printed, @"error: cannot import [folder]/list.csv: [folder]/list.csv has no column `email` (found `name`, `phone`); the first row must name the columns");
    let printed = instance.refuses(&["subscribers", "import", "/no/such.csv"]);
    insta::assert_snapshot!(printed, @"error: cannot import /no/such.csv: cannot read /no/such.csv: No such file or directory (os error 2)");
}

#[test]
fn closing_the_output_early_is_no_failure() {
    let instance = Instance::new();
    let mut list = String::from("email\n");
    for number in 0..5_000 {
        list += &format!("reader-{number}@example.com\n");
    }
    let file = instance.file("list.csv", list);
    instance.prints(&["subscribers", "import", &file]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_verdict"))
        .args([
            "--dir",
            instance.path().to_str().unwrap(),
            "subscribers",
            "list",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}
